"""Natural Earth's own archive: the point of view, the gaps without a country, and archives that are none."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from shapely import box

from fakes import DATA
from fakes.files import as_natural_earth_publishes
from r2p_analysis.errors import SourceError
from r2p_analysis.sources import natural_earth

NAME = "ne_10m_admin_0_countries_deu.zip"


@pytest.fixture(scope="module")
def archive() -> bytes:
    return as_natural_earth_publishes(pd.read_parquet(DATA / "world_shapes.parquet"))


def parse(tmp_path: Path, content: bytes) -> pd.DataFrame:
    (tmp_path / NAME).write_bytes(content)
    return natural_earth.parse("world_shapes", [tmp_path / NAME])


def with_member(content: bytes, name: str, body: bytes) -> bytes:
    buffer = io.BytesIO(content)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, body)
    return buffer.getvalue()


def test_an_archive_that_is_none_or_not_safe_is_one_line(tmp_path: Path, archive: bytes) -> None:
    for content, said in (
        (archive[: len(archive) // 2], "not a zip file"),
        (with_member(archive, "../outside.txt", b"x"), "names a file outside itself"),
        (with_member(archive, "bomb.dbf", b"0" * 5_000_000), "expected a table, got 5,000,000 bytes"),
    ):
        with pytest.raises(SourceError, match=said):
            parse(tmp_path, content)


def test_a_byte_that_flipped_on_the_way_is_noticed(tmp_path: Path, archive: bytes) -> None:
    broken = bytearray(archive)
    broken[2_000] ^= 255
    with pytest.raises(SourceError, match=r"does not fit its checksum|not a zip file"):
        parse(tmp_path, bytes(broken))


def test_another_point_of_view_is_refused_and_named(tmp_path: Path) -> None:
    shapes = pd.read_parquet(DATA / "world_shapes.parquet")
    golan = shapely.from_wkb(shapes.loc[shapes["iso3"] == "XGO", "geometry"].iloc[0])
    israel = shapes["iso3"] == "ISR"
    both = shapely.union(shapely.from_wkb(shapes.loc[israel, "geometry"].iloc[0]), golan)
    shapes.loc[israel, "geometry"] = pd.Series([shapely.to_wkb(both)], index=shapes.index[israel])
    with pytest.raises(SourceError, match="draws the Golan Heights in ISR: another point of view"):
        parse(tmp_path, as_natural_earth_publishes(shapes))


def test_a_map_without_the_neighbours_has_no_gap(tmp_path: Path) -> None:
    path = tmp_path / "ne_10m_admin_0_countries_deu.geojson"
    frame = gpd.GeoDataFrame({"ISO_A3_EH": ["NAM"], "ADM0_A3": ["NAM"]}, geometry=[box(12, -29, 25, -17)], crs=4326)
    frame.to_file(path)
    with pytest.raises(SourceError, match="Abyei is no gap between countries"):
        natural_earth.parse("world_shapes", [path])


def test_the_gaps_are_drawn_as_they_are_stored(tmp_path: Path, archive: bytes) -> None:
    found = parse(tmp_path, archive).set_index("iso3")["geometry"]
    kept = pd.read_parquet(DATA / "world_shapes.parquet").set_index("iso3")["geometry"]
    for code in natural_earth.UNDETERMINED:
        ours, theirs = shapely.from_wkb(found[code]), shapely.from_wkb(kept[code])
        assert shapely.area(shapely.intersection(ours, theirs)) == pytest.approx(shapely.area(theirs), rel=0.05)
    assert shapely.contains_xy(shapely.from_wkb(found["UKR"]), 34.1, 45.2), "Crimea is drawn in Ukraine"
    assert shapely.contains_xy(shapely.from_wkb(found["ESH"]), -13.0, 24.5), "Western Sahara is drawn whole"
