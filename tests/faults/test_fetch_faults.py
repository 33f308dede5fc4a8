"""Every fault befalls every service: the store stays as it was, the others go on, one line says why.

Sources with a client are found, and so is the local service that each must have in `fakes.FAKES`. Faults that cannot
befall a service are those of formats that it does not use, and those that it declares with a reason.
"""

from __future__ import annotations

import re
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from fakes import DAMAGES, FAKES, Fake, Handler, Patience, Unhcr, WorldBank, kind_of, says, stored
from fakes import faults as befalling
from fakes.desk import Desk, Outcome
from r2p_analysis.sources import LiveModule, discover
from r2p_analysis.sources.politeness import Limits, Timing
from r2p_analysis.sources.raw import NOTES, frozen_files

LIVE = [name for name, module in discover().items() if isinstance(module, LiveModule)]
KNOWN = [name for name in FAKES if name.partition(":")[0] in LIVE]
LIMITS = Limits(connect=2, read=5, total=30, tries=2)


@dataclass(frozen=True)
class Fault:
    """A fault and what must be said of it.

    Attributes
    ----------
    befall : callable
        From how the service answers in truth to how it answers now.
    words : str
        Pattern of what the line must say.
    of : str
        Format that it befalls; every one unless told.
    first : bool
        Whether it befalls each answer; only the last, after all others went well, unless told.
    limits : Limits
        Of the session.
    """

    befall: Callable[[Handler], Handler]
    words: str
    of: str = ""
    first: bool = False
    limits: Limits = LIMITS


def _always(handler: Handler) -> Callable[[Handler], Handler]:
    return lambda _: handler


STAYING = {
    "read time-out": Fault(
        befalling.silent_for(0.7), "no answer within 0.3 seconds, 2 times", limits=replace(LIMITS, read=0.3)
    ),
    "reset in mid-body": Fault(befalling.reset_in_mid_body, "the answer broke off, 2 times"),
    "truncated": Fault(befalling.cut_in_half, ""),
    "HTML with 200": Fault(_always(says(200, b"<!DOCTYPE html><html>Maintenance</html>")), ""),
    "429 with a huge Retry-After": Fault(_always(says(429, Retry_After="86400")), "asks to wait 86,400 seconds"),
    "429 that stays": Fault(_always(says(429, Retry_After="1")), "got 429, 2 times"),
    "500 that stays": Fault(_always(says(500, b"Traceback (most recent call last):")), "got 500, 2 times"),
    "nothing in it": Fault(_always(says(200)), ""),
    "10 GB Content-Length": Fault(befalling.announced_as_huge, "got an answer of 10,000,000,000"),
    "slow drip": Fault(befalling.dripping, "did not end within its time"),
    "path outside": Fault(befalling.path_outside, "outside itself", of="zip", first=True),
    "zip bomb": Fault(befalling.zip_bomb, "packed into", of="zip", first=True),
    "XML bomb": Fault(befalling.xml_bomb, "", of="xml", first=True),
}
HEALING = {
    # Long enough for the true answers also where other work goes on.
    "read time-out": Fault(befalling.silent_for(1.6), "", limits=replace(LIMITS, read=1.0)),
    "reset in mid-body": STAYING["reset in mid-body"],
    "HTML with 200": STAYING["HTML with 200"],
    "429 with Retry-After": Fault(_always(says(429, Retry_After="100")), ""),
    "500": STAYING["500 that stays"],
}
REFUSED = {"wrong token": says(401, b"wrong token"), "expired token": says(403, b"token expired")}
# Content that is otherwise well; a column more harms nobody.
REFUSED_DAMAGES = [damage for damage in DAMAGES if damage != "new column"]


class World:
    """A service as it is for all tests of it, with what an undisturbed fetch from it stores."""

    def __init__(self, source: str, server: HTTPServer, stranger: HTTPServer) -> None:
        self.source, self.way = source.partition(":")[::2]
        self.fake = FAKES[source](server)
        self.stranger = stranger
        self.template: Path | None = None
        self.tables: dict[str, str] = {}
        self.requests = 0

    def well(self) -> Fake:
        """The service as if nothing had been."""
        self.fake.asked.clear()
        self.fake.instead.clear()
        self.fake.always, self.fake.damage = None, ""
        return self.fake


@dataclass(frozen=True)
class Other:
    """Another source, which has newer figures than the store."""

    source: str
    variable: str
    before: str
    now: str
    table: str


@pytest.fixture(scope="module")
def servers() -> Iterator[Callable[[str], HTTPServer]]:
    """Start servers that answer several at once; they stop in the end."""
    started: list[HTTPServer] = []

    def start(host: str = "127.0.0.1") -> HTTPServer:
        server = HTTPServer(host=host, port=0, threaded=True)
        server.start()
        started.append(server)
        return server

    yield start
    with ThreadPoolExecutor(len(started) or 1) as pool:
        list(pool.map(HTTPServer.stop, started))


@pytest.fixture(scope="module")
def worlds(servers: Callable[[str], HTTPServer]) -> Callable[[str], World]:
    made: dict[str, World] = {}

    def world_of(source: str) -> World:
        if source not in made:
            made[source] = World(source, servers("127.0.0.1"), servers("localhost"))
        return made[source]

    return world_of


@pytest.fixture(scope="module")
def others(servers: Callable[[str], HTTPServer]) -> dict[str, Other]:
    population = stored("worldbank_population", (2014, 2015))
    population = population[population["iso3"].isin(["BDI", "SYR"])]
    registered = stored("unrwa_palestine_refugees", (2014, 2015))
    bank = [WorldBank(servers("127.0.0.1"), population[population["year"] <= year]).base for year in (2014, 2015)]
    unrwa = [
        Unhcr(servers("127.0.0.1"), {"unrwa": registered[registered["year"] <= year]}).base for year in (2014, 2015)
    ]
    return {
        "worldbank": Other("worldbank", WorldBank.variable, *bank, "worldbank_population"),
        "unrwa": Other("unrwa", Unhcr.variable, *unrwa, "unrwa_palestine_refugees"),
    }


class Case:
    """A desk with stored tables of a source, and another source in the same command."""

    def __init__(self, world: World, other: Other, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        self.world, self.other, self.desk = world, other, desk
        self.fake = world.well()
        self._monkeypatch = monkeypatch
        monkeypatch.setenv(world.fake.variable, world.fake.base)
        if world.fake.token:
            monkeypatch.setenv(world.fake.token, world.fake.secret)

    def fetch(self, *options: str, limits: Limits = LIMITS, timing: Timing | None = None) -> Outcome:
        return self.desk.fetched(self.world.source, self.other.source, *options, limits=limits, timing=timing)

    def lead_other(self, base: str) -> None:
        self._monkeypatch.setenv(self.other.variable, base)

    def refused(self, words: str, outcome: Outcome, before: tuple[dict[str, str], dict[str, object]]) -> None:
        """All that must hold when a source failed beside another."""
        name = self.world.source
        assert outcome.status == 3, outcome
        line, last = outcome.complaints
        assert line.startswith(f"r2p: {name}: "), outcome.err
        assert re.search(words, line), line
        assert last == "r2p: 1 of 2 sources failed; their stored tables stay as they were"
        rest = [text for text in outcome.err.splitlines() if not text.startswith("r2p: ") and "taken" not in text]
        assert rest == [], "one line a failure, and no traceback"
        tables, records = self.desk.tables(), self.desk.records()
        assert {table: tables[table] for table in self.world.tables} == {t: before[0][t] for t in self.world.tables}
        assert {table: records[table] for table in self.world.tables} == {t: before[1][t] for t in self.world.tables}
        assert tables[self.other.table] != before[0][self.other.table], "the other source is updated"
        assert records[self.other.table]["hash"] == f"sha256:{tables[self.other.table]}"
        assert set(tables) == {*self.world.tables, self.other.table}
        self.tidy(outcome)

    def tidy(self, outcome: Outcome) -> None:
        """No secret anywhere, and nothing that a later fetch would mix in."""
        secret = self.fake.secret
        assert secret not in outcome.out + outcome.err
        assert "Traceback" not in outcome.out + outcome.err
        for path in self.desk.home.rglob("*"):
            assert not path.is_file() or secret.encode() not in path.read_bytes(), path
        assert not list(self.desk.data.glob(".*")), "nothing half written"
        for partial in (self.desk.home / "outputs" / "raw").rglob("*.partial"):
            assert {path.name for path in partial.iterdir()} <= {NOTES, *frozen_files(partial)}

    def state(self) -> tuple[dict[str, str], dict[str, object]]:
        return self.desk.tables(), self.desk.records()


@pytest.fixture
def case_of(
    worlds: Callable[[str], World],
    others: dict[str, Other],
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[..., Case]:
    def make(source: str, *, empty: bool = False) -> Case:
        world = worlds(source)
        other = others["unrwa" if world.source == "worldbank" else "worldbank"]
        if world.template is None:
            home = tmp_path_factory.mktemp("template") / "home"
            case = Case(world, other, _desk(home, world, capsys, monkeypatch), monkeypatch)
            case.lead_other(other.before)
            outcome = case.fetch()
            assert outcome.status == 0, outcome
            world.template, world.requests = home, len(world.fake.asked)
            world.tables = {name: checksum for name, checksum in case.desk.tables().items() if name != other.table}
            assert world.tables
            case.tidy(outcome)
        home = tmp_path / "home"
        if not empty:
            shutil.copytree(world.template, home)
        case = Case(world, other, _desk(home, world, capsys, monkeypatch), monkeypatch)
        case.lead_other(other.now)
        return case

    return make


def _desk(home: Path, world: World, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = Desk(home, capsys, monkeypatch)
    settings = home / "report.toml"
    if world.way and "[fetch.via]" not in settings.read_text(encoding="utf-8"):
        with settings.open("a", encoding="utf-8") as stream:
            stream.write(f'\n[fetch.via]\n{world.source} = "{world.way}"\n')
    return desk


def _befallen(faults: dict[str, Fault]) -> list[tuple[str, str]]:
    """Pairs of a service and a fault that can befall it."""
    return [
        (source, name)
        for source in KNOWN
        for name, fault in faults.items()
        if (not fault.of or fault.of in kind_of(source).formats) and name not in kind_of(source).lacks
    ]


def _damaged(damages: list[str]) -> list[tuple[str, str]]:
    return [(source, damage) for source in KNOWN for damage in damages if damage not in kind_of(source).lacks]


# --- what stands behind the matrix


def test_every_source_with_a_client_has_a_service_to_be_tested_with() -> None:
    assert sorted({name.partition(":")[0] for name in FAKES}) == sorted(LIVE)


@pytest.mark.parametrize("source", KNOWN)
def test_what_a_service_lacks_is_a_fault_and_has_a_reason(source: str) -> None:
    kind = kind_of(source)
    assert set(kind.lacks) <= {*STAYING, *HEALING, *DAMAGES}
    assert all(reason.endswith(".") and len(reason.split()) > 5 for reason in kind.lacks.values())
    assert kind.formats
    assert kind.formats <= {"json", "csv", "xml", "zip", "html"}


# --- faults that stay


@pytest.mark.parametrize(("source", "name"), _befallen(STAYING))
def test_a_fault_that_stays_leaves_the_store_and_the_others_alone(
    case_of: Callable[..., Case], source: str, name: str
) -> None:
    case, fault = case_of(source), STAYING[name]
    before = case.state()
    handler = fault.befall(case.fake.truth)
    begin = 0 if fault.first else case.world.requests - 1
    case.fake.instead = dict.fromkeys(range(begin, begin + 50), handler)
    timing = Timing(clock=_fast_clock(), sleep=lambda _: None) if name == "slow drip" else None
    case.refused(fault.words, case.fetch(limits=fault.limits, timing=timing), before)


@pytest.mark.parametrize("source", KNOWN)
def test_nobody_there_leaves_the_store_and_the_others_alone(
    case_of: Callable[..., Case], source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = case_of(source)
    before = case.state()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    monkeypatch.setenv(case.fake.variable, re.sub(r":\d+/", f":{port}/", case.fake.base))
    case.refused("no connection, 2 times", case.fetch(), before)


@pytest.mark.parametrize(("source", "damage"), _damaged(REFUSED_DAMAGES))
def test_damage_to_the_content_is_seen_without_a_table_to_compare_with(
    case_of: Callable[..., Case], source: str, damage: str
) -> None:
    case = case_of(source)
    before = case.state()
    case.fake.damage = damage
    case.refused("", case.fetch("--accept-revision"), before)


@pytest.mark.parametrize(("source", "damage"), _damaged(["new column"]))
def test_a_new_column_does_no_harm(case_of: Callable[..., Case], source: str, damage: str) -> None:
    case = case_of(source)
    case.fake.damage = damage
    outcome = case.fetch()
    assert (outcome.status, outcome.complaints) == (0, [])
    assert {name: case.desk.tables()[name] for name in case.world.tables} == case.world.tables


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("source", KNOWN)
def test_a_refusal_says_what_to_set_and_shows_no_token(case_of: Callable[..., Case], source: str, name: str) -> None:
    case = case_of(source)
    before = case.state()
    case.fake.always = REFUSED[name]
    words = f"set {case.fake.token} to a valid one" if case.fake.token else "the service refuses us"
    case.refused(words, case.fetch(), before)


@pytest.mark.parametrize("source", KNOWN)
def test_a_redirect_to_another_host_takes_no_token_along(case_of: Callable[..., Case], source: str) -> None:
    case = case_of(source)
    before = case.state()
    there: list[Request] = []

    def take(request: Request) -> Response:
        there.append(request)
        return case.fake.truth(request)

    case.world.stranger.clear()
    case.world.stranger.expect_request(re.compile(".*")).respond_with_handler(take)
    case.fake.always = befalling.led_to(case.world.stranger.url_for("/"))(case.fake.truth)
    outcome = case.fetch()
    assert case.fake.asked
    assert not any(case.fake.secret in str(request.headers) + request.url for request in there)
    if outcome.status == 0:
        assert there
        assert {name: case.desk.tables()[name] for name in case.world.tables} == case.world.tables
        case.tidy(outcome)
    else:
        case.refused("", outcome, before)


# --- faults that heal


@pytest.mark.parametrize(("source", "name"), _befallen(HEALING))
def test_a_fault_that_heals_is_not_seen_in_the_tables(case_of: Callable[..., Case], source: str, name: str) -> None:
    case, fault, patience = case_of(source, empty=True), HEALING[name], Patience()
    case.fake.instead = {0: fault.befall(case.fake.truth)}
    outcome = case.desk.fetched(case.world.source, limits=fault.limits, timing=patience.timing())
    assert (outcome.status, outcome.complaints) == (0, [])
    assert case.desk.tables() == case.world.tables
    assert len(case.fake.asked) == case.world.requests + 1, "asked once more, and no more than that"
    assert name != "429 with Retry-After" or 100.0 in patience.slept
    case.tidy(outcome)


def _fast_clock() -> Callable[[], float]:
    """A clock that goes a second further at each look, for each thread on its own."""
    own = threading.local()

    def look() -> float:
        own.ticks = getattr(own, "ticks", None) or count()
        return float(next(own.ticks))

    return look
