"""Executing one notebook with papermill, and making sure that it really came to its end."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path
from typing import Any

from r2p_analysis.errors import NotebookError
from r2p_analysis.run.plan import Task

EXHIBIT_MIME = "application/vnd.r2p.exhibit.v1+json"
RECORD_MIME = "application/vnd.r2p.record.v1+json"
KERNEL, FORK = "kernel", "fork"
ENGINES = (KERNEL, FORK)
CELL_SECONDS = 600
KERNEL_SECONDS = 120
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def execute(task: Task, engine: str = KERNEL) -> None:
    """Execute a notebook and put the executed one in its place once it is complete.

    Parameters
    ----------
    task : Task
        What to execute; its parameters were checked before.
    engine : {"kernel", "fork"}
        The ordinary kernel, or a forked child of this process.

    Raises
    ------
    NotebookError
        Of one line, when a cell fails, takes too long, or the notebook's record does not fit its outputs.
    """
    import nbformat

    task.target.parent.mkdir(parents=True, exist_ok=True)
    temporary = task.target.with_name(f".{task.target.stem}.{os.getpid()}.ipynb")
    try:
        _papermill(task, temporary, engine)
        check_record(nbformat.read(temporary, as_version=4), task.source.name)
        temporary.replace(task.target)
    finally:
        temporary.unlink(missing_ok=True)


def _papermill(task: Task, target: Path, engine: str) -> None:
    from papermill import execute_notebook
    from papermill.exceptions import PapermillExecutionError

    try:
        if engine == FORK:
            from r2p_analysis.run.fork import ENGINE

            execute_notebook(str(task.source), str(target), engine_name=ENGINE, **_settings(task))
        else:
            _in_a_kernel(task, target)
    except NotebookError as error:
        raise NotebookError(f"{task.notebook} ({task.slug}): {error}") from None
    except PapermillExecutionError as error:
        raise NotebookError(
            f"{task.notebook} ({task.slug}), cell {error.cell_index}: {error.ename}: {_one_line(error.evalue)}"
        ) from None
    except Exception as error:  # noqa: BLE001 - whatever else papermill meets must stop this notebook alone
        raise NotebookError(f"{task.notebook} ({task.slug}): {type(error).__name__}: {_one_line(error)}") from None


def _settings(task: Task) -> dict[str, Any]:
    return {
        "parameters": task.parameters,
        "kernel_name": "python3",
        "language": "python",
        "progress_bar": False,
        "request_save_on_cell_execute": False,
        "autosave_cell_every": 0,
        "start_timeout": KERNEL_SECONDS,
        "execution_timeout": CELL_SECONDS,
    }


def _in_a_kernel(task: Task, target: Path) -> None:
    from papermill import execute_notebook
    from papermill.exceptions import PapermillExecutionError
    from traitlets.config import Config

    for attempt in (1, 2):
        try:
            # Sockets in a private folder, not TCP ports: nobody else reaches them, and no two kernels race for one.
            with tempfile.TemporaryDirectory(prefix="r2p-") as sockets:
                config = Config({"KernelManager": {"transport": "ipc", "ip": f"{sockets}/k"}})
                execute_notebook(
                    str(task.source), str(target), raise_on_iopub_timeout=True, config=config, **_settings(task)
                )
            return
        except PapermillExecutionError:
            raise
        except RuntimeError as error:
            # A kernel that did not start on a busy machine mostly does when tried again.
            if attempt == 2:
                raise NotebookError(f"its kernel did not start: {_one_line(error)}") from None


def check_record(book: Any, where: str) -> list[str]:
    """Compare the record that ends a notebook with the exhibits in its outputs.

    Returns
    -------
    list of str
        Ids of the exhibits.

    Raises
    ------
    NotebookError
        When the record is missing or the outputs hold other exhibits: outputs do get lost without a word.
    """
    outputs = [o.get("data", {}) for c in book.cells if c.cell_type == "code" for o in c.get("outputs", [])]
    records = [data[RECORD_MIME] for data in outputs if RECORD_MIME in data]
    shown = [data[EXHIBIT_MIME]["id"] for data in outputs if EXHIBIT_MIME in data]
    if len(records) != 1:
        raise NotebookError(
            f"{where}: expected one record at its end, got {len(records)}; its last cell calls finish()"
        )
    recorded = list(records[0]["exhibits"])
    if recorded != shown:
        lost = [name for name in recorded if name not in shown]
        raise NotebookError(
            f"{where}: its record names {len(recorded)} exhibits, its outputs hold {len(shown)}"
            f"{'; lost: ' + ', '.join(lost) if lost else ''}; run it again"
        )
    return shown


def _one_line(error: object) -> str:
    text = " ".join(_COLOUR.sub("", str(error)).split())
    return text if len(text) <= 400 else text[:397] + "..."
