"""Headlines on ranks, onsets and cases hold for every edition, and their words follow the figures."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from r2p_analysis import countries
from r2p_analysis.exhibits.headlines import prevention as headlines
from r2p_analysis.measures import prevention
from r2p_analysis.store import Tables

EDITIONS = [*range(2013, 2016), *range(2017, 2026)]
BAD = re.compile(r"\bnan\b|\bNone\b|<NA>|  |\.\.|(?<![\d.,])1 people\b| ,|\binf\b")
SIX = ["SYR", "IRQ", "SSD", "CAF", "NGA", "YEM"]


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("focus", [SIX, ["SYR"], ["TUV"], ["CHE", "NOR"]])
def test_focus_ranks(tables: Tables, edition: int, focus: list[str]) -> None:
    rows = prevention.ranks(tables, focus, edition)
    found = headlines.focus_ranks(rows, focus, edition)
    now = rows[(rows["edition"] == edition) & rows["rank"].notna()]
    assert not BAD.search(found.headline + found.shows)
    if now.empty:
        assert "ranks none of" in found.headline
    elif len(now) > 1 and (now["rank"] > 30).all():
        assert "none stood among the 30" in found.headline
    elif len(now) > 1 and (now["rank"] <= 30).all():
        assert "all stood among the 30" in found.headline


@pytest.mark.parametrize("last", range(2013, 2025))
def test_onsets(tables: Tables, last: int) -> None:
    rows = prevention.onsets(tables, 2013, last)
    found = headlines.onsets(rows, 2013, last)
    assert not BAD.search(found.headline + found.shows)
    ranked = rows[rows["rank"].notna()]
    assert found.figure == f"{int((ranked['rank'] <= 30).sum())} of {len(ranked)}"
    assert ("all began" in found.headline) is bool((ranked["rank"] <= 30).all())


def test_misses_are_told() -> None:
    rows = pd.DataFrame(
        {"iso3": ["PHL", "BFA"], "start_year": [2016, 2016], "rank": [54, 51], "high": [False, False],
         "foreseen_kind": [True, True]}
    )  # fmt: skip
    assert "none began in countries ranked" in headlines.onsets(rows, 2016, 2016).headline
    assert headlines.onsets_after(rows, 2015, 2016, 2016).headline.startswith(
        "Seen from now: of two mass killings that began in 2016, none began"
    )
    one = rows.head(1).assign(high=True, rank=[3])
    assert (
        "Of one mass killing that began in 2016, it began in a country ranked"
        in headlines.onsets(one, 2016, 2016).headline
    )


@pytest.mark.parametrize("edition", EDITIONS)
def test_highest_ranked(tables: Tables, edition: int) -> None:
    found = headlines.top(prevention.top(tables, edition), edition)
    assert not BAD.search(found.headline + found.shows)
    none = prevention.top(tables, edition).assign(ongoing=0)
    assert "in none of the 15 countries" in headlines.top(none, edition).headline


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_country_that_is_not_coded_is_not_told_as_one_without_killing(tables: Tables, edition: int) -> None:
    """Yemen, of which nothing is coded, was counted as a country where none was going on."""
    frame = prevention.top(tables, edition)
    uncoded = [countries.get(code).in_text for code in frame.loc[frame["ongoing"].isna(), "iso3"]]
    said = headlines.top(frame, edition).headline
    assert ("is not coded" in said) is bool(uncoded)
    assert all(name in said for name in uncoded)


@pytest.mark.parametrize("last", range(2009, 2025))
@pytest.mark.parametrize("iso3", ["KEN", "GIN"])
def test_cases_speak_of_the_next_election_only_once_it_was_held(tables: Tables, iso3: str, last: int) -> None:
    case = prevention.CASES[iso3]
    found = headlines.case_deaths(prevention.deaths(tables, iso3, 2003, last), case)
    assert not BAD.search(found.headline + found.shows)
    assert ("the next election" in found.headline) is (last >= case.next_election)


def test_nobody_killed_reads_as_nobody() -> None:
    counts = {"deaths_best": [160, 0], "deaths_low": [159, 0], "deaths_high": [160, 0]}
    rows = pd.DataFrame({"year": [2009, 2010], "kind": "one_sided", **counts})
    said = headlines.case_deaths(rows, prevention.CASES["GIN"]).headline
    assert "160 people (159 to 160) in Guinea in 2009 and nobody in 2010" in said


@pytest.mark.parametrize("last", range(2009, 2026))
def test_displaced_and_stated(tables: Tables, last: int) -> None:
    for found in (
        headlines.displaced(prevention.displaced_inside(tables, "KEN", 2008, last), "KEN"),
        headlines.printed(prevention.printed_beside_counted(tables, last)),
        headlines.risk_factors(prevention.risk_factors(tables)),
    ):
        assert not BAD.search(found.headline + found.shows), found.headline


@pytest.mark.parametrize("year", [2009, 2013, 2016, 2025])
def test_every_state_has_its_sentence(tables: Tables, year: int) -> None:
    every = prevention.ranks(tables, [state.iso3 for state in countries.states()], year)
    for state in countries.states():
        rows = every[every["iso3"] == state.iso3]
        said = headlines.country_summary(rows, state.iso3, year)
        assert not BAD.search(said), said
        known = rows[rows["rank"].notna()]
        if known.empty:
            assert "No risk rank" in said
        else:
            assert f"in {known['edition'].max()}" in said
            assert not BAD.search(headlines.country_ranks(rows, state.iso3).headline)


def test_a_low_rank_where_killing_goes_on_says_so(tables: Tables) -> None:
    rows = prevention.ranks(tables, ["SYR"], 2015)
    assert "ranked 28th of 162" in headlines.country_summary(rows, "SYR", 2015)
    assert "in 2014 one was going on there" in headlines.country_summary(rows, "SYR", 2015)


def test_every_edition_of_the_highest_rank_is_named(tables: Tables) -> None:
    """Switzerland ranked 144th in 2013 and in 2014: the headline named 2013 alone."""
    headline = headlines.country_ranks(prevention.ranks(tables, ["CHE"], 2015), "CHE").headline
    assert "its highest rank was 144th, in 2013 and 2014" in headline
