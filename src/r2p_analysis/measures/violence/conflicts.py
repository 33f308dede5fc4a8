"""Armed conflicts with a state as a party, and wars among them."""

from __future__ import annotations

import re

import pandas as pd

from r2p_analysis.measures.violence.kinds import ESTIMATES, TYPES
from r2p_analysis.store import Tables, measure

BETWEEN = " – "
"""What stands between the sides of a conflict between states."""
_SHORTER = re.compile(r"Government of | \([^)]*\)")


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


@measure
def deadliest_conflicts(tables: Tables, year: int, count: int) -> pd.DataFrame:
    """Name the armed conflicts with most battle-related deaths in a year.

    Parameters
    ----------
    tables : Tables
        Needs ucdp_battle_deaths, ucdp_armed_conflicts.
    year, count : int
        The year, and how many to name.

    Returns
    -------
    pandas.DataFrame
        conflict_id, label (where, and what it is about), deaths_best, deaths_low, deaths_high (sums over the pairs of
        parties), pairs, battle_iso3 (where they fought, set apart by ; ), share (of all battle-related deaths of the
        year, 0 to 1), most deaths first.
    """
    battles = tables["ucdp_battle_deaths"]
    battles = battles[battles["year"] == year]
    deaths = [f"deaths_{estimate}" for estimate in ESTIMATES]
    sums = battles.groupby("conflict_id")[deaths].sum()
    sums["pairs"] = battles.groupby("conflict_id")["dyad_id"].nunique()
    sums["battle_iso3"] = battles.groupby("conflict_id")["battle_iso3"].agg(_together)
    sums["share"] = sums["deaths_best"].astype(float) / float(sums["deaths_best"].sum())
    about = tables["ucdp_armed_conflicts"]
    about = about[about["year"] == year].set_index("conflict_id")
    rows = sums.sort_values(["deaths_best"], ascending=False, kind="stable").head(count).reset_index()
    rows["label"] = [_about(about.loc[conflict]) for conflict in rows["conflict_id"]]
    return rows[["conflict_id", "label", *deaths, "pairs", "battle_iso3", "share"]]


def _together(lists: pd.Series) -> str:
    return "; ".join(sorted({code for codes in lists for code in codes.split("; ")}))


def _about(conflict: pd.Series) -> str:
    """Name a conflict: "Syria: government", "Nigeria: Islamic State", or by its states, "Ethiopia – Eritrea"."""
    if conflict["type"] == "interstate":
        sides = (_SHORTER.sub("", str(conflict[side])) for side in ("side_a", "side_b"))
        return BETWEEN.join(sides)
    territory = conflict["territory"]
    where = _SHORTER.sub("", str(conflict["location"]))
    return f"{where}: {conflict['incompatibility'] if pd.isna(territory) else territory}"
