"""Inhabitants, and displaced people beside them."""

from __future__ import annotations

import pandas as pd

from r2p_analysis.errors import MeasureError
from r2p_analysis.measures.displacement.world import world_total
from r2p_analysis.store import Tables, measure

WORLD = "WLD"
# Displacement figures appear a year before the population's: the last known inhabitants stand in for so many years.
YEARS_BEHIND = 2


@measure
def population(tables: Tables, year: int | None = None) -> pd.DataFrame:
    """Give the inhabitants of countries and of the world (``WLD``).

    Parameters
    ----------
    tables : Tables
        Needs worldbank_population, wpp_population.
    year : int, optional
        One year; all years unless told.

    Returns
    -------
    pandas.DataFrame
        year, iso3, population (mid-year), population_source: "World Bank", or "WPP" where the World Bank has none.
    """
    frames = []
    for name, label in (("worldbank_population", "World Bank"), ("wpp_population", "WPP")):
        table = tables[name]
        frames.append((table if year is None else table[table["year"] == year]).assign(population_source=label))
    both = pd.concat(frames, ignore_index=True)
    return both.drop_duplicates(["year", "iso3"], keep="first").reset_index(drop=True)


@measure
def inhabitants(tables: Tables, first: int, last: int) -> pd.DataFrame:
    """Give the inhabitants of every year asked for, the latest known ones where a year's are not out yet.

    Returns
    -------
    pandas.DataFrame
        year, iso3, population, population_year (the year that the inhabitants are of; at most two years earlier).
    """
    known = population(tables)
    latest = int(known["year"].max())
    kept = known[known["year"].between(first, last)].assign(population_year=lambda frame: frame["year"])
    late = [
        known[known["year"] == latest].assign(year=year, population_year=latest)
        for year in range(max(first, latest + 1), min(last, latest + YEARS_BEHIND) + 1)
    ]
    both = pd.concat([kept, *late], ignore_index=True)
    return both[["year", "iso3", "population", "population_year"]]


@measure
def per_100k(tables: Tables, frame: pd.DataFrame, year: int, *, place: str, people: str) -> pd.DataFrame:
    """Put counts beside inhabitants.

    Parameters
    ----------
    tables : Tables
        Needs worldbank_population, wpp_population.
    frame : pandas.DataFrame
        One row a place.
    year : int
        Year of the counts (31 December) and of the inhabitants (mid-year).
    place, people : str
        Columns of the place's ISO3 code and of the count.

    Returns
    -------
    pandas.DataFrame
        `frame` with population, population_year and `<people>_per_100k`, null for a place without known inhabitants.
    """
    known = inhabitants(tables, year, year).set_index("iso3")
    out = frame.copy()
    out["population"] = out[place].map(known["population"]).astype("Int64")
    out["population_year"] = out[place].map(known["population_year"]).astype("Int64")
    rate = out[people].astype("Float64") / out["population"].astype("Float64") * 100_000
    out[f"{people}_per_100k"] = rate
    return out


@measure
def one_in(tables: Tables, first: int, last: int) -> pd.DataFrame:
    """Say how many inhabitants of the world there are to one displaced person.

    Returns
    -------
    pandas.DataFrame
        year, people, population, population_year, one_in; years in which a component was not counted are left out.

    Raises
    ------
    MeasureError
        When no year in the range is complete.
    """
    totals = world_total(tables, first, last)
    totals = totals[totals["complete"]].drop(columns="complete")
    known = inhabitants(tables, first, last)
    known = known[known["iso3"] == WORLD].drop(columns="iso3")
    totals = totals.merge(known, on="year", how="left").dropna()
    if totals.empty:
        raise MeasureError(f"no complete count of displaced people from {first} to {last}; ask for later years")
    totals["one_in"] = totals["population"].astype(float) / totals["people"].astype(float)
    return totals.reset_index(drop=True)
