"""From when the Arms Trade Treaty bound a supplier: ninety days after its deposit, not before the treaty itself."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from r2p_analysis.measures.law.participation import participation
from r2p_analysis.measures.law.treaties import treaties
from r2p_analysis.store import Tables, measure

TREATY = "ATT"
DAYS_AFTER_DEPOSIT = 90
"""Article 22: for a state that joins later, the treaty enters into force so many days after its deposit."""
MIDDLE = "06-30"
"""A supplier counts as bound in a year when the treaty was in force for it by this day."""
UNKNOWN_SUPPLIER = "UNK"
STATUSES = {
    "party": "Party to the treaty",
    "signatory": "Signed, not bound",
    "outside": "No act listed",
    "unknown": "Supplier not known",
    "before": "Treaty not yet in force",
}
"""Standing of a supplier in a year, and how readers see it."""


@measure
def bound_from(tables: Tables) -> pd.DataFrame:
    """Say from when the treaty was in force for each state that joined it.

    Parameters
    ----------
    tables : Tables
        Needs treaties and treaty_participation.

    Returns
    -------
    pandas.DataFrame
        iso3, signature_date, deposit_date, in_force_from (ISO days; null where there is none).
    """
    start = dt.date.fromisoformat(_in_force(tables))
    frame = participation(tables)
    frame = frame[frame["treaty"] == TREATY].rename(columns={"consent_by": "deposit_date"})
    deposits = [None if pd.isna(day) else dt.date.fromisoformat(day) for day in frame["deposit_date"]]
    ninety = dt.timedelta(days=DAYS_AFTER_DEPOSIT)
    begun = [None if day is None else max(day + ninety, start).isoformat() for day in deposits]
    frame = frame.assign(in_force_from=pd.Series(begun, index=frame.index, dtype="string"))
    return frame[["iso3", "signature_date", "deposit_date", "in_force_from"]].reset_index(drop=True)


def first_year(tables: Tables) -> int:
    """Give the first year in whose middle the treaty was in force."""
    entered = _in_force(tables)
    return int(entered[:4]) + (entered[5:] > MIDDLE)


def known_until(tables: Tables) -> int:
    """Give the year to whose end the list of the treaty's parties is complete."""
    frame = treaties(tables).set_index("treaty")
    return int(frame["complete_until"].loc[TREATY])


def signatures_until(tables: Tables) -> str:
    """Give the day to which signatures of the treaty are listed."""
    return str(treaties(tables).set_index("treaty").loc[TREATY, "signatures_until"])


def standing_in(tables: Tables, suppliers: list[str], year: int) -> dict[str, str]:
    """Say how suppliers stood towards the treaty in the middle of a year: a key of `STATUSES` each."""
    if year < first_year(tables):
        return dict.fromkeys(suppliers, "before")
    day = f"{year}-{MIDDLE}"
    frame = bound_from(tables).set_index("iso3")
    bound = set(frame.index[(frame["in_force_from"] <= day).fillna(False)])
    near = (frame["signature_date"] <= day).fillna(False) | (frame["deposit_date"] <= day).fillna(False)
    signed = set(frame.index[near])
    return {
        code: "unknown"
        if code == UNKNOWN_SUPPLIER
        else ("party" if code in bound else ("signatory" if code in signed else "outside"))
        for code in suppliers
    }


def _in_force(tables: Tables) -> str:
    frame = tables["treaties"].set_index("treaty")
    return str(frame.loc[TREATY, "entry_into_force"])
