"""How the processes of a build come to be: forked from one that has everything at hand, or each started anew."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing import forkserver
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Any, NamedTuple

from r2p_analysis.errors import UsageError

KERNEL, FORK = "kernel", "fork"
ENGINES = (KERNEL, FORK)
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


class Processes(NamedTuple):
    """What starts processes.

    Attributes
    ----------
    engine : {"fork", "kernel"}
        How cells run in them.
    context : BaseContext
        Starts them.
    environment : dict of str to str
        What they are given.
    """

    engine: str
    context: BaseContext
    environment: dict[str, str]


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
def processes(root: Path, engine: str | None = None) -> Iterator[Processes]:
    """Begin to make ready the process from which others are forked, and return at once; end it when all is done.

    Parameters
    ----------
    root : Path
        The workspace, which notebooks find through ``R2P_HOME``.
    engine : {"fork", "kernel"}, optional
        How cells run; forked where that is safe unless told.

    Raises
    ------
    UsageError
        For an engine that is not to be had.
    """
    how = check_engine(engine)
    with tempfile.TemporaryDirectory(prefix="r2p-ipython-") as profile:
        environment = {**ENVIRONMENT, "R2P_HOME": str(root), "IPYTHONDIR": profile}
        if how != FORK:
            # Spawned, not forked: papermill's kernels bring threads and sockets that do not survive a fork.
            yield Processes(how, multiprocessing.get_context("spawn"), environment)
            return
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["r2p_analysis.run.warm"])
        _end_fork_server()
        _start_fork_server(environment)
        try:
            yield Processes(how, context, environment)
        finally:
            # What it holds may be stale when the next run begins: notebooks, modules and tables change.
            _end_fork_server()


def _start_fork_server(environment: dict[str, str]) -> None:
    kept = dict(os.environ)
    os.environ.update(environment)
    try:
        forkserver.ensure_running()
    finally:
        os.environ.clear()
        os.environ.update(kept)


def _end_fork_server() -> None:
    """End it now: left to itself it looks up only when it has imported everything, though nothing may be to do."""
    server: Any = forkserver._forkserver  # noqa: SLF001 - there is no public way
    if server._forkserver_pid is not None:  # noqa: SLF001 - as above
        with suppress(ProcessLookupError):
            os.kill(server._forkserver_pid, signal.SIGKILL)  # noqa: SLF001 - as above
    server._stop()  # noqa: SLF001 - as above
