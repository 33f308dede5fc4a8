"""Executed notebooks kept by all that they depend on, so that nothing is executed twice.

What a notebook reads is known once it has run. So a task is looked for by its other inputs first (the notebook,
parameters, code, versions: its base), and beneath them each run says which tables it asked for and what they were: the
one whose tables are still the same is taken. See docs/adr/0013-task-cache.md.
"""

from __future__ import annotations

import contextlib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from r2p_analysis.run.engine import RECORD_MIME
from r2p_analysis.run.inputs import Inputs, World, difference
from r2p_analysis.run.plan import Task
from r2p_analysis.store.files import sha256_of, write_atomically
from r2p_analysis.workspace.fingerprints import sha256_of_plain

CACHE_VERSION = 1
"""To be raised whenever the same inputs would give another executed notebook."""
KEPT_RUNS = 8
"""How many runs of one base are kept, for those who go back and forth between tables."""
_RECORD = re.compile(rf'"{re.escape(RECORD_MIME)}"\s*:\s*')
_LOST = "its cached notebook was damaged or is gone"


@dataclass(frozen=True)
class Decision:
    """Whether a task must run.

    Attributes
    ----------
    task : Task
        Which one.
    key : str
        SHA-256 of its inputs as far as they are known: with the tables where it need not run, else without.
    entry : Path or None
        Record of the run that can be taken in its place; None when it must run.
    reason : str
        Why it must run, to be put after "because"; empty when it need not.
    """

    task: Task
    key: str
    entry: Path | None
    reason: str

    def told(self, *, done: bool) -> str:
        """Give a line for the user."""
        if self.entry is not None:
            return f"{self.task.slug}: up to date"
        return f"{self.task.slug}: {'ran' if done else 'must run'} because {self.reason}"


class TaskCache:
    """The cache of one workspace.

    Parameters
    ----------
    folder : Path
        Where it lies; made when missing.
    world : World
        What tasks depend on.
    """

    def __init__(self, folder: Path, world: World) -> None:
        self._notebooks = folder / "notebooks"
        self._tasks = folder / "tasks"
        self._latest = folder / "latest"
        self._world = world

    def decide(self, task: Task, *, force: bool = False) -> Decision:
        """Say whether a task must run, and why. Nothing is written.

        Parameters
        ----------
        task : Task
            Which one.
        force : bool
            Whether the user wants it to run whatever is kept.
        """
        inputs = self._world.before_running(task)
        base = _key(inputs)
        unseen = self._world.code(task.source).unseen
        if force or unseen:
            return Decision(task, base, None, "of --force" if force else f"{unseen}, and so always runs")
        for entry in sorted((self._tasks / base).glob("*.json")):
            record = _read(entry)
            if record and self._world.tables(record["inputs"]["table"]) == record["inputs"]["table"]:
                if self._notebook(record) is None:
                    return Decision(task, base, None, _LOST)
                return Decision(task, entry.stem, entry, "")
        return Decision(task, base, None, self._why(task, inputs))

    def restore(self, decision: Decision) -> bool:
        """Put the kept notebook in its place; False when there is none, or it was damaged or removed meanwhile."""
        record = _read(decision.entry) if decision.entry else None
        content = self._notebook(record) if record else None
        if record is None or content is None:
            return False
        if not _holds(decision.task.target, content):
            write_atomically(decision.task.target, content)
        self._note(decision.task, {"inputs": record["inputs"]})
        return True

    def keep(self, task: Task) -> None:
        """Keep the notebook that was just executed, unless an input was touched since the build began."""
        content = task.target.read_bytes()
        asked = None if self._world.code(task.source).unseen else _tables_asked(content)
        if asked is None:
            return
        before = self._world.before_running(task)
        inputs = {**before, "table": self._world.tables(asked)}
        if not self._world.still_stands():
            return
        key, folder = _key(inputs), self._tasks / _key(before)
        # The record last: whoever finds it finds the notebook too, also after a sudden end.
        write_atomically(self._notebooks / f"{key}.ipynb", content)
        record = {"inputs": inputs, "sha256": sha256_of(content), "notebook": f"{key}.ipynb"}
        write_atomically(folder / f"{key}.json", _checked(record))
        self._note(task, {"inputs": inputs})
        self._prune(folder)

    def note_failure(self, task: Task) -> None:
        """Remember that a task failed, so that the next run can say why it runs again."""
        self._note(task, {"failed": True})

    def _why(self, task: Task, now: Inputs) -> str:
        latest = _read(self._latest_of(task))
        if latest is None:
            return "it never ran"
        if "inputs" not in latest:
            return "it failed the last time"
        before: Inputs = latest["inputs"]
        return difference(before, {**now, "table": self._world.tables(before["table"])}) or _LOST

    def _notebook(self, record: dict[str, Any]) -> bytes | None:
        try:
            content = (self._notebooks / record["notebook"]).read_bytes()
        except OSError:
            return None
        return content if sha256_of(content) == record["sha256"] else None

    def _note(self, task: Task, told: dict[str, Any]) -> None:
        path, content = self._latest_of(task), _checked(told)
        if not _holds(path, content):
            write_atomically(path, content)

    def _latest_of(self, task: Task) -> Path:
        return self._latest / f"{task.parameters.get('edition')}-{task.notebook}-{task.slug}.json"

    def _prune(self, folder: Path) -> None:
        # Another build may prune the same folder: what is gone already is gone.
        with contextlib.suppress(OSError):
            entries = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime_ns)
            for entry in entries[:-KEPT_RUNS]:
                entry.unlink(missing_ok=True)
                (self._notebooks / f"{entry.stem}.ipynb").unlink(missing_ok=True)


def _key(inputs: Inputs) -> str:
    return sha256_of_plain([CACHE_VERSION, inputs])


def _checked(record: dict[str, Any]) -> bytes:
    """Write a record so that damage to it is noticed."""
    whole = {**record, "check": sha256_of_plain(record)}
    return (json.dumps(whole, sort_keys=True, ensure_ascii=False) + "\n").encode()


def _read(path: Path) -> dict[str, Any] | None:
    """Read a record; None when it is not what was written."""
    try:
        record = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    whole = isinstance(record, dict) and record.pop("check", None) == sha256_of_plain(record)
    return record if whole else None


def _holds(path: Path, content: bytes) -> bool:
    try:
        return path.read_bytes() == content
    except OSError:
        return False


def _tables_asked(content: bytes) -> list[str] | None:
    """Give the tables that an executed notebook's record names; None when it names none."""
    # The record alone is read, not the whole notebook: within a text the quotation marks would be escaped.
    text = content.decode()
    found = _RECORD.search(text)
    return json.JSONDecoder().raw_decode(text, found.end())[0].get("tables") if found else None
