"""Fetching from the producers' services: download, parse, check, compare, and only then replace."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from r2p_analysis.errors import R2PError, SourceError
from r2p_analysis.workspace import Layers, Workspace

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from r2p_analysis.sources import LiveModule, SourceModule
    from r2p_analysis.sources.http import Http
    from r2p_analysis.store import Prepared, TableChange

RAW = "raw"


@dataclass(frozen=True)
class Choices:
    """What the user asked for.

    Attributes
    ----------
    version : str
        Release to record in place of the one that the answers tell.
    check : bool
        Do everything but replace.
    accept_revision : bool
        Let tables through that cover less or moved wildly.
    """

    version: str
    check: bool
    accept_revision: bool


@dataclass(frozen=True)
class Described:
    """What is told about raw files beside what they and their notes say; empty where nothing is told.

    Attributes
    ----------
    version, origin, date : str
        Release, where they were found, ISO date on which they were taken.
    """

    version: str = ""
    origin: str = ""
    date: str = ""


def fetch_live(modules: dict[str, SourceModule], workspace: Workspace, choices: Choices, *, named: bool) -> int:
    """Fetch sources from their services.

    Parameters
    ----------
    modules : dict
        The sources by name.
    workspace : Workspace
        Its store is written to.
    choices : Choices
        What the user asked for.
    named : bool
        Whether the user named the sources: one that no service gives is then an error.

    Returns
    -------
    int
        How many failed. Each has said so in one line, and its tables are as they were.
    """
    from r2p_analysis.sources import LiveModule

    failed = 0
    with _session(workspace) as session:
        for name, module in modules.items():
            try:
                if isinstance(module, LiveModule):
                    _fetch_source(module, session, workspace, choices)
                else:
                    _say_where(module, named=named)
            except R2PError as error:
                failed += 1
                typer.echo(f"r2p: {name}: {error}", err=True)
            except OSError as error:
                failed += 1
                place = error.filename or workspace.outputs
                typer.echo(f"r2p: {name}: {place}: cannot be written or read ({error.strerror})", err=True)
    return failed


def told(change: TableChange, *, check: bool) -> Iterator[str]:
    """Say what storing a table changed: one line, then the difference in lines set in."""
    years = f", {change.first_year}-{change.last_year}" if change.first_year else ""
    verb = "checked" if check else ("unchanged" if change.same else "stored")
    yield f"{change.table}: {verb}, {change.rows:,} rows (had {change.rows_before:,}){years}"
    if change.diff:
        yield from (f"  {line}" for line in change.diff.lines())


def _fetch_source(module: LiveModule, session: Http, workspace: Workspace, choices: Choices) -> None:
    """Fetch all tables of a source that its service gives, and store them together."""
    now = datetime.now(UTC).date().isoformat()
    with _raw_folder(workspace.outputs / RAW / module.SOURCE.name, now) as folder, only_our_errors("the answers"):
        taken = {table.name: module.download(table.name, folder, session) for table in module.SOURCE.tables}
    folder = workspace.outputs / RAW / module.SOURCE.name / now
    prepared = [
        prepare(module, table, [folder / path.name for path in files], workspace.data, choices, Described())
        for table, files in taken.items()
        if files
    ]
    if not choices.check:
        from r2p_analysis.store import commit_tables

        commit_tables(prepared, workspace.data)
    for one in prepared:
        for line in told(one.change, check=choices.check):
            typer.echo(line)
    for table, files in taken.items():
        if not files:
            typer.echo(f"{table}: not fetched; {_by_hand(module)}")


@contextmanager
def only_our_errors(what: str) -> Iterator[None]:
    """Turn what a producer's file can make a parser raise into one line: nobody foresees all that a file can hold.

    Parameters
    ----------
    what : str
        What is being read.
    """
    try:
        yield
    except (R2PError, OSError):
        raise
    except Exception as error:
        raise SourceError(
            f"{what}: cannot be read ({type(error).__name__}); the producer changed the format, or this is another file"
        ) from error


def prepare(
    module: SourceModule, table: str, files: list[Path], data: Path | Layers, choices: Choices, described: Described
) -> Prepared:
    """Parse raw files of one table, check them, and compare them with the stored table.

    Raises
    ------
    SourceError
        When they are not what they should be: one line.
    """
    from r2p_analysis.sources.raw import taken
    from r2p_analysis.store import prepare_table

    notes = taken(files)
    with only_our_errors(f"{table} from {files[0].name}"):
        frame = module.parse(table, files)
        release = getattr(module, "release", None) if notes else None
        told_by_file = release(table, files) if release else ""
    served = f"as served on {notes.date}" if notes else ""
    today = datetime.now(UTC).date().isoformat()
    return prepare_table(
        frame,
        module.SOURCE.table(table),
        module.SOURCE,
        data,
        version=choices.version or described.version or told_by_file or served or "release not told",
        retrieved=described.date or (notes.date if notes else today),
        origin=described.origin or (notes.origin if notes else " and ".join(path.name for path in files)),
        accept_revision=choices.accept_revision,
        live=notes is not None,
    )


@contextmanager
def _raw_folder(place: Path, name: str) -> Iterator[Path]:
    """Give a folder to download into, which gets its name once all is there; what was begun before is thrown away."""
    partial, whole = place / f"{name}.partial", place / name
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    try:
        yield partial
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    shutil.rmtree(whole, ignore_errors=True)
    partial.replace(whole)


@contextmanager
def _session(workspace: Workspace) -> Iterator[Http]:
    """Open the session of all requests, with a bar on a terminal and plain lines elsewhere."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    session = open_session(workspace)
    console = Console(stderr=True)
    with session:
        if not console.is_terminal:
            session.progress = _plain
            yield session
            return
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        # Lines go where they belong: without this, those for a file or a pipe would appear among the bars.
        on_terminal = sys.stdout.isatty()
        with Progress(*columns, console=console, transient=True, redirect_stdout=on_terminal) as bars:
            session.progress = _Bars(bars)
            yield session


def open_session(workspace: Workspace) -> Http:
    """Open a session with the settings of the workspace."""
    from r2p_analysis.sources.http import Http
    from r2p_analysis.sources.politeness import FetchSettings

    return Http(FetchSettings.of(workspace.settings(), workspace.outputs))


def _plain(name: str, done: int, of: int) -> None:
    if done == of:
        typer.echo(f"{name}: taken" if of == 1 else f"{name}: {of} pages taken", err=True)


class _Bars:
    """A bar for each series that is downloaded."""

    def __init__(self, bars: Progress) -> None:
        self._bars = bars
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, name: str, done: int, of: int) -> None:
        if name not in self._tasks:
            self._tasks[name] = self._bars.add_task(name, total=of)
        self._bars.update(self._tasks[name], completed=done, total=of)


def _say_where(module: SourceModule, *, named: bool) -> None:
    if named:
        raise SourceError(f"cannot be fetched from a service; {_by_hand(module)}")
    typer.echo(f"{module.SOURCE.name}: not fetched from a service; {_by_hand(module)}")


def _by_hand(module: SourceModule) -> str:
    """Say how to bring a file by hand."""
    source = module.SOURCE
    place = f"get the file at {source.url}" if source.url else "make the file by hand"
    return f"left as it is: {place} and run 'r2p fetch {source.name} --from FILE'"
