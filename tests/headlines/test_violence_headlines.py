"""Headlines on violence say what their figures say, in every edition."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from r2p_analysis import countries
from r2p_analysis.exhibits.headlines import Finding
from r2p_analysis.exhibits.headlines import violence as headlines
from r2p_analysis.exhibits.headlines.violence.wording import between, times_or_percent
from r2p_analysis.measures import violence
from r2p_analysis.store import Tables

BAD = re.compile(
    r"\bnan\b|\bNone\b|<NA>|\{|\}|  |\.\.|(?<![\d.,])1 people\b|\b1 civilians\b|\b1 deaths\b| ,|\binf\b|\bin from\b"
)
YEARS = range(2009, 2025)
FOCUS = ["SYR", "IRQ", "SSD", "CAF", "NGA", "YEM"]


def fine(found: Finding) -> str:
    for text in (found.headline, found.shows, found.figure):
        assert not BAD.search(text), text
    assert found.headline.endswith(".")
    assert not found.shows.endswith(".")
    return found.headline


@pytest.mark.parametrize("year", YEARS)
def test_the_worlds_deaths_move_as_the_headline_says(tables: Tables, year: int) -> None:
    text = fine(headlines.world_deaths(violence.standing(tables, year)))
    best = violence.totals(tables, year - 1, year)["deaths_best"].astype(int).tolist()
    assert ("more than in" in text or "times as many as" in text or "about as many" in text) or best[1] < best[0]
    assert ("fewer than" in text) == (best[1] < best[0] * 0.995)
    history = violence.totals(tables, 1989, year).set_index("year")["deaths_best"].astype(int)
    since = re.search(r"the most since (\d{4})", text)
    if since:
        start = int(since[1])
        assert history[start] > history[year]
        assert (history[(history.index > start) & (history.index < year)] <= history[year]).all()


def test_the_most_since_the_beginning_and_a_worse_year_in_between() -> None:
    record = violence.Standing(2020, 10, 9, 12, 5, None, 1989, 2020, 10)
    assert "the most since counts begin in 1989" in fine(headlines.world_deaths(record))
    other = violence.Standing(2020, 10, 9, 12, 20, 2019, 1989, 2016, 30)
    text = fine(headlines.world_deaths(other))
    assert "50% fewer than in 2019; the deadliest of the last ten years was 2016" in text


@pytest.mark.parametrize("year", YEARS)
def test_conflicts_and_wars(tables: Tables, year: int) -> None:
    counts = violence.conflicts_by_year(tables, 1946, year)
    by_type = violence.conflicts_by_type(tables, 1946, year)
    text = fine(headlines.conflicts(counts, by_type, year))
    history = counts.set_index("year")["conflicts"].astype(int)
    assert ("the most in any year since 1946" in text) == (history[year] > history[history.index < year].max())
    fine(headlines.wars(counts, year, year - 10))
    worst = violence.deadliest_conflicts(tables, year, 10)
    assert re.split(": | – ", str(worst["label"].iloc[0]))[0] in fine(headlines.deadliest_conflicts(worst, year))
    total = violence.standing(tables, year).best
    fine(headlines.top_countries(violence.most_deaths(tables, year, 10), total, FOCUS, year))


@pytest.mark.parametrize("year", YEARS)
def test_who_kills_and_whose_share(tables: Tables, year: int) -> None:
    sides = violence.by_perpetrator(tables, 1989, year)
    text = fine(headlines.perpetrators(sides, year, year - 10))
    of_year = sides[sides["year"] == year].set_index("who")["deaths_best"].astype(int)
    assert text.startswith("Armed groups" if of_year["groups"] > of_year["government"] else "Governments")
    parts = [int(part) for part in re.findall(r"(\d+)%", text)]
    assert sum(parts) in (0, 100), "parts rounded one by one did not add up to their total"
    listed = violence.actors(tables, year - 10, year)
    by_year = violence.actors_by_year(tables, year - 10, year)
    fine(headlines.top_actors(listed, by_year, year))
    leaders = violence.leading_groups(tables, year - 4, year, 6)
    shares = violence.share_of_actors(tables, leaders["actor"].head(2).tolist(), year - 5, year)
    fine(headlines.leading_groups(leaders, shares, year - 4, year))


@pytest.mark.parametrize("year", YEARS)
def test_the_civilians_share_and_number_are_told_apart(tables: Tables, year: int) -> None:
    totals = violence.totals(tables, 1989, year)
    text = fine(headlines.civilian_share(totals, year, year - 10))
    rows = totals.set_index("year")
    number = rows["civilians"].astype(float)[[year - 10, year]].tolist()
    share = rows["civilian_share"].astype(float)[[year - 10, year]].tolist()
    same_way = (number[1] > number[0]) == (share[1] > share[0])
    if "about the same" not in text:
        assert (" while " in text) != same_way, text
    most = rows["civilian_share_most"].astype(float)[[year - 10, year]].tolist()
    if "about the same" not in text:
        assert ("; with all of unknown status it" in text) == ((most[1] > most[0]) != (share[1] > share[0])), text
    told = re.findall(r"from ([\d,]+) to ([\d,]+)", text)
    assert told[0][0] != told[0][1], "two different numbers look different"


def test_a_share_that_falls_by_one_bound_and_rises_by_the_other_is_told_by_both(tables: Tables) -> None:
    text = fine(headlines.civilian_share(violence.totals(tables, 1989, 2024), 2024, 2014))
    assert (
        "their share of all deaths fell, from 23% to 22%; with all of unknown status it rose, from 34% to 42%" in text
    )


@pytest.mark.parametrize("focus", [FOCUS, ["TUV"], ["ESH"], ["PSE", "UKR"], ["SSD"]])
@pytest.mark.parametrize("year", [2009, 2011, 2015, 2024])
def test_countries_in_focus(tables: Tables, year: int, focus: list[str]) -> None:
    units = violence.units(focus)
    sums = violence.cumulative(tables, units, year - 4, year)
    for found in (headlines.group(sums, year - 4, year), headlines.who_kills(sums, year - 4, year)):
        fine(found)
    beside = headlines.added_up(sums)
    assert list(beside) == units
    assert [code for code, text in beside.items() if not text] == sums.loc[sums["deaths_best"].isna(), "iso3"].tolist()


def test_governments_and_groups_are_named_by_the_figures(tables: Tables) -> None:
    sums = violence.cumulative(tables, FOCUS, 2011, 2015)
    text = headlines.who_kills(sums, 2011, 2015).headline
    governments, groups = text.split("; ")
    assert all(name in governments for name in ("Syria", "South Sudan", "Yemen"))
    assert all(name in groups for name in ("Iraq", "Central African Republic", "Nigeria"))


@pytest.mark.parametrize("year", YEARS)
def test_maps_episodes_and_measures(tables: Tables, year: int) -> None:
    fine(headlines.rates_map(violence.one_sided_rates(tables, year - 4, year), year - 4, year))
    episodes = violence.episodes_by_year(tables, 1949, year)
    fine(headlines.episodes(episodes, year, year - 10))
    assert not BAD.search(headlines.episodes_in_focus(violence.episodes_in(tables, FOCUS, year), year))
    compared = violence.compare(violence.frequency_and_scale(tables, year - 10, year), year - 10, year)
    text = fine(headlines.frequency_and_scale(compared, year - 10, year))
    for aspect in ("frequency", "scale"):
        up = int(((compared["aspect"] == aspect) & (compared["direction"] == "higher")).sum())
        word = {0: "none of the", 1: "one of the", 2: "two of the", 3: "three of the", 4: "four of the"}
        total = int((compared["aspect"] == aspect).sum())
        down = int(((compared["aspect"] == aspect) & (compared["direction"] == "lower")).sum())
        how_many = "all" if total in (up, down) else word[up]
        told = f"{how_many} {'five' if total == 5 else 'three'} measures of {aspect}"
        assert (f"{told} were lower" if down == total else told) in text.lower()
        assert f"measures of {aspect} were higher and none lower" not in text or up < total


def test_yemen_is_not_coded_and_is_not_said_to_have_none(tables: Tables) -> None:
    text = headlines.episodes_in_focus(violence.episodes_in(tables, FOCUS, 2015), 2015)
    assert "codes no episode of these years in Yemen" in text
    assert "none in" not in text


@pytest.mark.parametrize("edition", range(2012, 2027))
def test_dated_counts(tables: Tables, edition: int) -> None:
    year = violence.covered_until(tables, edition - 1)
    course = violence.cumulative_course(tables, "SYR", 2011, year)
    counts = violence.counts_of_war(tables)
    known_by = violence.known_by(edition)
    text = fine(headlines.cumulative_counts(course, counts[counts["stated"] <= known_by], "SYR", year, known_by))
    assert f"in {year}" in text or f"to {year}" in text
    later = violence.later_beside(tables, edition)
    if len(later):
        row = violence.cumulative_course(tables, "SYR", 2011, 2020).query("year == 2020").iloc[0]
        fine(headlines.later_counts(later[later["what"] == "Stated by others"], row, "SYR", known_by))


def test_printed_figures_that_were_raised_and_lowered() -> None:
    frame = pd.DataFrame(
        {"year": [2014, 2015], "stated": ["2015", "2017"], "printed": [100.0, 100.0], "current": [120.0, 90.0],
         "current_low": [110.0, None], "current_high": [130.0, None]}
    )  # fmt: skip
    text = fine(headlines.printed_then(frame))
    assert "10% fewer" in text
    assert "printed 100 deaths in 2017" in text, "what was printed after a report is not told as known to it"
    assert "one was raised and one was lowered" in text


@pytest.mark.parametrize("year", [2009, 2015, 2025])
def test_a_sentence_for_every_state(tables: Tables, year: int) -> None:
    for country in countries.states():
        found = violence.country_year(tables, country.iso3, year)
        text = headlines.country_summary(found)
        assert not BAD.search(text), text
        assert text.endswith(".")
        if found.covered:
            fine(headlines.country_deaths(found))
            fine(headlines.country_perpetrators(found))
            assert ("no death" in text) == (found.best == 0), text


def test_israel_is_never_named_alone(tables: Tables) -> None:
    for iso3 in ("ISR", "PSE"):
        found = violence.country_year(tables, iso3, 2024)
        assert "Israel with the West Bank and Gaza" in headlines.country_summary(found)
        assert "Israel with the West Bank and Gaza" in headlines.country_deaths(found).headline


def test_not_covered_is_not_none_recorded(tables: Tables) -> None:
    assert "not a record of no deaths" in headlines.country_summary(violence.country_year(tables, "ESH", 2015))
    assert "no death" in headlines.country_summary(violence.country_year(tables, "TUV", 2015))


def test_words_for_ranges_and_changes() -> None:
    assert between(100, 100) == ""
    assert times_or_percent(0, 5) == "more than the none of"
    assert times_or_percent(1_000, 998) == "about as many as"
    assert times_or_percent(100, 1) == "99% fewer than"


def test_a_few_deaths_are_not_a_base_for_a_multiple(tables: Tables) -> None:
    """Haiti had 1,294 deaths in 2024 and one in 2019: "1,294 times as many" says less than the two numbers."""
    told = headlines.country_deaths(violence.country_year(tables, "HTI", 2024)).headline
    assert told.startswith("1,300 deaths in organised violence in Haiti in 2024, against one in 2019; ")
    fell = headlines.country_deaths(violence.country_year(tables, "ZAF", 2024)).headline
    assert "75% fewer than in 2019" in fell


def test_the_last_year_that_was_the_deadliest_is_named_once(tables: Tables) -> None:
    told = headlines.country_deaths(violence.country_year(tables, "MDA", 2024)).headline
    assert told.endswith("; the last was in 1992, the deadliest year since 1991, with 585.")


def test_names_of_actors_are_told_apart_and_a_lone_one_needs_no_division(tables: Tables) -> None:
    """UCDP has an actor called "ADF, Vuba militia": between commas it reads as two."""
    (several,) = headlines.actors_named(violence.country_year(tables, "COD", 2015))
    assert "; ADF, Vuba militia; " in several
    assert "how many each killed" in several
    (one,) = headlines.actors_named(violence.country_year(tables, "UKR", 2024))
    assert one.endswith("in 2024: Government of Russia.")
