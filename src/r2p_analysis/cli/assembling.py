"""From executed notebooks to the site, and to what is made beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

import typer

from r2p_analysis.cli.planning import Plan
from r2p_analysis.errors import UsageError
from r2p_analysis.workspace import Workspace
from r2p_analysis.workspace.fingerprints import sha256_of_plain

if TYPE_CHECKING:
    from multiprocessing.context import BaseContext

    from r2p_analysis.exhibits.render import Renderer
    from r2p_analysis.run import Task, TaskResult
    from r2p_analysis.site import Page, SiteResult


class Formats(NamedTuple):
    """What is made beside the site."""

    chromium: Path | None = None
    """Prints the PDFs; None for none."""
    single_file: bool = False


class Writers(NamedTuple):
    """What writes pages when there are many."""

    most: int
    """How many processes."""
    start: BaseContext | None = None
    """Starts them; None starts each anew."""


def open_renderer(workspace: Workspace, workers: int) -> Renderer:
    """Make the renderer of a build: it draws while notebooks still run, and for every edition."""
    from r2p_analysis.exhibits.geometry import NAMES, geometry_of
    from r2p_analysis.exhibits.render import Renderer
    from r2p_analysis.store import open_tables

    geometry = geometry_of(open_tables(workspace.data))
    return Renderer(workspace.outputs / ".cache" / "svg", min(workers, 2), geometry, NAMES)


class Ahead:
    """What is done for the site while notebooks still run: each that was executed is read, its pictures are begun.

    Parameters
    ----------
    renderer : Renderer
        Draws.

    Attributes
    ----------
    pages : dict
        The pages that were read, slim, by their notebooks.
    """

    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer
        self.pages: dict[Path, Page] = {}

    def take(self, result: TaskResult) -> None:
        """Read the notebook of a task that was executed, and begin its pictures."""
        from r2p_analysis.cli.views import page_sources
        from r2p_analysis.site import read_page, specs_of

        page = read_page(*page_sources([result]))
        self._renderer.ahead(specs_of(page))
        self.pages[result.task.target] = page.slim()


def assemble(
    workspace: Workspace,
    plan: Plan,
    results: Sequence[TaskResult],
    renderer: Renderer,
    writers: Writers,
    *,
    day: date,
    formats: Formats,
    read: Mapping[Path, Page] | None = None,
) -> SiteResult:
    """Build the site from executed notebooks, write the manifest, and make what is wanted beside them.

    Pages in `read` are not read again, see `Ahead`.

    Returns
    -------
    SiteResult
        What was built.
    """
    from r2p_analysis import site
    from r2p_analysis.cli.views import claim_views, page_sources, table_views
    from r2p_analysis.exhibits import svg, theme
    from r2p_analysis.exhibits.maps.outlines import outlines
    from r2p_analysis.sources.cadence import day_in_words
    from r2p_analysis.store import open_tables

    settings = workspace.settings().get("report", {})
    tables, edition = open_tables(workspace.data), plan.edition
    request = site.SiteRequest(
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
        world=outlines(renderer.features("world")),
        comparisons=plan.compared,
        finish_svg=svg.finish,
        css=theme.css_variables(),
        address=published_at(settings),
        judged_on=day_in_words(day),
        workers=writers.most,
        start=writers.start,
        record=workspace.outputs / ".cache" / "pages" / f"{sha256_of_plain(str(plan.out))[:32]}.json",
    )
    built = site.build(request, read)
    _write_manifest(
        plan.out, edition, day, [result.task for result in results], {r.task.slug: r.failure for r in results}
    )
    for warning in built.warnings:
        typer.echo(f"r2p: {warning}", err=True)
    if formats.single_file:
        site.build_single(request, built)
    if formats.chromium:
        site.build_pdf(request, built, formats.chromium, day, lambda name: typer.echo(f"printed {name}", err=True))
    for line in _outdated(plan.out, f"r2p-{edition}.zip", formats):
        typer.echo(f"r2p: {line}", err=True)
    return built


def _outdated(out: Path, archive: str, formats: Formats) -> list[str]:
    """Name what an earlier build made beside the site, and this one did not make anew."""
    left = [
        (asked, [name for name in names if (out / name).exists()])
        for asked, made, names in (
            ("--pdf", formats.chromium, ("report.pdf", "briefs")),
            ("--single-file", formats.single_file, ("single", archive)),
        )
        if not made
    ]
    return [
        f"{' and '.join(names)} in {out} stay as an earlier build made them; {asked} makes them anew"
        for asked, names in left
        if names
    ]


def published_at(settings: Mapping[str, Any]) -> str:
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
