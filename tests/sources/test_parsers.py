"""Parsers read what services really answer, quirks included, and refuse what is something else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from shapely.geometry import Polygon, box

from r2p_analysis.errors import SourceError
from r2p_analysis.sources import (
    discover,
    idmc,
    natural_earth,
    popstats,
    published,
    source_of,
    unhcr,
    unrwa,
    worldbank,
    wpp,
)
from r2p_analysis.sources.files import matching

SYRIA = {"coo_id": 185, "coo_name": "Syrian Arab Rep.", "coo": "SYR", "coo_iso": "SYR"}
GERMANY = {"coa_id": 72, "coa_name": "Germany ", "coa": "GFR", "coa_iso": "DEU"}
NAMIBIA = {"coo_id": 137, "coo_name": "Namibia", "coo": "NAM", "coo_iso": "NAM"}
COUNTS = ("refugees", "asylum_seekers", "returned_refugees", "idps", "returned_idps", "stateless", "ooc", "oip", "hst")


def population(year: int, **counts: Any) -> dict[str, Any]:
    return {"year": year, **SYRIA, **GERMANY, **dict.fromkeys(COUNTS, "0"), **counts}


def answer(folder: Path, items: list[dict[str, Any]], name: str = "population.json", bom: bool = False) -> list[Path]:
    text = json.dumps({"page": 1, "short-url": "x", "maxPages": 1, "total": [], "items": items})
    path = folder / name
    path.write_text(text, encoding="utf-8-sig" if bom else "utf-8")
    return [path]


def test_html_with_success_is_not_a_table(tmp_path: Path) -> None:
    path = tmp_path / "population.json"
    path.write_text("<html><body>Service unavailable</body></html>")
    with pytest.raises(SourceError, match="got HTML"):
        unhcr.parse("unhcr_population", [path])


def test_an_answer_without_rows_is_an_error_as_the_service_gives_it_for_misspelt_codes(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no rows"):
        unhcr.parse("unhcr_population", answer(tmp_path, []))


def test_rows_summed_over_countries_are_refused(tmp_path: Path) -> None:
    world = {**population(2015), "coo_iso": "-", "coa_iso": "-"}
    with pytest.raises(SourceError, match="summed over countries"):
        unhcr.parse("unhcr_population", answer(tmp_path, [world]))


def test_words_among_counts_are_refused_with_the_word(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match='got "many"'):
        unhcr.parse("unhcr_population", answer(tmp_path, [population(2015, refugees="many")]))


def test_missing_columns_are_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="missing refugees"):
        unhcr.parse("unhcr_population", answer(tmp_path, [{"year": 2015, **SYRIA, **GERMANY}]))


def test_invalid_json_names_the_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "population.json"
    path.write_text('{"items": [')
    with pytest.raises(SourceError, match=r"population.json.*line 1"):
        unhcr.parse("unhcr_population", [path])


def test_zero_as_text_is_zero_and_a_dash_is_missing(tmp_path: Path) -> None:
    row = unhcr.parse("unhcr_population", answer(tmp_path, [population(2020, refugees=605_000, oip="-")])).iloc[0]
    assert row["refugees"] == 605_000
    assert row["asylum_seekers"] == 0
    assert pd.isna(row["other_people_in_need"])


def test_zeros_before_collection_become_missing(tmp_path: Path) -> None:
    frame = unhcr.parse(
        "unhcr_population", answer(tmp_path, [population(1992, refugees=10), population(1993, refugees=10)])
    )
    assert frame["asylum_seekers"].isna().tolist() == [True, False]
    assert frame["stateless"].isna().all(), "stateless people are counted from 2004"


def test_codes_are_iso_not_the_producers_own(tmp_path: Path) -> None:
    row = {**population(2015), "coa": "AUS", "coa_iso": "AUT"}
    assert unhcr.parse("unhcr_population", answer(tmp_path, [row]))["asylum_iso3"].tolist() == ["AUT"]


def test_pages_are_read_as_one_table_with_a_byte_order_mark_or_without(tmp_path: Path) -> None:
    pages = answer(tmp_path, [population(2014)], "population_page1.json", bom=True)
    pages += answer(tmp_path, [population(2015)], "population_page2.json")
    assert unhcr.parse("unhcr_population", pages)["year"].tolist() == [2014, 2015]


def test_na_is_a_level_of_decision_and_not_missing(tmp_path: Path) -> None:
    row = {
        "year": 2015,
        **NAMIBIA,
        **GERMANY,
        "procedure_type": "G",
        "app_type": "NA",
        "dec_level": "NA",
        "app_pc": "P",
    }
    frame = unhcr.parse(
        "unhcr_asylum_applications", answer(tmp_path, [{**row, "applied": 5}], "asylum-applications.json")
    )
    assert frame[["application_type", "decision_level", "origin_iso3"]].iloc[0].tolist() == ["NA", "NA", "NAM"]
    text = "year,coo_iso,coa_iso,procedure_type,app_type,dec_level,app_pc,applied\n2015,NAM,DEU,G,NA,NA,P,5\n"
    csv = tmp_path / "asylum-applications.csv"
    csv.write_text(text)
    assert unhcr.parse("unhcr_asylum_applications", [csv])["decision_level"].tolist() == ["NA"]


def test_flow_rows_of_unknown_and_stateless_people_get_the_same_codes_as_elsewhere(tmp_path: Path) -> None:
    rows = [
        {
            "year": 2015,
            "coo_iso": code,
            "coa_iso": "DEU",
            "refugees": 1,
            "asylum_seekers": 2,
            "refugee_like": None,
            "oip": None,
        }
        for code in ("UKN", "STA")
    ]
    frame = unhcr.parse("unhcr_flows", answer(tmp_path, rows, "flows.json"))
    assert sorted(frame["origin_iso3"]) == ["UNK", "XXA"]
    assert frame["new_refugee_like"].isna().all()


def test_ages_are_missing_where_only_the_total_is_known(tmp_path: Path) -> None:
    cells = {f"{sex}_{age}": "0" for sex in "fm" for age in ("0_4", "5_11", "12_17", "18_59", "60", "other", "total")}
    known = {**cells, "f_18_59": 4, "f_total": 4, "m_other": 6, "m_total": 6}
    rows = [
        {"year": 2015, **SYRIA, **GERMANY, "pop_type": "REF", **cells, "total": 2_503_549},
        {"year": 2016, **SYRIA, **GERMANY, "pop_type": "REF", **known, "total": 10},
    ]
    frame = unhcr.parse("unhcr_demographics", answer(tmp_path, rows, "demographics.json")).set_index("year")
    assert pd.isna(frame.at[2015, "female_total"])
    assert frame.at[2016, "female_18_59"] == 4
    assert pd.isna(frame.at[2016, "male_18_59"]), "men of unknown age"
    assert frame.at[2016, "male_total"] == 6


def test_idmc_and_unrwa_read_the_services_rows(tmp_path: Path) -> None:
    inside = {**SYRIA, "coa_iso": "SYR", "year": 2015, "total": 6_600_000}
    assert idmc.parse("idmc_conflict_idps", answer(tmp_path, [inside], "idmc.json"))["conflict_idps"].tolist() == [
        6_600_000
    ]
    registered = {"year": 2015, "coo_iso": "PSE", "coa_iso": "JOR", "total": "2144233"}
    assert (
        unrwa.parse("unrwa_palestine_refugees", answer(tmp_path, [registered], "unrwa.json"))[
            "palestine_refugees"
        ].item()
        == 2_144_233
    )


def world_bank(folder: Path, content: Any) -> list[Path]:
    path = folder / "sp_pop_totl.json"
    path.write_text(json.dumps(content), encoding="utf-8-sig")
    return [path]


def test_the_world_banks_error_with_success_is_told(tmp_path: Path) -> None:
    message = [
        {"message": [{"id": "120", "key": "Invalid value", "value": "The provided parameter value is not valid"}]}
    ]
    with pytest.raises(SourceError, match="not valid"):
        worldbank.parse("worldbank_population", world_bank(tmp_path, message))
    empty = [{"page": 0, "pages": 0, "per_page": None, "total": 0}, None]
    with pytest.raises(SourceError, match="no rows"):
        worldbank.parse("worldbank_population", world_bank(tmp_path, empty))


def test_world_bank_groups_are_left_out_and_the_world_is_kept(tmp_path: Path) -> None:
    codes = {"WLD": 7_000, "ARB": 400, "SYR": 20, "CHI": 1, "NAM": 2, "ERI": None}
    rows = [{"countryiso3code": c, "country": {"value": c}, "date": "2015", "value": v} for c, v in codes.items()]
    frame = worldbank.parse("worldbank_population", world_bank(tmp_path, [{"per_page": "50"}, rows]))
    assert frame["iso3"].tolist() == ["NAM", "SYR", "WLD"], "no groups, and no row for a missing value"


def test_wpp_takes_mid_year(tmp_path: Path) -> None:
    path = tmp_path / "wpp.csv"
    path.write_text("iso3,m49,name,year,population_31dec,population_midyear\nNAM,516,Namibia,2015,20,10\n")
    assert wpp.parse("wpp_population", [path])["population"].tolist() == [10]


def test_printed_figures_prefer_the_printed_report_and_refuse_unknown_items(tmp_path: Path) -> None:
    printed = tmp_path / "published_2016_figures.csv"
    printed.write_text(
        "year,measure,published_value,source,url\n2015,forcibly_displaced,65300000,Report,https://example.org\n"
    )
    quoted = tmp_path / "published_vs_revised.csv"
    head = "item,as_published,published_in,published_date,value_now,source_now,difference,evidence_url\n"
    quoted.write_text(
        head
        + "World forcibly displaced end-2015,65.3 m,Elsewhere,2016,x,x,x,https://example.org\n"
        + "World forcibly displaced end-2016,65.6 m,Elsewhere,2017,x,x,x,https://example.org\n"
        + "Deaths in organized violence 2014,126059,UCDP,2015,x,x,x,https://example.org\n"
    )
    frame = published.parse("published_figures", [quoted, printed]).set_index("year")
    assert frame.at[2015, "published_in"] == "Report"
    assert frame.at[2016, "people"] == 65_600_000
    assert len(frame) == 2
    printed.write_text("year,measure,published_value,source,url\n2015,happiness,1,Report,https://example.org\n")
    with pytest.raises(SourceError, match="happiness"):
        published.parse("published_figures", [printed])


def test_the_database_of_2017_is_carried_as_sums_alone(tmp_path: Path) -> None:
    path = tmp_path / "unhcr_popstats_vintage2017.parquet"
    frame = pd.DataFrame(
        {"year": [2015, 2015], "origin": ["A", "B"], "population_type": ["refugees"] * 2, "value": [10, None]}
    )
    frame.to_parquet(path)
    sums = popstats.parse("unhcr_world_in_2017", [path])
    assert sums[["component", "people"]].to_numpy().tolist() == [["refugees", 10]]


def test_france_norway_and_kosovo_keep_their_codes(tmp_path: Path) -> None:
    eh, adm0 = ["FRA", "NOR", "-99", "-99"], ["FRA", "NOR", "KOS", "PGA"]
    shapes = gpd.GeoDataFrame(
        {"ISO_A3": ["-99"] * 4, "ISO_A3_EH": eh, "ADM0_A3": adm0},
        geometry=[box(x, 0, x + 5, 5) for x in (0, 10, 20, 30)],
        crs=4326,
    )
    path = tmp_path / "ne_10m_admin_0_countries.geojson"
    shapes.to_file(path)
    assert natural_earth.parse("world_shapes", [path])["iso3"].tolist() == ["FRA", "NOR", "XKX"]


def test_shapes_are_clockwise_and_the_tiniest_keeps_a_shape(tmp_path: Path) -> None:
    anticlockwise = Polygon([(0, 0), (5, 0), (5, 5), (0, 5)])
    speck = box(40, 0, 40.001, 0.001)
    path = tmp_path / "world_admin0.geojson"
    gpd.GeoDataFrame({"iso3": ["NAM", "NRU"]}, geometry=[anticlockwise, speck], crs=4326).to_file(path)
    frame = natural_earth.parse("world_shapes", [path])
    shapes = [part for shape in shapely.from_wkb(frame["geometry"]) for part in shapely.get_parts(shape)]
    assert len(shapes) == 2
    assert not any(shapely.is_ccw(part.exterior) for part in shapes)


def test_a_file_without_codes_and_two_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "world_admin0.geojson"
    gpd.GeoDataFrame({"title": ["x"]}, geometry=[box(0, 0, 1, 1)], crs=4326).to_file(path)
    with pytest.raises(SourceError, match="expected a column iso3"):
        natural_earth.parse("world_shapes", [path])
    with pytest.raises(SourceError, match="expected one file"):
        natural_earth.parse("world_shapes", [path, path])


def test_files_are_found_by_their_names_and_nothing_else(tmp_path: Path) -> None:
    for name in ("unhcr_population.parquet", "population.json", "populations.csv", "unhcr_population_notes.txt"):
        (tmp_path / name).touch()
    assert [p.name for p in matching(tmp_path, ("unhcr_population", "population"))] == ["unhcr_population.parquet"]
    assert [p.name for p in matching(tmp_path, ("population",))] == ["population.json"]


def test_every_source_declares_what_a_reader_needs() -> None:
    found = discover()
    assert {"unhcr", "idmc", "unrwa", "worldbank", "wpp", "natural_earth"} <= set(found)
    for name, module in found.items():
        source = module.SOURCE
        assert source.name == name
        for text in (source.producer, source.licence, source.attribution, source.cadence.words, source.url):
            assert text, f"{name} leaves out something that readers need"
        for table in source.tables:
            assert source_of(table.name)[1] is table
            assert set(table.key) <= set(table.column_names)
            assert all(column.about for column in table.columns), table.name
