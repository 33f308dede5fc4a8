"""Returns, resettlement and naturalisation beside new displacement across borders: flows during a year."""

from __future__ import annotations

import pandas as pd

from r2p_analysis.store import Tables, measure

_SOLUTIONS = ("returned_refugees", "resettlement", "naturalisation", "returned_idps")
_FLOWS = ("new_refugees", "new_asylum_seekers", "new_refugee_like", "new_other_people_in_need")


@measure
def solutions_by_year(tables: Tables, first: int, last: int, *, origin: str | None = None) -> pd.DataFrame:
    """Count solutions and new displacement a year.

    Parameters
    ----------
    tables : Tables
        Needs unhcr_solutions, unhcr_flows.
    first, last : int
        Years, inclusive.
    origin : str, optional
        ISO3 code of the country of origin.

    Returns
    -------
    pandas.DataFrame
        year, returned_refugees, resettlement, naturalisation, returned_idps, newly_displaced_abroad (refugees,
        asylum-seekers, refugee-like and other people who newly crossed a border), solutions_abroad (the first three
        added). Null where nothing was reported. People newly displaced inside their country are not counted: their
        figures may not be carried.
    """
    rows = _added(tables, ("year",) if origin is None else ("origin_iso3", "year"))
    rows = rows[rows["year"].between(first, last)]
    if origin is not None:
        rows = rows[rows["origin_iso3"] == origin].drop(columns="origin_iso3")
    return rows.reset_index(drop=True)


@measure
def _added(tables: Tables, by: tuple[str, ...]) -> pd.DataFrame:
    """Add up solutions and new displacement by year, of all origins or of each."""
    solutions, flows = (
        tables[name].groupby(list(by))[list(columns)].sum(min_count=1)
        for name, columns in (("unhcr_solutions", _SOLUTIONS), ("unhcr_flows", _FLOWS))
    )
    both = solutions.join(flows, how="outer")
    both["newly_displaced_abroad"] = both[list(_FLOWS)].sum(axis=1, min_count=1)
    both["solutions_abroad"] = both[["returned_refugees", "resettlement", "naturalisation"]].sum(axis=1, min_count=1)
    return both.drop(columns=list(_FLOWS)).reset_index()
