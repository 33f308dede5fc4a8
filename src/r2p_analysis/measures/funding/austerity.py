"""The two questions behind "austerity": whether the money fell, and whether the gap grew."""

from __future__ import annotations

import pandas as pd

from r2p_analysis.errors import MeasureError
from r2p_analysis.measures.funding.appeals import by_year
from r2p_analysis.measures.funding.real import deflate
from r2p_analysis.store import Tables, measure

CRISIS_YEAR = 2008
"""The year of the financial crisis of which the report speaks: changes are counted from it."""
AMOUNTS = ("reported_usd", "requirements_usd", "plan_funding_usd", "unmet_usd")


@measure
def money_and_gap(tables: Tables, first: int, last: int) -> pd.DataFrame:
    """Give by_year with every amount also in dollars of the last year.

    Returns
    -------
    pandas.DataFrame
        Columns of by_year and, for each of `AMOUNTS`, `<amount>_real`.
    """
    return deflate(tables, by_year(tables, first, last), AMOUNTS, last)


@measure
def two_questions(tables: Tables, start: int, end: int) -> pd.DataFrame:
    """Compare two years, nominal and real.

    Parameters
    ----------
    tables : Tables
        Needs fts_appeals, prices.
    start, end : int
        Years compared; real amounts are in dollars of `end`.

    Returns
    -------
    pandas.DataFrame
        amount (of `AMOUNTS`), start_usd, end_usd, start_real_usd, change (share of the nominal start), change_real.

    Raises
    ------
    MeasureError
        When a year has no plans.
    """
    years = money_and_gap(tables, start, end).set_index("year").astype(float)
    lacking = [year for year in (start, end) if year not in years.index]
    if lacking:
        raise MeasureError(f"no humanitarian plan of {lacking[0]} is in the table")
    before, after = years.loc[[start]].iloc[0].to_dict(), years.loc[[end]].iloc[0].to_dict()
    rows = []
    for name in AMOUNTS:
        was, real, now = before[name], before[f"{name}_real"], after[name]
        rows.append((name, was, now, real, now / was - 1, now / real - 1))
    columns = ["amount", "start_usd", "end_usd", "start_real_usd", "change", "change_real"]
    return pd.DataFrame(rows, columns=columns)
