"""Populations, prices and shapes."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path

import geopandas as gpd
import pandas as pd
from rough import Files, as_csv, as_gzip, as_json, as_rows, seed, some
from shapely.geometry import Point, box

from r2p_analysis import countries
from r2p_analysis.sources.natural_earth import UNDETERMINED


@seed("worldbank_population")
def pages(table: str) -> Files:
    frame = some(table).rename(columns={"iso3": "countryiso3code", "year": "date", "population": "value"})
    rows = as_rows(frame.assign(date=frame["date"].astype(str), indicator="SP.POP.TOTL"))
    rows = [{**row, "country": {"id": "XX", "value": "x"}} for row in rows]
    rows += [{**rows[0], "countryiso3code": "ARB"}, {**rows[0], "countryiso3code": "ERI", "value": None}]
    meta = {"page": 1, "pages": 2, "per_page": "4", "total": len(rows), "lastupdated": "2026-02-24"}
    return {
        "sp_pop_totl-0001.json": b"\xef\xbb\xbf" + as_json([meta, rows[:4]]),
        "sp_pop_totl-0002.json": as_json([{**meta, "page": 2}, rows[4:]]),
    }


@seed("worldbank_population")
def csv(table: str) -> Files:
    frame = some(table).rename(columns={"iso3": "countryiso3code", "year": "date", "population": "value"})
    return {"worldbank_sp_pop_totl.csv.gz": as_gzip(frame)}


@seed("wpp_population")
def wpp(table: str) -> Files:
    few = some(table)
    few = few[few["iso3"] != "WLD"]
    world = few.groupby("year", as_index=False)["population"].sum().assign(iso3="WLD")
    rows = pd.concat([few, world], ignore_index=True).rename(columns={"population": "population_midyear"})
    return {"wpp2024_population_derived.csv": as_csv(rows)}


def _prices(separator: str, pad: str) -> bytes:
    lines = [("series_id" + pad, "year", "period", "value" + pad, "footnote_codes")]
    for year in (2015, 2016):
        lines += [("CUUR0000SA0" + pad, year, f"M{month:02}", f"{pad}{230.5 + month}", "") for month in range(1, 13)]
        lines += [("CUUR0000SA0" + pad, year, "M13", f"{pad}237.017", ""), ("CUUR0000SA0L1E", year, "M01", "250.1", "")]
    lines += [("CUUR0000SA0" + pad, 2017, "M01", "-", "X")]
    return "".join(separator.join(map(str, line)) + "\n" for line in lines).encode()


@seed("prices")
def flat(table: str) -> Files:
    return {"cu.data.1.AllItems.csv": _prices("\t", "  ")}


@seed("prices")
def commas(table: str) -> Files:
    return {"bls_cpi_u.csv": _prices(",", "")}


def _shapes() -> gpd.GeoDataFrame:
    """A small world; Abyei and the Golan Heights are gaps in it, as in the producer's file."""
    codes = {
        "ISO_A3_EH": ["FRA", "NOR", "-99", "NAM", "SDN", "SYR"],
        "ADM0_A3": ["FRA", "NOR", "KOS", "NAM", "SDN", "SYR"],
    }
    boxes = [box(x, -30, x + 5, -25) for x in (0, 5, 20, 30)]
    places = [countries.get(code) for code in UNDETERMINED]
    points = [Point(place.lon or 0.0, place.lat or 0.0) for place in places]
    rings = [point.buffer(3, quad_segs=2).difference(point.buffer(0.6, quad_segs=2)) for point in points]
    return gpd.GeoDataFrame(codes, geometry=[*boxes, *rings], crs=4326)


@seed("world_shapes")
def geojson(table: str) -> Files:
    return {"ne_10m_admin_0_countries.geojson": _shapes().to_json().encode()}


@seed("world_shapes")
def with_codes(table: str) -> Files:
    return {
        "world_admin0.geojson": _shapes().rename(columns={"ADM0_A3": "iso3"}).replace("KOS", "XKX").to_json().encode()
    }


@seed("world_shapes")
def shapefile(table: str) -> Files:
    stem, content = "ne_10m_admin_0_countries", io.BytesIO()
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(content, "w") as archive:
        _shapes().to_file(Path(folder) / f"{stem}.shp")
        for path in sorted(Path(folder).iterdir()):
            archive.writestr(path.name, path.read_bytes())
    return {f"{stem}.zip": content.getvalue()}
