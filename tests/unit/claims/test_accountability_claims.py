"""Checks on recurrence and accountability decide by the figures, and change with them."""

from __future__ import annotations

import pandas as pd
import pytest

from r2p_analysis.claims.checks import accountability as checks
from r2p_analysis.claims.outcome import FAILS, HOLDS
from r2p_analysis.claims.relations import judge
from r2p_analysis.errors import UsageError
from r2p_analysis.store import Tables


def changed(tables: Tables, **frames: pd.DataFrame) -> Tables:
    return Tables.of(
        {name: tables[name] for name in tables if name.startswith(("ucdp_c", "ewp", "tjet", "conv"))} | frames
    )


def test_a_person_without_a_judgement_is_refused(tables: Tables) -> None:
    with pytest.raises(UsageError, match="no judgement against"):
        checks.conviction_stands(tables, "Somebody Else")


def test_a_conviction_stands_until_the_day_of_the_acquittal(tables: Tables) -> None:
    assert checks.conviction_stood(tables, "Jean-Pierre Bemba", "2016-07-22").word == HOLDS
    assert checks.conviction_stood(tables, "Jean-Pierre Bemba", "2018-06-07").word == HOLDS
    assert checks.conviction_stood(tables, "Jean-Pierre Bemba", "2018-06-08").word == FAILS
    assert checks.conviction_stood(tables, "Jean-Pierre Bemba", "2016-03-20").word == FAILS
    assert checks.conviction_stands(tables, "Radovan Karadžić").word == HOLDS
    assert checks.conviction_stands(tables, "Jean-Pierre Bemba").word == FAILS


def test_without_the_appeal_the_conviction_would_stand(tables: Tables) -> None:
    table = tables["convictions"]
    earlier = changed(tables, convictions=table[table["date"] < "2018-01-01"])
    assert checks.conviction_stands(earlier, "Jean-Pierre Bemba").word == HOLDS


def test_quiet_before_decides_a_relapse(tables: Tables) -> None:
    table = tables["ucdp_country_years"]
    found = checks.recurrence_quiet_before(tables, "CAF", 2013)
    assert found.number == 0
    assert judge(found, {"is": "at least", "value": 1}).word == FAILS
    calm = table.assign(deaths_best=table["deaths_best"].mask((table["iso3"] == "CAF") & (table["year"] == 2012), 24))
    assert checks.recurrence_quiet_before(changed(tables, ucdp_country_years=calm), "CAF", 2013).number == 1
    edge = table.assign(deaths_best=table["deaths_best"].mask((table["iso3"] == "CAF") & (table["year"] == 2012), 25))
    assert checks.recurrence_quiet_before(changed(tables, ucdp_country_years=edge), "CAF", 2013).number == 0


def test_quiet_up_to_a_year_counts_that_year(tables: Tables) -> None:
    assert checks.recurrence_quiet_up_to(tables, "CIV", 2015).number == 4
    assert checks.recurrence_quiet_up_to(tables, "CIV", 2016).number == 0
    assert checks.recurrence_quiet_up_to(tables, "SSD", 2010).number is None


def test_deaths_and_displaced_carry_their_years(tables: Tables) -> None:
    deaths = checks.recurrence_deaths(tables, "CAF")
    assert (deaths.points[2012], deaths.points[2014], deaths.low[2014], deaths.high[2014]) == (132, 3493, 3159, 4072)
    people = checks.recurrence_displaced(tables, "IRQ", 2009, 2015)
    assert judge(people, {"is": "rose", "from": 2012, "to": 2015}).word == HOLDS
    assert judge(people, {"is": "rose", "from": 2010, "to": 2015}).word == FAILS


def test_one_country_without_an_onset_is_enough_to_fail(tables: Tables) -> None:
    assert checks.recurrence_onsets(tables, ["CAF", "IRQ", "SSD"], 2012, 2015).word == HOLDS
    assert checks.recurrence_onsets(tables, ["CAF", "IRQ", "KEN"], 2012, 2015).word == FAILS


def test_shares_lie_between_0_and_100(tables: Tables) -> None:
    assert checks.deaths_fell_after_warrants(tables, 2015).number == pytest.approx(100 * 4 / 7)
    assert checks.deaths_fell_after_warrants(tables, 2004).number is None
    assert checks.quiet_spells_ended(tables, 2015, 5).number == pytest.approx(53.58, abs=0.01)
