"""One country before the Council: vetoed drafts on it, and the commitments in whose lists it is named."""

from __future__ import annotations

import pandas as pd

from r2p_analysis.measures.council.commitments import checklist
from r2p_analysis.measures.council.vetoes import cast_by, drafts
from r2p_analysis.store import Tables, measure


@measure
def drafts_on(tables: Tables, iso3: str, year: int) -> pd.DataFrame:
    """List the vetoed drafts on a country's situation or its admission, up to a year.

    Parameters
    ----------
    tables : Tables
        Needs sc_vetoes, sc_veto_places.
    iso3 : str
        The country.
    year : int
        Last year.

    Returns
    -------
    pandas.DataFrame
        As `drafts`; empty when none is recorded since 1946.
    """
    places = tables["sc_veto_places"]
    mine = set(places.loc[places["iso3"] == iso3, "veto"])
    frame = drafts(tables, "1946-01-01", f"{year}-12-31")
    return frame[frame["veto"].isin(mine)].reset_index(drop=True)


@measure
def cast_by_country(tables: Tables, iso3: str, year: int) -> pd.DataFrame:
    """List the drafts that a country vetoed up to a year; Russia's are with those of the Soviet Union."""
    return cast_by(tables, ["RUS", "SUN"] if iso3 == "RUS" else [iso3], "1946-01-01", f"{year}-12-31")


@measure
def commitments_of(tables: Tables, iso3: str, until: str) -> pd.DataFrame:
    """Say in which lists of commitments a country is named by a day; as `checklist`."""
    return checklist(tables, [iso3], until)
