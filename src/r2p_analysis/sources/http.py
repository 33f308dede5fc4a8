"""One session for all sources: polite, patient with passing faults, strict about what comes back.

A client asks for JSON or for a file and gets it whole, or one `SourceError` of one line. What is taken is written to
the raw folder under a temporary name, renamed when whole, and noted there with address, checksum and time.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, Self, TypeVar

import requests

from r2p_analysis.errors import SourceError, UsageError
from r2p_analysis.sources.answers import beginning_with, cached_session, json_of
from r2p_analysis.sources.faults import PassingFaultError, from_status, from_transport
from r2p_analysis.sources.politeness import FetchSettings, Service, Timing, origin, public_url, wait_before
from r2p_analysis.sources.raw import is_kept, note, write
from r2p_analysis.sources.wire import Wire

T = TypeVar("T")
Parameters = Sequence[tuple[str, str]]


class Http:
    """The session that every client uses, also several at once.

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
        self._stopped = threading.Event()
        self._timing = timing or replace(Timing(), sleep=self._rest)
        self.progress = progress or (lambda _name, _done, _of: None)
        self.asked_for_ways: set[str] = set()
        wire = Wire(settings.limits, self._timing, self._stopped)
        self._wire = wire
        self._files = _prepared(requests.Session(), settings, wire)
        self._answers = _prepared(cached_session(settings.cache), settings, wire)

    def __enter__(self) -> Self:
        """Use the session in a ``with`` block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close its connections and its cache."""
        self._files.close()
        self._answers.close()

    def stop(self) -> None:
        """Make every request that is under way, and every one to come, end with an error."""
        self._wire.stop()

    def way(self, service: str, ways: Sequence[str]) -> str:
        """Give the way by which a source with several is to be asked: the user's choice, or the first.

        Parameters
        ----------
        service : str
            Name of the source.
        ways : sequence of str
            Its ways, the usual one first.

        Raises
        ------
        UsageError
            When the user chose another.
        """
        self.asked_for_ways.add(service)
        way = self._settings.via.get(service, ways[0])
        if way not in ways:
            raise UsageError(f'there is no way "{way}" to fetch it; ways are {", ".join(ways)}')
        return way

    def need_token(self, service: Service, advice: str) -> None:
        """Refuse, before anything is asked, a service whose token is not set.

        Parameters
        ----------
        service : Service
            Whom to ask.
        advice : str
            Where to get a token, or how to do without.

        Raises
        ------
        SourceError
            When there is none.
        """
        if not self._settings.token(service):
            where = public_url(self._settings.base(service))
            raise SourceError(f"{where}: needs a token and none is set; set {service.token_variable}; {advice}")

    def page(
        self,
        service: Service,
        path: str,
        parameters: Parameters,
        target: Path,
        fault: Callable[[Any], str | None] = lambda _: None,
        *,
        body: Mapping[str, Any] | None = None,
        frozen: bool = False,
    ) -> Any:
        """Ask for JSON, write it to `target` as it came, and give what it says.

        Parameters
        ----------
        service : Service
            Whom to ask.
        path : str
            Below the service's base address; or an absolute address at the same place, such as that of a next page.
        parameters : sequence of pairs
            Of the query.
        target : Path
            File to write.
        fault : callable
            Looks at the answer and names a passing fault that the service reports with success, or None.
        body : mapping, optional
            Sent as JSON with POST; a GET without it.
        frozen : bool
            Whether this address always gives the same, so that a file taken by a fetch that was interrupted will do.

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
        if frozen and is_kept(target, url):
            return json_of(target.read_bytes())

        def once() -> tuple[bytes, Any]:
            response = self._ask(session if body is None else self._files, url, body, stream=False)
            from_status(response, service)
            answer = json_of(response.content)
            problem = fault(answer)
            if problem:
                raise PassingFaultError(problem)
            return response.content, answer

        content, answer = self._patiently(service, url, once)
        write(target, [content])
        note(target, url, frozen=frozen)
        return answer

    def file(
        self,
        service: Service,
        path: str,
        target: Path,
        begins: bytes = b"",
        *,
        elsewhere: bool = False,
        frozen: bool = False,
    ) -> Path:
        """Download a file to the disk.

        Parameters
        ----------
        service : Service
            Whom to ask.
        path : str
            Below the service's base address; or an absolute address at the same place.
        target : Path
            File to write.
        begins : bytes
            First bytes that such a file has, such as ``b"PK"`` of a ZIP: a page that says "maintenance" has others.
        elsewhere : bool
            Whether an absolute address may lie at another place, as files listed in a catalogue do.
        frozen : bool
            As for `page`.

        Returns
        -------
        Path
            `target`.

        Raises
        ------
        SourceError
            When the service does not give it whole, in the end.
        """
        url, _ = self._address(service, path, (), elsewhere=elsewhere)
        if frozen and is_kept(target, url):
            return target
        limits = self._settings.limits

        def once() -> None:
            started = self._timing.clock()
            try:
                with closing(self._ask(self._files, url, None, stream=True)) as response:
                    from_status(response, service)
                    write(target, beginning_with(begins, self._wire.read(response, limits.file, started)))
            except requests.RequestException as error:
                raise from_transport(error, public_url(url), limits) from error

        self._patiently(service, url, once)
        note(target, url, frozen=frozen)
        return target

    def _rest(self, seconds: float) -> None:
        """Sleep, but not on when told to stop."""
        self._stopped.wait(seconds)

    def _address(
        self, service: Service, path: str, parameters: Parameters, *, elsewhere: bool = False
    ) -> tuple[str, requests.Session]:
        """Give the full address, and the session to ask: what needs a token is never cached."""
        base = self._settings.base(service)
        token = self._settings.token(service)
        self._wire.know(origin(base), service.interval, (service.token_header, token) if token else None)
        absolute = path.startswith(("https://", "http://"))
        try:
            if absolute and not elsewhere and origin(path) != origin(base):
                raise SourceError(
                    f"{public_url(base)}: leads on to {origin(path)}, which is not {service.name}'s place; "
                    "nothing was asked there: try again later, or use --from"
                )
            url = requests.Request("GET", path if absolute else base + path, params=list(parameters)).prepare().url
        except ValueError:
            raise SourceError(f"{public_url(base)}: leads on to an address that is none; try again later") from None
        if absolute and base.startswith("https:") and not path.startswith("https:"):
            raise SourceError(f"{public_url(base)}: leads from https to an address without; it cannot be trusted")
        return url or base, self._files if token else self._answers

    def _ask(
        self, session: requests.Session, url: str, body: Mapping[str, Any] | None, *, stream: bool
    ) -> requests.Response:
        limits, method = self._settings.limits, "GET" if body is None else "POST"
        try:
            return session.request(method, url, json=body, timeout=(limits.connect, limits.read), stream=stream)
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
