"""The drawing that an exhibit carries, and the sheet on which charts are drawn.

A `Sheet` is one layout of one chart: a plot of known size with margins of known size, so that every label can
be placed without overlaps before anything is rendered. It writes a Vega-Lite spec.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pandas as pd

from r2p_analysis.errors import ExhibitError
from r2p_analysis.exhibits import theme

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
WIDTHS = {"wide": 720, "narrow": 343}
Row = dict[str, Any]
Spec = dict[str, Any]


@dataclass(frozen=True)
class Graphic:
    """A chart or map: its kind in words and one Vega-Lite spec a layout.

    Parameters
    ----------
    kind
        What a reader would call it, such as "Stacked bar chart"; alt text begins with it.
    layouts
        Specs by layout: "wide" is 720 pixels across, "narrow" 343.
    geometry
        Names of the geometry that the specs point to as ``r2p:<name>``.
    """

    kind: str
    layouts: dict[str, Spec]
    geometry: tuple[str, ...] = ()


def both(kind: str, draw: Callable[[str], Spec], geometry: tuple[str, ...] = ()) -> Graphic:
    """Draw the wide and the narrow layout."""
    return Graphic(kind, {layout: draw(layout) for layout in WIDTHS}, geometry)


# Data in -----


def check(chart: str, frame: pd.DataFrame, *columns: str | None) -> None:
    """Raise an error of one line unless the frame has rows and every named column."""
    missing = [name for name in columns if name is not None and name not in frame.columns]
    if missing:
        have = ", ".join(map(str, frame.columns))
        raise ExhibitError(f"{chart}: no column {', '.join(map(repr, missing))}; the frame has {have}")
    if frame.empty:
        raise ExhibitError(f"{chart}: the frame has no rows; show a gap with its reason instead")


def numbers(chart: str, frame: pd.DataFrame, column: str) -> list[float | None]:
    """A column as floats, with None where a value is missing."""
    try:
        values = [float(v) if pd.notna(v) else None for v in pd.to_numeric(frame[column])]
    except (TypeError, ValueError) as error:
        raise ExhibitError(f"{chart}: column {column!r} must hold numbers: {error}") from None
    done = [v if v is not None and math.isfinite(v) else None for v in values]
    if all(v is None for v in done):
        raise ExhibitError(f"{chart}: column {column!r} holds no number; show a gap with its reason instead")
    return done


def years(chart: str, frame: pd.DataFrame, column: str) -> list[int]:
    """A column of years as integers; dates are refused, for they would depend on the time zone."""
    try:
        values = [int(v) if float(v) == int(v) else None for v in frame[column]]
    except (TypeError, ValueError):
        values = [None]
    if None in values:
        raise ExhibitError(f"{chart}: column {column!r} must hold whole years such as 2015, not {frame[column].dtype}")
    return [v for v in values if v is not None]


def texts(frame: pd.DataFrame, column: str) -> list[str]:
    """A column as text."""
    return [str(v) for v in frame[column]]


def names(values: Iterable[str], order: Sequence[str] | None) -> list[str]:
    """The distinct names in the order asked for, then as they come."""
    found = list(dict.fromkeys(values))
    return [n for n in (order or []) if n in found] + [n for n in found if n not in (order or [])]


def flags(chart: str, frame: pd.DataFrame, label: str, highlight: str | Iterable[str] | None) -> set[str]:
    """The labels to pick out, given as the name of a boolean column or as labels."""
    if highlight is None:
        return set()
    if isinstance(highlight, str):
        check(chart, frame, highlight)
        return set(frame.loc[frame[highlight].fillna(False).astype(bool), label].astype(str))
    return {str(name) for name in highlight}


def palette(series: Sequence[str], colours: dict[str, str] | None) -> dict[str, str]:
    """A colour for each series: the one given, or the next of the theme that is not taken."""
    given = colours or {}
    free = [c for c in theme.SERIES if c not in given.values()] or list(theme.SERIES)
    rest = [name for name in series if name not in given]
    return {
        **{name: free[i % len(free)] for i, name in enumerate(rest)},
        **{name: given[name] for name in series if name in given},
    }


# Places -----


def spread(wanted: Sequence[float], gap: float | Sequence[float], low: float, high: float) -> list[float]:
    """Move positions as little as it takes to keep them apart and within limits.

    Parameters
    ----------
    wanted
        Where each label would like to be, in any order.
    gap
        The room that each label needs, one number for all or one for each.
    low, high
        The limits; when there is too little room in them, gaps shrink.

    Returns
    -------
    list of float
        The new positions, in the order of `wanted`.

    Examples
    --------
    >>> spread([10, 11, 50], 10, 0, 100)
    [5.5, 15.5, 50.0]
    """
    count = len(wanted)
    rooms = [float(gap)] * count if isinstance(gap, int | float) else [float(g) for g in gap]
    order = sorted(range(count), key=lambda i: (wanted[i], i))
    offsets = [0.0]
    for a, b in pairwise(order):
        offsets.append(offsets[-1] + (rooms[a] + rooms[b]) / 2)
    shrink = min(1.0, max(high - low, 0.0) / offsets[-1]) if offsets[-1] > 0 else 1.0
    offsets = [o * shrink for o in offsets]
    pools: list[tuple[float, int]] = []
    for index, offset in zip(order, offsets, strict=False):
        pools.append((wanted[index] - offset, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (m1, n1), (m2, n2) = pools[-2:]
            pools[-2:] = [((m1 * n1 + m2 * n2) / (n1 + n2), n1 + n2)]
    bases = [mean for mean, size in pools for _ in range(size)]
    placed = [0.0] * count
    for index, base, offset in zip(order, bases, offsets, strict=False):
        placed[index] = round(min(max(base, low), high - offsets[-1]) + offset, 2)
    return placed


@dataclass(frozen=True)
class Scale:
    """A straight line from values to pixels."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """The pixel of a value."""
        share = (value - self.low) / (self.high - self.low) if self.high > self.low else 0.5
        return round(self.start + share * (self.end - self.start), 2)


# The sheet -----

PX: Spec = {"type": "quantitative", "scale": None}
"""The encoding of a field that already holds pixels."""


def px(name: str) -> Spec:
    """Encode a field that already holds pixels."""
    return {"field": name, **PX}


def fixed(name: str, kind: str = "nominal") -> Spec:
    """Encode a field whose values are what is drawn: a colour, a shape, a text."""
    return {"field": name, "type": kind, "scale": None, "legend": None}


@dataclass
class Sheet:
    """A plot of known size with margins of known size, and the layers drawn on it."""

    outer: int
    height: float
    left: float = 0
    right: float = 0
    top: float = 0
    bottom: float = 0
    layers: list[Spec] = field(default_factory=list)

    @property
    def width(self) -> float:
        """The width of the plot."""
        return self.outer - math.ceil(self.left) - math.ceil(self.right)

    def draw(self, mark: str, rows: list[Row], encoding: Spec, **look: Any) -> None:
        """Add a layer; rows with a "label" are named for tooltips."""
        if not rows:
            return
        named = "label" in rows[0]
        channels = {**encoding, "description": {"field": "label"}} if named else encoding
        self.layers.append(
            {"data": {"values": rows}, "mark": {"type": mark, "aria": named, **look}, "encoding": channels}
        )

    def write(self, rows: list[Row], **look: Any) -> None:
        """Add texts at pixels: rows of x, y, text and, if all have it, colour."""
        encoding = {"x": px("x"), "y": px("y"), "text": {"field": "text"}}
        if rows and "colour" in rows[0]:
            encoding["color"] = fixed("colour")
        style = {
            "color": theme.INK,
            "fontSize": theme.TEXT_SIZE,
            "baseline": "middle",
            "align": "left",
            "lineBreak": "\n",
            **look,
        }
        style.setdefault("lineHeight", round(style["fontSize"] * 1.2, 1))
        self.draw("text", centred(rows, style) if style["baseline"] == "middle" else rows, encoding, **style)

    def rule(self, rows: list[Row], **look: Any) -> None:
        """Add straight lines at pixels: rows of x, y, x2, y2."""
        self.draw(
            "rule",
            rows,
            {"x": px("x"), "y": px("y"), "x2": {"field": "x2"}, "y2": {"field": "y2"}},
            **{"color": theme.GRID, "strokeWidth": 1, **look},
        )

    def spec(self) -> Spec:
        """The Vega-Lite spec of the sheet."""
        return {
            "$schema": SCHEMA,
            "width": self.width,
            "height": self.height,
            "autosize": {"type": "none"},
            "padding": {
                "left": math.ceil(self.left),
                "right": math.ceil(self.right),
                "top": math.ceil(self.top),
                "bottom": math.ceil(self.bottom),
            },
            "background": None,
            "config": {"view": {"stroke": None}, "font": theme.FONT},
            "layer": self.layers,
        }


def centred(rows: list[Row], style: Spec) -> list[Row]:
    """Lift texts of several lines so that their middle, not their first line, is at y."""
    return [{**row, "y": round(row["y"] - row["text"].count("\n") * style["lineHeight"] / 2, 2)} for row in rows]


# Keys -----

KEY_ROW = 22


@dataclass(frozen=True)
class Entry:
    """One entry of a key: a sign and what it stands for."""

    text: str
    colour: str
    shape: str = "square"


def key_height(entries: Sequence[Entry], outer: float) -> int:
    """The height that a key takes above a chart."""
    return KEY_ROW * (1 + max((row for row, _ in _key_places(entries, outer)), default=-1))


def draw_key(sheet: Sheet, entries: Sequence[Entry], below: float = 0) -> None:
    """Draw a key from the left edge of the sheet, so far below its top."""
    places = _key_places(entries, sheet.outer)
    signs, labels = [], []
    for entry, (row, x) in zip(entries, places, strict=True):
        y = KEY_ROW / 2 - math.ceil(sheet.top) + KEY_ROW * row + below
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
        labels.append({"x": at + 17, "y": y, "text": _key_text(entry, sheet.outer)})
    sheet.draw(
        "point",
        signs,
        {"x": px("x"), "y": px("y"), "fill": fixed("colour"), "shape": fixed("shape"), "stroke": fixed("edge")},
        size=105,
        opacity=1,
        strokeWidth=0.7,
    )
    sheet.write(labels)


def _key_text(entry: Entry, outer: float) -> str:
    return theme.wrap(entry.text, outer - 20, lines=1)


def _key_places(entries: Sequence[Entry], outer: float) -> list[tuple[int, float]]:
    places: list[tuple[int, float]] = []
    row, x = 0, 0.0
    for entry in entries:
        width = 17 + theme.width_of(_key_text(entry, outer))
        if x and x + width > outer:
            row, x = row + 1, 0.0
        places.append((row, x))
        x += width + 18
    return places
