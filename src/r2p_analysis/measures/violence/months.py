"""Deaths by month, where a user has brought UCDP's events."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from r2p_analysis.measures.violence.kinds import ESTIMATES
from r2p_analysis.store import Tables, measure


@measure
def by_month(tables: Tables, codes: Sequence[str], first: int, last: int) -> pd.DataFrame:
    """Follow deaths by month in some countries.

    Parameters
    ----------
    tables : Tables
        Needs ucdp_events_months, which is stored only once a user has brought the events.
    codes : sequence of str
        ISO3 codes.
    first, last : int
        Years, inclusive.

    Returns
    -------
    pandas.DataFrame
        iso3, month_number (1 is January of `first`), month ("2015-08"), deaths_best, deaths_low, deaths_high. Months
        without an event have 0; events whose dates span months are in none.
    """
    table = tables["ucdp_events_months"]
    columns = [f"deaths_{estimate}" for estimate in ESTIMATES]
    rows = table[table["iso3"].isin(list(codes)) & table["year"].between(first, last)].dropna(subset=["month"])
    rows = rows.assign(month_number=(rows["year"] - first) * 12 + rows["month"])
    sums = rows.groupby(["iso3", "month_number"])[columns].sum()
    numbers = range(1, (last - first + 1) * 12 + 1)
    grid = pd.MultiIndex.from_product([list(dict.fromkeys(codes)), numbers], names=["iso3", "month_number"])
    full = sums.reindex(grid, fill_value=0).reset_index()
    full.insert(2, "month", [f"{first + (n - 1) // 12}-{(n - 1) % 12 + 1:02d}" for n in full["month_number"]])
    return full
