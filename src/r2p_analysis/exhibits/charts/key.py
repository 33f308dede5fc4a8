"""Keys above a chart: signs and what they stand for."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from r2p_analysis.exhibits import theme
from r2p_analysis.exhibits.charts.sheet import Sheet, fixed, px

_KEY_ROW = 22


@dataclass(frozen=True)
class Entry:
    """One entry of a key: a sign and what it stands for."""

    text: str
    colour: str
    shape: str = "square"


def key_height(entries: Sequence[Entry], outer: float) -> int:
    """The height that a key takes above a chart."""
    return _KEY_ROW * (1 + max((row for row, _ in _places(entries, outer)), default=-1))


def draw_key(sheet: Sheet, entries: Sequence[Entry], below: float = 0) -> None:
    """Draw a key from the left edge of the sheet, so far below its top."""
    places = _places(entries, sheet.outer)
    signs, labels = [], []
    for entry, (row, x) in zip(entries, places, strict=True):
        y = _KEY_ROW / 2 - math.ceil(sheet.top) + _KEY_ROW * row + below
        at = round(x - math.ceil(sheet.left), 2)
        pale = entry.colour in (*theme.CLASSES, theme.NO_DATA)
        signs.append(
            {
                "x": at + 6,
                "y": y,
                "colour": entry.colour,
                "shape": entry.shape,
                "edge": theme.AXIS if pale else entry.colour,
            }
        )
        labels.append({"x": at + 17, "y": y, "text": _text(entry, sheet.outer)})
    sheet.draw(
        "point",
        signs,
        {"x": px("x"), "y": px("y"), "fill": fixed("colour"), "shape": fixed("shape"), "stroke": fixed("edge")},
        size=105,
        opacity=1,
        strokeWidth=0.7,
    )
    sheet.write(labels)


def _text(entry: Entry, outer: float) -> str:
    return theme.wrap(entry.text, outer - 20, lines=1)


def _places(entries: Sequence[Entry], outer: float) -> list[tuple[int, float]]:
    places: list[tuple[int, float]] = []
    row, x = 0, 0.0
    for entry in entries:
        width = 17 + theme.width_of(_text(entry, outer))
        if x and x + width > outer:
            row, x = row + 1, 0.0
        places.append((row, x))
        x += width + 18
    return places
