"""The funding notebook holds for every edition, and says what its figures say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from test_notebooks import check, exhibits

Outputs = list[dict[str, Any]]
Run = Callable[..., Outputs]


@pytest.mark.parametrize("edition", range(2010, 2027))
def test_funding_of_every_edition(run_cells: Run, edition: int) -> None:
    outputs = run_cells("funding", edition=edition)
    check(outputs)
    shown = exhibits(outputs)
    assert len([e for e in shown.values() if e["kind"] != "gap"]) >= 8
    for name in ("appeals", "money", "gap", "per-displaced-person"):
        last = max(row[0] for row in shown[name]["rows"])
        assert last == edition - 1, f"{name} shows years of which the edition does not speak"


@pytest.mark.parametrize("focus", [["SYR"], ["TUV"], ["VAT", "NRU"], ["COL", "UKR", "SDN"]])
def test_funding_with_other_countries_in_focus(run_cells: Run, focus: list[str]) -> None:
    check(run_cells("funding", edition=2020, countries=focus))


def test_the_2016_edition_says_what_its_figures_say(run_cells: Run) -> None:
    shown = exhibits(run_cells("funding", edition=2016))
    heads = {name: exhibit["headline"] for name, exhibit in shown.items()}
    assert heads["appeals"].startswith("Appeals for 2015 asked for $19.3 billion and received $10.3 billion, 53.5%")
    assert "53.5% of what they asked for, the lowest share of any year since 2000;" in heads["coverage"]
    assert heads["money"].startswith("The money grew")
    assert "14% below its peak of 2014" in heads["money"]
    assert heads["gap"].startswith("The gap grew")
    assert "money grew, but what appeals asked for grew faster" in heads["two-questions"]
    assert "from $238 in 2008 to $263 in 2015" in heads["per-displaced-person"]
    assert "stayed about the same after inflation" in heads["per-displaced-person"]
    assert "printed as 45% and is now 46.5%" in heads["then-and-now"]


def test_money_is_shown_with_the_prices_that_deflate_it(run_cells: Run) -> None:
    shown = exhibits(run_cells("funding", edition=2016))
    read = {name: {source["table"] for source in exhibit["sources"]} for name, exhibit in shown.items()}
    assert read["money"] == read["gap"] == {"fts_appeals", "prices"}
    assert {"fts_appeals", "prices", "unhcr_population"} <= read["per-displaced-person"]
    assert "statements" in read["then-and-now"]


@pytest.mark.parametrize(("edition", "still"), [(2016, False), (2025, False), (2026, True)])
def test_a_year_still_open_says_so(run_cells: Run, edition: int, still: bool) -> None:
    notes = " ".join(exhibits(run_cells("funding", edition=edition))["appeals"]["notes"])
    assert ("still arriving" in notes) is still
