"""Which files were saved, found by looking at them again and again.

Looking at some tens of files costs less than a millisecond and finds changes also where a system's own notices do not
come: on network drives, in containers, across virtual machines.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from pathlib import Path

from r2p_analysis.workspace import Workspace
from r2p_analysis.workspace.finding import SETTINGS_FILE
from r2p_analysis.workspace.fingerprints import PACKAGE, files_below

QUIET_SECONDS = 0.05
"""For how long nothing may move before a save counts as done: editors write in two steps."""
PATIENCE_SECONDS = 1.5
"""For how long a notebook may be half written before that is told."""
REST_SECONDS = 0.7
"""Between two looks at what is seldom changed: tables, settings, the package."""
_LEFTOVERS = ("~", ".tmp", ".swp", ".part", ".pyc")
States = dict[Path, tuple[int, int, int]]


class Changes:
    """The files of a workspace, and of the package where it is run from its source.

    Parameters
    ----------
    workspace : Workspace
        Whose notebooks, data and settings are watched.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._notebooks = workspace.notebooks
        self._settings = workspace.root / SETTINGS_FILE
        own = [] if {"site-packages", "dist-packages"} & set(PACKAGE.parts) else [PACKAGE]
        self._folders = [*workspace.data.folders, *own]
        self._rest: States = {}
        self._rested = float("-inf")
        self._told = self._last = self._look()
        self._moved = time.monotonic()

    def found(self) -> set[Path]:
        """Give the files that were saved, made or removed since this was last told; nothing while they still move."""
        now = self._look()
        if now != self._last:
            self._last, self._moved = now, time.monotonic()
        changed = {path for path in {*now, *self._told} if now.get(path) != self._told.get(path)}
        still = time.monotonic() - self._moved
        if not changed or still < QUIET_SECONDS or (still < PATIENCE_SECONDS and any(map(self._half, changed))):
            return set()
        self._told = now
        return changed

    @property
    def moving(self) -> bool:
        """Whether something changed that was not told yet."""
        return self._last != self._told

    def is_notebook(self, path: Path) -> bool:
        """Whether a file is one of the notebooks of the report."""
        return path.parent == self._notebooks and path.suffix == ".ipynb"

    def _look(self) -> States:
        if time.monotonic() - self._rested >= REST_SECONDS:
            self._rest = _states(path for folder in self._folders for path in files_below(folder))
            self._rested = time.monotonic()
        return {**self._rest, **_states([self._settings, *self._notebooks.glob("*.ipynb")])}

    def _half(self, path: Path) -> bool:
        """Whether a notebook is not whole, or gone: some editors remove a file before they put the new one there."""
        if not self.is_notebook(path):
            return False
        try:
            json.loads(path.read_bytes())
        except (OSError, ValueError):
            return True
        return False


def _states(paths: Iterable[Path]) -> States:
    found = {}
    for path in paths:
        if path.name.startswith(".") or path.name.endswith(_LEFTOVERS):
            continue
        try:
            told = path.stat()
        except OSError:
            continue
        found[path] = told.st_ino, told.st_size, told.st_mtime_ns
    return found
