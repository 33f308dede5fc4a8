"""Who signed, joined and left which treaty: the merged list, and over it a newer file of the UN Treaty Collection."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from r2p_analysis.errors import MeasureError
from r2p_analysis.store import Tables, measure

EUROPEAN_UNION = "EUE"
"""Party to some treaties, and no state: left out of every count, as the depositary's readers usually count."""
STATUSES = {"party": "Party", "signatory": "Signed only", "withdrawn": "Withdrew", "outside": "No act listed"}
"""Standing of a state towards a treaty, and how readers see it. No act listed: a signature may not have been listed."""
UNLISTED = ("AP3",)
"""States signed these in the year after their adoption, and no signature is listed."""
FETCHED = "untc_status"
_COLUMNS = [
    "treaty",
    "iso3",
    "signature_date",
    "consent_date",
    "precision",
    "consent_type",
    "withdrawal_effective",
    "basis",
]


@measure
def participation(tables: Tables) -> pd.DataFrame:
    """Give every treaty action of states.

    Parameters
    ----------
    tables : Tables
        Needs treaty_participation and treaties; takes in untc_status where a user fetched it.

    Returns
    -------
    pandas.DataFrame
        treaty, iso3, signature_date, consent_date (ISO days, or a year where only that is known), precision,
        consent_type (null: not known), withdrawal_effective, basis; and consent_from, consent_by: the first and the
        last day on which the consent may have been given. The European Union is left out.
    """
    return lists(tables).rows


@dataclass(frozen=True)
class Lists:
    """What is listed of all treaties, and how far.

    Attributes
    ----------
    rows : pandas.DataFrame
        As `participation` gives them.
    complete_until : mapping of str to int
        By treaty, the year to whose end its parties are complete.
    signatures_until : mapping of str to str or None
        By treaty, the day to which signatures are listed; None: all.
    """

    rows: pd.DataFrame
    complete_until: Mapping[str, int]
    signatures_until: Mapping[str, str | None]


def lists(tables: Tables) -> Lists:
    """Put a user's newer files of the UN Treaty Collection over the merged list.

    A file adds and corrects rows of its treaty. What only the merged list has stays, for the date of a withdrawal
    stands in no cell of the file. When the treaty then has as many parties as the file states, and no withdrawal lacks
    its date, its parties count as complete to the year before the file was fetched, and its signatures to that day.
    """
    known = tables["treaties"].set_index("treaty")
    complete = {str(key): int(year) for key, year in known["complete_until"].items()}
    signed = {str(key): None if pd.isna(day) else str(day) for key, day in known["signatures_until"].items()}
    frame = tables["treaty_participation"][_COLUMNS]
    signed.update({key: str(known.at[key, "adopted"]) for key in UNLISTED if key in signed})
    if FETCHED in tables:
        fetched, retrieved = tables[FETCHED], tables.provenance(FETCHED).retrieved
        for treaty in sorted(fetched["treaty"].unique()):
            frame, whole = _laid_over(frame, fetched[fetched["treaty"] == treaty], retrieved)
            if whole:
                complete[treaty] = max(complete[treaty], int(retrieved[:4]) - 1)
                signed[treaty] = signed[treaty] and max(str(signed[treaty]), retrieved)
    frame = frame[frame["iso3"] != EUROPEAN_UNION].reset_index(drop=True)
    date = frame["consent_date"].astype("string")
    yearly = (frame["precision"] == "year").fillna(False)
    rows = frame.assign(consent_from=date.mask(yearly, date + "-01-01"), consent_by=date.mask(yearly, date + "-12-31"))
    return Lists(rows, complete, signed)


def _laid_over(frame: pd.DataFrame, newer: pd.DataFrame, retrieved: str) -> tuple[pd.DataFrame, bool]:
    treaty, stated = str(newer["treaty"].iloc[0]), int(newer["stated_parties"].iloc[0])
    mine = frame["treaty"] == treaty
    before = frame[mine].set_index("iso3")
    named = newer["iso3"]
    # A signature in brackets no longer counts, and binds nobody: the state has no act left.
    newer = newer[newer["consent_date"].notna() | ~newer["withdrawn"]]
    known = before["withdrawal_effective"].reindex(newer["iso3"]).to_numpy()
    left = pd.Series(known, index=newer.index, dtype="string").where(newer["withdrawn"])
    undated = newer["withdrawn"] & newer["consent_date"].notna() & left.isna()
    rows = newer.assign(
        precision=pd.Series("day", index=newer.index, dtype="string").where(newer["consent_date"].notna()),
        withdrawal_effective=left.mask(undated, retrieved or dt.date.max.isoformat()),
        basis=f"UN Treaty Collection, {retrieved}".rstrip(", "),
    )[_COLUMNS]
    only_before = before[~before.index.isin(named)].reset_index()[_COLUMNS]
    merged = pd.concat([rows, only_before], ignore_index=True)
    parties = int((merged["consent_date"].notna() & merged["withdrawal_effective"].isna()).sum())
    whole = parties == stated and not undated.any() and bool(retrieved)
    return pd.concat([frame[~mine], merged], ignore_index=True), whole


def standing_on(frame: pd.DataFrame, date: str | pd.Series) -> pd.Series:
    """Say how each row of `participation` stood on a day.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `participation` gives it.
    date : str or pandas.Series
        ISO day, or one for each row. A consent of which only the year is known counts from the last day of that year.

    Returns
    -------
    pandas.Series
        "party", "signatory", "withdrawn" or "outside".
    """
    day = checked_day(date) if isinstance(date, str) else date
    bound = (frame["consent_by"] <= day).fillna(False)
    left = bound & (frame["withdrawal_effective"] <= day).fillna(False)
    # Two signatories are listed without the day: they signed, and never joined.
    undated = frame["signature_date"].isna() & frame["consent_date"].isna()
    signed = (frame["signature_date"] <= day).fillna(False) | undated
    status = pd.Series("outside", index=frame.index, dtype="string")
    return status.mask(signed, "signatory").mask(bound, "party").mask(left, "withdrawn")


def checked_day(date: str) -> str:
    """Give an ISO day back.

    Raises
    ------
    MeasureError
        When it is none.
    """
    try:
        return dt.date.fromisoformat(date).isoformat()
    except ValueError:
        raise MeasureError(f'"{date}" is no ISO day such as 2016-07-22') from None


def end_of(year: int) -> str:
    """Give the last day of a year."""
    return f"{year}-12-31"
