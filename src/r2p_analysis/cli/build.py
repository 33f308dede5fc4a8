"""``r2p build``: from stored tables to a folder of HTML."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlsplit

import typer

from r2p_analysis.cli.home import home_to_write
from r2p_analysis.errors import BuildFailed, UsageError
from r2p_analysis.workspace import Workspace, find_workspace

if TYPE_CHECKING:
    from r2p_analysis.run import Task, TaskResult


def build(
    *,
    edition: Annotated[
        int | None, typer.Option(help="Year of the report; its figures are of the end of the year before.")
    ] = None,
    country: Annotated[
        list[str] | None,
        typer.Option(help="Country with a page of its own: code or name; repeat it, or say 'all' for the 195 states."),
    ] = None,
    topic: Annotated[list[str] | None, typer.Option(help="Topic to make; repeat it. All topics unless told.")] = None,
    compare: Annotated[
        tuple[str, str] | None,
        typer.Option(metavar="COUNTRY COUNTRY", help="Two countries to be set side by side as well."),
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Notebooks executed at once; the cores there are unless told.")
    ] = None,
    engine: Annotated[
        str | None,
        typer.Option(
            metavar="kernel|fork", help="How cells run: in a kernel each, or in forked children where that is safe."
        ),
    ] = None,
    output: Annotated[Path | None, typer.Option(help="Folder of the report; outputs/<edition> unless told.")] = None,
    as_of: Annotated[
        str,
        typer.Option(
            help="ISO date for which the age of the data is judged; SOURCE_DATE_EPOCH's or today unless told."
        ),
    ] = "",
) -> None:
    """Execute the notebooks of an edition and assemble the report.

    Prints where the report is. Exit status 4 when it stands but a page failed: that page says why.
    """
    from r2p_analysis.cli.today import judged_on
    from r2p_analysis.run import check_engine, execute_all

    day = judged_on(as_of)
    engine = check_engine(engine)
    workspace = find_workspace()
    asked = _Asked(edition, country or (), topic or (), compare, output)
    plan = _plan(workspace, asked)
    if workspace.packed:
        # Only now: a wrong request leaves no workspace behind.
        workspace = home_to_write()
        plan = _plan(workspace, asked)
    _warn_of_outdated(workspace)
    count = workers or os.cpu_count() or 1
    results = execute_all(plan.tasks, workspace.root, count, plan.out / "run.log", _progress(len(plan.tasks)), engine)
    index = _assemble(workspace, plan, results, count, day)
    typer.echo(str(_shortest(index)))
    failed = [result for result in results if result.failure]
    if failed:
        raise BuildFailed(f"{len(failed)} of {len(results)} pages failed; the report stands and says why on each")


@dataclass(frozen=True)
class _Asked:
    """What the user asked for, not yet checked."""

    edition: int | None
    country: Sequence[str]
    topic: Sequence[str]
    compare: tuple[str, str] | None
    output: Path | None


@dataclass(frozen=True)
class _Plan:
    """The edition, the folder of the report, what is to be executed, and which countries stand side by side."""

    edition: int
    out: Path
    tasks: list[Task]
    compared: list[tuple[str, str]]


def _plan(workspace: Workspace, asked: _Asked) -> _Plan:
    """Check the request."""
    from r2p_analysis.measures import displacement
    from r2p_analysis.run import check_edition, make_plan
    from r2p_analysis.store import open_tables

    settings = workspace.settings().get("report", {})
    compared = _compared(asked.compare, settings.get("compare", []))
    tables = open_tables(workspace.data)
    year = check_edition(asked.edition or int(settings.get("edition", 2016)), displacement.reference_years(tables))
    out = (asked.output or workspace.outputs / str(year)).resolve()
    focus = _focus(workspace, year, settings)
    tasks = make_plan(
        workspace.notebooks,
        out / "notebooks",
        year,
        focus=focus,
        pages=[*_pages(asked.country, focus), *(code for pair in compared for code in pair)],
        topics=asked.topic,
    )
    return _Plan(year, out, tasks, compared)


def _warn_of_outdated(workspace: Workspace) -> None:
    """Name the workspace's tables that hide newer embedded ones, which nobody would notice after an upgrade."""
    from r2p_analysis.store import stored_tables

    outdated = [stored for stored in stored_tables(workspace.data).values() if stored.outdated]
    if outdated:
        names = ", ".join(stored.provenance.table for stored in outdated)
        sources = " ".join(dict.fromkeys(stored.provenance.source for stored in outdated))
        typer.echo(
            f"r2p: older in {workspace.data} than in r2p-analysis itself, and used all the same: {names}; "
            f"'r2p fetch {sources}' brings newer ones",
            err=True,
        )


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


def _compared(asked: tuple[str, str] | None, listed: object) -> list[tuple[str, str]]:
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


def _progress(total: int):  # type: ignore[no-untyped-def]  # a callback of run, imported late
    """Report each finished notebook: on a terminal in place, elsewhere as lines."""
    import sys

    done = 0

    def tell(result: TaskResult) -> None:
        nonlocal done
        done += 1
        text = f"[{done}/{total}] {result.task.title}"
        if result.failure:
            typer.echo(f"{text}: failed: {result.failure}", err=True)
        elif sys.stderr.isatty():
            typer.echo(f"\r\033[K{text}", err=True, nl=done == total)
        else:
            typer.echo(text, err=True)

    return tell


def _assemble(workspace: Workspace, plan: _Plan, results: Sequence[TaskResult], workers: int, day: date) -> Path:
    """Build the site from executed notebooks and write the manifest."""
    from r2p_analysis import site
    from r2p_analysis.cli.views import claim_views, page_sources, table_views
    from r2p_analysis.exhibits import svg, theme
    from r2p_analysis.exhibits.geometry import geometry_of
    from r2p_analysis.exhibits.maps.outlines import outlines
    from r2p_analysis.exhibits.render import Renderer
    from r2p_analysis.sources.cadence import day_in_words
    from r2p_analysis.store import open_tables

    settings = workspace.settings().get("report", {})
    tables, edition = open_tables(workspace.data), plan.edition
    geometry = geometry_of(tables)
    renderer = Renderer(workspace.outputs / ".cache" / "svg", workers=min(workers, 2), geometry=geometry)
    with renderer:
        built = site.build(
            site.SiteRequest(
                edition=edition,
                reference_year=edition - 1,
                title=str(settings.get("title", "")),
                out=plan.out / "site",
                pages=page_sources(results),
                ledger=claim_views(workspace, edition, tables),
                printed=claim_views(workspace, edition, tables, printed=True),
                tables=table_views(tables, day),
                render=renderer.render,
                pixels=renderer.pixels,
                world=outlines(geometry("world")["features"]),
                comparisons=plan.compared,
                finish_svg=svg.finish,
                css=theme.css_variables(),
                address=_published_at(settings),
                judged_on=day_in_words(day),
            )
        )
    _write_manifest(
        plan.out, edition, day, [result.task for result in results], {r.task.slug: r.failure for r in results}
    )
    for warning in built.warnings:
        typer.echo(f"r2p: {warning}", err=True)
    return built.index


def _published_at(settings: Mapping[str, Any]) -> str:
    """Give the address at which the site is published, as the settings tell it."""
    address = str(settings.get("address", ""))
    parts = urlsplit(address)
    if address and (parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment):
        raise UsageError(
            f'report.toml [report] address: expected one such as https://example.org/r2p/, got "{address}"'
        )
    return address if address.endswith("/") or not address else address + "/"


def _write_manifest(out: Path, edition: int, day: date, tasks: Sequence[Task], failures: dict[str, str | None]) -> None:
    from r2p_analysis.store.files import write_atomically

    pages = [
        {"notebook": task.notebook, "page": task.slug, "parameters": task.parameters, "failure": failures[task.slug]}
        for task in tasks
    ]
    manifest = {"edition": edition, "as_of": day.isoformat(), "pages": pages}
    write_atomically(out / "manifest.json", (json.dumps(manifest, indent=2, ensure_ascii=False) + "\n").encode())


def _shortest(path: Path) -> Path:
    """Give the path as seen from the working directory when it lies below it."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
