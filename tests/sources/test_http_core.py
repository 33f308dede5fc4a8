"""The session of several sources at once: whom it follows, what it keeps, how it stops, how it keeps its pace."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
import requests
from pytest_httpserver import HTTPServer
from requests.adapters import BaseAdapter
from werkzeug import Request, Response

from fakes import QUICK, Patience, says
from r2p_analysis.errors import SourceError, UsageError
from r2p_analysis.sources.http import Http
from r2p_analysis.sources.politeness import FetchSettings, Service, Timing
from r2p_analysis.sources.raw import NOTES, frozen_files, keep_only, note, write

SECRET = "s3cret-0f-a-user"


def session(*, token: bool = False, timing: Timing | None = None, via: dict[str, str] | None = None) -> Http:
    environment = {"R2P_FAKE_TOKEN": SECRET} if token else {}
    return Http(FetchSettings(environment=environment, limits=QUICK, via=via or {}), timing or Patience().timing())


def service(server: HTTPServer, path: str = "/", **more: object) -> Service:
    return Service("fake", server.url_for(path), interval=0.0, **more)  # type: ignore[arg-type]


def serve(server: HTTPServer, path: str, *handlers: Callable[[Request], Response]) -> list[Request]:
    """Answer each request by the next handler, the last one for ever; give the requests."""
    asked: list[Request] = []

    def answer(request: Request) -> Response:
        asked.append(request)
        return handlers[min(len(asked), len(handlers)) - 1](request)

    server.expect_request(path).respond_with_handler(answer)
    return asked


OK = says(200, b'{"ok": 1}')


class Recorded(BaseAdapter):
    """Answers without a network, for schemes that a local server does not speak."""

    def __init__(self, status: int = 200, **headers: str) -> None:
        super().__init__()
        self.asked: list[requests.PreparedRequest] = []
        self._status, self._headers = status, headers

    def send(self, request: requests.PreparedRequest, **_: object) -> requests.Response:  # type: ignore[override]
        self.asked.append(request)
        response = requests.Response()
        response.status_code, response.url, response.request = self._status, request.url or "", request
        response.headers.update(self._headers)
        response._content, response._content_consumed = b'{"ok": 1}', True
        return response

    def close(self) -> None:
        """Nothing to close."""


# --- a question with a body


def test_a_body_goes_as_json_with_post_and_is_asked_again_after_a_fault(tmp_path: Path, httpserver: HTTPServer) -> None:
    asked = serve(httpserver, "/a", says(503), says(200, b"<html>ill</html>"), OK)
    with session() as http:
        answer = http.page(service(httpserver), "a", [("page", "2")], tmp_path / "a.json", body={"size": 10})
    assert answer == {"ok": 1}
    assert [(request.method, request.get_json()) for request in asked] == [("POST", {"size": 10})] * 3
    assert asked[-1].args["page"] == "2"
    assert json.loads((tmp_path / NOTES).read_text())[0]["url"].endswith("/a?page=2")


def test_an_answer_to_a_body_is_never_taken_from_the_cache(tmp_path: Path, httpserver: HTTPServer) -> None:
    asked = serve(httpserver, "/a", says(200, b'{"n": 1}', ETag='"1"'), says(200, b'{"n": 2}', ETag='"1"'))
    with session() as http:
        one, two = (
            http.page(service(httpserver), "a", [], tmp_path / f"{n}.json", body={"page": n})["n"] for n in (1, 2)
        )
    assert (one, two) == (1, 2), "two questions at one address have two answers"
    assert [request.headers.get("If-None-Match") for request in asked] == [None, None]


# --- where the next page may lie


def test_the_next_page_at_the_same_place_is_asked_with_the_token(tmp_path: Path, httpserver: HTTPServer) -> None:
    asked = serve(httpserver, "/b", OK)
    with session(token=True) as http:
        at = service(httpserver, "/api/", token_header="x-fake-token")
        assert http.page(at, httpserver.url_for("/b") + "?page=2", [], tmp_path / "a.json") == {"ok": 1}
    assert asked[0].headers["x-fake-token"] == SECRET
    assert asked[0].args["page"] == "2"


@pytest.mark.parametrize("token", [False, True])
@pytest.mark.parametrize("kind", ["page", "file"])
@pytest.mark.parametrize("elsewhere", ["http://localhost:{port}/b", "http://user@localhost:{port}/b"])
def test_a_next_page_elsewhere_is_refused_and_nothing_is_asked_there(
    tmp_path: Path, httpserver: HTTPServer, elsewhere: str, kind: str, token: bool
) -> None:
    with HTTPServer(host="localhost", port=0) as stranger, session(token=token) as http:
        asked = serve(stranger, "/b", OK)
        at = service(httpserver, token_header="x-fake-token")
        path, target = elsewhere.format(port=stranger.port), tmp_path / "a.json"
        with pytest.raises(SourceError) as caught:
            http.page(at, path, [], target) if kind == "page" else http.file(at, path, target)
        assert asked == []
    assert "which is not fake's place; nothing was asked there" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_another_port_of_the_same_host_is_another_place(tmp_path: Path, httpserver: HTTPServer) -> None:
    with HTTPServer(host=httpserver.host, port=0) as other, session(token=True) as http:
        asked = serve(other, "/b", OK)
        with pytest.raises(SourceError, match="nothing was asked there"):
            http.page(service(httpserver, token_header="x-fake-token"), other.url_for("/b"), [], tmp_path / "a.json")
        assert asked == []


@pytest.mark.parametrize("path", ["http://example.org/b", "http://example.org:443/b"])
@pytest.mark.parametrize("elsewhere", [False, True])
def test_a_way_out_of_encryption_is_refused_before_anything_is_asked(
    tmp_path: Path, path: str, elsewhere: bool
) -> None:
    http, wire = session(token=True), Recorded()
    http._files.mount("http://", wire)
    http._files.mount("https://", wire)
    at = Service("fake", "https://example.org/", interval=0.0, token_header="x-fake-token")
    with http, pytest.raises(SourceError):
        http.file(at, path, tmp_path / "a", elsewhere=elsewhere)
    assert wire.asked == []
    assert list(tmp_path.iterdir()) == []


def test_a_redirect_out_of_encryption_gives_nothing(tmp_path: Path) -> None:
    http, safe, open_ = session(), Recorded(302, Location="http://example.org/b"), Recorded()
    http._files.mount("https://", safe)
    http._files.mount("http://", open_)
    with http, pytest.raises(SourceError, match="leads from https to an address without"):
        http.file(Service("fake", "https://example.org/", interval=0.0), "a", tmp_path / "a")
    assert len(safe.asked) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("path", ["http://[::1/b", "http://example.org:port/b"])
def test_an_address_that_is_none_is_one_line(tmp_path: Path, httpserver: HTTPServer, path: str) -> None:
    with session() as http, pytest.raises(SourceError, match="an address that is none") as caught:
        http.page(service(httpserver), path, [], tmp_path / "a.json")
    assert "\n" not in str(caught.value)


def test_a_file_of_a_catalogue_may_lie_elsewhere_and_gets_no_token(tmp_path: Path, httpserver: HTTPServer) -> None:
    with HTTPServer(host="localhost", port=0) as store, session(token=True) as http:
        asked = serve(store, "/b.csv", says(200, b"a,b\n1,2\n"))
        at = service(httpserver, token_header="x-fake-token")
        taken = http.file(at, store.url_for("/b.csv"), tmp_path / "b.csv", elsewhere=True)
    assert taken.read_bytes() == b"a,b\n1,2\n"
    assert SECRET not in str(asked[0].headers)


# --- files that always stay the same


@pytest.mark.parametrize("kind", ["page", "file"])
def test_only_a_whole_frozen_file_of_the_same_address_is_kept(
    tmp_path: Path, httpserver: HTTPServer, kind: str
) -> None:
    asked = serve(httpserver, "/a", OK)
    target = tmp_path / "a.json"

    def take(*, frozen: bool = True, query: str = "v=1") -> int:
        """How often the service is asked for it."""
        before = len(asked)
        with session() as http:
            if kind == "page":
                path, parameters = "a", [tuple(query.split("="))]
                assert http.page(service(httpserver), path, parameters, target, frozen=frozen) == {"ok": 1}  # type: ignore[arg-type]
            else:
                assert http.file(service(httpserver), f"a?{query}", target, frozen=frozen) == target
        assert target.read_bytes() == b'{"ok": 1}'
        return len(asked) - before

    assert take() == 1
    assert take() == 0, "it is there"
    target.write_bytes(b'{"ok": 2}')
    assert take() == 1, "it was changed"
    target.unlink()
    assert take() == 1, "it is gone"
    assert take(query="v=2") == 1, "another address"
    assert take(query="v=2", frozen=False) == 1, "not asked as frozen"
    assert take(query="v=2") == 1, "not taken as frozen"
    assert frozen_files(tmp_path) == {"a.json"}


def test_a_folder_keeps_only_what_is_named_with_its_notes(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        write(tmp_path / name, [b"x"])
        note(tmp_path / name, f"https://example.org/{name}", frozen=name == "a")
    write(tmp_path / ".d.half", [b"x"])
    keep_only(tmp_path, {"a", "b", "gone"})
    assert {path.name for path in tmp_path.iterdir()} == {"a", "b", NOTES}
    assert [entry["file"] for entry in json.loads((tmp_path / NOTES).read_text())] == ["a", "b"]
    assert frozen_files(tmp_path) == {"a"}


def test_notes_that_are_none_are_one_line(tmp_path: Path) -> None:
    (tmp_path / NOTES).write_text('[{"file": "a"}]')
    with pytest.raises(SourceError, match="not the notes of a fetch"):
        frozen_files(tmp_path)


# --- stopping


def _stopped_while(http: Http, work: Callable[[], object], under_way: threading.Event) -> tuple[str, float]:
    """Stop a session while it works in another thread; give its error and how long it took to end."""
    with ThreadPoolExecutor(1) as pool:
        outcome = pool.submit(work)
        assert under_way.wait(5)
        time.sleep(0.05)
        started = time.monotonic()
        http.stop()
        error = outcome.exception(timeout=10)
        took = time.monotonic() - started
    assert isinstance(error, SourceError)
    assert "\n" not in str(error)
    return str(error), took


def _patient() -> Http:
    """A session with the real clock and sleep, which would wait for a minute."""
    return Http(FetchSettings(environment={}, limits=replace(QUICK, read=60, total=60)))


def test_a_session_that_waits_for_its_next_try_stops_at_once(tmp_path: Path, httpserver: HTTPServer) -> None:
    under_way = threading.Event()

    def ill(_: Request) -> Response:
        under_way.set()
        return Response(b"", 503, {"Retry-After": "60"})

    serve(httpserver, "/a", ill)
    with _patient() as http:
        at = service(httpserver)
        error, took = _stopped_while(http, lambda: http.page(at, "a", [], tmp_path / "a.json"), under_way)
    assert "the fetch was stopped" in error
    assert took < 2


@pytest.mark.parametrize("kind", ["page", "file"])
@pytest.mark.parametrize("after", ["no byte", "some bytes", "a drip"])
def test_a_session_that_waits_for_an_answer_stops_at_once(tmp_path: Path, kind: str, after: str) -> None:
    under_way, over = threading.Event(), threading.Event()

    def slow(_: Request) -> Response:
        def body() -> object:
            yield b"1"
            for _ in range(600):
                under_way.set()
                if over.wait(0.01 if after == "a drip" else 10):
                    return
                yield b"1"

        if after == "no byte":
            under_way.set()
            over.wait(10)
        return Response(body(), headers={"Content-Length": "1000"})  # type: ignore[arg-type]

    with HTTPServer(port=0, threaded=True) as server, _patient() as http:
        serve(server, "/a", slow)
        at = service(server)
        work = {
            "page": lambda: http.page(at, "a", [], tmp_path / "a"),
            "file": lambda: http.file(at, "a", tmp_path / "a"),
        }
        try:
            error, took = _stopped_while(http, work[kind], under_way)
        finally:
            over.set()
    assert "the fetch was stopped" in error
    assert took < 2
    assert not [path for path in tmp_path.iterdir() if path.name != NOTES], "neither whole nor half"


def test_nothing_is_asked_after_a_stop(tmp_path: Path, httpserver: HTTPServer) -> None:
    asked = serve(httpserver, "/a", OK)
    with session() as http:
        http.stop()
        with pytest.raises(SourceError, match="not asked: the fetch was stopped"):
            http.page(service(httpserver), "a", [], tmp_path / "a.json")
    assert asked == []


# --- pace


def test_several_threads_together_keep_the_pace_of_one_host(tmp_path: Path) -> None:
    interval, moments, lock = 0.05, [], threading.Lock()

    def note_moment(_: Request) -> Response:
        with lock:
            moments.append(time.monotonic())
        return Response(b"{}")

    with HTTPServer(port=0, threaded=True) as server, Http(FetchSettings(environment={}, limits=QUICK)) as http:
        serve(server, "/a", note_moment)
        at = Service("fake", server.url_for("/"), interval=interval)
        with ThreadPoolExecutor(6) as pool:
            for number in range(12):
                pool.submit(http.page, at, "a", [], tmp_path / str(number) / "a.json")
    moments.sort()
    assert len(moments) == 12
    assert moments[-1] - moments[0] >= 11 * interval * 0.9, "no burst"


def test_each_turn_is_an_interval_after_the_one_before(tmp_path: Path, httpserver: HTTPServer) -> None:
    serve(httpserver, "/a", OK)
    patience = Patience()
    frozen = replace(patience.timing(), clock=lambda: 100.0)
    with session(timing=frozen) as http:
        at = Service("fake", httpserver.url_for("/"), interval=2.0)
        for number in range(4):
            http.page(at, "a", [], tmp_path / f"{number}.json")
    assert patience.slept == [2.0, 4.0, 6.0], "each waits for its own turn, and the first for none"


def test_two_clients_of_one_host_keep_to_the_slower_pace(tmp_path: Path, httpserver: HTTPServer) -> None:
    serve(httpserver, "/a", OK)
    patience = Patience()
    with session(timing=replace(patience.timing(), clock=lambda: 0.0)) as http:
        for interval in (3.0, 1.0):
            http.page(Service("fake", httpserver.url_for("/"), interval=interval), "a", [], tmp_path / "a.json")
    assert patience.slept == [3.0]


# --- ways


def test_the_usual_way_is_the_first_and_an_unknown_one_is_one_line() -> None:
    with session(via={"fake": "api", "other": "nonsense"}) as http:
        assert http.way("fake", ("bulk", "api")) == "api"
        assert http.way("third", ("bulk", "api")) == "bulk"
        with pytest.raises(UsageError) as caught:
            http.way("other", ("bulk", "api"))
    assert str(caught.value) == 'there is no way "nonsense" to fetch it; ways are bulk, api'


# --- a page in place of a file


@pytest.mark.parametrize("page", [b"<html>down</html>", b"\xef\xbb\xbf\n<!DOCTYPE HTML><p>down"])
def test_a_page_in_place_of_a_file_of_any_kind_is_asked_again(
    tmp_path: Path, httpserver: HTTPServer, page: bytes
) -> None:
    asked = serve(httpserver, "/a", says(200, page), says(200, b"iso3,killed\nSYR,1\n"))
    with session() as http:
        assert http.file(service(httpserver), "a", tmp_path / "a.csv").read_bytes() == b"iso3,killed\nSYR,1\n"
    assert len(asked) == 2
