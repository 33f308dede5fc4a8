"""Slopes: lines from values then to values now."""

from __future__ import annotations

import math
from collections.abc import Iterable

import pandas as pd

from r2p_analysis.exhibits import theme
from r2p_analysis.exhibits.charts.axes import capital
from r2p_analysis.exhibits.charts.frame import check, flags, numbers, texts
from r2p_analysis.exhibits.charts.placing import Scale, spread
from r2p_analysis.exhibits.charts.sheet import Row, Sheet, fixed, px
from r2p_analysis.exhibits.graphic import WIDTHS, Graphic, Spec, both


def slope(
    frame: pd.DataFrame,
    *,
    label: str,
    start: str,
    end: str,
    start_title: str,
    end_title: str,
    highlight: str | Iterable[str] | None = None,
    unit: str,
    value_format: theme.NumberFormat | None = None,
) -> Graphic:
    """Draw a line for each name from its value then to its value now.

    Parameters
    ----------
    frame
        One row a name; a missing value has no end, and its name stands at the other one.
    label, start, end
        Columns of names and of the two values.
    start_title, end_title
        What stands above the two sides, such as "End-2005".
    highlight
        Names to pick out, as names or as a boolean column; the others turn grey.
    unit
        What is counted.
    value_format
        How values read.

    Returns
    -------
    Graphic
        A "Slope chart".
    """
    chart = "slope"
    check(chart, frame, label, start, end)
    picked = flags(chart, frame, label, highlight)
    rows = [
        {
            "name": n,
            "start": a,
            "end": b,
            "bold": n in picked,
            "colour": theme.ACCENT if n in picked or not picked else theme.CONTEXT,
            "label": f"{n}: {theme.formatted(a, value_format)} to {theme.formatted(b, value_format)} {unit}",
        }
        for n, a, b in zip(texts(frame, label), numbers(chart, frame, start), numbers(chart, frame, end), strict=True)
    ]

    def draw(layout: str) -> Spec:
        return _draw_slope(layout, rows, (start_title, end_title), unit, value_format)

    return both("Slope chart", draw)


def _draw_slope(
    layout: str, rows: list[Row], titles: tuple[str, str], unit: str, how: theme.NumberFormat | None
) -> Spec:
    sides = {side: [_side_text(layout, row, side, how) for row in rows] for side in ("start", "end")}
    room = {s: max((theme.block_width(t, bold=True) for t in ts if t), default=20) for s, ts in sides.items()}
    heads = [theme.wrap(t, 150 if layout == "wide" else 110, bold=True) for t in titles]
    lead = 30 if layout == "wide" else 18
    tall = max(sum(18 * (1 + t.count("\n")) for t in ts if t) for ts in sides.values())
    sheet = Sheet(
        WIDTHS[layout],
        max(240, min(tall + 20, 900)),
        max(room["start"], 40) + lead,
        max(room["end"], 40) + lead,
        66,
        22,
    )
    values = [r[s] for r in rows for s in sides if r[s] is not None]
    scale = Scale(min([*values, 0]), max([*values, 0]) or 1, sheet.height, 0)
    sheet.write(
        [{"x": -math.ceil(sheet.left), "y": -52, "text": capital(unit)}], color=theme.MUTED, fontSize=theme.SMALL_SIZE
    )
    for align, x, head in (("right", 0, heads[0]), ("left", sheet.width, heads[1])):
        sheet.write([{"x": x, "y": -26, "text": head}], align=align, fontWeight="bold")
    sheet.rule([{"x": x, "x2": x, "y": -6, "y2": sheet.height} for x in (0, sheet.width)], color=theme.AXIS)
    drawn = [
        {**r, "x": 0, "x2": sheet.width, "y": scale(r["start"]), "y2": scale(r["end"])}
        for r in rows
        if r["start"] is not None and r["end"] is not None
    ]
    for bold, weight in ((False, 1.4), (True, 2.6)):
        sheet.draw(
            "rule",
            [r for r in drawn if r["bold"] is bold],
            {"x": px("x"), "y": px("y"), "x2": {"field": "x2"}, "y2": {"field": "y2"}, "color": fixed("colour")},
            strokeWidth=weight,
        )
    for side, x, way in (("start", 0.0, -1), ("end", float(sheet.width), 1)):
        shown = [(r, t) for r, t in zip(rows, sides[side], strict=True) if t]
        _slope_side(sheet, shown, side, x, way, scale)
    return sheet.spec()


def _side_text(layout: str, row: Row, side: str, how: theme.NumberFormat | None) -> str:
    if row[side] is None:
        return ""
    number = theme.formatted(row[side], how)
    if side == "end" and layout == "narrow" and row["start"] is not None:
        return number
    room = (190 if layout == "wide" else 118) - theme.width_of(number + " ", bold=True)
    name = theme.wrap(row["name"], room, bold=True)
    return f"{name} {number}" if side == "start" or "\n" in name else f"{number} {name}"


def _slope_side(sheet: Sheet, shown: list[tuple[Row, str]], side: str, x: float, way: int, scale: Scale) -> None:
    wanted = [scale(row[side]) for row, _ in shown]
    lead = 26 if sheet.outer > 400 else 14
    at = spread(wanted, [16.0 * (1 + t.count("\n")) + 1 for _, t in shown], 0, sheet.height)
    sheet.draw(
        "point",
        [{"x": x, "y": y, "colour": r["colour"], "label": r["label"]} for (r, _), y in zip(shown, wanted, strict=True)],
        {"x": px("x"), "y": px("y"), "fill": fixed("colour")},
        shape="circle",
        size=50,
        opacity=1,
        strokeWidth=0,
    )
    sheet.rule(
        [
            {"x": x + way * 4, "x2": x + way * lead, "y": a, "y2": b}
            for a, b in zip(wanted, at, strict=True)
            if abs(a - b) > 1
        ],
        color=theme.AXIS,
    )
    for bold in (True, False):
        sheet.write(
            [
                {"x": x + way * (lead + 2), "y": y, "text": t}
                for (r, t), y in zip(shown, at, strict=True)
                if r["bold"] is bold
            ],
            align="right" if way < 0 else "left",
            fontWeight="bold" if bold else "normal",
        )
