"""The session of all requests: patient with what passes, strict about what lasts, and silent about secrets."""

from __future__ import annotations

import gzip
import hashlib
import json
import socket
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import requests
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from fakes import QUICK, Patience, says
from r2p_analysis.errors import SourceError, UsageError
from r2p_analysis.sources.faults import from_status, from_transport
from r2p_analysis.sources.http import Http
from r2p_analysis.sources.politeness import (
    FetchSettings,
    Limits,
    Service,
    Timing,
    origin,
    public_url,
    retry_after,
    wait_before,
)
from r2p_analysis.sources.raw import NOTES

SECRET = "s3cret-0f-a-user"


class Line:
    """A session, its service and its folder."""

    def __init__(self, folder: Path, base: str, limits: Limits = QUICK, **service: object) -> None:
        self.folder = folder
        self.patience = Patience()
        self.service = Service("fake", base, interval=0.0, **service)  # type: ignore[arg-type]
        environment = {"R2P_FAKE_TOKEN": SECRET}
        self.settings = FetchSettings(
            contact="desk@example.org", cache=folder / "cache", environment=environment, limits=limits
        )
        self.http = Http(self.settings, self.patience.timing())

    def page(self, path: str = "a", target: str = "a.json") -> object:
        with self.http:
            return self.http.page(self.service, path, [("page", "1")], self.folder / target)

    def file(self, path: str = "a", begins: bytes = b"") -> Path:
        with self.http:
            return self.http.file(self.service, path, self.folder / "raw" / "a.zip", begins)

    def fails(self, path: str = "a") -> str:
        with pytest.raises(SourceError) as caught:
            self.page(path)
        message = str(caught.value)
        assert "\n" not in message
        assert SECRET not in message
        assert not (self.folder / "a.json").exists(), "what is not whole has no name"
        return message


@pytest.fixture
def line(tmp_path: Path, httpserver: HTTPServer) -> Line:
    return Line(tmp_path, httpserver.url_for("/"))


def in_turn(server: HTTPServer, *handlers: object) -> list[Request]:
    """Answer each request by the next handler, the last one for ever; give the requests."""
    asked: list[Request] = []

    def answer(request: Request) -> Response:
        asked.append(request)
        return handlers[min(len(asked), len(handlers)) - 1](request)  # type: ignore[operator]

    server.expect_request("/a").respond_with_handler(answer)
    return asked


@contextmanager
def raw_server(*parts: bytes, pause: float = 0.0) -> Iterator[str]:
    """A server that sends these bytes to everybody, with pauses between them, and hangs up."""
    listener = socket.create_server(("127.0.0.1", 0))
    stop = threading.Event()

    def serve() -> None:
        while not stop.is_set():
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                connection.recv(65_536)
                for part in parts:
                    try:
                        connection.sendall(part)
                    except OSError:
                        break
                    stop.wait(pause)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
    finally:
        stop.set()
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)


OK = says(200, b'{"ok": 1}')


def test_an_answer_is_kept_as_it_came_with_address_checksum_and_time(line: Line, httpserver: HTTPServer) -> None:
    body = '\ufeff{"ok": "é"}'.encode()
    asked = in_turn(httpserver, says(200, body))
    assert line.page() == {"ok": "é"}
    assert (line.folder / "a.json").read_bytes() == body
    (note,) = json.loads((line.folder / NOTES).read_text())
    assert note["sha256"] == hashlib.sha256(body).hexdigest()
    assert (note["file"], note["bytes"]) == ("a.json", len(body))
    assert note["url"] == httpserver.url_for("/a") + "?page=1"
    assert abs(datetime.now(UTC) - datetime.fromisoformat(note["retrieved"])).total_seconds() < 60
    assert asked[0].headers["User-Agent"].startswith("r2p-analysis/")
    assert "desk@example.org" in asked[0].headers["User-Agent"]


@pytest.mark.parametrize(
    "fault",
    [
        says(429),
        says(500),
        says(503),
        says(200, b"<html>Service unavailable</html>"),
        says(200, b'{"ok": '),
        says(200, b""),
        says(200, b"\xff\xfe\x00"),
    ],
)
def test_a_fault_that_heals_is_not_seen(line: Line, httpserver: HTTPServer, fault: object) -> None:
    asked = in_turn(httpserver, fault, OK)
    assert line.page() == {"ok": 1}
    assert len(asked) == 2
    assert line.patience.slept == [1.0]


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (says(500), "expected HTTP 200, got 500, 3 times"),
        (says(429), "got 429, 3 times"),
        (says(200, b"<!DOCTYPE html>"), "expected JSON, got HTML or XML with HTTP 200, 3 times"),
        (says(200, b'{"items": [1, 2'), "or not all of it, 3 times"),
    ],
)
def test_a_fault_that_stays_is_one_line(line: Line, httpserver: HTTPServer, fault: object, words: str) -> None:
    asked = in_turn(httpserver, fault)
    message = line.fails()
    assert words in message
    assert httpserver.url_for("/a") in message
    assert len(asked) == 3
    assert line.patience.slept == [1.0, 2.0], "each pause is longer than the one before"


@pytest.mark.parametrize(
    ("status", "words"), [(404, "may have changed"), (403, "contact"), (400, "got 400"), (204, "")]
)
def test_what_will_not_pass_is_asked_once(line: Line, httpserver: HTTPServer, status: int, words: str) -> None:
    asked = in_turn(httpserver, says(status))
    assert words in line.fails()
    assert len(asked) == 1


def test_400_passes_where_the_service_throttles_with_it(tmp_path: Path, httpserver: HTTPServer) -> None:
    in_turn(httpserver, says(400), OK)
    line = Line(tmp_path, httpserver.url_for("/"), throttles_with=(400,), pause=4.0)
    assert line.page() == {"ok": 1}
    assert line.patience.slept == [4.0]


def test_retry_after_is_heeded(line: Line, httpserver: HTTPServer) -> None:
    in_turn(httpserver, says(429, Retry_After="7"), OK)
    line.page()
    assert line.patience.slept == [7.0]


def test_a_service_that_wants_to_be_left_alone_is(line: Line, httpserver: HTTPServer) -> None:
    asked = in_turn(httpserver, says(503, Retry_After="3600"))
    assert "asks to wait 3,600 seconds" in line.fails()
    assert len(asked) == 1
    assert line.patience.slept == []


def test_retry_after_as_a_date_or_as_nonsense() -> None:
    now = datetime(2026, 11, 25, 12, 0, 0, tzinfo=UTC)
    assert retry_after("Wed, 25 Nov 2026 12:00:30 GMT", now) == 30
    assert retry_after("Wed, 25 Nov 2026 11:00:00 GMT", now) == 0
    assert retry_after("soon", now) is None
    assert retry_after("-5", now) is None
    assert retry_after(None, now) is None


def test_pauses_are_scattered_around_the_doubled_one() -> None:
    service = Service("fake", "https://example.org/", pause=4)
    assert [wait_before(n, service, lambda: 0.0) for n in (1, 2, 3)] == [3, 6, 12]
    assert wait_before(1, service, lambda: 1.0) == 5


def test_a_reset_in_mid_body_passes_and_stays_one_line(tmp_path: Path) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n"
    with raw_server(head + b'{"ok": 1') as base:
        line = Line(tmp_path, base)
        assert "the answer broke off, 3 times" in line.fails()
        assert "the answer broke off, 3 times" in _file_fails(Line(tmp_path, base))


def test_a_chunk_that_never_ends_is_broken_off(tmp_path: Path) -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    with raw_server(head + b'8\r\n{"ok": 1\r\n') as base:
        assert "broke off" in Line(tmp_path, base).fails()


def test_a_service_that_is_silent_is_given_up(tmp_path: Path) -> None:
    with raw_server(b"", pause=1.0) as base:
        line = Line(tmp_path, base, replace(QUICK, read=0.1, tries=2))
        assert "no answer within 0.1 seconds, 2 times" in line.fails()


def test_a_slow_drip_ends_at_the_time_limit(tmp_path: Path) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n"
    with raw_server(head, *[b" "] * 50, pause=0.05) as base:
        limits = replace(QUICK, total=0.2)
        assert "did not end within its time" in Line(tmp_path, base, limits).fails()
        assert "did not end within its time" in _file_fails(Line(tmp_path, base, limits))


def test_nobody_there_is_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert "no connection, 3 times; look at your network" in Line(tmp_path, f"http://127.0.0.1:{port}/").fails()


def test_a_huge_answer_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with raw_server(b"HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n{") as base:
        assert "got an answer of 10,000,000,000" in Line(tmp_path, base).fails()
        assert "got an answer of 10,000,000,000" in _file_fails(Line(tmp_path, base))


def test_an_answer_that_grows_beyond_its_word_is_refused(tmp_path: Path, httpserver: HTTPServer) -> None:
    bomb = gzip.compress(b" " * 3_000_000)
    in_turn(httpserver, says(200, bomb, Content_Encoding="gzip"))
    limits = replace(QUICK, answer=1_000_000, file=1_000_000)
    assert "expected at most 1,000,000 bytes, got more" in Line(tmp_path, httpserver.url_for("/"), limits).fails()
    assert "got more" in _file_fails(Line(tmp_path, httpserver.url_for("/"), limits))


def test_a_compressed_answer_is_read_whole(line: Line, httpserver: HTTPServer) -> None:
    numbers = list(range(100_000))
    in_turn(httpserver, says(200, gzip.compress(json.dumps(numbers).encode()), Content_Encoding="gzip"))
    assert line.page() == numbers


def _file_fails(line: Line, begins: bytes = b"") -> str:
    with pytest.raises(SourceError) as caught:
        line.file(begins=begins)
    assert not list((line.folder / "raw").glob("*a.zip*")), "neither whole nor half"
    return str(caught.value)


def test_a_file_is_streamed_to_its_name(line: Line, httpserver: HTTPServer) -> None:
    body = b"PK\x03\x04" + bytes(500_000)
    in_turn(httpserver, says(200, b"<html>maintenance</html>"), says(200, body))
    assert line.file(begins=b"PK").read_bytes() == body
    assert json.loads((line.folder / "raw" / NOTES).read_text())[0]["bytes"] == len(body)
    assert sorted(path.name for path in (line.folder / "raw").iterdir()) == ["a.zip", NOTES]


def test_a_page_in_place_of_a_file_is_refused(line: Line, httpserver: HTTPServer) -> None:
    in_turn(httpserver, says(200, b"<html>"))
    assert "expected a file, got something else" in _file_fails(line, b"PK")


# --- tokens


def test_a_token_goes_to_its_own_host_and_nowhere_else(tmp_path: Path, httpserver: HTTPServer) -> None:
    with HTTPServer(host="localhost", port=0) as stranger:
        at_stranger: list[Request] = []

        def take(request: Request) -> Response:
            at_stranger.append(request)
            return OK(request)

        stranger.expect_request("/b").respond_with_handler(take)
        asked = in_turn(httpserver, says(302, Location=stranger.url_for("/b")))
        line = Line(tmp_path, httpserver.url_for("/"), token_header="x-fake-token")
        assert line.page() == {"ok": 1}
    assert asked[0].headers["x-fake-token"] == SECRET
    assert SECRET not in str(at_stranger[0].headers)
    everything = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert SECRET.encode() not in everything, "not in the raw folder, not in the cache"


def test_no_answer_remembers_the_token_that_it_was_got_with(tmp_path: Path, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/a", headers={"x-fake-token": SECRET}).respond_with_json([1])
    line = Line(tmp_path, httpserver.url_for("/"), token_header="x-fake-token")
    line.page()
    response = line.http._files.get(httpserver.url_for("/a"))
    assert response.status_code == 200
    assert SECRET not in str(response.request.headers)


def test_a_redirect_within_the_host_keeps_the_token(tmp_path: Path, httpserver: HTTPServer) -> None:
    in_turn(httpserver, says(302, Location="/b"))
    httpserver.expect_request("/b", headers={"x-fake-token": SECRET}).respond_with_json({"ok": 2})
    assert Line(tmp_path, httpserver.url_for("/"), token_header="x-fake-token").page() == {"ok": 2}


@pytest.mark.parametrize("status", [401, 403])
def test_a_wrong_token_says_which_variable_to_set(tmp_path: Path, httpserver: HTTPServer, status: int) -> None:
    asked = in_turn(httpserver, says(status, b"API token required"))
    message = Line(tmp_path, httpserver.url_for("/"), token_header="x-fake-token").fails()
    assert "set R2P_FAKE_TOKEN" in message
    assert len(asked) == 1


def test_answers_got_with_a_token_are_not_cached(tmp_path: Path, httpserver: HTTPServer) -> None:
    asked = in_turn(httpserver, says(200, b"[1]", ETag='"1"'))
    for _ in range(2):
        Line(tmp_path, httpserver.url_for("/"), token_header="x-fake-token").page()
    assert [request.headers.get("If-None-Match") for request in asked] == [None, None]


def test_redirects_without_end_are_one_line(line: Line, httpserver: HTTPServer) -> None:
    in_turn(httpserver, says(302, Location="/a"))
    assert "redirects without end" in line.fails()


def test_secrets_in_an_address_are_not_shown() -> None:
    assert public_url("https://user:pw@example.org/a?client_id=x1&page=2") == (
        "https://example.org/a?client_id=%2A%2A%2A&page=2"
    )
    assert public_url("https://example.org/a?b=1&c=") == "https://example.org/a?b=1&c="


def test_the_place_of_a_token_is_scheme_host_and_port() -> None:
    assert origin("https://API.example.org/x") == origin("https://api.example.org:443/y")
    assert origin("http://api.example.org") != origin("https://api.example.org")
    assert origin("https://api.example.org.evil.net") != origin("https://api.example.org")


def test_a_certificate_that_is_not_trusted_is_told_and_not_tried_again() -> None:
    found = from_transport(requests.exceptions.SSLError("x"), "https://example.org", QUICK)
    assert isinstance(found, SourceError)
    assert "REQUESTS_CA_BUNDLE" in str(found)


def test_a_redirect_out_of_encryption_is_refused() -> None:
    first, second = requests.Response(), requests.Response()
    first.url, second.url = "https://example.org/a", "http://example.org/a"
    second.status_code, second.history = 200, [first]
    service = Service("fake", "https://example.org/")
    with pytest.raises(SourceError, match="from https to an address without"):
        from_status(second, service)
    second.url = "https://www.example.org/a"
    from_status(second, service)


# --- the cache


def test_an_answer_that_has_not_changed_is_not_sent_again(tmp_path: Path, httpserver: HTTPServer) -> None:
    asked: list[Request] = []

    def answer(request: Request) -> Response:
        asked.append(request)
        if request.headers.get("If-None-Match") == '"7"':
            return Response(status=304, headers={"ETag": '"7"'})
        return Response(b"[7]", headers={"ETag": '"7"'})

    httpserver.expect_request("/a").respond_with_handler(answer)
    for number in (1, 2):
        assert Line(tmp_path, httpserver.url_for("/")).page(target=f"{number}.json") == [7]
    assert [request.headers.get("If-None-Match") for request in asked] == [None, '"7"'], "asked about each time"
    assert (tmp_path / "2.json").read_bytes() == b"[7]"


@pytest.mark.parametrize("first", [says(200, b"[7", ETag='"1"'), says(200, b"<html>", ETag='"1"'), says(200, b"[7]")])
def test_what_is_broken_or_cannot_be_asked_about_is_not_kept(
    tmp_path: Path, httpserver: HTTPServer, first: object
) -> None:
    asked = in_turn(httpserver, first, OK)
    Line(tmp_path, httpserver.url_for("/")).page(target="1.json")
    Line(tmp_path, httpserver.url_for("/")).page(target="2.json")
    assert not any("If-None-Match" in request.headers for request in asked)
    with sqlite3.connect(tmp_path / "cache" / "answers.sqlite") as cache:
        assert cache.execute("select count(*) from responses").fetchone() == (0,)


def test_a_broken_cache_is_begun_anew(line: Line, tmp_path: Path, httpserver: HTTPServer) -> None:
    line.http.__exit__()
    (tmp_path / "cache" / "answers.sqlite").write_bytes(b"not a database at all" * 1000)
    in_turn(httpserver, says(200, b"[7]", ETag='"1"'))
    assert Line(tmp_path, httpserver.url_for("/")).page() == [7]


# --- pace and settings


def test_a_host_is_not_asked_faster_than_it_likes(tmp_path: Path, httpserver: HTTPServer) -> None:
    in_turn(httpserver, OK)
    now, slept = [100.0], []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    service = Service("fake", httpserver.url_for("/"), interval=0.25)
    with Http(FetchSettings(environment={}), Timing(clock=lambda: now[0], sleep=sleep)) as http:
        http.page(service, "a", [], tmp_path / "1.json")
        now[0] += 0.1
        http.page(service, "a", [], tmp_path / "2.json")
        now[0] += 1.0
        http.page(service, "a", [], tmp_path / "3.json")
    assert slept == [pytest.approx(0.15)]


def test_addresses_come_from_the_environment_then_the_settings_then_the_source(tmp_path: Path) -> None:
    service = Service("fake", "https://example.org/v1/")
    assert FetchSettings(environment={}).base(service) == "https://example.org/v1/"
    urls = {"fake": "https://mirror.example.org/x"}
    assert FetchSettings(urls=urls, environment={}).base(service) == "https://mirror.example.org/x/"
    environment = {"R2P_FAKE_URL": "http://127.0.0.1:8000"}
    assert FetchSettings(urls=urls, environment=environment).base(service) == "http://127.0.0.1:8000/"


@pytest.mark.parametrize("url", ["file:///etc/passwd", "example.org", "https://", "https://example.org/?a=1"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(UsageError, match="R2P_FAKE_URL"):
        FetchSettings(environment={"R2P_FAKE_URL": url}).base(Service("fake", "https://example.org/"))


@pytest.mark.parametrize("fetch", [{"contact": "a\r\nX-Evil: 1"}, {"contact": 5}, {"urls": "https://example.org"}])
def test_settings_that_no_header_may_hold_are_refused(tmp_path: Path, fetch: dict[str, object]) -> None:
    with pytest.raises(UsageError, match="one line"):
        FetchSettings.of({"fetch": fetch}, tmp_path)


def test_a_token_of_two_lines_is_refused_without_being_shown() -> None:
    settings = FetchSettings(environment={"R2P_FAKE_TOKEN": "abc\ndef"})
    with pytest.raises(UsageError, match="R2P_FAKE_TOKEN") as caught:
        settings.token(Service("fake", "https://example.org/", token_header="x-token"))
    assert "abc" not in str(caught.value)
    assert "abc" not in repr(settings)
