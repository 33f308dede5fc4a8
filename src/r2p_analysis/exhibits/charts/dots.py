"""Dot plots: two to four dots for each name."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from r2p_analysis.errors import ExhibitError
from r2p_analysis.exhibits import theme
from r2p_analysis.exhibits.charts.axes import tooltip
from r2p_analysis.exhibits.charts.frame import check, names, numbers, palette, texts
from r2p_analysis.exhibits.charts.key import Entry
from r2p_analysis.exhibits.charts.placing import Scale
from r2p_analysis.exhibits.charts.rows import name_rows
from r2p_analysis.exhibits.charts.sheet import Row, fixed, px
from r2p_analysis.exhibits.graphic import Graphic, Spec, both

_NEAR = 8
"""Pixels up to which dots lie on each other."""
_LEAST = {"wide": 400, "narrow": 160}
"""Pixels that a plot has at least."""
_CLEAR = 16
"""Pixels from a dot to the next from which its value can be told to be its own."""
_SHAPES = ("circle", "diamond", "square", "triangle-up")


def dot_plot(
    frame: pd.DataFrame,
    *,
    label: str,
    value: str,
    series: str,
    order: Sequence[str] | None = None,
    colours: dict[str, str] | None = None,
    unit: str,
    ratio: bool = False,
    value_format: theme.NumberFormat | None = None,
) -> Graphic:
    """Draw two to four dots a name on one line, such as what was published then and what is said now.

    Parameters
    ----------
    frame
        One row a name and series; a missing value has no dot.
    label, value, series
        Columns of names, values and what each dot is.
    order, colours
        Series in their order, and their colours. Their shapes differ too.
    unit
        What is counted.
    ratio
        Write at the right of each row how much the last series differs from the first.
    value_format
        How values read.

    Returns
    -------
    Graphic
        A "Dot plot".
    """
    chart = "dot plot"
    check(chart, frame, label, value, series)
    kinds = names(texts(frame, series), order)
    if len(kinds) > len(_SHAPES):
        raise ExhibitError(f"{chart}: {len(kinds)} series; at most {len(_SHAPES)} can be told apart")
    paint = palette(kinds, colours)
    shape = dict(zip(kinds, _SHAPES, strict=False))
    dots = [
        {
            "name": name,
            "series": kind,
            "value": number,
            "colour": paint[kind],
            "shape": shape[kind],
            "size": (190, 105, 70, 95)[kinds.index(kind)],
            "place": kinds.index(kind),
            "label": tooltip(name, kind, value=number, unit=unit),
        }
        for name, kind, number in zip(
            texts(frame, label), texts(frame, series), numbers(chart, frame, value), strict=True
        )
    ]
    entries = [Entry(kind, paint[kind], shape[kind]) for kind in kinds]

    def draw(layout: str) -> Spec:
        return _draw_dots(layout, dots, kinds, entries, unit, ratio=ratio, how=value_format)

    return both("Dot plot", draw)


def _draw_dots(
    layout: str,
    dots: list[Row],
    kinds: list[str],
    entries: list[Entry],
    unit: str,
    *,
    ratio: bool,
    how: theme.NumberFormat | None,
) -> Spec:
    by_name: dict[str, list[Row]] = {}
    for dot in dots:
        by_name.setdefault(dot["name"], []).extend([dot] if dot["value"] is not None else [])
    known = [d for row in by_name.values() for d in row]
    low, high = min(0.0, *(d["value"] for d in known)), max(0.0, *(d["value"] for d in known))
    room = max(theme.width_of(theme.formatted(d["value"], how), theme.SMALL_SIZE) for d in known) + 12
    right = max(room, *(_reach(row, low, high, _LEAST[layout], how) for row in by_name.values() if row))
    changes = {name: _change(row, kinds) for name, row in by_name.items()} if ratio else {}
    column = max((theme.width_of(t) for t in changes.values()), default=-10) + 10
    sheet, at = name_rows(layout, list(by_name), set(), entries, unit, right=right + column)
    scale = Scale(low, high if high > low else 1.0, room if low < 0 else 8, sheet.width)
    spans = _spans(by_name, scale)
    if any(_apart(xs) and min(xs) <= room for xs in spans.values()):
        # Without room at the left, the smallest value of a row near zero could not be written.
        scale = Scale(scale.low, scale.high, room + 8, sheet.width)
        spans = _spans(by_name, scale)
    sheet.rule(
        [{"x": min(xs), "x2": max(xs), "y": at[n], "y2": at[n]} for n, xs in spans.items()],
        color=theme.AXIS,
        strokeWidth=2,
    )
    # The dots of later series lie on those of earlier ones, which are larger or of another shape.
    in_turn = sorted(known, key=lambda d: d["place"])
    sheet.draw(
        "point",
        [{**d, "x": scale(d["value"]), "y": at[d["name"]]} for d in in_turn],
        {
            "x": px("x"),
            "y": px("y"),
            "fill": fixed("colour"),
            "shape": fixed("shape"),
            "size": fixed("size", "quantitative"),
        },
        opacity=1,
        stroke=theme.PAPER,
        strokeWidth=1,
    )
    for align, texts_at in _values({n: by_name[n] for n in spans}, spans, at, room, how).items():
        sheet.write(texts_at, align=align, fontSize=theme.SMALL_SIZE)
    sheet.write(
        [{"x": sheet.width + math.ceil(sheet.right), "y": at[n], "text": t} for n, t in changes.items()],
        align="right",
        fontWeight="bold",
    )
    empty = [{"x": 8, "y": at[name], "text": "not available"} for name, row in by_name.items() if not row]
    sheet.write(empty, color=theme.MUTED, fontSize=theme.SMALL_SIZE)
    return sheet.spec()


def _spans(rows: dict[str, list[Row]], scale: Scale) -> dict[str, list[float]]:
    return {name: [scale(d["value"]) for d in row] for name, row in rows.items() if row}


def _apart(xs: list[float]) -> bool:
    return max(xs) - min(xs) > _NEAR


def _values(
    rows: dict[str, list[Row]],
    spans: dict[str, list[float]],
    at: dict[str, float],
    room: float,
    how: theme.NumberFormat | None,
) -> dict[str, list[Row]]:
    """Write the largest value of a row to the right of its dots and the smallest, if far enough, to the left.

    A value between them stands above its dot where that is well apart from the others.

    Where the dots lie on each other, the smallest and the largest are written together, where they read differently:
    one value beside two dots would be read as that of the nearer one.
    """
    ends: dict[str, list[Row]] = {"left": [], "right": [], "center": []}
    for name, xs in spans.items():
        by_value = sorted(rows[name], key=lambda d: d["value"])
        apart = _apart(xs)
        text = theme.formatted(by_value[-1]["value"], how) if apart else _together(rows[name], how)
        ends["left"].append({"x": max(xs) + 11, "y": at[name], "text": text})
        if apart and min(xs) > room:
            text = theme.formatted(by_value[0]["value"], how)
            ends["right"].append({"x": min(xs) - 11, "y": at[name], "text": text})
        for dot, x in zip(rows[name], xs, strict=True):
            others = [abs(x - other) for other in xs if other != x]
            if apart and min(xs) < x < max(xs) and min(others) > _CLEAR:
                ends["center"].append({"x": x, "y": at[name] - 14, "text": theme.formatted(dot["value"], how)})
    return ends


def _reach(row: list[Row], low: float, high: float, least: float, how: theme.NumberFormat | None) -> float:
    """How far the values of dots that may lie on each other reach beyond the plot, be it `least` wide."""
    values, span = [d["value"] for d in row], (high - low) or 1.0
    if (max(values) - min(values)) / span * least > _NEAR:
        return 0.0
    wide = theme.width_of(_together(row, how), theme.SMALL_SIZE) + 12
    return float(wide - (high - max(values)) / span * least)


def _together(row: list[Row], how: theme.NumberFormat | None) -> str:
    values = sorted(d["value"] for d in row)
    texts_of = list(dict.fromkeys(theme.formatted(value, how) for value in (values[0], values[-1])))
    if texts_of[0].startswith("<") and len(texts_of) > 1:
        # "<1–1" is no range to read: both are at most the larger.
        return f"≤{texts_of[-1]}"
    return (" to " if values[0] < 0 else "–").join(texts_of)


def _change(row: list[Row], kinds: list[str]) -> str:
    """How the last series differs from the first: in percent up to the double, else as a multiple."""
    value = {d["series"]: d["value"] for d in row}
    first, last = value.get(kinds[0]), value.get(kinds[-1])
    if not first or last is None or first * last < 0:
        return "–"
    times = last / first
    return f"{times:,.1f}×" if times >= 2 else f"{(times - 1) * 100:+.0f}%".replace("-", "−")
