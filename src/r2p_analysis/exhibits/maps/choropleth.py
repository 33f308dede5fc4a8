"""Maps whose countries have a colour: that of the class of a rate, or that of a category."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

import pandas as pd

from r2p_analysis.errors import ExhibitError
from r2p_analysis.exhibits import theme
from r2p_analysis.exhibits.charts.frame import check, numbers, texts
from r2p_analysis.exhibits.charts.key import Entry
from r2p_analysis.exhibits.charts.sheet import Row, fixed, px
from r2p_analysis.exhibits.graphic import Graphic, Spec, both
from r2p_analysis.exhibits.maps.projection import World


def choropleth(
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


def categories(
    frame: pd.DataFrame,
    *,
    iso3: str,
    category: str,
    colours: dict[str, str],
    legend_title: str,
    label: str | None = None,
    small: str = "small",
    lon: str = "lon",
    lat: str = "lat",
    absent: str = "no data",
) -> Graphic:
    """Draw a map of categories: each country in the colour of its own.

    Parameters
    ----------
    frame
        One row a country. A missing category, and a country without a row, is painted as `absent`.
    iso3, category
        Columns of ISO 3166 codes and categories.
    colours
        Colours of all categories, in the order of the key; those that nowhere occur are left out of it.
    legend_title
        What stands above the key.
    label
        A column of names for tooltips; the code unless told.
    small, lon, lat
        Columns: whether a country is too small to be seen, and where its circle is then drawn.
    absent
        What it means that a country has no category.

    Returns
    -------
    Graphic
        A "Map".
    """
    chart = "categories"
    check(chart, frame, iso3, category, label)
    kinds = [None if pd.isna(v) else str(v) for v in frame[category]]
    unknown = sorted({kind for kind in kinds if kind is not None} - set(colours))
    if unknown:
        raise ExhibitError(f"{chart}: no colour for {unknown[0]!r}; there are {', '.join(colours)}")
    rows: list[Row] = [
        {
            "iso3": code,
            "value": kind,
            "fill": theme.NO_DATA if kind is None else colours[kind],
            "label": f"{name}: {kind or absent}",
        }
        for code, name, kind in zip(texts(frame, iso3), texts(frame, label or iso3), kinds, strict=True)
    ]
    circles = _small(chart, frame, rows, small, lon, lat)
    entries = [Entry(kind, colour) for kind, colour in colours.items() if kind in kinds]
    entries.append(Entry(absent, theme.NO_DATA))
    return both(
        "Map", lambda layout: _draw_choropleth(layout, rows, circles, entries, legend_title, absent), ("world",)
    )


def class_texts(cuts: Sequence[float], how: theme.NumberFormat | None = None) -> list[str]:
    """What each class holds: "under 20", "20 to 100", "100 and over"."""
    if not cuts:
        return ["with data"]
    said = _alike(cuts) if how is None else [theme.formatted(cut, how) for cut in cuts]
    between = [f"{a} to {b}" for a, b in pairwise(said)]
    return [f"under {said[0]}", *between, f"{said[-1]} and over"]


def _alike(cuts: Sequence[float]) -> list[str]:
    """Thresholds in one way of writing: in full up to hundreds of thousands, so that no class mixes 1,000 and 10k."""
    if max(cuts) >= 1e6:
        return [theme.short(cut) for cut in cuts]
    return [f"{cut:,.0f}" if cut == int(cut) else theme.short(cut) for cut in cuts]


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


def _draw_choropleth(
    layout: str, rows: list[Row], circles: list[Row], entries: list[Entry], title: str, absent: str = "no data"
) -> Spec:
    world = World(layout, entries, title[:1].upper() + title[1:])
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
                "calculate": f"datum.label || (datum.properties.name || datum.properties.iso3) + ': {absent}'",
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
