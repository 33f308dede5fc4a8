"""Small multiples: one small line chart for each name."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from r2p_analysis.exhibits import theme
from r2p_analysis.exhibits.charts.axes import axis_margin, capital, tooltip, years_shown
from r2p_analysis.exhibits.charts.frame import check, names, numbers, palette, texts, years
from r2p_analysis.exhibits.charts.key import Entry, draw_key, key_height
from r2p_analysis.exhibits.charts.placing import Scale
from r2p_analysis.exhibits.charts.runs import MAX_TARGETS, draw_bands, draw_runs, points_of
from r2p_analysis.exhibits.charts.sheet import Row, Sheet
from r2p_analysis.exhibits.graphic import WIDTHS, Graphic, Spec, both


def small_multiples(
    frame: pd.DataFrame,
    *,
    panel: str,
    x: str,
    y: str,
    series: str | None = None,
    order: Sequence[str] | None = None,
    colours: dict[str, str] | None = None,
    low: str | None = None,
    high: str | None = None,
    x_text: str | None = None,
    columns: int | None = None,
    unit: str,
    shared: bool = True,
) -> Graphic:
    """Draw one small line chart for each name, all to one scale.

    Parameters
    ----------
    frame
        One row a panel, year and series; a missing value breaks the line.
    panel, x, y, series
        Columns of panel names, whole years, values and, if there are several lines a panel, their names.
    order, colours
        Series in their order, and their colours.
    low, high
        Columns of the bounds of an estimate, drawn as a band.
    x_text
        A column of what to write for each value of `x` where these are not years, such as "2015-08" for a month.
    columns
        Panels side by side; three in the wide layout and two in the narrow one unless told.
    unit
        What is measured.
    shared
        Whether all panels have one scale; if not, each says its own.

    Returns
    -------
    Graphic
        "Small line charts".
    """
    chart = "small multiples"
    check(chart, frame, panel, x, y, series, low, high, x_text)
    named = texts(frame, series) if series else [""] * len(frame)
    everyone = names(named, order)
    paint = palette(everyone, colours) if series else {"": theme.ACCENT}
    points = points_of(years(chart, frame, x), named, numbers(chart, frame, y), paint, unit)
    for point, name in zip(points, texts(frame, panel), strict=True):
        point.update(panel=name, label=f"{name}, {point['label']}")
    if low and high:
        bounds = numbers(chart, frame, low), numbers(chart, frame, high)
        for point, down, up in zip(points, *bounds, strict=True):
            point.update(low=down, high=up)
    if x_text:
        for point, text in zip(points, texts(frame, x_text), strict=True):
            point.update(text=text, label=f"{point['panel']}, {tooltip(text, value=point['value'], unit=unit)}")
    points.sort(key=lambda p: (everyone.index(p["name"]), p["year"]))
    titles = names(texts(frame, panel), None)
    entries = [Entry(name, paint[name]) for name in everyone] if len(everyone) > 1 else []

    def draw(layout: str) -> Spec:
        across = min(columns or (3 if layout == "wide" else 2), len(titles))
        return _draw_panels(layout, points, titles, entries, across=across, unit=unit, shared=shared)

    return both("Small line charts", draw)


def _draw_panels(
    layout: str, points: list[Row], titles: list[str], entries: list[Entry], *, across: int, unit: str, shared: bool
) -> Spec:
    high, gap = (110 if layout == "wide" else 90), 22
    width = (WIDTHS[layout] - gap * (across - 1)) / across
    heads = [theme.wrap(title, width - 4, bold=True) for title in titles]
    tall = 62 + 16 * max(head.count("\n") for head in heads)
    down = math.ceil(len(titles) / across)
    sheet = Sheet(WIDTHS[layout], down * (high + tall) - 28, 0, 0, key_height(entries, WIDTHS[layout]) + 22, 26)
    draw_key(sheet, entries)
    sheet.write([{"x": 0, "y": -14, "text": capital(unit)}], color=theme.MUTED, fontSize=theme.SMALL_SIZE)
    every = _axis([p for p in points if p["value"] is not None])
    span = sorted({p["year"] for p in points})
    for index, title in enumerate(titles):
        mine = [p for p in points if p["panel"] == title]
        axis = every if shared else _axis([p for p in mine if p["value"] is not None] or points)
        top = (index // across) * (high + tall) + tall - 30
        left = (index % across) * (width + gap)
        place = Scale(span[0], span[-1], left + axis_margin(axis), left + width - 16)
        _draw_panel(
            sheet,
            mine,
            heads[index],
            axis,
            Scale(axis[0], axis[-1], top + high, top),
            place,
            right=left + width,
            targets=max(1, MAX_TARGETS // len(titles)),
        )
    return sheet.spec()


def _axis(points: list[Row]) -> list[float]:
    values = [0.0, *(v for p in points for v in (p["value"], p.get("low"), p.get("high")) if v is not None)]
    return theme.ticks(min(values), max(values), 2)


def _draw_panel(
    sheet: Sheet,
    points: list[Row],
    head: str,
    axis: list[float],
    scale: Scale,
    place: Scale,
    *,
    right: float,
    targets: int,
) -> None:
    margin = axis_margin(axis)
    left = place.start
    sheet.write(
        [{"x": round(left - margin, 2), "y": scale.end - 20 - 8 * head.count("\n"), "text": head}], fontWeight="bold"
    )
    sheet.rule([{"x": left, "x2": right, "y": scale(v), "y2": scale(v)} for v in axis if v])
    sheet.rule([{"x": left, "x2": right, "y": scale(v), "y2": scale(v)} for v in axis if not v], color=theme.AXIS)
    small = theme.SMALL_SIZE - 1
    sheet.write(
        [
            {"x": round(left - 6, 2), "y": scale(v), "text": t}
            for v, t in zip(axis, theme.tick_labels(axis), strict=True)
        ],
        align="right",
        color=theme.MUTED,
        fontSize=small,
    )
    span = list(range(int(place.low), int(place.high) + 1))
    ends = [y for y in years_shown(span, (right - left) / len(span)) if y in (span[0], span[-1])]
    said = {p["year"]: p["text"] for p in points if "text" in p}
    sheet.write(
        [{"x": place(y), "y": scale.start + 12, "text": said.get(y, str(y))} for y in ends],
        align="center",
        color=theme.MUTED,
        fontSize=small,
    )
    if all(p["value"] is None for p in points):
        sheet.write(
            [{"x": round((left + right) / 2, 2), "y": (scale.start + scale.end) / 2, "text": "no data"}],
            align="center",
            color=theme.MUTED,
        )
    draw_bands(sheet, points, place, scale)
    draw_runs(sheet, points, place, scale, [p["name"] for p in points], targets=targets)
