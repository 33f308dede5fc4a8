"""Journalists and media workers killed."""

from __future__ import annotations

import pandas as pd

from r2p_analysis.store import Tables, measure

KINDS = {
    "journalists_confirmed": "Motive confirmed",
    "journalists_unconfirmed": "Not confirmed",
    "media_workers": "Media workers",
}
"""Kinds of cases and what readers see for each."""
UNIT_OF = {"ISR": "XIP", "PSE": "XIP"}
"""Countries that the Committee to Protect Journalists counts within a larger unit, and that unit."""


@measure
def journalists_by_year(tables: Tables, first: int, last: int) -> pd.DataFrame:
    """Count journalists and media workers killed.

    Parameters
    ----------
    tables : Tables
        Needs cpj_killed.
    first, last : int
        Years, inclusive; a year that was not over is left out.

    Returns
    -------
    pandas.DataFrame
        year, case, kind (what readers see), people; media workers are null before they were counted.
    """
    table = tables["cpj_killed"]
    table = table[table["complete_year"] & table["year"].between(first, last)]
    sums = table.groupby("year")[list(KINDS)].sum(min_count=1)
    long = sums.reset_index().melt("year", var_name="case", value_name="people")
    long["kind"] = long["case"].map(KINDS)
    return long.astype({"year": int, "people": "Int64"})


@measure
def journalists_by_country(tables: Tables, first: int, last: int) -> pd.DataFrame:
    """Count journalists and media workers killed by the place where it happened.

    Returns
    -------
    pandas.DataFrame
        iso3, journalists_confirmed, journalists_unconfirmed, media_workers; most confirmed first. Every place is kept;
        Israel and the Occupied Palestinian Territory are the one place XIP.
    """
    table = tables["cpj_killed"]
    table = table[table["complete_year"] & table["year"].between(first, last)]
    sums = table.groupby("iso3")[list(KINDS)].sum(min_count=1).reset_index()
    keys = ["journalists_confirmed", "journalists_unconfirmed", "iso3"]
    return sums.sort_values(keys, ascending=[False, False, True], ignore_index=True)
