"""Other states in internal wars: internationalised conflicts in the list of UCDP and PRIO."""

from __future__ import annotations

import pandas as pd

from r2p_analysis.store import Tables, measure

FIRST_RELIABLE = 1989
"""Before this year the list rests on fewer sources."""
_TYPES = {"internationalised intrastate": "internationalised", "intrastate": "internal"}


@measure
def internationalised(tables: Tables, first: int, last: int) -> pd.DataFrame:
    """Count internal armed conflicts in which another state's troops fought on a side.

    Parameters
    ----------
    tables : Tables
        Needs ucdp_armed_conflicts.
    first, last : int
        Years, inclusive; those outside the list have no row.

    Returns
    -------
    pandas.DataFrame
        year, internationalised, internal (those without), all_internal, share_pct. Conflicts with 25 or more deaths in
        battle in the year. Sending arms or money, without troops, does not make a conflict internationalised.
    """
    frame = tables["ucdp_armed_conflicts"]
    span = range(max(first, int(frame["year"].min())), min(last, int(frame["year"].max())) + 1)
    kinds = frame.assign(kind=frame["type"].map(_TYPES)).dropna(subset=["kind"])
    counts = kinds.pivot_table(index="year", columns="kind", values="conflict_id", aggfunc="nunique", fill_value=0)
    counts = counts.reindex(index=pd.Index(span, name="year"), columns=list(_TYPES.values()), fill_value=0)
    done = counts.astype("Int64").reset_index()
    done.columns.name = None
    done["all_internal"] = done["internationalised"] + done["internal"]
    share = done["internationalised"].astype("Float64") / done["all_internal"].where(done["all_internal"] > 0)
    return done.assign(share_pct=share * 100)
