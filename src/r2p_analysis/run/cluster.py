"""A Dask cluster to execute tasks on: one that runs somewhere, or one of this machine. See docs/adr/0014-dask.md."""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from r2p_analysis.errors import UsageError
from r2p_analysis.run import remote
from r2p_analysis.run.plan import Task
from r2p_analysis.run.sending import WORKER_SECONDS, Refused, Run, Where
from r2p_analysis.run.workers import TaskResult

if TYPE_CHECKING:
    from distributed import Client

LOCAL = "local"
CONNECT_SECONDS = 10
_TALKERS = ("distributed", "tornado")
_ADDRESS = re.compile(r"(tcp|tls|ucx|ws|wss)://\S+:\d+/?")


def check_dask(address: str) -> None:
    """See before anything runs that Dask is there and the address can be one.

    Raises
    ------
    UsageError
        When it is not, or cannot.
    """
    if address != LOCAL and not _ADDRESS.fullmatch(address):
        raise UsageError(f'--dask: expected {LOCAL} or the address of a scheduler, tcp://HOST:PORT, got "{address}"')
    if find_spec("distributed") is None:
        raise UsageError("--dask: Dask is not installed; install it with: pip install 'r2p-analysis[dask]'")


def execute_on_dask(
    address: str,
    tasks: Sequence[Task],
    on: Where,
    workers: int,
    progress: Callable[[TaskResult], None] = lambda _: None,
) -> list[TaskResult]:
    """Execute tasks on a Dask cluster. A task that fails fails alone.

    Parameters
    ----------
    address : str
        Of the scheduler; or "local", for a cluster on this machine that lasts as long as the tasks.
    tasks : sequence of Task
        What to execute.
    on : Where
        What they are executed on, and how; its log is begun anew.
    workers : int
        How many workers a local cluster has.
    progress : callable
        Called with each result as it comes.

    Returns
    -------
    list of TaskResult
        In the order of `tasks`.

    Raises
    ------
    R2PError
        When no worker can be reached, or one is there whose figures might differ.
    """
    if not tasks:
        return []
    check_dask(address)
    on.log.parent.mkdir(parents=True, exist_ok=True)
    on.log.unlink(missing_ok=True)
    with _talk_into(on.log), _connected(address, min(workers, len(tasks))) as client:
        return Run(client, address, tasks, on, progress).results()


@contextmanager
def _talk_into(log: Path) -> Iterator[None]:
    """Have Dask's logging in a file, where it does not come between the lines of progress."""
    import distributed

    handler = logging.FileHandler(log, encoding="utf-8")
    # Not only the one at the top: Dask gives some below it, and Tornado's, a handler of their own.
    loggers = [
        logger
        for name, logger in logging.root.manager.loggerDict.items()
        if isinstance(logger, logging.Logger) and logger.handlers and name.partition(".")[0] in _TALKERS
    ]
    kept = [(logger, logger.handlers, logger.propagate) for logger in loggers]
    for logger in loggers:
        logger.handlers, logger.propagate = [handler], False
    try:
        with warnings.catch_warnings():
            # What matters of versions is compared here, and tables are smaller than Dask's advice is for.
            warnings.filterwarnings("ignore", module=distributed.__name__)
            warnings.filterwarnings("ignore", category=distributed.versions.VersionMismatchWarning)
            yield
    finally:
        for logger, handlers, propagates in kept:
            logger.handlers, logger.propagate = handlers, propagates
        handler.close()


@contextmanager
def _connected(address: str, workers: int) -> Iterator[Client]:
    from distributed import Client, LocalCluster

    if address == LOCAL:
        with (
            LocalCluster(
                n_workers=workers, threads_per_worker=1, dashboard_address=None, silence_logs=logging.CRITICAL
            ) as cluster,
            Client(cluster, set_as_default=False) as client,
        ):
            yield client
        return
    try:
        client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise Refused(
            f"--dask {address}: no scheduler answers there ({type(error).__name__}); start one with 'dask scheduler'"
        ) from None
    with client:
        try:
            client.wait_for_workers(1, timeout=WORKER_SECONDS)
        except TimeoutError:
            raise Refused(
                f"--dask {address}: the scheduler has no worker; start one with 'dask worker {address}'"
            ) from None
        yield client
        # What waits on the workers for more of this workspace is in the way of others.
        with suppress(Exception):
            client.run(remote.rest, on_error="ignore")
