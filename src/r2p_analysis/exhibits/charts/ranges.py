"""Range dots: an estimate for each name, with its lower and upper bound."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from r2p_analysis.exhibits import theme
from r2p_analysis.exhibits.charts.axes import tooltip
from r2p_analysis.exhibits.charts.frame import check, names, numbers, palette, texts
from r2p_analysis.exhibits.charts.key import Entry
from r2p_analysis.exhibits.charts.placing import Scale
from r2p_analysis.exhibits.charts.rows import name_rows
from r2p_analysis.exhibits.charts.sheet import Row, fixed, px
from r2p_analysis.exhibits.graphic import Graphic, Spec, both

_SHAPES = ("circle", "diamond", "square", "triangle-up")


def range_dots(
    frame: pd.DataFrame,
    *,
    label: str,
    value: str,
    low: str,
    high: str,
    series: str | None = None,
    order: Sequence[str] | None = None,
    colours: dict[str, str] | None = None,
    unit: str,
    value_format: theme.NumberFormat | None = None,
) -> Graphic:
    """Draw a dot for each estimate on a bar from its lower to its upper bound, in the order of the frame.

    Parameters
    ----------
    frame
        One row a name. A missing value is said to be missing; without both bounds there is no bar.
    label, value, low, high
        Columns of names, best estimates and their bounds.
    series, order, colours
        A column that tells kinds of rows apart by colour and shape, the order of kinds and their colours.
    unit
        What is counted, named once above the rows.
    value_format
        How values read.

    Returns
    -------
    Graphic
        A "Range chart".
    """
    chart = "range dots"
    check(chart, frame, label, value, low, high, series)
    named = texts(frame, series) if series else [""] * len(frame)
    kinds = names(named, order)
    paint = palette(kinds, colours) if series else {"": theme.ACCENT}
    shapes = {kind: _SHAPES[n % len(_SHAPES)] for n, kind in enumerate(kinds)}
    rows = [
        {
            "name": name,
            "value": number,
            "low": down,
            "high": up,
            "colour": paint[kind],
            "shape": shapes[kind],
            "label": tooltip(name, kind, value=number, unit=unit) + _said(down, up),
        }
        for name, kind, number, down, up in zip(
            texts(frame, label),
            named,
            numbers(chart, frame, value),
            _bounds(chart, frame, low),
            _bounds(chart, frame, high),
            strict=True,
        )
    ]
    entries = [Entry(kind, paint[kind], shapes[kind]) for kind in kinds] if len(kinds) > 1 else []

    def draw(layout: str) -> Spec:
        return _draw(layout, rows, entries, unit, value_format)

    return both("Range chart", draw)


def _bounds(chart: str, frame: pd.DataFrame, column: str) -> list[float | None]:
    """Read bounds, which may all be missing."""
    return numbers(chart, frame, column) if frame[column].notna().any() else [None] * len(frame)


def _said(down: float | None, up: float | None) -> str:
    return "" if down is None or up is None else f" ({theme.short(down)} to {theme.short(up)})"


def _draw(layout: str, rows: list[Row], entries: list[Entry], unit: str, how: theme.NumberFormat | None) -> Spec:
    known = [row for row in rows if row["value"] is not None]
    room = max(theme.width_of(theme.formatted(row["value"], how), theme.SMALL_SIZE) for row in known) + 18
    sheet, at = name_rows(layout, list(dict.fromkeys(r["name"] for r in rows)), set(), entries, unit, right=room)
    values = [v for row in known for v in (row["value"], row["low"], row["high"]) if v is not None]
    low, high = min(0.0, *values), max(0.0, *values)
    scale = Scale(low, high if high > low else 1.0, 8, sheet.width)
    values_at = [_value(r, scale, at[r["name"]], how) for r in known]
    sheet.rule([rule for text in values_at for rule in _around(text, sheet.width)])
    ranged = [r for r in known if r["low"] is not None and r["high"] is not None]
    sheet.draw(
        "rule",
        [
            {"x": scale(r["low"]), "x2": scale(r["high"]), "y": at[r["name"]], "y2": at[r["name"]], "c": r["colour"]}
            for r in ranged
        ],
        {"x": px("x"), "y": px("y"), "x2": {"field": "x2"}, "y2": {"field": "y2"}, "color": fixed("c")},
        strokeWidth=9,
        opacity=0.35,
    )
    sheet.draw(
        "point",
        [{**r, "x": scale(r["value"]), "y": at[r["name"]]} for r in known],
        {"x": px("x"), "y": px("y"), "fill": fixed("colour"), "shape": fixed("shape")},
        size=95,
        opacity=1,
        stroke=theme.PAPER,
        strokeWidth=1,
    )
    sheet.write(values_at, fontSize=theme.SMALL_SIZE)
    empty = [{"x": 8, "y": at[r["name"]], "text": "not available"} for r in rows if r["value"] is None]
    sheet.write(empty, color=theme.MUTED, fontSize=theme.SMALL_SIZE)
    return sheet.spec()


def _value(row: Row, scale: Scale, y: float, how: theme.NumberFormat | None) -> Row:
    x = max(scale(v) for v in (row["value"], row["high"]) if v is not None) + 11
    return {"x": x, "y": y, "text": theme.formatted(row["value"], how)}


def _around(text: Row, width: float) -> list[Row]:
    """Draw the line of a row up to its value and on behind it: a line through figures strikes them out."""
    behind = text["x"] + theme.width_of(text["text"], theme.SMALL_SIZE) + 4
    parts = [(8, min(text["x"] - 4, width)), (behind, width)]
    return [{"x": x, "x2": x2, "y": text["y"], "y2": text["y"]} for x, x2 in parts if x < x2]
