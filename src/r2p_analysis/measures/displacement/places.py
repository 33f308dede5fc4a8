"""Displaced people by the country they come from and by the country they are in."""

from __future__ import annotations

import pandas as pd

from r2p_analysis import countries
from r2p_analysis.measures.displacement.components import ABROAD, COMPONENTS
from r2p_analysis.store import Tables, measure


@measure
def by_origin(tables: Tables, year: int) -> pd.DataFrame:
    """Count displaced people by the country they come from.

    Parameters
    ----------
    tables : Tables
        Needs unhcr_population, idmc_conflict_idps, unrwa_palestine_refugees.
    year : int
        Stock at 31 December.

    Returns
    -------
    pandas.DataFrame
        origin_iso3 (pseudo codes included), a column a component, unhcr_idps beside them, and

        - abroad: refugees + asylum_seekers + other_people_in_need;
        - displaced: abroad + conflict_idps, as origins are usually ranked;
        - displaced_with_unrwa: that and palestine_refugees; its sum over all origins is the world's total.

        A component without any row for a country is null; sums take what is known.
    """
    unhcr = _sums(tables["unhcr_population"], year, "origin_iso3", [*ABROAD, "unhcr_idps"])
    idmc = _sums(tables["idmc_conflict_idps"], year, "origin_iso3", ["conflict_idps"])
    unrwa = _sums(tables["unrwa_palestine_refugees"], year, "origin_iso3", ["palestine_refugees"])
    frame = unhcr.join([idmc, unrwa], how="outer")[[*COMPONENTS, "unhcr_idps"]]
    frame["abroad"] = _add(frame, ABROAD)
    frame["displaced"] = _add(frame, (*ABROAD, "conflict_idps"))
    frame["displaced_with_unrwa"] = _add(frame, tuple(COMPONENTS))
    return frame.astype("Int64").reset_index()


@measure
def inside_by_both_counts(tables: Tables, year: int) -> pd.DataFrame:
    """Set the two counts of people displaced inside their country side by side, where both count anybody.

    Returns
    -------
    pandas.DataFrame
        origin_iso3, unhcr_idps (those whom UNHCR protects or assists), conflict_idps (IDMC).
    """
    unhcr = _sums(tables["unhcr_population"], year, "origin_iso3", ["unhcr_idps"])
    frame = unhcr.join(_sums(tables["idmc_conflict_idps"], year, "origin_iso3", ["conflict_idps"]), how="inner")
    return frame[(frame > 0).fillna(False).all(axis=1)].astype("Int64").reset_index()


@measure
def by_asylum(tables: Tables, year: int) -> pd.DataFrame:
    """Count displaced people who came across a border, by the country they are in.

    Returns
    -------
    pandas.DataFrame
        asylum_iso3, refugees, asylum_seekers, other_people_in_need, palestine_refugees, hosted (UNHCR's three), and
        hosted_with_unrwa. Refugees recorded in their own country are counted where UNHCR records them.
    """
    unhcr = _sums(tables["unhcr_population"], year, "asylum_iso3", list(ABROAD))
    unrwa = _sums(tables["unrwa_palestine_refugees"], year, "asylum_iso3", ["palestine_refugees"])
    frame = unhcr.join(unrwa, how="outer")
    frame["hosted"] = _add(frame, ABROAD)
    frame["hosted_with_unrwa"] = _add(frame, (*ABROAD, "palestine_refugees"))
    return frame.astype("Int64").reset_index()


def largest(frame: pd.DataFrame, by: str, place: str, count: int = 10) -> pd.DataFrame:
    """Pick the places with the largest values, pseudo codes left out, ties in the order of the code.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row a place.
    by, place : str
        Column to rank by and column of the ISO3 code.
    count : int
        How many.

    Returns
    -------
    pandas.DataFrame
        At most `count` rows with values above zero, with rank and name added.
    """
    real = {country.iso3 for country in countries.all_countries() if country.kind != "pseudo"}
    kept = frame[frame[place].isin(real) & (frame[by] > 0)]
    kept = kept.sort_values([by, place], ascending=[False, True]).head(count).reset_index(drop=True)
    return kept.assign(rank=kept.index + 1, name=[countries.label(code) for code in kept[place]])


def _sums(table: pd.DataFrame, year: int, by: str, columns: list[str]) -> pd.DataFrame:
    return table[table["year"] == year].groupby(by)[columns].sum(min_count=1)


def _add(frame: pd.DataFrame, names: tuple[str, ...]) -> pd.Series:
    return frame[list(names)].sum(axis=1, min_count=1)
