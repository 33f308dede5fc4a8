"""Checks on violence give the figures of the tables, and other tables give other outcomes."""

from __future__ import annotations

import pandas as pd
import pytest

from r2p_analysis.claims.checks import violence as checks
from r2p_analysis.claims.outcome import CANNOT, FAILS, HOLDS
from r2p_analysis.claims.relations import judge
from r2p_analysis.errors import R2PError
from r2p_analysis.store import Tables


def changed(tables: Tables, name: str, frame: pd.DataFrame) -> Tables:
    names = ("ucdp_country_years", "ucdp_one_sided", "ucdp_armed_conflicts", "ewp_mass_killings", "ewp_risk")
    return Tables.of({**{other: tables[other] for other in names}, name: frame})


@pytest.mark.parametrize(
    ("end", "kind", "word"),
    [(2014, "deaths", FAILS), (2015, "deaths", HOLDS), (2015, "state_based", FAILS), (2016, "state_based", HOLDS)],
)
def test_250_000_in_syria(tables: Tables, end: int, kind: str, word: str) -> None:
    found = checks.violence_cumulative_deaths(tables, "SYR", 2011, end, kind)
    assert judge(found, {"is": "at least", "value": 250_000}).word == word


def test_250_000_in_syria_keeps_its_range_and_would_fall_with_the_data(tables: Tables) -> None:
    found = checks.violence_cumulative_deaths(tables, "SYR", 2011, 2015)
    assert (found.number, found.low, found.high) == (272_844, 261_682, 290_960)
    table = tables["ucdp_country_years"]
    fewer = table.assign(deaths_best=table["deaths_best"].mask(table["iso3"] == "SYR", table["deaths_best"] // 2))
    other = checks.violence_cumulative_deaths(changed(tables, "ucdp_country_years", fewer), "SYR", 2011, 2015)
    assert judge(other, {"is": "at least", "value": 250_000}).word == FAILS


def test_years_that_are_not_covered_decide_nothing(tables: Tables) -> None:
    found = checks.violence_cumulative_deaths(tables, "SSD", 2009, 2015)
    assert judge(found, {"is": "at least", "value": 1}).word == CANNOT
    world = checks.violence_cumulative_deaths(tables, "WLD", 2014, 2015)
    assert world.number == 151_630 + 131_906


@pytest.mark.parametrize(
    ("course", "start", "end", "word"),
    [
        ("ongoing", 2005, 2015, FAILS),
        ("ongoing", 2012, 2015, HOLDS),
        ("begun", 2005, 2015, HOLDS),
        ("actors", 2005, 2015, FAILS),
        ("one_sided", 2005, 2015, HOLDS),
        ("one_sided", 2014, 2015, FAILS),
        ("deaths", 2014, 2015, FAILS),
        ("civilians", 2005, 2015, HOLDS),
        ("share", 2005, 2015, FAILS),
        ("conflicts", 2005, 2015, HOLDS),
        ("wars", 2014, 2015, FAILS),
        ("deaths", 1980, 2015, CANNOT),
    ],
)
def test_measures_of_frequency_and_scale_rise_or_not(
    tables: Tables, course: str, start: int, end: int, word: str
) -> None:
    courses = {
        "ongoing": lambda: checks.violence_mass_killings_ongoing(tables),
        "begun": lambda: checks.violence_mass_killings_begun(tables, 5),
        "actors": lambda: checks.violence_one_sided_actors_by_year(tables),
        "one_sided": lambda: checks.violence_deaths_by_year(tables, "one_sided"),
        "deaths": lambda: checks.violence_deaths_by_year(tables),
        "civilians": lambda: checks.violence_civilians_by_year(tables),
        "share": lambda: checks.violence_civilian_share_by_year(tables),
        "conflicts": lambda: checks.violence_conflicts_by_year(tables),
        "wars": lambda: checks.violence_conflicts_by_year(tables, wars=True),
    }
    assert judge(courses[course](), {"is": "rose", "from": start, "to": end}).word == word


def test_new_mass_killings_peaked_in_2013(tables: Tables) -> None:
    begun = checks.violence_mass_killings_begun(tables)
    assert judge(begun, {"is": "largest since", "year": 2013, "since": 1994}).word == HOLDS
    assert begun.points[2013] == 4


def test_an_episode_more_changes_the_outcome(tables: Tables) -> None:
    table = tables["ewp_mass_killings"]
    invented = [
        {"iso3": "UNK", "episode": f"x{n}", "start_year": 2010, "end_year": pd.NA, "perpetrator": "state-led"}
        for n in range(7)
    ]
    more = pd.concat([table, pd.DataFrame(invented)], ignore_index=True).astype(table.dtypes)
    course = checks.violence_mass_killings_ongoing(changed(tables, "ewp_mass_killings", more))
    assert judge(course, {"is": "rose", "from": 2005, "to": 2015}).word == HOLDS


def test_the_share_of_two_groups(tables: Tables) -> None:
    share = checks.violence_share_of_actors_by_year(tables, ["IS", "JAS"])
    assert judge(share, {"is": "rose", "from": 2010, "to": 2015, "times": 2}).word == HOLDS
    assert judge(share, {"is": "rose", "from": 2010, "to": 2015, "times": 4}).word == FAILS
    deaths = checks.violence_deaths_by_actors(tables, ["IS", "JAS"])
    assert (deaths.points[2010], deaths.points[2015]) == (830, 7_617)


def test_rwanda_and_bosnia_and_herzegovina(tables: Tables) -> None:
    rwanda = checks.violence_cumulative_deaths(tables, "RWA", 1994, 1994, "one_sided")
    assert (rwanda.number, rwanda.low, rwanda.high) == (770_581, 345_833, 1_610_637)
    bosnia = checks.violence_cumulative_deaths(tables, "BIH", 1995, 1995, "one_sided")
    assert judge(bosnia, {"is": "at least", "value": 8_000}).word == HOLDS


def test_what_is_asked_wrongly_is_one_line(tables: Tables) -> None:
    for ask in (
        lambda: checks.violence_deaths_by_year(tables, "battles"),
        lambda: checks.violence_deaths_by_actors(tables, ["ISIL"]),
        lambda: checks.violence_share_of_actors_by_year(tables, ["ISIL"]),
    ):
        with pytest.raises(R2PError) as caught:
            ask()
        assert "\n" not in str(caught.value)
