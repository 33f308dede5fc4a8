"""One session for all sources: polite, patient with passing faults, strict about what comes back.

A client asks for JSON or for a file and gets it whole, or one `SourceError` of one line. What is taken is written to
the raw folder under a temporary name, renamed when whole, and noted there with address, checksum and time.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Literal, Self, TypeVar

import requests

from r2p_analysis.errors import SourceError
from r2p_analysis.sources.faults import PassingFaultError, from_status, from_transport
from r2p_analysis.sources.politeness import FetchSettings, Service, Timing, origin, public_url, wait_before
from r2p_analysis.sources.raw import note, write
from r2p_analysis.sources.wire import Wire, pieces

T = TypeVar("T")
Parameters = Sequence[tuple[str, str]]


class Http:
    """The session that every client uses.

    Parameters
    ----------
    settings : FetchSettings
        Who asks, where, and within which limits.
    timing : Timing
        The clock, the sleep and the dice.
    progress : callable, optional
        Told of each file taken: its name, which it is, and of how many.
    """

    def __init__(
        self,
        settings: FetchSettings,
        timing: Timing | None = None,
        progress: Callable[[str, int, int], None] | None = None,
    ) -> None:
        self._settings = settings
        self._timing = timing or Timing()
        self.progress = progress or (lambda _name, _done, _of: None)
        wire = Wire(settings.limits, self._timing)
        self._wire = wire
        self._files = _prepared(requests.Session(), settings, wire)
        self._answers = _prepared(_cached_session(settings.cache), settings, wire)

    def __enter__(self) -> Self:
        """Use the session in a ``with`` block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close its connections and its cache."""
        self._files.close()
        self._answers.close()

    def page(
        self,
        service: Service,
        path: str,
        parameters: Parameters,
        target: Path,
        fault: Callable[[Any], str | None] = lambda _: None,
    ) -> Any:
        """Ask for JSON, write it to `target` as it came, and give what it says.

        Parameters
        ----------
        service : Service
            Whom to ask.
        path : str
            Below the service's base address.
        parameters : sequence of pairs
            Of the query.
        target : Path
            File to write.
        fault : callable
            Looks at the answer and names a passing fault that the service reports with success, or None.

        Returns
        -------
        object
            The JSON.

        Raises
        ------
        SourceError
            When the service does not give it, in the end.
        """
        url, session = self._address(service, path, parameters)

        def once() -> tuple[bytes, Any]:
            response = self._get(session, url, stream=False)
            from_status(response, service)
            answer = _json_of(response.content)
            problem = fault(answer)
            if problem:
                raise PassingFaultError(problem)
            return response.content, answer

        content, answer = self._patiently(service, url, once)
        write(target, [content])
        note(target, url)
        return answer

    def file(self, service: Service, path: str, target: Path, begins: bytes = b"") -> Path:
        """Download a file to the disk.

        Parameters
        ----------
        service : Service
            Whom to ask.
        path : str
            Below the service's base address.
        target : Path
            File to write.
        begins : bytes
            First bytes that such a file has, such as ``b"PK"`` of a ZIP: a page that says "maintenance" has others.

        Returns
        -------
        Path
            `target`.

        Raises
        ------
        SourceError
            When the service does not give it whole, in the end.
        """
        url, _ = self._address(service, path, ())
        limits, clock = self._settings.limits, self._timing.clock

        def once() -> None:
            until = clock() + limits.total
            try:
                with closing(self._get(self._files, url, stream=True)) as response:
                    from_status(response, service)
                    write(target, _beginning_with(begins, pieces(response, limits.file, until, clock)))
            except requests.RequestException as error:
                raise from_transport(error, public_url(url), limits) from error

        self._patiently(service, url, once)
        note(target, url)
        return target

    def _address(self, service: Service, path: str, parameters: Parameters) -> tuple[str, requests.Session]:
        """Give the full address, and the session to ask: what needs a token is never cached."""
        base = self._settings.base(service)
        token = self._settings.token(service)
        self._wire.know(origin(base), service.interval, (service.token_header, token) if token else None)
        url = requests.Request("GET", base + path, params=list(parameters)).prepare().url or base
        return url, self._files if token else self._answers

    def _get(self, session: requests.Session, url: str, *, stream: bool) -> requests.Response:
        limits = self._settings.limits
        try:
            return session.get(url, timeout=(limits.connect, limits.read), stream=stream)
        except requests.RequestException as error:
            raise from_transport(error, public_url(url), limits) from error

    def _patiently(self, service: Service, url: str, once: Callable[[], T]) -> T:
        """Try until it works, a fault lasts, or the service asks for more patience than we have."""
        tries, longest = self._settings.limits.tries, self._settings.limits.longest_wait
        where = public_url(url)
        for attempt in range(1, tries + 1):
            try:
                return once()
            except PassingFaultError as fault:
                if attempt == tries:
                    raise SourceError(f"{where}: {fault}, {tries} times; {fault.advice}") from None
                wait = wait_before(attempt, service, self._timing.dice)
                if fault.wait is not None and fault.wait > longest:
                    raise SourceError(
                        f"{where}: {fault}, and it asks to wait {fault.wait:,.0f} seconds; try again after that"
                    ) from None
                self._timing.sleep(max(wait, fault.wait or 0.0))
        raise AssertionError("a try returns or raises")


def _prepared(session: requests.Session, settings: FetchSettings, wire: Wire) -> requests.Session:
    session.headers["User-Agent"] = settings.user_agent
    session.max_redirects = 5
    for scheme in ("https://", "http://"):
        session.mount(scheme, wire)
    return session


def _cached_session(folder: Path | None) -> requests.Session:
    """Give a session that keeps answers which can be asked about again, and asks about them each time."""
    if folder is None:
        return _caching("answers", "memory")
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "answers.sqlite"
    try:
        return _caching(path, "sqlite")
    except sqlite3.DatabaseError:
        # A cache can be lost without harm.
        path.unlink()
        return _caching(path, "sqlite")


def _caching(path: Path | str, backend: Literal["memory", "sqlite"]) -> requests.Session:
    from requests_cache import CachedSession

    return CachedSession(
        path,
        backend=backend,
        serializer="json",
        always_revalidate=True,
        allowable_codes=(200,),
        filter_fn=_worth_keeping,
    )


def _worth_keeping(response: requests.Response) -> bool:
    """Tell whether an answer can be asked about again and is whole."""
    if not (response.headers.get("ETag") or response.headers.get("Last-Modified")):
        return False
    try:
        _json_of(response.content)
    except PassingFaultError:
        return False
    return "no-store" not in response.headers.get("Cache-Control", "")


def _json_of(content: bytes) -> Any:
    try:
        text = content.decode("utf-8-sig").strip()
        if text[:1] == "<":
            raise PassingFaultError("expected JSON, got HTML or XML with HTTP 200")
        return json.loads(text)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        raise PassingFaultError(f"expected JSON, got {len(content):,} bytes that are not, or not all of it") from None


def _beginning_with(begins: bytes, content: Iterable[bytes]) -> Iterable[bytes]:
    head = b""
    for piece in content:
        if len(head) < len(begins):
            head += piece
            if not head.startswith(begins[: len(head)]):
                raise PassingFaultError("expected a file, got something else with HTTP 200")
        yield piece
    if len(head) < len(begins):
        raise PassingFaultError("expected a file, got nothing with HTTP 200")
