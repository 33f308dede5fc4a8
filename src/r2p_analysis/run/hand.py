"""A process that executes notebooks for another one that cannot: a Dask worker has threads, and must not fork.

It is started as ``fork`` or as ``kernel`` with a socket for its standard input. As ``fork`` it imports and loads
everything once, and forks a hand for each socket that it is handed. A hand executes what comes through its socket, one
notebook after another. When the sockets close, because the worker has ended however suddenly, all of it ends.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import socket
import sys
import tempfile
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, NamedTuple

from r2p_analysis.errors import NotebookError
from r2p_analysis.run.ending import end_with_parent
from r2p_analysis.run.engine import execute
from r2p_analysis.run.plan import Task
from r2p_analysis.run.starting import FORK
from r2p_analysis.store.files import sha256_of

if TYPE_CHECKING:
    from multiprocessing.context import ForkProcess

MOST_SAID = 65_536


class Answer(NamedTuple):
    """What came of a notebook.

    Attributes
    ----------
    content : bytes
        The executed notebook, whose record was found to fit its outputs; empty when it failed.
    sha256 : str
        Of the content, for the one to whom it is sent.
    failure : str or None
        What happened, in one line.
    said : bytes
        What was said on the error stream: its end, when it was long.
    """

    content: bytes
    sha256: str
    failure: str | None
    said: bytes


def main() -> None:
    """Serve as the first argument says: "fork" or "kernel"."""
    engine, control = sys.argv[1], socket.socket(fileno=os.dup(0))
    if engine != FORK:
        _serve(control, engine)
        return
    importlib.import_module("r2p_analysis.run.warm")
    hands: list[ForkProcess] = []
    try:
        while True:
            _, handles, _, _ = socket.recv_fds(control, 1, 1)
            if not handles:
                return
            theirs = socket.socket(fileno=handles[0])
            theirs.set_inheritable(False)
            hand = get_context("fork").Process(target=_begin, args=(control, theirs))
            hand.start()
            theirs.close()
            hands = [one for one in (*hands, hand) if one.is_alive()]
    finally:
        for hand in hands:
            hand.terminate()


def _begin(control: socket.socket, theirs: socket.socket) -> None:
    # A hand that held the way to its parent would keep it open when the parent is gone.
    control.close()
    end_with_parent(signal.SIGTERM)
    _serve(theirs, FORK)


def _serve(theirs: socket.socket, engine: str) -> None:
    wire = Connection(theirs.detach())
    signal.signal(signal.SIGTERM, _end)

    def forget() -> None:
        # The child that runs the cells: neither the wire nor how a hand ends is its matter.
        wire.close()
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        end_with_parent(signal.SIGKILL)

    if engine == FORK:
        os.register_at_fork(after_in_child=forget)
    while True:
        try:
            order = wire.recv()
        except EOFError:
            return
        wire.send(_carry_out(order, engine))


def _end(_signal: int, _frame: FrameType | None) -> None:
    # Not at once: what is under way ends its children first.
    sys.exit(1)


def _carry_out(order: dict[str, Any], engine: str) -> Answer:
    with tempfile.TemporaryDirectory(prefix="r2p-") as folder, tempfile.TemporaryFile() as said:
        # Kernels and libraries talk on the error stream; it goes to the one who asked.
        os.dup2(said.fileno(), 2)
        here, there = Path(order["here"]), Path(order["target"])
        names = ("notebook", "per", "slug", "title", "parameters")
        task = Task(**{name: order[name] for name in names}, source=here, target=Path(folder, there.name))
        content, failure = b"", None
        try:
            execute(task, engine)
            content = task.target.read_bytes()
            # Papermill notes its paths. Those of this machine are nobody's matter.
            for mine, theirs in ((str(here), order["source"]), (f"{folder}/", f"{there.parent}/")):
                content = content.replace(_start_of(mine), _start_of(theirs))
        except NotebookError as error:
            failure = str(error)
        except Exception as error:  # noqa: BLE001 - whatever ended one notebook must not end the others
            failure = f"{task.notebook} ({task.slug}): {type(error).__name__}: {error}"
        said.seek(max(0, said.seek(0, os.SEEK_END) - MOST_SAID))
        return Answer(content, sha256_of(content), failure, said.read())


def _start_of(path: str) -> bytes:
    return json.dumps(path, ensure_ascii=False)[:-1].encode()
