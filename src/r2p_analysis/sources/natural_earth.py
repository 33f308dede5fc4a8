"""Boundaries of countries from Natural Earth, simplified for small world maps."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import shapely

from r2p_analysis import countries
from r2p_analysis.errors import SourceError
from r2p_analysis.sources.archives import refuse_unsafe
from r2p_analysis.sources.cadence import Occasional
from r2p_analysis.sources.contract import ByHand, Column, Source, Table
from r2p_analysis.sources.files import shown
from r2p_analysis.sources.guard import one_line_errors
from r2p_analysis.sources.politeness import Service

if TYPE_CHECKING:
    from r2p_analysis.sources.http import Http

SERVICE = Service("natural_earth", "https://naciscdn.org/naturalearth/10m/cultural/", interval=1.0)
_FILE = "ne_10m_admin_0_countries_deu.zip"

# Natural Earth writes -99 where a place has no ISO code; these are drawn as part of, or as, another code.
_OWN_CODES = {"KOS": "XKX", "USG": "CUB", "BRI": "BRA"}
# Uninhabited reefs, and base areas without figures, that no table ever names.
_NOT_DRAWN = {"ATA", "-99", "ESB", "WSB", "BRT", "PGA", "SCR"}
UNDETERMINED = ("XAB", "XGO")
"""Abyei and the Golan Heights: in this point of view they belong to no country, and are gaps between countries."""
SIMPLIFIED_TO_DEGREES = 0.12
PRECISION_DEGREES = 0.01
_NEIGHBOURHOOD_DEGREES = 2.0

SOURCE = Source(
    name="natural_earth",
    producer="Natural Earth",
    licence="public domain",
    licence_url="https://www.naturalearthdata.com/about/terms-of-use/",
    attribution="Made with Natural Earth",
    cadence=Occasional("irregular"),
    url="https://www.naturalearthdata.com/downloads/10m-cultural-vectors/",
    service=SERVICE.base,
    by_hand=(
        ByHand(
            _FILE,
            SERVICE.base + _FILE,
            ("world_shapes",),
            "Of the points of view that Natural Earth offers, only this one is read: others draw borders elsewhere.",
        ),
    ),
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


def download(table: str, folder: Path, session: Http) -> list[Path]:
    """Download the countries of one point of view, at 1:10m."""
    file = session.file(SERVICE, _FILE, folder / _FILE, begins=b"PK")
    session.progress("world shapes", 1, 1)
    return [file]


def release(table: str, files: list[Path]) -> str:
    """Tell Natural Earth's release, which its archive holds; empty when it does not."""
    with zipfile.ZipFile(files[0]) as archive:
        name = next((name for name in archive.namelist() if name.endswith(".VERSION.txt")), None)
        return archive.read(name).decode("ascii", "replace").strip()[:20] if name else ""


@one_line_errors
def parse(table: str, files: list[Path]) -> pd.DataFrame:
    """Read Natural Earth's countries, from its shapefile or from GeoJSON with ``iso3``, and simplify them.

    Returns
    -------
    pandas.DataFrame
        iso3 and geometry (well-known binary, WGS 84 degrees). Neighbours keep a common border.

    Raises
    ------
    SourceError
        When the file has neither ``iso3`` nor Natural Earth's codes, is of another point of view, draws a place twice,
        or is no archive.
    """
    if len(files) != 1:
        raise SourceError(f"expected one file of boundaries, got {len(files)}: {', '.join(p.name for p in files)}")
    if files[0].suffix == ".zip":
        refuse_unsafe(files[0])
    shapes = _with_codes(_read(files[0]), files[0].name)
    shapes = shapes.dissolve("iso3").reset_index()
    whole = shapes.geometry
    simple = whole.simplify_coverage(SIMPLIFIED_TO_DEGREES)
    small = pd.Series(shapely.set_precision(simple.to_numpy(), PRECISION_DEGREES), index=simple.index)
    # An island smaller than the precision keeps its shape: vanishing would drop a country.
    geometry = small.where(~shapely.is_empty(small.to_numpy()), whole)
    clockwise = shapely.orient_polygons(geometry.to_numpy(), exterior_cw=True)
    frame = pd.DataFrame({"iso3": shapes["iso3"].astype("string"), "geometry": shapely.to_wkb(clockwise)})
    return frame.sort_values("iso3", ignore_index=True)


def _read(path: Path) -> gpd.GeoDataFrame:
    try:
        return gpd.read_file(path)
    except (RuntimeError, ValueError, shapely.errors.ShapelyError):
        raise SourceError(f"{path.name}: not a file of boundaries, or not all of it; get it again") from None


def _with_codes(shapes: gpd.GeoDataFrame, where: str) -> gpd.GeoDataFrame:
    if "iso3" in shapes.columns:
        return shapes[["iso3", "geometry"]]
    if not {"ISO_A3_EH", "ADM0_A3"} <= set(shapes.columns):
        raise SourceError(f"{where}: expected a column iso3, or ISO_A3_EH and ADM0_A3 as Natural Earth has them")
    twice = pd.DataFrame({"place": shapes["ADM0_A3"], "shape": shapes.geometry.to_wkb()}).duplicated()
    if twice.any():
        raise SourceError(f"{where}: {shown(shapes['ADM0_A3'][twice].iloc[0])} is drawn twice; give {_FILE}")
    codes = shapes["ISO_A3_EH"].where(shapes["ISO_A3_EH"] != "-99", shapes["ADM0_A3"])
    codes = codes.replace(_OWN_CODES)
    coded = shapes[["geometry"]].assign(iso3=codes)
    gaps = [_gap(coded, countries.get(code), where) for code in UNDETERMINED]
    undetermined = gpd.GeoDataFrame({"geometry": gaps, "iso3": UNDETERMINED}, crs=coded.crs)
    drawn = coded[~coded["iso3"].isin(_NOT_DRAWN)]
    return gpd.GeoDataFrame(pd.concat([drawn, undetermined], ignore_index=True), crs=coded.crs)


def _gap(shapes: gpd.GeoDataFrame, place: countries.Country, where: str) -> shapely.Polygon:
    """Give the gap between countries in which a place lies that belongs to none of them."""
    inside = shapely.Point(place.lon or 0.0, place.lat or 0.0)
    near = shapes[shapes.intersects(inside.buffer(_NEIGHBOURHOOD_DEGREES))]
    if near.contains(inside).any():
        owner = near.loc[near.contains(inside), "iso3"].iloc[0]
        raise SourceError(f"{where}: draws {place.in_text} in {owner}: another point of view; give {_FILE}")
    for part in shapely.get_parts(shapely.union_all(near.geometry.to_numpy())):
        for ring in part.interiors:
            if (gap := shapely.Polygon(ring)).contains(inside):
                return gap
    raise SourceError(f"{where}: {place.in_text} is no gap between countries; give {_FILE}")
