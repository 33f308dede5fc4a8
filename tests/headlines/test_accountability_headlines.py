"""Sentences on recurrence and accountability follow their figures, in every edition."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from r2p_analysis import countries
from r2p_analysis.exhibits import words
from r2p_analysis.exhibits.headlines import accountability as told
from r2p_analysis.exhibits.headlines.finding import Finding
from r2p_analysis.measures import accountability
from r2p_analysis.store import Tables

BAD = re.compile(r"\bnan\b|None|<NA>|\bno (was|were|saw)\b|\.\.|  |(?<![\d.,])1 people\b|\b1 deaths\b")
YEARS = range(2009, 2025)
FOCUS = ["SYR", "IRQ", "SSD", "CAF", "NGA", "YEM"]


def text(found: Finding) -> str:
    for sentence in (found.headline, found.shows):
        assert not BAD.search(sentence), sentence
    assert found.headline.endswith(".")
    assert not found.shows.endswith(".")
    return found.headline


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("group", [accountability.RELAPSED, accountability.TRANSITIONS, FOCUS, ["TUV"]])
def test_quiet_and_worst_years_are_counted(tables: Tables, year: int, group: list[str]) -> None:
    frame = accountability.levels(tables, 1989, year, group)
    head = text(told.strips(frame, group, year - 9, year))
    rows = frame[frame["year"] > year - 10]
    quiet = int((rows["deaths_best"] < 25).sum())
    assert f"Of the {len(rows)} years" in head
    assert f"{words.numeral(quiet) if quiet else 'none'} {'was' if quiet <= 1 else 'were'} quiet" in head
    text(told.course(frame[frame["year"] > year - 10], group))
    text(told.quiet(accountability.quiet_years(tables, group, year), year))
    text(told.ranking(accountability.quiet_years(tables, group, year), year, 5))


def test_a_rise_is_told_from_the_low_before_the_peak_and_where_it_ended() -> None:
    frame = pd.DataFrame({"iso3": "IRQ", "year": range(2010, 2015), "deaths_best": [900, 30, 500, 700, 60]})
    head = told.course(frame, ["IRQ"]).headline
    assert head == "Deaths in organised violence rose in Iraq from 30 in 2011 to 700 in 2013 (60 in 2014)." or (
        "highest in 2010" in head
    )
    falling = pd.DataFrame({"iso3": "IRQ", "year": [2010, 2011], "deaths_best": [900, 30]})
    assert "rose" not in told.course(falling, ["IRQ"]).headline
    assert "highest in 2010, the first year shown" in told.course(falling, ["IRQ"]).headline


@pytest.mark.parametrize("year", YEARS)
def test_displacement_words_follow_the_numbers(tables: Tables, year: int) -> None:
    frame = accountability.before_and_after(tables, accountability.RELAPSED, year - 9, year)
    head = text(told.displaced(frame, accountability.RELAPSED))
    for code in accountability.RELAPSED:
        own = frame[(frame["iso3"] == code) & frame["displaced"].notna()]["displaced"].astype(float).tolist()
        where = countries.get(code).in_text
        if len(own) >= 2:
            assert f"from {where} {words.change_in_words(own[0], own[-1])} (" in head
        else:
            assert where not in head


def test_a_sevenfold_rise_of_displacement_is_not_told_as_a_doubling() -> None:
    frame = pd.DataFrame({"iso3": "SSD", "year": [2011, 2015], "displaced": [350_000, 2_530_000]})
    head = told.displaced(frame, ["SSD"]).headline
    assert "from South Sudan rose more than sevenfold (350,000 in 2011, 2.5 million in 2015)" in head


@pytest.mark.parametrize("year", YEARS)
def test_returns_are_counted(tables: Tables, year: int) -> None:
    frame = accountability.returns(tables, year)
    frame = frame[frame["year"] > year - 5].sort_values(["peak", "iso3"], ascending=[False, True], ignore_index=True)
    head = text(told.largest_returns(frame, year - 4, year))
    assert words.numeral(len(frame)) in head
    assert f"{frame['peak'].max():,}" in head
    by_year = accountability.countries_by_year(tables, year - 19, year)
    head = text(told.by_year(by_year))
    back = by_year[by_year["kind"] == "came back"].set_index("year")["countries"]
    if "the most since" in head:
        assert back[year] > back.drop(year).max()
    elif "as many as in" in head:
        assert back[year] == back.drop(year).max()
    text(told.holding(accountability.quiet_survival(tables, year), year))


def test_deaths_counted_under_israel_are_not_said_to_be_in_israel_alone() -> None:
    assert told.territory("ISR") == "Israel with the West Bank and Gaza", "as on the page on violence"
    assert told.territory("SYR") == "Syria"


@pytest.mark.parametrize("year", YEARS)
def test_mass_killings_and_cases_are_counted(tables: Tables, year: int) -> None:
    killings = accountability.mass_killings(tables, year - 20, year)
    head = text(told.mass_killings(killings))
    ongoing = killings["ongoing"].tolist()
    assert ("more than" in head) == (ongoing[-1] > ongoing[0])
    assert ("fewer than" in head) == (ongoing[-1] < ongoing[0])
    begun = accountability.onsets(tables, 1990, year)
    again = int((begun["earlier"] != "the first since 1945").sum())
    assert f"{words.numeral(again)} (" in text(told.onsets_again(begun, 1990, year))
    court = accountability.accused(tables, year)
    head = text(told.court_by_year(accountability.accused_by_year(tables, year), court))
    table = tables["tjet_icc_accused"]
    assert court.tried == int((table["proceedings_year"] <= year).sum())
    assert f"{words.numeral(court.tried)} had come to trial" in head
    assert ("after the trial had begun" in head) == bool(court.tried_and_withdrawn)
    text(told.situations(accountability.accused_by_situation(tables, year), year))
    around = accountability.deaths_around_warrants(tables, year)
    head = text(told.around_warrants(around))
    known = around.dropna(subset=["before", "after"])
    assert known.empty or f"In {words.numeral(int(known['fell'].sum()))} of" in head


def test_all_in_africa_is_said_only_while_it_is_so(tables: Tables) -> None:
    assert "; all are in Africa" in told.situations(accountability.accused_by_situation(tables, 2024), 2024).headline
    assert (
        "; 48 of 49 are in Africa" in told.situations(accountability.accused_by_situation(tables, 2025), 2025).headline
    )


def test_an_acquittal_is_not_told_as_a_standing_conviction(tables: Tables) -> None:
    then = accountability.convictions(tables, 2016, "2016-07-22")
    now = accountability.convictions(tables, 2016, "2026-11-25")
    assert text(told.convictions_then(then, "2016-07-22")).startswith("On 22 July 2016, all three convictions stood")
    head = text(told.convictions_now(now))
    assert head.startswith("As it stands now, two of the three convictions stand")
    standing, fallen = head.split("; ")
    assert "Bemba" not in standing, "who was acquitted is not listed with those whose convictions stand"
    assert fallen == "Jean-Pierre Bemba was acquitted on 8 June 2018."


@pytest.mark.parametrize(
    "place", [*countries.states()[::9], countries.get("PSE"), countries.get("SSD"), countries.get("KEN")]
)
@pytest.mark.parametrize("year", [2009, 2015, 2025])
def test_sentences_on_a_country(tables: Tables, place: countries.Country, year: int) -> None:
    found = accountability.recurrence(tables, place.iso3, year)
    summary = told.country_summary(found, year)
    assert not BAD.search(summary), summary
    assert summary.endswith(".")
    if found.first is None:
        assert "did not exist" in summary or "not a measured zero" in summary
    elif not found.violent_years:
        assert summary.startswith("No year from ")
        assert "No year of" in text(told.country_years(found))
    else:
        assert summary.lower().startswith(words.plural(found.violent_years, "year"))
        text(told.country_years(found))
    assert bool(told.country_court(found, year)) == bool(found.accused)


def test_the_last_year_is_not_told_to_be_one_of_all(tables: Tables) -> None:
    """That all 27 years were violent says so of 2015, too."""
    text = told.country_years(accountability.recurrence(tables, "COD", 2015)).headline
    assert text.startswith("All 27 years from 1989 to 2015 saw 25 or more deaths")
    assert "one of them" not in text
    first = told.country_years(accountability.recurrence(tables, "SSD", 2011)).headline
    assert first == "2011, the only year counted, saw 25 or more deaths in organised violence in South Sudan."
