"""Armed conflicts with a state as a party, and wars among them."""

from __future__ import annotations

import pandas as pd

from r2p_analysis.measures.violence.kinds import TYPES
from r2p_analysis.store import Tables, measure


@measure
def conflicts_by_type(tables: Tables, first: int, last: int) -> pd.DataFrame:
    """Count armed conflicts by type.

    Parameters
    ----------
    tables : Tables
        Needs ucdp_armed_conflicts.
    first, last : int
        Years, inclusive.

    Returns
    -------
    pandas.DataFrame
        year, type, label, conflicts, wars (of them, those with 1,000 or more battle-related deaths in the year); every
        year has a row of every type, and 0 means that there was none.
    """
    table = tables["ucdp_armed_conflicts"]
    table = table[table["year"].between(first, last)].assign(war=lambda frame: frame["intensity"] == "war")
    counts = table.groupby(["year", "type"]).agg(conflicts=("conflict_id", "nunique"), wars=("war", "sum"))
    grid = pd.MultiIndex.from_product([range(first, last + 1), TYPES], names=["year", "type"])
    full = counts.reindex(grid, fill_value=0).reset_index().astype({"conflicts": "Int64", "wars": "Int64"})
    full.insert(2, "label", full["type"].map(TYPES))
    return full


@measure
def conflicts_by_year(tables: Tables, first: int, last: int) -> pd.DataFrame:
    """Count armed conflicts and wars.

    Returns
    -------
    pandas.DataFrame
        year, conflicts, wars.
    """
    sums: pd.DataFrame = conflicts_by_type(tables, first, last).groupby("year")[["conflicts", "wars"]].sum()
    return sums.reset_index()


@measure
def conflicts_in(tables: Tables, iso3: str, first: int, last: int) -> pd.DataFrame:
    """List the armed conflicts over a country's government or territory.

    Returns
    -------
    pandas.DataFrame
        year, conflict_id, side_a, side_b, incompatibility, territory, intensity, type; empty when there was none.
    """
    table = tables["ucdp_armed_conflicts"]
    table = table[table["year"].between(first, last)]
    here = [iso3 in codes.split("; ") for codes in table["location_iso3"]]
    columns = ["year", "conflict_id", "side_a", "side_b", "incompatibility", "territory", "intensity", "type"]
    return table.loc[here, columns].sort_values(["year", "conflict_id"], ignore_index=True)
