"""``r2p build``: from stored tables to a folder of HTML."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer

from r2p_analysis.cli import planning, running
from r2p_analysis.cli.assembling import Ahead, Formats, Writers, assemble, open_renderer
from r2p_analysis.cli.home import home_to_write
from r2p_analysis.cli.uptodate import Former
from r2p_analysis.errors import BuildFailed
from r2p_analysis.workspace import Workspace, find_workspace


def build(
    *,
    edition: Annotated[
        list[int] | None,
        typer.Option(help="Year of the report; its figures are of the end of the year before. Repeat it for several."),
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
    dask: Annotated[
        str | None,
        typer.Option(
            metavar="tcp://HOST:PORT|local",
            help="Execute on the workers of that Dask scheduler, or of a cluster on this machine.",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            help="Folder of the report; outputs/<edition> unless told. With several editions: below it, one each."
        ),
    ] = None,
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
    force: Annotated[bool, typer.Option("--force", help="Run every notebook, whatever is kept from before.")] = False,
    why: Annotated[
        bool, typer.Option("--why", help="Say of each notebook why it ran, or that it is up to date.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print the plan: what is up to date, what must run and why.")
    ] = False,
) -> None:
    """Execute the notebooks of an edition and assemble the report; what is up to date is not made again.

    Prints where the report is. Exit status 4 when it stands but a page failed: that page says why.
    """
    from r2p_analysis.cli.today import judged_on

    years: list[int | None] = list(dict.fromkeys(edition or ())) or [None]
    asked = [
        planning.Asked(
            year,
            country or (),
            topic or (),
            compare,
            output / str(year) if output and len(years) > 1 else output,
        )
        for year in years
    ]
    wish = _Wish(
        asked, running.How(workers or os.cpu_count() or 1, engine, force, why, dask), judged_on(as_of), pdf, single_file
    )
    if dry_run:
        workspace = find_workspace()
        running.show_plan(workspace, [planning.make(workspace, one) for one in asked], force=force)
        return
    told: Mapping[str, Any] | None = None if force or pdf else _former(wish).still_good()
    if told is None:
        told = _make(wish)
    else:
        for line in (
            *told["warnings"],
            *(f"{slug}: up to date" for slug in told["pages"] if why),
            "everything is up to date",
        ):
            typer.echo(line, err=True)
    for index in told["indexes"]:
        typer.echo(str(_shortest(Path(index))))


class _Wish(NamedTuple):
    """What the user wants."""

    asked: Sequence[planning.Asked]
    how: running.How
    day: date
    pdf: bool
    single_file: bool


def _former(wish: _Wish) -> Former:
    request = [[asdict(one) for one in wish.asked], wish.how.engine, wish.day, Path.cwd(), wish.single_file]
    return Former(find_workspace(), request)


def _make(wish: _Wish) -> Mapping[str, Any]:
    """Run what must run, assemble the reports, and give what there is to tell of them."""
    from r2p_analysis.run import processes

    # What is missing is said before the notebooks run, not after.
    formats = Formats(_printer() if wish.pdf else None, wish.single_file)
    how = _checked(wish.how)
    workspace = find_workspace()
    if workspace.packed:
        # Planned before, too: a wrong request leaves no workspace behind.
        _planned(workspace, wish)
        workspace = home_to_write()
    # Before anything is loaded: what is touched from now on is noticed.
    former, cache = _former(wish), running.cache_of(workspace)
    # What others are forked from loads while this process still looks what must be executed.
    begun = nullcontext() if how.dask else processes(workspace.root, how.engine)
    with begun as made_ready, open_renderer(workspace, how.workers) as renderer:
        plans, ahead = _planned(workspace, wish), Ahead(renderer)
        warnings = planning.warn_of_outdated(workspace)
        made = running.run(
            workspace,
            plans,
            how._replace(begun=made_ready),
            cache,
            executed=ahead.take,
            begins=renderer.warm,
        )
        writers = Writers(how.workers, made_ready.context if made_ready else None)
        built = [
            assemble(workspace, plan, results, renderer, writers, day=wish.day, formats=formats, read=ahead.pages)
            for plan, results in zip(plans, made, strict=True)
        ]
    told = {
        "indexes": [str(one.index) for one in built],
        "warnings": [*warnings, *(f"r2p: {line}" for one in built for line in one.warnings)],
        "pages": [task.slug for plan in plans for task in plan.tasks],
    }
    failed = sum(result.failure is not None for results in made for result in results)
    if failed:
        for one in built:
            typer.echo(str(_shortest(one.index)))
        raise BuildFailed(f"{failed} of {len(told['pages'])} pages failed; the report stands and says why on each")
    former.remember([plan.out for plan in plans], told)
    return told


def _planned(workspace: Workspace, wish: _Wish) -> list[planning.Plan]:
    return [planning.make(workspace, one) for one in wish.asked]


def _printer() -> Path:
    from r2p_analysis.site import find_chromium

    return find_chromium()


def _checked(how: running.How) -> running.How:
    """Refuse what cannot be done; choose the engine, unless each worker of a cluster has to."""
    from r2p_analysis.run import check_engine

    engine = check_engine(how.engine)
    if how.dask is None:
        return how._replace(engine=engine)
    from r2p_analysis.run.cluster import check_dask

    check_dask(how.dask)
    return how


def _shortest(path: Path) -> Path:
    """Give the path as seen from the working directory when it lies below it."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
