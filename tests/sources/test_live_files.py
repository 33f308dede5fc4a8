"""Producers that publish one file: what is taken makes the stored table again, and what is none is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pytest_httpserver import HTTPServer

from fakes import FAKES, QUICK, Fake, Patience, files, says, stored
from r2p_analysis.errors import ContractError, R2PError, SourceError
from r2p_analysis.sources import awsd, discover, raw, sipri, sipri_service
from r2p_analysis.sources.http import Http
from r2p_analysis.sources.politeness import FetchSettings
from r2p_analysis.store.contracts import check
from r2p_analysis.store.corrections import apply_corrections

ROOT = Path(__file__).parents[2]
TABLES = {
    "awsd": "awsd_attacks",
    "bls": "prices",
    "natural_earth": "world_shapes",
    "sipri": "sipri_coalition_deliveries",
    "tjet": "tjet_icc_accused",
    "wpp": "wpp_population",
}


def take(source: str, fake: Fake, folder: Path) -> list[Path]:
    module: Any = discover()[source]
    settings = FetchSettings(environment={fake.variable: fake.base}, limits=QUICK)
    with Http(settings, Patience().timing()) as session:
        taken: list[Path] = module.download(TABLES[source], folder, session)
    return taken


def fetched(source: str, fake: Fake, folder: Path) -> pd.DataFrame:
    contract = discover()[source].SOURCE.table(TABLES[source])
    frame = discover()[source].parse(contract.name, take(source, fake, folder))
    return check(apply_corrections(frame, contract, ROOT / "data")[0], contract)


@pytest.mark.parametrize("source", [name for name in TABLES if name not in ("natural_earth", "awsd", "wpp")])
def test_what_is_taken_makes_the_stored_table_again(source: str, httpserver: HTTPServer, tmp_path: Path) -> None:
    table = TABLES[source]
    kept = pd.read_parquet(ROOT / "data" / f"{table}.parquet")
    contract = discover()[source].SOURCE.table(table)
    found = fetched(source, FAKES[source](httpserver), tmp_path)
    pd.testing.assert_frame_equal(found, check(kept, contract).sort_values(list(contract.key), ignore_index=True))


def test_aid_workers_of_all_years_are_those_stored(httpserver: HTTPServer, tmp_path: Path) -> None:
    kept = stored("awsd_attacks")
    found = fetched("awsd", files.awsd_whole(httpserver), tmp_path)
    pd.testing.assert_frame_equal(found, check(kept, awsd.SOURCE.table("awsd_attacks")))
    assert int((found["iso3"] == "NAM").sum()) == int((kept["iso3"] == "NAM").sum()) > 0, "NA is Namibia"


def test_populations_of_all_years_are_those_stored(httpserver: HTTPServer, tmp_path: Path) -> None:
    kept = stored("wpp_population")
    found = fetched("wpp", files.wpp_whole(httpserver), tmp_path)
    pd.testing.assert_frame_equal(found, check(kept, discover()["wpp"].SOURCE.table("wpp_population")))
    assert set(found["year"]) == set(kept["year"]), "of projections only the first year"
    assert discover()["wpp"].release("wpp_population", list(tmp_path.glob("*.gz"))) == "WPP 2024"  # type: ignore[attr-defined]


def test_shapes_keep_every_place_and_the_gaps_without_a_country(httpserver: HTTPServer, tmp_path: Path) -> None:
    found = fetched("natural_earth", FAKES["natural_earth"](httpserver), tmp_path)
    kept = pd.read_parquet(ROOT / "data" / "world_shapes.parquet")
    assert sorted(found["iso3"]) == sorted(kept["iso3"])
    assert discover()["natural_earth"].release("world_shapes", list(tmp_path.glob("*.zip"))) == "9.9.9"  # type: ignore[attr-defined]


def test_a_file_is_noted_with_its_address_and_time(httpserver: HTTPServer, tmp_path: Path) -> None:
    fake = FAKES["awsd"](httpserver)
    notes = raw.taken(take("awsd", fake, tmp_path))
    assert notes is not None
    assert notes.origin == fake.base + "incidents/search"
    assert fake.asked[0].args.to_dict() == {"detail": "1", "format": "csv"}, (
        "its own filters by year are not known to hold"
    )


@pytest.mark.parametrize("source", ["awsd", "bls", "tjet", "wpp"])
@pytest.mark.parametrize(
    "body", [b"<!doctype html><html>Sorry, down for maintenance</html>", b"\xef\xbb\xbf\n <html>", b""]
)
def test_a_page_in_place_of_the_file_is_refused(
    source: str, body: bytes, httpserver: HTTPServer, tmp_path: Path
) -> None:
    fake = FAKES[source](httpserver)
    fake.always = says(200, body)
    with pytest.raises(
        SourceError, match=r"expected a (table|file), got (HTML|an empty file|something else) with HTTP 200"
    ) as error:
        take(source, fake, tmp_path)
    assert "\n" not in str(error.value)


def test_a_page_in_place_of_the_archive_is_refused(httpserver: HTTPServer, tmp_path: Path) -> None:
    fake = FAKES["natural_earth"](httpserver)
    fake.always = says(200, b"<html>")
    with pytest.raises(SourceError, match="expected a file, got something else"):
        take("natural_earth", fake, tmp_path)


def test_the_bureau_refuses_who_names_no_contact_and_the_line_says_what_to_do(
    httpserver: HTTPServer, tmp_path: Path
) -> None:
    fake = FAKES["bls"](httpserver)
    fake.always = says(403, b"<html>Access Denied</html>")
    with pytest.raises(SourceError, match=r"got 403.*name a contact in report.toml"):
        take("bls", fake, tmp_path)


@pytest.mark.parametrize("source", ["awsd", "bls", "tjet", "wpp"])
@pytest.mark.parametrize("damage", ["renamed column", "duplicate key", "empty"])
def test_a_damaged_file_is_one_line(source: str, damage: str, httpserver: HTTPServer, tmp_path: Path) -> None:
    fake = FAKES[source](httpserver)
    fake.damage = damage
    with pytest.raises(R2PError) as error:
        fetched(source, fake, tmp_path)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(("source", "said"), [("awsd", 'code "XQ"'), ("tjet", "number 9999")])
def test_an_unknown_country_is_named(source: str, said: str, httpserver: HTTPServer, tmp_path: Path) -> None:
    fake = FAKES[source](httpserver)
    fake.damage = "unknown country"
    with pytest.raises(SourceError, match=said):
        fetched(source, fake, tmp_path)


@pytest.mark.parametrize("source", ["awsd", "bls", "tjet", "wpp"])
def test_a_new_column_does_no_harm(source: str, httpserver: HTTPServer, tmp_path: Path) -> None:
    fake = FAKES[source](httpserver)
    fake.damage = "new column"
    assert len(fetched(source, fake, tmp_path)) > 0


# --- SIPRI, whose service is asked by POST


@pytest.fixture
def arms(httpserver: HTTPServer) -> files.Sipri:
    return files.sipri(httpserver)


def test_only_the_ten_recipients_are_asked_for(arms: files.Sipri, tmp_path: Path) -> None:
    take("sipri", arms, tmp_path)
    question = arms.asked[1]
    assert (question.method, question.is_json) == ("POST", True)
    years, whom = question.json["filters"]
    assert (years["value1"], years["value2"]) == (2010, sipri_service._this_year())
    names = {row["EntityId"]: row["Name"] for row in arms.listed}
    assert len(whom["listData"]) == len(sipri.RECIPIENTS) == 10
    assert "Peru" not in {names[number] for number in whom["listData"]}


def test_a_register_with_others_than_asked_for_is_refused(arms: files.Sipri, tmp_path: Path) -> None:
    arms.heeds = False
    with pytest.raises(SourceError, match="got Peru as well; the service did not heed the question"):
        take("sipri", arms, tmp_path)


def test_a_list_of_countries_without_one_of_them_is_refused(arms: files.Sipri, tmp_path: Path) -> None:
    arms.listed = [row for row in arms.listed if row["Name"] != "Sudan"]
    with pytest.raises(SourceError, match="none or several of SDN"):
        take("sipri", arms, tmp_path)
    arms.always = says(200, b'{"message": "busy"}')
    with pytest.raises(SourceError, match="expected EntityId and Name"):
        take("sipri", arms, tmp_path)


def test_an_answer_without_a_register_is_tried_again_and_then_one_line(arms: files.Sipri, tmp_path: Path) -> None:
    arms.instead[1] = says(200, b'{"bytes": ""}')
    assert take("sipri", arms, tmp_path)
    arms.always = arms.instead[1]
    arms.instead = {len(arms.asked): arms.truth}
    with pytest.raises(SourceError, match='expected a register in "bytes"'):
        take("sipri", arms, tmp_path)


def test_a_register_in_another_form_is_one_line(arms: files.Sipri, tmp_path: Path) -> None:
    arms.damage = "renamed column"
    with pytest.raises((SourceError, ContractError), match="begins with Recipient"):
        take("sipri", arms, tmp_path)
