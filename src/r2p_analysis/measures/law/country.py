"""One country's treaty record."""

from __future__ import annotations

import pandas as pd

from r2p_analysis import countries
from r2p_analysis.measures.law.participation import end_of
from r2p_analysis.measures.law.places import LISTED_BESIDE_STATES, standing
from r2p_analysis.measures.law.treaties import SHORT, treaties
from r2p_analysis.store import Tables, measure

_HOW = {
    "ratification": "ratified",
    "ratification or similar": "ratified or alike",
    "acceptance": "accepted",
    "approval": "approved",
    "accession": "acceded",
    "succession": "succeeded",
}


def can_join(iso3: str, year: int) -> bool:
    """Say whether a place is one of those that these treaties list, and existed at the end of a year."""
    place = countries.get(iso3)
    return place.existed_in(year) and (place.kind in countries.STATES or iso3 in LISTED_BESIDE_STATES)


@measure
def country_record(tables: Tables, iso3: str, year: int) -> pd.DataFrame:
    """Give a country's standing towards every treaty that was adopted by the end of a year.

    Parameters
    ----------
    tables : Tables
        Needs treaties and treaty_participation.
    iso3 : str
        The country.
    year : int
        Standing at 31 December.

    Returns
    -------
    pandas.DataFrame
        As of `standing`, with how (ratified, acceded, ...; null where not told or no party), adopted (year),
        known_until (the year to whose end the standing is known, at most `year`), signed_year, joined_year and
        left_year (null where there is none), in the order of `SHORT`.
    """
    code = countries.get(iso3).iso3
    records = _records(tables, year)
    return records[records["iso3"] == code].reset_index(drop=True)


@measure
def _records(tables: Tables, year: int) -> pd.DataFrame:
    """Give the records of all places."""
    listed = treaties(tables).set_index("treaty")
    adopted = listed["adopted"] <= end_of(year)
    keys = [key for key in SHORT if adopted[key]]
    frame = standing(tables, keys, [place.iso3 for place in countries.all_countries()], end_of(year))
    bound = frame["status"].isin(["party", "withdrawn"])
    years = {
        "signed_year": frame["signature_date"],
        "joined_year": frame["consent_date"].where(bound),
        "left_year": frame["since"].where(frame["status"] == "withdrawn"),
    }
    return frame.assign(
        how=frame["consent_type"].map(_HOW).where(bound),
        adopted=frame["treaty"].map(listed["adopted"]).str[:4].astype("Int64"),
        known_until=frame["complete_until"].clip(upper=year),
        **{name: pd.to_numeric(dates.str[:4]).astype("Int64") for name, dates in years.items()},
    )
