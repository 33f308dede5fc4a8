"""How states stand towards treaties: who is a party, who signed only, who left, who is missing."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from r2p_analysis import countries
from r2p_analysis.measures.law.participation import (
    STATUSES,
    checked_day,
    participation,
    participation_with_completeness,
    standing_on,
)
from r2p_analysis.measures.law.treaties import short_name
from r2p_analysis.store import Tables, measure

LISTED_BESIDE_STATES = ("COK", "NIU")
"""Not members of the United Nations, and parties to treaties in their own name."""


@measure
def standing(tables: Tables, keys: Sequence[str], places: Sequence[str], date: str) -> pd.DataFrame:
    """Say how places stood towards treaties on a day.

    Parameters
    ----------
    tables : Tables
        Needs treaties and treaty_participation.
    keys, places : sequence of str
        Treaties and ISO3 codes; every pair has a row.
    date : str
        ISO day.

    Returns
    -------
    pandas.DataFrame
        treaty, treaty_name, iso3, name, status ("party", "signatory", "withdrawn", "outside"), kind (the same for readers),
        since (ISO day or year of the status: of the deposit, the signature or the withdrawal; null where there is none),
        signature_date, consent_date, consent_type, complete_until. A status other than "party" is as known until then.
    """
    day = checked_day(date)
    frame, complete = participation_with_completeness(tables)
    grid = pd.MultiIndex.from_product([list(keys), list(places)], names=["treaty", "iso3"])
    found = frame.assign(status=standing_on(frame, day)).set_index(["treaty", "iso3"]).reindex(grid).reset_index()
    found["status"] = found["status"].fillna("outside")
    # What came after the day is not told.
    found["signature_date"] = found["signature_date"].where(found["signature_date"] <= day)
    found["consent_date"] = found["consent_date"].where(found["consent_by"] <= day)
    since = found["consent_date"].where(found["status"] == "party")
    since = since.mask(found["status"] == "signatory", found["signature_date"])
    since = since.mask(found["status"] == "withdrawn", found["withdrawal_effective"])
    return found.assign(
        treaty_name=[short_name(key) for key in found["treaty"]],
        name=[countries.label(code) for code in found["iso3"]],
        kind=found["status"].map(STATUSES),
        since=since,
        complete_until=found["treaty"].map(complete).astype("Int64"),
    )[
        ["treaty", "treaty_name", "iso3", "name", "status", "kind", "since", "signature_date", "consent_date", "consent_type",
         "complete_until"]
    ]  # fmt: skip


def states_on(date: str) -> list[str]:
    """List the members and observers of the United Nations that existed in the year of a day."""
    year = int(checked_day(date)[:4])
    return [state.iso3 for state in countries.states() if state.existed_in(year)]


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
        ISO day.

    Returns
    -------
    pandas.DataFrame
        iso3, name, region, one column a treaty with the standing for readers, and lacks: to how many of the treaties the
        state is no party; those with most first, then by name. Only the 195 members and observers that existed.
    """
    frame = standing(tables, keys, states_on(date), date)
    wide = frame.pivot(index="iso3", columns="treaty", values="kind")[list(keys)]
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
        region, treaty, treaty_name, states, parties, share_pct (of the region's states that existed, members and
        observers), regions in alphabetical order.
    """
    frame = standing(tables, keys, states_on(date), date)
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
