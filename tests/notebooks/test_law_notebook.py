"""The topic of treaties: what its pages show and say."""

from __future__ import annotations

import pytest
from test_notebooks import Run, check, exhibits

IDS = [
    "parties-over-time", "then-and-now", "actions", "focus-matrix", "genocide-map", "rome-map", "att-map", "missing",
    "by-region", "completeness",
]  # fmt: skip


@pytest.mark.parametrize("edition", range(2010, 2027))
def test_every_edition_keeps_the_rules(run_cells: Run, edition: int) -> None:
    outputs = run_cells("law", edition=edition)
    check(outputs)
    shown = exhibits(outputs)
    assert list(shown) == IDS
    assert [name for name in IDS if shown[name]["kind"] == "gap"] == (["att-map"] if edition < 2014 else [])


@pytest.mark.parametrize(
    "focus", [["SYR"], ["TUV"], ["VAT", "NRU"], ["GRL"], ["COL", "UKR", "SDN", "BDI", "PHL", "FRA", "USA"]]
)
def test_other_countries_in_focus(run_cells: Run, focus: list[str]) -> None:
    check(run_cells("law", edition=2020, countries=focus))


def test_the_2016_edition_says_what_its_lists_say(run_cells: Run) -> None:
    shown = exhibits(run_cells("law", edition=2016))
    assert (
        "147 states were parties to the Genocide Convention, 123 to the Rome Statute and 79 to the Arms Trade Treaty"
        in (shown["parties-over-time"]["headline"])
    )
    lines = {(row[0], row[1]): row[2] for row in shown["parties-over-time"]["rows"]}
    assert lines["Refugee Convention 1951", 2012] == 145
    assert lines["Refugee Convention 1951", 2015] is None, "the list ends in 2012"
    assert ("Rome Statute", 1997) not in lines, "a treaty that was not yet adopted is not one uncollected"
    assert "to 2012" in str(shown["parties-over-time"])
    listed = {row[0]: row[4] for row in shown["completeness"]["rows"]}
    assert listed["Additional Protocol III"] == "none listed"
    assert listed["Rome Statute of the International Criminal Court"] == "in full"
    assert "Arms Trade" not in str(shown["rome-map"]["notes"]), "a note about another treaty"
    cells = {(row[0], row[1]): row[2] for row in shown["focus-matrix"]["rows"]}
    assert cells["Rome Statute", "Syria"] == "Signed only"
    assert cells["Genocide Convention", "South Sudan"] == "No act listed"
    missing = {row[0]: row[2:] for row in shown["missing"]["rows"]}
    assert missing["Kenya"][0] == "No act listed"
    assert "Norway" not in missing
    assert {source["table"] for source in shown["rome-map"]["sources"]} == {"treaties", "treaty_participation"}
    assert "ICRC" in shown["rome-map"]["sources"][0]["attribution"]


def test_years_in_tables_take_no_thousands_separator(run_cells: Run) -> None:
    for name, exhibit in exhibits(run_cells("law", edition=2016)).items():
        for position, column in enumerate(exhibit["columns"]):
            values = [row[position] for row in exhibit["rows"] if isinstance(row[position], int)]
            if values and min(values) > 1900:
                assert column["unit"] == "year" or column["name"] == "year", (name, column["name"])


@pytest.mark.parametrize("edition", [2012, 2016, 2019])
def test_no_year_after_the_editions_is_shown_but_in_then_and_now(run_cells: Run, edition: int) -> None:
    for name, exhibit in exhibits(run_cells("law", edition=edition)).items():
        if exhibit["kind"] == "gap" or name in ("then-and-now", "completeness"):
            continue
        hidden = {"complete_until"}
        for position, column in enumerate(exhibit["columns"]):
            if column["name"] in hidden or column["name"] in ("lacks", "parties", "number", "states"):
                continue
            years = [int(str(row[position])[:4]) for row in exhibit["rows"] if str(row[position])[:4].isdecimal()]
            assert all(year < edition for year in years if year > 1900), (name, column["name"])
