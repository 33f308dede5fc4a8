"""One fetch from services that serve all figures of data/ makes the embedded tables again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd
import pytest
from pytest_httpserver import HTTPServer

from fakes import DATA, WHOLE, Start, kind_of
from fakes.desk import Desk
from r2p_analysis.sources import LiveModule, discover, source_of
from r2p_analysis.sources.politeness import Limits
from r2p_analysis.store import open_tables, read_package
from r2p_analysis.store.contracts import check

pytestmark = pytest.mark.slow
LIVE = [name for name, module in discover().items() if isinstance(module, LiveModule)]
# Tables that no service gives: made by hand, taken from a report, or older states of what a service gives today.
BY_HAND = {
    "awsd_vintages",
    "treaties",
    "treaty_participation",
    "un_fatalities_vintages",
    "unhcr_flows",
}
# A source whose stored table is made smaller than the producer's, so that nobody can make the producer's of it again.
NOT_WHOLE = {"natural_earth"}
# Tables that are not carried: there is nothing to compare them with here.
NOT_CARRIED = {"untc_status"}


@pytest.fixture
def led(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Start the services with all their figures and lead the clients there."""
    servers: dict[str, HTTPServer] = {}
    started: set[Start] = set()
    for source, start in WHOLE.items():
        # Sources of one service are started on one server, and each start of it only once.
        if start in started:
            continue
        started.add(start)
        kind = kind_of(source, whole=True)
        if kind.variable not in servers:
            servers[kind.variable] = HTTPServer(port=0, threaded=True)
            servers[kind.variable].start()
        monkeypatch.setenv(kind.variable, start(servers[kind.variable]).base)
        if kind.token:
            monkeypatch.setenv(kind.token, kind.secret)
    yield
    with ThreadPoolExecutor(len(servers)) as pool:
        list(pool.map(HTTPServer.stop, servers.values()))


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = Desk(tmp_path / "home", capsys, monkeypatch)
    shutil.copytree(DATA / "corrections", desk.data / "corrections")
    return desk


def fetched(desk: Desk, sources: list[str]) -> set[str]:
    """Fetch, and give the names of tables that must be there; all of them are as they are carried."""
    outcome = desk.fetched(*sources, limits=Limits(read=60, tries=1))
    assert outcome.complaints == []
    assert outcome.status == 0
    tables, carried = open_tables(desk.data), set(read_package(DATA))
    for name in sorted(set(tables) & carried):
        _, contract = source_of(name)
        expected = check(pd.read_parquet(DATA / f"{name}.parquet"), contract)
        found = check(tables[name], contract)
        if name == "sc_vetoes":
            found, expected = (_as_both_say(frame, found) for frame in (found, expected))
        # OCHA's service gives sums, of which what lies outside plans is the rest: to a cent.
        cents = 0.01 if name == "fts_appeals" else 0
        pd.testing.assert_frame_equal(found, expected, obj=name, check_exact=False, rtol=0, atol=cents)
    return set(tables)


def _as_both_say(frame: pd.DataFrame, served: pd.DataFrame) -> pd.DataFrame:
    """Leave out what the hub says of the latest vetoes, and the carried list, of unknown author, does not."""
    latest = served["basis"] == "hub list"
    assert 0 < latest.sum() < 20
    return frame.assign(basis=frame["basis"].mask(latest), agenda_item=frame["agenda_item"].mask(latest))


def promised(sources: list[str]) -> set[str]:
    """Tables that these sources give by a fetch that names no table."""
    return {table.name for source in sources for table in discover()[source].SOURCE.tables if not table.on_request}


def test_every_source_has_a_service_with_all_its_figures() -> None:
    assert {name.partition(":")[0] for name in WHOLE} == set(LIVE) - NOT_WHOLE


def test_one_fetch_of_all_sources_makes_the_carried_tables_again(led: None, desk: Desk) -> None:
    sources = [name for name in WHOLE if ":" not in name]
    found = fetched(desk, sources)
    assert found == promised(sources) - BY_HAND
    assert found - set(read_package(DATA)) == NOT_CARRIED


def test_one_fetch_by_the_other_ways_makes_the_same_tables(led: None, desk: Desk) -> None:
    ways = dict(name.split(":") for name in WHOLE if ":" in name)
    with (desk.home / "report.toml").open("a", encoding="utf-8") as settings:
        settings.write("\n[fetch.via]\n" + "".join(f'{source} = "{way}"\n' for source, way in ways.items()))
    assert fetched(desk, list(ways)) == promised(list(ways))
