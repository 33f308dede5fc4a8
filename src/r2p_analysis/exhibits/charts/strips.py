"""Strips of years: for each name one cell a year, as tall and as dark as the level of that year."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

import pandas as pd

from r2p_analysis.errors import ExhibitError
from r2p_analysis.exhibits import theme
from r2p_analysis.exhibits.charts.axes import year_axis
from r2p_analysis.exhibits.charts.frame import check, names, texts, years
from r2p_analysis.exhibits.charts.key import Entry, draw_key, key_height
from r2p_analysis.exhibits.charts.rows import LABEL_ROOM
from r2p_analysis.exhibits.charts.sheet import Row, Sheet, fixed, px
from r2p_analysis.exhibits.graphic import WIDTHS, Graphic, Spec, both

_ROW = 38
_CELL = 24
_MARK = "triangle-down"


def year_strips(
    frame: pd.DataFrame,
    *,
    label: str,
    x: str,
    level: str,
    order: Sequence[str],
    said: str | None = None,
    marks: str | None = None,
    marks_title: str = "",
) -> Graphic:
    """Draw one strip of years a name; a cell is as tall and as dark as its level.

    Parameters
    ----------
    frame
        One row a name and year; a year without a row is left empty.
    label, x, level
        Columns of names, whole years and levels.
    order
        All levels from the lowest, which is drawn as a thin line, to the highest.
    said
        A column of what a cell says when pointed at, after the name and the year; the level unless told.
    marks, marks_title
        A boolean column: years with a sign above their cell, and what the sign stands for.

    Returns
    -------
    Graphic
        "Strips of years".
    """
    chart = "year strips"
    check(chart, frame, label, x, level, said, marks)
    strange = [name for name in dict.fromkeys(texts(frame, level)) if name not in order]
    if strange:
        raise ExhibitError(f"{chart}: level {strange[0]!r} is not in the order given: {', '.join(order)}")
    found, span = names(texts(frame, label), None), years(chart, frame, x)
    paint = dict(zip(order, [theme.QUIET, *theme.class_colours(len(order) + 1)[2:]], strict=True))
    marked = frame[marks].fillna(False).astype(bool).tolist() if marks else [False] * len(frame)
    cells = [
        {"name": name, "year": year, "level": what, "label": f"{name}, {year}: {text}", "marked": mark}
        for name, year, what, text, mark in zip(
            texts(frame, label), span, texts(frame, level), texts(frame, said or level), marked, strict=True
        )
    ]
    drawn = set(texts(frame, level))
    entries = [Entry(name, paint[name]) for name in order if name in drawn]
    if any(marked):
        entries.append(Entry(marks_title, theme.INK, _MARK))

    def draw(layout: str) -> Spec:
        return _draw_strips(layout, cells, found, list(order), paint, entries)

    return both("Strips of years", draw)


def _draw_strips(
    layout: str, cells: list[Row], found: list[str], order: list[str], paint: dict[str, str], entries: list[Entry]
) -> Spec:
    wrapped = {name: theme.wrap(name, LABEL_ROOM[layout], lines=3) for name in found}
    heights = {name: max(_ROW, 15 * (1 + text.count("\n")) + 2) for name, text in wrapped.items()}
    left = max(theme.block_width(text) for text in wrapped.values()) + 10
    sheet = Sheet(WIDTHS[layout], sum(heights.values()), left, 14, key_height(entries, WIDTHS[layout]) + 12, 26)
    draw_key(sheet, entries)
    first, last = min(cell["year"] for cell in cells), max(cell["year"] for cell in cells)
    step = sheet.width / (last - first + 1)
    base = {name: below - 4 for name, below in zip(found, accumulate(heights.values()), strict=True)}
    sheet.rule([{"x": 0, "x2": sheet.width, "y": at, "y2": at} for at in base.values()], color=theme.GRID)
    sheet.write([{"x": -10, "y": base[name] - _CELL / 2, "text": wrapped[name]} for name in found], align="right")
    bars, signs = [], []
    for cell in cells:
        x = (cell["year"] - first) * step
        tall = _CELL * max(order.index(cell["level"]) / (len(order) - 1), 0.14)
        bars.append(
            {
                "x": round(x + min(0.5, step / 10), 2),
                "x2": round(x + step - min(0.5, step / 10), 2),
                "y": round(base[cell["name"]] - tall, 2),
                "y2": base[cell["name"]],
                "colour": paint[cell["level"]],
                "year": cell["year"],
                "level": cell["level"],
                "label": cell["label"],
            }
        )
        if cell["marked"]:
            signs.append({"x": round(x + step / 2, 2), "y": base[cell["name"]] - _CELL - 6})
    sheet.draw(
        "rect",
        bars,
        {"x": px("x"), "x2": {"field": "x2"}, "y": px("y"), "y2": {"field": "y2"}, "fill": fixed("colour")},
        strokeWidth=0,
    )
    sheet.draw(
        "point", signs, {"x": px("x"), "y": px("y")}, shape=_MARK, size=44, fill=theme.INK, opacity=1, strokeWidth=0
    )
    year_axis(sheet, {y: (y - first + 0.5) * step for y in range(first, last + 1)}, sheet.height)
    return sheet.spec()
