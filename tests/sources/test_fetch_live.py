"""``r2p fetch`` against local services: the store changes whole sources at a time, and only for the better."""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest
from pytest_httpserver import HTTPServer

from fakes import FAKES, QUICK, Patience, Ucdp, Unhcr, WorldBank, says, stored, zipped
from fakes.ucdp_api import TOKEN, UcdpApi
from r2p_analysis.cli import fetch, fetch_progress, main
from r2p_analysis.sources import ucdp_api, ucdp_service
from r2p_analysis.sources.http import Http
from r2p_analysis.sources.politeness import FetchSettings
from r2p_analysis.store import open_tables
from r2p_analysis.workspace import Workspace

ROOT = Path(__file__).parents[2]
LIVE = {
    "population": "unhcr_population",
    "asylum-applications": "unhcr_asylum_applications",
    "asylum-decisions": "unhcr_asylum_decisions",
    "solutions": "unhcr_solutions",
    "demographics": "unhcr_demographics",
    "idmc": "idmc_conflict_idps",
    "unrwa": "unrwa_palestine_refugees",
}
THREE = ("idmc", "unrwa", "worldbank")


class Desk:
    """A workspace of its own and the services that it asks."""

    def __init__(self, home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.home, self.data = home, home / "data"
        self._capsys, self._monkeypatch = capsys, monkeypatch

    def fetch(self, *arguments: str) -> tuple[int, str, str]:
        """Run the command; give its exit status, what it printed and what it complained of."""
        self._monkeypatch.setattr(sys, "argv", ["r2p", "fetch", *arguments])
        self._capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            main()
        out, err = self._capsys.readouterr()
        return int(left.value.code or 0), out, err

    def tables(self) -> dict[str, str]:
        """Checksums of the stored tables."""
        return {path.stem: hashlib.sha256(path.read_bytes()).hexdigest() for path in self.data.glob("*.parquet")}


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Desk:
    home = tmp_path / "home"
    (home / "data").mkdir(parents=True)
    shutil.copy(ROOT / "report.toml", home)
    monkeypatch.setenv("R2P_HOME", str(home))

    def quick(workspace: Workspace, via: dict[str, str]) -> Http:
        made = FetchSettings.of(workspace.settings(), workspace.outputs)
        return Http(replace(made, limits=QUICK, via={**made.via, **via}), Patience().timing())

    monkeypatch.setattr(fetch_progress, "open_session", quick)
    return Desk(home, capsys, monkeypatch)


@pytest.fixture
def displaced(httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> Unhcr:
    service = Unhcr(httpserver, {endpoint: stored(table, (2015, 2015)) for endpoint, table in LIVE.items()})
    monkeypatch.setenv("R2P_UNHCR_URL", service.base)
    return service


@pytest.fixture
def bank(httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> WorldBank:
    service = WorldBank(httpserver, stored("worldbank_population", (2014, 2015)))
    monkeypatch.setenv("R2P_WORLDBANK_URL", service.base)
    return service


@pytest.fixture
def uppsala(httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> Ucdp:
    monkeypatch.setattr(ucdp_service, "this_year", lambda: 2026)
    service = Ucdp(httpserver, {table: stored(table, (2014, 2015)) for table in ucdp_service.PATHS}, "261")
    monkeypatch.setenv("R2P_UCDP_URL", service.base)
    return service


def test_all_live_sources_are_stored_with_provenance(desk: Desk, displaced: Unhcr, bank: WorldBank) -> None:
    status, out, err = desk.fetch("unhcr", *THREE)
    assert (status, "r2p:" in err) == (0, False), err
    tables = open_tables(desk.data)
    assert set(tables) == {*LIVE.values(), "unhcr_countries", "worldbank_population"}
    for name in LIVE.values():
        pd.testing.assert_frame_equal(tables[name], stored(name, (2015, 2015)), obj=name)
    record = tables.provenance("worldbank_population")
    assert record.version == "updated 2026-02-24"
    assert record.origin == f"{bank.base}country/all/indicator/SP.POP.TOTL"
    assert tables.provenance("unhcr_population").version == f"as served on {record.retrieved}"
    assert not any("2001-2024" in caveat for caveat in tables.provenance("unhcr_demographics").caveats)
    assert "unhcr_flows: not fetched; left as it is: get the file at https://" in out
    raw = desk.home / "outputs" / "raw" / "unhcr" / record.retrieved
    notes = json.loads((raw / "fetched.json").read_text())
    assert {note["file"] for note in notes} == {path.name for path in raw.iterdir()} - {"fetched.json"}


def test_bars_on_a_terminal_leave_the_lines_for_a_pipe_alone(
    desk: Desk, displaced: Unhcr, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    status, out, err = desk.fetch("idmc", "cpj")
    assert status == 3
    assert out.splitlines() == ["idmc_conflict_idps: stored, 52 rows (had 0), 2015-2015"]
    assert "idmc" in err
    assert "1/1" in err


def test_what_was_fetched_can_be_stored_again_by_hand(desk: Desk, displaced: Unhcr) -> None:
    desk.fetch("unhcr")
    before = desk.tables(), (desk.data / "datapackage.json").read_bytes()
    (raw,) = (desk.home / "outputs" / "raw" / "unhcr").iterdir()
    status, out, _ = desk.fetch("unhcr", "--from", str(raw))
    assert status == 0
    assert out.count("unchanged") == 6
    assert (desk.tables(), (desk.data / "datapackage.json").read_bytes()) == before, "and with the same provenance"
    page = raw / "solutions-0001.json"
    page.write_bytes(page.read_bytes().replace(b"2015", b"2016", 1))
    status, _, err = desk.fetch("unhcr", "--from", str(raw))
    assert status == 3
    assert "solutions-0001.json: is not what fetched.json beside it says was taken" in err


def test_the_difference_is_printed(desk: Desk, displaced: Unhcr) -> None:
    desk.fetch("idmc")
    displaced.change = lambda items: (
        [row | ({"total": 6_700_000} if row["coo_iso"] == "SYR" else {}) for row in items]
        + [items[0] | {"coo_iso": "PRK", "coa_iso": "PRK", "total": 7}]
    )
    status, out, _ = desk.fetch("idmc")
    assert status == 0
    assert out.splitlines() == [
        "idmc_conflict_idps: stored, 53 rows (had 52), 2015-2015",
        "  1 new rows (2015: 1), 1 cells revised",
        "  conflict_idps: 1 revised, the largest 2015 SYR: 6,600,000 -> 6,700,000",
    ]


def test_check_does_all_but_replace(desk: Desk, displaced: Unhcr) -> None:
    desk.fetch("unrwa")
    before = desk.tables(), (desk.data / "datapackage.json").read_bytes()
    displaced.change = lambda items: [items[0] | {"total": 2_117_361}, *items[1:]]
    status, out, _ = desk.fetch("unrwa", "--check")
    assert status == 0
    assert "unrwa_palestine_refugees: checked" in out
    assert "1 cells revised" in out
    assert (desk.tables(), (desk.data / "datapackage.json").read_bytes()) == before


def test_a_wild_change_needs_the_users_word(desk: Desk, displaced: Unhcr) -> None:
    desk.fetch("unrwa")
    before = desk.tables()
    displaced.change = lambda items: [row | {"total": 1_000} for row in items]
    status, _, err = desk.fetch("unrwa")
    assert status == 3
    assert "--accept-revision" in err
    assert desk.tables() == before
    assert desk.fetch("unrwa", "--accept-revision")[0] == 0
    assert desk.tables() != before


FAULTS = {
    "html that stays": says(200, b"<html>maintenance</html>"),
    "truncated": says(200, b'{"items": [{"year": 2015'),
    "server error": says(500),
    "throttled": says(429, Retry_After="9999"),
    "no rows": says(200, b'{"page": 1, "maxPages": 0, "total": [], "items": []}'),
    "refused": says(403),
    "gone": says(404, b"<html>Not found</html>"),
    "another shape": says(200, b"[1, 2, 3]"),
    "other columns": says(200, b'{"maxPages": 1, "items": [{"year": 2015, "coo_iso": "SYR", "coa_iso": "SYR"}]}'),
    "unknown code": says(
        200, b'{"maxPages": 1, "items": [{"year": 2015, "coo_iso": "QQQ", "coa_iso": "QQQ", "total": 5}]}'
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_source_that_fails_keeps_its_table_and_the_others_go_on(
    desk: Desk, displaced: Unhcr, bank: WorldBank, fault: str
) -> None:
    desk.fetch(*THREE)
    before = desk.tables()
    displaced.always = FAULTS[fault]
    bank.serve(stored("worldbank_population", (2013, 2015)))
    status, out, err = desk.fetch(*THREE)
    assert status == 3
    complaints = [line for line in err.splitlines() if line.startswith("r2p: ")]
    assert [line.split(": ")[1] for line in complaints[:2]] == ["idmc", "unrwa"]
    assert complaints[2:] == ["r2p: 2 of 3 sources failed; their stored tables stay as they were"]
    after = desk.tables()
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"worldbank_population"}
    assert "worldbank_population: stored" in out
    assert open_tables(desk.data)["idmc_conflict_idps"]["year"].tolist()
    assert not list((desk.home / "outputs" / "raw").rglob("*.partial"))


def test_one_series_that_fails_leaves_all_tables_of_its_source(desk: Desk, displaced: Unhcr) -> None:
    desk.fetch("unhcr")
    before = desk.tables()
    displaced.change = lambda items: [row | {"f_total": "many"} if "f_total" in row else row for row in items]
    status, out, err = desk.fetch("unhcr")
    assert status == 3
    assert 'got "many"' in err
    assert "stored" not in out
    assert desk.tables() == before


def test_a_source_without_a_service_says_where_its_file_is(desk: Desk) -> None:
    status, _, err = desk.fetch("cpj")
    assert status == 3
    assert "r2p: cpj: cannot be fetched from a service; left as it is: get the file at https://" in err
    assert "run 'r2p fetch cpj --from FILE'" in err


def test_all_sources_at_once(desk: Desk, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> None:
    for start in dict.fromkeys(FAKES.values()):
        service = start(httpserver)
        monkeypatch.setenv(service.variable, service.base)
    status, out, err = desk.fetch()
    assert status == 0, err
    tables = open_tables(desk.data)
    assert tables.provenance("ucdp_one_sided").version == f"{datetime.now(UTC).year % 100}.1"
    assert {tables.provenance(name).source for name in tables} == {name.partition(":")[0] for name in FAKES}
    assert tables.provenance("fts_appeals").version == "updated 2026-03-12"
    assert tables.provenance("fts_appeals").origin.endswith("fts_requirements_funding_global.csv and 1 other file")
    assert tables.provenance("untc_status").origin.endswith("IV-1.en.xml and 23 other files")
    assert "treaty_participation: made by hand, left as it is" in out
    assert "unhcr_population: stored" in out
    for table in ("awsd_attacks", "prices", "world_shapes", "sipri_coalition_deliveries", "tjet_icc_accused"):
        assert f"{table}: stored" in out
    assert "awsd_vintages: not fetched; left as it is" in out
    assert "cpj: not fetched from a service; left as it is: get the file at" in out


def test_events_of_another_release_than_the_stored_tables_are_refused(desk: Desk, uppsala: Ucdp) -> None:
    assert desk.fetch("ucdp", "--version", "25.1")[0] == 0
    header = b"id,country_id,type_of_violence,date_start,date_end,deaths_civilians,best,low,high\n"
    row = b"1,652,1,2015-01-03,2015-01-04,0,2,3,1\n"
    uppsala.files["ged/ged261-csv.zip"] = zipped(("GEDEvent_v26_1.csv", header + row))
    before = desk.tables()
    status, _, err = desk.fetch("ucdp_events_months")
    assert status == 3
    assert "ucdp_events_months is of release 26.1 and the stored ucdp_armed_conflicts of 25.1" in err
    assert "fetch them together: 'r2p fetch ucdp ucdp_events_months'" in err
    assert desk.tables() == before
    status, out, err = desk.fetch("ucdp", "ucdp_events_months")
    assert status == 0, err
    assert "ucdp_events_months: stored, 1 rows" in out
    assert "ucdp_events_months: unchanged" in desk.fetch("ucdp")[1], "once stored, it comes with its source"


def test_an_interrupted_fetch_by_the_api_goes_on_where_it_was_and_tells_no_token(
    desk: Desk, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ucdp_api, "this_year", lambda: 2026)
    service = UcdpApi(httpserver, {table: stored(table, (2014, 2015)) for table in ucdp_service.PATHS}, "26.1")
    monkeypatch.setenv("R2P_UCDP_API_URL", service.base)
    status, _, err = desk.fetch("ucdp", "--via", "api")
    assert (status, "set R2P_UCDP_API_TOKEN" in err, service.asked) == (3, True, [])
    monkeypatch.setenv("R2P_UCDP_API_TOKEN", TOKEN)
    service.instead = {number: says(500) for number in (2, 3, 4)}
    status, out, err = desk.fetch("ucdp", "--via", "api")
    assert (status, desk.tables()) == (3, {})
    said, service.instead = out + err, {}
    taken = len(service.asked)
    status, out, err = desk.fetch("ucdp", "--via", "api")
    assert status == 0, err
    asked = [request.path.rpartition("/api/")[2] for request in service.asked[taken:]]
    assert asked == ["battledeaths/26.1", "ucdpprioconflict/26.1"], "the first two resources had been taken"
    record = open_tables(desk.data).provenance("ucdp_one_sided")
    assert (record.version, record.origin) == ("26.1", f"{service.base}onesided/26.1")
    for table in ucdp_service.PATHS:
        pd.testing.assert_frame_equal(open_tables(desk.data)[table], stored(table, (2014, 2015)), obj=table)
    assert TOKEN not in said + out + err
    assert not any(TOKEN.encode() in path.read_bytes() for path in desk.home.rglob("*") if path.is_file())


def test_a_new_release_does_not_carry_the_citation_of_an_older_one(desk: Desk, uppsala: Ucdp) -> None:
    assert desk.fetch("ucdp")[0] == 0
    credit = open_tables(desk.data).provenance("ucdp_one_sided").attribution
    assert credit.startswith("UCDP, release 26.1, with the publication that ucdp.uu.se/downloads names for it;")
    assert "2025" not in credit
    assert desk.fetch("ucdp", "--version", "25.1", "--accept-revision")[0] == 0
    assert "Öberg 2025" in open_tables(desk.data).provenance("ucdp_one_sided").attribution


def test_a_file_that_a_browser_saved_twice_tells_its_release(desk: Desk, uppsala: Ucdp, tmp_path: Path) -> None:
    path = tmp_path / "ucdp-onesided-261-csv (1).zip"
    path.write_bytes(uppsala.files["nsos/ucdp-onesided-261-csv.zip"])
    status, _, err = desk.fetch("ucdp", "--from", str(path))
    assert status == 0, err
    assert open_tables(desk.data).provenance("ucdp_one_sided").version == "26.1"


def test_what_does_not_go_together_is_refused(desk: Desk) -> None:
    status, _, err = desk.fetch("--retrieved", "2026-11-25")
    assert (status, "together with --from" in err) == (2, True)
    assert desk.fetch("nobody")[0] == 2


def test_an_installed_package_is_not_written_to(
    desk: Desk, displaced: Unhcr, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "_embedded").mkdir()
    shutil.copy(ROOT / "report.toml", tmp_path / "_embedded")
    monkeypatch.setattr("r2p_analysis.workspace.finding._PACKAGE", tmp_path)
    monkeypatch.setattr(fetch, "home_to_write", lambda: Workspace(tmp_path / "_embedded", tmp_path / "outputs"))
    status, _, err = desk.fetch("unrwa")
    assert status == 3
    assert "no workspace here" in err
    assert [path.name for path in (tmp_path / "_embedded").iterdir()] == ["report.toml"]


def test_a_folder_that_cannot_be_written_is_one_line(desk: Desk, displaced: Unhcr) -> None:
    (desk.home / "outputs" / "raw").mkdir(parents=True)
    (desk.home / "outputs" / "raw" / "idmc").write_text("a file, not a folder")
    status, _, err = desk.fetch("idmc")
    assert status == 3
    assert "r2p: idmc: " in err
    assert "cannot be written or read" in err
