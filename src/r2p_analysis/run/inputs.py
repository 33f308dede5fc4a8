"""All that a task depends on, as fingerprints that can be compared and named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from functools import cached_property
from pathlib import Path
from typing import Any

from r2p_analysis.run.dependencies import Code, code_of
from r2p_analysis.run.plan import Task
from r2p_analysis.store import EVERY_TABLE, Stored, stored_tables
from r2p_analysis.workspace import Layers
from r2p_analysis.workspace.fingerprints import PACKAGE, sha256_of_file, sha256_of_plain, states_below, versions

ABSENT = "absent"
Inputs = dict[str, dict[str, str]]
"""Fingerprints by kind ("table", "module", ...) and name."""


class World:
    """Tables, modules, notebooks and claims as they were when the build began.

    Parameters
    ----------
    data : Layers
        Where tables and claims lie.
    notebooks : Path
        Folder of the source notebooks.
    """

    def __init__(self, data: Layers, notebooks: Path) -> None:
        self._data = data
        self._watched = [*data.folders, notebooks, PACKAGE]
        # Before anything is read: what changes from now on is noticed.
        self._before = states_below(self._watched)
        self._stored = stored_tables(data)
        self._tables: dict[str, str] = {}
        self._code: dict[Path, Code] = {}

    def still_stands(self) -> bool:
        """Whether nothing was touched since the build began: else nobody knows which of two files a notebook read."""
        return states_below(self._watched) == self._before

    def code(self, notebook: Path) -> Code:
        """Give what a notebook's code rests on."""
        if notebook not in self._code:
            self._code[notebook] = code_of(notebook)
        return self._code[notebook]

    def before_running(self, task: Task) -> Inputs:
        """Give all that is known of a task's inputs without running it: everything but the tables."""
        claims = (self._data / "claims").find(f"{task.parameters.get('edition')}.toml")
        return {
            "notebook": {task.notebook: sha256_of_file(task.source)},
            "parameter": {name: sha256_of_plain(value) for name, value in task.parameters.items()},
            "module": self.code(task.source).modules,
            "claims": {"of the edition": sha256_of_file(claims) if claims else ABSENT},
            "version": self._versions,
        }

    def tables(self, names: Iterable[str]) -> dict[str, str]:
        """Give the fingerprints of tables: of their content and of all that is told of them."""
        return {name: self._table(name) for name in sorted(names)}

    @cached_property
    def _versions(self) -> dict[str, str]:
        return versions()

    def _table(self, name: str) -> str:
        if name not in self._tables:
            whole = name == EVERY_TABLE
            told = sha256_of_plain(self.tables(self._stored)) if whole else _fingerprint(self._stored.get(name))
            self._tables[name] = told
        return self._tables[name]


def difference(before: Inputs, now: Inputs) -> str:
    """Say in words what differs between two sets of inputs; empty when nothing does."""
    return "; ".join(line for kind in now for line in _differences(kind, before.get(kind, {}), now[kind]))


def _differences(kind: str, before: dict[str, str], now: dict[str, str]) -> list[str]:
    changed = sorted(name for name in {*before, *now} if before.get(name) != now.get(name))
    if kind == "version":
        return [f"{name} went from {before.get(name, 'none')} to {now.get(name, 'none')}" for name in changed]
    if kind == "claims":
        return [f"the claims {name} changed" for name in changed]
    if len(changed) > 3:
        return [f"{len(changed)} {kind}s changed, {changed[0]} among them"]
    return [f"{kind} {name} {_how(before.get(name), now.get(name))}" for name in changed]


def _how(before: str | None, now: str | None) -> str:
    if before in (None, ABSENT):
        return "is new"
    return "is gone" if now in (None, ABSENT) else "changed"


def _fingerprint(stored: Stored | None) -> str:
    if stored is None:
        return ABSENT
    told: dict[str, Any] = asdict(stored.provenance)
    return sha256_of_plain([told, sha256_of_file(stored.path), list(stored.lacking)])
