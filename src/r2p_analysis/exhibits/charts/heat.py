"""Heat tables: cells in the colour of their class, with their numbers."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import pandas as pd

from r2p_analysis.errors import ExhibitError
from r2p_analysis.exhibits import theme
from r2p_analysis.exhibits.charts.axes import capital
from r2p_analysis.exhibits.charts.frame import check, names, numbers, texts
from r2p_analysis.exhibits.charts.rows import LABEL_ROOM
from r2p_analysis.exhibits.charts.sheet import Sheet, fixed, px
from r2p_analysis.exhibits.graphic import WIDTHS, Graphic, Spec, both

_LINE = 12
"""Height of a line of an upright name: less than what parts two columns, or two names read as one."""


def heat_table(
    frame: pd.DataFrame,
    *,
    row: str,
    column: str,
    value: str,
    unit: str,
    value_format: theme.NumberFormat | None = None,
    shade: str | None = None,
    classes: Sequence[float] | None = None,
    low_is_strong: bool = False,
) -> Graphic:
    """Draw a table whose cells have the colour of their class, with their numbers in them.

    Parameters
    ----------
    frame
        One row a cell, in the order of rows and columns; a cell missing or without a value is hatched.
    row, column, value
        Columns of row names, column names and values.
    unit
        What is counted.
    value_format
        How values read.
    shade, classes
        A column of values that choose the colours instead, such as shares of a row's highest where rows have different
        units; and up to four rising thresholds between the colours.
    low_is_strong
        Give the strongest colour to the lowest values, as for ranks.

    Returns
    -------
    Graphic
        A "Heat table". Where columns do not fit side by side their names stand upright, or they go on below.
    """
    chart = "heat table"
    check(chart, frame, row, column, value, shade)
    values = numbers(chart, frame, value)
    cells = dict(zip(zip(texts(frame, row), texts(frame, column), strict=True), values, strict=True))
    if len(cells) < len(values):
        raise ExhibitError(f"{chart}: a cell has more than one row in the frame")
    found, across = names(texts(frame, row), None), names(texts(frame, column), None)
    shades = numbers(chart, frame, shade or value)
    cuts = list(classes) if classes is not None else theme.thresholds([abs(v) for v in shades if v is not None])
    paint = theme.class_colours(len(cuts) + 1)
    if low_is_strong:
        paint.reverse()
    drawn = {
        key: (
            theme.formatted(v, value_format),
            theme.NO_DATA if v is None or tone is None else paint[bisect_right(cuts, abs(tone))],
        )
        for (key, v), tone in zip(cells.items(), shades, strict=True)
    }

    def draw(layout: str) -> Spec:
        return _draw_cells(layout, found, across, drawn, unit)

    return both("Heat table", draw)


@dataclass(frozen=True)
class _Heads:
    """How the names of columns stand over a block: how many abreast, wrapped, upright or not, and in what room."""

    abreast: int
    wrapped: dict[str, str]
    upright: bool
    room: int


def _heads(across: list[str], texts_wide: float, space: float) -> _Heads:
    """Set names level where all columns fit side by side, else upright where that makes them fit, else in blocks."""
    size = theme.SMALL_SIZE
    level = {name: theme.wrap(name, max(texts_wide + 10, 64), size) for name in across}
    room = max(texts_wide + 10, *(theme.block_width(t, size) + 6 for t in level.values()))
    if len(across) * room <= space:
        return _Heads(len(across), level, upright=False, room=34)
    upright = {name: theme.wrap(name, 96, size) for name in across}
    needed = max(texts_wide + 4, *(_LINE * (t.count("\n") + 1) + 4 for t in upright.values()))
    if len(across) * needed <= space:
        longest = max(theme.block_width(t, size) for t in upright.values())
        return _Heads(len(across), upright, upright=True, room=math.ceil(longest) + 14)
    abreast = max(1, min(len(across), int(space / room)))
    return _Heads(math.ceil(len(across) / math.ceil(len(across) / abreast)), level, upright=False, room=34)


def _draw_cells(
    layout: str, found: list[str], across: list[str], drawn: dict[tuple[str, str], tuple[str, str]], unit: str
) -> Spec:
    size = theme.SMALL_SIZE
    wrapped = {name: theme.wrap(name, LABEL_ROOM[layout]) for name in found}
    left = math.ceil(max(theme.block_width(t) for t in wrapped.values()) + 8)
    texts_wide = max(theme.width_of(text, size) for text, _ in drawn.values())
    heads = _heads(across, texts_wide, WIDTHS[layout] - left)
    wide = (WIDTHS[layout] - left) / heads.abreast
    edges = list(accumulate((38 if "\n" in wrapped[name] else 28 for name in found), initial=0))
    block = edges[-1] + heads.room + 10
    sheet = Sheet(WIDTHS[layout], math.ceil(len(across) / heads.abreast) * block - 8, left, 0, 22, 0)
    sheet.write([{"x": -left, "y": -11, "text": capital(unit)}], color=theme.MUTED, fontSize=size)
    boxes, said = [], []
    for n, head in enumerate(across):
        x, top = n % heads.abreast * wide, n // heads.abreast * block + heads.room
        _write_head(sheet, heads, head, x + wide / 2, top)
        for m, name in enumerate(found):
            text, colour = drawn.get((name, head), ("–", theme.NO_DATA))
            boxes.append(
                {
                    "x": round(x, 2),
                    "x2": round(x + wide, 2),
                    "y": top + edges[m],
                    "y2": top + edges[m + 1],
                    "colour": colour,
                    "label": f"{name}, {head}: {text} {unit}" if text != "–" else f"{name}, {head}: no data",
                }
            )
            middle = top + (edges[m] + edges[m + 1]) / 2
            said.append({"x": round(x + wide / 2, 2), "y": middle, "text": text, "colour": theme.ink_on(colour)})
        if n % heads.abreast == 0:
            middles = {name: top + (edges[m] + edges[m + 1]) / 2 for m, name in enumerate(found)}
            sheet.write([{"x": -8, "y": y, "text": wrapped[name]} for name, y in middles.items()], align="right")
    sheet.draw(
        "rect",
        boxes,
        {"x": px("x"), "x2": {"field": "x2"}, "y": px("y"), "y2": {"field": "y2"}, "fill": fixed("colour")},
        stroke=theme.PAPER,
        strokeWidth=1.5,
    )
    sheet.write(said, align="center", fontSize=size)
    return sheet.spec()


def _write_head(sheet: Sheet, heads: _Heads, head: str, middle: float, top: float) -> None:
    look = {"color": theme.MUTED, "fontSize": theme.SMALL_SIZE}
    if not heads.upright:
        sheet.write([{"x": round(middle, 2), "y": top - 17, "text": heads.wrapped[head]}], align="center", **look)
        return
    said = heads.wrapped[head].split("\n")
    first = middle - _LINE * (len(said) - 1) / 2
    rows = [{"x": round(first + _LINE * n, 2), "y": top - 6, "text": line} for n, line in enumerate(said)]
    sheet.write(rows, align="left", angle=270, **look)
