"""Several notebooks at once, each in a process of its own."""

from __future__ import annotations

import multiprocessing
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import forkserver
from multiprocessing.context import BaseContext
from pathlib import Path

from r2p_analysis.errors import NotebookError, UsageError
from r2p_analysis.run.engine import ENGINES, FORK, KERNEL, execute
from r2p_analysis.run.plan import Task

# What a figure must not depend on, held the same for every notebook.
ENVIRONMENT = {
    "TZ": "UTC",
    "LC_ALL": "C.UTF-8",
    "PYTHONHASHSEED": "0",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    # Arrow's second allocator starts a thread as soon as it is loaded; a process that forks must have none.
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
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
    engine: str | None = None,
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
    engine : {"fork", "kernel"}, optional
        How cells run; forked where that is safe unless told.

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
        setup = {**ENVIRONMENT, "R2P_HOME": str(root), "IPYTHONDIR": profile}
        how = check_engine(engine)
        with (
            _workers_of(how, setup) as context,
            ProcessPoolExecutor(
                max_workers=max(1, min(workers, len(tasks))),
                mp_context=context,
                initializer=_prepare,
                initargs=(setup, log),
            ) as pool,
        ):
            futures = {pool.submit(_run, task, how): number for number, task in enumerate(tasks)}
            for future in as_completed(futures):
                number = futures[future]
                failures[number] = _failure(future, tasks[number])
                progress(TaskResult(tasks[number], failures[number]))
    return [TaskResult(task, failures[number]) for number, task in enumerate(tasks)]


def check_engine(asked: str | None) -> str:
    """Name the engine to use: the one asked for, else forked children where the platform's libraries survive that.

    Raises
    ------
    UsageError
        For an unknown engine, or a fork where it is not safe.
    """
    safe = sys.platform == "linux"
    if asked is None:
        return FORK if safe else KERNEL
    if asked not in ENGINES:
        raise UsageError(f'--engine: expected {" or ".join(ENGINES)}, got "{asked}"')
    if asked == FORK and not safe:
        raise UsageError(f"--engine fork: a fork is safe on Linux, not on {sys.platform}; use --engine kernel")
    return asked


@contextmanager
def _workers_of(engine: str, setup: dict[str, str]) -> Iterator[BaseContext]:
    """Give the way to start workers: from one warm process that forks them, or each anew."""
    if engine != FORK:
        # Spawned, not forked: papermill's kernels bring threads and sockets that do not survive a fork.
        yield multiprocessing.get_context("spawn")
        return
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["r2p_analysis.run.warm"])
    _stop_fork_server()
    kept = dict(os.environ)
    os.environ.update(setup)
    try:
        forkserver.ensure_running()
    finally:
        os.environ.clear()
        os.environ.update(kept)
    try:
        yield context
    finally:
        # What it holds may be stale when the next run begins: notebooks, modules and tables change.
        _stop_fork_server()


def _stop_fork_server() -> None:
    forkserver._forkserver._stop()  # type: ignore[attr-defined]  # noqa: SLF001 - there is no public way


def _prepare(setup: dict[str, str], log: Path) -> None:
    os.environ.update(setup)
    # Kernels inherit this process's error stream and talk on it; what matters comes back as a result.
    os.dup2(os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644), 2)


def _run(task: Task, engine: str) -> str | None:
    try:
        execute(task, engine)
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
