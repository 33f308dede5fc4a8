"""Several notebooks at once, each in a process of its own."""

from __future__ import annotations

import os
import resource
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import nullcontext
from dataclasses import dataclass
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import NamedTuple

from r2p_analysis.errors import NotebookError
from r2p_analysis.run.ending import end_with_parent, let_go_of_fork_server
from r2p_analysis.run.engine import execute
from r2p_analysis.run.plan import Task
from r2p_analysis.run.starting import FORK, Processes, processes

MEMORY = 2 * 1024**3
"""Most bytes that a process may hold, unless told: several times what the largest notebook needs."""
_PEAK_UNIT = 1 if sys.platform == "darwin" else 1024
_KILLED = "its process was ended from outside each time, perhaps for want of memory"


@dataclass(frozen=True)
class TaskResult:
    """How a task ended.

    Attributes
    ----------
    task : Task
        What was executed.
    failure : str or None
        None when it came to its end, else what happened in one line.
    peak : int or None
        Most bytes that a process of the worker which executed it had held by then; None when that is not known.
    """

    task: Task
    failure: str | None
    peak: int | None = None


class Setup(NamedTuple):
    """What holds for every process that executes."""

    environment: dict[str, str]
    log: Path
    memory: int


def execute_all(
    tasks: Sequence[Task],
    root: Path,
    workers: int,
    log: Path,
    progress: Callable[[TaskResult], None] = lambda _: None,
    *,
    engine: str | None = None,
    memory: int = MEMORY,
    begun: Processes | None = None,
) -> list[TaskResult]:
    """Execute tasks, at most `workers` at once. A task that fails fails alone.

    What was under way when a process was killed from outside is tried again, at last each task by itself.

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
    memory : int
        Most bytes that each process may hold: a cell that asks for more ends with a MemoryError, and its page says so.
    begun : Processes, optional
        What starts processes, with its engine, when it was made ready before.

    Returns
    -------
    list of TaskResult
        In the order of `tasks`.
    """
    if not tasks:
        return []
    log.parent.mkdir(parents=True, exist_ok=True)
    log.unlink(missing_ok=True)
    done: dict[int, TaskResult] = {}

    def note(number: int, result: TaskResult) -> None:
        done[number] = result
        progress(result)

    with nullcontext(begun) if begun else processes(root, engine) as made:
        setup = Setup(made.environment, log, memory)
        for alone in (False, False, True):
            left = {number: task for number, task in enumerate(tasks) if number not in done}
            # A process that is killed takes the work of the others with it; at last each takes only its own.
            for some in [{n: task} for n, task in left.items()] if alone else filter(None, [left]):
                _round(some, workers, made.context, setup, made.engine, note, last=alone)
    return [done[number] for number in range(len(tasks))]


def _round(
    tasks: Mapping[int, Task],
    workers: int,
    context: BaseContext,
    setup: Setup,
    engine: str,
    note: Callable[[int, TaskResult], None],
    *,
    last: bool,
) -> None:
    """Execute tasks, and note how each ended, but for those that a killed process left undone unless it is the last."""
    with ProcessPoolExecutor(max(1, min(workers, len(tasks))), context, _prepare, (setup, engine)) as pool:
        futures = {pool.submit(_run, task, engine): number for number, task in tasks.items()}
        for future in as_completed(futures):
            number = futures[future]
            task = tasks[number]
            try:
                failure, peak = future.result()
            except BrokenProcessPool:
                if not last:
                    continue
                failure, peak = f"{task.notebook} ({task.slug}): {_KILLED}", None
            except Exception as error:  # noqa: BLE001 - whatever ended one task must not end the others
                failure, peak = f"{task.notebook} ({task.slug}): {type(error).__name__}: {error}", None
            note(number, TaskResult(task, failure, peak))


def _prepare(setup: Setup, engine: str) -> None:
    os.environ.update(setup.environment)
    if engine == FORK:
        end_with_parent()
        let_go_of_fork_server()
    # Kernels inherit this process's error stream and talk on it; what matters comes back as a result.
    os.dup2(os.open(setup.log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644), 2)
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    limit = setup.memory if hard == resource.RLIM_INFINITY else min(setup.memory, hard)
    # Of what a process holds for itself: what it shares with the one that it was forked from is not counted twice.
    resource.setrlimit(resource.RLIMIT_DATA, (limit, hard))


def _run(task: Task, engine: str) -> tuple[str | None, int]:
    failure = None
    try:
        execute(task, engine)
    except NotebookError as error:
        failure = str(error)
    held = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return failure, max(held) * _PEAK_UNIT
