"""Single requests, below redirects and cache: paced by host, bounded in size and time, tokens at home only."""

from __future__ import annotations

import http.client
import socket
import threading
import weakref
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import Any

import requests
import urllib3
from requests.adapters import HTTPAdapter

from r2p_analysis.errors import SourceError
from r2p_analysis.sources.politeness import Limits, Timing, origin, public_url

_PIECE = 65_536


class Wire(HTTPAdapter):
    """Sends each request, the ones after a redirect too.

    A token is added here, to a copy, when the request goes to the place that the token belongs to: neither the cache
    nor a redirect nor a link to a next page ever sees a request that holds one.

    Parameters
    ----------
    limits : Limits
        Size and time of an answer.
    timing : Timing
        The clock and the sleep.
    stopped : threading.Event
        Once it is set, requests end with an error.
    """

    def __init__(self, limits: Limits, timing: Timing, stopped: threading.Event) -> None:
        super().__init__()
        self._limits = limits
        self._timing = timing
        self._stopped = stopped
        self._pacing = threading.Lock()
        self._tokens: dict[str, tuple[str, str]] = {}
        self._intervals: dict[str, float] = {}
        self._asked: dict[str, float] = {}

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        """Make the pool of connections, of a kind whose sockets are known."""
        super().init_poolmanager(*arguments, **options)
        self._sockets = OpenSockets()
        self._sockets.watch(self.poolmanager)

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        """Make the pool of connections through a proxy, likewise."""
        manager = super().proxy_manager_for(proxy, **options)
        self._sockets.watch(manager)
        return manager

    def stop(self) -> None:
        """End what is under way: a thread that waits for an answer would otherwise wait until the time limit."""
        self._stopped.set()
        self._sockets.shut()

    def know(self, place: str, interval: float, token: tuple[str, str] | None) -> None:
        """Note how often a place may be asked, and the header and value of its token."""
        self._intervals[place] = max(interval, self._intervals.get(place, 0.0))
        if token:
            self._tokens[place] = token

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: float | tuple[float, float] | tuple[float, None] | None = None,
        verify: bool | str = True,
        cert: bytes | str | tuple[bytes | str, bytes | str] | None = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """Send a request; unless the answer is to be streamed, read it whole and within the limits."""
        url = request.url or ""
        place = origin(url)
        self._pace(place)
        if self._stopped.is_set():
            raise SourceError(f"{public_url(url)}: not asked: the fetch was stopped")
        sent = request
        if place in self._tokens:
            sent = request.copy()
            name, value = self._tokens[place]
            sent.headers[name] = value
        started = self._timing.clock()
        response = super().send(sent, stream=True, timeout=timeout, verify=verify, cert=cert, proxies=proxies)
        response.request = request
        if not stream:
            _keep(response, b"".join(self.read(response, self._limits.answer, started)))
        return response

    def read(self, response: requests.Response, most: int, started: float) -> Iterator[bytes]:
        """Read a body of at most `most` bytes within the time that began at `started`, unless told to stop."""
        for piece in pieces(response, most, started + self._limits.total, self._timing.clock):
            if self._stopped.is_set():
                response.close()
                raise SourceError(f"{public_url(response.url)}: given up: the fetch was stopped")
            yield piece

    def _pace(self, place: str) -> None:
        """Wait for this request's turn: each takes the next free moment, however many ask at once."""
        clock, interval = self._timing.clock, self._intervals.get(place, 0.0)
        with self._pacing:
            now = clock()
            turn = max(now, self._asked[place] + interval) if place in self._asked else now
            self._asked[place] = turn
        if turn > now:
            self._timing.sleep(turn - now)


class OpenSockets:
    """The sockets of pools of connections, so that another thread can end a read that waits."""

    def __init__(self) -> None:
        self._open: weakref.WeakSet[socket.socket] = weakref.WeakSet()
        self._one_at_a_time = threading.Lock()

    def watch(self, manager: Any) -> None:
        """Have a manager of pools make connections that tell of their sockets."""
        kinds = dict(manager.pool_classes_by_scheme)
        for scheme, pool in kinds.items():
            connection = type("Watched", (pool.ConnectionCls,), {"connect": self._telling(pool.ConnectionCls)})
            kinds[scheme] = type("WatchedPool", (pool,), {"ConnectionCls": connection})
        manager.pool_classes_by_scheme = kinds

    def shut(self) -> None:
        """End every read and write."""
        with self._one_at_a_time:
            for one in list(self._open):
                with suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)

    def _telling(self, kind: Any) -> Callable[[Any], None]:
        def connect(connection: Any) -> None:
            kind.connect(connection)
            with self._one_at_a_time:
                self._open.add(connection.sock)

        return connect


def pieces(response: requests.Response, most: int, until: float, clock: Callable[[], float]) -> Iterator[bytes]:
    """Read a body piece by piece as it arrives.

    Raises
    ------
    SourceError
        When more bytes are announced or come than `most`, or the clock passes `until`.
    requests.exceptions.ChunkedEncodingError
        When the body breaks off.
    """
    where = public_url(response.url)
    announced = response.headers.get("Content-Length", "")
    if announced.isascii() and announced.isdigit() and int(announced) > most:
        response.close()
        raise SourceError(
            f"{where}: expected at most {most:,} bytes, got an answer of {int(announced):,}; nothing of it was taken"
        )
    taken = 0
    while piece := _read(response.raw, where):
        taken += len(piece)
        if taken > most:
            response.close()
            raise SourceError(f"{where}: expected at most {most:,} bytes, got more; the answer was given up")
        if clock() > until:
            response.close()
            raise SourceError(
                f"{where}: the answer did not end within its time ({taken:,} bytes came); try again later"
            )
        yield piece


def _read(raw: Any, where: str) -> bytes:
    """Read what is there; a read of a fixed size would wait for ever for a service that drips."""
    try:
        return bytes(raw.read1(_PIECE, decode_content=True))
    except (urllib3.exceptions.HTTPError, http.client.HTTPException, OSError) as error:
        raw.close()
        raise requests.exceptions.ChunkedEncodingError(f"{where}: {type(error).__name__}") from error


def _keep(response: requests.Response, body: bytes) -> None:
    """Make a response as requests leaves it once its body was read."""
    kept: Any = response
    kept._content = body  # noqa: SLF001  # what Response.content itself does
    kept._content_consumed = True  # noqa: SLF001  # the same
    response.raw.release_conn()
