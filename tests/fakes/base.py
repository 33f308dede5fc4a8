"""What the local servers share: figures of data/, answers, patience that waits for nothing, and damage to do."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from r2p_analysis.sources.politeness import Limits, Timing

DATA = Path(__file__).parents[2] / "data"
QUICK = Limits(connect=2, read=2, total=20, tries=3)
DAMAGES = ("renamed column", "new column", "duplicate key", "total off by ten", "unknown country", "empty")
"""What a producer can do to the content of an answer that is otherwise well."""
Handler = Callable[[Request], Response]


class Patience:
    """A clock that stands and a sleep that only counts, so that tests wait for nothing."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    def timing(self) -> Timing:
        return Timing(sleep=self.slept.append, dice=lambda: 0.5)


class Fake:
    """A producer's service on this machine.

    A subclass says how its true answers are made and puts `answer` behind its addresses. From then on the fake keeps
    what it was asked, answers by `instead` (by turn, from 0 on) or `always` where they are set, and does `damage` to
    the content of its true answers: one of `DAMAGES`, or nothing.
    """

    variable = "R2P_FAKE_URL"
    """Environment variable by which the client is led here."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.asked: list[Request] = []
        self.instead: dict[int, Handler] = {}
        self.always: Handler | None = None
        self.damage = ""

    def answer(self, request: Request) -> Response:
        turn = len(self.asked)
        self.asked.append(request)
        handler = self.instead.get(turn) or self.always
        return handler(request) if handler else self.truth(request)

    def truth(self, request: Request) -> Response:
        raise NotImplementedError


FAKES: dict[str, Callable[[HTTPServer], Fake]] = {}
"""How to start the service of each source with a few figures of data/: every source with a client has one."""


def serves(*sources: str) -> Callable[[Callable[[HTTPServer], Fake]], Callable[[HTTPServer], Fake]]:
    """Register a function that starts the service of these sources."""

    def register(start: Callable[[HTTPServer], Fake]) -> Callable[[HTTPServer], Fake]:
        FAKES.update(dict.fromkeys(sources, start))
        return start

    return register


def stored(table: str, years: tuple[int, int] = (0, 9999)) -> pd.DataFrame:
    frame = pd.read_parquet(DATA / f"{table}.parquet")
    return frame[frame["year"].between(*years)].reset_index(drop=True)


def says(status: int, body: bytes | str = b"", **headers: str) -> Handler:
    """A handler that answers the same to everybody."""
    return lambda _: Response(body, status, {name.replace("_", "-"): value for name, value in headers.items()})


def zipped(*members: tuple[str, bytes]) -> bytes:
    """An archive of these files."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members:
            archive.writestr(name, body)
    return content.getvalue()
