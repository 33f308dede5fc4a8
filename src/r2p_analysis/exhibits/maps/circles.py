"""Maps of counts: a circle for each country."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

import pandas as pd

from r2p_analysis.errors import ExhibitError
from r2p_analysis.exhibits import theme
from r2p_analysis.exhibits.charts.frame import check, flags, numbers, texts
from r2p_analysis.exhibits.charts.key import Entry
from r2p_analysis.exhibits.charts.placing import spread
from r2p_analysis.exhibits.charts.sheet import Row, Sheet, fixed, px
from r2p_analysis.exhibits.graphic import Graphic, Spec, both
from r2p_analysis.exhibits.maps.projection import World

Box = tuple[float, float, float, float]
Seat = tuple[float, float, list[Row]]
"""Where a name stands, by its middle, and the line that leads to it, if one must."""


def proportional_circles(
    frame: pd.DataFrame,
    *,
    iso3: str,
    value: str,
    lon: str,
    lat: str,
    unit: str,
    highlight: str | Iterable[str] | None = None,
    origin: str | None = None,
    label: str | None = None,
    value_format: theme.NumberFormat | None = None,
) -> Graphic:
    """Draw a map of counts: a circle a country, its area in proportion to the count.

    Parameters
    ----------
    frame
        One row a country; a missing value or zero has no circle.
    iso3, value, lon, lat
        Columns of codes, counts, and where the circles stand.
    unit
        What is counted.
    highlight
        Codes to pick out, as codes or as a boolean column; the others turn grey.
    origin
        The code of the country from which people came, marked with a black square.
    label
        A column of names; the code unless told.
    value_format
        How counts read.

    Returns
    -------
    Graphic
        A "Map with circles".
    """
    chart = "proportional circles"
    check(chart, frame, iso3, value, lon, lat, label)
    picked = flags(chart, frame, iso3, highlight)
    rows = [
        {
            "iso3": code,
            "name": name,
            "value": v,
            "lon": x,
            "lat": y,
            "colour": theme.ACCENT if code in picked or not picked else theme.CONTEXT,
            "label": f"{name}: {theme.formatted(v, value_format)} {unit}",
        }
        for code, name, v, x, y in zip(
            texts(frame, iso3),
            texts(frame, label or iso3),
            numbers(chart, frame, value),
            frame[lon],
            frame[lat],
            strict=True,
        )
    ]
    lost = [r["iso3"] for r in rows if (r["value"] or r["iso3"] == origin) and (pd.isna(r["lon"]) or pd.isna(r["lat"]))]
    if lost:
        raise ExhibitError(f"{chart}: no {lon} and {lat} for {', '.join(lost)}")
    if origin is not None and origin not in {r["iso3"] for r in rows}:
        raise ExhibitError(f"{chart}: the origin {origin!r} has no row")
    drawn = sorted([r for r in rows if r["value"] and r["value"] > 0], key=lambda r: (-r["value"], r["iso3"]))
    if not drawn:
        raise ExhibitError(f"{chart}: no count above zero; show a gap with its reason instead")
    home = next((r for r in rows if r["iso3"] == origin), None)

    def draw(layout: str) -> Spec:
        return _draw_circles(layout, drawn, home, unit, value_format)

    return both("Map with circles", draw, ("land",))


def _draw_circles(layout: str, rows: list[Row], home: Row | None, unit: str, how: theme.NumberFormat | None) -> Spec:
    wide = layout == "wide"
    entries = [Entry(f"{home['name']}, the origin", theme.INK)] if home else []
    world = World(layout, entries, unit[:1].upper() + unit[1:])
    sheet, largest = world.sheet, 34.0 if wide else 20.0
    world.shapes("land", [], {}, named=False, fill=theme.LAND, stroke=theme.BORDER, strokeWidth=0.5)
    circles = []
    for row in rows:
        x, y = world.place(row["lon"], row["lat"])
        radius = max(math.sqrt(row["value"] / rows[0]["value"]) * largest, 1.5)
        circles.append(
            {
                "iso3": row["iso3"],
                "name": row["name"],
                "value": row["value"],
                "x": x,
                "y": y,
                "radius": radius,
                "size": round(math.pi * radius**2, 1),
                # An outline as the paper tells circles apart that overlap; of the smallest it would leave nothing.
                "edge": 0.8 if radius > 3 else 0,
                "colour": row["colour"],
                "label": row["label"],
            }
        )
    sheet.draw(
        "point",
        [{k: v for k, v in c.items() if k != "radius"} for c in circles],
        {
            "x": px("x"),
            "y": px("y"),
            "size": fixed("size", "quantitative"),
            "fill": fixed("colour"),
            "strokeWidth": fixed("edge", "quantitative"),
        },
        shape="circle",
        fillOpacity=0.75,
        opacity=1,
        stroke=theme.PAPER,
    )
    if home:
        x, y = world.place(home["lon"], home["lat"])
        sheet.draw(
            "point",
            [{"x": x, "y": y}],
            {"x": px("x"), "y": px("y")},
            shape="square",
            size=80,
            fill=theme.INK,
            opacity=1,
            stroke=theme.PAPER,
            strokeWidth=1,
        )
    legend = _size_legend(sheet, rows[0]["value"], largest, how)
    _name_largest(sheet, circles, 6 if wide else 3, how, legend)
    return world.spec()


def _size_legend(sheet: Sheet, most: float, largest: float, how: theme.NumberFormat | None) -> Box:
    """Draw nested circles with what they stand for, at the lower left, in the Pacific; give the room that they take."""
    top = theme.round_down(most)
    bottom, x = sheet.height - 4, largest + 4
    rings: list[Row] = []
    labels: list[Row] = []
    stems: list[Row] = []
    values = [top, theme.round_down(top / 4), theme.round_down(top / 20)]
    radii = [math.sqrt(value / most) * largest for value in values]
    at = spread([bottom - 2 * radius for radius in radii], 13, 0, bottom - 4)
    for value, radius, y in zip(values, radii, at, strict=True):
        rings.append({"x": x, "y": round(bottom - radius, 2), "size": round(math.pi * radius**2, 1)})
        stems.append({"x": x, "x2": x + largest + 6, "y": round(bottom - 2 * radius, 2), "y2": y})
        labels.append({"x": x + largest + 9, "y": y, "text": theme.formatted(value, how)})
    sheet.draw(
        "point",
        rings,
        {"x": px("x"), "y": px("y"), "size": fixed("size", "quantitative")},
        shape="circle",
        fill="transparent",
        opacity=1,
        stroke=theme.MUTED,
        strokeWidth=1,
    )
    sheet.rule(stems, color=theme.AXIS)
    sheet.write(labels, fontSize=theme.SMALL_SIZE, color=theme.MUTED)
    ends = max(label["x"] + theme.width_of(label["text"], theme.SMALL_SIZE) for label in labels)
    return (0, min(at) - 8, ends + 2, sheet.height)


def _name_largest(sheet: Sheet, circles: list[Row], most: int, how: theme.NumberFormat | None, legend: Box) -> None:
    """Name the largest circles beside, above or below, or at the end of a line where others crowd them."""
    taken = [legend]
    labels: list[Row] = []
    stems: list[Row] = []
    for circle in circles[:most]:
        text = f"{theme.wrap(circle['name'], 130, theme.SMALL_SIZE, lines=1)} {theme.formatted(circle['value'], how)}"
        width = theme.width_of(text, theme.SMALL_SIZE, bold=True)
        free = [
            (_cost(seat, width, circle, circles), n, seat)
            for n, seat in enumerate(_seats(circle, width))
            if _fits(sheet, seat, width, taken, stems) and not _covered(_box(seat, width), circle, circles[:12])
        ]
        if free:
            *_, (x, y, stem) = min(free, key=lambda found: found[:2])
            taken.append(_box((x, y, stem), width))
            labels.append({"x": round(x, 2), "y": round(y, 2), "text": text})
            stems += stem
    sheet.rule(stems, color=theme.MUTED)
    for look in ({"stroke": theme.PAPER, "strokeWidth": 3, "strokeJoin": "round"}, {}):
        sheet.write(labels, align="center", fontWeight="bold", fontSize=theme.SMALL_SIZE, **look)


def _box(seat: Seat, width: float) -> Box:
    x, y, _ = seat
    return (x - width / 2 - 2, y - 10, x + width / 2 + 2, y + 10)


def _fits(sheet: Sheet, seat: Seat, width: float, taken: list[Box], stems: list[Row]) -> bool:
    """Whether a name lies on the sheet, and neither it nor its line crosses another name or line to one."""
    box = _box(seat, width)
    inside = box[0] >= 0 and box[2] <= sheet.width and box[1] >= 0 and box[3] <= sheet.height
    crossed = any(_strikes(stem, box) for stem in stems) or any(_strikes(stem, b) for stem in seat[2] for b in taken)
    return inside and not crossed and not any(_meet(box, other) for other in taken)


def _strikes(stem: Row, box: Box) -> bool:
    steps = [n / 12 for n in range(13)]
    along = ((stem["x"] + (stem["x2"] - stem["x"]) * s, stem["y"] + (stem["y2"] - stem["y"]) * s) for s in steps)
    return any(box[0] < x < box[2] and box[1] < y < box[3] for x, y in along)


def _cost(seat: Seat, width: float, own: Row, circles: list[Row]) -> float:
    """How far from good a place is: what it hides of other circles, how long its line is, and whether that is plain."""
    left, top, right, bottom = _box(seat, width)
    others = [c for c in circles if c is not own]
    hidden = 0.0
    for c in others:
        across = min(right, c["x"] + c["radius"]) - max(left, c["x"] - c["radius"])
        down = min(bottom, c["y"] + c["radius"]) - max(top, c["y"] - c["radius"])
        hidden += across * down if across > 0 and down > 0 else 0
    cost = hidden / 10
    for stem in seat[2]:
        cost += math.hypot(stem["x2"] - stem["x"], stem["y2"] - stem["y"])
        # A line that ends on the edge of its circle, inside another, seems to lead to that other.
        cost += 30 * any(math.hypot(stem["x"] - c["x"], stem["y"] - c["y"]) < c["radius"] for c in others)
    return cost


def _seats(circle: Row, width: float) -> Iterator[Seat]:
    """Give the places for a name in the order of preference: its middle, and the line that leads to it if one must."""
    x, y, r = circle["x"], circle["y"], circle["radius"]
    for dx, dy in ((r + 4 + width / 2, 0), (-r - 4 - width / 2, 0), (0, -r - 9), (0, r + 9)):
        yield x + dx, y + dy, []
    for far in (18, 36, 54, 72, 90):
        for across, down in ((0.7, 0.7), (-0.7, 0.7), (0.7, -0.7), (-0.7, -0.7), (0.2, 1), (-0.2, 1)):
            end = x + across * (r + far), y + down * (r + far)
            start = x + across * r, y + down * r
            stem = {"x": round(start[0], 2), "y": round(start[1], 2), "x2": round(end[0], 2), "y2": round(end[1], 2)}
            yield end[0] + math.copysign(3 + width / 2, across), end[1], [stem]


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _covered(box: Box, own: Row, circles: list[Row]) -> bool:
    """Whether a box would lie on the middle of another large circle."""
    return any(
        _meet(box, (c["x"] - h, c["y"] - h, c["x"] + h, c["y"] + h))
        for c in circles
        if c is not own
        for h in [c["radius"] * 0.7]
    )
