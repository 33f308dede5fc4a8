"""Appeals and money by country, and how many years running a country has had an appeal."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from r2p_analysis.measures.funding.appeals import FIRST_YEAR, TABLE
from r2p_analysis.store import Tables, measure


@measure
def by_country(tables: Tables, first: int, last: int, only: str | None = None) -> pd.DataFrame:
    """Add up plans and money by country and year.

    Parameters
    ----------
    tables : Tables
        Needs fts_appeals.
    first, last : int
        Years, inclusive.
    only : str, optional
        One country, ISO3; all unless told.

    Returns
    -------
    pandas.DataFrame
        year, iso3, plans, requirements_usd (null when no plan states any for the country), plan_funding_usd,
        outside_usd, reported_usd, coverage (0 to 1; null without requirements). A country without a row has nothing
        recorded, which is not the same as nothing needed.
    """
    if only is not None:
        sums = by_country(tables, first, last)
        return sums[sums["iso3"] == only].reset_index(drop=True)
    table = tables[TABLE]
    table = table[table["year"].between(first, last)]
    in_plan = table["plan_id"].notna()
    keys = ["year", "iso3"]
    plans = table[in_plan].groupby(keys)
    sums = pd.DataFrame(
        {
            "plans": plans["plan_id"].nunique(),
            "requirements_usd": plans["requirements_usd"].sum(min_count=1),
            "plan_funding_usd": plans["funding_usd"].sum(min_count=1),
        }
    )
    outside = table[~in_plan].groupby(keys)["funding_usd"].sum(min_count=1).rename("outside_usd")
    sums = sums.join(outside, how="outer").reset_index()
    sums["plans"] = sums["plans"].fillna(0).astype(int)
    sums["reported_usd"] = sums[["plan_funding_usd", "outside_usd"]].sum(axis=1, min_count=1)
    asked = sums["requirements_usd"].where(sums["requirements_usd"] > 0)
    sums["coverage"] = sums["plan_funding_usd"] / asked
    return sums.astype({"year": int})


@measure
def country_by_year(tables: Tables, iso3: str, first: int, last: int) -> pd.DataFrame:
    """Follow one country: every year has its row, empty where nothing is recorded.

    Returns
    -------
    pandas.DataFrame
        year, plans, requirements_usd, plan_funding_usd, met_usd (up to the requirements), unmet_usd, outside_usd,
        reported_usd, coverage.
    """
    rows = by_country(tables, first, last, iso3).drop(columns="iso3").set_index("year")
    rows = rows.reindex(range(max(first, FIRST_YEAR), last + 1))
    rows["plans"] = rows["plans"].fillna(0).astype(int)
    received = rows["plan_funding_usd"].fillna(0.0)
    rows["met_usd"] = received.where(received < rows["requirements_usd"], rows["requirements_usd"])
    rows["unmet_usd"] = rows["requirements_usd"] - rows["met_usd"]
    return rows.rename_axis("year").reset_index()


@measure
def focus(tables: Tables, codes: Sequence[str], first: int, last: int) -> pd.DataFrame:
    """Follow several countries: country_by_year of each, with iso3."""
    return pd.concat(
        [country_by_year(tables, code, first, last).assign(iso3=code) for code in codes], ignore_index=True
    )


@measure
def years_running(tables: Tables, year: int) -> pd.DataFrame:
    """Count for how many years running, up to `year`, each country has been in an appeal.

    Returns
    -------
    pandas.DataFrame
        iso3, years (at least 1), since (first year of the run; the series begins in 2000), the longest first. Only
        countries with an appeal in `year`.
    """
    table = tables[TABLE]
    planned = table[table["plan_id"].notna() & (table["year"] <= year)]
    rows = []
    for iso3, group in planned.groupby("iso3")["year"]:
        years = {int(label) for label in group}
        if year in years:
            since = year
            while since - 1 in years:
                since -= 1
            rows.append((iso3, year - since + 1, since))
    frame = pd.DataFrame(rows, columns=["iso3", "years", "since"])
    return frame.sort_values(["years", "iso3"], ascending=[False, True], ignore_index=True)
