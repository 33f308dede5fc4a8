"""The process that makes pages: what is slow to get ready is kept ready here."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from r2p_analysis.cli import planning
from r2p_analysis.cli.assembling import Formats, Writers, assemble, open_renderer
from r2p_analysis.cli.today import judged_on
from r2p_analysis.cli.uptodate import Former
from r2p_analysis.cli.watching.messages import Line, Made, Order, Saved, Trouble, Whole
from r2p_analysis.cli.watching.warm import Warm
from r2p_analysis.errors import R2PError, UsageError
from r2p_analysis.run import KeptWorkers, Superseded, Task, TaskCache, TaskResult, World
from r2p_analysis.workspace import Workspace

_PAUSE_SECONDS = 0.4


def main(wire: Connection, order: Order) -> None:
    """Make pages until the pipe is closed or a signal comes. The main function of the process.

    Parameters
    ----------
    wire : Connection
        `Saved` comes in, the other messages go out.
    order : Order
        What report to make.
    """
    # A group of its own: a terminal's Ctrl-C goes to the process that serves, which ends this group as a whole.
    os.setsid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        _Maker(wire, order).follow()
    except EOFError:
        return
    except R2PError as error:
        wire.send(_trouble(error))
        sys.exit(error.exit_status)
    except Exception as error:  # noqa: BLE001 - it must be told where the person looks
        wire.send(Trouble(f"{type(error).__name__}: {' '.join(str(error).split())}"))
        sys.exit(1)


class _Maker:
    """Makes first the page that a person looks at, then all that depends on what was saved."""

    def __init__(self, wire: Connection, order: Order) -> None:
        self._wire = wire
        self._order = order
        self._warm = Warm(order.workspace)
        self._failed: dict[Path, str] = {}
        self._warnings = planning.warn_of_outdated(order.workspace)

    def follow(self) -> None:
        """Take up what was saved, again and again."""
        log = self._order.workspace.outputs / ".cache" / "watch.log"
        order = self._order
        with KeptWorkers(order.workspace.root, order.workers, log, order.engine) as workers, self._warm.renderer:
            self._warm.renderer.warm()
            while True:
                saved = self._wire.recv()
                while self._wire.poll():
                    newer = self._wire.recv()
                    saved = Saved(saved.notebooks | newer.notebooks, newer.seen)
                # What is newer waits in the pipe, and is taken up next; what it does not name, the cache knows of.
                with suppress(Superseded):
                    self._try(saved, workers)

    def _try(self, saved: Saved, workers: KeptWorkers) -> None:
        try:
            self._round(saved, workers)
        except R2PError as error:
            self._wire.send(_trouble(error))

    def _round(self, saved: Saved, workers: KeptWorkers) -> None:
        begun, order = time.monotonic(), self._order
        day = judged_on(order.as_of)
        # Before anything is read: what changes from now on is noticed.
        former = Former(order.workspace, [[asdict(order.asked)], order.engine, day, Path.cwd(), False])
        plan = planning.make(order.workspace, order.asked)
        cache = TaskCache(order.workspace.outputs / ".cache", World(order.workspace.data, order.workspace.notebooks))
        first = _first(plan.tasks, saved)
        if first:
            self._at_once(first, plan, cache, workers, day)
            # The browser first: what follows would take the processor from it while it draws the page.
            if saved.seen and self._wire.poll(_PAUSE_SECONDS):
                raise Superseded
        self._execute([task for task in plan.tasks if task != first], cache, workers)
        if former.still_good() is None:
            self._assemble(plan, day, workers, former)
        else:
            self._warm.prepare(plan, self._results(plan), day)
        self._wire.send(Whole(time.monotonic() - begun))

    def _at_once(self, task: Task, plan: planning.Plan, cache: TaskCache, workers: KeptWorkers, day: date) -> None:
        """Make one page, before anything else. Whether its notebook need run is found while it runs."""
        for result in workers.run([task], self._wire, lambda: self._stands(task, cache)):
            self._note(result, cache)
        page = self._warm.page(plan, self._results(plan), task, day)
        self._wire.send(Made(page.href, page.html.encode()))

    def _execute(self, tasks: Sequence[Task], cache: TaskCache, workers: KeptWorkers) -> None:
        """Execute what must run."""
        for result in workers.run(list(self._stale(tasks, cache)), self._wire):
            self._note(result, cache)

    def _note(self, result: TaskResult, cache: TaskCache) -> None:
        if result.failure is None:
            self._failed.pop(result.task.target, None)
            cache.keep(result.task)
        else:
            self._failed[result.task.target] = result.failure
            cache.note_failure(result.task)
            self._wire.send(Line(f"failed: {result.failure}"))

    def _stale(self, tasks: Sequence[Task], cache: TaskCache) -> Iterator[Task]:
        for task in tasks:
            if self._wire.poll():
                raise Superseded
            if not self._stands(task, cache):
                yield task

    def _stands(self, task: Task, cache: TaskCache) -> bool:
        """Whether a notebook need not run, for what it would give is there now."""
        if not cache.restore(cache.decide(task)):
            return False
        self._failed.pop(task.target, None)
        return True

    def _assemble(self, plan: planning.Plan, day: date, workers: KeptWorkers, former: Former) -> None:
        results, workspace = self._results(plan), self._order.workspace
        warnings = workers.call(
            _assembled,
            (workspace, plan, results, self._order.workers, day),
            newer=self._wire,
            meanwhile=lambda: self._warm.prepare(plan, results, day),
        )
        if not any(result.failure for result in results):
            told = [*self._warnings, *(f"r2p: {line}" for line in warnings)]
            index = str(plan.out / "site" / "index.html")
            pages = [task.slug for task in plan.tasks]
            former.remember([plan.out], {"indexes": [index], "warnings": told, "pages": pages})

    def _results(self, plan: planning.Plan) -> list[TaskResult]:
        return [TaskResult(task, self._failed.get(task.target)) for task in plan.tasks]


def _trouble(error: R2PError) -> Trouble:
    return Trouble(str(error), isinstance(error, UsageError))


def _first(tasks: Sequence[Task], saved: Saved) -> Task | None:
    """Give the task whose page somebody waits for: of the notebooks saved, the one looked at last, else the first."""
    candidates = {href_of(task): task for task in tasks if task.notebook in saved.notebooks}
    looked_at = next((href for href in saved.seen if href in candidates), None)
    return candidates[looked_at] if looked_at else next(iter(candidates.values()), None)


def href_of(task: Task) -> str:
    """Give the path of a task's page from the root of the site."""
    return f"countries/{task.slug}.html" if task.per == "country" else f"{task.slug}.html"


def _assembled(workspace: Workspace, plan: planning.Plan, results: list[TaskResult], workers: int, day: date) -> Any:
    """Assemble the report in a worker, which may be ended at any time."""
    with open_renderer(workspace, workers) as renderer:
        built = assemble(workspace, plan, results, renderer, Writers(workers), day=day, formats=Formats())
    return built.warnings
