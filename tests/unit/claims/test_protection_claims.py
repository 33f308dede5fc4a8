"""Checks on attacks: each vintage is judged by its own figures, and other figures give another outcome."""

from __future__ import annotations

import pandas as pd
import pytest

from r2p_analysis.claims import CANNOT, FAILS, HOLDS
from r2p_analysis.claims.checks import protection as checks
from r2p_analysis.claims.relations import judge
from r2p_analysis.errors import UsageError
from r2p_analysis.store import Tables

OCTOBER_2016 = "2016-10-03"


def with_frame(tables: Tables, name: str, frame: pd.DataFrame) -> Tables:
    """The same tables with one of them changed."""
    return Tables(lambda asked: frame if asked == name else tables[asked], {n: tables.provenance(n) for n in tables})


@pytest.mark.parametrize("vintage", ["", OCTOBER_2016])
def test_attacks_on_aid_workers_doubled_and_then_fell(tables: Tables, vintage: str) -> None:
    course = checks.protection_course(tables, "aid_incidents", vintage)
    assert judge(course, {"is": "rose", "from": 2005, "to": 2015, "times": 2}).word == HOLDS
    assert judge(course, {"is": "rose", "from": 2013, "to": 2015}).word == FAILS


def test_twice_is_just_reached_by_what_was_known_in_2016(tables: Tables) -> None:
    """74 and 148: the edge, where one attack fewer would decide otherwise."""
    course = checks.protection_course(tables, "aid_incidents", OCTOBER_2016)
    assert judge(course, {"is": "rose", "from": 2005, "to": 2015, "times": 2.01}).word == FAILS
    fewer = tables["awsd_vintages"].copy()
    fewer.loc[(fewer["vintage"] == OCTOBER_2016) & (fewer["year"] == 2015), "incidents"] = 147
    changed = checks.protection_course(with_frame(tables, "awsd_vintages", fewer), "aid_incidents", OCTOBER_2016)
    assert judge(changed, {"is": "rose", "from": 2005, "to": 2015, "times": 2}).word == FAILS


def test_the_vintage_shows_in_the_outcome(tables: Tables) -> None:
    then = judge(
        checks.protection_course(tables, "aid_incidents", OCTOBER_2016), {"is": "fell", "from": 2013, "to": 2015}
    )
    now = judge(checks.protection_course(tables, "aid_incidents"), {"is": "fell", "from": 2013, "to": 2015})
    assert then.vintage == "Aid Worker Security Database, 2016-10-03"
    assert "as known in October 2016" in then.evidence
    assert (then.number, now.number) == (148, 157)
    assert now.vintage.startswith("Aid Worker Security Database, 2025-12")


@pytest.mark.parametrize(("vintage", "last"), [("", 2024), (OCTOBER_2016, 2015)])
def test_a_year_that_was_not_over_is_no_point(tables: Tables, vintage: str, last: int) -> None:
    assert max(checks.protection_course(tables, "aid_incidents", vintage).points) == last


def test_other_figures_give_another_outcome(tables: Tables) -> None:
    relation = {"is": "rose", "from": 2013, "to": 2015}
    assert judge(checks.protection_course(tables, "journalists"), relation).word == FAILS
    more = tables["cpj_killed"].copy()
    row = more[(more["year"] == 2015) & (more["iso3"] == "SYR")].index[0]
    more.loc[row, "journalists_confirmed"] += 5
    assert (
        judge(checks.protection_course(with_frame(tables, "cpj_killed", more), "journalists"), relation).word == HOLDS
    )


def test_peacekeepers_against_the_years_before(tables: Tables) -> None:
    figure = checks.protection_times_earlier(tables, "peacekeepers", 2015, 2008, 2011)
    assert figure.number == pytest.approx(35 / 14.75)
    assert "35 against 14.8" in figure.what
    assert judge(figure, {"is": "more than", "value": 2}).word == HOLDS
    assert judge(figure, {"is": "more than", "value": 2.4}).word == FAILS
    late = checks.protection_times_earlier(tables, "peacekeepers", 2025, 2008, 2011)
    assert judge(late, {"is": "more than", "value": 2}).word == CANNOT, "2025 was not over"


def test_publishers_who_disagree_decide_nothing(tables: Tables) -> None:
    outcome = checks.protection_besieged_rose(tables, "2016-07")
    assert outcome.word == CANNOT
    assert "they disagree" in outcome.evidence
    assert "OCHA: 486,700 in January 2016, 590,200 in July 2016" in outcome.evidence
    assert checks.protection_besieged_rose(tables, "2016-12").word == HOLDS
    assert checks.protection_besieged_rose(tables, "2016-05").word == FAILS, "only Siege Watch has two, and they fall"
    assert checks.protection_besieged_rose(tables, "2015-12").word == CANNOT


def test_dated_figures_of_others_name_who_stated_them_and_when(tables: Tables) -> None:
    figure = checks.protection_stated(tables, "health-who-intentional-2015")
    assert (figure.number, figure.unit) == (62, "%")
    assert judge(figure, {"is": "more than", "value": 50}).vintage == "WHO, stated on 26 May 2016"


def test_recorded_events_leave_out_the_running_year(tables: Tables) -> None:
    course = checks.protection_events(tables, "health_care")
    assert (course.points[2016], max(course.points)) == (474, 2023)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda tables: checks.protection_course(tables, "nurses"), "nurses"),
        (lambda tables: checks.protection_stated(tables, "nothing"), "nothing"),
        (lambda tables: checks.protection_events(tables, "food"), "food"),
    ],
)
def test_a_name_that_does_not_exist_is_said(tables: Tables, call, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        call(tables)
