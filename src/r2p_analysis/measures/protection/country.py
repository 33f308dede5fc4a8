"""One country: attacks recorded there on aid workers, journalists, health care, schools, camps."""

from __future__ import annotations

from dataclasses import dataclass

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
    sums = table[table["iso3"] == iso3].groupby("year")[_COUNTS].sum()
    sums = sums.reindex(pd.Index(years, name="year"), fill_value=0)
    return long_harm(sums)


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
    rows = [_row(tables["cpj_killed"], unit, year, _JOURNALISTS, "people", "journalists_confirmed")]
    if unit != iso3:
        rows[0] |= {"label": f"{_JOURNALISTS} ({countries.get(unit).in_text} together)", "coverage": COVERAGE["unit"]}
    events = tables["insecurity_insight_events"]
    rows += [
        _row(events[events["theme"] == theme], iso3, year, label, "events", "events")
        for theme, label in THEMES.items()
        if theme != "aid_workers"
    ]
    frame = pd.DataFrame(rows)
    numbers = ["since", "last_year", "in_year", "five_years"]
    return frame.astype(dict.fromkeys(numbers, "Int64"))


def _row(table: pd.DataFrame, iso3: str, year: int, label: str, unit: str, column: str) -> dict[str, object]:
    complete = table[table["complete_year"]]
    row: dict[str, object] = {"label": label, "unit": unit, "since": int(complete["year"].min())}
    covered = complete.loc[complete["year"] <= year, "year"]
    if covered.empty:
        return (
            row | dict.fromkeys(("last_year", "in_year", "five_years"), pd.NA) | {"coverage": COVERAGE["not covered"]}
        )
    last = int(covered.max())
    here = complete[complete["iso3"] == iso3]
    five = int(here.loc[here["year"].between(last - _YEARS + 1, last), column].sum())
    return row | {
        "last_year": last,
        "in_year": int(here.loc[here["year"] == last, column].sum()),
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
