"""Processes that end when the one that started them is gone, on every platform and whatever they wait for."""

from __future__ import annotations

import multiprocessing
import os
import threading
from multiprocessing.connection import wait


def follow_parent() -> None:
    """End this process as soon as its parent has ended, however suddenly; to be called once, in a process of a pool.

    A worker of a pool waits on a queue whose other end it holds itself, and would wait for ever. A thread watches, so
    this is nothing for a process that forks: `run.ending` has what those do, on Linux.
    """
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_follow, args=(parent.sentinel,), daemon=True).start()


def _follow(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
