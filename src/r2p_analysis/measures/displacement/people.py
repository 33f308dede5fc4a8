"""Age and sex of displaced people, and how many people these are known of."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from r2p_analysis.store import Tables, measure

_CHILD = ("0_4", "5_11", "12_17")
_ADULT = ("18_59", "60")
# A share known of fewer than this part of the people says little about the others.
LEAST_KNOWN = 0.25
LEAST_PEOPLE = 100
"""A share among fewer people of whom it is known is one of a handful."""


@measure
def age_and_sex(
    tables: Tables,
    first: int,
    last: int,
    *,
    origin: str | None = None,
    asylum: str | None = None,
    kinds: Sequence[str] = ("REF", "ASY", "OIP"),
) -> pd.DataFrame:
    """Give the shares of women and girls and of children a year.

    Parameters
    ----------
    tables : Tables
        Needs unhcr_demographics.
    first, last : int
        Years, inclusive.
    origin, asylum : str, optional
        ISO3 codes to restrict to.
    kinds : sequence of str
        UNHCR's population types to count.

    Returns
    -------
    pandas.DataFrame
        year, people, sex_known, age_known (people), female_share, child_share (0 to 1, of those of whom it is known;
        null when that is fewer than a quarter of the people, or than 100).
    """
    if origin is not None and asylum is None:
        shares = _by_origin(tables, tuple(kinds))
        shares = shares[(shares["origin_iso3"] == origin) & shares["year"].between(first, last)]
        return shares.drop(columns="origin_iso3").reset_index(drop=True)
    table = tables["unhcr_demographics"]
    keep = table["year"].between(first, last) & table["population_type"].isin(list(kinds))
    for column, code in (("origin_iso3", origin), ("asylum_iso3", asylum)):
        if code is not None:
            keep &= table[column] == code
    return _shares(table[keep], ["year"])


@measure
def _by_origin(tables: Tables, kinds: tuple[str, ...]) -> pd.DataFrame:
    """Give the shares of every origin and year: origin_iso3 comes first."""
    table = tables["unhcr_demographics"]
    return _shares(table[table["population_type"].isin(list(kinds))], ["origin_iso3", "year"])


@measure
def age_and_sex_by_group(
    tables: Tables, year: int, group: Sequence[str], *, kinds: Sequence[str] = ("REF", "ASY", "OIP")
) -> pd.DataFrame:
    """Give the same shares for the people from each country of a group.

    Returns
    -------
    pandas.DataFrame
        origin_iso3, people, sex_known, age_known, female_share, child_share, in the order of `group`.
    """
    table = tables["unhcr_demographics"]
    keep = (table["year"] == year) & table["origin_iso3"].isin(list(group)) & table["population_type"].isin(list(kinds))
    shares = _shares(table[keep], ["origin_iso3"])
    return shares.set_index("origin_iso3").reindex(list(group)).rename_axis("origin_iso3").reset_index()


def _shares(table: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    children = [f"{sex}_{age}" for sex in ("female", "male") for age in _CHILD]
    adults = [f"{sex}_{age}" for sex in ("female", "male") for age in _ADULT]
    sums = table.groupby(by)[["total", "female_total", "male_total", *children, *adults]].sum()
    sex_known = sums["female_total"] + sums["male_total"]
    age_known = sums[children].sum(axis=1) + sums[adults].sum(axis=1)
    return pd.DataFrame(
        {
            "people": sums["total"],
            "sex_known": sex_known,
            "age_known": age_known,
            "female_share": _share(sums["female_total"], sex_known, sums["total"]),
            "child_share": _share(sums[children].sum(axis=1), age_known, sums["total"]),
        }
    ).reset_index()


def _share(part: pd.Series, known: pd.Series, people: pd.Series) -> pd.Series:
    enough = (known >= LEAST_PEOPLE) & (known >= people * LEAST_KNOWN)
    return part.astype("Float64") / known.where(enough).astype("Float64")
