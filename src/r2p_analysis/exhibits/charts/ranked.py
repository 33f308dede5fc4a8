"""Ranked bars: a bar for each name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from r2p_analysis.errors import ExhibitError
from r2p_analysis.exhibits import theme
from r2p_analysis.exhibits.charts.axes import tooltip
from r2p_analysis.exhibits.charts.frame import check, flags, names, numbers, palette, texts
from r2p_analysis.exhibits.charts.key import Entry
from r2p_analysis.exhibits.charts.placing import Scale
from r2p_analysis.exhibits.charts.rows import PICKED, name_rows
from r2p_analysis.exhibits.charts.sheet import Row, fixed, px
from r2p_analysis.exhibits.graphic import Graphic, Spec, both


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
    whole: float | None = None,
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
        How values read: a format such as ``,.1f`` or a function; in short unless told, with
        their signs where some are negative.
    whole
        What the full width stands for, such as 100 where bars are shares of one whole; the longest bar unless told.

    Returns
    -------
    Graphic
        A "Ranked bar chart".
    """
    chart = "ranked bars"
    check(chart, frame, label, value, parts)
    values = numbers(chart, frame, value)
    if value_format is None and any(v is not None and v < 0 for v in values):
        # Bars to both sides of zero are changes: the larger ones must not read as amounts.
        value_format = theme.signed
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
        return _draw_ranked(layout, bars, totals, picked, entries, unit, how=value_format, whole=whole)

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
    whole: float | None,
) -> Spec:
    written = {name: theme.formatted(v, how) if v is not None else "not available" for name, v in totals.items()}
    sheet, at = name_rows(
        layout,
        list(totals),
        picked,
        entries,
        unit,
        right=max(theme.width_of(t, bold=True) for t in written.values()) + 10,
    )
    known = [v for v in totals.values() if v is not None]
    low, high = min([*known, 0.0]), max([*known, whole or 0.0])
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
