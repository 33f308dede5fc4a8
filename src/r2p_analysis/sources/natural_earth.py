"""Boundaries of countries from Natural Earth, simplified for small world maps."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from r2p_analysis.errors import SourceError
from r2p_analysis.sources.cadence import Occasional
from r2p_analysis.sources.contract import Column, Source, Table

# Natural Earth writes -99 where a place has no ISO code; these are drawn as part of, or as, another code.
_OWN_CODES = {"KOS": "XKX", "USG": "CUB", "BRI": "BRA"}
# Uninhabited reefs, and base areas without figures, that no table ever names.
_NOT_DRAWN = {"ATA", "-99", "ESB", "WSB", "BRT", "PGA", "SCR"}
SIMPLIFIED_TO_DEGREES = 0.12
PRECISION_DEGREES = 0.01

SOURCE = Source(
    name="natural_earth",
    producer="Natural Earth",
    licence="public domain",
    licence_url="https://www.naturalearthdata.com/about/terms-of-use/",
    attribution="Made with Natural Earth",
    cadence=Occasional("irregular"),
    url="https://www.naturalearthdata.com/downloads/10m-cultural-vectors/",
    tables=(
        Table(
            name="world_shapes",
            title="Boundaries of countries, 1:10m, simplified",
            columns=(
                Column("iso3", "text", "ISO 3166 alpha-3, or the project's code for places without one", place=True),
                Column("geometry", "bytes", "polygons as well-known binary, degrees, exterior rings clockwise"),
            ),
            key=("iso3",),
            stems=("world_admin0", "ne_10m_admin_0_countries"),
            caveats=(
                "The Golan Heights and Abyei are drawn without data. Crimea is drawn in Ukraine, Western Sahara whole.",
                "Boundaries and names carry no opinion on the legal status of any territory.",
            ),
        ),
    ),
)


def parse(table: str, files: list[Path]) -> pd.DataFrame:
    """Read Natural Earth's countries, from its shapefile or from GeoJSON with ``iso3``, and simplify them.

    Returns
    -------
    pandas.DataFrame
        iso3 and geometry (well-known binary, WGS 84 degrees). Neighbours keep a common border.

    Raises
    ------
    SourceError
        When the file has neither ``iso3`` nor Natural Earth's codes.
    """
    if len(files) != 1:
        raise SourceError(f"expected one file of boundaries, got {len(files)}: {', '.join(p.name for p in files)}")
    shapes = _with_codes(gpd.read_file(files[0]), files[0].name)
    shapes = shapes.dissolve("iso3").reset_index()
    whole = shapes.geometry
    simple = whole.simplify_coverage(SIMPLIFIED_TO_DEGREES)
    small = pd.Series(shapely.set_precision(simple.to_numpy(), PRECISION_DEGREES), index=simple.index)
    # An island smaller than the precision keeps its shape: vanishing would drop a country.
    geometry = small.where(~shapely.is_empty(small.to_numpy()), whole)
    clockwise = shapely.orient_polygons(geometry.to_numpy(), exterior_cw=True)
    frame = pd.DataFrame({"iso3": shapes["iso3"].astype("string"), "geometry": shapely.to_wkb(clockwise)})
    return frame.sort_values("iso3", ignore_index=True)


def _with_codes(shapes: gpd.GeoDataFrame, where: str) -> gpd.GeoDataFrame:
    if "iso3" in shapes.columns:
        return shapes[["iso3", "geometry"]]
    if not {"ISO_A3_EH", "ADM0_A3"} <= set(shapes.columns):
        raise SourceError(f"{where}: expected a column iso3, or ISO_A3_EH and ADM0_A3 as Natural Earth has them")
    codes = shapes["ISO_A3_EH"].where(shapes["ISO_A3_EH"] != "-99", shapes["ADM0_A3"])
    codes = codes.replace(_OWN_CODES)
    coded = shapes[["geometry"]].assign(iso3=codes)
    return coded[~coded["iso3"].isin(_NOT_DRAWN)]
