"""One country: who fled it, where to, whom it hosts, who is displaced inside, over time and beside its region."""

from __future__ import annotations

import pandas as pd

from r2p_analysis import countries
from r2p_analysis.measures.displacement.components import ABROAD, COMPONENTS, UNRWA_HOSTS, UNRWA_ORIGIN
from r2p_analysis.measures.displacement.population import inhabitants
from r2p_analysis.store import Tables, measure


def listed_apart(tables: Tables, iso3: str) -> bool:
    """Tell whether UNHCR's figures have a place of their own for a country, as origin or as asylum, in any year."""
    table = tables["unhcr_population"]
    return bool((table["origin_iso3"] == iso3).any() or (table["asylum_iso3"] == iso3).any())


@measure
def displaced_from(tables: Tables, iso3: str, first: int, last: int) -> pd.DataFrame:
    """Follow the people displaced from a country.

    Parameters
    ----------
    tables : Tables
        Needs unhcr_population, idmc_conflict_idps, and unrwa_palestine_refugees where it counts anybody.
    iso3 : str
        Country of origin.
    first, last : int
        Years, inclusive; every year has its rows.

    Returns
    -------
    pandas.DataFrame
        year, component, people. Null: not collected that year, or (for internally displaced people) no figure. A
        refugee or asylum-seeker category that is collected and has no row for the country is zero: UNHCR lists a
        country only when somebody is recorded. A category that is not yet told apart by country is null.
    """
    years = pd.RangeIndex(first, last + 1, name="year")
    abroad = _by_year(tables, "origin_iso3", iso3, years)
    idmc = tables["idmc_conflict_idps"]
    inside = idmc[idmc["origin_iso3"] == iso3].set_index("year")["conflict_idps"].reindex(years)
    wide = abroad.assign(conflict_idps=inside)
    if iso3 == UNRWA_ORIGIN:
        unrwa = tables["unrwa_palestine_refugees"]
        registered = unrwa[unrwa["origin_iso3"] == iso3].groupby("year")["palestine_refugees"].sum(min_count=1)
        wide["palestine_refugees"] = registered.reindex(years)
    return _long(wide)


@measure
def inside(tables: Tables, iso3: str, first: int, last: int) -> pd.DataFrame:
    """Follow the people displaced inside a country, by IDMC's and by UNHCR's count.

    Returns
    -------
    pandas.DataFrame
        year, conflict_idps (IDMC), unhcr_idps (those UNHCR protects or assists). Null: no figure.
    """
    years = pd.RangeIndex(first, last + 1, name="year")
    idmc = tables["idmc_conflict_idps"]
    conflict = idmc[idmc["origin_iso3"] == iso3].set_index("year")["conflict_idps"].reindex(years)
    assisted = _of_place(tables, "origin_iso3", iso3)["unhcr_idps"].reindex(years)
    # UNHCR writes 0 for a country where it runs no programme for them: that is no count.
    return pd.DataFrame({"conflict_idps": conflict, "unhcr_idps": assisted.mask(assisted == 0)}).reset_index()


@measure
def hosted_in(tables: Tables, iso3: str, first: int, last: int) -> pd.DataFrame:
    """Follow the people from elsewhere whom a country hosts.

    Returns
    -------
    pandas.DataFrame
        year, component, people; zero and null as in `displaced_from`.
    """
    years = pd.RangeIndex(first, last + 1, name="year")
    wide = _by_year(tables, "asylum_iso3", iso3, years)
    if iso3 in UNRWA_HOSTS:
        unrwa = tables["unrwa_palestine_refugees"]
        registered = unrwa[unrwa["asylum_iso3"] == iso3].set_index("year")["palestine_refugees"]
        wide["palestine_refugees"] = registered.reindex(years)
    return _long(wide)


@measure
def destinations(tables: Tables, iso3: str, year: int) -> pd.DataFrame:
    """Say where the people who fled a country across a border are.

    Returns
    -------
    pandas.DataFrame
        asylum_iso3, people (refugees, asylum-seekers, other people in need), largest first; pseudo codes kept.
    """
    return _pairs(tables, year, "origin_iso3", iso3)


@measure
def origins_of_hosted(tables: Tables, iso3: str, year: int) -> pd.DataFrame:
    """Say where the people whom a country hosts come from.

    Returns
    -------
    pandas.DataFrame
        origin_iso3, people, largest first; unknown and stateless origins kept. UNRWA's refugees are not among them.
    """
    return _pairs(tables, year, "asylum_iso3", iso3)


@measure
def abroad_per_100k_beside_region(tables: Tables, iso3: str, first: int, last: int) -> pd.DataFrame:
    """Put a country's people abroad per inhabitant beside the median of its subregion.

    Parameters
    ----------
    tables : Tables
        Needs unhcr_population, worldbank_population, wpp_population.
    iso3 : str
        Country of origin.
    first, last : int
        Years, inclusive.

    Returns
    -------
    pandas.DataFrame
        year, abroad_per_100k (the country's), median_per_100k (of the states of the subregion existing that year, the
        country included), countries (how many these are). Null where inhabitants are not known. Per 100,000
        inhabitants of the country of origin, mid-year.
    """
    country = countries.get(iso3)
    states = [c for c in countries.states() if c.subregion == country.subregion]
    codes = tuple(sorted({c.iso3 for c in states} | {iso3}))
    # One beginning for all countries, so that those of a subregion share its medians.
    since = min(first, COMPONENTS["asylum_seekers"].by_country_since)
    rates = _abroad_per_100k(tables, since, last)
    own = rates.loc[rates["iso3"] == iso3].set_index("year")["rate"].rename("abroad_per_100k")
    both = _medians(tables, codes, since, last).join(own, on="year")
    both = both[both["year"] >= first].reset_index(drop=True)
    return both[["year", "abroad_per_100k", "median_per_100k", "countries"]]


@measure
def _medians(tables: Tables, codes: tuple[str, ...], first: int, last: int) -> pd.DataFrame:
    """Give year, median_per_100k and countries (that existed, and whose rate is known) of a subregion."""
    rates = _abroad_per_100k(tables, first, last)
    inside = rates["iso3"].isin(codes)
    known = rates["rate"].where(rates["existed"])[inside].groupby(rates["year"][inside]).agg(["median", "count"])
    return known.rename(columns={"median": "median_per_100k", "count": "countries"}).reset_index()


@measure
def _abroad_per_100k(tables: Tables, first: int, last: int) -> pd.DataFrame:
    """Give year, iso3, rate and existed for every place and year."""
    years = range(first, last + 1)
    codes = [place.iso3 for place in countries.all_countries()]
    grid = pd.MultiIndex.from_product([years, codes], names=["year", "iso3"])
    people = _by_place(tables, "origin_iso3").set_index(["year", "origin_iso3"])[list(ABROAD)].sum(axis=1)
    known = inhabitants(tables, first, last).set_index(["year", "iso3"])["population"]
    rate = people.reindex(grid).fillna(0).astype("Float64") / known.reindex(grid).astype("Float64") * 100_000
    existed = [countries.get(code).existed_in(year) for year, code in grid]
    return rate.rename("rate").reset_index().assign(existed=existed)


@measure
def _by_place(tables: Tables, by: str) -> pd.DataFrame:
    """Add up UNHCR's people by place of origin or of asylum, and year."""
    return tables["unhcr_population"].groupby([by, "year"])[[*ABROAD, "unhcr_idps"]].sum(min_count=1).reset_index()


def _of_place(tables: Tables, by: str, iso3: str) -> pd.DataFrame:
    sums = _by_place(tables, by)
    return sums[sums[by] == iso3].drop(columns=by).set_index("year")


@measure
def _collected(tables: Tables) -> pd.DataFrame:
    """Say by year which categories UNHCR's file counts at all."""
    return tables["unhcr_population"].groupby("year")[list(ABROAD)].sum(min_count=1).notna()


def _by_year(tables: Tables, by: str, iso3: str, years: pd.RangeIndex) -> pd.DataFrame:
    """Add up a country's people abroad or hosted by year and category, zero only where that is known.

    A category that was collected by country has 0 in years in which the country existed and no row names it. Before it
    was told apart by country, UNHCR's file has 0 for every country and the world's figure under an unknown one: null.
    """
    collected = _collected(tables).reindex(years, fill_value=False)
    counts = _of_place(tables, by, iso3)[list(ABROAD)].reindex(years)
    country = countries.get(iso3)
    exists = [country.existed_in(int(year)) for year in counts.index]
    counts = counts.mask(counts.isna() & collected.mul(exists, axis=0).astype(bool), 0)
    apart = {name: counts.index >= COMPONENTS[name].by_country_since for name in ABROAD}
    return counts.where(pd.DataFrame(apart, index=counts.index))


def _pairs(tables: Tables, year: int, fixed: str, iso3: str) -> pd.DataFrame:
    pairs = _abroad(tables, year)
    return pairs[pairs[fixed] == iso3].drop(columns=fixed).dropna(ignore_index=True)


@measure
def _abroad(tables: Tables, year: int) -> pd.DataFrame:
    """Give people abroad by origin_iso3 and asylum_iso3, largest first."""
    unhcr = tables["unhcr_population"]
    unhcr = unhcr[unhcr["year"] == year]
    people = unhcr[list(ABROAD)].sum(axis=1, min_count=1)
    frame = unhcr[["origin_iso3", "asylum_iso3"]].assign(people=people)
    frame = frame[(frame["people"] > 0).fillna(False)]
    # With one of the places given, in the order of the other.
    return frame.sort_values(["people", "origin_iso3", "asylum_iso3"], ascending=[False, True, True], ignore_index=True)


def _long(wide: pd.DataFrame) -> pd.DataFrame:
    long = wide.reset_index().melt("year", var_name="component", value_name="people")
    long["people"] = long["people"].astype("Int64")
    return long.sort_values(["year", "component"], ignore_index=True)
