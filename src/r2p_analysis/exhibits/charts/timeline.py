"""Timelines: a row for each name, from a first event to a second one, over the years."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from r2p_analysis.errors import ExhibitError
from r2p_analysis.exhibits import theme
from r2p_analysis.exhibits.charts.axes import year_axis
from r2p_analysis.exhibits.charts.frame import check, texts
from r2p_analysis.exhibits.charts.key import Entry
from r2p_analysis.exhibits.charts.placing import Scale
from r2p_analysis.exhibits.charts.rows import name_rows
from r2p_analysis.exhibits.charts.sheet import Row, Sheet, fixed, px
from r2p_analysis.exhibits.graphic import Graphic, Spec, both


@dataclass(frozen=True)
class Event:
    """One kind of event: the column of its year, what readers call it, its colour and its sign."""

    column: str
    title: str
    colour: str
    shape: str


def timeline(
    frame: pd.DataFrame, *, label: str, events: list[Event], first: int, last: int, empty: str, unit: str = ""
) -> Graphic:
    """Draw when things happened: a row a name, a sign an event, a line from the first event of a row to the next.

    Parameters
    ----------
    frame
        One row a name.
    label
        Column of names.
    events
        Kinds of events in the order in which they follow each other; a missing year has no sign.
    first, last
        The years of the axis; an event outside them is an error.
    empty
        What to write in a row without events.
    unit
        What stands above the rows.

    Returns
    -------
    Graphic
        A "Timeline".
    """
    chart = "timeline"
    check(chart, frame, label, *[event.column for event in events])
    rows: dict[str, list[Row]] = {}
    for name, years in zip(
        texts(frame, label), frame[[event.column for event in events]].itertuples(index=False, name=None), strict=True
    ):
        if name in rows:
            raise ExhibitError(f'{chart}: "{name}" has more than one row')
        rows[name] = [
            {"year": int(year), "colour": e.colour, "shape": e.shape, "label": f"{name}: {e.title}, {int(year)}"}
            for year, e in zip(years, events, strict=True)
            if pd.notna(year)
        ]
        outside = [event["year"] for event in rows[name] if not first <= event["year"] <= last]
        if outside:
            raise ExhibitError(f"{chart}: {name} has an event in {outside[0]}, outside {first} to {last}")
    occurring = {event["shape"] for row in rows.values() for event in row}
    entries = [Entry(event.title, event.colour, event.shape) for event in events if event.shape in occurring]
    if not any(rows.values()):
        raise ExhibitError(f"{chart}: no row has an event; show a gap with its reason instead")
    return both("Timeline", lambda layout: _draw(layout, rows, entries, (first, last), empty, unit))


def _draw(
    layout: str, rows: dict[str, list[Row]], entries: list[Entry], span: tuple[int, int], empty: str, unit: str
) -> Spec:
    first, last = span
    sheet, at = name_rows(layout, list(rows), set(), entries, unit, right=44)
    sheet.bottom = 26
    scale = Scale(first, last if last > first else first + 1, 10, sheet.width - 10)
    sheet.rule([{"x": 0, "x2": sheet.width, "y": y, "y2": y} for y in at.values()])
    year_axis(sheet, {year: scale(year) for year in range(first, last + 1)}, sheet.height)
    _draw_events(sheet, {at[name]: events for name, events in rows.items() if events}, scale)
    silent = [{"x": 10, "y": at[name], "text": empty} for name, events in rows.items() if not events]
    sheet.rule(
        [{"x": 6, "x2": 14 + theme.width_of(empty, theme.SMALL_SIZE), "y": s["y"], "y2": s["y"]} for s in silent],
        color=theme.PAPER,
        strokeWidth=14,
    )
    sheet.write(silent, color=theme.MUTED, fontSize=theme.SMALL_SIZE)
    return sheet.spec()


def _draw_events(sheet: Sheet, rows: dict[float, list[Row]], scale: Scale) -> None:
    """Draw lines from the first event of a row to its last, the signs on them, and the year of the last at the right.

    All lines are one layer, and so are all signs and all years: what a layer costs to draw outweighs its rows.
    """
    placed = {y: [{**event, "x": scale(event["year"]), "y": y} for event in events] for y, events in rows.items()}
    lines = [(events[0]["x"], events[-1]["x"], y) for y, events in placed.items() if len(events) > 1]
    sheet.rule([{"x": x, "x2": x2, "y": y, "y2": y} for x, x2, y in lines], color=theme.AXIS, strokeWidth=2.5)
    sheet.draw(
        "point",
        [{k: v for k, v in event.items() if k != "year"} for events in placed.values() for event in events],
        {"x": px("x"), "y": px("y"), "fill": fixed("colour"), "shape": fixed("shape")},
        size=100,
        opacity=1,
        stroke=theme.PAPER,
        strokeWidth=1,
    )
    edge = sheet.width + math.ceil(sheet.right)
    sheet.write(
        [{"x": edge, "y": y, "text": str(events[-1]["year"])} for y, events in placed.items()],
        align="right",
        fontSize=theme.SMALL_SIZE,
    )
