"""The exhibit, prose and record that a notebook's outputs hold, read and checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from r2p_analysis.errors import NotebookError

EXHIBIT = "application/vnd.r2p.exhibit.v1+json"
PROSE = "application/vnd.r2p.prose.v1+json"
RECORD = "application/vnd.r2p.record.v1+json"

KINDS = ("chart", "map", "table", "gap")
LAYOUTS = ("any", "narrow", "wide")


@dataclass(frozen=True)
class Column:
    """One column of the data behind an exhibit."""

    name: str
    title: str
    type: str
    unit: str = ""
    decimals: int = 0


@dataclass(frozen=True)
class SourceLine:
    """One table that an exhibit was drawn from."""

    table: str
    title: str
    producer: str
    version: str
    licence: str
    licence_url: str
    attribution: str
    retrieved: str
    url: str
    redistribution: str = ""


@dataclass(frozen=True)
class Exhibit:
    """One exhibit as the notebook gave it."""

    id: str
    kind: str
    headline: str
    subtitle: str
    alt: str
    picture: str
    layouts: Mapping[str, dict[str, Any]]
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    sources: tuple[SourceLine, ...]
    notes: tuple[str, ...]
    claims: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class Prose:
    """A computed sentence of the narrative, or one of the findings."""

    role: str
    text: str
    exhibit: str | None
    figure: str = ""
    """The number to show large beside a finding, with its unit."""


@dataclass(frozen=True)
class Record:
    """What the notebook says it showed."""

    exhibits: tuple[str, ...]
    findings: int


def read_exhibit(data: Mapping[str, Any]) -> Exhibit:
    """Return the exhibit of a payload, or raise NotebookError where it breaks the contract."""
    name = _exhibit_id(data)
    where = f"exhibit {name!r}"
    _check_schema(data, where)
    kind = str(data.get("kind"))
    if kind not in KINDS:
        raise NotebookError(f"{where}: kind is {kind!r}, expected one of {', '.join(KINDS)}")
    graphic = data.get("graphic") or {}
    layouts = dict(graphic.get("layouts") or {})
    _check_layouts(where, kind, layouts)
    columns = tuple(
        Column(
            str(c["name"]),
            str(c.get("title") or c["name"]),
            str(c.get("type", "text")),
            str(c.get("unit") or ""),
            int(c.get("decimals") or 0),
        )
        for c in data.get("columns") or ()
    )
    rows = tuple(tuple(row) for row in data.get("rows") or ())
    if any(len(row) != len(columns) for row in rows):
        raise NotebookError(f"{where}: a row has not as many cells as there are columns ({len(columns)})")
    texts = {key: str(data.get(key) or "") for key in ("headline", "subtitle", "alt", "reason")}
    for key in ("headline", "reason") if kind == "gap" else ("headline", "alt"):
        if not texts[key].strip():
            raise NotebookError(f"{where}: {key} is empty")
    return Exhibit(
        id=name,
        kind=kind,
        picture=str(graphic.get("kind") or ""),
        layouts=layouts,
        columns=columns,
        rows=rows,
        sources=tuple(_source(item) for item in data.get("sources") or ()),
        notes=tuple(str(note) for note in data.get("notes") or ()),
        claims=tuple(str(claim) for claim in data.get("claims") or ()),
        **texts,
    )


def read_prose(data: Mapping[str, Any]) -> Prose:
    """Return a computed sentence."""
    _check_schema(data, "prose")
    exhibit = data.get("exhibit")
    texts = [str(data.get(key) or "") for key in ("role", "text", "figure")]
    return Prose(texts[0] or "text", texts[1], str(exhibit) if exhibit else None, texts[2])


def read_record(data: Mapping[str, Any]) -> Record:
    """Return the record of the last cell."""
    _check_schema(data, "record")
    return Record(tuple(str(name) for name in data.get("exhibits") or ()), int(data.get("findings") or 0))


def _check_schema(data: Mapping[str, Any], where: str) -> None:
    if data.get("schema") != 1:
        raise NotebookError(f"{where}: schema is {data.get('schema')!r}, expected 1; run the notebook again")


def _exhibit_id(data: Mapping[str, Any]) -> str:
    name = str(data.get("id"))
    if not re.fullmatch(r"[a-z0-9-]+", name):
        raise NotebookError(f"exhibit {name!r}: an id is made of a-z, 0-9 and hyphens")
    return name


def _check_layouts(where: str, kind: str, layouts: Mapping[str, Any]) -> None:
    if kind in ("chart", "map") and set(layouts) not in ({"any"}, {"wide"}, {"wide", "narrow"}):
        raise NotebookError(f"{where}: layouts are {sorted(layouts)}, expected wide and narrow, or any")


def _source(item: Mapping[str, Any]) -> SourceLine:
    return _line(*(str(item.get(name) or "") for name in SourceLine.__dataclass_fields__))


# The same few tables stand behind the exhibits of all pages, which are held at once.
@lru_cache(maxsize=1024)
def _line(*texts: str) -> SourceLine:
    return SourceLine(*texts)
