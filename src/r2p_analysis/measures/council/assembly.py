"""What the General Assembly decided on the responsibility to protect, and the series of reports before it."""

from __future__ import annotations

import pandas as pd

from r2p_analysis import countries
from r2p_analysis.measures.council.dates import last_day
from r2p_analysis.store import Tables, measure


def members_in(year: int) -> int:
    """Count the members of the United Nations at the end of a year.

    Examples
    --------
    >>> members_in(2011), members_in(2021)
    (193, 193)
    """
    return sum(1 for c in countries.all_countries(("member",)) if c.member_since and c.member_since <= year)


@measure
def decisions(tables: Tables, until: str = "9999-12-31") -> pd.DataFrame:
    """List the Assembly's decisions up to a day.

    Parameters
    ----------
    tables : Tables
        Needs ga_votes.
    until : str
        Last day, YYYY-MM-DD.

    Returns
    -------
    pandas.DataFrame
        Columns of ga_votes, and day, members (of the United Nations that year), not_voting, in_favour_of_members_pct,
        in_favour_of_votes_pct (of votes for, against and abstentions). Null where there was no recorded vote.
    """
    frame = tables["ga_votes"]
    frame = frame.assign(day=frame["date"].map(last_day))
    frame = frame[frame["day"] <= until].sort_values("day", ignore_index=True)
    members = pd.Series([members_in(int(day[:4])) for day in frame["day"]], index=frame.index, dtype="Int64")
    voting = frame["in_favour"] + frame["against"] + frame["abstaining"]
    return frame.assign(
        members=members,
        not_voting=members - voting,
        in_favour_of_members_pct=(frame["in_favour"] / members * 100).astype("Float64"),
        in_favour_of_votes_pct=(frame["in_favour"] / voting * 100).astype("Float64"),
    )


@measure
def recorded_votes(tables: Tables) -> pd.DataFrame:
    """List the recorded votes, all of them, with one row for each way to vote.

    Returns
    -------
    pandas.DataFrame
        id, date, day, symbol, result (such as "115 to 15"), how_voted ("In favour", "Abstaining", "Against", "Not
        voting"), votes.
    """
    frame = decisions(tables)
    frame = frame[frame["how"] == "recorded vote"]
    frame = frame.assign(result=frame["in_favour"].astype(str) + " to " + frame["against"].astype(str))
    ways = {"in_favour": "In favour", "abstaining": "Abstaining", "against": "Against", "not_voting": "Not voting"}
    long = frame.melt(
        ["id", "date", "day", "symbol", "result"], value_vars=list(ways), var_name="how_voted", value_name="votes"
    )
    long["how_voted"] = long["how_voted"].map(ways)
    return long.sort_values("day", kind="stable", ignore_index=True)


@measure
def reports(tables: Tables, last: int) -> pd.DataFrame:
    """List the Secretary-General's reports up to a year, numbered in their order.

    Parameters
    ----------
    tables : Tables
        Needs sg_reports.
    last : int
        Last year.

    Returns
    -------
    pandas.DataFrame
        ordinal, and the columns of sg_reports.
    """
    frame = tables["sg_reports"]
    frame = frame[frame["year"] <= last].sort_values("year", ignore_index=True)
    return frame.assign(ordinal=pd.Series(range(1, len(frame) + 1), dtype="Int64"))
