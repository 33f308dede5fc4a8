"""Checks on funding and prevention give what the tables hold, and change with them."""

from __future__ import annotations

import pandas as pd
import pytest

from r2p_analysis.claims import CANNOT, FAILS, HOLDS, REVISED, Course, judge
from r2p_analysis.claims.checks import funding as money
from r2p_analysis.claims.checks import prevention as warning
from r2p_analysis.errors import UsageError
from r2p_analysis.store import Tables

SINCE_CRISIS = {"from": 2008, "to": 2015}


def changed(tables: Tables, name: str, frame: pd.DataFrame) -> Tables:
    return Tables.of({other: tables[other] for other in tables} | {name: frame})


@pytest.mark.parametrize("real", [False, True])
def test_money_did_not_fall_but_the_gap_grew(tables: Tables, real: bool) -> None:
    reported = money.funding_amounts(tables, "reported_usd", 2015, real)
    unmet = money.funding_amounts(tables, "unmet_usd", 2015, real)
    assert judge(reported, {"is": "fell", **SINCE_CRISIS}).word == FAILS
    assert judge(unmet, {"is": "rose", **SINCE_CRISIS}).word == HOLDS


def test_less_money_in_2015_turns_the_outcome(tables: Tables) -> None:
    table = tables["fts_appeals"].copy()
    table.loc[table["year"] == 2015, "funding_usd"] *= 0.5
    reported = money.funding_amounts(changed(tables, "fts_appeals", table), "reported_usd", 2015, real=True)
    assert judge(reported, {"is": "fell", **SINCE_CRISIS}).word == HOLDS


def test_an_amount_that_does_not_exist_is_an_error(tables: Tables) -> None:
    with pytest.raises(UsageError, match='no amount "pledges"'):
        money.funding_amounts(tables, "pledges", 2015, real=False)


def test_coverage_was_lowest_in_2015_and_not_in_2014(tables: Tables) -> None:
    course = money.funding_coverage(tables, 2015)
    assert judge(course, {"is": "lowest since", "year": 2015, "since": 2000}).word == HOLDS
    assert judge(course, {"is": "lowest since", "year": 2014, "since": 2000}).word == FAILS
    assert judge(course, {"is": "lowest since", "year": 2016, "since": 2000}).word == CANNOT, "not known by 2015"


def test_printed_shares_and_requirements(tables: Tables) -> None:
    share = money.funding_unmet_share(tables, 2015)
    assert judge(share, {"is": "equals", "value": 45}).word == REVISED
    assert judge(share, {"is": "at least", "value": 46.4}).word == HOLDS
    assert judge(share, {"is": "at least", "value": 46.6}).word == FAILS
    assert judge(money.funding_requirements(tables, 2015), {"is": "equals", "value": 19.5e9}).word == REVISED
    assert judge(money.funding_requirements(tables, 1990), {"is": "equals", "value": 1}).word == CANNOT


def test_money_for_each_displaced_person(tables: Tables) -> None:
    nominal, real = (money.funding_per_displaced(tables, 2015, real) for real in (False, True))
    assert judge(nominal, {"is": "fell", **SINCE_CRISIS}).word == FAILS
    assert judge(real, {"is": "fell", **SINCE_CRISIS}).word == FAILS
    assert judge(real, {"is": "fell", "from": 2014, "to": 2015}).word == HOLDS


def test_repeated_appeals(tables: Tables) -> None:
    assert money.funding_repeated_appeals(tables, 2015, 5).number == pytest.approx(13 / 36 * 100)


def test_a_rank_at_the_edge_and_one_that_was_never_published(tables: Tables) -> None:
    rank = warning.prevention_rank(tables, "CAF", 2013)
    assert judge(rank, {"is": "at most", "value": 27}).word == HOLDS
    assert judge(rank, {"is": "at most", "value": 26}).word == FAILS
    never = judge(warning.prevention_rank(tables, "SYR", 2011), {"is": "at most", "value": 30})
    assert never.word == CANNOT
    assert "begin with the edition of 2013" in never.evidence
    assert (
        "no rank in 2015" in judge(warning.prevention_rank(tables, "TUV", 2015), {"is": "at most", "value": 1}).evidence
    )


def test_onsets_ranked_high(tables: Tables) -> None:
    assert warning.prevention_onsets_ranked_high(tables, 2013, 2015).number == 100
    assert warning.prevention_onsets_ranked_high(tables, 2013, 2023).number == pytest.approx(10 / 13 * 100)
    assert warning.prevention_onsets_ranked_high(tables, 2003, 2005).number is None


def test_election_violence(tables: Tables) -> None:
    kinds = ["one_sided", "non_state"]
    kenya = warning.prevention_killed_by_year(tables, "KEN", 2007, 2013, kinds)
    assert isinstance(kenya, Course)
    assert judge(kenya, {"is": "fell", "from": 2008, "to": 2013}).word == HOLDS
    assert judge(kenya, {"is": "fell", "from": 2010, "to": 2013}).word == FAILS
    both = warning.prevention_killed(tables, "KEN", [2007, 2008], kinds)
    assert (both.number, both.low, both.high) == (982, 957, 1154)
    assert judge(warning.prevention_displaced_in_kenya(tables), {"is": "at least", "value": 600_000}).word == HOLDS


def test_kenya_with_more_deaths_in_2013_turns_the_outcome(tables: Tables) -> None:
    table = tables["ucdp_country_years"].copy()
    table.loc[(table["iso3"] == "KEN") & (table["year"] == 2013), "one_sided_best"] = 900
    course = warning.prevention_killed_by_year(
        changed(tables, "ucdp_country_years", table), "KEN", 2007, 2013, ["one_sided", "non_state"]
    )
    assert judge(course, {"is": "fell", "from": 2008, "to": 2013}).word == FAILS


def test_onsets_and_factors(tables: Tables) -> None:
    assert warning.prevention_onset(tables, "SYR", 2011).number == 1
    assert warning.prevention_onset(tables, "SYR", 2010).number == 0
    assert judge(warning.prevention_risk_factors(tables), {"is": "equals", "value": 14}).word == HOLDS
    assert (warning.prevention_factors_followed(tables).number or 0) >= 5
