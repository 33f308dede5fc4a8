"""Attacks on aid workers by kind of harm, year and country."""

from __future__ import annotations

import pandas as pd

from r2p_analysis.store import Tables, measure

HARM = {"killed": "Killed", "wounded": "Wounded", "kidnapped": "Kidnapped", "other": "Detained or harmed otherwise"}
"""Kinds of harm and what readers see for each, from the bottom of a bar up."""
_COUNTS = ["incidents", "killed", "wounded", "kidnapped", "affected"]


def harmed(sums: pd.DataFrame) -> pd.DataFrame:
    """Add the column other: victims who were neither killed nor wounded nor kidnapped."""
    return sums.assign(other=sums["affected"] - sums["killed"] - sums["wounded"] - sums["kidnapped"])


def long_harm(sums: pd.DataFrame) -> pd.DataFrame:
    """Turn sums by year into year, harm, kind (what readers see), people; a kind without anybody is left out."""
    counts = harmed(sums)[list(HARM)]
    counts = counts.loc[:, counts.sum() > 0]
    long = counts.reset_index().melt("year", var_name="harm", value_name="people")
    long["kind"] = long["harm"].map(HARM)
    return long.astype({"year": int, "people": "Int64"})


@measure
def aid_by_year(tables: Tables, first: int, last: int) -> pd.DataFrame:
    """Count aid workers attacked, by kind of harm.

    Parameters
    ----------
    tables : Tables
        Needs awsd_attacks.
    first, last : int
        Years, inclusive; years that were not over are left out.

    Returns
    -------
    pandas.DataFrame
        year, harm, kind, people. The kinds add up to all victims.
    """
    table = tables["awsd_attacks"]
    table = table[table["complete_year"] & table["year"].between(first, last)]
    return long_harm(table.groupby("year")[_COUNTS].sum())


@measure
def aid_by_country(tables: Tables, first: int, last: int) -> pd.DataFrame:
    """Count attacks on aid workers by the place where they happened.

    Returns
    -------
    pandas.DataFrame
        iso3 (UNK: not told or disputed), incidents, killed, wounded, kidnapped, other, affected; most victims first.
        Every place is kept, so that sums over regions and the world are whole. A place without a row had none recorded.
    """
    table = tables["awsd_attacks"]
    table = table[table["complete_year"] & table["year"].between(first, last)]
    sums = harmed(table.groupby("iso3")[_COUNTS].sum()).reset_index()
    return sums.sort_values(["affected", "iso3"], ascending=[False, True], ignore_index=True)
