"""The world as plain SVG paths, for a map by which readers choose a country."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from r2p_analysis import countries
from r2p_analysis.exhibits.maps.projection import equal_earth

WIDTH = 1000.0
"""Units of the drawing from the west to the east of the world."""
_HALF_WORLD = 2.706629
_NORTH, _SOUTH = 84.0, -57.0
_SPECK = 0.8
"""A ring narrower than so many units either way is not drawn; a country all of such rings keeps them."""


@dataclass(frozen=True)
class Outlines:
    """A map of the world.

    Attributes
    ----------
    width, height : float
        Of the drawing.
    shapes : mapping of str to str
        The path of each place that has a shape, by ISO 3166 alpha-3 code.
    points : mapping of str to tuple of float
        Where a circle stands for a place too small to be seen.
    """

    width: float
    height: float
    shapes: Mapping[str, str]
    points: Mapping[str, tuple[float, float]]


def outlines(features: Iterable[Mapping[str, Any]]) -> Outlines:
    """Project GeoJSON features to paths.

    Parameters
    ----------
    features : iterable of mapping
        With ``properties.iso3`` and polygons in degrees, as the geometry "world" has them.

    Returns
    -------
    Outlines
        In the Equal Earth projection, without the Antarctic.
    """
    shapes = {str(feature["properties"]["iso3"]): _path(feature["geometry"]) for feature in features}
    points = {
        place.iso3: _place(place.lon, place.lat)
        for place in countries.all_countries(countries.READER_KINDS)
        if place.small and place.lon is not None and place.lat is not None
    }
    return Outlines(WIDTH, _place(0, _SOUTH)[1], {code: path for code, path in shapes.items() if path}, points)


def _place(lon: float, lat: float) -> tuple[float, float]:
    scale = WIDTH / (2 * _HALF_WORLD)
    x, y = equal_earth(lon, lat)
    return round(WIDTH / 2 + x * scale, 1), round((y - equal_earth(0, _NORTH)[1]) * scale, 1)


def _path(geometry: Mapping[str, Any]) -> str:
    rings = [[_place(lon, lat) for lon, lat, *_ in ring] for ring in _rings(geometry)]
    seen = [ring for ring in rings if max(_extent(ring)) >= _SPECK] or rings
    return "".join(_drawn(ring) for ring in seen)


def _rings(geometry: Mapping[str, Any]) -> Iterator[Sequence[Sequence[float]]]:
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    for polygon in polygons:
        yield from polygon


def _extent(ring: Sequence[tuple[float, float]]) -> tuple[float, float]:
    across, down = zip(*ring, strict=True)
    return max(across) - min(across), max(down) - min(down)


def _drawn(ring: Sequence[tuple[float, float]]) -> str:
    """Write a ring without points that lie closer than half a unit to the one before."""
    kept = [ring[0]]
    for point in ring[1:-1]:
        if math.dist(point, kept[-1]) >= 0.5:
            kept.append(point)
    return "M" + "L".join(f"{x:g},{y:g}" for x, y in kept) + "Z"
