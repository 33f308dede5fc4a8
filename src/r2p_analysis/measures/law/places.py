"""How states stand towards treaties: who is a party, who signed only, who left, who is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from r2p_analysis import countries
from r2p_analysis.measures.law.participation import (
    STATUSES,
    checked_day,
    end_of,
    lists,
    participation,
    standing_on,
)
from r2p_analysis.measures.law.treaties import short_name
from r2p_analysis.store import Tables, measure

LISTED_BESIDE_STATES = ("COK", "NIU")
"""Not members of the United Nations, and parties to treaties in their own name."""


_STANDING = [
    "treaty", "treaty_name", "iso3", "name", "status", "kind", "since", "signature_date", "consent_date",
    "consent_type", "as_of", "signatures_until", "complete_until",
]  # fmt: skip


@measure
def standing(
    tables: Tables, keys: Sequence[str], places: Sequence[str], date: str, *, only_where_complete: bool = False
) -> pd.DataFrame:
    """Say how places stood towards treaties on a day.

    Parameters
    ----------
    tables : Tables
        Needs treaties and treaty_participation.
    keys, places : sequence of str
        Treaties and ISO3 codes; every pair has a row.
    date : str
        ISO day.
    only_where_complete : bool
        Take, for a treaty whose list ends earlier, the last day to which it is complete: for counts, which would else
        be too low. Otherwise what is known of later consents is told, and of other standings how far they are known.

    Returns
    -------
    pandas.DataFrame
        treaty, treaty_name, iso3, name, status ("party", "signatory", "withdrawn", "outside"), kind (the same for
        readers), since (ISO day or year of the deposit, the signature or the withdrawal; null where there is none),
        signature_date, consent_date, consent_type, as_of (the day), signatures_until (day to which signatures are
        listed; null: all), complete_until (year).
    """
    day = checked_day(date)
    listed = lists(tables)
    days = {key: min(day, end_of(listed.complete_until[key])) if only_where_complete else day for key in keys}
    found = _on(listed.rows[listed.rows["treaty"].isin(days)], days, places)
    return found.assign(
        treaty_name=found["treaty"].map({key: short_name(key) for key in keys}),
        name=found["iso3"].map({code: countries.label(code) for code in places}),
        kind=found["status"].map(STATUSES),
        as_of=found["treaty"].map(days),
        signatures_until=found["treaty"].map(listed.signatures_until).astype("string"),
        complete_until=found["treaty"].map(listed.complete_until).astype("Int64"),
    )[_STANDING]


def _on(frame: pd.DataFrame, days: Mapping[str, str], places: Sequence[str]) -> pd.DataFrame:
    """Give rows of treaties and places as they stood on each treaty's day: what came after it is not told."""
    day = frame["treaty"].map(days).astype("string")
    told = frame.assign(
        status=standing_on(frame, day),
        signature_date=frame["signature_date"].where(frame["signature_date"] <= day),
        consent_date=frame["consent_date"].where(frame["consent_by"] <= day),
    )
    grid = pd.MultiIndex.from_product([list(days), list(places)], names=["treaty", "iso3"])
    found = told.set_index(["treaty", "iso3"]).reindex(grid).reset_index()
    found["status"] = found["status"].fillna("outside")
    since = found["consent_date"].where(found["status"] == "party")
    since = since.mask(found["status"] == "signatory", found["signature_date"])
    return found.assign(since=since.mask(found["status"] == "withdrawn", found["withdrawal_effective"]))


def states_on(date: str) -> list[str]:
    """List the states that these treaties list and that existed in the year of a day.

    They are the members and observers of the United Nations, and the Cook Islands and Niue: 197 since 2011.
    """
    year = int(checked_day(date)[:4])
    everyone = (*countries.states(), *(countries.get(code) for code in LISTED_BESIDE_STATES))
    return [state.iso3 for state in everyone if state.existed_in(year)]


@measure
def missing(tables: Tables, keys: Sequence[str], date: str) -> pd.DataFrame:
    """List the states that are no party to at least one of some treaties.

    Parameters
    ----------
    tables : Tables
        Needs treaties and treaty_participation.
    keys : sequence of str
        Treaties.
    date : str
        ISO day; each treaty is taken as of the last day, up to this one, to which its list is complete.

    Returns
    -------
    pandas.DataFrame
        iso3, name, region, one column a treaty with the standing for readers, and lacks: to how many of the treaties
        the state is no party; those with most first, then by name; of the states of `states_on`.
    """
    frame = standing(tables, keys, states_on(date), date, only_where_complete=True)
    wide = pd.DataFrame({key: rows.set_index("iso3")["kind"] for key, rows in frame.groupby("treaty")})[list(keys)]
    lacks = (wide != STATUSES["party"]).sum(axis=1).astype("Int64")
    done = wide.assign(lacks=lacks)[lacks > 0].reset_index()
    done.columns.name = None
    done = countries.attach(done, columns=("name", "region"), totals=("lacks",))
    order = ["iso3", "name", "region", *keys, "lacks"]
    done = done.sort_values(["lacks", "name"], ascending=[False, True], ignore_index=True)[order]
    # A pivot forgets the tables on which its frame rests.
    done.attrs = dict(frame.attrs)
    return done


@measure
def by_region(tables: Tables, keys: Sequence[str], date: str) -> pd.DataFrame:
    """Count parties by region.

    Returns
    -------
    pandas.DataFrame
        region, treaty, treaty_name, states, parties, share_pct (of the region's states that existed), regions in
        alphabetical order.
    """
    frame = standing(tables, keys, states_on(date), date, only_where_complete=True)
    frame["region"] = [countries.get(code).region for code in frame["iso3"]]
    frame["party"] = frame["status"] == "party"
    grouped = frame.groupby(["region", "treaty", "treaty_name"], sort=False)["party"].agg(["size", "sum"]).reset_index()
    done = grouped.rename(columns={"size": "states", "sum": "parties"}).astype({"states": "Int64", "parties": "Int64"})
    done["share_pct"] = done["parties"] / done["states"] * 100
    order = {key: n for n, key in enumerate(keys)}
    done = done.sort_values(["region", "treaty"], key=lambda s: s.map(order) if s.name == "treaty" else s)
    return done.reset_index(drop=True)


@measure
def left(tables: Tables, date: str) -> pd.DataFrame:
    """List the withdrawals that took effect up to a day, the latest first.

    Returns
    -------
    pandas.DataFrame
        treaty, treaty_name, iso3, name, withdrawal_effective; empty when there is none.
    """
    frame = participation(tables)
    gone = frame[(frame["withdrawal_effective"] <= checked_day(date)).fillna(False)]
    gone = gone.sort_values("withdrawal_effective", ascending=False, ignore_index=True)
    return gone.assign(
        treaty_name=[short_name(key) for key in gone["treaty"]], name=[countries.label(code) for code in gone["iso3"]]
    )[["treaty", "treaty_name", "iso3", "name", "withdrawal_effective"]]
