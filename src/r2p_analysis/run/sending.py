"""Tasks under way on a Dask cluster: what goes out, and what comes back.

A task goes out as plain values and the name of the workspace. It comes back as an executed notebook; or with the files
that its worker lacks, and then it is sent once more together with them.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, NamedTuple

from r2p_analysis.errors import R2PError, one_line
from r2p_analysis.run import remote
from r2p_analysis.run.depot import pack
from r2p_analysis.run.plan import Task
from r2p_analysis.run.workers import TaskResult
from r2p_analysis.store.files import sha256_of, write_atomically
from r2p_analysis.workspace import Workspace
from r2p_analysis.workspace.fingerprints import sha256_of_plain

if TYPE_CHECKING:
    from distributed import Client, Future

LOOK_SECONDS = 15
WORKER_SECONDS = 60
"""How long to wait for a first worker, and for another when all are gone."""
RETRIES = 2


class Refused(R2PError):
    """A cluster, or one of its workers, cannot take part."""


class Where(NamedTuple):
    """What tasks are executed on.

    Attributes
    ----------
    workspace : Workspace
        What notebooks read, which workers need not see.
    log : Path
        File for what kernels write beside their outputs.
    engine : str or None
        How cells run; as is safe on each worker when None.
    """

    workspace: Workspace
    log: Path
    engine: str | None


class Run:
    """Tasks under way on a cluster.

    Parameters
    ----------
    client : distributed.Client
        Connected.
    address : str
        As the user gave it, for errors.
    tasks : sequence of Task
        What to execute.
    on : Where
        What they are executed on, and how.
    progress : callable
        Called with each result as it comes.
    """

    def __init__(
        self, client: Client, address: str, tasks: Sequence[Task], on: Where, progress: Callable[[TaskResult], None]
    ) -> None:
        self._client, self._address, self._tasks = client, address, tasks
        self._log, self._progress = on.log, progress
        self._base = on.workspace.base is not None
        self._here = remote.about(base=self._base)
        self._cargo = pack(on.workspace, [task.source for task in tasks])
        self._shared = {
            "tree": self._cargo.tree,
            "about": sha256_of_plain(self._here),
            "base": self._base,
            "engine": on.engine,
        }
        self._run = _by_value()
        self._name = f"r2p-{uuid.uuid4().hex}"
        self._sent = 0
        self._arrived: SimpleQueue[Future[Any]] = SimpleQueue()
        self._under_way: dict[Future[Any], int] = {}
        self._suspects: list[int] = []
        self._ended: dict[int, TaskResult] = {}

    def results(self) -> list[TaskResult]:
        """Send all tasks, and take what comes back."""
        lacking = self._greet()
        self._send(range(len(self._tasks)), lacking)
        while self._under_way or self._suspects:
            if not self._under_way:
                # Alone, so that the next worker's end is no other task's fault.
                self._send([self._suspects[0]], list(self._cargo.blobs))
            future = self._next()
            self._take(self._under_way.pop(future), future)
        return [self._ended[number] for number in range(len(self._tasks))]

    def _greet(self) -> list[str]:
        """Refuse a worker that differs; give the files that one of them lacks."""
        told = self._client.run(remote.greet, list(self._cargo.blobs), base=self._base, on_error="return")
        lacking: set[str] = set()
        for worker, answer in told.items():
            if isinstance(answer, BaseException):
                raise self._unfit(worker, answer)
            it_is, its_lacking = answer
            self._compare(worker, it_is)
            lacking.update(its_lacking)
        return sorted(lacking)

    def _compare(self, worker: str, it_is: remote.About) -> None:
        differing = remote.difference(self._here, it_is)
        if differing:
            raise Refused(
                f"--dask {self._address}: worker {worker} could make other figures, for it has {differing}; install "
                f"the same there and start it again"
            )

    def _unfit(self, worker: str, error: BaseException) -> Refused:
        # Dask gives an error by its name where it cannot be passed on.
        if isinstance(error, ImportError) or "ModuleNotFoundError" in str(error):
            return Refused(
                f"--dask {self._address}: worker {worker} lacks a package ({error}); there, pip install "
                f"'r2p-analysis[dask]'"
            )
        return Refused(f"--dask {self._address}: worker {worker} failed: {type(error).__name__}: {error}")

    def _send(self, numbers: Sequence[int], lacking: Sequence[str]) -> None:
        """Send tasks, with a reference to the files that a worker may lack: Dask moves those once to each."""
        blobs = self._files(lacking) if lacking else None
        self._sent += 1
        futures = self._client.map(
            self._run,
            [self._order(self._tasks[number]) for number in numbers],
            blobs=blobs,
            # Of one group, so that the scheduler keeps a queue and gives each worker what it can begin.
            key=[(f"{self._name}-{self._sent}", number) for number in numbers],
            retries=RETRIES,
            pure=False,
        )
        for future, number in zip(futures, numbers, strict=True):
            self._under_way[future] = number
            future.add_done_callback(self._arrived.put)

    def _files(self, lacking: Sequence[str]) -> Future[Any]:
        # In the graph, not scattered: when the worker that holds them is lost, the scheduler has them still.
        blobs = {sha: self._cargo.blobs[sha] for sha in lacking}
        return self._client.submit(dict, blobs, key=f"r2p-files-{sha256_of_plain(sorted(blobs))}")

    def _order(self, task: Task) -> dict[str, Any]:
        return {
            **self._shared,
            "notebook": task.notebook,
            "per": task.per,
            "slug": task.slug,
            "title": task.title,
            "parameters": task.parameters,
            "place": self._cargo.places[task.source],
            "source": str(task.source),
            "target": str(task.target),
        }

    def _next(self) -> Future[Any]:
        """Wait for a future to be done, as long as there is hope."""
        while True:
            try:
                return self._arrived.get(timeout=LOOK_SECONDS)
            except Empty:
                self._look()

    def _look(self) -> None:
        if self._client.status != "running":
            raise Refused(f"--dask {self._address}: the scheduler went away; what was done is kept, build again")
        try:
            self._client.wait_for_workers(1, timeout=WORKER_SECONDS)
        except TimeoutError:
            raise Refused(
                f"--dask {self._address}: no worker is left; what was done is kept, start another and build again"
            ) from None

    def _take(self, number: int, future: Future[Any]) -> None:
        from distributed import KilledWorker

        task = self._tasks[number]
        try:
            told = future.result()
        except KilledWorker:
            self._suspect(number)
            return
        except remote.HandEnded as error:
            self._end(number, f"its process was ended from outside, perhaps for want of memory: {error}".rstrip(": "))
            return
        except ImportError as error:
            raise self._unfit("that came late", error) from None
        except Exception as error:  # noqa: BLE001 - whatever ended one task must not end the others
            self._look()
            self._end(number, f"{type(error).__name__}: {error}")
            return
        if "differing" in told:
            self._compare("that came late", told["differing"])
            raise Refused(f"--dask {self._address}: a worker changed while it was at work; build again")
        if "lacking" in told:
            # A worker that came late, or forgot. Its list may be among what it lacks: then it lacks all.
            unknown = self._cargo.tree in told["lacking"]
            self._send([number], list(self._cargo.blobs) if unknown else told["lacking"])
            return
        content, sha256, failure, said = told["answer"]
        with self._log.open("ab") as log:
            log.write(said)
        self._end(number, failure or self._write(task, content, sha256), whole=True)

    def _suspect(self, number: int) -> None:
        """A worker ended under this task, or beside it, again and again: once more alone, then it has failed."""
        if number not in self._suspects:
            self._suspects.append(number)
            return
        self._end(number, "every worker that ran it was ended, perhaps for want of memory")

    def _end(self, number: int, failure: str | None, *, whole: bool = False) -> None:
        task = self._tasks[number]
        if failure is not None:
            failure = failure if whole else f"{task.notebook} ({task.slug}): {failure}"
            failure = one_line(failure)
        if number in self._suspects:
            self._suspects.remove(number)
        self._ended[number] = TaskResult(task, failure)
        self._progress(self._ended[number])

    def _write(self, task: Task, content: bytes, sha256: str) -> str | None:
        """Put an executed notebook in its place; else say that it did not arrive as it was when it was checked."""
        if sha256_of(content) != sha256:
            return f"{task.notebook} ({task.slug}): it was altered on its way from a worker; run it again"
        write_atomically(task.target, content)
        return None


def _by_value() -> Callable[..., dict[str, Any]]:
    """Give a function that travels as its code, so that a scheduler that lacks the package can pass it on."""

    def run(order: dict[str, Any], *, blobs: dict[str, bytes] | None) -> dict[str, Any]:
        from r2p_analysis.run import remote

        return remote.run(order, blobs)

    return run
