"""What a page says about data that are older than their producers' newest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from r2p_analysis.site.links import Link, Links
from r2p_analysis.site.model import STALE, TableView
from r2p_analysis.site.reading import Page


@dataclass(frozen=True)
class AgeLine:
    """Stale tables of one producer and release, and why they are stale."""

    release: str
    reason: str
    tables: tuple[Link, ...]


@dataclass(frozen=True)
class AgeNote:
    """The note on a page: how many of the tables behind it are stale, and which."""

    stale: int
    tables: int
    groups: tuple[tuple[str, tuple[AgeLine, ...]], ...]
    """What newer data could change on the page, and the tables of which that holds."""


def behind_page(page: Page) -> set[str]:
    """Name the tables that the exhibits of a page rest on; none when it shows none."""
    if page.failure:
        return set()
    return {source.table for figure in page.figures.values() for source in figure.exhibit.sources}


def behind_ledger(links: Links) -> set[str]:
    """Name what the claims and printed figures were judged with."""
    request = links.request
    return {name for claim in (*request.ledger, *request.printed) for name in claim.sources}


def note_on(names: Iterable[str], links: Links) -> AgeNote | None:
    """Give the note for a page that rests on the tables named; None when none of them is stale.

    Notes
    -----
    A table that reaches to the year that the edition is about, or beyond, lacks nothing that the page shows: newer
    figures can only revise it, and the note says no more than that.
    """
    wanted = set(names)
    tables = [table for table in links.request.tables if table.name in wanted]
    stale = [table for table in tables if table.state == STALE]
    groups: dict[str, dict[tuple[str, str], list[Link]]] = {}
    for table in stale:
        group = groups.setdefault(_effect(table, links.request.reference_year), {})
        place = Link(f"data.html#table_{table.name}", table.title)
        group.setdefault((_release(table), table.age), []).append(place)
    told = tuple(
        (effect, tuple(AgeLine(*said, tuple(places)) for said, places in group.items()))
        for effect, group in sorted(groups.items())
    )
    return AgeNote(len(stale), len(tables), told) if stale else None


def _release(table: TableView) -> str:
    return f"{table.producer}, {table.version}" if table.version else table.producer


def _effect(table: TableView, year: int) -> str:
    if table.reaches is None or table.reaches >= year:
        return "Newer data may revise what is shown here:"
    return f"These end with {table.reaches}; newer data may add what is missing up to {year}:"
