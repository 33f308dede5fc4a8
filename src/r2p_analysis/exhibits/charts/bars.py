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
    since: dict[str, int] | None = None,
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
    since
        The first year in which a part was counted at all. Where that is later than the first bar, a line says so: bars
        before it lack the part, and would look as if there had been none.

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
    # A part of which there is nothing to see needs no key; one part of several is named even when it is alone.
    seen = {row["part"] for row in rows if row["value"]}
    entries = [Entry(n, paint[n]) for n in reversed(parts) if n in seen] if len(parts) > 1 else []
    if total_labels is True:
        noted = [year for year in (mark_x, max(found)) if year is not None]
    else:
        noted = list(total_labels or [])
    span = list(range(min(found), max(found) + 1))
    begun = [(year, part) for part, year in (since or {}).items() if part in seen and year in span[1:]]

    def draw(layout: str) -> Spec:
        return _draw_bars(
            layout,
            rows,
            span,
            entries,
            unit,
            noted=noted,
            mark=(mark_x, mark_text),
            begun=sorted(begun),
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
    begun: list[tuple[int, str]],
) -> Spec:
    totals = {year: max(r["to"] for r in rows if r["year"] == year) for year in {r["year"] for r in rows}}
    whole = all(float(row["value"]).is_integer() for row in rows)
    axis = theme.ticks(0, max(totals.values()), 5 if layout == "wide" else 4, whole=whole)
    sheet = Sheet(WIDTHS[layout], HEIGHTS[layout], axis_margin(axis), 6, 0, 26)
    scale = Scale(axis[0], axis[-1], sheet.height, 0)
    step = sheet.width / len(span)
    place = {year: round((i + 0.5) * step, 2) for i, year in enumerate(span)}
    value_axis(sheet, scale, axis, unit)
    padding = round(max(0.16, 1 - 64 / step), 3)
    sheet.draw(
        "bar",
        _to_be_seen(rows, totals, 2 * (axis[-1] - axis[0]) / sheet.height),
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
            "strokeWidth": fixed("edge", "quantitative"),
        },
        stroke=theme.PAPER,
    )
    # Over the bars once more: their outlines, of bars without height too, would cut gaps into it.
    sheet.rule([{"x": 0, "x2": sheet.width, "y": sheet.height, "y2": sheet.height}], color=theme.AXIS)
    year_axis(sheet, place, sheet.height)
    noted_texts = {y: theme.short(totals[y]) for y in noted if y in totals}
    if mark[0] in totals and mark[0] is not None:
        head = theme.wrap(mark[1] or str(mark[0]), 150 if layout == "wide" else 110, bold=True)
        noted_texts[mark[0]] = "\n".join(filter(None, [head, noted_texts.get(mark[0])]))
    highest = _write_totals(sheet, noted_texts, {y: scale(t) for y, t in totals.items()}, place, step)
    highest = _say_since(sheet, begun, place, step, highest)
    sheet.top = key_height(entries, WIDTHS[layout]) + max(36, 8 - highest)
    draw_key(sheet, entries)
    return sheet.spec()


def _to_be_seen(rows: list[Row], totals: dict[int, float], least: float) -> list[Row]:
    """Raise a bar that would be too low to see, and give what has no height no outline."""
    low = {year for year, total in totals.items() if 0 < total < least}
    largest = {year: max((r for r in rows if r["year"] == year), key=lambda r: r["value"]) for year in low}
    raised = [{**row, "from": 0.0, "to": least} for row in largest.values()]
    drawn = [row for row in rows if row["year"] not in low] + raised
    return [{**row, "edge": 0.6 if row["to"] > row["from"] else 0} for row in drawn]


def _say_since(
    sheet: Sheet, begun: list[tuple[int, str]], place: dict[int, float], step: float, highest: float
) -> float:
    """Draw a line where the counting of a part begins, with a text above all others; return the highest y."""
    edge = sheet.width + math.ceil(sheet.right)
    for year, part in begun:
        at = round(place[year] - step / 2, 2)
        said = f"From {year}: {part[:1].lower()}{part[1:].split(' (')[0]}"
        said = theme.wrap(said, sheet.outer, theme.SMALL_SIZE, lines=1)
        half = theme.width_of(said, theme.SMALL_SIZE) / 2
        y = min(highest, -26) - 12
        sheet.rule([{"x": at, "x2": at, "y": y + 8, "y2": sheet.height}], color=theme.MUTED, strokeDash=[3, 3])
        x = min(max(at, half - math.ceil(sheet.left)), edge - half)
        sheet.write(
            [{"x": round(x, 2), "y": y, "text": said}], align="center", color=theme.MUTED, fontSize=theme.SMALL_SIZE
        )
        highest = y - 8
    return highest


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
