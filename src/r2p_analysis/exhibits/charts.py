"""Change over time: stacked bars over the years and slopes between two, and the axes that charts share."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import pandas as pd

from r2p_analysis.errors import ExhibitError
from r2p_analysis.exhibits import theme
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

HEIGHTS = {"wide": 360, "narrow": 280}


# Axes -----


def value_axis(sheet: Sheet, scale: Scale, values: list[float], unit: str) -> None:
    """Draw grid lines and their values, and name the unit once above them."""
    left = -math.ceil(sheet.left)
    lines = [{"x": 0, "x2": sheet.width, "y": scale(v), "y2": scale(v)} for v in values]
    sheet.rule([line for line, v in zip(lines, values, strict=True) if v != 0])
    sheet.rule([line for line, v in zip(lines, values, strict=True) if v == 0], color=theme.AXIS)
    labels = theme.tick_labels(values)
    sheet.write(
        [{"x": -8, "y": scale(v), "text": t} for v, t in zip(values, labels, strict=True)],
        align="right",
        color=theme.MUTED,
        fontSize=theme.SMALL_SIZE,
    )
    if unit:
        sheet.write(
            [{"x": left, "y": scale(max(values)) - 20, "text": capital(unit)}],
            color=theme.MUTED,
            fontSize=theme.SMALL_SIZE,
        )


def axis_margin(values: list[float]) -> float:
    """The room that the values of an axis take to the left of the plot."""
    return max(theme.width_of(t, theme.SMALL_SIZE) for t in theme.tick_labels(values)) + 10


def year_axis(sheet: Sheet, place: dict[int, float], base: float) -> None:
    """Write as many years under the plot as fit without turning them."""
    shown = years_shown(list(place), sheet.width / max(len(place), 1))
    sheet.rule([{"x": place[y], "x2": place[y], "y": base, "y2": base + 4} for y in shown], color=theme.AXIS)
    half = theme.width_of("2000", theme.SMALL_SIZE) / 2
    right = sheet.width + math.ceil(sheet.right) - half
    sheet.write(
        [{"x": min(place[y], right), "y": base + 14, "text": str(y)} for y in shown],
        align="center",
        color=theme.MUTED,
        fontSize=theme.SMALL_SIZE,
    )


def years_shown(found: list[int], step: float) -> list[int]:
    """The years to write: the first, the last and round ones between, at least 40 pixels apart."""
    first, last = min(found), max(found)
    every = next(n for n in (1, 2, 5, 10, 20, 50, 100, 1000, 10_000) if n * step >= 40)
    room = 40 / step if step else math.inf
    inner = [y for y in found if y % every == 0 and y - first >= room and last - y >= room]
    return sorted({first, *inner, last} if last - first >= room else {last})


def capital(text: str) -> str:
    """The text with a capital letter first."""
    return text[:1].upper() + text[1:]


def tooltip(*parts: str, value: float | None, unit: str) -> str:
    """What a mark says when pointed at: ``Syria, 2015: 4.87m people``."""
    head = ", ".join(part for part in parts if part)
    return f"{head}: {theme.short(value)} {unit}".strip()


# Stacked bars -----


def stacked_bars(
    frame: pd.DataFrame,
    *,
    x: str,
    y: str,
    series: str,
    order: Sequence[str] | None = None,
    colours: dict[str, str] | None = None,
    unit: str,
    mark_x: int | None = None,
    mark_text: str | None = None,
    total_labels: Sequence[int] | bool = True,
) -> Graphic:
    """Draw bars over the years, each stacked from its parts.

    Parameters
    ----------
    frame
        One row a year and part; a missing value is a part not collected and takes no room.
    x, y, series
        Columns of whole years, values of zero or more, and the names of parts.
    order
        Parts from the bottom of the bars up.
    colours
        Colours by part; parts without one take the next of the theme.
    unit
        What is counted, named once above the axis.
    mark_x, mark_text
        A year to point out, and what to write above it.
    total_labels
        Years whose total is written above the bar; True for the marked and the last year.

    Returns
    -------
    Graphic
        A "Stacked bar chart".
    """
    chart = "stacked bars"
    check(chart, frame, x, y, series)
    values = numbers(chart, frame, y)
    if any(v is not None and v < 0 for v in values):
        raise ExhibitError(f"{chart}: column {y!r} must not be negative")
    found = years(chart, frame, x)
    parts = names(texts(frame, series), order)
    paint = palette(parts, colours)
    rows = _stack(list(zip(found, texts(frame, series), values, strict=True)), parts, paint, unit)
    if total_labels is True:
        noted = [year for year in (mark_x, max(found)) if year is not None]
    else:
        noted = list(total_labels or [])
    span = list(range(min(found), max(found) + 1))

    def draw(layout: str) -> Spec:
        return _draw_bars(
            layout,
            rows,
            span,
            [Entry(n, paint[n]) for n in reversed(parts)],
            unit,
            noted=noted,
            mark=(mark_x, mark_text),
        )

    return both("Stacked bar chart", draw)


def _stack(cells: list[tuple[int, str, float | None]], parts: list[str], paint: dict[str, str], unit: str) -> list[Row]:
    tops: dict[int, float] = {}
    rows = []
    for year, part, value in sorted(cells, key=lambda cell: (cell[0], parts.index(cell[1]))):
        if value is None:
            continue
        base = tops.get(year, 0.0)
        tops[year] = base + value
        rows.append(
            {
                "year": year,
                "part": part,
                "value": value,
                "from": base,
                "to": tops[year],
                "colour": paint[part],
                "label": tooltip(part, str(year), value=value, unit=unit),
            }
        )
    return rows


def _draw_bars(
    layout: str,
    rows: list[Row],
    span: list[int],
    entries: list[Entry],
    unit: str,
    *,
    noted: list[int],
    mark: tuple[int | None, str | None],
) -> Spec:
    totals = {year: max(r["to"] for r in rows if r["year"] == year) for year in {r["year"] for r in rows}}
    axis = theme.ticks(0, max(totals.values()), 5 if layout == "wide" else 4)
    entries = entries if len(entries) > 1 else []
    sheet = Sheet(WIDTHS[layout], HEIGHTS[layout], axis_margin(axis), 6, 0, 26)
    scale = Scale(axis[0], axis[-1], sheet.height, 0)
    step = sheet.width / len(span)
    place = {year: round((i + 0.5) * step, 2) for i, year in enumerate(span)}
    value_axis(sheet, scale, axis, unit)
    padding = round(max(0.16, 1 - 64 / step), 3)
    sheet.draw(
        "bar",
        rows,
        {
            "x": {
                "field": "year",
                "type": "ordinal",
                "axis": None,
                "scale": {"domain": span, "paddingInner": padding, "paddingOuter": padding / 2},
            },
            "y": {
                "field": "from",
                "type": "quantitative",
                "axis": None,
                "scale": {"domain": [axis[0], axis[-1]], "nice": False},
            },
            "y2": {"field": "to"},
            "color": fixed("colour"),
        },
        stroke=theme.PAPER,
        strokeWidth=0.6,
    )
    year_axis(sheet, place, sheet.height)
    noted_texts = {y: theme.short(totals[y]) for y in noted if y in totals}
    if mark[0] in totals and mark[0] is not None:
        head = theme.wrap(mark[1] or str(mark[0]), 150 if layout == "wide" else 110, bold=True)
        noted_texts[mark[0]] = "\n".join(filter(None, [head, noted_texts.get(mark[0])]))
    highest = _write_totals(sheet, noted_texts, {y: scale(t) for y, t in totals.items()}, place, step)
    sheet.top = key_height(entries, WIDTHS[layout]) + max(36, 8 - highest)
    draw_key(sheet, entries)
    return sheet.spec()


def _write_totals(
    sheet: Sheet, noted: dict[int, str], tops: dict[int, float], place: dict[int, float], step: float
) -> float:
    """Write texts above bars, over whatever bar or text they would otherwise lie on; return the highest y."""
    taken = [(place[y] - step / 2, place[y] + step / 2, top) for y, top in tops.items()]
    labels, stems = [], []
    for year in sorted(noted, key=lambda y: -tops[y]):
        text = noted[year]
        half = theme.block_width(text, theme.TEXT_SIZE, bold=True) / 2
        x = min(max(place[year], half), sheet.width + math.ceil(sheet.right) - half)
        tall = theme.TEXT_SIZE * 1.2 * (text.count("\n") + 1)
        bottom = min([top for a, b, top in taken if a < x + half + 4 and b > x - half - 4]) - 4
        labels.append({"x": round(x, 2), "y": round(bottom - tall / 2, 2), "text": text})
        taken.append((x - half, x + half, bottom - tall))
        if tops[year] - bottom > 8:
            stems.append({"x": place[year], "x2": place[year], "y": tops[year] - 2, "y2": bottom})
    sheet.rule(stems, color=theme.MUTED)
    sheet.write(labels, align="center", fontWeight="bold")
    return min((top for _, _, top in taken), default=0.0)


# Slopes -----


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
