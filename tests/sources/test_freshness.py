"""The age of a table: judged by what its figures are, never by when somebody copied the file."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from r2p_analysis.sources import discover
from r2p_analysis.sources.cadence import (
    MONTH,
    QUARTER,
    Cadence,
    Fixed,
    Occasional,
    Releases,
    Rolling,
    day_after_month,
    day_in_words,
)
from r2p_analysis.sources.freshness import STATES, TOLERANCE, Vintage, freshness, reaches

SOURCES = {name: module.SOURCE for name, module in discover().items()}


def judged(source: str, today: str, version: str, retrieved: str, last_year: int | None = None) -> tuple[str, str]:
    found = freshness(Vintage(version, retrieved, last_year), SOURCES[source].cadence, date.fromisoformat(today))
    return found.state, found.sentence


@pytest.mark.parametrize(
    ("today", "state"),
    [
        ("2026-05-31", "fresh"),
        ("2026-06-01", "fresh"),
        ("2026-06-30", "fresh"),
        ("2026-07-01", "due"),
        ("2026-09-29", "due"),
        ("2026-09-30", "stale"),
        ("2030-01-01", "stale"),
    ],
)
def test_a_missed_release_counts_from_the_day_after_its_month(today: str, state: str) -> None:
    assert judged("ucdp", today, "25.1", "2025-07-01", 2024)[0] == state


def test_an_old_release_copied_yesterday_is_not_new() -> None:
    assert judged("ucdp", "2026-11-25", "25.1", "2026-11-24", 2024) == ("stale", "26.1 expected since June 2026")
    assert judged("psdata", "2026-11-25", "2025-04-04", "2026-11-25", 2025)[0] == "stale"
    assert judged("worldbank", "2026-11-25", "file of 2026-03-06", "2026-11-24", 2024)[0] == "stale"


def test_the_newest_release_is_fresh_though_it_was_taken_long_ago() -> None:
    assert judged("ucdp", "2027-06-30", "26.1", "2026-06-20", 2025) == ("fresh", "27.1 expected in June 2027")
    assert judged("wpp", "2026-07-31", "WPP 2024, back-computed", "2024-07-20", 2024)[0] == "fresh"


def test_a_fetch_that_brought_nothing_newer_leaves_the_table_due() -> None:
    asked_again = judged("unrwa", "2026-07-20", "as served on 2026-07-20", "2026-07-20", 2024)
    assert asked_again == ("due", "figures of 2025 expected since June 2026")


def test_of_several_missed_releases_the_first_sets_the_state_and_the_newest_is_named() -> None:
    found = freshness(Vintage("24.1", "2024-06-20", 2023), SOURCES["ucdp"].cadence, date(2026, 7, 2))
    assert (found.state, found.expected, found.due_since) == ("stale", "26.1", date(2025, 7, 1))


def test_every_two_years_is_not_every_year() -> None:
    assert judged("wpp", "2025-12-31", "WPP 2024", "2024-07-20", 2024) == ("fresh", "WPP 2026 expected in July 2026")
    assert judged("wpp", "2026-08-01", "WPP 2024", "2026-07-20", 2024) == ("due", "WPP 2026 expected since July 2026")
    assert judged("wpp", "2028-07-31", "WPP 2026", "2026-07-20", 2100)[0] == "fresh"


def test_mid_year_figures_make_a_table_due_and_never_stale() -> None:
    told = ("2025.12.1, data of 2026-06-25 (Global Trends 2025)", "2026-11-24", 2025)
    assert judged("unhcr", "2026-10-31", *told) == ("fresh", "figures of 2026 expected in June 2027")
    due = ("due", "the mid-year release of 2026 expected since October 2026")
    assert judged("unhcr", "2026-11-01", *told) == due
    assert judged("unhcr", "2027-06-30", *told) == due
    assert judged("unhcr", "2027-07-01", *told) == ("due", "figures of 2026 expected since June 2027")
    assert judged("unhcr", "2027-12-01", *told)[0] == "stale"
    assert judged("unhcr", "2026-11-01", "as served on 2026-10-20", "2026-10-20", 2025)[0] == "fresh"


def test_mid_year_figures_do_not_pass_for_those_of_the_end_of_the_year() -> None:
    """Taken before June 2027 with rows of 2026, the table still lacks the release of that month."""
    for day in ("2026-10-20", "2027-05-31"):
        assert judged("unhcr", "2027-07-02", f"as served on {day}", day, 2026)[0] == "due"
    assert judged("unhcr", "2027-07-02", "as served on 2027-06-15", "2027-06-15", 2026)[0] == "fresh"


def test_a_producer_that_publishes_a_day_early_is_not_behind() -> None:
    told = "updated 2026-06-30"
    assert judged("worldbank", "2026-12-01", told, "2026-07-02", 2025)[0] == "fresh"
    assert judged("worldbank", "2026-12-01", "updated 2026-05-30", "2026-07-02", 2025)[0] == "stale"


def test_a_year_that_is_complete_in_january_is_missed_in_february() -> None:
    assert judged("bls", "2027-01-31", "index to August 2026", "2026-09-20", 2025)[0] == "fresh"
    assert judged("bls", "2027-02-01", "index to August 2026", "2026-09-20", 2025)[0] == "due"


def test_a_december_release_is_missed_in_the_year_after() -> None:
    for version in ("2025 edition", "editions 2013-15, 2017-25"):
        assert judged("ewp", "2026-12-31", version, "2026-11-25") == (
            "fresh",
            "the edition of 2026 expected in December 2026",
        )
        assert judged("ewp", "2027-01-01", version, "2027-01-01")[0] == "due"
    assert judged("ewp", "2027-01-01", "editions 2013-15, 2017-26", "2026-12-20")[0] == "fresh"
    assert judged("ewp", "2027-02-01", "as served on 2026-12-05", "2026-12-05")[0] == "fresh"


@pytest.mark.parametrize(("days", "state"), [(31, "fresh"), (32, "due"), (122, "due"), (123, "stale")])
def test_what_changes_daily_is_due_after_a_month(days: int, state: str) -> None:
    taken = date(2026, 3, 12)
    found = freshness(Vintage("2026-03-12", "2026-11-25", 2031), Rolling("daily", MONTH), taken + timedelta(days=days))
    assert found.state == state
    assert found.sentence.startswith("as of 12 March 2026")


@pytest.mark.parametrize(
    ("version", "retrieved", "last_year", "words"),
    [
        ("to 2022-07-08; secondary list to 2025-09-18", "2026-11-25", 2025, "as of 18 September 2025"),
        ("UNTC 2013–2015, ICRC 9 November 2020, manytreaties April 2022", "2026-11-25", None, "as of April 2022"),
        ("2001-2024 and 2013-15, 2025-13-01, 2025-02-31", "2026-11-25", None, "as of 25 November 2026"),
        ("2025-12", "2026-11-25", 2025, "as of December 2025"),
        ("API sample of early 2024 / 2025", "2026-11-25", 2025, "as of the end of 2025"),
        ("release not told", "2025-03-02", 2025, "as of 2 March 2025"),
        ("data to 2099-01-01", "2026-01-02", None, "as of 2 January 2026"),
        ("release not told", "", 2015, "as of the end of 2015"),
        ("release not told", "", None, "its date is not recorded"),
        ("release not told", "yesterday", None, "its date is not recorded"),
    ],
)
def test_the_date_of_the_figures_is_found_in_the_version(
    version: str, retrieved: str, last_year: int | None, words: str
) -> None:
    found = freshness(Vintage(version, retrieved, last_year), Rolling("monthly", QUARTER), date(2027, 6, 1))
    assert found.sentence.partition(";")[0] == words
    assert found.state != "fresh"


def test_documents_and_kept_vintages_never_age() -> None:
    far = date(2100, 1, 1)
    kept = [t.cadence for s in SOURCES.values() for t in s.tables if t.name.endswith("_vintages")]
    assert len(kept) == 3
    for cadence in [*kept, *(SOURCES[name].cadence for name in ("framework", "popstats", "published", "ucdp_syria"))]:
        assert cadence is not None
        assert freshness(Vintage("2017-08-23", "2017-08-23", 2016), cadence, far).state == "fresh"


def test_a_list_made_by_hand_is_looked_at_once_a_year_and_never_called_stale() -> None:
    told = ("2026-11", "2026-11-25")
    assert judged("convictions", "2027-11-25", *told)[0] == "fresh"
    assert judged("convictions", "2027-11-26", *told)[0] == "due"
    assert judged("convictions", "2090-01-01", *told)[0] == "due"
    assert judged("natural_earth", "2026-11-25", "5.1.1", "")[0] == "due"


def test_a_table_reaches_to_its_last_year_or_the_date_it_tells() -> None:
    assert reaches(Vintage("25.1", "2026-11-25", 2024)) == 2024
    assert reaches(Vintage("merged; April 2022", "2026-11-25")) == 2022
    assert reaches(Vintage("5.1.1", "")) is None


def test_every_source_has_words_and_a_cadence_that_can_be_judged() -> None:
    assert len(SOURCES) >= 25
    for name, source in SOURCES.items():
        assert source.cadence.words.strip(), name
        if isinstance(source.cadence, Releases):
            assert 1 <= source.cadence.month <= 12, name
            assert source.cadence.every == 1 or source.cadence.anchor, name


def test_december_ends_in_the_next_year() -> None:
    assert [day_after_month(2026, month) for month in (1, 11, 12)] == [
        date(2026, 2, 1),
        date(2026, 12, 1),
        date(2027, 1, 1),
    ]
    assert day_in_words(date(2026, 12, 1)) == "1 December 2026"


DAYS = st.dates(date(1995, 1, 1), date(2090, 1, 1))
CADENCES: st.SearchStrategy[Cadence] = st.one_of(
    st.sampled_from([c for s in SOURCES.values() for c in [s.cadence, *(t.cadence for t in s.tables)] if c]),
    st.builds(
        Releases,
        st.just("made up"),
        month=st.integers(1, 12),
        lag=st.integers(0, 2),
        every=st.integers(1, 5),
        anchor=st.integers(2000, 2030),
        between=st.integers(0, 12),
    ),
    st.builds(Rolling, st.just("made up"), st.integers(1, 400)),
    st.builds(Occasional, st.just("made up"), st.integers(1, 800)),
    st.builds(Fixed, st.just("made up")),
)
VERSIONS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(["25.1", "WPP 2024", "2025 edition", "editions 2013-15, 2017-25", "to April 2022", "2026-03-06"]),
    DAYS.map("as served on {}".format),
)
VINTAGES = st.builds(
    Vintage,
    VERSIONS,
    st.one_of(DAYS.map(str), st.dates().map(str), st.text(max_size=10)),
    st.one_of(st.none(), st.integers(-5, 12_000), st.integers(1990, 2090)),
)


@given(VINTAGES, CADENCES, DAYS, st.integers(0, 2000))
def test_no_table_gets_fresher_as_time_passes(vintage: Vintage, cadence: Cadence, today: date, later: int) -> None:
    now, then = (freshness(vintage, cadence, day) for day in (today, today + timedelta(days=later)))
    assert STATES.index(now.state) <= STATES.index(then.state)
    for found, day in ((now, today), (then, today + timedelta(days=later))):
        assert found.sentence
        assert found.due_since is None or found.due_since <= day
        if found.state == "stale":
            assert found.due_since
            assert day > found.due_since + timedelta(days=TOLERANCE)


@given(DAYS, st.sampled_from(["ucdp", "unrwa", "idmc", "worldbank", "sipri", "bls", "wpp", "ewp"]))
def test_no_later_release_makes_a_table_older(today: date, source: str) -> None:
    cadence = SOURCES[source].cadence
    assert isinstance(cadence, Releases)
    states = [
        STATES.index(freshness(Vintage(cadence.called(year), "", year - cadence.lag), cadence, today).state)
        for year in cadence.years(2001, 2099)
    ]
    assert states == sorted(states, reverse=True)
