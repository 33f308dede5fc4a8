"""``r2p build``: from stored tables to a folder of HTML."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from r2p_analysis.cli import planning
from r2p_analysis.cli.assembling import Formats, assemble
from r2p_analysis.cli.home import home_to_write
from r2p_analysis.errors import BuildFailed
from r2p_analysis.workspace import find_workspace

if TYPE_CHECKING:
    from r2p_analysis.run import TaskResult


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
    from r2p_analysis.run import check_engine, execute_all
    from r2p_analysis.site import find_chromium

    # What is missing is said before the notebooks run, not after.
    formats = Formats(find_chromium() if pdf else None, single_file)
    day = judged_on(as_of)
    engine = check_engine(engine)
    workspace = find_workspace()
    asked = planning.Asked(edition, country or (), topic or (), compare, output)
    plan = planning.make(workspace, asked)
    if workspace.packed:
        # Only now: a wrong request leaves no workspace behind.
        workspace = home_to_write()
        plan = planning.make(workspace, asked)
    planning.warn_of_outdated(workspace)
    count = workers or os.cpu_count() or 1
    results = execute_all(plan.tasks, workspace.root, count, plan.out / "run.log", _progress(len(plan.tasks)), engine)
    index = assemble(workspace, plan, results, count, day, formats)
    typer.echo(str(_shortest(index)))
    failed = [result for result in results if result.failure]
    if failed:
        raise BuildFailed(f"{len(failed)} of {len(results)} pages failed; the report stands and says why on each")


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


def _shortest(path: Path) -> Path:
    """Give the path as seen from the working directory when it lies below it."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
