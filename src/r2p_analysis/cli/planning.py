"""What a build is asked for, and the plan that comes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from r2p_analysis.errors import UsageError
from r2p_analysis.workspace import Workspace

if TYPE_CHECKING:
    from r2p_analysis.run import Task


@dataclass(frozen=True)
class Asked:
    """What the user asked for, not yet checked."""

    edition: int | None
    country: Sequence[str]
    topic: Sequence[str]
    compare: tuple[str, str] | None
    output: Path | None


@dataclass(frozen=True)
class Plan:
    """The edition, the folder of the report, what is to be executed, and which countries stand side by side."""

    edition: int
    out: Path
    tasks: list[Task]
    compared: list[tuple[str, str]]


def make(workspace: Workspace, asked: Asked) -> Plan:
    """Check a request and plan it.

    Parameters
    ----------
    workspace : Workspace
        Whose notebooks, tables and settings hold.
    asked : Asked
        What the user asked for.

    Returns
    -------
    Plan

    Raises
    ------
    UsageError
        For an edition, a country or a topic that cannot be made; nothing was written.
    """
    from r2p_analysis.measures import displacement
    from r2p_analysis.run import check_edition, make_plan
    from r2p_analysis.store import open_tables

    settings = workspace.settings().get("report", {})
    pairs = compared(asked.compare, settings.get("compare", []))
    tables = open_tables(workspace.data)
    year = check_edition(asked.edition or int(settings.get("edition", 2016)), displacement.reference_years(tables))
    out = (asked.output or workspace.outputs / str(year)).resolve()
    focus = _focus(workspace, year, settings)
    tasks = make_plan(
        workspace.notebooks,
        out / "notebooks",
        year,
        focus=focus,
        pages=[*_pages(asked.country, focus), *(code for pair in pairs for code in pair)],
        topics=asked.topic,
    )
    return Plan(year, out, tasks, pairs)


def warn_of_outdated(workspace: Workspace) -> list[str]:
    """Name the workspace's tables that hide newer embedded ones, which nobody would notice after an upgrade.

    Returns
    -------
    list of str
        What was printed.
    """
    from r2p_analysis.store import stored_tables

    outdated = [stored for stored in stored_tables(workspace.data).values() if stored.outdated]
    if not outdated:
        return []
    names = ", ".join(stored.provenance.table for stored in outdated)
    sources = " ".join(dict.fromkeys(stored.provenance.source for stored in outdated))
    warning = (
        f"r2p: older in {workspace.data} than in r2p-analysis itself, and used all the same: {names}; "
        f"'r2p fetch {sources}' brings newer ones"
    )
    typer.echo(warning, err=True)
    return [warning]


def _focus(workspace: Workspace, edition: int, settings: dict[str, object]) -> list[str]:
    """Countries that the edition's document names, or those of the settings when no document is recorded."""
    from r2p_analysis.claims import load_document

    document = load_document(workspace.data / "claims", edition)
    if document and document.named_countries:
        return list(document.named_countries)
    listed = settings.get("countries", [])
    if not isinstance(listed, list) or not all(isinstance(code, str) for code in listed):
        raise UsageError('report.toml: countries expects a list of ISO 3166 codes such as ["SYR", "YEM"]')
    return listed


def _pages(country: Sequence[str] | None, focus: list[str]) -> list[str]:
    from r2p_analysis.countries import states

    if not country:
        return focus
    if "all" in {text.casefold() for text in country}:
        return [state.iso3 for state in states()] + [text for text in country if text.casefold() != "all"]
    return list(country)


def compared(asked: tuple[str, str] | None, listed: object) -> list[tuple[str, str]]:
    """Find the countries to be set side by side: those asked for, and the pairs that the settings list."""
    from r2p_analysis.countries import find

    whole = isinstance(listed, list) and all(isinstance(pair, list) and len(pair) == 2 for pair in listed)
    if not isinstance(listed, list) or not whole:
        raise UsageError('report.toml: compare expects pairs of countries such as [["SYR", "YEM"]]')
    pairs = [*([asked] if asked else []), *((str(one), str(other)) for one, other in listed)]
    codes = [(find(one).iso3, find(other).iso3) for one, other in pairs]
    alike = [one for one, other in codes if one == other]
    if alike:
        raise UsageError(f"--compare {alike[0]} {alike[0]}: expected two countries, got one twice")
    return list(dict.fromkeys(codes))
