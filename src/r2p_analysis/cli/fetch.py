"""``r2p fetch``: what producers serve, or their raw files, to stored tables."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from r2p_analysis.cli.fetch_live import Wanted, alone_in, fetch_live
from r2p_analysis.cli.fetch_store import Choices, Described, prepare, told
from r2p_analysis.cli.home import home_to_write
from r2p_analysis.errors import R2PError, SourceError, UsageError
from r2p_analysis.workspace import Layers, Workspace, find_workspace, refuse_inside_packages

if TYPE_CHECKING:
    from r2p_analysis.sources import SourceModule

CATALOGUE = "catalogue.csv"


def fetch(
    source: Annotated[
        list[str] | None,
        typer.Argument(help="Sources to fetch, or single tables; all sources unless told. See 'r2p status'."),
    ] = None,
    *,
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
    via: Annotated[
        str,
        typer.Option(
            help="Way to fetch, for sources with several, the usual one first: ucdp bulk or api, fts hdx or api, "
            "vetoes psdata or hdx."
        ),
    ] = "",
) -> None:
    """Fetch newer data from the producers' services, or from raw files, check them and store them with provenance.

    A table that breaks its contract leaves the stored one in place; the others go on. Exit status 3 when any failed.
    """
    from r2p_analysis.sources import discover
    from r2p_analysis.store import read_package

    if from_ is None and retrieved:
        raise UsageError("--retrieved is the date of raw files: give it together with --from")
    if from_ is not None and not from_.exists():
        raise UsageError(f"--from {from_} does not exist: give a raw file, or a folder that holds raw files")
    choices = Choices(version, check, accept_revision, via)
    workspace = find_workspace()
    wanted = _wanted(source or [], discover(), read_package(workspace.data))
    if via and not source:
        raise UsageError("--via is the way of a source: name the source too, such as 'r2p fetch ucdp --via api'")
    date = _iso_date(retrieved)
    if check:
        refuse_inside_packages(workspace.outputs)
    else:
        # Only now: a wrong request leaves no workspace behind.
        workspace = home_to_write()
    with alone_in(workspace):
        if from_ is None:
            failed = fetch_live(wanted, workspace, choices)
        else:
            failed = _fetch_files(wanted, from_, workspace, choices, date=date)
    if failed:
        raise SourceError(f"{failed} of {len(wanted)} sources failed; their stored tables stay as they were")


def _wanted(names: list[str], known: dict[str, SourceModule], stored: Collection[str]) -> dict[str, Wanted]:
    """Find what the user named: sources, or tables; all sources when nothing is named.

    A table that is large and rarely used comes with its source only once it was asked for by name.
    """
    tables = {table.name: name for name, module in known.items() for table in module.SOURCE.tables}
    unknown = [name for name in names if name not in known and name not in tables]
    if unknown:
        raise UsageError(f'no source or table "{unknown[0]}": sources are {", ".join(known)}')
    wanted: dict[str, Wanted] = {}
    for name in dict.fromkeys(tables.get(name, name) for name in names or known):
        contracts = known[name].SOURCE.tables
        usual = [table.name for table in contracts if not table.on_request or table.name in stored]
        asked = [table.name for table in contracts if table.name in names]
        whole = not names or name in names
        chosen = [table.name for table in contracts if table.name in asked or (whole and table.name in usual)]
        wanted[name] = Wanted(known[name], tuple(chosen), named=bool(names))
    return wanted


def _fetch_files(
    wanted: Mapping[str, Wanted], folder: Path, workspace: Workspace, choices: Choices, *, date: str
) -> int:
    """Store what a folder holds; give the number of sources that failed."""
    failed = 0
    for name, one in wanted.items():
        try:
            _fetch_one(one, folder, workspace.data, choices, date=date)
        except R2PError as error:
            failed += 1
            typer.echo(f"r2p: {name}: {error}", err=True)
    return failed


def _fetch_one(one: Wanted, folder: Path, data: Layers, choices: Choices, *, date: str) -> None:
    from r2p_analysis.sources.files import matching
    from r2p_analysis.store import commit_tables

    found_any, module = False, one.module
    for table in module.SOURCE.tables:
        if one.named and table.name not in one.tables and not table.on_request:
            continue
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
        if one.named:
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
