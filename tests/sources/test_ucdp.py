"""UCDP's files: lists of countries, two ways of naming columns, pages from zero, and estimates out of order."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from r2p_analysis.errors import ContractError, SourceError
from r2p_analysis.sources import ucdp
from r2p_analysis.sources.files import matching
from r2p_analysis.store.contracts import check

HALVES = ("best", "low", "high")
STEMS = (
    "sb_total_deaths",
    "ns_total_deaths",
    "os_total_deaths",
    "os_any_govt_killings",
    "os_nsgroup_killings",
    "cumulative_total_deaths_in_orgvio",
)


def country_year(**cells: Any) -> dict[str, Any]:
    row: dict[str, Any] = {"country_id": 652, "year": 2015, "os_dyad_names": "NO_DYAD"}
    row |= {f"{stem}_{half}": 0 for stem in STEMS for half in HALVES}
    row |= {
        "cumulative_total_deaths_civilians_in_orgvio": 0,
        "cumulative_total_deaths_unknown_in_orgvio": 0,
    }
    return row | cells


def actor_year(**cells: Any) -> dict[str, Any]:
    row = {
        "actor_id": "118", "actor_name": "Government of Syria", "actor_name_fulltext": "n/a", "year": 2014,
        "best_fatality_estimate": 464, "low_fatality_estimate": 338, "high_fatality_estimate": 655,
        "is_government_actor": 1, "gwnoa": "652", "location": "Iraq, Syria", "gwno_location": "645, 652",
    }  # fmt: skip
    return row | cells


def conflict_year(**cells: Any) -> dict[str, Any]:
    row = {
        "conflict_id": "299", "location": "Syria", "side_a": "Government of Syria", "side_a_2nd": None,
        "side_b": "Syrian\n insurgents", "side_b_2nd": None, "incompatibility": "2", "territory_name": None,
        "year": "2015", "intensity_level": "2", "type_of_conflict": "4", "gwno_loc": "652", "region": "2",
    }  # fmt: skip
    return row | cells


def event(number: int, **cells: Any) -> dict[str, Any]:
    row = {
        "id": number, "country_id": 652, "type_of_violence": 1, "date_start": "2013-01-03 00:00:00.000",
        "date_end": "2013-01-05", "deaths_civilians": 1, "best": 2, "low": 2, "high": 2, "active_year": True,
        "gwnoa": "652", "gwnob": None,
    }  # fmt: skip
    return row | cells


def answer(folder: Path, rows: list[dict[str, Any]], name: str = "page0.json", total: int | None = None) -> Path:
    path = folder / name
    whole = {"TotalCount": len(rows) if total is None else total, "TotalPages": 1, "NextPageUrl": "", "Result": rows}
    path.write_text(json.dumps(whole))
    return path


def read(table: str, *files: Path) -> pd.DataFrame:
    return check(ucdp.parse(table, list(files)), ucdp.SOURCE.table(table))


@pytest.mark.parametrize(
    ("table", "row", "said"),
    [
        ("ucdp_country_years", country_year(country_id="652, 645"), "one country a row"),
        ("ucdp_country_years", country_year(country_id="9999"), "9999"),
        ("ucdp_country_years", country_year(os_total_deaths_best="many"), "whole numbers"),
        ("ucdp_armed_conflicts", conflict_year(type_of_conflict="5"), "type_of_conflict"),
        ("ucdp_armed_conflicts", conflict_year(intensity_level="0"), "intensity_level"),
        ("ucdp_armed_conflicts", conflict_year(region="1, 9"), "region"),
        ("ucdp_armed_conflicts", conflict_year(gwno_loc="Syria"), "not a list"),
        ("ucdp_events_months", event(1, date_start="3 January 2013"), "not a date"),
        ("ucdp_events_months", event(1, type_of_violence=4), "type_of_violence"),
    ],
)
def test_what_is_not_in_the_codebook_is_an_error(tmp_path: Path, table: str, row: dict[str, Any], said: str) -> None:
    with pytest.raises(SourceError, match=said):
        read(table, answer(tmp_path, [row]))


def test_a_harvest_that_began_at_page_one_lacks_rows_and_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="1 of 1,000 rows are here; UCDP counts its pages from 0"):
        read("ucdp_one_sided", answer(tmp_path, [actor_year()], total=1000))
    with pytest.raises(SourceError, match="no rows"):
        read("ucdp_one_sided", answer(tmp_path, []))


def test_events_given_twice_would_count_twice(tmp_path: Path) -> None:
    pages = answer(tmp_path, [event(1)], total=2), answer(tmp_path, [event(1)], "page1.json", total=2)
    with pytest.raises(SourceError, match="event 1 is there twice"):
        read("ucdp_events_months", *pages)


def test_types_and_perpetrators_must_sum(tmp_path: Path) -> None:
    with pytest.raises(ContractError, match="types do not sum to deaths_best in 1 rows, first SYR 2015"):
        read("ucdp_country_years", answer(tmp_path, [country_year(sb_total_deaths_best=1)]))
    row = country_year(os_total_deaths_best=2, cumulative_total_deaths_in_orgvio_best=2, os_any_govt_killings_best=1)
    with pytest.raises(ContractError, match="perpetrators do not sum"):
        read("ucdp_country_years", answer(tmp_path, [row]))


def test_downloads_and_the_api_name_columns_differently_and_give_the_same(tmp_path: Path) -> None:
    row = country_year(os_dyad_names="IS - Civilians; Government of Syria - Civilians")
    api = read("ucdp_country_years", answer(tmp_path, [row]))
    download = tmp_path / "organizedviolencecy_v25_1.csv"
    pd.DataFrame([row]).rename(columns=lambda name: f"{name}_cy").to_csv(download, index=False, encoding="utf-8-sig")
    zipped = tmp_path / "organizedviolencecy-251-csv.zip"
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.write(download, download.name)
    pd.testing.assert_frame_equal(read("ucdp_country_years", download), api)
    pd.testing.assert_frame_equal(read("ucdp_country_years", zipped), api)
    assert api["one_sided_actors"].tolist() == ["IS; Government of Syria"]


def test_a_broken_zip_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "ged251-csv.zip"
    path.write_bytes(b"<html>")
    with pytest.raises(SourceError, match="not a zip file"):
        read("ucdp_events_months", path)


def test_codes_of_countries_come_in_lists_and_from_former_states(tmp_path: Path) -> None:
    coalition = actor_year(gwnoa="432, 365", actor_id="9249", actor_name="Government of Mali, Government of Russia")
    unnamed = actor_year(gwnoa=None, actor_id="7963")
    actors = read("ucdp_one_sided", answer(tmp_path, [coalition, unnamed]))
    assert actors.set_index("actor_id")["governments_iso3"].fillna("none").to_dict() == {9249: "MLI; RUS", 7963: "none"}
    assert actors["actor_in_full"].isna().all(), '"n/a" is UCDP\'s text for none'
    places = read(
        "ucdp_country_years",
        answer(tmp_path, [country_year(country_id=number, year=1990) for number in (265, 315, 680, 678, 345, 816)]),
    )
    assert set(places["iso3"]) == {"DDR", "CSK", "YMD", "YEM", "SRB", "VNM"}
    hyderabad = read("ucdp_armed_conflicts", answer(tmp_path, [conflict_year(gwno_loc="751, 750", region="1, 3")]))
    assert hyderabad.loc[0, ["location_iso3", "regions"]].tolist() == ["IND; UNK", "Asia; Europe"]


def test_one_sided_actors_have_no_place() -> None:
    """One death lists a country in the actor file: its location must never become geography."""
    assert not {"location", "iso3", "region"} & set(ucdp.SOURCE.table("ucdp_one_sided").column_names)


def test_estimates_out_of_order_are_kept_as_given(tmp_path: Path) -> None:
    row = country_year(os_total_deaths_best=5, os_total_deaths_low=7, os_total_deaths_high=3,
                       os_nsgroup_killings_best=5, cumulative_total_deaths_in_orgvio_best=5,
                       cumulative_total_deaths_in_orgvio_low=7, cumulative_total_deaths_in_orgvio_high=3)  # fmt: skip
    parsed = read("ucdp_country_years", answer(tmp_path, [row]))
    assert parsed.loc[0, ["one_sided_best", "one_sided_low", "one_sided_high"]].tolist() == [5, 7, 3]


def test_events_are_summed_without_place_or_text_and_events_over_months_are_in_none(tmp_path: Path) -> None:
    events = [event(1), event(2, best=0), event(3, date_end="2013-02-01T00:00:00"), event(4, type_of_violence=3)]
    months = read("ucdp_events_months", answer(tmp_path, events))
    found = {(row.type, row.month if row.month is not pd.NA else None): row for row in months.itertuples()}
    assert found["state-based", 1].events == 2
    assert found["state-based", 1].deaths_best == 2
    assert found["state-based", None].events == 1
    assert months["events"].sum() == len(events)
    assert list(months.columns) == ucdp.SOURCE.table("ucdp_events_months").column_names


def test_line_breaks_inside_fields_do_not_split_events(tmp_path: Path) -> None:
    path = tmp_path / "GEDEvent_v25_1.csv.gz"
    frame = pd.DataFrame([event(1, where_description="a\nb, c"), event(2, where_description="NA")])
    path.write_bytes(gzip.compress(frame.to_csv(index=False).encode()))
    assert read("ucdp_events_months", path)["events"].tolist() == [2]


def test_samples_are_not_taken_for_the_whole(tmp_path: Path) -> None:
    """A random sample of events lies beside the real files: it would look like peace."""
    for name in ("GEDEvent_sample1000_v23_1.csv.gz", "GED_Syria_beta_652_1601_1911.parquet", "GEDEvent_v25_1.csv"):
        (tmp_path / name).touch()
    contract = ucdp.SOURCE.table("ucdp_events_months")
    assert [path.name for path in matching(tmp_path, contract.stems)] == ["GEDEvent_v25_1.csv"]


def test_the_latest_release_wins(tmp_path: Path) -> None:
    for name in ("GEDEvent_v25_1.csv", "GEDEvent_v26_1.csv"):
        (tmp_path / name).touch()
    assert [p.name for p in matching(tmp_path, ucdp.SOURCE.table("ucdp_events_months").stems)] == ["GEDEvent_v26_1.csv"]
