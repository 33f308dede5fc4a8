"""Tables that only grow, such as those of vintages or editions: what a new file does not hold stays as stored."""

from __future__ import annotations

import pandas as pd

from r2p_analysis.sources.contract import Table

_BESIDE = "; beside it, as stored before, from "


def origin_of_both(new: str, before: str) -> str:
    """Say where new rows and those kept come from; a file brought again is named once."""
    return _BESIDE.join([new, *(part for part in before.split(_BESIDE) if part != new)])


def with_kept(frame: pd.DataFrame, stored: pd.DataFrame | None, contract: Table) -> tuple[pd.DataFrame, bool]:
    """Put the stored rows that a new file does not hold beside its own.

    Parameters
    ----------
    frame : pandas.DataFrame
        The new rows, checked. Rows of a vintage that they hold replace all stored rows of it.
    stored : pandas.DataFrame or None
        The stored table; None when there is none.
    contract : Table
        Its `grows_by` names the column of vintages; empty, and nothing is kept.

    Returns
    -------
    pandas.DataFrame, bool
        All rows in the order of the key, and whether stored ones are among them.
    """
    name = contract.grows_by
    if not name or stored is None or set(stored.columns) != set(frame.columns):
        return frame, False
    kept = stored[~stored[name].isin(set(frame[name]))]
    if kept.empty:
        return frame, False
    both = pd.concat([kept[frame.columns].astype(frame.dtypes.to_dict()), frame], ignore_index=True)
    return both.sort_values(list(contract.key), ignore_index=True), True


def of_stored(frame: pd.DataFrame, stored: pd.DataFrame, contract: Table) -> pd.DataFrame:
    """Give the rows that compare with the stored ones: a further vintage would double the totals of every year."""
    name = contract.grows_by
    if not name or name not in stored.columns:
        return frame
    return frame[frame[name].isin(set(stored[name]))]
