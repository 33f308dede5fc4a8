"""No sentence about arms contradicts the deliveries, for any year."""

from __future__ import annotations

import re

import pytest

from r2p_analysis.exhibits import words
from r2p_analysis.exhibits.headlines import arms as headlines
from r2p_analysis.measures import arms
from r2p_analysis.store import Tables

YEARS = range(2010, 2025)
BAD = re.compile(r"\bnan\b|\bNone\b|<NA>|  |\.\.|,,|\bno of\b|\bone (states|times)\b")


@pytest.mark.parametrize("year", YEARS)
def test_more_and_less_follow_the_volumes(tables: Tables, year: int) -> None:
    frame = arms.by_status(tables, 2010, year)
    headline = headlines.over_time(frame, year).headline
    totals = frame.groupby("year")["tiv_millions"].sum()
    if year > 2010:
        moved = totals[year] / totals[year - 1] - 1
        assert (" more than in " in headline) == (moved >= 0.005)
        assert (" less than in " in headline) == (moved <= -0.005)
    earlier = totals.drop(year)
    assert ("the most since 2010" in headline) == (len(earlier) >= 3 and bool((totals[year] > earlier).all()))
    assert headlines.volume(float(totals[year])) in headline
    assert not BAD.search(headline)


@pytest.mark.parametrize("year", YEARS)
def test_there_was_no_coalition_before_2015(tables: Tables, year: int) -> None:
    text = headlines.group_in_text(year)
    assert ("later formed" in text) == (year < 2015)
    assert ("founding" in text) == (year >= 2017), "Qatar had left"
    for finding in (
        headlines.suppliers(arms.by_supplier(tables, year, year), year),
        headlines.recipients(arms.by_recipient(tables, year, year), year),
    ):
        assert text in finding.headline
        assert not BAD.search(finding.headline)


@pytest.mark.parametrize("year", YEARS)
def test_suppliers_are_told_by_share_and_standing(tables: Tables, year: int) -> None:
    frame = arms.by_supplier(tables, year, year)
    headline = headlines.suppliers(frame, year).headline
    assert frame["share_pct"].sum() == pytest.approx(100)
    assert words.percent(frame["share_pct"].iloc[0] / 100) in headline
    assert ("Arms Trade Treaty" in headline) == (year >= 2015), "before, it bound nobody"
    for row in frame[frame["status"] != "party"].itertuples():
        assert f"{row.name} (" not in headline.split(" bound by ")[-1]


@pytest.mark.parametrize("year", range(2015, 2025))
def test_a_share_is_at_least_that_where_parties_are_not_all_known(tables: Tables, year: int) -> None:
    frame = arms.share_by_year(tables, 2015, year)
    headline = headlines.share_over_time(frame, year).headline
    assert ("at least" in headline) == (year > 2019)
    found = arms.party_share(tables, year, year)
    assert words.percent(found.share) in headline
    assert headline.startswith(words.sentence(words.plural(found.parties, "state")).rstrip("."))
    single = headlines.party_share(found, "them").headline
    assert words.percent(found.share, 1) in single
    assert ("at least" in single) == (year > 2019)


@pytest.mark.parametrize("year", range(2015, 2025))
def test_rises_and_falls_of_parties_are_counted(tables: Tables, year: int) -> None:
    frame = arms.before_and_after(tables, year)
    headline = headlines.before_and_after(frame, year, 2015).headline
    parties = frame[frame["status"] == "party"]
    more = int((parties["since"] > parties["before"]).sum())
    assert f"{words.numeral(len(parties))} were bound" in headline
    assert f"; {words.numeral(more)} of these delivered more" in headline


def test_qatar_is_said_to_have_left(tables: Tables) -> None:
    assert (
        "Qatar left the coalition in 2017" in headlines.recipients(arms.by_recipient(tables, 2024, 2024), 2024).headline
    )
    assert "Qatar" not in headlines.recipients(arms.by_recipient(tables, 2015, 2015), 2015).headline


@pytest.mark.parametrize("year", range(2009, 2026))
def test_internationalised_conflicts(tables: Tables, year: int) -> None:
    frame = arms.internationalised(tables, 1989, year)
    headline = headlines.internationalised(frame, year).headline
    by = frame.set_index("year")["internationalised"]
    of = min(year, 2024)
    assert (
        f"in {by[of]} of {words.exact(frame.set_index('year').loc[of, 'all_internal'])} internal conflicts" in headline
    )
    assert ("the most of any year since 1989" in headline) == bool((by[of] > by.drop(of)).all())
    assert ("the last year known" in headline) == (year > 2024)
    assert not BAD.search(headline)
