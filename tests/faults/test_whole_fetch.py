"""One fetch from services that serve all figures of data/ makes the embedded tables again."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd
import pytest
from pytest_httpserver import HTTPServer

from fakes import DATA, WHOLE, kind_of
from fakes.desk import Desk
from r2p_analysis.sources import discover, source_of
from r2p_analysis.sources.politeness import Limits
from r2p_analysis.store import open_tables, read_package
from r2p_analysis.store.contracts import check

pytestmark = pytest.mark.slow
# Tables that their producers do not serve with the rest of the source: they come by hand.
BY_HAND = {"unhcr_flows"}


@pytest.fixture
def led(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Start the services with all their figures and lead the clients there; give the sources."""
    servers: dict[str, HTTPServer] = {}
    for source, start in WHOLE.items():
        variable = kind_of(source, whole=True).variable
        if variable not in servers:
            servers[variable] = HTTPServer(port=0, threaded=True)
            servers[variable].start()
        # Sources of one service are started on one server, and each start of it only once.
        if list(WHOLE.values()).index(start) == list(WHOLE).index(source):
            monkeypatch.setenv(variable, start(servers[variable]).base)
    yield list(WHOLE)
    with ThreadPoolExecutor(len(servers)) as pool:
        list(pool.map(HTTPServer.stop, servers.values()))


def test_one_fetch_of_all_sources_makes_the_embedded_tables_again(
    led: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(tmp_path / "home", capsys, monkeypatch)
    outcome = desk.fetched(*led, limits=Limits(read=60, tries=1))
    assert (outcome.status, outcome.complaints) == (0, [])
    tables, embedded = open_tables(desk.data), read_package(DATA)
    promised = {
        table.name for source in led for table in discover()[source].SOURCE.tables if table.name in embedded
    } - BY_HAND
    assert set(tables) == promised
    for name in sorted(promised):
        _, contract = source_of(name)
        carried = check(pd.read_parquet(DATA / f"{name}.parquet"), contract)
        pd.testing.assert_frame_equal(check(tables[name], contract), carried, obj=name)
