"""Several notebooks at once, each in a process of its own."""

from __future__ import annotations

import multiprocessing
import os
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from r2p_analysis.errors import NotebookError
from r2p_analysis.run.engine import execute
from r2p_analysis.run.plan import Task

# What a figure must not depend on, held the same for every notebook.
_ENVIRONMENT = {
    "TZ": "UTC",
    "LC_ALL": "C.UTF-8",
    "PYTHONHASHSEED": "0",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "R2P_RUN": "1",
}


@dataclass(frozen=True)
class TaskResult:
    """How a task ended.

    Attributes
    ----------
    task : Task
        What was executed.
    failure : str or None
        None when it came to its end, else what happened in one line.
    """

    task: Task
    failure: str | None


def execute_all(
    tasks: Sequence[Task],
    root: Path,
    workers: int,
    log: Path,
    progress: Callable[[TaskResult], None] = lambda _: None,
) -> list[TaskResult]:
    """Execute tasks, at most `workers` at once. A task that fails fails alone.

    Parameters
    ----------
    tasks : sequence of Task
        What to execute.
    root : Path
        The workspace, which notebooks find through ``R2P_HOME``.
    workers : int
        How many at once.
    log : Path
        File for what kernels write beside their outputs; begun anew.
    progress : callable
        Called with each result as it comes.

    Returns
    -------
    list of TaskResult
        In the order of `tasks`.
    """
    if not tasks:
        return []
    failures: dict[int, str | None] = {}
    log.parent.mkdir(parents=True, exist_ok=True)
    log.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(prefix="r2p-ipython-") as profile:
        setup = {**_ENVIRONMENT, "R2P_HOME": str(root), "IPYTHONDIR": profile}
        # Spawned, not forked: papermill brings threads and sockets that do not survive a fork.
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(
            max_workers=max(1, min(workers, len(tasks))),
            mp_context=context,
            initializer=_prepare,
            initargs=(setup, log),
        ) as pool:
            futures = {pool.submit(_run, task): number for number, task in enumerate(tasks)}
            for future in as_completed(futures):
                number = futures[future]
                failures[number] = _failure(future, tasks[number])
                progress(TaskResult(tasks[number], failures[number]))
    return [TaskResult(task, failures[number]) for number, task in enumerate(tasks)]


def _prepare(setup: dict[str, str], log: Path) -> None:
    os.environ.update(setup)
    # Kernels inherit this process's error stream and talk on it; what matters comes back as a result.
    os.dup2(os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644), 2)


def _run(task: Task) -> str | None:
    try:
        execute(task)
    except NotebookError as error:
        return str(error)
    return None


def _failure(future: Future[str | None], task: Task) -> str | None:
    try:
        return future.result()
    except BrokenProcessPool:
        return f"{task.notebook} ({task.slug}): its process was ended from outside, perhaps for want of memory"
    except Exception as error:  # noqa: BLE001 - whatever ended one task must not end the others
        return f"{task.notebook} ({task.slug}): {type(error).__name__}: {error}"
