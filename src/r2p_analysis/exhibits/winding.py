"""Polygons turned the way in which Vega reads the sphere."""

from __future__ import annotations

from typing import Any


def orient(collection: dict[str, Any]) -> dict[str, Any]:
    """Turn every polygon so that its outer ring runs clockwise, as Vega reads the sphere.

    GeoJSON asks for the opposite; drawn as it is, a country would be the whole globe but itself.
    """
    return {
        **collection,
        "features": [
            {**feature, "geometry": _oriented(feature["geometry"])} if feature.get("geometry") else feature
            for feature in collection["features"]
        ],
    }


def _oriented(shape: dict[str, Any]) -> dict[str, Any]:
    if shape["type"] == "Polygon":
        return {**shape, "coordinates": _turned(shape["coordinates"])}
    if shape["type"] == "MultiPolygon":
        return {**shape, "coordinates": [_turned(rings) for rings in shape["coordinates"]]}
    return shape


def _turned(rings: list[list[list[float]]]) -> list[list[list[float]]]:
    """Outer ring clockwise, holes counter-clockwise."""
    return [list(ring) if (signed_area(ring) < 0) is (n == 0) else list(reversed(ring)) for n, ring in enumerate(rings)]


def signed_area(ring: list[list[float]]) -> float:
    """The area of a ring in square degrees, negative when it runs clockwise."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)) / 2
