"""One country: attacks recorded there on aid workers, journalists, health care, schools, camps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from r2p_analysis import countries
from r2p_analysis.measures.protection.aid import long_harm
from r2p_analysis.measures.protection.journalists import UNIT_OF
from r2p_analysis.measures.protection.monitored import THEMES
from r2p_analysis.store import Tables, measure

COVERAGE = {
    "recorded": "recorded",
    "none": "none recorded",
    "unit": "counted together with its neighbour",
    "not covered": "not covered yet",
}
"""What a missing or zero figure of a country means."""
_COUNTS = ["incidents", "killed", "wounded", "kidnapped", "affected"]
_JOURNALISTS = "Journalists killed, motive confirmed"
_YEARS = 5


@dataclass(frozen=True)
class Recorded:
    """What is recorded in a country in the last years, for one sentence.

    Attributes
    ----------
    first, last : int
        Years of the figures on aid workers and journalists, inclusive.
    aid_killed, aid_victims : int
        Aid workers killed and all victims.
    journalists : int
        Journalists killed for their work.
    together : str
        The unit of which the figure of journalists is, when it is not the country's own; else empty.
    """

    first: int
    last: int
    aid_killed: int
    aid_victims: int
    journalists: int
    together: str


@measure
def aid_in(tables: Tables, iso3: str, first: int, last: int) -> pd.DataFrame:
    """Follow the aid workers attacked in a country.

    Parameters
    ----------
    tables : Tables
        Needs awsd_attacks.
    iso3 : str
        The country.
    first, last : int
        Years, inclusive; kept within the complete years of the database.

    Returns
    -------
    pandas.DataFrame
        year, harm, kind, people. A year in which none was recorded has 0: the database covers all countries. A kind of
        harm without anybody in the whole period is left out; empty when nobody was attacked.
    """
    table = tables["awsd_attacks"]
    complete = table.loc[table["complete_year"], "year"]
    years = range(max(first, int(complete.min())), min(last, int(complete.max())) + 1)
    sums = _aid_by_place(tables)
    sums = sums[sums["iso3"] == iso3].drop(columns="iso3").set_index("year")
    sums = sums.reindex(pd.Index(years, name="year"), fill_value=0)
    return long_harm(sums)


@measure
def _aid_by_place(tables: Tables) -> pd.DataFrame:
    return tables["awsd_attacks"].groupby(["iso3", "year"])[_COUNTS].sum().reset_index()


@measure
def others_in(tables: Tables, iso3: str, year: int) -> pd.DataFrame:
    """Give what is recorded in a country on journalists, health care, education, explosive weapons, camps.

    Parameters
    ----------
    tables : Tables
        Needs cpj_killed, insecurity_insight_events.
    iso3 : str
        The country.
    year : int
        Last year wanted.

    Returns
    -------
    pandas.DataFrame
        label, unit, since, last_year, in_year, five_years (to that year, or since the start), coverage (a value of
        `COVERAGE`). last_year and figures are null when the series begins after `year`.
    """
    unit = UNIT_OF.get(iso3, iso3)
    rows = [_row(_journalists(tables, year), unit, _JOURNALISTS, "people")]
    if unit != iso3:
        rows[0] |= {"label": f"{_JOURNALISTS} ({countries.get(unit).in_text} together)", "coverage": COVERAGE["unit"]}
    rows += [
        _row(_events(tables, theme, year), iso3, label, "events")
        for theme, label in THEMES.items()
        if theme != "aid_workers"
    ]
    frame = pd.DataFrame(rows)
    numbers = ["since", "last_year", "in_year", "five_years"]
    return frame.astype(dict.fromkeys(numbers, "Int64"))


class _Series(NamedTuple):
    """What is counted up to a year, by place: a place without an entry has none."""

    since: int
    last: int | None
    """None: the series begins after the year."""
    in_last: Mapping[str, int]
    in_five: Mapping[str, int]


@measure
def _journalists(tables: Tables, year: int) -> _Series:
    return _series(tables["cpj_killed"], year, "journalists_confirmed")


@measure
def _events(tables: Tables, theme: str, year: int) -> _Series:
    events = tables["insecurity_insight_events"]
    return _series(events[events["theme"] == theme], year, "events")


def _series(table: pd.DataFrame, year: int, column: str) -> _Series:
    complete = table[table["complete_year"]]
    since = int(complete["year"].min())
    covered = complete.loc[complete["year"] <= year, "year"]
    if covered.empty:
        return _Series(since, None, {}, {})
    last = int(covered.max())
    in_last, in_five = (
        {str(place): int(count) for place, count in rows.groupby("iso3")[column].sum().items()}
        for rows in (complete[complete["year"].between(first, last)] for first in (last, last - _YEARS + 1))
    )
    return _Series(since, last, in_last, in_five)


def _row(series: _Series, place: str, label: str, unit: str) -> dict[str, object]:
    row: dict[str, object] = {"label": label, "unit": unit, "since": series.since}
    if series.last is None:
        return (
            row | dict.fromkeys(("last_year", "in_year", "five_years"), pd.NA) | {"coverage": COVERAGE["not covered"]}
        )
    five = series.in_five.get(place, 0)
    return row | {
        "last_year": series.last,
        "in_year": series.in_last.get(place, 0),
        "five_years": five,
        "coverage": COVERAGE["recorded" if five else "none"],
    }


def recorded_in(tables: Tables, iso3: str, year: int) -> Recorded:
    """Sum up what is recorded in a country over five years, of the two series that cover all countries."""
    aid, killed = (tables[name] for name in ("awsd_attacks", "cpj_killed"))
    last = min(
        int(table.loc[table["complete_year"] & (table["year"] <= year), "year"].max()) for table in (aid, killed)
    )
    first = last - _YEARS + 1
    unit = UNIT_OF.get(iso3, iso3)
    here = aid[(aid["iso3"] == iso3) & aid["year"].between(first, last)]
    there = killed[(killed["iso3"] == unit) & killed["year"].between(first, last)]
    return Recorded(
        first,
        last,
        int(here["killed"].sum()),
        int(here["affected"].sum()),
        int(there["journalists_confirmed"].sum()),
        countries.get(unit).in_text if unit != iso3 else "",
    )
