"""Dated counts as steps: what is known on some days, and nothing between them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pandas as pd

from r2p_analysis.exhibits import theme
from r2p_analysis.exhibits.charts.axes import HEIGHTS, axis_margin, value_axis, year_axis
from r2p_analysis.exhibits.charts.days import decimal_years
from r2p_analysis.exhibits.charts.frame import check, names, numbers, palette, texts
from r2p_analysis.exhibits.charts.placing import Scale, spread
from r2p_analysis.exhibits.charts.sheet import Row, Sheet, fixed, px
from r2p_analysis.exhibits.graphic import WIDTHS, Graphic, Spec, both

_SHAPES = ("circle", "diamond", "square", "triangle-up", "cross")


def steps(
    frame: pd.DataFrame,
    *,
    date: str,
    value: str,
    series: str,
    order: Sequence[str] | None = None,
    colours: dict[str, str] | None = None,
    unit: str,
) -> Graphic:
    """Draw dated counts: a mark for each count, and a line that holds it until the next one.

    Parameters
    ----------
    frame
        One row a count; a series ends with its last one. A dotted line leads from there to its name, the count and
        its year.
    date, value, series
        Columns of ISO dates (YYYY-MM-DD), counts and names.
    order, colours
        Names in their order, and their colours. Their marks differ in shape too.
    unit
        What is counted, named once above the axis.

    Returns
    -------
    Graphic
        A "Step chart".
    """
    chart = "steps"
    check(chart, frame, date, value, series)
    known = names(texts(frame, series), order)
    paint = palette(known, colours)
    shape = {name: _SHAPES[n % len(_SHAPES)] for n, name in enumerate(known)}
    points: list[Row] = [
        {"at": at, "name": name, "value": number, "colour": paint[name], "shape": shape[name], "day": day}
        for at, name, number, day in zip(
            decimal_years(chart, frame, date),
            texts(frame, series),
            numbers(chart, frame, value),
            texts(frame, date),
            strict=True,
        )
        if number is not None
    ]
    points.sort(key=lambda p: (known.index(p["name"]), p["at"]))
    for point in points:
        point["label"] = f"{point['name']}, {point.pop('day')}: {theme.short(point['value'])} {unit}"

    def draw(layout: str) -> Spec:
        return _draw_steps(layout, points, unit)

    return both("Step chart", draw)


def _draw_steps(layout: str, points: list[Row], unit: str) -> Spec:
    wide = layout == "wide"
    axis = theme.ticks(0, max(p["value"] for p in points), 5 if wide else 4)
    last = {p["name"]: p for p in points}
    room = 180 if wide else 104
    labels = {
        name: theme.wrap(f"{name}: {theme.short(p['value'])} ({int(p['at'])})", room, lines=3, bold=True)
        for name, p in last.items()
    }
    right = 22 + max(theme.block_width(text, bold=True) for text in labels.values())
    sheet = Sheet(WIDTHS[layout], HEIGHTS[layout], axis_margin(axis), right, 36, 26)
    scale = Scale(axis[0], axis[-1], sheet.height, 0)
    years = [int(p["at"]) for p in points]
    span = range(min(years), max(years) + 2)
    place = Scale(span[0], span[-1], 4, sheet.width - 4)
    value_axis(sheet, scale, axis, unit)
    year_axis(sheet, {year: place(year) for year in span}, sheet.height)
    for before, after in pairwise(points):
        if before["name"] == after["name"]:
            x, x2, y, y2 = place(before["at"]), place(after["at"]), scale(before["value"]), scale(after["value"])
            legs = [{"x": x, "x2": x2, "y": y, "y2": y}, {"x": x2, "x2": x2, "y": y, "y2": y2}]
            sheet.rule(legs, color=before["colour"], strokeWidth=2)
    sheet.draw(
        "point",
        [{**p, "x": place(p["at"]), "y": scale(p["value"])} for p in points],
        {"x": px("x"), "y": px("y"), "fill": fixed("colour"), "shape": fixed("shape")},
        size=85,
        opacity=1,
        stroke=theme.PAPER,
        strokeWidth=1,
    )
    _name_ends(sheet, list(last.values()), labels, place, scale)
    return sheet.spec()


def _name_ends(sheet: Sheet, ends: list[Row], labels: dict[str, str], place: Scale, scale: Scale) -> None:
    rooms = [16.0 * (1 + labels[p["name"]].count("\n")) + 2 for p in ends]
    at = spread([scale(p["value"]) for p in ends], rooms, 0, sheet.height)
    sheet.rule(
        [
            {"x": place(p["at"]) + 7, "x2": sheet.width + 14, "y": scale(p["value"]), "y2": y}
            for p, y in zip(ends, at, strict=True)
        ],
        color=theme.AXIS,
        strokeDash=[2, 3],
    )
    sheet.write(
        [{"x": sheet.width + 17, "y": y, "text": labels[p["name"]]} for p, y in zip(ends, at, strict=True)],
        fontWeight="bold",
    )
