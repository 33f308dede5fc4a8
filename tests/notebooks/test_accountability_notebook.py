"""What the topic recurrence and accountability says, in the edition of 2016 and in others."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from test_notebooks import check, exhibits

Run = Callable[..., list[dict[str, Any]]]


@pytest.mark.parametrize("edition", [2010, 2013, 2018, 2025, 2026])
def test_editions(run_cells: Run, edition: int) -> None:
    check(run_cells("accountability", edition=edition))


@pytest.mark.parametrize("focus", [["TUV"], ["PSE", "VAT"], ["COL", "UKR", "SDN"]])
def test_other_countries_in_focus(run_cells: Run, focus: list[str]) -> None:
    check(run_cells("accountability", edition=2020, countries=focus))


def test_the_2016_edition_says_what_its_figures_say(run_cells: Run) -> None:
    shown = exhibits(run_cells("accountability", edition=2016))
    assert not [exhibit["id"] for exhibit in shown.values() if exhibit["kind"] == "gap"]
    assert len(shown) == 15
    assert "from 132" not in shown["relapse-course"]["headline"]
    assert "in the Central African Republic from 8 in 2008 to 3,493 in 2014" in shown["relapse-course"]["headline"]
    assert "Kenya was not quiet (389 deaths in 2015)" in shown["transitions"]["headline"]
    assert "all three convictions stood" in shown["convictions"]["headline"]
    assert "two of the three convictions stand" in shown["convictions-now"]["headline"]
    assert "as they stand now" in shown["convictions-now"]["subtitle"]


def test_deaths_in_gaza_are_not_said_to_be_in_israel_alone(run_cells: Run) -> None:
    shown = exhibits(run_cells("accountability", edition=2025, countries=["ISR", "PSE"]))
    for name in ("focus-strips", "quiet-years", "returns"):
        exhibit = shown[name]
        assert any("Gaza under Israel" in note for note in exhibit["notes"]), name
        titles = [column["name"] for column in exhibit["columns"]]
        assert "Israel" not in {row[titles.index("name")] for row in exhibit["rows"]}, name
    assert "Israel with the West Bank and Gaza" in shown["focus-strips"]["headline"]


def test_a_fall_of_sudans_deaths_is_not_told_without_its_new_borders(run_cells: Run) -> None:
    notes = " ".join(exhibits(run_cells("accountability", edition=2016))["around-warrants"]["notes"])
    assert "what is now South Sudan are counted under Sudan" in notes


@pytest.mark.parametrize("edition", [2010, 2015])
def test_convictions_of_2016_are_not_in_earlier_editions(run_cells: Run, edition: int) -> None:
    outputs = run_cells("accountability", edition=edition)
    shown = exhibits(outputs)
    assert {shown[name]["kind"] for name in ("convictions", "convictions-now")} == {"gap"}
    assert "Bemba" not in json.dumps(outputs, ensure_ascii=False)


@pytest.mark.parametrize(("edition", "both"), [(2016, True), (2018, True), (2026, False)])
def test_convictions_are_shown_twice_only_while_then_and_now_differ(run_cells: Run, edition: int, both: bool) -> None:
    shown = exhibits(run_cells("accountability", edition=edition))
    assert ("convictions" in shown, "convictions-now" in shown) == (both, True)


def test_no_name_of_a_line_is_cut_off_on_a_phone(run_cells: Run) -> None:
    exhibit = exhibits(run_cells("accountability", edition=2016))["quiet-holds"]
    assert "…" not in str(exhibit["graphic"]["layouts"]["narrow"])


def test_no_year_after_the_edition_is_shown_but_as_it_stands_now(run_cells: Run) -> None:
    shown = exhibits(run_cells("accountability", edition=2016))
    for name, exhibit in shown.items():
        if name.startswith("convictions"):
            continue
        for n, column in enumerate(exhibit["columns"]):
            if column["name"].endswith("year"):
                assert max(row[n] for row in exhibit["rows"] if row[n] is not None) <= 2015, name


def test_the_names_of_the_accused_are_nowhere(run_cells: Run) -> None:
    text = json.dumps(run_cells("accountability", edition=2026), ensure_ascii=False)
    for name in ("Kony", "Bashir", "Duterte", "Gbagbo"):
        assert name not in text
