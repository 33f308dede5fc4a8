"""Strands added up by UN region and subregion, beside inhabitants; no place lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import pandas as pd

from r2p_analysis import countries
from r2p_analysis.measures import funding, law
from r2p_analysis.measures.displacement.population import inhabitants
from r2p_analysis.measures.regions.strands import STRANDS, by_place
from r2p_analysis.store import Tables, measure

Area = Literal["region", "subregion"]
NOT_TOLD = "No country, or not told"
"""What readers see for rows that belong to no country, such as people of unknown origin."""
INHABITANTS = "Inhabitants"


def areas(area: Area) -> tuple[str, ...]:
    """Give the regions or subregions in the order in which they are shown: subregions by region."""
    if area == "region":
        return countries.regions()
    pairs = {(state.region, state.subregion) for state in countries.states()}
    return tuple(name for _, name in sorted(pairs))


def area_of(iso3: str, area: Area) -> str:
    """Give the region or subregion of a place of any kind."""
    found = str(getattr(countries.get(iso3), area))
    return NOT_TOLD if found == countries.NOT_A_COUNTRY else found


def _added_up(frame: pd.DataFrame, area: Area) -> pd.Series:
    """Sum the values of places by area; every area is there, with 0 where nothing is counted."""
    sums = frame.groupby([area_of(code, area) for code in frame["iso3"]])["value"].sum().astype("Float64")
    return sums.reindex([*areas(area), NOT_TOLD], fill_value=0).rename_axis("area")


@measure
def people_by_area(tables: Tables, year: int, area: Area = "subregion") -> pd.DataFrame:
    """Add up inhabitants by area.

    Returns
    -------
    pandas.DataFrame
        area, value (inhabitants at mid-year, the latest known where the year's are not out), last_year.
    """
    known = inhabitants(tables, year, year)
    places = {place.iso3 for place in countries.all_countries(countries.READER_KINDS)}
    known = known[known["iso3"].isin(places)].rename(columns={"population": "value"})
    sums = _added_up(known, area).drop(NOT_TOLD).reset_index()
    return sums.assign(last_year=int(known["population_year"].max()))


@measure
def by_area(tables: Tables, strand: str, year: int, area: Area = "subregion", years: int | None = None) -> pd.DataFrame:
    """Add one strand up by area.

    Parameters
    ----------
    tables : Tables
        Those of the strand, worldbank_population, wpp_population.
    strand : str
        Key of `STRANDS`.
    year : int
        Last year wanted; the last that is known and not later is taken.
    area : {"region", "subregion"}
        UN M49 areas.
    years : int, optional
        Years taken together.

    Returns
    -------
    pandas.DataFrame
        area (every one, and `NOT_TOLD`), value, share_pct (of the sum of all), inhabitants,
        per_million (a year, where several are taken together; null for `NOT_TOLD`), first_year, last_year. The sum
        of value is the strand's world total.
    """
    frame = by_place(tables, strand, year, years)
    last = STRANDS[strand].last(tables, year)
    first = last - (years or STRANDS[strand].years) + 1
    out = _added_up(frame, area).reset_index()
    total = float(out["value"].sum())
    out["share_pct"] = out["value"] / total * 100 if total else pd.Series(pd.NA, out.index, "Float64")
    people = people_by_area(tables, last, area).set_index("area")["value"]
    out["inhabitants"] = out["area"].map(people).astype("Float64")
    out["per_million"] = out["value"] / (last - first + 1) / out["inhabitants"] * 1_000_000
    return out.assign(first_year=first, last_year=last)


@measure
def shares(
    tables: Tables, year: int, area: Area = "subregion", strands: Sequence[str] = tuple(STRANDS)
) -> pd.DataFrame:
    """Lay the areas' shares in every strand's world total beside their share of the world's inhabitants.

    Parameters
    ----------
    tables : Tables
        Those of the strands, worldbank_population, wpp_population.
    year : int
        Last year wanted; each strand takes its last that is known and not later.
    area : {"region", "subregion"}
        UN M49 areas.
    strands : sequence of str
        Keys of `STRANDS`.

    Returns
    -------
    pandas.DataFrame
        area, strand (label), value, share_pct (null where the strand has nothing in the world), first_year, last_year;
        `INHABITANTS` first in each area, and not of `NOT_TOLD`.
    """
    people = people_by_area(tables, year, area)
    people["share_pct"] = people["value"] / float(people["value"].sum()) * 100
    frames = [people.assign(strand=INHABITANTS, first_year=people["last_year"])]
    frames += [by_area(tables, key, year, area).assign(strand=STRANDS[key].label) for key in strands]
    out = pd.concat(frames, ignore_index=True)
    order = {name: n for n, name in enumerate([*areas(area), NOT_TOLD])}
    out = out.sort_values("area", key=lambda column: column.map(order), kind="stable", ignore_index=True)
    return out[["area", "strand", "value", "share_pct", "first_year", "last_year"]]


@measure
def over_years(tables: Tables, strand: str, first: int, last: int, area: Area = "region") -> pd.DataFrame:
    """Follow one strand by area, year by year.

    Returns
    -------
    pandas.DataFrame
        area, year, value; years before the first and after the last with figures are left out, and so is `NOT_TOLD`
        where it has nothing in any of them.
    """
    found = STRANDS[strand]
    span = range(max(first, found.first), found.last(tables, last) + 1)
    rows = [_added_up(by_place(tables, strand, year, years=1), area).reset_index().assign(year=year) for year in span]
    out = pd.concat(rows, ignore_index=True).astype({"year": "Int64"})
    nothing = (out["area"] == NOT_TOLD) & (out.groupby("area")["value"].transform("sum") == 0)
    return out.loc[~nothing, ["area", "year", "value"]].reset_index(drop=True)


@measure
def ratification(tables: Tables, year: int, area: Area = "subregion") -> pd.DataFrame:
    """Say what share of the treaties that matter here the states of each area have joined.

    Returns
    -------
    pandas.DataFrame
        area, states, treaties, possible (states times treaties), joined, share_pct, until (the year to whose end all of
        these treaties are known).
    """
    last, complete = law.covered(tables, year)
    keys = [key for key in law.CORE if key in complete]
    date = law.end_of(last)
    frame = law.standing(tables, keys, law.states_on(date), date)
    frame["area"] = [area_of(code, area) for code in frame["iso3"]]
    grouped = frame.groupby("area")
    out = pd.DataFrame(
        {
            "states": grouped["iso3"].nunique(),
            "possible": grouped.size(),
            "joined": grouped["status"].agg(lambda status: int((status == "party").sum())),
        }
    ).reindex(areas(area))
    out = out.astype("Int64").rename_axis("area").reset_index()
    out["share_pct"] = out["joined"].astype("Float64") / out["possible"].astype("Float64") * 100
    return out.assign(treaties=len(keys), until=last)


@measure
def appeals(tables: Tables, year: int, area: Area = "subregion") -> pd.DataFrame:
    """Add up what UN-coordinated plans asked for and received, by the area of their country.

    Returns
    -------
    pandas.DataFrame
        area, requirements_usd, funding_usd (of plans), coverage_pct (null without requirements). Areas without any plan
        have no row; regional plans and rows without a country are `NOT_TOLD`.
    """
    rows = funding.by_country(tables, year, year)
    rows["area"] = [area_of(code, area) for code in rows["iso3"].fillna("UNK")]
    sums = rows.groupby("area")[["requirements_usd", "plan_funding_usd"]].sum(min_count=1)
    sums = sums.rename(columns={"plan_funding_usd": "funding_usd"}).dropna(how="all")
    order = [name for name in (*areas(area), NOT_TOLD) if name in sums.index]
    out = sums.loc[order].astype("Float64").rename_axis("area").reset_index()
    out["coverage_pct"] = out["funding_usd"] / out["requirements_usd"].where(out["requirements_usd"] > 0) * 100
    return out
