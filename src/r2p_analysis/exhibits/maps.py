"""Maps of the world in the Equal Earth projection: rates as classes of colour, counts as circles."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

import pandas as pd

from r2p_analysis.errors import ExhibitError
from r2p_analysis.exhibits import theme
from r2p_analysis.exhibits.graphic import (
    WIDTHS,
    Entry,
    Graphic,
    Row,
    Sheet,
    Spec,
    both,
    check,
    draw_key,
    fixed,
    flags,
    key_height,
    numbers,
    px,
    spread,
    texts,
)

NORTH, SOUTH = 84.0, -57.0
_A = (1.340264, -0.081106, 0.000893, 0.003796)
_HALF_WIDTH = 2.706629


def equal_earth(lon: float, lat: float) -> tuple[float, float]:
    """Project a point; the world is about 5.41 wide and 2.63 high around (0, 0), y downwards."""
    t = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(lat)))
    x = (
        2
        * math.sqrt(3)
        * math.radians(lon)
        * math.cos(t)
        / (3 * (9 * _A[3] * t**8 + 7 * _A[2] * t**6 + 3 * _A[1] * t**2 + _A[0]))
    )
    return x, -(_A[3] * t**9 + _A[2] * t**7 + _A[1] * t**3 + _A[0] * t)


class _World:
    """A sheet with the projection that fills its width, without the Antarctic."""

    def __init__(self, layout: str, entries: Sequence[Entry], title: str) -> None:
        outer = WIDTHS[layout]
        self.scale = (outer - 4) / (2 * _HALF_WIDTH)
        self.middle = -equal_earth(0, NORTH)[1] * self.scale
        height = math.ceil(self.middle + equal_earth(0, SOUTH)[1] * self.scale)
        heads = theme.wrap(title, outer, bold=True, lines=3)
        lines = 1 + heads.count("\n") if heads else 0
        self.sheet = Sheet(outer, height, 0, 0, key_height(entries, outer) + 17 * lines + 12, 0)
        self.sheet.write(
            [{"x": 0, "y": 17 * lines / 2 - self.sheet.top, "text": heads}] if heads else [], fontWeight="bold"
        )
        draw_key(self.sheet, entries, 17 * lines)

    def place(self, lon: float, lat: float) -> tuple[float, float]:
        """The pixel of a point."""
        x, y = equal_earth(lon, lat)
        return round(self.sheet.width / 2 + x * self.scale, 2), round(self.middle + y * self.scale, 2)

    def shapes(self, name: str, transform: list[Spec], encoding: Spec, named: bool, **look: object) -> None:
        """Draw polygons of the geometry called `name`."""
        self.sheet.layers.append(
            {
                "data": {"url": f"r2p:{name}", "format": {"type": "json", "property": "features"}},
                "transform": transform,
                "mark": {"type": "geoshape", "aria": named, **look},
                "encoding": encoding,
            }
        )

    def spec(self) -> Spec:
        """The spec, with the projection fixed rather than fitted to what is drawn."""
        width, height = self.sheet.width, self.sheet.height
        return {
            **self.sheet.spec(),
            "projection": {
                "type": "equalEarth",
                "scale": round(self.scale, 4),
                "translate": [width / 2, round(self.middle, 2)],
                "clipExtent": [[0, 0], [width, height]],
            },
        }


# Rates -----


def choropleth(  # noqa: PLR0913 - each is a choice of its own, named at the call
    frame: pd.DataFrame,
    *,
    iso3: str,
    value: str,
    unit: str,
    classes: Sequence[float] | None = None,
    legend_title: str = "",
    label: str | None = None,
    small: str = "small",
    lon: str = "lon",
    lat: str = "lat",
    value_format: theme.NumberFormat | None = None,
) -> Graphic:
    """Draw a map of rates: each country in the colour of its class.

    Parameters
    ----------
    frame
        One row a country. A missing value, and a country without a row, is hatched as "no data".
    iso3, value
        Columns of ISO 3166 codes and rates.
    unit
        What the rate is, such as "per 100,000 inhabitants".
    classes
        Up to four rising thresholds; round ones that part the countries evenly unless told.
    legend_title
        What stands above the key; the unit unless told.
    label
        A column of names for tooltips; the code unless told.
    small, lon, lat
        Columns: whether a country is too small to be seen, and where its circle is then drawn.
    value_format
        How thresholds and values read.

    Returns
    -------
    Graphic
        A "Map".
    """
    chart = "choropleth"
    check(chart, frame, iso3, value, label)
    values = numbers(chart, frame, value)
    cuts = list(classes) if classes is not None else theme.thresholds([v for v in values if v is not None])
    if cuts != sorted(set(cuts)) or len(cuts) >= len(theme.CLASSES):
        raise ExhibitError(f"{chart}: classes must be at most {len(theme.CLASSES) - 1} rising thresholds, not {cuts}")
    paint = theme.class_colours(len(cuts) + 1)
    rows = [
        {
            "iso3": code,
            "value": v,
            "fill": theme.NO_DATA if v is None else paint[bisect_right(cuts, v)],
            "label": f"{name}: " + ("no data" if v is None else f"{theme.formatted(v, value_format)} {unit}"),
        }
        for code, name, v in zip(texts(frame, iso3), texts(frame, label or iso3), values, strict=True)
    ]
    circles = _small(chart, frame, rows, small, lon, lat)
    entries = [Entry(text, colour) for text, colour in zip(class_texts(cuts, value_format), paint, strict=True)]
    entries.append(Entry("no data", theme.NO_DATA))

    def draw(layout: str) -> Spec:
        return _draw_choropleth(layout, rows, circles, entries, legend_title or unit)

    return both("Map", draw, ("world",))


def class_texts(cuts: Sequence[float], how: theme.NumberFormat | None = None) -> list[str]:
    """What each class holds: "under 20", "20 to 100", "100 and over"."""
    if not cuts:
        return ["with data"]
    said = [theme.formatted(cut, how) for cut in cuts]
    between = [f"{a} to {b}" for a, b in pairwise(said)]
    return [f"under {said[0]}", *between, f"{said[-1]} and over"]


def _small(chart: str, frame: pd.DataFrame, rows: list[Row], small: str, lon: str, lat: str) -> list[Row]:
    if small not in frame.columns:
        return []
    check(chart, frame, lon, lat)
    chosen = [row for row, yes in zip(rows, frame[small].fillna(False), strict=True) if yes]
    places = frame[frame[small].fillna(False).astype(bool)]
    for row, x, y in zip(chosen, places[lon], places[lat], strict=True):
        if pd.isna(x) or pd.isna(y):
            raise ExhibitError(f"{chart}: {row['iso3']} is small but has no {lon} and {lat}")
        row.update(lon=float(x), lat=float(y))
    return chosen


def _draw_choropleth(layout: str, rows: list[Row], circles: list[Row], entries: list[Entry], title: str) -> Spec:
    world = _World(layout, entries, title[:1].upper() + title[1:])
    plain = [{"iso3": row["iso3"], "value": row["value"], "fill": row["fill"], "label": row["label"]} for row in rows]
    world.shapes(
        "world",
        [
            {
                "lookup": "properties.iso3",
                "from": {"data": {"values": plain}, "key": "iso3", "fields": ["fill", "label"]},
            },
            {"calculate": f"datum.fill || '{theme.NO_DATA}'", "as": "paint"},
            {
                "calculate": "datum.label || (datum.properties.name || datum.properties.iso3) + ': no data'",
                "as": "said",
            },
        ],
        {"fill": fixed("paint"), "description": {"field": "said"}},
        named=True,
        stroke=theme.BORDER,
        strokeWidth=0.5,
    )
    points = []
    for row in circles:
        x, y = world.place(row["lon"], row["lat"])
        points.append({"x": x, "y": y, "iso3": row["iso3"], "fill": row["fill"], "label": row["label"]})
    world.sheet.draw(
        "point",
        points,
        {"x": px("x"), "y": px("y"), "fill": fixed("fill")},
        shape="circle",
        size=52 if layout == "wide" else 22,
        opacity=1,
        stroke=theme.AXIS,
        strokeWidth=0.8,
    )
    return world.spec()


# Counts -----


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
    world = _World(layout, entries, unit[:1].upper() + unit[1:])
    sheet, largest = world.sheet, 34.0 if wide else 20.0
    world.shapes("land", [], {}, named=False, fill=theme.LAND, stroke=theme.BORDER, strokeWidth=0.5)
    circles = []
    for row in rows:
        x, y = world.place(row["lon"], row["lat"])
        radius = max(math.sqrt(row["value"] / rows[0]["value"]) * largest, 1.2)
        circles.append(
            {
                "iso3": row["iso3"],
                "name": row["name"],
                "value": row["value"],
                "x": x,
                "y": y,
                "radius": radius,
                "size": round(math.pi * radius**2, 1),
                "colour": row["colour"],
                "label": row["label"],
            }
        )
    sheet.draw(
        "point",
        [{k: v for k, v in c.items() if k != "radius"} for c in circles],
        {"x": px("x"), "y": px("y"), "size": fixed("size", "quantitative"), "fill": fixed("colour")},
        shape="circle",
        fillOpacity=0.75,
        opacity=1,
        stroke=theme.PAPER,
        strokeWidth=0.8,
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
    _size_legend(sheet, rows[0]["value"], largest, how)
    _name_largest(sheet, circles, 6 if wide else 3, how)
    return world.spec()


def _size_legend(sheet: Sheet, most: float, largest: float, how: theme.NumberFormat | None) -> None:
    """Draw nested circles with what they stand for, at the lower left, in the Pacific."""
    top = theme.round_down(most)
    bottom, x = sheet.height - 4, largest + 4
    rings, labels, stems = [], [], []
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


def _name_largest(sheet: Sheet, circles: list[Row], most: int, how: theme.NumberFormat | None) -> None:
    """Name the largest circles where a name finds room beside, above or below."""
    taken: list[tuple[float, float, float, float]] = []
    labels = []
    for circle in circles[:most]:
        text = f"{theme.wrap(circle['name'], 130, theme.SMALL_SIZE, lines=1)} {theme.formatted(circle['value'], how)}"
        width = theme.width_of(text, theme.SMALL_SIZE, bold=True)
        r = circle["radius"]
        for dx, dy in ((r + 4 + width / 2, 0), (-r - 4 - width / 2, 0), (0, -r - 9), (0, r + 9)):
            x, y = circle["x"] + dx, circle["y"] + dy
            box = (x - width / 2, y - 8, x + width / 2, y + 8)
            inside = box[0] >= 0 and box[2] <= sheet.width and box[1] >= 0 and box[3] <= sheet.height
            if inside and not any(_meet(box, other) for other in taken) and not _covered(box, circle, circles[:12]):
                taken.append(box)
                labels.append({"x": round(x, 2), "y": round(y, 2), "text": text})
                break
    for look in ({"stroke": theme.PAPER, "strokeWidth": 3, "strokeJoin": "round"}, {}):
        sheet.write(labels, align="center", fontWeight="bold", fontSize=theme.SMALL_SIZE, **look)


def _meet(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _covered(box: tuple[float, float, float, float], own: Row, circles: list[Row]) -> bool:
    """Whether a box would lie on the middle of another large circle."""
    return any(
        _meet(box, (c["x"] - h, c["y"] - h, c["x"] + h, c["y"] + h))
        for c in circles
        if c is not own
        for h in [c["radius"] * 0.7]
    )
