"""Fetching from the producers' services, several at once: download, parse, check, compare, only then replace."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from r2p_analysis.cli.fetch_progress import session_with_progress
from r2p_analysis.cli.fetch_store import Choices, Described, by_hand, only_our_errors, prepare, refuse_mixed, told
from r2p_analysis.errors import R2PError, SourceError, UsageError
from r2p_analysis.workspace import Workspace

if TYPE_CHECKING:
    from r2p_analysis.sources import LiveModule, SourceModule
    from r2p_analysis.sources.http import Http

RAW = "raw"
AT_ONCE = 4
LOCK = ".fetch.lock"


@dataclass(frozen=True)
class Wanted:
    """A source and those of its tables that are asked for.

    Attributes
    ----------
    module : SourceModule
        The source.
    tables : tuple of str
        Names of tables.
    named : bool
        Whether the user named it: that it has no service is then an error.
    """

    module: SourceModule
    tables: tuple[str, ...]
    named: bool


def fetch_live(wanted: Mapping[str, Wanted], workspace: Workspace, choices: Choices) -> int:
    """Fetch sources from their services.

    Parameters
    ----------
    wanted : mapping
        What to fetch, by name of source.
    workspace : Workspace
        Its store is written to.
    choices : Choices
        What the user asked for.

    Returns
    -------
    int
        How many failed. Each has said so in one line, and its tables are as they were.
    """
    failed = 0
    via = dict.fromkeys((name for name in wanted if choices.via), choices.via)
    with session_with_progress(workspace, via) as session:
        pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="fetch")
        try:
            asked = {name: pool.submit(_fetch_source, one, session, workspace, choices) for name, one in wanted.items()}
            for name, outcome in asked.items():
                failed += not _say(name, outcome, workspace)
        except KeyboardInterrupt:
            session.stop()
            typer.echo("r2p: stopped; sources not told of above keep their stored tables", err=True)
            raise typer.Exit(130) from None
        finally:
            pool.shutdown(cancel_futures=True)
    return failed


def _say(name: str, outcome: Future[list[str]], workspace: Workspace) -> bool:
    """Wait for a source and say what came of it; give whether it went well."""
    try:
        lines = outcome.result()
    except R2PError as error:
        typer.echo(f"r2p: {name}: {error}", err=True)
        return False
    except OSError as error:
        place = error.filename or workspace.outputs
        typer.echo(f"r2p: {name}: {place}: cannot be written or read ({error.strerror})", err=True)
        return False
    for line in lines:
        typer.echo(line)
    return True


def _fetch_source(one: Wanted, session: Http, workspace: Workspace, choices: Choices) -> list[str]:
    """Fetch the tables of a source that its service gives, store them together, and give what to say of it."""
    from r2p_analysis.sources import LiveModule

    if not isinstance(one.module, LiveModule):
        if one.named:
            raise SourceError(f"cannot be fetched from a service; {by_hand(one.module)}")
        return [f"{one.module.SOURCE.name}: not fetched from a service; {by_hand(one.module)}"]
    taken = _download(one.module, one.tables, session, workspace.outputs / RAW / one.module.SOURCE.name)
    if choices.via and one.module.SOURCE.name not in session.asked_for_ways:
        raise UsageError("there is one way only to fetch it; leave --via out")
    prepared = [
        prepare(one.module, table, files, workspace.data, choices, Described())
        for table, files in taken.items()
        if files
    ]
    if one.module.SOURCE.one_release:
        refuse_mixed(prepared, one.module.SOURCE, workspace.data)
    if not choices.check:
        from r2p_analysis.store import commit_tables

        commit_tables(prepared, workspace.data)
    lines = [line for made in prepared for line in told(made.change, check=choices.check)]
    return lines + [_not_served(one.module, table) for table, files in taken.items() if not files]


def _not_served(module: LiveModule, table: str) -> str:
    if module.SOURCE.table(table).made_by_hand:
        return f"{table}: made by hand, left as it is"
    return f"{table}: not fetched; {by_hand(module, table)}"


def _download(module: LiveModule, tables: tuple[str, ...], session: Http, place: Path) -> dict[str, list[Path]]:
    """Download tables into a folder of today, and give its files by table."""
    now = datetime.now(UTC).date().isoformat()
    with _raw_folder(place, now) as folder:
        with only_our_errors("the answers"):
            taken = {table: module.download(table, folder, session) for table in tables}
        from r2p_analysis.sources.raw import keep_only

        keep_only(folder, {path.name for files in taken.values() for path in files})
    return {table: [place / now / path.name for path in files] for table, files in taken.items()}


@contextmanager
def _raw_folder(place: Path, name: str) -> Iterator[Path]:
    """Give a folder to download into, which gets its name once all is there.

    What an interrupted fetch of the same day left is begun anew, but for files whose addresses always give the same.
    """
    from r2p_analysis.sources.raw import frozen_files, keep_only

    partial, whole = place / f"{name}.partial", place / name
    for older in place.glob("*.partial"):
        if older != partial:
            shutil.rmtree(older, ignore_errors=True)
    partial.mkdir(parents=True, exist_ok=True)
    try:
        keep_only(partial, frozen_files(partial))
    except R2PError:
        shutil.rmtree(partial)
        partial.mkdir()
    try:
        yield partial
    except BaseException:
        if not any(path.is_file() for path in partial.iterdir()) or not frozen_files(partial):
            shutil.rmtree(partial, ignore_errors=True)
        raise
    shutil.rmtree(whole, ignore_errors=True)
    partial.replace(whole)


@contextmanager
def alone_in(workspace: Workspace) -> Iterator[None]:
    """Hold the workspace for one fetch: two at once would mix their raw files and lose each other's records.

    Raises
    ------
    UsageError
        When another fetch is under way there.
    """
    from filelock import FileLock, Timeout

    from r2p_analysis.store import sweep

    try:
        workspace.outputs.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(
            f"{workspace.outputs} cannot be made ({error.strerror}): make {workspace.root} writable"
        ) from None
    try:
        with FileLock(workspace.outputs / LOCK, timeout=0):
            if not workspace.packed:
                sweep(workspace.data.to_write())
            yield
    except Timeout:
        raise UsageError(f"another fetch is under way in {workspace.root}: wait until it has ended") from None
