"""Headlines of what others counted, and of what UCDP printed."""

from __future__ import annotations

import calendar

import pandas as pd

from r2p_analysis.exhibits.headlines.finding import Finding, row_of
from r2p_analysis.exhibits.headlines.violence.wording import between, span
from r2p_analysis.exhibits.words import exact, people, percent, plural
from r2p_analysis.measures.violence import unit_in_text

_SAME = 0.05


def cumulative_counts(course: pd.DataFrame, counts: pd.DataFrame, place: str, year: int, known_by: str) -> Finding:
    """Set UCDP's deaths since the beginning beside dated counts of others; `course` is cumulative_course."""
    rows = course[course["year"] == year].set_index("what")
    everything, state = row_of(rows, "All organised violence"), row_of(rows, "State-based conflict alone")
    first = int(course["year"].min())
    head = (
        f"UCDP now records {people(everything['deaths_best'])} deaths in {unit_in_text(place)} {span(first, year)}"
        f"{between(everything['deaths_low'], everything['deaths_high'])}, {people(state['deaths_best'])} of them "
        "in state-based conflict"
    )
    if len(counts):
        low, high = float(counts["value"].min()), float(counts["value"].max())
        spread = f"from {people(low)} to {people(high)}" if low < high else people(low)
        verb = "says" if len(counts) == 1 else "run"
        apart = "" if len(counts) == 1 else ", of different things and to different dates,"
        head += f"; {plural(len(counts), 'count')} stated by {_month(known_by)}{apart} {verb} {spread}"
    shows = (
        f"the line of all violence ends at {exact(everything['deaths_best'])} and that of state-based conflict at "
        f"{exact(state['deaths_best'])} in {year}"
    )
    return Finding(head, shows, people(everything["deaths_best"]))


def later_counts(counts: pd.DataFrame, ucdp: pd.Series, place: str, known_by: str) -> Finding:
    """Set counts stated after the edition beside UCDP's; `ucdp` is the last row of a cumulative_course."""
    low, high = float(counts["value"].min()), float(counts["value"].max())
    spread = f"run from {people(low)} to {people(high)}" if low < high else f"say {people(low)}"
    head = (
        f"Counts of deaths in {unit_in_text(place)} stated after {_month(known_by)} {spread}; UCDP now records "
        f"{people(ucdp['deaths_best'])} up to the end of {int(ucdp['year'])}"
        f"{between(ucdp['deaths_low'], ucdp['deaths_high'])}"
    )
    highest = counts.loc[[counts["value"].idxmax()]].iloc[0]
    return Finding(head, f"the highest is {exact(high)}, of {highest['publisher']}")


def printed_then(frame: pd.DataFrame) -> Finding:
    """Compare deaths as UCDP printed them with its current release; `frame` is printed_and_now, deaths only."""
    known = frame.dropna(subset=["current"])
    latest = known.sort_values(["year", "stated"]).iloc[-1]
    printed, current = float(latest["printed"]), float(latest["current"])
    share = current / printed - 1
    range_text = between(latest["current_low"], latest["current_high"]) if pd.notna(latest["current_low"]) else ""
    head = (
        f"For {int(latest['year'])} UCDP printed {people(printed)} deaths in {str(latest['stated'])[:4]}; its current "
        f"release has {people(current)}"
    )
    head += f"{range_text}, {percent(abs(share))} {'more' if share > 0 else 'fewer'}"
    up = int((known["current"] > known["printed"] * (1 + _SAME)).sum())
    down = int((known["current"] < known["printed"] * (1 - _SAME)).sum())
    moved = f"{_moved(up, 'raised')} and {_moved(down, 'lowered')} by more than 5%"
    if len(known) > 1 and up == len(known):
        head += f". All {plural(len(known), 'printed figure')} were raised by more than 5%"
    elif len(known) > 1:
        head += f". Of {plural(len(known), 'printed figure')}, {moved}"
    return Finding(head, f"the last pair is {exact(printed)} printed and {exact(current)} now", percent(abs(share)))


def _moved(count: int, verb: str) -> str:
    if count == 0:
        return f"none was {verb}"
    return f"{plural(count, 'was', 'were')} {verb}"


def _month(text: str) -> str:
    year, month = text.split("-")
    return f"{calendar.month_name[int(month)]} {year}"


def syria_first_and_now(frame: pd.DataFrame) -> str:
    """Say how far UCDP's first counts for Syria lay from its current ones; `frame` is syria_first_and_now."""
    whole = frame[frame["whole"]]
    first, now = float(whole["first"].sum()), float(whole["now"].sum())
    years = f"{int(whole['year'].min())} to {int(whole['year'].max())}"
    head = f"UCDP's first file for Syria, made in 2019, had {people(first)} deaths for {years}"
    if round(now) == round(first):
        return f"{head}; the current release has as many."
    moved = f"{percent(abs(now - first) / first)} {'more' if now > first else 'fewer'}"
    return f"{head}; the current release has {people(now)}, {moved}."
