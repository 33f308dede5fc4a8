"""UCDP's downloads: the newest release, of one piece, out of archives that hold what they should."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from pytest_httpserver import HTTPServer

from fakes import QUICK, Patience, Ucdp, as_ucdp_publishes, stored, zipped
from r2p_analysis.errors import SourceError
from r2p_analysis.sources import archives, ucdp, ucdp_service
from r2p_analysis.sources.archives import only_member
from r2p_analysis.sources.http import Http
from r2p_analysis.sources.politeness import FetchSettings
from r2p_analysis.store.contracts import check

ONE_SIDED = "ucdp_one_sided"
OF_2026 = "nsos/ucdp-onesided-261-csv.zip"


@pytest.fixture(scope="module")
def frames() -> dict[str, pd.DataFrame]:
    return {table: stored(table) for table in ucdp_service.PATHS}


@pytest.fixture(autouse=True)
def in_2026(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ucdp_service, "this_year", lambda: 2026)


def take(service: Ucdp, folder: Path, *tables: str) -> list[list[Path]]:
    settings = FetchSettings(environment={"R2P_UCDP_URL": service.base}, limits=QUICK)
    with Http(settings, Patience().timing()) as session:
        return [ucdp.download(table, folder, session) for table in tables]


def test_the_downloads_make_the_stored_tables_again(
    httpserver: HTTPServer, tmp_path: Path, frames: dict[str, pd.DataFrame]
) -> None:
    taken = take(Ucdp(httpserver, frames, "261"), tmp_path, *frames)
    for (table, frame), files in zip(frames.items(), taken, strict=True):
        contract = ucdp.SOURCE.table(table)
        made = check(ucdp.parse(table, files), contract)
        pd.testing.assert_frame_equal(made, check(frame, contract), obj=table)
        assert ucdp.release(table, files) == "26.1"


def test_last_years_release_stands_until_this_years_is_out(
    httpserver: HTTPServer, tmp_path: Path, frames: dict[str, pd.DataFrame]
) -> None:
    service = Ucdp(httpserver, {ONE_SIDED: frames[ONE_SIDED]}, "251")
    ((file,),) = take(service, tmp_path, ONE_SIDED)
    assert ucdp.release(ONE_SIDED, [file]) == "25.1"
    assert service.paths == [OF_2026, OF_2026.replace("261", "251")]


def test_tables_of_two_releases_are_not_mixed(
    httpserver: HTTPServer, tmp_path: Path, frames: dict[str, pd.DataFrame]
) -> None:
    service = Ucdp(httpserver, frames, "251")
    service.publish({"ucdp_country_years": frames["ucdp_country_years"]}, "261")
    with pytest.raises(SourceError, match=r"got 25\.1 and 26\.1; UCDP is publishing"):
        take(service, tmp_path, *frames)


def test_no_release_at_all_is_one_line(httpserver: HTTPServer, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"251-csv\.zip: expected HTTP 200, got 404"):
        take(Ucdp(httpserver, {}, "261"), tmp_path, ONE_SIDED)


def test_events_come_only_when_they_are_asked_for(httpserver: HTTPServer, tmp_path: Path) -> None:
    assert ucdp.SOURCE.table("ucdp_events_months").on_request
    service = Ucdp(httpserver, {}, "261")
    header = b"id,country_id,type_of_violence,date_start,date_end,deaths_civilians,best,low,high\n"
    rows = b"".join(b"%d,652,1,2015-01-03,2015-01-04,0,2,3,1\n" % number for number in range(45_000))
    service.files["ged/ged261-csv.zip"] = zipped(("GEDEvent_v26_1.csv", header + rows))
    (files,) = take(service, tmp_path, "ucdp_events_months")
    made = check(ucdp.parse("ucdp_events_months", files), ucdp.SOURCE.table("ucdp_events_months"))
    assert made.to_dict("records") == [
        {"iso3": "SYR", "year": 2015, "month": 1, "type": "state-based", "events": 45_000, "deaths_best": 90_000,
         "deaths_low": 135_000, "deaths_high": 45_000, "civilians": 0}
    ]  # fmt: skip
    assert ucdp.release("ucdp_events_months", files) == "26.1"


def archive(folder: Path, content: bytes) -> Path:
    path = folder / "ucdp-onesided-261-csv.zip"
    path.write_bytes(content)
    return path


def test_a_path_outside_is_refused(tmp_path: Path) -> None:
    for name in ("../../evil.csv", "/etc/evil.csv", "a\\..\\..\\evil.csv", "C:\\evil.csv"):
        with pytest.raises(SourceError, match="names a file outside itself"):
            ucdp.parse(ONE_SIDED, [archive(tmp_path, zipped((name, b"a,b"), ("good.csv", b"a,b")))])


def test_a_bomb_is_refused_before_it_bursts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SourceError, match="expected a table, got 20,000,000 bytes packed into"):
        only_member(archive(tmp_path, zipped(("a.csv", bytes(20_000_000)))), ".csv")
    monkeypatch.setattr(archives, "MOST_BYTES", 100)
    with pytest.raises(SourceError, match="expected a table, got 101 bytes"):
        only_member(archive(tmp_path, zipped(("a.csv", b"x" * 101))), ".csv")


def test_archives_that_are_none_or_broken_or_hold_something_else_are_one_line(tmp_path: Path) -> None:
    whole = zipped(("a.csv", as_ucdp_publishes(ONE_SIDED, stored(ONE_SIDED, (2014, 2015)))))
    broken = whole[:200] + b"\xff" * 100 + whole[300:]
    lies = whole.replace(b"a.csv", b"b.csv", 1)
    for content in (b"", b"PK", whole[:-30], broken, lies, zipped(), zipped(("a.txt", b""))):
        with pytest.raises(SourceError) as caught:
            only_member(archive(tmp_path, content), ".csv")
        assert "\n" not in str(caught.value)
    with pytest.raises(SourceError, match="expected one CSV file inside, found 2"):
        only_member(archive(tmp_path, zipped(("a.csv", b""), ("b.csv", b""))), ".csv")
    assert only_member(archive(tmp_path, whole), ".csv").startswith(b"\xef\xbb\xbfversion")
