"""Headlines of series too young for 2016, and of dated figures of others."""

from __future__ import annotations

import pandas as pd

from r2p_analysis.exhibits.headlines.finding import Finding, name
from r2p_analysis.exhibits.words import change_in_words, exact, listed, numeral, people, percent, plural
from r2p_analysis.measures.protection import WIDENED


def _widened(first: int, last: int) -> str:
    return f", partly because monitoring widened in {WIDENED}" if first < WIDENED <= last else ""


def _moved(rows: pd.DataFrame) -> tuple[int, int, int, int, str]:
    ordered = rows.sort_values("year")
    first, last = ordered.iloc[0], ordered.iloc[-1]
    verb = change_in_words(float(first["events"]), float(last["events"]))
    return int(first["year"]), int(last["year"]), int(first["events"]), int(last["events"]), verb


def health_care(frame: pd.DataFrame) -> Finding:
    """Say how recorded attacks on health care moved; `frame` is events_by_year of that theme."""
    first, last, before, after, verb = _moved(frame)
    reason = _widened(first, last) if after > before else ""
    head = f"Recorded attacks on health care {verb} from {exact(before)} in {first} to {exact(after)} in {last}{reason}"
    return Finding(head, f"the line ends at {exact(after)} in {last}", exact(after))


def themes(frame: pd.DataFrame) -> Finding:
    """Say in how many themes the recorded events rose; `frame` is events_by_year."""
    moves = [_moved(rows) for _, rows in frame.groupby("theme", sort=False)]
    kinds = list(dict.fromkeys(frame["kind"]))
    up = sum(after > before for _, _, before, after, _ in moves)
    first, last = min(move[0] for move in moves), max(move[1] for move in moves)
    reason = _widened(first, last) if up else ""
    most = max(range(len(moves)), key=lambda place: moves[place][3] / moves[place][2])
    start, end, before, after, verb = moves[most]
    head = (
        f"Recorded events rose in {_themes(up, len(moves))}{reason}; most of all those of "
        f'"{kinds[most]}", which {verb} from {exact(before)} in {start} to {exact(after)} in {end}'
    )
    if not up:
        head = f"Recorded events rose in none of {plural(len(moves), 'theme')} from {first} to {last}"
    ends = [f"{kind} at {exact(move[3])}" for kind, move in zip(kinds, moves, strict=True)]
    return Finding(head, f"the lines end with {listed(ends)}")


def _themes(count: int, total: int) -> str:
    return f"all {numeral(total)} themes" if count == total else f"{numeral(count)} of {numeral(total)} themes"


def later(frame: pd.DataFrame, year: int) -> Finding:
    """Say what series found after the year of an edition; `frame` is events_by_year of all years."""
    health = health_care(frame[frame["theme"] == "health_care"])
    told = health.headline.rstrip(".")
    head = f"What came after {year}: {told[:1].lower() + told[1:]}"
    return Finding(head, themes(frame).shows)


def events_where(frame: pd.DataFrame, year: int) -> Finding:
    """Say where most attacks on health care were recorded; `frame` is events_by_country."""
    total, first = int(frame["events"].sum()), frame[frame["iso3"] != "UNK"].iloc[0]
    share = percent(float(first["events"]) / total)
    where = name(first["iso3"])
    counts = f"{exact(first['events'])} of {exact(total)}"
    head = f"{share} of the attacks on health care recorded in {year} were in {where} ({counts})"
    return Finding(head, f"the longest bar is {where} with {exact(first['events'])}", share)


def stated(frame: pd.DataFrame) -> Finding:
    """Give what others had stated by then on attacks on health care and education; `frame` is the measure stated."""
    rows = frame[frame["place"] == "WLD"].sort_values("stated", kind="stable")
    # Of each subject the first figure of the latest statement: its main one.
    heads = []
    for _, group in rows.groupby("subject"):
        latest = group[group["stated"] == group["stated"].max()].sort_values("value", ascending=False)
        attacks = latest[latest["unit"] == "attacks"]
        row = (attacks if len(attacks) else latest).iloc[0]
        least = "at least " if pd.notna(row["low"]) else ""
        heads.append(f"{row['publisher']} counted {least}{exact(row['value'])} {str(row['counts']).split(';')[0]}")
    return Finding("; ".join(heads), f"{numeral(len(frame))} figures are listed with what each counts")


def besieged(frame: pd.DataFrame, known_by: str) -> Finding:
    """Compare the figures of people besieged in Syria by publisher; `frame` is the measure besieged.

    What was stated after the month `known_by` is told apart.
    """
    known = frame["stated"].str[:7] <= known_by
    heads, figures, later = [], [], []
    for publisher, rows in frame.groupby("publisher", sort=True):
        who = "the United Nations" if publisher == "OCHA" else str(publisher)
        early, late = rows[known.loc[rows.index]], rows[~known.loc[rows.index]]
        if len(early):
            told = [f"{people(row['value'])} in {row['month']}" for _, row in early.iloc[[0, -1]].iterrows()]
            heads.append(f"{who} counted {' and '.join(dict.fromkeys(told))}")
        if len(late):
            later.append(f"{people(late.iloc[-1]['value'])} in {late.iloc[-1]['month']} by {who}")
        figures.append(f"{who} at {exact(rows.iloc[-1]['value'])}")
    head = f"Of people besieged in Syria, {'; '.join(heads)}"
    if later:
        head += f". Stated later: {' and '.join(later)}"
    return Finding(head, f"the last dots are those of {listed(figures)}", people(frame.loc[known, "value"].max()))


def siege_lines(frame: pd.DataFrame, known_by: str) -> list[str]:
    """Name who stated each figure, and whether after the month `known_by`; `frame` is the measure besieged."""
    pairs = zip(frame["publisher"], frame["stated"], strict=True)
    return [f"{publisher}, stated later" if stated[:7] > known_by else str(publisher) for publisher, stated in pairs]
