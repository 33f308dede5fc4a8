"""Several sources at once, one fetch at a time: order, locks, Ctrl-C, ways, tables by name."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
from filelock import FileLock
from pytest_httpserver import HTTPServer

from fakes import Fake, Unhcr, WorldBank, says, stored
from fakes.desk import Desk
from r2p_analysis.cli import fetch
from r2p_analysis.cli.fetch_live import AT_ONCE, LOCK
from r2p_analysis.errors import UsageError
from r2p_analysis.sources import SourceModule, discover
from r2p_analysis.sources.cadence import Fixed
from r2p_analysis.sources.contract import Column, Source, Table
from r2p_analysis.sources.http import Http
from r2p_analysis.sources.politeness import Service
from r2p_analysis.store import open_tables, sweep
from r2p_analysis.store.commit import replace_files

PLACES = ["BDI", "SYR"]


def _few(table: str) -> pd.DataFrame:
    frame = stored(table, (2015, 2015))
    places = next(name for name in ("origin_iso3", "iso3") if name in frame)
    return frame[frame[places].isin([*PLACES, "PSE"])].reset_index(drop=True)


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(tmp_path / "home", capsys, monkeypatch)


@pytest.fixture
def displaced(monkeypatch: pytest.MonkeyPatch) -> Iterator[Unhcr]:
    with HTTPServer(port=0, threaded=True) as server:
        tables = {"idmc": "idmc_conflict_idps", "unrwa": "unrwa_palestine_refugees"}
        service = Unhcr(server, {endpoint: _few(table) for endpoint, table in tables.items()})
        monkeypatch.setenv(service.variable, service.base)
        yield service


@pytest.fixture
def bank(monkeypatch: pytest.MonkeyPatch) -> Iterator[WorldBank]:
    with HTTPServer(port=0, threaded=True) as server:
        service = WorldBank(server, _few("worldbank_population"))
        monkeypatch.setenv(service.variable, service.base)
        yield service


# --- at once


def test_sources_are_asked_at_once_and_told_of_in_their_order(desk: Desk, displaced: Unhcr, bank: WorldBank) -> None:
    both = threading.Barrier(2, timeout=10)

    def together(fake: Fake, pause: float) -> Callable[..., object]:
        def answer(request: object) -> object:
            both.wait()
            time.sleep(pause)
            return fake.truth(request)  # type: ignore[arg-type]

        return answer

    # The first to be named is the last to be there.
    bank.instead[0] = together(bank, 0.3)  # type: ignore[assignment]
    displaced.instead[0] = together(displaced, 0.0)  # type: ignore[assignment]
    outcome = desk.fetched("worldbank", "idmc")
    assert outcome.status == 0, "neither is answered before the other is asked"
    assert [line.split(":")[0] for line in outcome.out.splitlines()] == ["worldbank_population", "idmc_conflict_idps"]
    assert set(open_tables(desk.data)) == {"worldbank_population", "idmc_conflict_idps"}


def test_one_that_fails_is_told_of_in_its_place_and_leaves_the_others(
    desk: Desk, displaced: Unhcr, bank: WorldBank
) -> None:
    bank.always = says(500)
    outcome = desk.fetched("idmc", "worldbank", "unrwa")
    assert outcome.status == 3
    assert outcome.complaints[0].startswith("r2p: worldbank: ")
    assert outcome.complaints[1:] == ["r2p: 1 of 3 sources failed; their stored tables stay as they were"]
    assert set(desk.tables()) == set(desk.records()) == {"idmc_conflict_idps", "unrwa_palestine_refugees"}


def test_records_of_sources_that_are_ready_together_are_all_kept(tmp_path: Path) -> None:
    contents = {f"{number}.txt": b"x" for number in range(20)}
    threads = [threading.Thread(target=replace_files, args=(tmp_path, {name: body})) for name, body in contents.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {path.name for path in tmp_path.iterdir()} == set(contents)
    assert AT_ONCE > 1


# --- one fetch in a workspace


def test_a_second_fetch_is_one_line_and_touches_nothing(desk: Desk, displaced: Unhcr) -> None:
    assert desk.fetched("idmc").status == 0
    before = {path: path.stat().st_mtime_ns for path in desk.home.rglob("*") if path.is_file() and path.name != LOCK}
    asked = len(displaced.asked)
    with FileLock(desk.home / "outputs" / LOCK):
        live, files = desk.fetched("unrwa"), desk.fetched("--from", str(desk.home / "outputs"))
    for outcome in (live, files):
        assert (outcome.status, outcome.out) == (2, "")
        assert outcome.err == f"r2p: another fetch is under way in {desk.home}: wait until it has ended\n"
    assert len(displaced.asked) == asked
    after = {path: path.stat().st_mtime_ns for path in desk.home.rglob("*") if path.is_file() and path.name != LOCK}
    assert after == before


def test_the_lock_of_a_killed_process_does_not_block(desk: Desk, displaced: Unhcr) -> None:
    lock = desk.home / "outputs" / LOCK
    lock.parent.mkdir(parents=True)
    code = (
        f"import time; from filelock import FileLock; lock = FileLock({str(lock)!r}); lock.acquire(); "
        "print('held', flush=True); time.sleep(60)"
    )
    holder = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    assert desk.fetched("idmc").status == 2
    holder.kill()
    holder.communicate()
    assert lock.exists()
    assert desk.fetched("idmc").status == 0


def test_a_place_that_cannot_hold_outputs_is_one_line(desk: Desk) -> None:
    (desk.home / "outputs").write_text("a file, not a folder")
    outcome = desk.fetched("idmc")
    assert outcome.status == 2
    assert outcome.err.startswith(f"r2p: {desk.home / 'outputs'} cannot be made")
    assert outcome.err.count("\n") == 1


# --- what a killed process left


def test_what_was_only_begun_is_removed_and_what_was_decided_is_done(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(b"old")
    (tmp_path / ".a.parquet.0.new").write_bytes(b"begun")
    (tmp_path / ".b.parquet.1.new").write_bytes(b"decided")
    (tmp_path / ".commit-1.json").write_text('{".b.parquet.1.new": "b.parquet"}')
    sweep(tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "a.parquet": b"old",
        "b.parquet": b"decided",
    }


def test_a_fetch_sweeps_the_store_and_the_raw_folder(desk: Desk, displaced: Unhcr) -> None:
    (desk.data / ".idmc_conflict_idps.parquet.0.new").write_bytes(b"begun")
    older = desk.home / "outputs" / "raw" / "idmc" / "2026-01-01.partial"
    older.mkdir(parents=True)
    (older / "idmc-0001.json").write_text("{}")
    assert desk.fetched("idmc").status == 0
    assert not list(desk.data.glob(".*"))
    assert not older.exists()


# --- ways


def test_a_way_wants_a_source(desk: Desk) -> None:
    outcome = desk.fetched("--via", "api")
    assert outcome.status == 2
    assert outcome.err == "r2p: --via is the way of a source: name the source too, such as 'r2p fetch ucdp --via api'\n"


def test_a_way_of_a_source_that_has_one_only_is_not_passed_over(desk: Desk, bank: WorldBank) -> None:
    outcome = desk.fetched("worldbank", "--via", "api")
    assert outcome.status == 3
    assert outcome.complaints[0] == "r2p: worldbank: there is one way only to fetch it; leave --via out"
    assert desk.tables() == {}


def _toy(ways: tuple[str, ...] = ("bulk", "api")) -> tuple[SimpleNamespace, list[str]]:
    """A source of three tables, of which one is large; and a list of what was downloaded by which way."""
    column = Column("iso3", "text", "a country", place=True)
    tables = [Table(f"toy_{name}", name, (column,), ("iso3",), (f"toy_{name}",)) for name in ("one", "two")]
    tables.append(replace(tables[0], name="toy_large", stems=("toy_large",), on_request=True))
    source = Source("toy", "Toy", "CC0", "", "Toy", Fixed("never"), "https://example.org/", tables=tuple(tables))
    took: list[str] = []

    def download(table: str, folder: Path, session: Http) -> list[Path]:
        took.append(f"{table} by {session.way('toy', ways)}")
        service = Service("toy", "http://127.0.0.1:9/", interval=0.0)
        return [session.file(service, table, folder / f"{table}.csv")]

    def parse(table: str, files: list[Path]) -> pd.DataFrame:
        return pd.read_csv(files[0])

    return SimpleNamespace(SOURCE=source, download=download, parse=parse), took


@pytest.fixture
def toy(httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    module, took = _toy()
    for name in ("one", "two", "large"):
        httpserver.expect_request(f"/toy_{name}").respond_with_data("iso3\nSYR\n")
    monkeypatch.setenv("R2P_TOY_URL", httpserver.url_for("/"))
    monkeypatch.setattr("r2p_analysis.sources.discover", lambda: {"toy": module})
    return took


def test_the_usual_way_is_taken_unless_the_user_or_the_settings_say_another(desk: Desk, toy: list[str]) -> None:
    assert desk.fetched("toy_one").status == 0
    with (desk.home / "report.toml").open("a") as settings:
        settings.write('\n[fetch.via]\ntoy = "api"\n')
    assert desk.fetched("toy_one").status == 0
    assert desk.fetched("toy_one", "--via", "bulk").status == 0
    assert toy == ["toy_one by bulk", "toy_one by api", "toy_one by bulk"]


def test_a_way_for_a_source_that_there_is_not_is_not_passed_over(desk: Desk, toy: list[str]) -> None:
    """Whoever mistypes the source would fetch it by the usual way and believe otherwise."""
    with (desk.home / "report.toml").open("a") as settings:
        settings.write('\n[fetch.via]\ntoi = "api"\n')
    outcome = desk.fetched("toy_one")
    assert outcome.status == 2
    assert [line for line in outcome.complaints if "toi" in line] == [
        'r2p: report.toml [fetch.via]: no source "toi": did you mean toy? Sources are toy'
    ]
    assert desk.tables() == {}
    assert not toy


def test_an_unknown_way_is_one_line(desk: Desk, toy: list[str]) -> None:
    outcome = desk.fetched("toy", "--via", "pigeon")
    assert outcome.status == 3
    assert outcome.complaints[0] == 'r2p: toy: there is no way "pigeon" to fetch it; ways are bulk, api'
    assert desk.tables() == {}


# --- tables by name


def test_a_large_table_comes_only_once_it_was_asked_for_by_name(desk: Desk, toy: list[str]) -> None:
    assert desk.fetched().status == 0
    assert set(desk.tables()) == {"toy_one", "toy_two"}
    assert desk.fetched("toy_large").status == 0
    assert set(desk.tables()) == {"toy_one", "toy_two", "toy_large"}
    toy.clear()
    assert desk.fetched("toy").status == 0
    assert toy == [f"toy_{name} by bulk" for name in ("one", "two", "large")], "it is stored, so it is kept fresh"


def test_a_table_by_name_comes_alone_and_beside_its_source_with_the_rest(desk: Desk, toy: list[str]) -> None:
    assert desk.fetched("toy_two").status == 0
    assert set(desk.tables()) == {"toy_two"}
    assert desk.fetched("toy", "toy_large").status == 0
    assert set(desk.tables()) == {"toy_one", "toy_two", "toy_large"}


def test_a_name_that_is_no_source_and_no_table_is_refused_before_anything_is_asked(toy: list[str]) -> None:
    known: dict[str, SourceModule] = dict(discover())
    with pytest.raises(UsageError, match='no source or table "toi"'):
        fetch._wanted(["toy", "toi"], {**known, "toy": _toy()[0]}, set())  # type: ignore[dict-item]


# --- Ctrl-C


@pytest.mark.parametrize("where", ["before the answer", "in the answer", "between two tries"])
def test_an_interrupt_is_one_line_and_leaves_the_store_well(
    desk: Desk, displaced: Unhcr, bank: WorldBank, where: str
) -> None:
    assert desk.fetched("worldbank", "idmc").status == 0
    before, asked, over = desk.tables(), threading.Event(), threading.Event()

    def silence() -> object:
        over.wait(20)
        yield b""

    def never(request: object) -> object:
        from werkzeug import Response

        asked.set()
        if where == "between two tries":
            return Response(b"", 503, {"Retry-After": "100"})
        if where == "before the answer":
            over.wait(20)
        return Response(silence(), headers={"Content-Length": "9"})  # type: ignore[arg-type]

    displaced.always = never  # type: ignore[assignment]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    # A test run in the background of a shell has Ctrl-C switched off, and children inherit that.
    code = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from r2p_analysis.cli import main; main()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, "fetch", "idmc"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert asked.wait(60)
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        began = time.monotonic()
        out, err = process.communicate(timeout=30)
        took = time.monotonic() - began
    finally:
        over.set()
        process.kill()
    assert (process.returncode, out) == (130, "")
    assert err == "r2p: stopped; sources not told of above keep their stored tables\n"
    assert took < 5
    assert desk.tables() == before
    assert set(open_tables(desk.data)) == {"worldbank_population", "idmc_conflict_idps"}
    displaced.always = None
    assert desk.fetched("idmc").status == 0
