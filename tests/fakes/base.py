"""What the local servers share: figures of data/, answers, patience that waits for nothing, and damage to do."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, ClassVar, get_type_hints

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
    token = ""
    """Environment variable of the token, for a service that wants one."""
    secret = "s3cret-0f-a-user"
    """The token that it takes."""
    formats: ClassVar[frozenset[str]] = frozenset({"json"})
    """What its answers are made of, archives seen through: json, csv, xml, zip. Some faults befall only some."""
    lacks: ClassVar[Mapping[str, str]] = {}
    """Faults that cannot befall it or cannot be seen by anybody, each with the reason, as a sentence."""

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


Start = Callable[[HTTPServer], Fake]
FAKES: dict[str, Start] = {}
"""How to start the service of each source with a few figures of data/: every source with a client has one."""
WHOLE: dict[str, Start] = {}
"""How to start the service of each source with all its figures of data/."""


def serves(*sources: str, whole: bool = False) -> Callable[[Start], Start]:
    """Register a function that starts the service of these sources, with a few figures or with all.

    What the function is said to return tells the class, and so what can befall the service.
    """

    def register(start: Start) -> Start:
        (WHOLE if whole else FAKES).update(dict.fromkeys(sources, start))
        return start

    return register


def kind_of(source: str, *, whole: bool = False) -> type[Fake]:
    """The class of the service of a source."""
    found = get_type_hints((WHOLE if whole else FAKES)[source])["return"]
    assert issubclass(found, Fake)
    return found


def damaged(rows: list[dict[str, Any]], damage: str, *, count: str, place: str) -> list[dict[str, Any]]:
    """Rows with a damage done to them; a total off by ten is the service's own affair.

    Parameters
    ----------
    rows : list of dict
        Rows of an answer, at least two.
    damage : str
        One of `DAMAGES`, or nothing.
    count : str
        A column that is needed, to be renamed.
    place : str
        A column of countries, of which one becomes unknown.
    """
    match damage:
        case "empty":
            return []
        case "renamed column":
            return [{f"{name}_revised" if name == count else name: cell for name, cell in row.items()} for row in rows]
        case "new column":
            return [row | {"climate_related": 5} for row in rows]
        case "duplicate key":
            return [*rows, rows[0]]
        case "unknown country":
            return [*rows[:-1], rows[-1] | {place: "QQQ"}]
        case _:
            return rows


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
