"""Checks on attacks on protected people."""

from __future__ import annotations

import pandas as pd

from r2p_analysis.claims.outcome import CANNOT, FAILS, HOLDS, Outcome
from r2p_analysis.claims.relations import Course, Figure
from r2p_analysis.errors import UsageError
from r2p_analysis.exhibits.headlines.council.days import day_text, on_day
from r2p_analysis.exhibits.words import exact, listed, sentence, way
from r2p_analysis.measures import protection
from r2p_analysis.store import Tables


def protection_course(tables: Tables, series: str, vintage: str = "") -> Course:
    """Give one of the long yearly series, as it is now or as a vintage had it; years not over are left out."""
    found = _series(series)
    values = protection.yearly(tables, series, vintage=vintage)
    what = sentence(found.what).rstrip(".")
    return Course(
        f"{what}, as known in {protection.vintage_name(vintage)}," if vintage else what,
        found.unit,
        {int(year): float(value) for year, value in zip(values["year"], values["value"], strict=True)},
        vintage=f"{found.producer}, {vintage or tables.provenance(found.table).version}",
    )


def protection_times_earlier(tables: Tables, series: str, year: int, first: int, last: int) -> Figure:
    """Say how many times the mean of earlier years the figure of a year is."""
    found = _series(series)
    values = protection.yearly(tables, series).set_index("year")["value"]
    earlier = values.reindex(range(first, last + 1))
    what = f"{sentence(found.what).rstrip('.')} in {year} against their mean of {first} to {last}"
    release = f"{found.producer}, {tables.provenance(found.table).version}"
    if earlier.isna().any() or year not in values.index or not float(earlier.mean()):
        return Figure(what, None, "times as many", vintage=release, missing=f"{what}: not every year has a figure")
    mean = float(earlier.mean())
    what += f" ({exact(values[year])} against {mean:.1f})"
    return Figure(what, float(values[year]) / mean, "times as many", vintage=release)


def protection_events(tables: Tables, theme: str) -> Course:
    """Give the events that Insecurity Insight recorded of a theme by year."""
    events = protection.events_by_year(tables, None, (theme,))
    if events.empty:
        raise UsageError(f'no theme "{theme}" of recorded events; have {", ".join(protection.THEMES)}')
    what = f"Events recorded under the heading {protection.THEMES[theme].lower()} (Insecurity Insight)"
    points = {int(year): float(count) for year, count in zip(events["year"], events["events"], strict=True)}
    return Course(what, "events", points)


def protection_stated(tables: Tables, id: str) -> Figure:
    """Give a dated figure of others."""
    row = _stated(tables, id)
    what = f"{row['publisher']}, {day_text(row['stated'])}: {row['counts']}"
    return Figure(
        what,
        float(row["value"]),
        str(row["unit"]),
        None if pd.isna(row["low"]) else float(row["low"]),
        None if pd.isna(row["high"]) else float(row["high"]),
        vintage=f"{row['publisher']}, stated {on_day(row['stated'])}",
    )


def protection_besieged_rose(tables: Tables, until: str) -> Outcome:
    """Judge whether every publisher's figures of people besieged in Syria rose up to a month.

    It cannot be decided when publishers disagree, or none has two figures.
    """
    rows = protection.besieged(tables, until)
    moves = {}
    for publisher, own in rows.groupby("publisher"):
        first, last = own.iloc[0], own.iloc[-1]
        if first["as_of"] < last["as_of"]:
            moves[str(publisher)] = (way(float(first["value"]), float(last["value"])), first, last)
    if not moves:
        return Outcome(CANNOT, f"No publisher has two figures up to {until}.")
    evidence = [
        f"{publisher}: {exact(first['value'])} in {first['month']}, {exact(last['value'])} in {last['month']}"
        for publisher, (_, first, last) in moves.items()
    ]
    up = [word == "rose" for word, _, _ in moves.values()]
    word = HOLDS if all(up) else (CANNOT if any(up) else FAILS)
    told = "; ".join(evidence) + ("; they disagree" if word == CANNOT else "")
    return Outcome(word, sentence(told), vintage=f"{listed(list(moves))}, figures up to {until}")


def _series(name: str) -> protection.Series:
    if name not in protection.SERIES:
        raise UsageError(f'no series "{name}" of attacks; have {", ".join(protection.SERIES)}')
    return protection.SERIES[name]


def _stated(tables: Tables, id: str) -> pd.Series:
    table = tables["statements"]
    found = table[table["id"] == id]
    if found.empty:
        raise UsageError(f'no statement "{id}"; add it to data/statements')
    return found.iloc[0]
