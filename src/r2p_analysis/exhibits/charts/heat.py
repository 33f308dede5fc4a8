"""Heat tables: cells in the colour of their class, with their numbers."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence

import pandas as pd

from r2p_analysis.errors import ExhibitError
from r2p_analysis.exhibits import theme
from r2p_analysis.exhibits.charts.axes import capital
from r2p_analysis.exhibits.charts.frame import check, names, numbers, texts
from r2p_analysis.exhibits.charts.rows import LABEL_ROOM
from r2p_analysis.exhibits.charts.sheet import Sheet, fixed, px
from r2p_analysis.exhibits.graphic import WIDTHS, Graphic, Spec, both


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
        A "Heat table". Where columns do not fit side by side they go on below.
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


def _draw_cells(
    layout: str, found: list[str], across: list[str], drawn: dict[tuple[str, str], tuple[str, str]], unit: str
) -> Spec:
    size = theme.SMALL_SIZE
    wrapped = {name: theme.wrap(name, LABEL_ROOM[layout]) for name in found}
    left = math.ceil(max(theme.block_width(t) for t in wrapped.values()) + 8)
    room = max(theme.width_of(text, size) for text, _ in drawn.values()) + 10
    heads = {name: theme.wrap(name, max(room, 64), size) for name in across}
    room = max(room, *(theme.block_width(t, size) + 6 for t in heads.values()))
    abreast = max(1, min(len(across), int((WIDTHS[layout] - left) / room)))
    abreast = math.ceil(len(across) / math.ceil(len(across) / abreast))
    wide, high = (WIDTHS[layout] - left) / abreast, 38 if any("\n" in t for t in wrapped.values()) else 28
    block = len(found) * high + 44
    sheet = Sheet(WIDTHS[layout], math.ceil(len(across) / abreast) * block - 8, left, 0, 22, 0)
    sheet.write([{"x": -left, "y": -11, "text": capital(unit)}], color=theme.MUTED, fontSize=size)
    boxes, said = [], []
    for n, head in enumerate(across):
        x, top = n % abreast * wide, n // abreast * block + 34
        sheet.write(
            [{"x": round(x + wide / 2, 2), "y": top - 17, "text": heads[head]}],
            align="center",
            color=theme.MUTED,
            fontSize=size,
        )
        for m, name in enumerate(found):
            text, colour = drawn.get((name, head), ("–", theme.NO_DATA))
            boxes.append(
                {
                    "x": round(x, 2),
                    "x2": round(x + wide, 2),
                    "y": top + m * high,
                    "y2": top + (m + 1) * high,
                    "colour": colour,
                    "label": f"{name}, {head}: {text} {unit}" if text != "–" else f"{name}, {head}: no data",
                }
            )
            said.append(
                {"x": round(x + wide / 2, 2), "y": top + (m + 0.5) * high, "text": text, "colour": theme.ink_on(colour)}
            )
        if n % abreast == 0:
            sheet.write(
                [{"x": -8, "y": top + (m + 0.5) * high, "text": wrapped[name]} for m, name in enumerate(found)],
                align="right",
            )
    sheet.draw(
        "rect",
        boxes,
        {"x": px("x"), "x2": {"field": "x2"}, "y": px("y"), "y2": {"field": "y2"}, "fill": fixed("colour")},
        stroke=theme.PAPER,
        strokeWidth=1.5,
    )
    sheet.write(said, align="center", fontSize=size)
    return sheet.spec()
