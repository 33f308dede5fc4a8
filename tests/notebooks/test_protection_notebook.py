"""The notebook on attacks on protected people: every edition runs, and 2016 says what its figures say."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from test_notebooks import check, exhibits

Outputs = list[dict[str, Any]]
Run = Callable[..., Outputs]
YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@pytest.mark.parametrize("edition", range(2010, 2027))
def test_every_edition_keeps_the_rules(run_cells: Run, edition: int) -> None:
    outputs = run_cells("protection", edition=edition)
    check(outputs)
    shown = exhibits(outputs)
    assert len([e for e in shown.values() if e["kind"] != "gap"]) >= 9
    for name, exhibit in shown.items():
        if name in ("later", "besieged") or exhibit["kind"] == "gap":
            continue
        titles = [column["name"] for column in exhibit["columns"]]
        if "year" in titles:
            years = [row[titles.index("year")] for row in exhibit["rows"]]
            assert max(years) < edition, f"{name} shows years that the edition could not know of"
            assert max(years) < 2025, f"{name} shows a year that was not over"


@pytest.mark.parametrize("focus", [["SYR"], ["TUV"], ["PSE", "ISR"], ["COL", "UKR", "SDN"]])
@pytest.mark.parametrize("edition", [2016, 2025])
def test_other_countries_in_focus(run_cells: Run, focus: list[str], edition: int) -> None:
    check(run_cells("protection", edition=edition, countries=focus))


def test_the_2016_edition_says_what_its_figures_say(run_cells: Run) -> None:
    shown = exhibits(run_cells("protection", edition=2016))
    said = {name: exhibit["headline"] for name, exhibit in shown.items()}
    assert said["dashboard"].startswith(
        "From 2005 to 2015, attacks on aid workers, killings of UN personnel and killings"
    )
    assert said["dashboard"].endswith(
        "of journalists rose; from 2013 to 2015, all three fell (265 to 157, 36 to 35 and 74 to 73)."
    )
    assert said["aid-workers"].startswith("292 aid workers were killed, wounded or kidnapped in 2015 (111 killed,")
    assert "As known in October 2016, there were 148 attacks on aid workers in 2015" in said["aid-then-and-now"]
    assert "the data of December 2025 have 157, nine more" in said["aid-then-and-now"]
    assert "By both, they fell from 2013 to 2015" in said["aid-then-and-now"]
    assert said["peacekeepers"].startswith("35 members of UN missions were killed by malicious acts in 2015")
    assert said["journalists"].startswith("73 journalists were killed in 2015")
    known, later = said["besieged"].split(". Stated later: ")
    assert "the United Nations counted 487,000 in January 2016 and 590,000 in July 2016" in known
    assert "1.1 million in January 2016 and 1.0 million in April 2016" in known
    assert "974,000 in November 2016 by the United Nations" in later, "the report of July could not know it"
    assert (
        "WHO counted 594 reported attacks on health care in 19 countries with emergencies in 2014 and 2015"
        in said["health-and-schools-stated"]
    )


def test_no_name_of_a_line_is_cut_off_on_a_phone(run_cells: Run) -> None:
    exhibit = exhibits(run_cells("protection", edition=2016))["journalists"]
    assert "…" not in str(exhibit["graphic"]["layouts"]["narrow"])


def test_series_too_young_for_2016_are_a_gap_and_what_came_later_says_so(run_cells: Run) -> None:
    shown = exhibits(run_cells("protection", edition=2016))
    assert shown["health-care"]["kind"] == shown["other-themes"]["kind"] == "gap"
    assert "begins in 2016" in shown["health-care"]["reason"]
    assert "health-where" not in shown
    assert shown["later"]["headline"].startswith("What came after 2015: recorded attacks on health care")
    assert "partly because monitoring widened in 2021" in shown["later"]["headline"]
    assert shown["later"]["subtitle"].startswith("What came later")


def test_editions_from_2024_have_full_charts_of_them(run_cells: Run) -> None:
    shown = exhibits(run_cells("protection", edition=2024))
    assert {shown[name]["kind"] for name in ("health-care", "health-where", "other-themes")} == {"chart"}
    assert "later" not in shown


def test_no_exhibit_on_aid_workers_speaks_of_unverified_years_without_saying_so(run_cells: Run) -> None:
    shown = exhibits(run_cells("protection", edition=2025))
    for name in ("dashboard", "aid-workers", "aid-then-and-now", "aid-where", "aid-map"):
        assert any("not yet verified" in note for note in shown[name]["notes"]), name
    before = exhibits(run_cells("protection", edition=2016))
    assert not any("not yet verified" in note for note in before["aid-workers"]["notes"])


def test_figures_of_unsettled_terms_are_not_offered_as_files(tables: Any) -> None:
    for table in ("awsd_attacks", "awsd_vintages", "cpj_killed", "cpj_vintages"):
        assert tables.provenance(table).redistribution == "aggregates only"
