"""A fetch that is killed at any moment leaves a store that opens, in which each source is all old or all new."""

from __future__ import annotations

import hashlib
import io
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from fakes import FAKES
from fakes.desk import ROOT
from r2p_analysis.sources import LiveModule, discover, source_of
from r2p_analysis.store import Prepared, TableChange, commit_tables, open_tables, read_package

DRIVER = Path(__file__).with_name("killed_driver.py")
LIVE = [name for name, module in discover().items() if isinstance(module, LiveModule)]
pytestmark = pytest.mark.slow
MOMENTS = 20
STEPS = 8


@dataclass
class Ground:
    """A workspace with old tables, services that serve new ones, and what an undisturbed fetch makes of them."""

    home: Path
    environment: dict[str, str]
    old: dict[str, str]
    new: dict[str, str]
    seconds: float
    steps: int


def _started(home: Path, environment: dict[str, str], step: int = 0) -> subprocess.Popen[str]:
    """Start a fetch of everything; give it once its first request may go out."""
    begun = home / "begun"
    begun.unlink(missing_ok=True)
    command = [sys.executable, str(DRIVER), str(begun), str(step), "--accept-revision"]
    process = subprocess.Popen(
        command,
        env={**environment, "R2P_HOME": str(home)},
        cwd=home,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    until = time.monotonic() + 60
    while not begun.exists() and process.poll() is None and time.monotonic() < until:
        time.sleep(0.005)
    return process


def _finished(process: subprocess.Popen[str]) -> str:
    out, _ = process.communicate(timeout=120)
    assert process.returncode == 0, out
    assert "r2p:" not in out, out
    return out


def _checksums(data: Path) -> dict[str, str]:
    return {path.stem: hashlib.sha256(path.read_bytes()).hexdigest() for path in data.glob("*.parquet")}


def _aged(data: Path) -> None:
    """Make every table an older one: without its last row, of another version."""
    tables, records = open_tables(data), read_package(data)
    for name, record in records.items():
        module, contract = source_of(name)
        frame, content = tables[name].iloc[:-1], io.BytesIO()
        frame.to_parquet(content, index=False)
        checksum = hashlib.sha256(content.getvalue()).hexdigest()
        older = replace(record, version="an older one", rows=len(frame), sha256=checksum)
        change = TableChange(name, len(frame) + 1, len(frame), None, None, same=False)
        commit_tables([Prepared(change, content.getvalue(), older, contract, module.SOURCE)], data)


@pytest.fixture(scope="module")
def services() -> Iterator[dict[str, str]]:
    """Start the services of all sources; give the environment that leads to them."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("R2P_")}
    environment |= {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    servers: dict[str, HTTPServer] = {}
    for source in LIVE:
        variable = FAKES[source](HTTPServer(port=0)).variable
        # Sources that share a service share a server.
        if variable not in servers:
            servers[variable] = HTTPServer(port=0, threaded=True)
            servers[variable].start()
        fake = FAKES[source](servers[variable])
        environment[variable] = fake.base
        if fake.token:
            environment[fake.token] = "a-token"
    yield environment
    with ThreadPoolExecutor(len(servers)) as pool:
        list(pool.map(HTTPServer.stop, servers.values()))


@pytest.fixture(scope="module")
def ground(services: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Ground:
    home = tmp_path_factory.mktemp("killed") / "home"
    (home / "data").mkdir(parents=True)
    shutil.copy(ROOT / "report.toml", home)
    _finished(_started(home, services))
    new = _checksums(home / "data")
    _aged(home / "data")
    old = _checksums(home / "data")
    measured = home.parent / "measured"
    shutil.copytree(home, measured)
    process, begun = _started(measured, services), time.monotonic()
    _finished(process)
    seconds = time.monotonic() - begun
    assert _checksums(measured / "data") == new
    # For each table and for the package of each source: written through, renamed; and its journal.
    steps = 2 * len(new) + 3 * len(LIVE)
    return Ground(home, services, old, new, seconds, steps)


def _must_stand(ground: Ground, home: Path) -> str:
    """All that must hold after a kill; give how many sources are new."""
    tables, records = open_tables(home / "data"), read_package(home / "data")
    assert set(tables) == set(ground.new)
    checksums = _checksums(home / "data")
    new: dict[str, set[bool]] = {}
    for name, record in records.items():
        assert len(tables[name]) == record.rows
        assert checksums[name] == record.sha256
        assert checksums[name] in (ground.old[name], ground.new[name]), name
        new.setdefault(record.source, set()).add(checksums[name] == ground.new[name])
        assert (record.version == "an older one") == (checksums[name] == ground.old[name])
    assert all(len(states) == 1 for states in new.values()), f"a source is half old and half new: {new}"
    return f"{sum(states == {True} for states in new.values())} of {len(new)} sources new"


def _must_mend(ground: Ground, home: Path) -> None:
    """An undisturbed fetch puts everything right, and leaves nothing lying about."""
    _finished(_started(home, ground.environment))
    assert _checksums(home / "data") == ground.new
    assert {path.name for path in (home / "data").iterdir()} == {
        "datapackage.json",
        *(f"{t}.parquet" for t in ground.new),
    }
    assert not list((home / "outputs" / "raw").rglob("*.partial"))
    for notes in (home / "outputs" / "raw").rglob("fetched.json"):
        listed = {entry["file"] for entry in json.loads(notes.read_text())}
        assert {path.name for path in notes.parent.iterdir()} == {*listed, "fetched.json"}


def test_every_table_changes_so_that_half_a_source_can_be_seen(ground: Ground) -> None:
    assert set(ground.old) == set(ground.new)
    assert all(ground.old[name] != ground.new[name] for name in ground.new)
    assert {source_of(name)[0].SOURCE.name for name in ground.new} == set(LIVE)


def test_a_fetch_killed_at_random_moments_leaves_whole_sources(ground: Ground, tmp_path: Path) -> None:
    dice = random.Random(999)
    slices = [(number + dice.random()) / MOMENTS for number in range(MOMENTS)]
    home, states = tmp_path / "home", []
    for share in slices:
        shutil.rmtree(home, ignore_errors=True)
        shutil.copytree(ground.home, home)
        process = _started(home, ground.environment)
        time.sleep(share * ground.seconds)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        states.append(_must_stand(ground, home))
    assert len(set(states)) > 1, "all kills came before or after everything"
    _must_mend(ground, home)


def test_a_fetch_killed_while_it_stores_leaves_whole_sources(ground: Ground, tmp_path: Path) -> None:
    dice = random.Random(70)
    home, unfinished = tmp_path / "home", 0
    for step in sorted(dice.sample(range(1, ground.steps + 1), STEPS)):
        shutil.rmtree(home, ignore_errors=True)
        shutil.copytree(ground.home, home)
        process = _started(home, ground.environment, step)
        process.communicate(timeout=120)
        assert process.returncode == -signal.SIGKILL, f"step {step} was never taken"
        left = list((home / "data").glob(".commit-*.json"))
        unfinished += bool(left)
        _must_stand(ground, home)
        assert not list((home / "data").glob(".commit-*.json")), "who opens the store finishes what was decided"
    assert unfinished, "no kill came between the journal and the last rename"
    _must_mend(ground, home)
