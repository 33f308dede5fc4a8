"""How many states are parties to a treaty: on a day, by year, then and now; and what states did in a year."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from r2p_analysis.measures.law.participation import (
    UNLISTED,
    checked_day,
    end_of,
    lists,
    participation,
    standing_on,
)
from r2p_analysis.measures.law.treaties import SHORT, short_name, treaties
from r2p_analysis.store import Tables, measure

ACTIONS = {
    "signed": "Signed",
    "ratified": "Ratified, accepted or approved",
    "acceded": "Acceded",
    "succeeded": "Succeeded",
    "joined": "Joined, way not told",
    "withdrew": "Withdrew",
}
"""What a state does with a treaty, and how readers see it."""
_WAYS = {
    "ratification": "ratified",
    "ratification or similar": "ratified",
    "acceptance": "ratified",
    "approval": "ratified",
    "accession": "acceded",
    "succession": "succeeded",
}


@dataclass(frozen=True)
class PartyCount:
    """How many states were parties to a treaty on a day.

    Attributes
    ----------
    treaty, date : str
        Key of the treaty and ISO day.
    number : int
        States that were parties. Consents of which only the year is known count from its last day.
    high : int
        The number if all consents of that year had been given by the day.
    complete_until : int
        The list is complete to the end of this year; a number after it is too low.
    """

    treaty: str
    date: str
    number: int
    high: int
    complete_until: int

    @property
    def complete(self) -> bool:
        """Whether the list reaches the day."""
        return self.date <= end_of(self.complete_until)


def parties_on(tables: Tables, treaty: str, date: str) -> PartyCount:
    """Count the states that were parties to a treaty on a day, whether or not it was in force for them.

    Parameters
    ----------
    tables : Tables
        Needs treaties and treaty_participation.
    treaty : str
        Key, such as ``ROME``.
    date : str
        ISO day.

    Returns
    -------
    PartyCount

    Raises
    ------
    MeasureError
        When the treaty is unknown or the day is none.
    """
    short_name(treaty)
    listed = lists(tables)
    rows = listed.rows[listed.rows["treaty"] == treaty]
    day = checked_day(date)
    number = int((standing_on(rows, day) == "party").sum())
    maybe = (rows["consent_from"] <= day).fillna(False) & (rows["consent_by"] > day).fillna(False)
    return PartyCount(treaty, day, number, number + int(maybe.sum()), listed.complete_until[treaty])


@measure
def parties_by_year(tables: Tables, keys: Sequence[str], first: int, last: int) -> pd.DataFrame:
    """Follow the number of parties at the end of each year.

    Parameters
    ----------
    tables : Tables
        Needs treaties and treaty_participation.
    keys : sequence of str
        Treaties.
    first, last : int
        Years, inclusive; every year has a row for every treaty.

    Returns
    -------
    pandas.DataFrame
        treaty, name, year, parties. Null before the treaty was adopted and after the last year to which the list is
        complete: those counts would be too low.
    """
    listed = lists(tables)
    adopted = tables["treaties"].set_index("treaty")["adopted"].str[:4].astype(int)
    span = range(first, last + 1)
    courses = []
    for key in keys:
        mine = listed.rows[listed.rows["treaty"] == key]
        joined, left = (
            sorted(int(day[:4]) for day in mine[n].dropna()) for n in ("consent_by", "withdrawal_effective")
        )
        parties = [bisect_right(joined, year) - bisect_right(left, year) for year in span]
        course = pd.DataFrame({"treaty": key, "name": short_name(key), "year": list(span), "parties": parties})
        known = course["year"].between(int(adopted[key]), listed.complete_until[key])
        courses.append(course.assign(parties=course["parties"].astype("Int64").where(known)))
    return pd.concat(courses, ignore_index=True)


@measure
def then_and_now(tables: Tables, year: int, back: int = 10) -> pd.DataFrame:
    """Compare parties at the end of a year with those `back` years before and with those last known.

    Returns
    -------
    pandas.DataFrame
        treaty, name, adopted (year), before, at_end, last_known (parties; null where the treaty was not adopted or the
        list ends earlier), complete_until (the year of last_known), in the order of `SHORT`.
    """
    frame = treaties(tables)
    ends = frame.set_index("treaty")["complete_until"]
    counts = parties_by_year(tables, list(SHORT), min(year - back, 1948), max(int(ends.max()), year))
    by = counts.set_index(["treaty", "year"])["parties"]
    return pd.DataFrame(
        {
            "treaty": frame["treaty"],
            "name": frame["name"],
            "adopted": frame["adopted"].str[:4].astype("Int64"),
            "before": [by[key, year - back] for key in frame["treaty"]],
            "at_end": [by[key, year] for key in frame["treaty"]],
            "last_known": [by[key, int(ends[key])] for key in frame["treaty"]],
            "complete_until": frame["complete_until"],
        }
    ).astype({"before": "Int64", "at_end": "Int64", "last_known": "Int64"})


def covered(tables: Tables, year: int) -> tuple[int, list[str]]:
    """Find the last year, up to `year`, to which at least half of the treaties are complete, and name these.

    Actions of all treaties together can be counted for the same treaties only: a list that ends would look like states
    that no longer act.
    """
    frame = treaties(tables).set_index("treaty")["complete_until"]
    enough = sorted(frame)[len(frame) // 2]
    last = min(year, int(enough))
    return last, [str(key) for key in frame.index[frame >= last]]


def signatures_listed_to(tables: Tables, keys: Sequence[str]) -> int:
    """Give the last year whose signatures are listed in full for all of some treaties, those `UNLISTED` aside."""
    kept = [key for key in keys if key not in UNLISTED]
    days = treaties(tables).set_index("treaty").loc[kept, "signatures_until"].dropna()
    return min((int(day[:4]) - 1 for day in days), default=9999)


@measure
def actions_by_year(tables: Tables, keys: Sequence[str], first: int, last: int) -> pd.DataFrame:
    """Count what states did with treaties in each year.

    Parameters
    ----------
    tables : Tables
        Needs treaties and treaty_participation.
    keys : sequence of str
        Treaties, each complete to `last`.
    first, last : int
        Years, inclusive; every year has a row for every kind of action that occurs at all.

    Returns
    -------
    pandas.DataFrame
        year, action (key of `ACTIONS`), kind (as readers see it), number. Signatures are null in years in which they
        are not listed in full for every treaty.
    """
    frame = participation(tables)
    frame = frame[frame["treaty"].isin(list(keys))]
    ways = frame["consent_type"].map(_WAYS).fillna("joined")
    dated = pd.concat(
        [
            pd.DataFrame({"year": frame["signature_date"].str[:4], "action": "signed"}),
            pd.DataFrame({"year": frame["consent_date"].str[:4], "action": ways}),
            pd.DataFrame({"year": frame["withdrawal_effective"].str[:4], "action": "withdrew"}),
        ]
    ).dropna(subset=["year"])
    dated["year"] = dated["year"].astype(int)
    counts = dated.groupby(["year", "action"]).size()
    occurring = [action for action in ACTIONS if action in set(dated.loc[dated["year"].between(first, last), "action"])]
    grid = pd.MultiIndex.from_product([range(first, last + 1), occurring], names=["year", "action"])
    done = counts.reindex(grid, fill_value=0).rename("number").reset_index().astype({"number": "Int64"})
    unlisted = (done["action"] == "signed") & (done["year"] > signatures_listed_to(tables, keys))
    done["number"] = done["number"].mask(unlisted)
    return done.assign(kind=done["action"].map(ACTIONS))[["year", "action", "kind", "number"]]
