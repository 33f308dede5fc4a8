"""No sentence on attacks contradicts its own numbers, for any edition and country."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from r2p_analysis import countries
from r2p_analysis.exhibits import words
from r2p_analysis.exhibits.headlines import protection as headlines
from r2p_analysis.measures import protection
from r2p_analysis.store import Tables

YEARS = range(2009, 2026)
STATES = [*(place.iso3 for place in countries.states()[::4]), "SYR", "PSE", "ISR", "AFG", "TUV", "SSD", "YEM"]
FOCUS = ["SYR", "IRQ", "SSD", "CAF", "NGA", "YEM"]
BAD = re.compile(r"\bnan\b|\bNone\b|<NA>|\{|  |\.\.| ,|\b1 (?:aid workers|journalists|members)\b")


@pytest.mark.parametrize("year", YEARS)
def test_what_rose_and_what_fell_is_told_by_the_figures(tables: Tables, year: int) -> None:
    frame = protection.moves(tables, year)
    headline = headlines.dashboard(frame).headline.rstrip(".")
    assert not BAD.search(headline)
    end = min(year, 2024)
    decade, recent = headline.split("; ")
    assert decade.startswith(f"From {end - 10} to {end}, ")
    assert recent.startswith(f"from {end - 2} to {end}, ")
    names = {"aid_incidents": "aid workers", "peacekeepers": "UN personnel", "journalists": "journalists"}
    for row in frame.itertuples():
        for text, before in ((decade, row.base), (recent, row.before)):
            verb = words.change(float(before), float(row.end))
            verb = {"more than doubled": "rose", "more than halved": "fell"}.get(verb, verb)
            clauses = [part for part in re.split(r"(?<=rose), |(?<=fell), |(?<=same), ", text) if verb in part]
            assert any(names[str(row.series)] in part or "all three" in part for part in clauses), (text, row.series)


@pytest.mark.parametrize("year", YEARS)
def test_a_record_of_aid_workers_is_called_one_only_when_it_is(tables: Tables, year: int) -> None:
    last = protection.covered_until(tables, "aid_victims", year)
    frame = protection.aid_by_year(tables, 1997, last)
    totals = frame[frame["harm"] != "other"].groupby("year")["people"].sum()
    headline = headlines.aid_workers(frame).headline
    assert ("the most since 1997" in headline) == bool((totals[last] > totals.drop(last)).all())
    assert (f"fewer than in {last - 1}" in headline) == bool(totals[last] < totals[last - 1])
    assert headline.startswith(f"{totals[last]} aid workers were killed, wounded or kidnapped in {last}")
    assert not BAD.search(headline)


def test_cases_of_detention_make_no_record(tables: Tables) -> None:
    """In 2021 all victims were a record and those killed, wounded or kidnapped were not."""
    frame = protection.aid_by_year(tables, 1997, 2021)
    victims = frame.groupby("year")["people"].sum()
    assert victims[2021] == victims.max() == 590
    headline = headlines.aid_workers(frame).headline
    assert headline.startswith("473 aid workers")
    assert "the most" not in headline
    assert headline.endswith("; a further 117 were detained or harmed otherwise.")


@pytest.mark.parametrize("year", YEARS)
def test_both_releases_are_told_with_their_own_figure_and_direction(tables: Tables, year: int) -> None:
    last = min(year, 2024)
    frame = protection.vintages(tables, last - 9, last, ("aid_incidents",))
    headline = headlines.aid_then_and_now(frame, last).headline
    covering = frame[frame["year"] == last].sort_values("vintage")
    then, now = covering.iloc[0], covering.iloc[-1]
    assert f"As known in {then['known']}, there were {then['value']} attacks" in headline
    assert ("have as many" in headline) == (then["value"] == now["value"])
    ways = []
    for vintage in (then["vintage"], now["vintage"]):
        values = frame[frame["vintage"] == vintage].set_index("year")["value"]
        ways.append(words.change(float(values[last - 2]), float(values[last])))
    assert ("By both" in headline) == (ways[0] == ways[1])
    assert all(way in headline for way in ways)


def test_the_vintage_that_an_edition_of_2016_could_know_is_taken(tables: Tables) -> None:
    frame = protection.vintages(tables, 2006, 2015, ("aid_incidents",))
    assert "As known in October 2016, there were 148" in headlines.aid_then_and_now(frame, 2015).headline


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("focus", [FOCUS, ["TUV"], ["AFG"]])
def test_shares_of_places_are_of_the_whole(tables: Tables, year: int, focus: list[str]) -> None:
    last = protection.covered_until(tables, "aid_incidents", year)
    frame = protection.aid_by_country(tables, last, last)
    headline = headlines.aid_where(frame, focus, last).headline
    mine = int(frame.loc[frame["iso3"].isin(focus), "affected"].sum())
    assert (f"; {mine} (" in headline) == (mine > 0)
    assert ("none in the countr" in headline) == (mine == 0)
    assert f"of {frame['affected'].sum()})" in headline
    assert not BAD.search(headlines.aid_map(frame, last, last).headline)


@pytest.mark.parametrize("year", YEARS)
def test_the_mission_named_is_the_one_with_most_and_shares_its_place_with_none(tables: Tables, year: int) -> None:
    last = protection.covered_until(tables, "peacekeepers", year)
    frame = protection.attack_deaths_by_mission(tables, protection.COMPLETE_SINCE, last)
    headline = headlines.peacekeepers(frame).headline
    now = frame[frame["year"] == last].set_index("mission")["deaths"]
    named = re.search(r"served in (.+)\.", headline)
    tied = int((now == now.max()).sum()) > 1
    assert (named is None) == tied
    if named:
        assert now[named[1]] == now.max()
    totals = frame.groupby("year")["deaths"].sum()
    assert ("the fewest since 2000" in headline) == bool((totals[last] < totals.drop(last)).all())
    assert "when the figures begin" not in headline, "they begin in 1948, and are incomplete before 2000"


@pytest.mark.parametrize("year", YEARS)
def test_journalists(tables: Tables, year: int) -> None:
    last = protection.covered_until(tables, "journalists", year)
    confirmed = protection.yearly(tables, "journalists", None, last).set_index("year")["value"]
    headline = headlines.journalists(protection.journalists_by_year(tables, 1992, last)).headline
    assert headline.startswith(f"{confirmed[last]} journalists were killed in {last}")
    assert ("the most since 1992" in headline) == bool((confirmed[last] > confirmed.drop(last)).all())
    places = protection.journalists_by_country(tables, last, last)
    where = headlines.journalists_where(places, last).headline
    most = places["journalists_confirmed"].max()
    assert ("No country had more than" in where) == (int((places["journalists_confirmed"] == most).sum()) > 1)


def test_two_figures_that_are_the_same_are_not_called_a_change() -> None:
    frame = pd.DataFrame(
        {"year": [2014, 2015], "case": ["journalists_confirmed"] * 2, "kind": ["x"] * 2, "people": [1, 1]}
    )
    headline = headlines.journalists(frame).headline
    assert headline == "1 journalist was killed in 2015 with a confirmed link to their work, as many as in 2014."


@pytest.mark.parametrize("year", range(2018, 2026))
def test_a_rise_over_the_year_in_which_monitoring_widened_says_so(tables: Tables, year: int) -> None:
    frame = protection.events_by_year(tables, year, ("health_care",))
    headline = headlines.health_care(frame).headline
    first, last = float(frame["events"].iloc[0]), float(frame["events"].iloc[-1])
    assert ("partly because monitoring widened in 2021" in headline) == (
        int(frame["year"].max()) >= 2021 and last > first
    )
    assert words.change_in_words(first, last) in headline


def test_a_fall_by_one_case_shows_its_counts(tables: Tables) -> None:
    """UN personnel (36 to 35) and journalists (74 to 73) fell like attacks on aid workers, which fell by a hundred."""
    found = headlines.dashboard(protection.moves(tables, 2015))
    assert found.headline.endswith("from 2013 to 2015, all three fell (265 to 157, 36 to 35 and 74 to 73).")
    assert found.shows.startswith("the lines end with")


def test_an_edition_is_not_said_to_lack_years_that_it_leaves_out_itself() -> None:
    """The edition of 2016 called 2015 the last complete year at hand, beside figures of a release of 2025."""
    ends = {"aid workers": 2015, "mission personnel": 2015, "journalists": 2015}
    assert "at hand" not in headlines.coverage(2015, ends)
    assert "2014 for journalists" in headlines.coverage(2015, ends | {"journalists": 2014})
    assert headlines.left_out(2015, 2015) == []
    assert headlines.left_out(2014, 2015) == ["2015 is left out: the year was not over when the data were taken."]


def test_themes_that_all_fell_are_not_said_to_rise() -> None:
    rows = [("health_care", "Health care", 2016, 9), ("health_care", "Health care", 2017, 3)]
    frame = pd.DataFrame(rows, columns=["theme", "kind", "year", "events"])
    assert headlines.themes(frame).headline == "Recorded events rose in none of one theme from 2016 to 2017."


@pytest.mark.parametrize("edition", range(2014, 2027))
def test_only_minima_are_called_at_least(tables: Tables, edition: int) -> None:
    headline = headlines.stated(protection.stated(tables, edition)).headline
    assert ("at least" in headline) == (edition >= 2018)
    assert not BAD.search(headline)


@pytest.mark.parametrize("year", [2009, 2015, 2023, 2025])
def test_sentences_of_states_fit_its_numbers(tables: Tables, year: int) -> None:
    for iso3 in STATES:
        found = protection.recorded_in(tables, iso3, year)
        text = headlines.country_summary(found, iso3)
        assert not BAD.search(text), text
        assert str(found.last) in text, text
        assert ("killed)" in text or "aid worker was killed" in text) == bool(found.aid_victims), text
        nothing = found.aid_victims == 0
        assert ("no attack on an aid worker" in text.lower()) == nothing, text
        assert (words.plural(found.journalists, "journalist") in text) or found.journalists == 0, text
        assert ("together" in text) == (iso3 in protection.UNIT_OF), text
        others = protection.others_in(tables, iso3, year)
        told = headlines.country_others(others, iso3, year).headline.lower()
        for count in others["five_years"].fillna(0).astype(int):
            assert count == 0 or re.search(rf"\b{words.numeral(count)}\b", told), told
        for sentence in (
            headlines.country_others(others, iso3, year).headline,
            headlines.country_nothing(others, iso3, year),
        ):
            assert not BAD.search(sentence), sentence
        aid = protection.aid_in(tables, iso3, 1997, year)
        if len(aid):
            told = headlines.country_aid(aid, iso3)
            now = int(aid.loc[aid["year"] == aid["year"].max(), "people"].sum())
            assert told.headline.startswith("No attack on an aid worker was recorded") == (now == 0), told.headline
            assert not BAD.search(told.headline), told.headline


@pytest.mark.parametrize("year", range(2009, 2025))
def test_the_figure_that_moved_most_is_named(tables: Tables, year: int) -> None:
    frame = protection.revisions(tables, year - 2, year)
    headline = headlines.vintages(frame).headline
    moved = int((frame["change"] != 0).sum())
    assert headline.startswith(
        f"{words.numeral(moved).capitalize() if moved else 'Not one'} of {len(frame)} figures changed"
    )
    if moved:
        most = frame.loc[frame["change"].abs().idxmax()]
        assert f"in {most['year']} went from {most['first_value']} to {most['last_value']}." in headline
        assert abs(int(most["change"])) == int(frame["change"].abs().max())


def test_few_people_are_told_in_words_and_the_one_in_the_singular() -> None:
    """The page of Ukraine in the edition of 2016 said: the attacks on 2 are recorded, of whom 1 was killed."""
    rows = [(2014, "killed", 1), (2014, "wounded", 1), (2015, "killed", 0)]
    frame = pd.DataFrame(rows, columns=["year", "harm", "people"])
    head = "No attack on an aid worker was recorded in Ukraine in 2015; from 2014 to 2015, "
    assert headlines.country_aid(frame, "UKR").headline == head + "two were attacked, one of them killed."
    assert headlines.country_aid(frame[frame["harm"] == "killed"], "UKR").headline == head + "one was killed."
    unhurt = frame.assign(people=[0, 1, 0])
    assert headlines.country_aid(unhurt, "UKR").headline == head + "one was attacked, and not killed."


def test_attacks_read_as_a_sentence(tables: Tables) -> None:
    """It was a list: "recorded in the five years to the last one known: journalists killed, motive confirmed: 6"."""
    early = headlines.country_others(protection.others_in(tables, "UKR", 2015), "UKR", 2015).headline
    assert early == "Six journalists were killed for their work in Ukraine in the five years to 2015."
    late = headlines.country_others(protection.others_in(tables, "AFG", 2024), "AFG", 2024).headline
    assert ":" in late
    assert late.count(":") == 1
    assert "attacks on health care" in late
    assert late.endswith("journalists killed for their work.")


def test_journalists_of_two_places_together_are_not_told_as_those_of_one(tables: Tables) -> None:
    """CPJ counts Israel and the Occupied Palestinian Territory as one: neither saw 142 killed by the figures."""
    for iso3 in ("ISR", "PSE"):
        for year in (2015, 2024):
            told = headlines.country_others(protection.others_in(tables, iso3, year), iso3, year).headline
            assert "their work in Israel and the Occupied Palestinian Territory together" in told
