"""The page of every state: five sentences that its own rows bear out, and no strand that vanishes without a reason.

One run of the notebook a state serves all checks here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from test_notebooks import check, exhibits

from r2p_analysis import countries
from r2p_analysis.exhibits.headlines.finding import UNKNOWN
from r2p_analysis.exhibits.headlines.funding import usd
from r2p_analysis.exhibits.words import exact, people
from r2p_analysis.measures import violence
from r2p_analysis.notebook.report import PROSE_MIME
from r2p_analysis.site.numbers import is_year
from r2p_analysis.store import Tables

Outputs = list[dict[str, Any]]
Run = Callable[..., Outputs]
STATES = [country.iso3 for country in countries.states()]
YEAR = 2015
STRANDS = ("displaced", "violence-deaths", "protection-aid", "law-timeline", "funding-appeals")
"""What the five sentences are about, in their order; each is an exhibit or a gap with a reason on the page."""
BESIDE = (("council-vetoes", "council-none"), ("council-commitments", "council-none"), ("risk-rank",))
MOST_GAPS = 9
FIGURE = re.compile(r"–|(up to )?\d[\d,.]*( million|%)?|\d of \d|(under|over) \d+%")


def findings(outputs: Outputs) -> list[dict[str, Any]]:
    return [b[PROSE_MIME] for b in outputs if PROSE_MIME in b and b[PROSE_MIME]["role"] == "finding"]


def sum_of(exhibit: dict[str, Any], column: str, **where: Any) -> float:
    """Add up a column of an exhibit's own rows."""
    names = [each["name"] for each in exhibit["columns"]]
    rows = [dict(zip(names, row, strict=True)) for row in exhibit["rows"]]
    return float(sum(row[column] or 0 for row in rows if all(row[key] == value for key, value in where.items())))


def hold_page(outputs: Outputs) -> None:
    """Hold a page to what a reader expects of its top and of its strands."""
    told, shown = findings(outputs), exhibits(outputs)
    assert [each["exhibit"] for each in told] == list(STRANDS)
    for each in told:
        assert each["text"].endswith("."), each["text"]
        assert each["text"][0].isupper() or each["text"][0].isdigit(), each["text"]
        assert FIGURE.fullmatch(each["figure"]), each
        assert len(each["text"]) <= 330, f"too long to read at a glance: {each['text']}"
    for strand in STRANDS:
        assert strand in shown
    for either in BESIDE:
        assert any(name in shown for name in either), either
    gaps = [exhibit for exhibit in shown.values() if exhibit["kind"] == "gap"]
    assert all(gap["reason"].endswith(".") for gap in gaps)
    assert len(gaps) <= MOST_GAPS, "the page reads as a wall of excuses"


def hold_years(outputs: Outputs) -> None:
    """Hold every column of years to be told as such: 1,992 is no year."""
    for name, exhibit in exhibits(outputs).items():
        for position, column in enumerate(exhibit["columns"]):
            values = [row[position] for row in exhibit["rows"] if isinstance(row[position], int)]
            if len(values) > 1 and all(1900 < value < 2100 for value in values):
                assert is_year(column["name"], column["unit"]), (name, column["name"])


def hold_rows(outputs: Outputs) -> None:
    """Hold each of the five sentences to the rows of the exhibit that it points to."""
    shown = exhibits(outputs)
    text = {each["exhibit"]: each for each in findings(outputs)}
    fled, deaths, law = shown["displaced"], shown["violence-deaths"], shown["law-timeline"]
    if fled["kind"] != "gap":
        total = sum_of(fled, "people", year=YEAR)
        assert text["displaced"]["figure"] == (people(total) if total else "0")
        assert (people(total) if total else "No displaced person") in text["displaced"]["text"]
    if deaths["kind"] != "gap":
        best = sum_of(deaths, "deaths_best", year=YEAR)
        assert text["violence-deaths"]["figure"] == (people(best) if best else "0")
        assert f"killed {people(best)} " in text["violence-deaths"]["text"] or not best
        hold_deadliest(deaths)
    aid = shown["protection-aid"]
    victims = sum(sum_of(aid, "people", year=year) for year in range(YEAR - 4, YEAR + 1)) if aid["rows"] else 0
    assert text["protection-aid"]["figure"] == exact(victims)
    if law["kind"] != "gap":
        close = ("Genocide Convention", "Rome Statute", "Arms Trade Treaty")
        parties = sum(row[1] == "Party" for row in law["rows"] if row[0] in close)
        assert text["law-timeline"]["figure"] == f"{parties} of 3"
    hold_money(shown["funding-appeals"], text["funding-appeals"])


def hold_deadliest(deaths: dict[str, Any]) -> None:
    """Hold a headline that names the deadliest year to the rows under it."""
    named = re.search(r"deadliest year since \d+ was (\d+), with ([\d,.]+(?: million)?)\.", deaths["headline"])
    of_year = {year: sum_of(deaths, "deaths_best", year=year) for year in {row[0] for row in deaths["rows"]}}
    if named:
        assert of_year[int(named[1])] == max(of_year.values())
        assert people(max(of_year.values())) == named[2]
    elif "was deadlier" in deaths["headline"]:
        assert of_year[YEAR] == max(of_year.values())


def hold_money(appeals: dict[str, Any], told: dict[str, Any]) -> None:
    asked = sum_of(appeals, "requirements_usd", year=YEAR) if appeals["kind"] != "gap" else 0
    if not asked:
        assert told["figure"] == UNKNOWN
        assert told["text"].startswith("No "), told["text"]
        return
    got = sum_of(appeals, "plan_funding_usd", year=YEAR)
    assert f"received {usd(got)} in {YEAR}" in told["text"]
    assert f"of the {usd(asked)} that they asked for" in told["text"]


@pytest.mark.parametrize("iso3", STATES)
def test_the_page_of_every_state(run_cells: Run, iso3: str) -> None:
    outputs = run_cells("country_profile", edition=YEAR + 1, country=iso3)
    check(outputs)
    hold_page(outputs)
    hold_rows(outputs)
    hold_years(outputs)


@pytest.mark.parametrize("edition", [2010, 2026])
@pytest.mark.parametrize("iso3", ["RUS", "SSD", "TWN", "ESH", "PSE", "TUV"])
def test_the_page_of_other_editions_and_of_territories(run_cells: Run, iso3: str, edition: int) -> None:
    outputs = run_cells("country_profile", edition=edition, country=iso3)
    check(outputs)
    hold_page(outputs)
    hold_years(outputs)


def test_a_place_that_unhcr_does_not_list_is_not_told_as_nobody_displaced(run_cells: Run) -> None:
    outputs = run_cells("country_profile", edition=2016, country="TWN")
    first = findings(outputs)[0]
    assert "not a record of nobody displaced" in first["text"]
    assert first["figure"] == UNKNOWN
    assert "beside-region" not in exhibits(outputs), "a rate of nobody listed would be made up"


def test_attacks_of_before_a_state_existed_are_not_denied(run_cells: Run) -> None:
    """Of South Sudan in 2010 the page told three attacks at its top, and below that there was none since 1997."""
    outputs = run_cells("country_profile", edition=2010, country="SSD")
    shown = exhibits(outputs)["protection-aid"]
    assert "three aid workers were attacked" in findings(outputs)[2]["text"]
    assert shown["kind"] != "gap"
    assert sum(sum_of(shown, "people", year=year) for year in range(2005, 2010)) == 3


def test_years_before_ucdp_counts_a_place_apart_are_not_told_as_without_deaths(run_cells: Run) -> None:
    """The dead of Kosovo in 1998 and 1999 stand under Serbia: "none from 1989" would deny them."""
    outputs = run_cells("country_profile", edition=2026, country="XKX")
    reason = exhibits(outputs)["violence-deaths"]["reason"]
    assert reason == "UCDP covers it and records none from 2008 to 2024."
    assert "from 2008 to 2024" in findings(outputs)[1]["text"]


def test_a_range_that_does_not_hold_the_best_estimate_is_not_told(run_cells: Run) -> None:
    """UCDP 25.1 gives Russia 7,819 deaths in 2024, between 6,460 and 5,969."""
    outputs = run_cells("country_profile", edition=2026, country="RUS")
    shown = exhibits(outputs)["violence-deaths"]
    for text in (findings(outputs)[1]["text"], shown["headline"]):
        assert "7,800 " in text
        assert "between" not in text
    assert any("2024" in note and "does not hold its best estimate" in note for note in shown["notes"])


def test_every_range_told_holds_its_best_estimate(tables: Tables) -> None:
    from r2p_analysis.exhibits.headlines import violence as told

    for iso3 in STATES:
        for year in (1990, 1998, 2020, 2022, 2024):
            found = violence.country_year(tables, iso3, year)
            text = told.country_summary(found)
            assert ("between" not in text) or found.low <= found.best <= found.high, text
