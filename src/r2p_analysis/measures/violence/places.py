"""Deaths by the country in which they occurred."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from r2p_analysis import countries
from r2p_analysis.errors import MeasureError
from r2p_analysis.measures.displacement import per_100k
from r2p_analysis.measures.violence.kinds import ESTIMATES, KINDS, PERPETRATORS
from r2p_analysis.measures.violence.units import COUNTED_UNDER
from r2p_analysis.measures.violence.world import shares
from r2p_analysis.store import Tables, measure

_DEATHS = [f"deaths_{estimate}" for estimate in ESTIMATES]


@measure
def in_countries(tables: Tables, codes: Sequence[str], first: int, last: int) -> pd.DataFrame:
    """Follow deaths in some countries by type.

    Parameters
    ----------
    tables : Tables
        Needs ucdp_country_years.
    codes : sequence of str
        ISO3 codes.
    first, last : int
        Years, inclusive.

    Returns
    -------
    pandas.DataFrame
        iso3, year, kind, label, deaths_best, deaths_low, deaths_high in the order of `codes`. Every country has every
        year; null where UCDP has no row: the state did not exist, or the place is not covered.
    """
    return _long(_grid(tables, codes, first, last), KINDS, "kind", "")


@measure
def perpetrators_in(tables: Tables, codes: Sequence[str], first: int, last: int) -> pd.DataFrame:
    """Follow civilians killed on purpose in some countries, by governments of any country and by armed groups.

    Returns
    -------
    pandas.DataFrame
        iso3, year, who, label, deaths_best, deaths_low, deaths_high; null as in `in_countries`.
    """
    return _long(_grid(tables, codes, first, last), PERPETRATORS, "who", "one_sided_")


@measure
def cumulative(tables: Tables, codes: Sequence[str], first: int, last: int) -> pd.DataFrame:
    """Add up the deaths of some years by country.

    Returns
    -------
    pandas.DataFrame
        iso3, deaths_best, deaths_low, deaths_high, one column a type (best), one_sided_government_best,
        one_sided_groups_best, civilians, unknown_status, civilian_share, share_of_world (0 to 1) and years (with a
        row); null where there is no row. Low and high are plain sums: they overstate the width of the range.
    """
    columns = [*_DEATHS, *(f"{kind}_best" for kind in KINDS), *(f"one_sided_{who}_best" for who in PERPETRATORS)]
    columns += ["civilians", "unknown_status"]
    grid = _grid(tables, codes, first, last)
    grouped = grid.groupby("iso3", sort=False)
    sums = grouped[columns].sum(min_count=1)
    table = tables["ucdp_country_years"]
    world = float(table.loc[table["year"].between(first, last), "deaths_best"].sum())
    sums["share_of_world"] = sums["deaths_best"].astype("Float64") / world if world else None
    sums["years"] = grouped["deaths_best"].count()
    return shares(sums.reindex(list(dict.fromkeys(codes))).reset_index())


@measure
def one_sided_rates(tables: Tables, first: int, last: int) -> pd.DataFrame:
    """Set civilians killed on purpose beside inhabitants, by country.

    Returns
    -------
    pandas.DataFrame
        iso3, one_sided, one_sided_low, one_sided_high (sums over the years), population and population_year (of the
        last year), one_sided_per_100k (sum over all the years per 100,000 inhabitants); former states are left out.
        Inhabitants of Israel are those of the unit that UCDP counts, with the West Bank and Gaza.
    """
    table = tables["ucdp_country_years"]
    table = table[table["year"].between(first, last)]
    sums = table.groupby("iso3", as_index=False)[[f"one_sided_{e}" for e in ESTIMATES]].sum()
    sums = sums.rename(columns={"one_sided_best": "one_sided"})
    standing = [countries.get(code).existed_in(last) for code in sums["iso3"]]
    rates = per_100k(tables, sums[standing].reset_index(drop=True), last, place="iso3", people="one_sided")
    return _with_those_under(tables, rates, last)


def _with_those_under(tables: Tables, rates: pd.DataFrame, year: int) -> pd.DataFrame:
    """Add the inhabitants of places whose deaths stand in another's row, and correct that row's rate."""
    under = per_100k(tables, pd.DataFrame({"iso3": list(COUNTED_UNDER), "n": 0}), year, place="iso3", people="n")
    for code, more in zip(under["iso3"], under["population"], strict=True):
        rows = rates["iso3"] == COUNTED_UNDER[code]
        rates["population"] = rates["population"].mask(rows, rates["population"] + more)
    people = rates["one_sided"].astype("Float64") / rates["population"].astype("Float64") * 100_000
    return rates.assign(one_sided_per_100k=people)


@measure
def most_deaths(tables: Tables, year: int, count: int) -> pd.DataFrame:
    """Name the countries with most deaths in a year.

    Returns
    -------
    pandas.DataFrame
        iso3, deaths_best, deaths_low, deaths_high, state_based_best, non_state_best, one_sided_best, most first;
        countries without deaths are left out.
    """
    table = tables["ucdp_country_years"]
    rows = table[(table["year"] == year) & (table["deaths_best"] > 0)]
    rows = rows.sort_values(["deaths_best", "iso3"], ascending=[False, True], ignore_index=True).head(count)
    return rows[["iso3", *_DEATHS, *(f"{kind}_best" for kind in KINDS)]]


def _grid(tables: Tables, codes: Sequence[str], first: int, last: int) -> pd.DataFrame:
    if not codes:
        raise MeasureError("a group of countries is empty: give at least one ISO 3166 code")
    known = [countries.get(code).iso3 for code in dict.fromkeys(codes)]
    grid = pd.MultiIndex.from_product([known, range(first, last + 1)], names=["iso3", "year"])
    return _by_place_and_year(tables).reindex(grid).reset_index()


@measure
def _by_place_and_year(tables: Tables) -> pd.DataFrame:
    return tables["ucdp_country_years"].set_index(["iso3", "year"])


def _long(wide: pd.DataFrame, names: dict[str, str], column: str, prefix: str) -> pd.DataFrame:
    parts = []
    for name, label in names.items():
        columns = {f"{prefix}{name}_{estimate}": f"deaths_{estimate}" for estimate in ESTIMATES}
        part = wide[["iso3", "year", *columns]].rename(columns=columns)
        parts.append(part.assign(**{column: name, "label": label}))
    long = pd.concat(parts, ignore_index=True)
    return long[["iso3", "year", column, "label", *_DEATHS]]
