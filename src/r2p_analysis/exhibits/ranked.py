"""Charts with a row for each name: ranked bars, dot plots and heat tables."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

import pandas as pd

from r2p_analysis.errors import ExhibitError
from r2p_analysis.exhibits import theme
from r2p_analysis.exhibits.charts import capital, tooltip
from r2p_analysis.exhibits.graphic import (
    WIDTHS,
    Entry,
    Graphic,
    Row,
    Scale,
    Sheet,
    Spec,
    both,
    check,
    draw_key,
    fixed,
    flags,
    key_height,
    names,
    numbers,
    palette,
    px,
    texts,
)

LABEL_ROOM = {"wide": 200, "narrow": 108}
SHAPES = ("circle", "diamond", "square", "triangle-up")
PICKED = "diamond"


def ranked_bars(
    frame: pd.DataFrame,
    *,
    label: str,
    value: str,
    highlight: str | Iterable[str] | None = None,
    highlight_title: str = "",
    unit: str,
    parts: str | None = None,
    order: Sequence[str] | None = None,
    colours: dict[str, str] | None = None,
    value_format: theme.NumberFormat | None = None,
) -> Graphic:
    """Draw bars from left to right, one a name, in the order of the frame.

    Parameters
    ----------
    frame
        One row a name, or one a name and part. A missing value is said to be missing.
    label, value
        Columns of names and values.
    highlight, highlight_title
        Names to pick out, as names or as a boolean column, and what they have in common. They are bold and
        have a diamond, besides the colour.
    unit
        What is counted, named once above the bars.
    parts, order, colours
        A column of parts to stack in each bar, their order and their colours.
    value_format
        How values read: a format such as ``,.1f`` or a function; in short unless told.

    Returns
    -------
    Graphic
        A "Ranked bar chart".
    """
    chart = "ranked bars"
    check(chart, frame, label, value, parts)
    values = numbers(chart, frame, value)
    picked = flags(chart, frame, label, highlight)
    pieces = texts(frame, parts) if parts else [""] * len(frame)
    kinds = names(pieces, order)
    paint = palette(kinds, colours) if parts else {}
    if parts and any(v is not None and v < 0 for v in values):
        raise ExhibitError(f"{chart}: parts of a bar must not be negative; column {value!r} is")
    totals: dict[str, float | None] = {}
    bars: list[Row] = []
    for name, piece, number in sorted(
        zip(texts(frame, label), pieces, values, strict=True), key=lambda cell: kinds.index(cell[1])
    ):
        totals.setdefault(name, None)
        if number is None:
            continue
        base = totals[name] or 0.0
        totals[name] = base + number
        colour = paint.get(piece) or (theme.ACCENT if name in picked or not picked else theme.CONTEXT)
        bars.append(
            {
                "name": name,
                "part": piece,
                "value": number,
                "from": base,
                "to": base + number,
                "colour": colour,
                "label": tooltip(name, piece, value=number, unit=unit),
            }
        )
    totals = {name: totals[name] for name in texts(frame, label)}
    entries = [Entry(kind, paint[kind]) for kind in kinds] if parts else []
    entries += [Entry(highlight_title, theme.ACCENT, PICKED)] if highlight_title and picked else []

    def draw(layout: str) -> Spec:
        return _draw_ranked(layout, bars, totals, picked, entries, unit, how=value_format)

    return both("Ranked bar chart", draw)


def _draw_ranked(
    layout: str,
    bars: list[Row],
    totals: dict[str, float | None],
    picked: set[str],
    entries: list[Entry],
    unit: str,
    *,
    how: theme.NumberFormat | None,
) -> Spec:
    written = {name: theme.formatted(v, how) if v is not None else "not available" for name, v in totals.items()}
    sheet, at = _name_rows(
        layout,
        list(totals),
        picked,
        entries,
        unit,
        right=max(theme.width_of(t, bold=True) for t in written.values()) + 10,
    )
    known = [v for v in totals.values() if v is not None]
    low, high = min([*known, 0.0]), max([*known, 0.0])
    room = max((theme.width_of(written[n]) for n, v in totals.items() if v is not None and v < 0), default=-8) + 8
    scale = Scale(low, high if high > low else low + 1, room if low < 0 else 0, sheet.width)
    rows = [
        {**bar, "x": scale(bar["from"]), "x2": scale(bar["to"]), "y": at[bar["name"]] - 8, "y2": at[bar["name"]] + 8}
        for bar in bars
    ]
    sheet.draw(
        "rect",
        rows,
        {"x": px("x"), "x2": {"field": "x2"}, "y": px("y"), "y2": {"field": "y2"}, "color": fixed("colour")},
        stroke=theme.PAPER,
        strokeWidth=0.6,
    )
    sheet.rule([{"x": scale(0), "x2": scale(0), "y": 0, "y2": sheet.height}], color=theme.AXIS)
    for negative in (True, False):
        for bold in (True, False):
            chosen = [n for n, v in totals.items() if (n in picked) is bold and ((v or 0) < 0) is negative]
            sheet.write(
                [
                    {
                        "x": round(scale(totals[n] or 0) + (-6 if negative else 6), 2),
                        "y": at[n],
                        "text": written[n],
                        "colour": theme.MUTED if totals[n] is None else theme.INK,
                    }
                    for n in chosen
                ],
                align="right" if negative else "left",
                fontWeight="bold" if bold else "normal",
            )
    return sheet.spec()


def _name_rows(
    layout: str, found: list[str], picked: set[str], entries: list[Entry], unit: str, right: float
) -> tuple[Sheet, dict[str, float]]:
    """Start a sheet with a row for each name, the names written to the left of the plot."""
    room = LABEL_ROOM[layout]
    wrapped = {name: theme.wrap(name, room, lines=3, bold=name in picked) for name in found}
    tall = {name: 25 + 14 * text.count("\n") for name, text in wrapped.items()}
    sign = 16 if picked else 0
    left = max(theme.block_width(text, bold=name in picked) for name, text in wrapped.items()) + 8 + sign
    sheet = Sheet(WIDTHS[layout], sum(tall.values()), left, right, key_height(entries, WIDTHS[layout]) + 24, 4)
    draw_key(sheet, entries)
    sheet.write(
        [{"x": -math.ceil(left), "y": -13, "text": capital(unit)}], color=theme.MUTED, fontSize=theme.SMALL_SIZE
    )
    at = {name: below - tall[name] / 2 for name, below in zip(found, accumulate(tall.values()), strict=True)}
    for bold in (True, False):
        sheet.write(
            [{"x": -8, "y": at[n], "text": wrapped[n]} for n in found if (n in picked) is bold],
            align="right",
            fontWeight="bold" if bold else "normal",
        )
    sheet.draw(
        "point",
        [{"x": round(-16 - theme.block_width(wrapped[n], bold=True), 2), "y": at[n]} for n in found if n in picked],
        {"x": px("x"), "y": px("y")},
        shape=PICKED,
        size=70,
        fill=theme.ACCENT,
        opacity=1,
        strokeWidth=0,
    )
    return sheet, at


# Dots -----


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
    if len(kinds) > len(SHAPES):
        raise ExhibitError(f"{chart}: {len(kinds)} series; at most {len(SHAPES)} can be told apart")
    paint = palette(kinds, colours)
    shape = dict(zip(kinds, SHAPES, strict=False))
    dots = [
        {
            "name": name,
            "series": kind,
            "value": number,
            "colour": paint[kind],
            "shape": shape[kind],
            "size": (190, 95, 60, 35)[kinds.index(kind)],
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
    room = max(theme.width_of(theme.formatted(d["value"], how), theme.SMALL_SIZE) for d in known) + 12
    changes = {name: _change(row, kinds) for name, row in by_name.items()} if ratio else {}
    column = max((theme.width_of(t) for t in changes.values()), default=-10) + 10
    sheet, at = _name_rows(layout, list(by_name), set(), entries, unit, right=room + column)
    low, high = min(0.0, *(d["value"] for d in known)), max(0.0, *(d["value"] for d in known))
    scale = Scale(low, high if high > low else 1.0, room if low < 0 else 8, sheet.width)
    spans = {name: [scale(d["value"]) for d in row] for name, row in by_name.items() if row}
    sheet.rule(
        [{"x": min(xs), "x2": max(xs), "y": at[n], "y2": at[n]} for n, xs in spans.items()],
        color=theme.AXIS,
        strokeWidth=2,
    )
    largest_first = sorted(known, key=lambda d: -d["size"])
    sheet.draw(
        "point",
        [{**d, "x": scale(d["value"]), "y": at[d["name"]]} for d in largest_first],
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
    for align, texts_at in _dot_values({n: by_name[n] for n in spans}, spans, at, room, how).items():
        sheet.write(texts_at, align=align, fontSize=theme.SMALL_SIZE)
    sheet.write(
        [{"x": sheet.width + math.ceil(sheet.right), "y": at[n], "text": t} for n, t in changes.items()],
        align="right",
        fontWeight="bold",
    )
    empty = [{"x": 8, "y": at[name], "text": "not available"} for name, row in by_name.items() if not row]
    sheet.write(empty, color=theme.MUTED, fontSize=theme.SMALL_SIZE)
    return sheet.spec()


def _dot_values(
    rows: dict[str, list[Row]],
    spans: dict[str, list[float]],
    at: dict[str, float],
    room: float,
    how: theme.NumberFormat | None,
) -> dict[str, list[Row]]:
    """Write the largest value of a row to the right of its dots and the smallest, if far enough, to the left.

    Where the dots lie on each other, the value written is that of the last series.
    """
    ends: dict[str, list[Row]] = {"left": [], "right": []}
    for name, xs in spans.items():
        by_value = sorted(rows[name], key=lambda d: d["value"])
        apart = max(xs) - min(xs) > 8
        shown = by_value[-1] if apart else min(rows[name], key=lambda d: d["size"])
        ends["left"].append({"x": max(xs) + 11, "y": at[name], "text": theme.formatted(shown["value"], how)})
        if apart and min(xs) > room:
            text = theme.formatted(by_value[0]["value"], how)
            ends["right"].append({"x": min(xs) - 11, "y": at[name], "text": text})
    return ends


def _change(row: list[Row], kinds: list[str]) -> str:
    """How the last series differs from the first: in percent when near, else as a multiple."""
    value = {d["series"]: d["value"] for d in row}
    first, last = value.get(kinds[0]), value.get(kinds[-1])
    if not first or last is None or first * last < 0:
        return "–"
    times = last / first
    if 0.5 <= times < 2:
        return f"{(times - 1) * 100:+.1f} %".replace("-", "−")
    return f"{times:,.1f}×" if times >= 0.05 else f"{times:.2g}×"


# Heat tables -----


def heat_table(
    frame: pd.DataFrame, *, row: str, column: str, value: str, unit: str, value_format: theme.NumberFormat | None = None
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

    Returns
    -------
    Graphic
        A "Heat table". Where columns do not fit side by side they go on below.
    """
    chart = "heat table"
    check(chart, frame, row, column, value)
    values = numbers(chart, frame, value)
    cells = dict(zip(zip(texts(frame, row), texts(frame, column), strict=True), values, strict=True))
    if len(cells) < len(values):
        raise ExhibitError(f"{chart}: a cell has more than one row in the frame")
    found, across = names(texts(frame, row), None), names(texts(frame, column), None)
    cuts = theme.thresholds([abs(v) for v in values if v is not None])
    paint = theme.class_colours(len(cuts) + 1)
    drawn = {
        key: (theme.formatted(v, value_format), theme.NO_DATA if v is None else paint[bisect_right(cuts, abs(v))])
        for key, v in cells.items()
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
