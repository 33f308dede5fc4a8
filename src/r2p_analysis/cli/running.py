"""Running what must run: the tasks of all editions as one graph, with those up to date taken from the cache."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import typer

from r2p_analysis.cli.planning import Plan
from r2p_analysis.workspace import Workspace

if TYPE_CHECKING:
    from r2p_analysis.run import Decision, Processes, Task, TaskCache, TaskResult


class How(NamedTuple):
    """How tasks are run."""

    workers: int
    engine: str | None = None
    force: bool = False
    why: bool = False
    dask: str | None = None
    begun: Processes | None = None
    """What starts processes here, when it was made ready before."""


def show_plan(workspace: Workspace, plans: Sequence[Plan], *, force: bool) -> None:
    """Print a line a task: edition, key, and why it must run or that it is up to date. Nothing runs."""
    cache = cache_of(workspace)
    for plan in plans:
        for task in plan.tasks:
            decision = cache.decide(task, force=force)
            typer.echo(f"{plan.edition}  {decision.key[:12]}  {decision.told(done=False)}")


def run(
    workspace: Workspace,
    plans: Sequence[Plan],
    how: How,
    cache: TaskCache,
    executed: Callable[[TaskResult], None] = lambda _: None,
    begins: Callable[[], None] = lambda: None,
) -> list[list[TaskResult]]:
    """Execute the tasks that must run, at most so many at once whichever edition they are of.

    Parameters
    ----------
    workspace, plans, how
        Where, what and how.
    cache : TaskCache
        Of the workspace, opened before anything was read from it.
    executed : callable
        Called with each task that was executed and did not fail, while others still run.
    begins : callable
        Called before the first task is executed, if any must be.

    Returns
    -------
    list of list of TaskResult
        For each plan, in the order of its tasks.
    """
    from r2p_analysis.run import TaskResult

    tasks = [task for plan in plans for task in plan.tasks]
    decisions = [cache.decide(task, force=how.force) for task in tasks]
    waiting = [decision.task for decision in decisions if not cache.restore(decision)]
    _tell(decisions, len(waiting), why=how.why)
    several = len(plans) > 1
    if waiting:
        begins()
    log, follow = plans[0].out / "run.log", _following(cache, len(waiting), several, executed)
    done = _execute(workspace, waiting, how, log, follow)
    _tell_memory(done)
    ended = {result.task.target: result for result in done}
    results = iter([ended.get(task.target, TaskResult(task, None)) for task in tasks])
    return [[next(results) for _ in plan.tasks] for plan in plans]


def _execute(
    workspace: Workspace, tasks: Sequence[Task], how: How, log: Path, follow: Callable[[TaskResult], None]
) -> list[TaskResult]:
    if how.dask:
        from r2p_analysis.run.cluster import execute_on_dask
        from r2p_analysis.run.sending import Where

        return execute_on_dask(how.dask, tasks, Where(workspace, log, how.engine), how.workers, follow)
    from r2p_analysis.run import execute_all

    return execute_all(tasks, workspace.root, how.workers, log, follow, engine=how.engine, begun=how.begun)


def cache_of(workspace: Workspace) -> TaskCache:
    """Open the cache of executed notebooks; what their inputs are is what they are now."""
    from r2p_analysis.run import TaskCache, World

    return TaskCache(workspace.outputs / ".cache", World(workspace.data, workspace.notebooks))


def _tell(decisions: Sequence[Decision], waiting: int, *, why: bool) -> None:
    if why:
        for decision in decisions:
            typer.echo(decision.told(done=True), err=True)
    elif waiting < len(decisions):
        typer.echo(f"{len(decisions) - waiting} of {len(decisions)} notebooks are up to date", err=True)


def _tell_memory(done: Sequence[TaskResult]) -> None:
    largest = max((result for result in done if result.peak), key=lambda result: result.peak or 0, default=None)
    if largest is not None and largest.peak:
        held = f"{largest.peak / 1e6:,.0f} MB"
        typer.echo(f"executed {len(done)} notebooks; a process held {held} at most ({largest.task.slug})", err=True)


def _following(
    cache: TaskCache, total: int, several: bool, executed: Callable[[TaskResult], None]
) -> Callable[[TaskResult], None]:
    """Keep each notebook as soon as it is executed, and report it: on a terminal in place, elsewhere as lines."""
    done = 0

    def tell(result: TaskResult) -> None:
        nonlocal done
        done += 1
        task = result.task
        edition = f"{task.parameters['edition']} " if several else ""
        text = f"[{done}/{total}] {edition}{task.title}"
        if result.failure:
            cache.note_failure(task)
            typer.echo(f"{text}: failed: {result.failure}", err=True)
            return
        cache.keep(task)
        if sys.stderr.isatty():
            typer.echo(f"\r\033[K{text}", err=True, nl=done == total)
        else:
            typer.echo(text, err=True)
        executed(result)

    return tell
