"""Humanitarian appeals: what they asked for, what they received, and what all reported money came to."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from r2p_analysis.errors import MeasureError
from r2p_analysis.store import Tables, measure

FIRST_YEAR = 2000
"""First year with plans in the table; 1999 holds a few rows of money outside plans alone."""
TABLE = "fts_appeals"


@dataclass(frozen=True)
class Rank:
    """Where the coverage of a year stands among the years before it.

    Attributes
    ----------
    year, since : int
        The year, and the first year of the series.
    coverage : float
        Share of the requirements that the plans received.
    is_lowest, is_highest : bool
        Whether no earlier year had so low, or so high, a share.
    lowest_year, highest_year : int or None
        The earlier years with the lowest and the highest share; None when there is no earlier year.
    lowest, highest : float or None
        Their shares.
    """

    year: int
    since: int
    coverage: float
    is_lowest: bool
    is_highest: bool
    lowest_year: int | None
    lowest: float | None
    highest_year: int | None
    highest: float | None


@measure
def by_year(tables: Tables, first: int = FIRST_YEAR, last: int | None = None) -> pd.DataFrame:
    """Add up plans and money by year.

    Parameters
    ----------
    tables : Tables
        Needs fts_appeals.
    first, last : int
        Years to give, inclusive; those after the release hold parts of multi-year pledges and are not to be asked for.

    Returns
    -------
    pandas.DataFrame
        year, plans, requirements_usd, plan_funding_usd, unmet_usd, coverage (0 to 1), outside_usd (money outside
        plans), reported_usd (all money), without_requirements_usd (funding of plans whose requirements are blank by
        country, which coverage counts as received). Nominal US dollars. Years without a plan are left out.
    """
    table = tables[TABLE]
    table = table[table["year"].between(first, last if last is not None else int(table["year"].max()))]
    in_plan = table["plan_id"].notna()
    plans = table[in_plan].groupby("year")
    years = pd.DataFrame(
        {
            "plans": plans["plan_id"].nunique(),
            "requirements_usd": plans["requirements_usd"].sum(),
            "plan_funding_usd": plans["funding_usd"].sum(),
        }
    )
    outside = table[~in_plan].groupby("year")["funding_usd"].sum()
    years["outside_usd"] = outside.reindex(years.index).fillna(0.0)
    years["reported_usd"] = years["plan_funding_usd"] + years["outside_usd"]
    years["unmet_usd"] = years["requirements_usd"] - years["plan_funding_usd"]
    years["coverage"] = years["plan_funding_usd"] / years["requirements_usd"]
    blank = table[in_plan & table["requirements_usd"].isna()].groupby("year")["funding_usd"].sum()
    years["without_requirements_usd"] = blank.reindex(years.index).fillna(0.0)
    return years.reset_index().astype({"year": int, "plans": int})


def coverage_rank(tables: Tables, year: int) -> Rank:
    """Compare the coverage of a year with that of the years before it.

    Raises
    ------
    MeasureError
        When the year has no plans.
    """
    shares = by_year(tables, last=year).set_index("year")["coverage"]
    if year not in shares.index:
        raise MeasureError(f"no humanitarian plan of {year} is in the table; years begin with {FIRST_YEAR}")
    own, before = float(shares[year]), shares.drop(year)
    if before.empty:
        return Rank(year, year, own, True, True, None, None, None, None)
    low, high = (min(int(label) for label in before.index[before == edge]) for edge in (before.min(), before.max()))
    lowest, highest = float(before[low]), float(before[high])
    return Rank(year, int(before.index.min()), own, own < lowest, own > highest, low, lowest, high, highest)


@measure
def largest(tables: Tables, year: int, count: int = 10) -> pd.DataFrame:
    """Give the plans of a year that asked for most, regional ones as a whole.

    Returns
    -------
    pandas.DataFrame
        plan_id, plan_name, plan_type, countries (their number), requirements_usd, funding_usd, met_usd (funding up to
        the requirements), unmet_usd, coverage; the largest first. Plans without requirements are left out.
    """
    table = tables[TABLE]
    plans = table[(table["year"] == year) & table["plan_id"].notna()]
    sums = plans.groupby("plan_id").agg(
        plan_name=("plan_name", "first"),
        plan_type=("plan_type", "first"),
        countries=("iso3", "nunique"),
        requirements_usd=("requirements_usd", "sum"),
        funding_usd=("funding_usd", "sum"),
    )
    sums = sums[sums["requirements_usd"] > 0]
    sums["met_usd"] = sums[["requirements_usd", "funding_usd"]].min(axis=1)
    sums["unmet_usd"] = sums["requirements_usd"] - sums["met_usd"]
    sums["coverage"] = sums["funding_usd"] / sums["requirements_usd"]
    ordered = sums.reset_index().sort_values(["requirements_usd", "plan_id"], ascending=[False, True])
    return ordered.head(count).reset_index(drop=True)


def release_year(tables: Tables) -> int | None:
    """Give the year in which the stored file was made, by its recorded version; None when that does not say it.

    The year of the file and the one before it are still open: reports of them keep arriving.
    """
    found = re.match(r"(\d{4})", tables.provenance(TABLE).version)
    return int(found[1]) if found else None


def is_open(tables: Tables, year: int) -> bool:
    """Say whether reports of a year were still arriving when the stored file was made."""
    made = release_year(tables)
    return made is not None and year >= made - 1
