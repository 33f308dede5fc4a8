"""Checks on the Council and on commitments come out by the figures, and change when these do."""

from __future__ import annotations

import pandas as pd
import pytest

from r2p_analysis.claims import CANNOT, FAILS, HOLDS, judge
from r2p_analysis.claims.checks import council as checks
from r2p_analysis.errors import UsageError
from r2p_analysis.store import Tables

TABLES = ("sc_vetoes", "sc_vetoes_cast", "commitment_counts", "ga_votes", "sg_reports", "r2p_milestones")


def changed(tables: Tables, name: str, frame: pd.DataFrame) -> Tables:
    return Tables.of({**{other: tables[other] for other in TABLES}, name: frame})


SYRIA = {"crisis": "Syria", "first": "2011-03-15", "last": "2016-07-22"}


def test_four_drafts_and_three_when_one_is_not_there(tables: Tables) -> None:
    assert checks.council_vetoed_drafts(tables, **SYRIA, members=["RUS", "CHN"]).number == 4
    without = tables["sc_vetoes"][lambda frame: frame["date"] != "2014-05-22"]
    found = checks.council_vetoed_drafts(changed(tables, "sc_vetoes", without), **SYRIA, members=["RUS", "CHN"])
    assert found.number == 3
    assert judge(found, {"is": "equals", "value": 4}).word == FAILS


def test_drafts_vetoed_by_one_of_them_are_not_vetoed_by_both(tables: Tables) -> None:
    whole = {"crisis": "Syria", "first": "2011-03-15", "last": "2025-09-18"}
    assert checks.council_vetoed_drafts(tables, **whole).number == 18
    assert checks.council_vetoed_drafts(tables, **whole, members=["RUS", "CHN"]).number == 10


def test_nothing_is_said_of_days_after_the_list_ends(tables: Tables) -> None:
    found = checks.council_vetoes_by_members(tables, ["FRA", "GBR"], "2015-10-23", "2026-01-01")
    assert judge(found, {"is": "equals", "value": 0}).word == CANNOT
    assert "ends on 18 September 2025" in judge(found, {"is": "equals", "value": 0}).evidence
    assert checks.council_vetoes_by_members(tables, ["FRA", "GBR"], "2015-10-23", "2025-09-18").number == 0
    assert checks.council_vetoes_by_members(tables, ["FRA", "GBR"], "1989-12-23", "2025-09-18").number == 1


def test_five_years_are_five(tables: Tables) -> None:
    points = checks.council_vetoes_in_five_years(tables, 2010, 2015).points
    assert (points[2010], points[2015]) == (5, 8)
    rose = judge(checks.council_vetoes_in_five_years(tables, 2010, 2015), {"is": "rose", "from": 2010, "to": 2015})
    assert rose.word == HOLDS
    record = {"is": "largest since", "year": 2015, "since": 1950}
    assert judge(checks.council_vetoes_in_five_years(tables, 1950, 2015), record).word == FAILS


def test_days_between_drafts(tables: Tables) -> None:
    assert checks.council_days_between_vetoes(tables, **SYRIA).number == 961
    one = checks.council_days_between_vetoes(tables, "Syria", "2014-01-01", "2016-07-22")
    assert one.number is None


@pytest.mark.parametrize(
    ("commitment", "states", "word"),
    [
        ("code_of_conduct", 112, HOLDS),
        ("code_of_conduct", 108, HOLDS),
        ("code_of_conduct", 114, HOLDS),
        ("code_of_conduct", 107, FAILS),
        ("code_of_conduct", 115, FAILS),
        ("focal_points", 55, HOLDS),
        ("focal_points", 59, FAILS),
        ("veto_declaration", 95, HOLDS),
        ("veto_declaration", 108, FAILS),
        ("veto_declaration", 79, FAILS),
        ("group_of_friends", 50, CANNOT),
    ],
)
def test_a_count_lies_between_those_of_others(tables: Tables, commitment: str, states: int, word: str) -> None:
    assert checks.commitment_between_counts(tables, commitment, states, "2016-07-22").word == word


def test_a_texts_own_count_does_not_confirm_it(tables: Tables) -> None:
    own = tables["commitment_counts"][lambda frame: frame["publisher"].str.startswith("A/70/999")]
    alone = changed(tables, "commitment_counts", own)
    assert checks.commitment_between_counts(alone, "code_of_conduct", 112, "2016-07-22").word == CANNOT
    assert checks.commitment_supporters(alone, "code_of_conduct", "2016-07-22").number is None
    assert checks.commitment_supporters(tables, "code_of_conduct", "2016-07-22").number == 108


def test_without_a_vote_or_with_one(tables: Tables) -> None:
    assert checks.assembly_without_vote(tables, "world-summit-2005").word == HOLDS
    assert checks.assembly_without_vote(tables, "resolution-2021").word == FAILS
    with pytest.raises(UsageError, match="no decision"):
        checks.assembly_without_vote(tables, "resolution-1999")


def test_shares_of_members_and_of_votes(tables: Tables) -> None:
    of_members = checks.assembly_in_favour(tables, "resolution-2021", "members")
    of_votes = checks.assembly_in_favour(tables, "resolution-2021", "votes")
    assert of_members.number == pytest.approx(100 * 115 / 193)
    assert of_votes.number == pytest.approx(100 * 115 / 158)
    assert "of 158 votes" in of_votes.what
    assert judge(of_members, {"is": "at least", "value": 66.67}).word == FAILS
    assert checks.assembly_in_favour(tables, "resolution-2009", "votes").number is None
    with pytest.raises(UsageError, match="expected members or votes"):
        checks.assembly_in_favour(tables, "resolution-2021", "states")


def test_resolutions_are_counted_in_a_time(tables: Tables) -> None:
    assert checks.assembly_resolutions(tables, "2016-07-23", "2026-11-25").number == 1
    assert checks.assembly_resolutions(tables, "2009-09-15", "2016-07-22").number == 0, "votes on the agenda are none"


def test_the_series_of_reports(tables: Tables) -> None:
    assert checks.report_ordinal(tables, 2016).number == 8
    assert checks.report_ordinal(tables, 2026).number is None
    assert checks.reports_signed(tables, "Ban Ki-moon", 2017, 2025).number == 0
    assert checks.reports_signed(tables, "Ban Ki-moon", 2009, 2016).number == 8
    shorter = tables["sg_reports"][lambda frame: frame["year"] != 2012]
    assert checks.report_ordinal(changed(tables, "sg_reports", shorter), 2016).number == 7


def test_the_document_itself(tables: Tables) -> None:
    assert checks.report_is(tables, 2016, "council_symbol", "S/2016/620").word == HOLDS
    assert checks.report_is(tables, 2016, "date", "2016-07-23").word == FAILS
    assert checks.report_is(tables, 2025, "symbol", "A/79/1").word == CANNOT
    assert checks.report_pages(tables, 2016).number == 18
    assert checks.report_pages(tables, 2015).number is None
    with pytest.raises(UsageError, match="field"):
        checks.report_is(tables, 2016, "author", "X")


def test_dated_steps(tables: Tables) -> None:
    assert checks.milestone_known(tables, "human-rights-up-front", "2016-07-22").word == HOLDS
    assert checks.milestone_known(tables, "article-99-invoked", "2016-07-22").word == FAILS
    assert checks.milestones_of_year(tables, "review", 2015).number == 3
    assert checks.milestones_of_year(tables, "review", 2014).number == 0
    with pytest.raises(UsageError, match="no step"):
        checks.milestone_known(tables, "unknown", "2016-07-22")
