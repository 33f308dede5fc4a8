"""The world's forcibly displaced people, by component and year, and whether a year is a record."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from r2p_analysis.errors import MeasureError
from r2p_analysis.measures.displacement.components import ABROAD, COMPONENTS
from r2p_analysis.store import Tables, measure


@dataclass(frozen=True)
class Record:
    """Whether a year's total is the largest, and since when one can say so.

    Attributes
    ----------
    year, people : int
        The year and its total.
    since : int
        First year in which every component was counted; nothing is said about earlier years.
    is_record : bool
        Whether no earlier year since then had as many.
    highest_before_year, highest_before : int or None
        The largest earlier total since then; None when the series begins with `year`.
    """

    year: int
    people: int
    since: int
    is_record: bool
    highest_before_year: int | None
    highest_before: int | None


@measure
def world(tables: Tables, first: int | None = None, last: int | None = None) -> pd.DataFrame:
    """Count the forcibly displaced people of the world by component.

    Parameters
    ----------
    tables : Tables
        Needs unhcr_population, idmc_conflict_idps, unrwa_palestine_refugees.
    first, last : int, optional
        Years to give, inclusive.

    Returns
    -------
    pandas.DataFrame
        year, component, people (31 December). A component not counted in a year is null.
    """
    unhcr = tables["unhcr_population"].groupby("year")[list(ABROAD)].sum(min_count=1)
    totals = unhcr.join(
        [
            tables["idmc_conflict_idps"].groupby("year")["conflict_idps"].sum(min_count=1),
            tables["unrwa_palestine_refugees"].groupby("year")["palestine_refugees"].sum(min_count=1),
        ],
        how="outer",
    )
    totals = totals.loc[first:last, list(COMPONENTS)]
    long = totals.reset_index().melt("year", var_name="component", value_name="people")
    order = {name: place for place, name in enumerate(COMPONENTS)}
    long = long.sort_values(["year", "component"], key=lambda c: c.map(order) if c.name == "component" else c)
    return long.astype({"year": int, "people": "Int64"}).reset_index(drop=True)


@measure
def world_total(tables: Tables, first: int | None = None, last: int | None = None) -> pd.DataFrame:
    """Add the components up.

    Returns
    -------
    pandas.DataFrame
        year, people, complete (whether every component that should count in that year does).
    """
    parts = world(tables, first, last)
    totals: pd.DataFrame = parts.groupby("year")[["people"]].sum(min_count=1).reset_index()
    missing = parts[parts["people"].isna() & ~parts["component"].map(lambda name: COMPONENTS[name].introduced)]
    totals["complete"] = ~totals["year"].isin(missing["year"])
    return totals


def complete_since(tables: Tables, year: int) -> int:
    """Give the first year from which on, to `year`, every component was counted.

    Raises
    ------
    MeasureError
        When `year` itself is not complete.
    """
    totals = world_total(tables, last=year).set_index("year")
    if year not in totals.index or not totals.at[year, "complete"]:
        raise MeasureError(
            f"displacement of {year} is not complete: not every component was counted; ask for a later year"
        )
    gaps = totals.index[~totals["complete"]]
    return int(totals.index.min() if gaps.empty else gaps.max() + 1)


def record(tables: Tables, year: int) -> Record:
    """Tell whether the total of `year` is the largest since the series is complete.

    Raises
    ------
    MeasureError
        When the year is not complete.
    """
    since = complete_since(tables, year)
    totals = world_total(tables, since, year).set_index("year")["people"]
    people, before = int(totals[year]), totals.drop(year)
    if before.empty:
        return Record(year, people, since, True, None, None)
    highest = int(before.max())
    highest_year = min(int(label) for label in before.index[before == highest])
    return Record(year, people, since, people > highest, highest_year, highest)


def reference_years(tables: Tables) -> range:
    """Give the years for which every component is known by country: those that an edition can be about."""
    idmc = tables["idmc_conflict_idps"]
    by_country = idmc.loc[idmc["origin_iso3"] != "UNK", "year"]
    totals = world_total(tables)
    complete = set(totals.loc[totals["complete"], "year"]) & set(by_country)
    return range(int(min(complete)), int(max(complete)) + 1)
