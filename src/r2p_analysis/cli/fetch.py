"""``r2p fetch``: what producers serve, or their raw files, to stored tables."""

from __future__ import annotations

import csv
import datetime as dt
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from r2p_analysis.cli.fetch_live import Choices, Described, fetch_live, prepare, told
from r2p_analysis.cli.home import home_to_write
from r2p_analysis.errors import R2PError, SourceError, UsageError
from r2p_analysis.workspace import Layers, Workspace, find_workspace, refuse_inside_packages

if TYPE_CHECKING:
    from r2p_analysis.sources import SourceModule

CATALOGUE = "catalogue.csv"


def fetch(
    source: Annotated[
        list[str] | None, typer.Argument(help="Sources to fetch; all unless told. See 'r2p status'.")
    ] = None,
    from_: Annotated[
        Path | None,
        typer.Option(
            "--from",
            help="Folder of raw files, as the producers give them; its subfolders count. Or one such file. "
            "Without it, the producers' services are asked.",
        ),
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Do everything but replace the stored tables.")] = False,
    accept_revision: Annotated[
        bool, typer.Option("--accept-revision", help="Let through tables that cover less or whose totals moved wildly.")
    ] = False,
    version: Annotated[
        str, typer.Option(help="Producer's release, where the folder's catalogue.csv does not say it.")
    ] = "",
    retrieved: Annotated[
        str,
        typer.Option(
            help="With --from: ISO date on which the files were taken; what fetched.json beside them "
            "says, or today, unless told."
        ),
    ] = "",
) -> None:
    """Fetch newer data from the producers' services, or from raw files, check them and store them with provenance.

    A table that breaks its contract leaves the stored one in place; the others go on. Exit status 3 when any failed.
    """
    from r2p_analysis.sources import discover

    if from_ is None and retrieved:
        raise UsageError("--retrieved is the date of raw files: give it together with --from")
    if from_ is not None and not from_.exists():
        raise UsageError(f"--from {from_} does not exist: give a raw file, or a folder that holds raw files")
    known = discover()
    unknown = [name for name in source or () if name not in known]
    if unknown:
        raise UsageError(f'no source "{unknown[0]}": sources are {", ".join(known)}')
    modules = {name: known[name] for name in source or known}
    choices = Choices(version, check, accept_revision)
    date = _iso_date(retrieved)
    workspace = _workspace(check=check)
    if from_ is None:
        failed = fetch_live(modules, workspace, choices, named=bool(source))
    else:
        failed = _fetch_files(modules, from_, workspace, choices, date=date, must=bool(source))
    if failed:
        raise SourceError(f"{failed} of {len(modules)} sources failed; their stored tables stay as they were")


def _workspace(*, check: bool) -> Workspace:
    """Find the workspace, or make one, unless nothing is to be stored."""
    if not check:
        return home_to_write()
    workspace = find_workspace()
    refuse_inside_packages(workspace.outputs)
    return workspace


def _fetch_files(
    modules: dict[str, SourceModule], folder: Path, workspace: Workspace, choices: Choices, *, date: str, must: bool
) -> int:
    """Store what a folder holds; give the number of sources that failed."""
    failed = 0
    for name, module in modules.items():
        try:
            _fetch_one(module, folder, workspace.data, choices, date=date, must=must)
        except R2PError as error:
            failed += 1
            typer.echo(f"r2p: {name}: {error}", err=True)
    return failed


def _fetch_one(module: SourceModule, folder: Path, data: Layers, choices: Choices, *, date: str, must: bool) -> None:
    from r2p_analysis.sources.files import matching
    from r2p_analysis.store import commit_tables

    found_any = False
    for table in module.SOURCE.tables:
        files = matching(folder, table.stems, table.every_stem)
        if not files:
            continue
        found_any = True
        prepared = prepare(module, table.name, files, data, choices, _described(folder, files, date))
        if not choices.check:
            commit_tables([prepared], data)
        for line in told(prepared.change, check=choices.check):
            typer.echo(line)
    if not found_any:
        stems = ", ".join(f"{stem}*" for table in module.SOURCE.tables for stem in table.stems)
        if must:
            raise SourceError(f"no file of it in {folder}: expected names such as {stems}")
        typer.echo(f"{module.SOURCE.name}: no file of it in {folder}, left as it is")


def _described(folder: Path, files: list[Path], date: str) -> Described:
    """Tell release and origin of raw files from the folder's catalogue, where it lists them."""
    catalogue = (folder.parent if folder.is_file() else folder) / CATALOGUE
    if not catalogue.is_file():
        return Described(date=date)
    with catalogue.open(encoding="utf-8", newline="") as stream:
        rows = {Path(row["path"]).name: row for row in csv.DictReader(stream) if row.get("path")}
    listed = [rows[path.name] for path in files if path.name in rows]
    versions = dict.fromkeys(row.get("version_or_vintage", "") for row in listed)
    origins = dict.fromkeys(row.get("obtained_from", "") for row in listed)
    return Described("; ".join(filter(None, versions)), "; ".join(filter(None, origins)), date)


def _iso_date(text: str) -> str:
    if not text:
        return ""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise UsageError(f'--retrieved expects an ISO date such as 2026-06-25, got "{text}"')
    try:
        return dt.date.fromisoformat(text).isoformat()
    except ValueError:
        raise UsageError(f'--retrieved: there is no day "{text}"; give an ISO date such as 2026-06-25') from None
