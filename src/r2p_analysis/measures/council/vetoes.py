"""Vetoed drafts of the Security Council: by year, member, period and crisis."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from r2p_analysis import countries
from r2p_analysis.store import Tables, measure

FIRST_YEAR = 1946
PERMANENT = ("CHN", "FRA", "RUS", "GBR", "USA")
"""The permanent members of today."""
SEATS = {
    "SUN": "Soviet Union or Russia",
    "RUS": "Soviet Union or Russia",
    "USA": "United States",
    "GBR": "United Kingdom",
    "CHN": "China",
    "FRA": "France",
}
"""The seat of each member: Russia continued the Soviet Union's in December 1991."""
GROUPS = (
    "Soviet Union or Russia alone",
    "Russia with China",
    "United States alone",
    "United States with France or the United Kingdom",
    "China, France or the United Kingdom",
)
"""Who vetoed a draft: every draft is in one group."""


def group_of(vetoed_by: str) -> str:
    """Give the group of those who vetoed a draft.

    Examples
    --------
    >>> group_of("CHN+RUS"), group_of("FRA+GBR+USA"), group_of("GBR")
    ('Russia with China', 'United States with France or the United Kingdom', 'China, France or the United Kingdom')
    """
    members = set(vetoed_by.split("+"))
    if members & {"SUN", "RUS"}:
        return GROUPS[0] if len(members) == 1 else GROUPS[1]
    if "USA" in members:
        return GROUPS[2] if len(members) == 1 else GROUPS[3]
    return GROUPS[4]


def _names(codes: list[str]) -> str:
    named = [countries.label(code) for code in codes]
    return " and ".join(filter(None, [", ".join(named[:-1]), named[-1]]))


@measure
def drafts(tables: Tables, first: str, last: str) -> pd.DataFrame:
    """List the vetoed drafts of a time.

    Parameters
    ----------
    tables : Tables
        Needs sc_vetoes.
    first, last : str
        Days, inclusive, YYYY-MM-DD.

    Returns
    -------
    pandas.DataFrame
        Columns of sc_vetoes, and group (one of GROUPS), members (their names); in order of date.
    """
    frame = tables["sc_vetoes"]
    frame = frame[(frame["date"] >= first) & (frame["date"] <= last)].reset_index(drop=True)
    return frame.assign(
        group=[group_of(codes) for codes in frame["vetoed_by"]],
        members=[_names(codes.split("+")) for codes in frame["vetoed_by"]],
    )


@measure
def covered_until(tables: Tables) -> str:
    """Give the day of the last vetoed draft in the list: nothing later is known."""
    return str(tables["sc_vetoes"]["date"].max())


@measure
def by_year(tables: Tables, last: int, first: int = FIRST_YEAR) -> pd.DataFrame:
    """Count the drafts vetoed each year by who vetoed them.

    Parameters
    ----------
    tables : Tables
        Needs sc_vetoes.
    last, first : int
        Years, inclusive.

    Returns
    -------
    pandas.DataFrame
        year, group, drafts; every year and group has its row. A zero is a year in which nothing was vetoed. No row
        beyond the year in which the list ends.
    """
    end = min(last, int(covered_until(tables)[:4]))
    frame = drafts(tables, f"{first}-01-01", f"{end}-12-31")
    grid = pd.MultiIndex.from_product([range(first, end + 1), GROUPS], names=["year", "group"])
    counted = frame.groupby(["year", "group"]).size().reindex(grid, fill_value=0).astype("Int64")
    return counted.rename("drafts").reset_index()


def periods(year: int, length: int = 10) -> list[tuple[int, int]]:
    """Cut the years since 1946 into periods that end with a year; the first may be shorter.

    Examples
    --------
    >>> periods(2015)[0], periods(2015)[-1], periods(2009)[0]
    ((1946, 1955), (2006, 2015), (1946, 1949))
    """
    starts = range(year - length + 1, FIRST_YEAR - length, -length)
    return sorted((max(start, FIRST_YEAR), start + length - 1) for start in starts)


@measure
def by_seat(tables: Tables, year: int) -> pd.DataFrame:
    """Count the vetoes that each seat cast in each period of ten years up to a year.

    Returns
    -------
    pandas.DataFrame
        seat, period (such as "2006–2015"), vetoes. A draft that two members vetoed counts for both, so that vetoes are
        more than drafts.
    """
    cast = tables["sc_vetoes_cast"].merge(tables["sc_vetoes"][["veto", "year"]], on="veto")
    cast = cast.assign(seat=cast["member_iso3"].map(SEATS))
    rows = []
    for start, end in periods(year):
        inside = cast[cast["year"].between(start, end)]["seat"].value_counts()
        rows += [(seat, f"{start}–{end}", int(inside.get(seat, 0))) for seat in dict.fromkeys(SEATS.values())]
    frame = pd.DataFrame(rows, columns=["seat", "period", "vetoes"])
    order = frame.groupby("seat")["vetoes"].sum().sort_values(ascending=False, kind="stable").index
    rank = {seat: number for number, seat in enumerate(order)}
    return frame.sort_values("seat", key=lambda seats: seats.map(rank), kind="stable", ignore_index=True)


@measure
def by_crisis(tables: Tables, year: int, recent: int = 10) -> pd.DataFrame:
    """Count the vetoed drafts on each crisis, the latest years apart from those before.

    Parameters
    ----------
    tables : Tables
        Needs sc_vetoes.
    year : int
        Last year.
    recent : int
        So many years up to `year` are the latest.

    Returns
    -------
    pandas.DataFrame
        crisis, kind, recent, before, drafts (their sum); most drafts first.
    """
    frame = drafts(tables, f"{FIRST_YEAR}-01-01", f"{year}-12-31")
    late = frame["year"] > year - recent
    counted = frame.assign(recent=late.astype(int), before=(~late).astype(int))
    counted = counted.groupby(["crisis", "kind"], as_index=False)[["recent", "before"]].sum()
    counted["drafts"] = counted["recent"] + counted["before"]
    return counted.sort_values(["drafts", "recent", "crisis"], ascending=[False, False, True], ignore_index=True)


@measure
def on_crisis(tables: Tables, crisis: str, first: str = "1946-01-01", last: str = "9999-12-31") -> pd.DataFrame:
    """List the vetoed drafts on one crisis.

    Returns
    -------
    pandas.DataFrame
        As `drafts`, and number (the order in which they were vetoed).
    """
    frame = drafts(tables, first, last)
    frame = frame[frame["crisis"] == crisis].reset_index(drop=True)
    return frame.assign(number=pd.Series(range(1, len(frame) + 1), dtype="Int64"))


@measure
def cast_by(tables: Tables, members: Sequence[str], first: str, last: str) -> pd.DataFrame:
    """List the drafts of a time that at least one of some members vetoed.

    Returns
    -------
    pandas.DataFrame
        As `drafts`; a draft that several of them vetoed stands once.
    """
    mine = tables["sc_vetoes_cast"]
    numbers = set(mine.loc[mine["member_iso3"].isin(members), "veto"])
    frame = drafts(tables, first, last)
    return frame[frame["veto"].isin(numbers)].reset_index(drop=True)


@measure
def by_place(tables: Tables, year: int) -> pd.DataFrame:
    """Count the vetoed drafts on the situation in each country up to a year.

    Returns
    -------
    pandas.DataFrame
        iso3, drafts; most first. Admissions to the United Nations are left out. A draft on a dispute of two countries
        counts for both.
    """
    frame = drafts(tables, f"{FIRST_YEAR}-01-01", f"{year}-12-31")
    situations = set(frame.loc[frame["kind"] == "situation", "veto"])
    places = tables["sc_veto_places"]
    counted = places[places["veto"].isin(situations)].groupby("iso3").size().astype("Int64").rename("drafts")
    return counted.reset_index().sort_values(["drafts", "iso3"], ascending=[False, True], ignore_index=True)
