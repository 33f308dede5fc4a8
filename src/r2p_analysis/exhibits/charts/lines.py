"""Lines over the years, named at their ends."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from statistics import fmean

import pandas as pd

from r2p_analysis.exhibits import theme
from r2p_analysis.exhibits.charts.axes import HEIGHTS, axis_margin, capital, value_axis, year_axis
from r2p_analysis.exhibits.charts.frame import check, flags, names, numbers, palette, texts, years
from r2p_analysis.exhibits.charts.numbered import draw_numbered, names_height, numbered
from r2p_analysis.exhibits.charts.placing import Scale, spread
from r2p_analysis.exhibits.charts.runs import draw_bands, draw_runs, points_of
from r2p_analysis.exhibits.charts.sheet import Row, Sheet
from r2p_analysis.exhibits.graphic import WIDTHS, Graphic, Spec, both


def lines(
    frame: pd.DataFrame,
    *,
    x: str,
    y: str,
    series: str | None = None,
    order: Sequence[str] | None = None,
    colours: dict[str, str] | None = None,
    highlight: str | Iterable[str] | None = None,
    low: str | None = None,
    high: str | None = None,
    unit: str,
    mark_x: int | None = None,
    mark_text: str | None = None,
    zero: bool = True,
    points: pd.DataFrame | None = None,
    narrow_names: dict[str, str] | None = None,
) -> Graphic:
    """Draw lines over the years, named at their ends.

    Parameters
    ----------
    frame
        One row a year and series; a missing value breaks the line.
    x, y, series
        Columns of whole years, values and names; without `series` there is one line.
    order
        Names in the order in which they take colours.
    colours
        Colours by name.
    highlight
        Names to pick out, at most five or so, or a boolean column; the others turn grey.
    low, high
        Columns of the bounds of an estimate, drawn as a band.
    unit
        What is measured, named once above the axis.
    mark_x, mark_text
        A year to mark by an upright line, and what to write at it.
    zero
        Whether the axis starts at zero.
    points
        Single figures of others to set beside the lines, such as dated counts: columns ``at`` (years, with fractions
        for months), ``value`` and ``text``. They are numbered, and named below the plot.
    narrow_names
        Shorter names for the narrow layout, where two lines of about fifteen letters are all the room there is.

    Returns
    -------
    Graphic
        A "Line chart".
    """
    chart = "lines"
    check(chart, frame, x, y, series, low, high)
    named = texts(frame, series) if series else [""] * len(frame)
    everyone = names(named, order)
    chosen = flags(chart, frame, series or x, highlight)
    picked = [name for name in everyone if name in chosen] if highlight is not None else everyone
    paint = {**dict.fromkeys(everyone, theme.CONTEXT), **palette(picked, colours)}
    passed = points_of(years(chart, frame, x), named, numbers(chart, frame, y), paint, unit)
    bounds = [numbers(chart, frame, column) for column in (low, high) if column]
    if len(bounds) == 2:
        for point, down, up in zip(passed, *bounds, strict=True):
            point.update(low=down, high=up)
    passed.sort(key=lambda p: (p["name"] in picked, everyone.index(p["name"]), p["year"]))
    single = numbered(points, unit) if points is not None and len(points) else []

    def draw(layout: str) -> Spec:
        return _draw_lines(
            layout, passed, picked, unit, (mark_x, mark_text), zero=zero, single=single, short=narrow_names or {}
        )

    return both("Line chart", draw)


def _draw_lines(
    layout: str,
    points: list[Row],
    picked: list[str],
    unit: str,
    mark: tuple[int | None, str | None],
    *,
    zero: bool,
    single: list[Row],
    short: dict[str, str],
) -> Spec:
    outer, wide = WIDTHS[layout], layout == "wide"
    values = [v for p in [*points, *single] for v in (p["value"], p.get("low"), p.get("high")) if v is not None]
    span_of = [*values, 0] if zero else values
    whole = all(float(value).is_integer() for value in values)
    axis = theme.ticks(min(span_of), max(span_of), 5 if wide else 4, whole=whole)
    ends = _ends(points, picked, 14 if wide else 9)
    room = 170 if wide else 96
    said = {} if wide else short
    labels = [theme.wrap(str(said.get(p["name"], p["name"])), room, lines=3, bold=p["name"] in picked) for p in ends]
    right = 22 + max((theme.block_width(t, bold=True) for t in labels if t), default=-6)
    below = 26 + names_height(single, layout)
    sheet = Sheet(outer, HEIGHTS[layout], axis_margin(axis), right, 58 if mark[0] is not None else 36, below)
    scale = Scale(axis[0], axis[-1], sheet.height, 0)
    span = range(min(p["year"] for p in points), max(p["year"] for p in points) + 1)
    place = Scale(span[0], max(span[-1], *(p["at"] for p in single), span[0]), 4, sheet.width)
    value_axis(sheet, scale, axis, unit)
    year_axis(sheet, {year: place(year) for year in span}, sheet.height)
    _draw_mark(sheet, mark, span, place, unit)
    draw_bands(sheet, [p for p in points if p["name"] in picked], place, scale)
    draw_runs(sheet, points, place, scale, picked)
    _name_ends(sheet, ends, labels, place, scale, picked)
    draw_numbered(sheet, single, place, scale, layout)
    return sheet.spec()


def _ends(points: list[Row], picked: list[str], most: int) -> list[Row]:
    """The last known point of each line that gets a name: those picked out, then the largest."""
    known = [p for p in points if p["value"] is not None]
    last = {p["name"]: p for p in known}
    # Of lines that meet at their ends, the one that ran higher is named higher.
    ran = {name: fmean(p["value"] for p in known if p["name"] == name) for name in last}
    by_size = sorted(
        last.values(), key=lambda p: (p["name"] not in picked, -float(f"{p['value']:.6g}"), -ran[p["name"]])
    )
    context = len(picked) == len(last) or len(last) <= most
    return [p for p in by_size[:most] if context or p["name"] in picked]


def _draw_mark(sheet: Sheet, mark: tuple[int | None, str | None], span: range, place: Scale, unit: str) -> None:
    year, text = mark
    if year is None or year not in span:
        return
    at = place(year)
    text = theme.wrap(text or str(year), sheet.outer - 20, theme.SMALL_SIZE, lines=1, bold=True)
    half = theme.width_of(text, theme.SMALL_SIZE, bold=True) / 2
    edge = sheet.width + math.ceil(sheet.right) - half
    # Where the name of the unit reaches as far, the line begins below it.
    unit_ends = theme.width_of(capital(unit), theme.SMALL_SIZE) - math.ceil(sheet.left)
    top = -30 if unit_ends + 4 < at else -10
    sheet.rule([{"x": at, "x2": at, "y": top, "y2": sheet.height}], color=theme.MUTED, strokeDash=[3, 3])
    sheet.write(
        [{"x": min(max(at, half - math.ceil(sheet.left)), edge), "y": -40, "text": text}],
        align="center",
        fontWeight="bold",
        fontSize=theme.SMALL_SIZE,
    )


def _name_ends(sheet: Sheet, ends: list[Row], labels: list[str], place: Scale, scale: Scale, picked: list[str]) -> None:
    shown = [(p, text) for p, text in zip(ends, labels, strict=True) if text]
    # Names of several lines stand further apart than their own lines do, or one could not tell where one ends.
    rooms = [16.0 * (1 + text.count("\n")) + (7 if "\n" in text else 1) for _, text in shown]
    at = spread([scale(p["value"]) for p, _ in shown], rooms, 0, sheet.height)
    for colour in dict.fromkeys(p["colour"] for p, _ in shown):
        leaders = [
            {"x": place(p["year"]) + 2, "x2": sheet.width + 14, "y": scale(p["value"]), "y2": y}
            for (p, _), y in zip(shown, at, strict=True)
            if p["colour"] == colour
        ]
        sheet.rule([leader for leader in leaders if leader["x"] > sheet.width], color=colour)
        # From a line that ended before the last year a solid one would look like the years that it lacks.
        sheet.rule([leader for leader in leaders if leader["x"] <= sheet.width], color=theme.MUTED, strokeDash=[1, 5])
    for bold in (True, False):
        sheet.write(
            [
                {"x": sheet.width + 17, "y": y, "text": text}
                for (p, text), y in zip(shown, at, strict=True)
                if (p["name"] in picked) is bold
            ],
            fontWeight="bold" if bold else "normal",
            color=theme.INK if bold else theme.MUTED,
        )
