"""Stacked bars over the years."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from r2p_analysis.errors import ExhibitError
from r2p_analysis.exhibits import theme
from r2p_analysis.exhibits.charts.axes import HEIGHTS, axis_margin, tooltip, value_axis, year_axis
from r2p_analysis.exhibits.charts.frame import check, names, numbers, palette, texts, years
from r2p_analysis.exhibits.charts.key import Entry, draw_key, key_height
from r2p_analysis.exhibits.charts.placing import Scale
from r2p_analysis.exhibits.charts.sheet import Row, Sheet, fixed
from r2p_analysis.exhibits.graphic import WIDTHS, Graphic, Spec, both


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
    # Bars of no height would leave gaps of their white edges in the line that they stand on.
    sheet.rule([{"x": 0, "x2": sheet.width, "y": scale(0), "y2": scale(0)}], color=theme.AXIS)
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
