"""Processes that end when the one that started them is gone, however suddenly that went."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
from multiprocessing import forkserver

_PR_SET_PDEATHSIG = 1


def end_with_parent(by: signal.Signals = signal.SIGKILL) -> None:
    """Have Linux end this process when the one that forked it has ended; elsewhere nothing is done."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(by), 0, 0, 0)


def let_go_of_fork_server() -> None:
    """Close what tells the fork server that it is still wanted.

    Each process that it forks is given that too, and whatever a worker leaves behind would hold it: the fork server
    then outlives the one for whom it works, who may be waiting for its end.
    """
    held = forkserver._forkserver._forkserver_alive_fd  # type: ignore[attr-defined]  # noqa: SLF001 - there is no public way
    if held is not None:
        with contextlib.suppress(OSError):
            os.close(held)
