"""What was printed about appeals at the time beside what the data say now."""

from __future__ import annotations

import pandas as pd

from r2p_analysis.measures.funding.appeals import by_year
from r2p_analysis.store import Tables, measure

_SUBJECTS = {
    "UN-coordinated appeals: requirements": "requirements_usd",
    "UN-coordinated appeals: share not met": "unmet_pct",
}
"""Subjects of the statements that these figures can stand beside, and the column that does."""


@measure
def then_and_now(tables: Tables, year: int) -> pd.DataFrame:
    """Put printed figures of a year's appeals beside the current ones.

    Parameters
    ----------
    tables : Tables
        Needs statements, fts_appeals.
    year : int
        Year of the appeals.

    Returns
    -------
    pandas.DataFrame
        subject, what (column), printed, current, difference, unit, publisher, stated, url. Empty when nothing printed
        is recorded for the year.
    """
    printed = tables["statements"]
    printed = printed[printed["subject"].isin(list(_SUBJECTS)) & (printed["as_of"] == str(year))]
    years = by_year(tables, year, year)
    years["unmet_pct"] = (1 - years["coverage"]) * 100
    rows = printed[["subject", "value", "unit", "publisher", "stated", "url"]].rename(columns={"value": "printed"})
    rows = rows.assign(what=[_SUBJECTS[subject] for subject in rows["subject"]])
    rows["current"] = [float(years[what].iloc[0]) if len(years) else None for what in rows["what"]]
    rows["difference"] = rows["current"] - rows["printed"]
    return rows.sort_values("what", ignore_index=True)
