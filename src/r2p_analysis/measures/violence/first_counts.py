"""What UCDP first counted in Syria beside what it counts now."""

from __future__ import annotations

import pandas as pd

from r2p_analysis.store import Tables, measure

LAST_WHOLE_YEAR = 2018
"""The file was made in 2019: its last year was not over."""
_COLUMNS = {"state-based": "state_based_best", "non-state": "non_state_best", "one-sided": "one_sided_best"}


@measure
def syria_first_and_now(tables: Tables) -> pd.DataFrame:
    """Put the deaths of UCDP's beta file of 2019 beside those of the stored release.

    Parameters
    ----------
    tables : Tables
        Needs ucdp_syria_beta, ucdp_country_years.

    Returns
    -------
    pandas.DataFrame
        year, type, first (as in 2019), now: deaths in Syria, best estimates; whole: whether the first file has the
        whole year.
    """
    now = tables["ucdp_country_years"]
    now = now[now["iso3"] == "SYR"].set_index("year")
    first = tables["ucdp_syria_beta"].rename(columns={"deaths_best": "first"})
    counted = [int(now.loc[year, _COLUMNS[kind]]) for year, kind in zip(first["year"], first["type"], strict=True)]
    whole = first["year"] <= LAST_WHOLE_YEAR
    return first.assign(now=pd.Series(counted, index=first.index, dtype="Int64"), whole=whole)
