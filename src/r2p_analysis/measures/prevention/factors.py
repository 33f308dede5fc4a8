"""The risk factors of the Framework of Analysis, and which of them this report follows."""

from __future__ import annotations

import pandas as pd

from r2p_analysis.store import Tables, measure

FRAMEWORK_YEAR = 2014
"""The framework was released in October 2014."""


@measure
def risk_factors(tables: Tables) -> pd.DataFrame:
    """Give the risk factors with what follows them.

    Returns
    -------
    pandas.DataFrame
        number, applies_to, factor, title_basis, open_series, countable, followed (whether a table that follows it is
        stored), followed_by (what those tables show; empty when none is stored).
    """
    rows = tables["risk_factors"].copy()
    stored = [[name for name in str(cell).split("; ") if name in tables] for cell in rows["tables"].fillna("")]
    rows["followed"] = [bool(names) for names in stored]
    shows = rows["shows"].fillna("")
    rows["followed_by"] = [text if names else "" for names, text in zip(stored, shows, strict=True)]
    kept = ["number", "applies_to", "factor", "title_basis", "open_series", "countable", "followed", "followed_by"]
    return rows[kept]
