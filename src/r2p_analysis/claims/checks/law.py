"""Checks on treaties: how many states are parties, and since when a treaty is in force."""

from __future__ import annotations

from r2p_analysis.claims.outcome import FAILS, HOLDS, Outcome
from r2p_analysis.claims.relations import Course, Figure
from r2p_analysis.exhibits.words import day_in_words
from r2p_analysis.measures import law
from r2p_analysis.store import Tables


def treaty_parties_on(tables: Tables, treaty: str, date: str) -> Figure:
    """Count the states that were parties to a treaty on a day.

    A day after the last year to which the list is complete has no number: it would be too low.
    """
    found = law.parties_on(tables, treaty, date)
    what = f"States parties to {law.IN_TEXT[treaty]} on {day_in_words(date)}"
    if not found.complete:
        missing = f"{what}: the list is complete only to the end of {found.complete_until}"
        return Figure(what, None, "states", missing=missing)
    spread = found.high > found.number
    low, high = (found.number, found.high) if spread else (None, None)
    return Figure(what, found.number, "states", low, high)


def treaty_parties_course(tables: Tables, treaty: str) -> Course:
    """Follow the number of parties to a treaty at the end of each year, as far as the list is complete."""
    frame = law.parties_by_year(tables, [treaty], 1945, max(int(y) for y in law.treaties(tables)["complete_until"]))
    known = frame.dropna(subset=["parties"])
    points = {int(year): float(number) for year, number in zip(known["year"], known["parties"], strict=True)}
    return Course(f"States parties to {law.IN_TEXT[treaty]} at the end of the year", "states", points)


def treaty_in_force_on(tables: Tables, treaty: str, date: str) -> Outcome:
    """Judge whether a treaty was in force on a day."""
    rows = law.treaties(tables).set_index("treaty")
    since = str(rows.loc[treaty, "entry_into_force"])
    name = law.IN_TEXT[treaty]
    evidence = f"{name[0].upper()}{name[1:]} entered into force on {day_in_words(since)}."
    return Outcome(HOLDS if since <= date else FAILS, evidence)
