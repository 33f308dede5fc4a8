"""Executing one notebook with papermill, and making sure that it really came to its end."""

from __future__ import annotations

import json
import re
import tempfile
from typing import Any

from r2p_analysis.errors import NotebookError
from r2p_analysis.run.plan import Task
from r2p_analysis.run.starting import FORK, KERNEL
from r2p_analysis.store.files import write_atomically

EXHIBIT_MIME = "application/vnd.r2p.exhibit.v1+json"
RECORD_MIME = "application/vnd.r2p.record.v1+json"
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
    task.target.parent.mkdir(parents=True, exist_ok=True)
    book = _papermill(task, engine)
    check_record(book, task.source.name)
    # In one line, and so by the json module's fast way, where nbformat's indented one takes a tenth of the page's time.
    text = json.dumps(book, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    write_atomically(task.target, text.encode() + b"\n")


def _papermill(task: Task, engine: str) -> Any:
    from papermill.exceptions import PapermillExecutionError

    try:
        if engine == FORK:
            from r2p_analysis.run.ahead import before_a_page
            from r2p_analysis.run.fork import ENGINE

            if task.per == "country":
                before_a_page(task.parameters["edition"])
            return _executed(task, ENGINE)
        return _in_a_kernel(task)
    except NotebookError as error:
        raise NotebookError(f"{task.notebook} ({task.slug}): {error}") from None
    except PapermillExecutionError as error:
        raise NotebookError(
            f"{task.notebook} ({task.slug}), cell {error.cell_index}: {error.ename}: {_one_line(error.evalue)}"
        ) from None
    except Exception as error:  # noqa: BLE001 - whatever else papermill meets must stop this notebook alone
        raise NotebookError(f"{task.notebook} ({task.slug}): {type(error).__name__}: {_one_line(error)}") from None


def _executed(task: Task, engine: str | None, **options: Any) -> Any:
    """Take papermill's own steps, but for its writing of the notebook, which follows when the record was checked."""
    from papermill.engines import papermill_engines
    from papermill.execute import prepare_notebook_metadata, raise_for_execution_errors
    from papermill.iorw import load_notebook_node
    from papermill.parameterize import parameterize_notebook

    kernel = {"kernel_name": "python3", "language": "python"}
    book = parameterize_notebook(load_notebook_node(str(task.source)), task.parameters, **kernel, engine_name=engine)
    book = papermill_engines.execute_notebook_with_engine(
        engine,
        prepare_notebook_metadata(book, str(task.source), str(task.target)),
        kernel_name=kernel["kernel_name"],
        input_path=str(task.source),
        output_path=None,
        progress_bar=False,
        log_output=False,
        stdout_file=None,
        stderr_file=None,
        start_timeout=KERNEL_SECONDS,
        execution_timeout=CELL_SECONDS,
        autosave_cell_every=0,
        **options,
    )
    raise_for_execution_errors(book, None)
    return book


def _in_a_kernel(task: Task) -> Any:
    from papermill.exceptions import PapermillExecutionError
    from traitlets.config import Config

    for attempt in (1, 2):
        try:
            # Sockets in a private folder, not TCP ports: nobody else reaches them, and no two kernels race for one.
            with tempfile.TemporaryDirectory(prefix="r2p-") as sockets:
                config = Config({"KernelManager": {"transport": "ipc", "ip": f"{sockets}/k"}})
                return _executed(task, None, raise_on_iopub_timeout=True, config=config)
        except PapermillExecutionError:
            raise
        except RuntimeError as error:
            # A kernel that did not start on a busy machine mostly does when tried again.
            if attempt == 2:
                raise NotebookError(f"its kernel did not start: {_one_line(error)}") from None
    raise AssertionError


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
