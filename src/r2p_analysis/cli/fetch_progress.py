"""The session of a fetch, with a bar for each series on a terminal and plain lines elsewhere."""

from __future__ import annotations

import difflib
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import typer

from r2p_analysis.errors import UsageError
from r2p_analysis.workspace import Workspace

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from r2p_analysis.sources.http import Http


@contextmanager
def session_with_progress(workspace: Workspace, via: dict[str, str]) -> Iterator[Http]:
    """Open the session of all requests.

    Parameters
    ----------
    workspace : Workspace
        Whose settings hold.
    via : dict of str to str
        The way by source, before what the settings say.

    Raises
    ------
    UsageError
        When the settings choose the way of a source that there is not.
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    _check_ways(workspace)
    session = open_session(workspace, via)
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


def open_session(workspace: Workspace, via: dict[str, str]) -> Http:
    """Open a session with the settings of the workspace."""
    from r2p_analysis.sources.http import Http
    from r2p_analysis.sources.politeness import FetchSettings

    settings = FetchSettings.of(workspace.settings(), workspace.outputs)
    return Http(replace(settings, via={**settings.via, **via}))


def _check_ways(workspace: Workspace) -> None:
    from r2p_analysis.sources import discover
    from r2p_analysis.sources.politeness import FetchSettings

    known = discover()
    chosen = FetchSettings.of(workspace.settings(), workspace.outputs).via
    for name in sorted(chosen.keys() - known.keys()):
        near = difflib.get_close_matches(name, known, n=1)
        hint = f"did you mean {near[0]}? " if near else ""
        raise UsageError(f'report.toml [fetch.via]: no source "{name}": {hint}Sources are {", ".join(known)}')


def _plain(name: str, done: int, of: int) -> None:
    if done == of:
        typer.echo(f"{name}: taken" if of == 1 else f"{name}: {of} pages taken", err=True)


class _Bars:
    """A bar for each series that is downloaded."""

    def __init__(self, bars: Progress) -> None:
        self._bars = bars
        self._tasks: dict[str, TaskID] = {}
        self._one_at_a_time = threading.Lock()

    def __call__(self, name: str, done: int, of: int) -> None:
        with self._one_at_a_time:
            if name not in self._tasks:
                self._tasks[name] = self._bars.add_task(name, total=of)
            self._bars.update(self._tasks[name], completed=done, total=of)
