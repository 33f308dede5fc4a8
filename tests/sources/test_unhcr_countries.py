"""UNHCR's list of countries: what is refused, the embedded list again, and our own code table against it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pytest_httpserver import HTTPServer

from fakes import DATA, ENDPOINTS, QUICK, Patience, Unhcr, says
from r2p_analysis import countries
from r2p_analysis.errors import ContractError, R2PError, SourceError
from r2p_analysis.sources import unhcr
from r2p_analysis.sources.http import Http
from r2p_analysis.sources.politeness import FetchSettings
from r2p_analysis.store.contracts import check

CONTRACT = unhcr.SOURCE.table("unhcr_countries")
Rows = list[dict[str, Any]]


@pytest.fixture
def service(httpserver: HTTPServer) -> Unhcr:
    return Unhcr(httpserver, {})


@pytest.fixture(scope="module")
def embedded() -> pd.DataFrame:
    return pd.read_parquet(DATA / "unhcr_countries.parquet")


def take(service: Unhcr, folder: Path) -> pd.DataFrame:
    settings = FetchSettings(environment={service.variable: service.base}, limits=QUICK)
    with Http(settings, Patience().timing()) as session:
        files = unhcr.download(CONTRACT.name, folder, session)
    return check(unhcr.parse(CONTRACT.name, files), CONTRACT)


def test_the_service_gives_the_embedded_list_again(service: Unhcr, tmp_path: Path, embedded: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(take(service, tmp_path), check(embedded, CONTRACT))
    assert "yearFrom" not in service.asked[0].args, "the list has no years"


def changed(name: str, cell: object) -> Any:
    return lambda rows: [rows[0] | {name: cell}, *rows[1:]]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda rows: [{k: v for k, v in row.items() if k != "iso"} for row in rows], "missing iso3"),
        (lambda rows: [*rows, rows[0]], "not unique"),
        (lambda rows: [*rows, rows[0] | {"code": "NEW"}], "ISO code of two rows"),
        (changed("iso", "QQQ"), "unknown codes QQQ"),
        (changed("code", None), "without a code"),
        (lambda _: [], "holds no rows"),
    ],
)
def test_a_list_that_cannot_be_is_refused(service: Unhcr, tmp_path: Path, change: Any, words: str) -> None:
    service.change = change
    with pytest.raises((SourceError, ContractError)) as caught:
        take(service, tmp_path)
    assert words in str(caught.value)


def test_no_answer_of_any_shape_is_more_than_an_error_of_the_project(service: Unhcr, tmp_path: Path) -> None:
    for body in ("null", "3", "[]", json.dumps({"items": {}, "maxPages": 1})):
        service.always = says(200, body)
        with pytest.raises(R2PError):
            take(service, tmp_path)


def test_our_own_table_of_codes_agrees_with_unhcrs(embedded: pd.DataFrame) -> None:
    theirs = embedded.dropna(subset="iso3").set_index("iso3")["unhcr_code"].to_dict()
    ours = {place.iso3: place.unhcr for place in countries.all_countries() if place.unhcr}
    # Abyei stands only in IDMC's figures that UNHCR serves.
    assert ours.pop("AB9") == "AB9"
    assert ours == theirs
    assert {theirs[code] for code in ("AUT", "EGY", "MTQ")} == {"AUS", "ARE", "MAR"}


def test_every_code_of_unhcrs_figures_is_in_its_list(embedded: pd.DataFrame) -> None:
    listed = {*embedded["iso3"].dropna(), "AB9"}
    for table in (*ENDPOINTS.values(), "unhcr_flows"):
        frame = pd.read_parquet(DATA / f"{table}.parquet")
        codes = {code for name in ("origin_iso3", "asylum_iso3") if name in frame for code in frame[name]}
        assert codes <= listed, table


def test_the_list_of_unhcrs_own_package_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "unhcr_countries.csv"
    path.write_text(
        "iso_code,unhcr_code,name,unhcr_region,unsd_region,unsd_subregion,unsd_imregion\n"
        "AUT,AUS,Austria,Europe,Europe,Western Europe,\nXXX,UKN,Unknown,,,,\n,CRB,CRB,,,,\n"
    )
    found = check(unhcr.parse(CONTRACT.name, [path]), CONTRACT).set_index("unhcr_code")
    assert found.at["AUS", "iso3"] == "AUT"
    assert found.at["UKN", "iso3"] == "UNK", "the figures write UNK"
    assert pd.isna(found.at["CRB", "iso3"])
