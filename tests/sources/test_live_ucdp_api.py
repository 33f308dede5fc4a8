"""UCDP's API: every row or none, of one release, and a token that goes nowhere else."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from fakes import QUICK, Patience, says, stored
from fakes.ucdp_api import EVENTS, TOKEN, UcdpApi, some_events
from r2p_analysis.errors import R2PError, SourceError
from r2p_analysis.sources import ucdp, ucdp_api
from r2p_analysis.sources.http import Http
from r2p_analysis.sources.politeness import FetchSettings
from r2p_analysis.store.contracts import check

ONE_SIDED = "ucdp_one_sided"
YEARLY = tuple(table for table in ucdp_api.RESOURCES if table != EVENTS)


@pytest.fixture(autouse=True)
def in_2026(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ucdp_api, "this_year", lambda: 2026)


@pytest.fixture
def service(httpserver: HTTPServer) -> UcdpApi:
    return UcdpApi(httpserver, {ONE_SIDED: stored(ONE_SIDED)}, "26.1")


def take(service: UcdpApi, folder: Path, *tables: str, token: str = TOKEN) -> list[list[Path]]:
    environment = {"R2P_UCDP_API_URL": service.base, "R2P_UCDP_API_TOKEN": token}
    settings = FetchSettings(environment=environment, via={"ucdp": "api"}, limits=QUICK, cache=folder / "cache")
    raw = folder / "raw"
    raw.mkdir(exist_ok=True)
    with Http(settings, Patience().timing()) as session:
        return [ucdp.download(table, raw, session) for table in tables]


def fails(service: UcdpApi, folder: Path, *tables: str, token: str = TOKEN) -> str:
    """Take and fail: give the one line, and look for the token in all that was written."""
    with pytest.raises(SourceError) as caught:
        take(service, folder, *tables or (ONE_SIDED,), token=token)
    line = str(caught.value)
    assert "\n" not in line
    assert token == "" or token not in line
    nowhere(folder, TOKEN)
    return line


def nowhere(folder: Path, token: str) -> None:
    for path in folder.rglob("*"):
        assert path.is_dir() or token.encode() not in path.read_bytes(), path


def test_the_api_makes_the_stored_tables_again(httpserver: HTTPServer, tmp_path: Path) -> None:
    frames = {table: stored(table) for table in YEARLY}
    taken = take(UcdpApi(httpserver, frames, "26.1"), tmp_path, *frames)
    for (table, frame), files in zip(frames.items(), taken, strict=True):
        contract = ucdp.SOURCE.table(table)
        made = check(ucdp.parse(table, files), contract)
        pd.testing.assert_frame_equal(made, check(frame, contract), obj=table)
        assert len(files) == -(-len(frame) // 1_000)
        assert ucdp.release(table, files) == "26.1"
    nowhere(tmp_path, TOKEN)


def test_events_over_several_pages_are_all_counted(httpserver: HTTPServer, tmp_path: Path) -> None:
    events = some_events(2_500)
    (files,) = take(UcdpApi(httpserver, {EVENTS: events}, "26.1"), tmp_path, EVENTS)
    made = check(ucdp.parse(EVENTS, files), ucdp.SOURCE.table(EVENTS))
    assert len(files) == 3
    assert made["events"].sum() == 2_500
    assert made[["deaths_best", "deaths_low", "deaths_high"]].sum().tolist() == [12_500, 17_500, 7_500]
    with pytest.raises(SourceError, match="1,500 of 2,500 rows are here; UCDP counts its pages from 0"):
        ucdp.parse(EVENTS, files[1:])


def test_without_a_token_nothing_is_asked(service: UcdpApi, tmp_path: Path) -> None:
    line = fails(service, tmp_path, token="")
    assert "set R2P_UCDP_API_TOKEN" in line
    assert "ucdp.uu.se/apidocs" in line
    assert "--via bulk" in line
    assert service.asked == []


@pytest.mark.parametrize("body", [b"API token required.", b'{"message": "token expired"}'])
def test_a_wrong_token_is_told_at_once(service: UcdpApi, tmp_path: Path, body: bytes) -> None:
    service.always = says(401, body)
    line = fails(service, tmp_path, token="expired-one")
    assert "got 401: the token is missing, wrong or expired; set R2P_UCDP_API_TOKEN" in line
    assert len(service.asked) == 1, "errors count against the day's 5,000 requests"


@pytest.mark.parametrize("unknown", [None, Response("", 404)])
def test_last_years_release_stands_until_this_years_is_out(
    httpserver: HTTPServer, tmp_path: Path, unknown: Response | None
) -> None:
    service = UcdpApi(httpserver, {ONE_SIDED: stored(ONE_SIDED)}, "25.1")
    service.unknown = unknown
    (files,) = take(service, tmp_path, ONE_SIDED)
    assert ucdp.release(ONE_SIDED, files) == "25.1"
    assert [file.name for file in files] == ["onesided-25.1-0000.json", "onesided-25.1-0001.json"]


def test_no_release_and_two_releases_are_one_line(httpserver: HTTPServer, tmp_path: Path) -> None:
    service = UcdpApi(httpserver, {}, "26.1")
    assert "neither release 26.1 nor 25.1" in fails(service, tmp_path)
    service.publish({ONE_SIDED: stored(ONE_SIDED)}, "26.1")
    service.publish({"ucdp_battle_deaths": stored("ucdp_battle_deaths")}, "25.1")
    assert "got 25.1 and 26.1" in fails(service, tmp_path, ONE_SIDED, "ucdp_battle_deaths")


def test_smaller_pages_than_asked_for_lose_nothing(service: UcdpApi, tmp_path: Path) -> None:
    service.largest = 300
    (files,) = take(service, tmp_path, ONE_SIDED)
    assert len(ucdp.parse(ONE_SIDED, files)) == len(stored(ONE_SIDED))


def changed(service: UcdpApi, **cells: object) -> None:
    """Change the envelope of the second page."""

    def instead(request: Request) -> Response:
        return Response(json.dumps(json.loads(service.truth(request).get_data()) | cells))

    service.instead[len(service.asked) + 1] = instead


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"TotalCount": 1_340}, "expected 1,330 rows on 2 pages as page 0 says, got 1,340 on 2"),
        ({"TotalPages": 3}, "got 1,330 on 3"),
        ({"Result": []}, "expected one of 2 pages, got none"),
        ({"Result": [{"year": 2015}]}, "expected 1,330 rows as TotalCount says, got 1,001"),
        ({"Result": "soon"}, "another shape"),
        ({"Result": [1]}, "another shape"),
        ({"TotalCount": "many"}, "another shape"),
    ],
)
def test_pages_that_are_not_one_whole_are_refused_and_asked_for_anew(
    service: UcdpApi, tmp_path: Path, cells: dict[str, object], said: str
) -> None:
    changed(service, **cells)
    assert said in fails(service, tmp_path)
    before = len(service.asked)
    (files,) = take(service, tmp_path, ONE_SIDED)
    assert len(ucdp.parse(ONE_SIDED, files)) == len(stored(ONE_SIDED))
    assert len(service.asked) > before, "nothing of a broken whole is kept"


def test_a_total_off_by_ten_is_refused(service: UcdpApi, tmp_path: Path) -> None:
    service.damage = "total off by ten"
    assert "expected 1,340 rows as TotalCount says, got 1,330" in fails(service, tmp_path)


@pytest.mark.parametrize("following", ["", "soon", "{base}onesided/26.1?pagesize=1000&page=2", "{base}onesided/26.1"])
def test_a_next_page_that_skips_rows_is_refused(service: UcdpApi, tmp_path: Path, following: str) -> None:
    def first(request: Request) -> Response:
        answer = json.loads(service.truth(request).get_data())
        return Response(json.dumps(answer | {"NextPageUrl": following.format(base=service.base)}))

    service.instead[0] = first
    assert "expected the address of page 1 of 2" in fails(service, tmp_path)


def test_the_token_stays_at_home_when_a_next_page_or_a_redirect_leads_away(
    service: UcdpApi, httpserver: HTTPServer, tmp_path: Path
) -> None:
    seen: list[Request] = []
    away = service.base.replace("localhost", "127.0.0.1").replace("/api/", "/elsewhere")
    assert away.startswith("http://127.0.0.1")
    httpserver.expect_request("/elsewhere").respond_with_handler(lambda request: seen.append(request) or Response("{}"))

    def first(request: Request) -> Response:
        answer = json.loads(service.truth(request).get_data())
        return Response(json.dumps(answer | {"NextPageUrl": f"{away}?page=1"}))

    service.instead[0] = first
    assert "leads on to http://127.0.0.1" in fails(service, tmp_path)
    assert seen == []
    for path in (tmp_path / "raw").iterdir():
        path.unlink()
    service.always = says(302, Location=away)
    fails(service, tmp_path)
    assert seen
    assert all("x-ucdp-access-token" not in request.headers for request in seen)


def test_throttling_by_400_heals(service: UcdpApi, tmp_path: Path) -> None:
    service.instead = {1: says(400), 2: says(400)}
    (files,) = take(service, tmp_path, ONE_SIDED)
    assert len(ucdp.parse(ONE_SIDED, files)) == len(stored(ONE_SIDED))
    assert ucdp_api.SERVICE.pause == 30


def test_an_interrupted_harvest_asks_only_for_what_is_missing(service: UcdpApi, tmp_path: Path) -> None:
    service.largest = 300
    service.instead = {number: says(500) for number in (3, 4, 5)}
    fails(service, tmp_path)
    service.asked.clear()
    service.instead = {}
    (files,) = take(service, tmp_path, ONE_SIDED)
    assert [request.args["page"] for request in service.asked] == ["3", "4"]
    assert len(ucdp.parse(ONE_SIDED, files)) == len(stored(ONE_SIDED))


@pytest.mark.parametrize("damage", ["renamed column", "duplicate key", "unknown country", "total off by ten", "empty"])
@pytest.mark.parametrize("table", ucdp_api.RESOURCES)
def test_damage_never_becomes_a_table(httpserver: HTTPServer, tmp_path: Path, table: str, damage: str) -> None:
    frame = some_events(40) if table == EVENTS else stored(table, (2014, 2015))
    service = UcdpApi(httpserver, {table: frame}, "26.1")
    service.damage = damage
    with pytest.raises(R2PError) as caught:
        check(ucdp.parse(table, take(service, tmp_path, table)[0]), ucdp.SOURCE.table(table))
    assert "\n" not in str(caught.value)
