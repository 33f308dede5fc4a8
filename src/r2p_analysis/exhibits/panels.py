"""Lines over the years, in one plot or in small multiples."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import pandas as pd

from r2p_analysis.exhibits import theme
from r2p_analysis.exhibits.charts import (
    HEIGHTS,
    axis_margin,
    capital,
    tooltip,
    value_axis,
    year_axis,
    years_shown,
)
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
    spread,
    texts,
    years,
)

MAX_TARGETS = 240
"""So many points at most answer to a pointer, those of lines picked out, evenly thinned: pages stay small."""


def lines(  # noqa: PLR0913 - each is a choice of its own, named at the call
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
    points = _points(years(chart, frame, x), named, numbers(chart, frame, y), paint, unit)
    bounds = [numbers(chart, frame, column) for column in (low, high) if column]
    if len(bounds) == 2:
        for point, down, up in zip(points, *bounds, strict=True):
            point.update(low=down, high=up)
    points.sort(key=lambda p: (p["name"] in picked, everyone.index(p["name"]), p["year"]))

    def draw(layout: str) -> Spec:
        return _draw_lines(layout, points, picked, unit, (mark_x, mark_text), zero)

    return both("Line chart", draw)


def _points(
    when: list[int], named: list[str], values: list[float | None], paint: dict[str, str], unit: str
) -> list[Row]:
    return [
        {
            "year": year,
            "name": name,
            "value": value,
            "colour": paint[name],
            "label": tooltip(name, str(year), value=value, unit=unit),
        }
        for year, name, value in zip(when, named, values, strict=True)
    ]


def runs(points: list[Row]) -> list[list[Row]]:
    """Cut points, sorted by name and year, where a value is missing or a name ends."""
    done: list[list[Row]] = []
    before: Row | None = None
    for point in points:
        if point["value"] is not None:
            if before is None or before["value"] is None or before["name"] != point["name"]:
                done.append([])
            done[-1].append(point)
        before = point
    return done


def draw_runs(
    sheet: Sheet, points: list[Row], place: Scale, scale: Scale, picked: Sequence[str], targets: int = MAX_TARGETS
) -> None:
    """Draw lines, a dot where a value stands alone, and the targets for a pointer."""
    pieces = runs(points)
    path = [
        {
            "x": place(p["year"]),
            "y": scale(p["value"]),
            "year": p["year"],
            "value": p["value"],
            "colour": p["colour"],
            "run": str(n),
        }
        for n, run in enumerate(pieces)
        for p in run
    ]
    encoding = {"x": px("x"), "y": px("y"), "color": fixed("colour")}
    quiet = {str(n) for n, run in enumerate(pieces) if run[0]["name"] not in picked}
    for group, width in ((True, 1.2), (False, 2.4)):
        sheet.draw(
            "line",
            [row for row in path if (row["run"] in quiet) is group],
            {**encoding, "detail": {"field": "run"}, "order": {"field": "year"}},
            strokeWidth=width,
            strokeCap="round",
            strokeJoin="round",
        )
    alone = [row for row in path if len(pieces[int(row["run"])]) == 1]
    sheet.draw(
        "point",
        alone,
        {"x": px("x"), "y": px("y"), "fill": fixed("colour")},
        shape="circle",
        size=40,
        opacity=1,
        strokeWidth=0,
    )
    known = [p for p in points if p["value"] is not None]
    if len(known) > targets:
        known = [p for p in known if p["name"] in picked]
    known = known[:: -math.ceil(len(known) / targets) or -1]
    sheet.draw(
        "point",
        [{"x": place(p["year"]), "y": scale(p["value"]), "label": p["label"]} for p in known],
        {"x": px("x"), "y": px("y")},
        shape="circle",
        size=120,
        fill="transparent",
        strokeWidth=0,
    )


def _draw_lines(
    layout: str, points: list[Row], picked: list[str], unit: str, mark: tuple[int | None, str | None], zero: bool
) -> Spec:
    outer, wide = WIDTHS[layout], layout == "wide"
    values = [v for p in points for v in (p["value"], p.get("low"), p.get("high")) if v is not None]
    axis = theme.ticks(min([*values, 0] if zero else values), max([*values, 0] if zero else values), 5 if wide else 4)
    ends = _ends(points, picked, 14 if wide else 9)
    room = 170 if wide else 96
    labels = [theme.wrap(p["name"], room, bold=p["name"] in picked) for p in ends]
    right = 22 + max((theme.block_width(t, bold=True) for t in labels if t), default=-6)
    sheet = Sheet(outer, HEIGHTS[layout], axis_margin(axis), right, 58 if mark[0] is not None else 36, 26)
    scale = Scale(axis[0], axis[-1], sheet.height, 0)
    span = range(min(p["year"] for p in points), max(p["year"] for p in points) + 1)
    place = Scale(span[0], span[-1], 4, sheet.width)
    value_axis(sheet, scale, axis, unit)
    year_axis(sheet, {year: place(year) for year in span}, sheet.height)
    _draw_mark(sheet, mark, span, place)
    _draw_band(sheet, points, place, scale, picked)
    draw_runs(sheet, points, place, scale, picked)
    _name_ends(sheet, ends, labels, place, scale, picked)
    return sheet.spec()


def _ends(points: list[Row], picked: list[str], most: int) -> list[Row]:
    """The last known point of each line that gets a name: those picked out, then the largest."""
    last = {p["name"]: p for p in points if p["value"] is not None}
    by_size = sorted(last.values(), key=lambda p: (p["name"] not in picked, -p["value"]))
    context = len(picked) == len(last) or len(last) <= most
    return [p for p in by_size[:most] if context or p["name"] in picked]


def _draw_mark(sheet: Sheet, mark: tuple[int | None, str | None], span: range, place: Scale) -> None:
    year, text = mark
    if year is None or year not in span:
        return
    at = place(year)
    text = theme.wrap(text or str(year), 200, lines=1, bold=True)
    half = theme.width_of(text, theme.SMALL_SIZE, bold=True) / 2
    edge = sheet.width + math.ceil(sheet.right) - half
    sheet.rule([{"x": at, "x2": at, "y": -30, "y2": sheet.height}], color=theme.MUTED, strokeDash=[3, 3])
    sheet.write(
        [{"x": min(max(at, half - math.ceil(sheet.left)), edge), "y": -40, "text": text}],
        align="center",
        fontWeight="bold",
        fontSize=theme.SMALL_SIZE,
    )


def _draw_band(sheet: Sheet, points: list[Row], place: Scale, scale: Scale, picked: list[str]) -> None:
    known = [
        {**p, "value": 0 if p.get("low") is not None and p.get("high") is not None else None}
        for p in points
        if p["name"] in picked
    ]
    rows = [
        {"x": place(p["year"]), "y": scale(p["low"]), "y2": scale(p["high"]), "colour": p["colour"], "run": str(n)}
        for n, run in enumerate(runs(known))
        for p in run
    ]
    sheet.draw(
        "area",
        rows,
        {"x": px("x"), "y": px("y"), "y2": {"field": "y2"}, "fill": fixed("colour"), "detail": {"field": "run"}},
        fillOpacity=0.2,
        strokeWidth=0,
    )


def _name_ends(sheet: Sheet, ends: list[Row], labels: list[str], place: Scale, scale: Scale, picked: list[str]) -> None:
    shown = [(p, text) for p, text in zip(ends, labels, strict=True) if text]
    rooms = [16.0 * (1 + text.count("\n")) + 1 for _, text in shown]
    at = spread([scale(p["value"]) for p, _ in shown], rooms, 0, sheet.height)
    sheet.rule(
        [
            {"x": place(p["year"]) + 2, "x2": sheet.width + 14, "y": scale(p["value"]), "y2": y}
            for (p, _), y in zip(shown, at, strict=True)
        ],
        color=theme.AXIS,
    )
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


# Small multiples -----


def small_multiples(
    frame: pd.DataFrame,
    *,
    panel: str,
    x: str,
    y: str,
    series: str | None = None,
    order: Sequence[str] | None = None,
    colours: dict[str, str] | None = None,
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
    check(chart, frame, panel, x, y, series)
    named = texts(frame, series) if series else [""] * len(frame)
    everyone = names(named, order)
    paint = palette(everyone, colours) if series else {"": theme.ACCENT}
    points = _points(years(chart, frame, x), named, numbers(chart, frame, y), paint, unit)
    for point, name in zip(points, texts(frame, panel), strict=True):
        point.update(panel=name, label=f"{name}, {point['label']}")
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
    values = [0.0, *(p["value"] for p in points if p["value"] is not None)]
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
    sheet.write(
        [{"x": place(y), "y": scale.start + 12, "text": str(y)} for y in ends],
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
    draw_runs(sheet, points, place, scale, [p["name"] for p in points], targets=targets)
