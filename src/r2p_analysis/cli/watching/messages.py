"""What the process that serves and the one that makes pages tell each other."""

from __future__ import annotations

from typing import NamedTuple

from r2p_analysis.cli.planning import Asked
from r2p_analysis.workspace import Workspace


class Order(NamedTuple):
    """What report to make, as `r2p build` would."""

    workspace: Workspace
    asked: Asked
    workers: int
    engine: str | None
    as_of: str


class Saved(NamedTuple):
    """To the maker: notebooks that were saved, and the pages that were looked at, the last one first."""

    notebooks: frozenset[str] = frozenset()
    seen: tuple[str, ...] = ()


class Made(NamedTuple):
    """From the maker: one page, at once."""

    href: str
    html: bytes


class Whole(NamedTuple):
    """From the maker: the whole report stands, with all that was saved."""

    seconds: float


class Trouble(NamedTuple):
    """From the maker: why no report can be made, in one line."""

    line: str
    wrong: bool = False
    """Whether it was asked for what cannot be made."""


class Line(NamedTuple):
    """From the maker: something for the terminal."""

    text: str
