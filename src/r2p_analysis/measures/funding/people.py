"""Money beside people: what was reported and asked for, for each forcibly displaced person."""

from __future__ import annotations

import pandas as pd

from r2p_analysis.measures import displacement
from r2p_analysis.measures.funding.appeals import FIRST_YEAR, by_year
from r2p_analysis.measures.funding.real import deflate
from r2p_analysis.store import Tables, measure


@measure
def per_displaced(
    tables: Tables, first: int = FIRST_YEAR, last: int | None = None, base_year: int | None = None
) -> pd.DataFrame:
    """Divide the money of a year by the people displaced at its end.

    Parameters
    ----------
    tables : Tables
        Needs fts_appeals, prices and the tables of displacement.
    first, last : int
        Years, inclusive.
    base_year : int, optional
        Year of whose dollars the real amounts are; the last year unless told.

    Returns
    -------
    pandas.DataFrame
        year, people, reported_usd, requirements_usd, reported_per_person_usd, required_per_person_usd, and the last two
        with `_real`. Only years in which every group of displaced people was counted. The money also helps people who
        are not displaced: a ratio, not what a displaced person received.
    """
    money = by_year(tables, first, last)[["year", "reported_usd", "requirements_usd"]]
    totals = displacement.world_total(tables, first, last)
    totals = totals.loc[totals["complete"], ["year", "people"]]
    both = totals.merge(money, on="year", how="inner").sort_values("year", ignore_index=True)
    people = both["people"].astype("Float64")
    both["reported_per_person_usd"] = both["reported_usd"].astype("Float64") / people
    both["required_per_person_usd"] = both["requirements_usd"].astype("Float64") / people
    base = base_year if base_year is not None else int(both["year"].max())
    return deflate(tables, both, ["reported_per_person_usd", "required_per_person_usd"], base)
