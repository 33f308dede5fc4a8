"""Events on lanes: a mark for each, where its date lies."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from r2p_analysis.errors import ExhibitError
from r2p_analysis.exhibits import theme
from r2p_analysis.exhibits.charts.axes import year_axis
from r2p_analysis.exhibits.charts.days import decimal_year, decimal_years
from r2p_analysis.exhibits.charts.frame import check, names, palette, texts
from r2p_analysis.exhibits.charts.key import Entry
from r2p_analysis.exhibits.charts.placing import Scale
from r2p_analysis.exhibits.charts.rows import name_rows
from r2p_analysis.exhibits.charts.sheet import Row, Sheet, fixed, px
from r2p_analysis.exhibits.graphic import Graphic, Spec, both

_SHAPES = ("circle", "diamond", "square", "triangle-up", "cross")
_APART = 11.0
"""Marks of one lane nearer than this are set above and below each other."""
_LIFTS = (0.0, -6.0, 6.0, -11.0, 11.0)
_SIZES = {"wide": 95, "narrow": 60}


def events(
    frame: pd.DataFrame,
    *,
    date: str,
    lane: str,
    kind: str,
    label: str,
    order: Sequence[str] | None = None,
    colours: dict[str, str] | None = None,
    unit: str,
    mark: str | None = None,
    mark_text: str = "",
    years: tuple[int, int] | None = None,
) -> Graphic:
    """Draw dated events, each a mark on the lane that it belongs to.

    Parameters
    ----------
    frame
        One row an event, lanes in their order.
    date, lane, kind, label
        Columns of ISO dates (YYYY-MM-DD), lane names, kinds of event, and what a mark says when pointed at.
    order, colours
        Kinds in their order, at most five, and their colours. Their shapes differ too.
    unit
        What a mark stands for.
    mark, mark_text
        A date to mark by an upright line, and what to write at it.
    years
        First and last year of the axis; those of the events unless told.

    Returns
    -------
    Graphic
        A "Timeline".
    """
    chart = "events"
    check(chart, frame, date, lane, kind, label)
    kinds = names(texts(frame, kind), order)
    # A kind keeps its shape in every chart of the same order, whichever kinds are in it.
    everyone = names([*(order or []), *kinds], None)
    if len(everyone) > len(_SHAPES):
        raise ExhibitError(f"{chart}: {len(everyone)} kinds; at most {len(_SHAPES)} can be told apart")
    paint = palette(kinds, colours)
    shape = dict(zip(everyone, _SHAPES, strict=False))
    when = decimal_years(chart, frame, date)
    marks = [
        {"at": at, "lane": row, "colour": paint[what], "shape": shape[what], "label": said}
        for at, row, what, said in zip(when, texts(frame, lane), texts(frame, kind), texts(frame, label), strict=True)
    ]
    first, last = years or (math.floor(min(when)), math.floor(max(when)))
    entries = [Entry(what, paint[what], shape[what]) for what in kinds]
    line = (decimal_year(chart, mark) if mark else None, mark_text)

    def draw(layout: str) -> Spec:
        return _draw_events(layout, marks, entries, unit, line, (first, last + 1))

    return both("Timeline", draw)


def _draw_events(
    layout: str,
    marks: list[Row],
    entries: list[Entry],
    unit: str,
    line: tuple[float | None, str],
    span: tuple[int, int],
) -> Spec:
    lanes = list(dict.fromkeys(row["lane"] for row in marks))
    sheet, at = name_rows(layout, lanes, set(), entries, unit, right=16)
    sheet.bottom = 48 if line[1] and line[0] is not None and span[0] <= line[0] <= span[1] else 28
    place = Scale(span[0], span[1], 8, sheet.width - 8)
    sheet.rule([{"x": 0, "x2": sheet.width, "y": y, "y2": y} for y in at.values()])
    sheet.rule([{"x": 0, "x2": sheet.width, "y": sheet.height, "y2": sheet.height}], color=theme.AXIS)
    year_axis(sheet, {year: place(year) for year in range(span[0], span[1] + 1)}, sheet.height)
    _draw_line(sheet, line, span, place)
    sheet.draw(
        "point",
        _apart(marks, place, at),
        {"x": px("x"), "y": px("y"), "fill": fixed("colour"), "shape": fixed("shape")},
        size=_SIZES[layout],
        opacity=1,
        stroke=theme.PAPER,
        strokeWidth=1,
    )
    return sheet.spec()


def _draw_line(sheet: Sheet, line: tuple[float | None, str], span: tuple[int, int], place: Scale) -> None:
    year, text = line
    if year is None or not span[0] <= year <= span[1]:
        return
    x = place(year)
    sheet.rule(
        [{"x": x, "x2": x, "y": 0, "y2": sheet.height + (24 if text else 0)}], color=theme.MUTED, strokeDash=[3, 3]
    )
    text = theme.wrap(text, sheet.outer - 20, theme.SMALL_SIZE, lines=1, bold=True)
    half = theme.width_of(text, theme.SMALL_SIZE, bold=True) / 2
    edge = sheet.width + math.ceil(sheet.right) - half
    sheet.write(
        [{"x": min(max(x, half - math.ceil(sheet.left)), edge), "y": sheet.height + 33, "text": text}] if text else [],
        align="center",
        fontWeight="bold",
        fontSize=theme.SMALL_SIZE,
    )


def _apart(marks: list[Row], place: Scale, at: dict[str, float]) -> list[Row]:
    """Set marks that would lie on each other above and below the line of their lane."""
    done: list[Row] = []
    filled: dict[str, list[float]] = {}
    for row in sorted(marks, key=lambda row: (row["lane"], row["at"])):
        x = place(row["at"])
        ends = filled.setdefault(row["lane"], [-math.inf] * len(_LIFTS))
        free = [level for level, end in enumerate(ends) if x - end >= _APART]
        level = free[0] if free else ends.index(min(ends))
        ends[level] = x
        done.append({**row, "x": x, "y": at[row["lane"]] + _LIFTS[level]})
    return done
