"""``r2p build``: from stored tables to a folder of HTML."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple
from urllib.parse import urlsplit

import typer

from r2p_analysis.errors import BuildFailed, UsageError
from r2p_analysis.workspace import Workspace, find_workspace

if TYPE_CHECKING:
    from r2p_analysis.run import Task, TaskResult


class Formats(NamedTuple):
    """What is made beside the site."""

    chromium: Path | None = None
    """Prints the PDFs; None for none."""
    single_file: bool = False


def build(
    edition: Annotated[
        int | None, typer.Option(help="Year of the report; its figures are of the end of the year before.")
    ] = None,
    country: Annotated[
        list[str] | None,
        typer.Option(help="Country with a page of its own: code or name; repeat it, or say 'all' for the 195 states."),
    ] = None,
    topic: Annotated[list[str] | None, typer.Option(help="Topic to make; repeat it. All topics unless told.")] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Notebooks executed at once; the cores there are unless told.")
    ] = None,
    output: Annotated[Path | None, typer.Option(help="Folder of the report; outputs/<edition> unless told.")] = None,
    as_of: Annotated[
        str,
        typer.Option(
            help="ISO date for which the age of the data is judged; SOURCE_DATE_EPOCH's or today unless told."
        ),
    ] = "",
    *,
    pdf: Annotated[
        bool, typer.Option("--pdf", help="Print report.pdf, and a brief of four pages for each country, with Chromium.")
    ] = False,
    single_file: Annotated[
        bool, typer.Option("--single-file", help="Also write each page as one file to send, and the site as a zip.")
    ] = False,
) -> None:
    """Execute the notebooks of an edition and assemble the report.

    Prints where the report is. Exit status 4 when it stands but a page failed: that page says why.
    """
    from r2p_analysis.cli.today import judged_on
    from r2p_analysis.measures import displacement
    from r2p_analysis.run import check_edition, execute_all, make_plan
    from r2p_analysis.site import find_chromium
    from r2p_analysis.store import open_tables

    # What is missing is said before the notebooks run, not after.
    formats = Formats(find_chromium() if pdf else None, single_file)
    day = judged_on(as_of)
    workspace = find_workspace()
    settings = workspace.settings().get("report", {})
    tables = open_tables(workspace.data)
    year = check_edition(edition or int(settings.get("edition", 2016)), displacement.reference_years(tables))
    out = (output or workspace.outputs / str(year)).resolve()
    focus = _focus(workspace, year, settings)
    tasks = make_plan(
        workspace.notebooks,
        out / "notebooks",
        year,
        focus=focus,
        pages=_pages(country, focus),
        topics=topic or (),
    )
    count = workers or os.cpu_count() or 1
    results = execute_all(tasks, workspace.root, count, out / "run.log", _progress(len(tasks)))
    index = _assemble(workspace, out, year, settings, results, count, formats=formats, day=day)
    typer.echo(str(_shortest(index)))
    failed = [result for result in results if result.failure]
    if failed:
        raise BuildFailed(f"{len(failed)} of {len(results)} pages failed; the report stands and says why on each")


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


def _assemble(
    workspace: Workspace,
    out: Path,
    edition: int,
    settings: Mapping[str, Any],
    results: Sequence[TaskResult],
    workers: int,
    *,
    formats: Formats,
    day: date,
) -> Path:
    """Build the site from executed notebooks and write the manifest."""
    from r2p_analysis import site
    from r2p_analysis.cli.views import claim_views, page_sources, table_views
    from r2p_analysis.exhibits import svg, theme
    from r2p_analysis.exhibits.geometry import geometry_of
    from r2p_analysis.exhibits.render import Renderer
    from r2p_analysis.sources.cadence import day_in_words
    from r2p_analysis.store import open_tables

    tables = open_tables(workspace.data)
    renderer = Renderer(workspace.outputs / ".cache" / "svg", workers=min(workers, 2), geometry=geometry_of(tables))
    with renderer:
        request = site.SiteRequest(
            edition=edition,
            reference_year=edition - 1,
            title=str(settings.get("title", "")),
            out=out / "site",
            pages=page_sources(results),
            ledger=claim_views(workspace, edition, tables),
            printed=claim_views(workspace, edition, tables, printed=True),
            tables=table_views(tables, day),
            render=renderer.render,
            pixels=renderer.pixels,
            finish_svg=svg.finish,
            css=theme.css_variables(),
            address=_published_at(settings),
            judged_on=day_in_words(day),
        )
        built = site.build(request)
    _write_manifest(out, edition, day, [result.task for result in results], {r.task.slug: r.failure for r in results})
    for warning in built.warnings:
        typer.echo(f"r2p: {warning}", err=True)
    if formats.single_file:
        site.build_single(request, built)
    if formats.chromium:
        site.build_pdf(request, built, formats.chromium, day, lambda name: typer.echo(f"printed {name}", err=True))
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
