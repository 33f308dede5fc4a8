"""Checks on treaties and arms: their figures, what they refuse to say, and that they follow the data."""

from __future__ import annotations

import pandas as pd
import pytest

from r2p_analysis.claims import CANNOT, FAILS, HOLDS, Course, Figure, judge
from r2p_analysis.claims.checks import arms as arms_checks
from r2p_analysis.claims.checks import discover
from r2p_analysis.claims.checks import law as law_checks
from r2p_analysis.store import Tables


def with_tables(tables: Tables, **changed: pd.DataFrame) -> Tables:
    names = ("treaties", "treaty_participation", "sipri_coalition_deliveries", "ucdp_armed_conflicts")
    return Tables.of({**{name: tables[name] for name in names}, **changed})


def test_they_are_found_and_give_figures_and_courses() -> None:
    known = discover()
    for name in (
        "treaty_parties_on", "treaty_parties_course", "treaty_in_force_on", "arms_party_suppliers", "arms_party_share",
        "arms_deliveries_course", "arms_internationalised", "arms_internationalised_share",
    ):  # fmt: skip
        assert name in known


def test_parties_to_the_arms_trade_treaty_on_the_day_of_the_report(tables: Tables) -> None:
    found = law_checks.treaty_parties_on(tables, "ATT", "2016-07-22")
    assert found.number == 87
    outcome = judge(found, {"is": "between", "value": 82, "upper": 89})
    assert outcome.word == HOLDS
    assert "Arms Trade Treaty on 22 July 2016: 87 states" in outcome.evidence


def test_the_count_follows_the_list(tables: Tables) -> None:
    frame = tables["treaty_participation"]
    gone = ((frame["treaty"] == "ATT") & frame["consent_date"].between("2014-01-01", "2014-12-31")).fillna(False)
    fewer = with_tables(tables, treaty_participation=frame[~gone])
    found = law_checks.treaty_parties_on(fewer, "ATT", "2016-07-22")
    assert judge(found, {"is": "between", "value": 82, "upper": 89}).word == FAILS


def test_a_day_after_the_list_ends_cannot_be_decided(tables: Tables) -> None:
    found = law_checks.treaty_parties_on(tables, "ATT", "2024-01-01")
    outcome = judge(found, {"is": "at least", "value": 100})
    assert outcome.word == CANNOT
    assert "complete only to the end of 2019" in outcome.evidence
    assert law_checks.treaty_parties_on(tables, "ATT", "2019-12-31").number == 105
    assert law_checks.treaty_parties_on(tables, "ATT", "2020-01-01").number is None


def test_a_year_alone_gives_a_range(tables: Tables) -> None:
    found = law_checks.treaty_parties_on(tables, "OPCAT", "2016-07-22")
    assert found.low is not None
    assert found.high is not None
    assert found.low < found.high


def test_a_course_has_no_years_that_are_not_known(tables: Tables) -> None:
    found = law_checks.treaty_parties_course(tables, "REFUGEE51")
    assert max(found.points) == 2012
    assert found.points[2005] == 143
    assert judge(found, {"is": "rose", "from": 2005, "to": 2015}).word == CANNOT
    rome = law_checks.treaty_parties_course(tables, "ROME")
    assert judge(rome, {"is": "rose", "from": 2005, "to": 2015}).word == HOLDS
    assert judge(rome, {"is": "rose", "from": 2016, "to": 2017}).word == FAILS
    assert min(rome.points) == 1998


def test_a_treaty_is_in_force_from_its_day(tables: Tables) -> None:
    assert law_checks.treaty_in_force_on(tables, "ATT", "2014-12-24").word == HOLDS
    assert law_checks.treaty_in_force_on(tables, "ATT", "2014-12-23").word == FAILS
    assert "24 December 2014" in law_checks.treaty_in_force_on(tables, "ATT", "2016-07-22").evidence


def test_parties_that_delivered(tables: Tables) -> None:
    assert arms_checks.arms_party_suppliers(tables, 2015, 2016).number == 17
    assert arms_checks.arms_party_suppliers(tables, 2015, 2015).number == 16
    leaders = arms_checks.arms_party_suppliers(tables, 2015, 2016, ["SAU", "ARE"])
    assert leaders.number == 15
    assert "Saudi Arabia and the United Arab Emirates in 2015–2016" in leaders.what
    assert arms_checks.arms_party_share(tables, 2015, 2016).number == pytest.approx(38.13, abs=0.005)
    assert "at least" in arms_checks.arms_party_share(tables, 2021, 2021).what


def test_without_parties_nobody_bound_delivered(tables: Tables) -> None:
    frame = tables["treaty_participation"]
    none = with_tables(tables, treaty_participation=frame[frame["treaty"] != "ATT"])
    found = arms_checks.arms_party_suppliers(none, 2015, 2016)
    assert judge(found, {"is": "more than", "value": 1}).word == FAILS


def test_internationalised_conflicts_rose_and_would_not_without_them(tables: Tables) -> None:
    relation = {"is": "rose", "from": 2005, "to": 2015}
    for check in (arms_checks.arms_internationalised, arms_checks.arms_internationalised_share):
        assert judge(check(tables), relation).word == HOLDS
        frame = tables["ucdp_armed_conflicts"]
        fewer = frame[~((frame["year"] == 2015) & (frame["type"] == "internationalised intrastate"))]
        assert judge(check(with_tables(tables, ucdp_armed_conflicts=fewer)), relation).word == FAILS


def test_deliveries_rose_by_2015(tables: Tables) -> None:
    found = arms_checks.arms_deliveries_course(tables)
    assert isinstance(found, Course)
    assert judge(found, {"is": "rose", "from": 2014, "to": 2015}).word == HOLDS
    assert judge(found, {"is": "rose", "from": 2009, "to": 2015}).word == CANNOT, "the data begin with 2010"
    assert isinstance(arms_checks.arms_party_share(tables, 2015, 2015), Figure)
