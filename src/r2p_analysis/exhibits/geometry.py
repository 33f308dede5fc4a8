"""Map geometry by name, made once from the stored boundaries."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from typing import Any

import geopandas as gpd
import shapely

from r2p_analysis.errors import RenderError
from r2p_analysis.store import Tables

# A world map 720 pixels wide shows half a degree a pixel.
_DETAIL_DEGREES = {"world": 0.25, "land": 0.6}
NAMES = tuple(_DETAIL_DEGREES)
"""Of all geometry there is."""
# A graticule square this small in degrees is no more than a speck on a base map without labels.
_SPECK_SQUARE_DEGREES = 0.25


def geometry_of(tables: Tables) -> Callable[[str], dict[str, Any]]:
    """Give the function that turns a name into GeoJSON.

    Parameters
    ----------
    tables : Tables
        Needs world_shapes.

    Returns
    -------
    callable
        ``geometry("world")``: countries with ``properties.iso3``. ``geometry("land")``: all land as one feature, for
        base maps. Exterior rings run clockwise, as the renderer wants them.

    Raises
    ------
    RenderError
        From the returned function, for an unknown name.
    """

    @cache
    def geometry(name: str) -> dict[str, Any]:
        if name not in _DETAIL_DEGREES:
            raise RenderError(f'no map geometry "{name}": have {", ".join(sorted(_DETAIL_DEGREES))}')
        table = tables["world_shapes"]
        shapes = gpd.GeoDataFrame(
            {"iso3": table["iso3"].astype(str)}, geometry=shapely.from_wkb(table["geometry"]), crs="EPSG:4326"
        )
        whole = shapes.geometry
        shapes["geometry"] = whole.simplify_coverage(_DETAIL_DEGREES[name])
        if name == "land":
            shapes = _one_land(shapes)
        shapes["geometry"] = _clockwise_and_rounded(shapes.geometry, whole)
        features: dict[str, Any] = json.loads(shapes.to_json(drop_id=True))
        features.pop("crs", None)
        return features

    return geometry


def _one_land(shapes: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    parts = shapely.get_parts(shapes.union_all())
    land = shapely.multipolygons(parts[shapely.area(parts) >= _SPECK_SQUARE_DEGREES])
    return gpd.GeoDataFrame({"iso3": ["LAND"]}, geometry=[land], crs=shapes.crs)


def _clockwise_and_rounded(simple: gpd.GeoSeries, whole: gpd.GeoSeries) -> Any:
    rounded = shapely.set_precision(simple.to_numpy(), 0.01)
    if len(simple) == len(whole):
        empty = shapely.is_empty(rounded)
        rounded[empty] = whole.to_numpy()[empty]
    return shapely.orient_polygons(rounded, exterior_cw=True)
