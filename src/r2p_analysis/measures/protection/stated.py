"""Dated figures of others on protected people, each with what it counts."""

from __future__ import annotations

import pandas as pd

from r2p_analysis.measures.protection.series import vintage_name
from r2p_analysis.store import Tables, measure

BESIEGED = "People besieged in Syria"
SUBJECTS = ("Attacks on health care", "Attacks on education")


@measure
def stated(tables: Tables, edition: int) -> pd.DataFrame:
    """Give the figures on attacks on health care and education that were stated up to the year of an edition.

    Returns
    -------
    pandas.DataFrame
        Columns of the table of statements; empty when none was stated by then.
    """
    table = tables["statements"]
    found = table[table["subject"].isin(SUBJECTS) & (table["stated"].str[:4].astype(int) <= edition)]
    order = {subject: place for place, subject in enumerate(SUBJECTS)}
    found = found.assign(_subject=found["subject"].map(order)).sort_values(["_subject", "as_of", "stated", "id"])
    return found.drop(columns="_subject").reset_index(drop=True)


@measure
def besieged(tables: Tables, until: str = "9999") -> pd.DataFrame:
    """Give the figures of people besieged in Syria, in the order of the months they are of.

    Parameters
    ----------
    tables : Tables
        Needs statements.
    until : str
        Last month or day that a figure may be of, written as in the table.

    Returns
    -------
    pandas.DataFrame
        as_of, month (what readers see), publisher, value (people), counts, stated, url.
    """
    table = tables["statements"]
    found = table[(table["subject"] == BESIEGED) & (table["as_of"].str[: len(until)] <= until)]
    found = found.assign(month=[vintage_name(date) for date in found["as_of"]]).sort_values(["as_of", "publisher"])
    columns = ["as_of", "month", "publisher", "value", "counts", "stated", "url"]
    return found[columns].astype({"value": "Int64"}).reset_index(drop=True)
