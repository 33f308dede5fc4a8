"""Headlines of commitments, of the Assembly's decisions and of the reports."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from r2p_analysis.exhibits.headlines.council.days import day_text, ordinal
from r2p_analysis.exhibits.headlines.finding import Finding, name
from r2p_analysis.exhibits.words import listed, numeral, percent, plural
from r2p_analysis.measures.council.vetoes import PERMANENT
from r2p_analysis.sources.commitments import ATTENDED

_DOING = {
    "code_of_conduct": "supported the ACT Code of Conduct",
    "veto_declaration": "supported the French-Mexican declaration on the veto",
    "kigali_principles": "had endorsed the Kigali Principles",
    "focal_points": "had appointed R2P Focal Points",
    "group_of_friends": "were in the Group of Friends of R2P",
}
"""What a state does that supports each."""


def counts(latest: pd.DataFrame, day: str) -> Finding:
    """Say how many states supported each commitment; `latest` is latest_counts by the day."""
    known = latest.dropna(subset=["states"]).sort_values("states", ascending=False, kind="stable")
    parts = [f"{_count(row)} {_DOING[str(row.commitment)]}" for row in known.itertuples()]
    first = next(known.itertuples())
    parts[0] = f"{_count(first)} states {_DOING[str(first.commitment)]}"
    head = f"At the last count known by {day_text(day)}, {listed(parts)}"
    return Finding(head, f"the highest line ends at {first.states}, the {first.label}", f"{first.states} states")


def names_known(latest: pd.DataFrame) -> str:
    """Say of how many of the supporters the names are known; `latest` is latest_counts."""
    parts = [
        f"{row.named} of {row.states} for the {row.label}" for row in latest.dropna(subset=["states"]).itertuples()
    ]
    return f"Counts are firmer than names. The lists at hand name {listed(parts)}."


def checklist(frame: pd.DataFrame, focus: Sequence[str], day: str) -> Finding:
    """Say who of the permanent members and of the countries in focus is named in a list; `frame` is checklist."""
    member = set(frame.loc[~frame["standing"].isin(["", ATTENDED]), "iso3"])
    five = [code for code in PERMANENT if code in member]
    others = [code for code in dict.fromkeys(focus) if code not in PERMANENT]
    mine = [code for code in others if code in member]
    head = f"By {day_text(day)}, {_named(five, len(PERMANENT), 'permanent members', ' in a list of supporters')}"
    if others:
        which = "country in focus" if len(others) == 1 else "countries in focus"
        head += f"; {_named(mine, len(others), which)}"
    marks = int((~frame["standing"].isin(["", ATTENDED])).sum())
    return Finding(head, f"{plural(marks, 'cell')} {'names' if marks == 1 else 'name'} a supporter, member or sponsor")


def decisions(frame: pd.DataFrame, day: str) -> Finding:
    """Say what the Assembly had adopted by a day and how; `frame` is decisions up to the day."""
    resolutions = frame[frame["kind"] == "resolution"]
    silent, voted = (resolutions[resolutions["how"] == how] for how in ("without a vote", "recorded vote"))
    adopted = plural(len(resolutions), "resolution")
    head = f"By {day_text(day)} the General Assembly had adopted {adopted} on the principle, "
    if voted.empty:
        head += {1: "without a vote", 2: "both without a vote"}.get(len(silent), "all without a vote")
    else:
        years = listed([str(symbol) for symbol in voted["symbol"]])
        head += f"{numeral(len(silent))} without a vote and {numeral(len(voted))} by a recorded vote, {years}"
    items = int((frame["kind"] == "agenda item").sum())
    if items:
        head += f"; it voted {'once' if items == 1 else f'{numeral(items)} times'} to have it on its agenda"
    last = frame.iloc[-1]
    return Finding(head, f"the last row is {last['symbol']}, {day_text(str(last['date']))}")


def recorded_votes(frame: pd.DataFrame, day: str) -> Finding:
    """Say how the Assembly voted by a day and later; `frame` is decisions of all time."""
    votes = frame[frame["how"] == "recorded vote"]
    then, later = votes[votes["day"] <= day], votes[votes["day"] > day]
    if then.empty:
        head = f"No recorded vote is known by {day_text(day)}; {_votes(later, 'later one', 'later ones')}"
    else:
        head = _votes(then, f"recorded vote known by {day_text(day)}", f"recorded votes known by {day_text(day)}")
        head += f"; {_votes(later, 'later one', 'later ones')}" if len(later) else ""
    last = votes.iloc[-1]
    shows = f"the last bar has {last['in_favour']} votes in favour and {last['against']} against"
    known = then if len(then) else later
    return Finding(head, shows, f"{known['in_favour'].iloc[-1]} of {known['members'].iloc[-1]}")


def _votes(votes: pd.DataFrame, one: str, many: str) -> str:
    """Say what share of votes and abstentions was in favour, and how many members that was at the last vote."""
    shares, last = votes["in_favour_of_votes_pct"].astype(float) / 100, votes.iloc[-1]
    low, high = percent(shares.min()), percent(shares.max())
    span = low if low == high else f"{low} to {high}"
    who = f"{last['in_favour']} of {last['members']} members"
    if len(votes) == 1:
        return f"at the {one}, on {last['symbol']}, {span} of those voting or abstaining were in favour, {who}"
    return (
        f"at the {numeral(len(votes))} {many}, {span} of those voting or abstaining were in favour, {who} at the last, "
        f"on {last['symbol']}"
    )


def reports(frame: pd.DataFrame, edition: int) -> Finding:
    """Say which report of the series the edition's is; `frame` is reports up to the edition's year."""
    total, last = len(frame), frame.iloc[-1]
    by = frame.groupby("secretary_general", sort=False).size()
    first = int(frame["year"].iloc[0])
    counted = listed([f"{numeral(int(n))} {'is' if n == 1 else 'are'} by {who}" for who, n in by.items()])
    whose = f"all are by {by.index[0]}" if len(by) == 1 else counted
    shows = f"the last row is the report of {last['year']}"
    if int(last["year"]) != edition:
        listed_are = f"{plural(total, 'report')} from {first} to {last['year']}"
        head = f"No report of {edition} is in the list; of {listed_are}, {whose}"
        return Finding(head, shows, f"{total} reports")
    what = str(last["symbol"]) if pd.notna(last["symbol"]) else f"The report of {edition}"
    head = f"{what} is the {ordinal(total)} report in the series"
    if total > 1:
        head += f" that began in {first}; {whose}"
    return Finding(head, shows, f"{ordinal(total)} report")


def _count(row: object) -> str:
    return f"{'more than ' if row.more_than else ''}{row.states}"  # type: ignore[attr-defined]  # a row of itertuples


def _named(codes: Sequence[str], total: int, whom: str, where: str = "") -> str:
    if total == 1:
        return f"the one {whom} {'is named' if codes else 'is not named'}{where}"
    if not codes:
        return f"none of the {numeral(total)} {whom} is named{where}"
    are, who = ("is" if len(codes) == 1 else "are"), listed([name(code) for code in codes])
    return f"{numeral(len(codes))} of the {numeral(total)} {whom} {are} named{where} ({who})"
