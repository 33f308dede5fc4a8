"""Single figures beside lines: numbered on the plot, named below it."""

from __future__ import annotations

import math

import pandas as pd

from r2p_analysis.exhibits import theme
from r2p_analysis.exhibits.charts.axes import tooltip
from r2p_analysis.exhibits.charts.frame import check, numbers, texts
from r2p_analysis.exhibits.charts.placing import Scale, spread
from r2p_analysis.exhibits.charts.sheet import Row, Sheet, px
from r2p_analysis.exhibits.graphic import WIDTHS

_LINE = 15.5
_GAP = 6
_NUMBER = 20


def numbered(frame: pd.DataFrame, unit: str) -> list[Row]:
    """Read the figures, in the order of their numbers: columns ``at``, ``value``, ``text``."""
    chart = "numbered points"
    check(chart, frame, "at", "value", "text")
    rows = zip(numbers(chart, frame, "at"), numbers(chart, frame, "value"), texts(frame, "text"), strict=True)
    known = [(at, value, text) for at, value, text in rows if at is not None and value is not None]
    return [
        {"at": at, "value": value, "text": text, "number": str(n), "label": tooltip(text, value=value, unit=unit)}
        for n, (at, value, text) in enumerate(known, start=1)
    ]


def _named(points: list[Row], layout: str) -> list[str]:
    room = WIDTHS[layout] - _NUMBER
    return [theme.wrap(p["text"], room, theme.SMALL_SIZE, lines=3) for p in points]


def names_height(points: list[Row], layout: str) -> float:
    """The height that the names take below the years."""
    return sum(_LINE * (1 + text.count("\n")) + _GAP for text in _named(points, layout)) + (10 if points else 0)


def draw_numbered(sheet: Sheet, points: list[Row], place: Scale, scale: Scale, layout: str) -> None:
    """Draw the figures as diamonds with their numbers, and name them below the plot."""
    sheet.draw(
        "point",
        [{"x": place(p["at"]), "y": scale(p["value"]), "label": p["label"]} for p in points],
        {"x": px("x"), "y": px("y")},
        shape="diamond",
        size=85,
        fill=theme.INK,
        opacity=1,
        stroke=theme.PAPER,
        strokeWidth=1,
    )
    # Numbers stand to the left of their marks, above a rising line, and are kept apart from each other.
    heights = spread([scale(p["value"]) for p in points], 13.0, 6, sheet.height)
    small = theme.SMALL_SIZE
    signs = [
        {"x": round(place(p["at"]) - 8, 2), "y": y, "text": p["number"]} for p, y in zip(points, heights, strict=True)
    ]
    look = {"align": "right", "fontSize": small, "fontWeight": "bold"}
    # A rim in the colour of the page keeps a number readable on a line.
    sheet.write(signs, **look, color=theme.PAPER, stroke=theme.PAPER, strokeWidth=4, strokeJoin="round")
    sheet.write(signs, **look)
    top, left = sheet.height + 26 + _GAP, -math.ceil(sheet.left)
    heads, lines = [], []
    for point, text in zip(points, _named(points, layout), strict=True):
        rows = 1 + text.count("\n")
        heads.append({"x": left, "y": top + _LINE / 2, "text": point["number"]})
        lines.append({"x": left + _NUMBER, "y": top + _LINE * rows / 2, "text": text})
        top += _LINE * rows + _GAP
    sheet.write(heads, fontSize=small, fontWeight="bold")
    sheet.write(lines, fontSize=small, color=theme.MUTED)
