"""Workers that outlive a run, for those who execute one notebook after another and may change their mind."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any, NamedTuple, Self

from r2p_analysis.errors import NotebookError, R2PError
from r2p_analysis.run.plan import Task
from r2p_analysis.run.starting import check_engine, processes
from r2p_analysis.run.workers import MEMORY, Setup, TaskResult, _prepare, _run

_LAST_SECONDS = 2.0


class Superseded(Exception):
    """There is newer work; what ran was ended."""


class _Job(NamedTuple):
    process: BaseProcess
    wire: Connection


class KeptWorkers:
    """A warm process, kept for as long as what it holds is good, and a worker forked from it for each piece of work.

    Tables may change while it lives, for they are known by their checksums; modules may not.

    Parameters
    ----------
    root : Path
        The workspace, which notebooks find through ``R2P_HOME``.
    workers : int
        How many notebooks are executed at once.
    log : Path
        File for what is written beside the outputs; begun anew.
    engine : {"fork", "kernel"}, optional
        How cells run; forked where that is safe unless told.
    """

    def __init__(self, root: Path, workers: int, log: Path, engine: str | None = None) -> None:
        self._how = check_engine(engine)
        self._root, self._workers, self._log = root, workers, log
        self._open = ExitStack()
        self._context: BaseContext = multiprocessing.get_context("spawn")
        self._setup = Setup({}, log, MEMORY)
        self._jobs: list[_Job] = []

    def __enter__(self) -> Self:
        self._log.parent.mkdir(parents=True, exist_ok=True)
        self._log.unlink(missing_ok=True)
        begun = self._open.enter_context(processes(self._root, self._how))
        self._setup = Setup(begun.environment, self._log, MEMORY)
        self._context = begun.context
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end_jobs()
        self._open.close()

    def run(
        self, tasks: Sequence[Task], newer: Connection, needless: Callable[[], bool] = lambda: False
    ) -> Iterator[TaskResult]:
        """Execute tasks and yield how each ended, in the order in which they do.

        Parameters
        ----------
        tasks : sequence of Task
            What to execute.
        newer : Connection
            Where newer work is announced.
        needless : callable
            Asked once, while the first tasks run already; True ends all of them.

        Raises
        ------
        Superseded
            As soon as something waits in `newer`. What ran is ended, and has written nothing.
        """
        waiting, running = list(tasks), dict[Any, tuple[_Job, Task]]()
        asked = False
        try:
            while waiting or running:
                while waiting and len(running) < self._workers:
                    task = waiting.pop(0)
                    job = self._begin(_run, task, self._how)
                    running[job.wire] = job, task
                if not asked and needless():
                    return
                asked = True
                for wire in self._ended([*running], newer):
                    job, task = running.pop(wire)
                    outcome, error = self._outcome(job)
                    failure, peak = outcome or (f"{task.notebook} ({task.slug}): {error}", None)
                    yield TaskResult(task, failure, peak)
        finally:
            self.end_jobs()

    def call(
        self, function: Callable[..., Any], arguments: Sequence[Any], newer: Connection, meanwhile: Callable[[], None]
    ) -> Any:
        """Call a function in a worker, do something `meanwhile`, and give what the function gives.

        Raises
        ------
        NotebookError
            Of one line, when the function raises anything, or the worker is ended from outside.
        Superseded
            As soon as something waits in `newer`; the worker is ended, with time to tidy up.
        """
        job = self._begin(function, *arguments)
        try:
            meanwhile()
            self._ended([job.wire], newer)
            outcome, error = self._outcome(job)
            if error:
                raise NotebookError(error)
            return outcome
        finally:
            self.end_jobs()

    def end_jobs(self) -> None:
        """End whatever runs."""
        for job in self._jobs:
            job.process.terminate()
        for job in self._jobs:
            job.process.join(_LAST_SECONDS)
            if job.process.is_alive():
                job.process.kill()
                job.process.join()
            job.wire.close()
        self._jobs = []

    def _begin(self, function: Callable[..., Any], *arguments: Any) -> _Job:
        ours, theirs = self._context.Pipe(duplex=False)
        process = self._context.Process(  # type: ignore[attr-defined]  # every real context has it
            target=_work, args=(theirs, self._setup, self._how, function, arguments)
        )
        process.start()
        theirs.close()
        job = _Job(process, ours)
        self._jobs.append(job)
        return job

    def _ended(self, wires: list[Connection], newer: Connection) -> list[Any]:
        ready = wait([*wires, newer])
        if newer in ready:
            raise Superseded
        return ready

    def _outcome(self, job: _Job) -> tuple[Any, str]:
        """Give what the work gave, and why it gave nothing."""
        outcome: tuple[Any, str]
        try:
            outcome = job.wire.recv()
        except EOFError:
            outcome = None, "its process was ended from outside, perhaps for want of memory"
        job.process.join()
        job.wire.close()
        self._jobs.remove(job)
        return outcome


def _work(wire: Connection, setup: Setup, engine: str, function: Callable[..., Any], arguments: Any) -> None:
    """Do one piece of work. The main function of a worker."""
    _prepare(setup, engine)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _end)
    try:
        wire.send((function(*arguments), ""))
    except R2PError as error:
        wire.send((None, str(error)))
    except Exception as error:  # noqa: BLE001 - whatever ended this work must be told, and must not end the others
        wire.send((None, f"{type(error).__name__}: {' '.join(str(error).split())}"))


def _end(_signal: int, _frame: FrameType | None) -> None:
    """End with all that was started: a child that runs cells leads a session of its own, and would go on."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    for child in multiprocessing.active_children():
        with suppress(ProcessLookupError, PermissionError):
            if child.pid and os.getpgid(child.pid) == child.pid:
                os.killpg(child.pid, signal.SIGKILL)
        child.kill()
    # As an error, so that half-made files and folders are taken away.
    sys.exit(143)
