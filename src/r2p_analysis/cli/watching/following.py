"""The process that serves: looks for what was saved, has it made, and tells browsers."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import ThreadingHTTPServer
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import FrameType
from typing import Any

import typer

from r2p_analysis.cli.watching.changes import Changes
from r2p_analysis.cli.watching.handler import handler_of
from r2p_analysis.cli.watching.messages import Line, Made, Order, Saved, Trouble, Whole
from r2p_analysis.cli.watching.shown import Shown
from r2p_analysis.errors import UsageError

LOOK_SECONDS, LOOK_AGAIN_SECONDS = 0.05, 0.02
_END_SECONDS = 0.8


def follow(order: Order, folder: Path, listen: Callable[[Any], ThreadingHTTPServer]) -> None:
    """Serve a report and follow what is saved, until Ctrl-C or a signal.

    Parameters
    ----------
    order : Order
        What report to make.
    folder : Path
        Where its site is, or will be.
    listen : callable
        Gives a server for a handler, or raises when the port is taken.
    """
    shown = Shown(folder)
    with listen(handler_of(shown)) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
        try:
            with _interruptible():
                typer.echo(
                    f"http://127.0.0.1:{server.server_port}/ shows {folder} and follows what is saved in "
                    f"{order.workspace.root}; Ctrl-C ends it"
                )
                _Following(order, shown).run()
        finally:
            shown.end()
            server.shutdown()
    typer.echo("ended")


class _Following:
    """Between the files and the process that makes pages."""

    def __init__(self, order: Order, shown: Shown) -> None:
        self._order, self._shown = order, shown
        self._changes = Changes(order.workspace)
        self._saved = 0.0
        self._begun = False

    def run(self) -> None:
        """Follow until it is interrupted."""
        notebooks: frozenset[str] = frozenset()
        while True:
            with _maker(self._order) as (process, wire):
                wire.send(Saved(notebooks, self._shown.seen()))
                notebooks = self._until_stale(process, wire)

    def _until_stale(self, process: BaseProcess, wire: Connection) -> frozenset[str]:
        """Follow as long as one maker is good; give the notebooks that the next one is to make first."""
        lives = True
        while True:
            ready = wait([wire] if lives else [], LOOK_AGAIN_SECONDS if self._changes.moving else LOOK_SECONDS)
            if not lives:
                time.sleep(LOOK_SECONDS)
            if ready and not self._take(process, wire):
                lives = False
            found = self._changes.found()
            if not found:
                continue
            self._saved = time.monotonic()
            names = frozenset(path.stem for path in found if self._changes.is_notebook(path))
            if not lives or not all(map(self._changes.is_notebook, found)):
                return names
            with suppress(BrokenPipeError):
                wire.send(Saved(names, self._shown.seen()))

    def _take(self, process: BaseProcess, wire: Connection) -> bool:
        """Take a message; False when there will be none any more."""
        try:
            message = wire.recv()
        except (EOFError, ConnectionResetError):
            process.join(_END_SECONDS)
            if not self._shown.trouble:
                self._complain(
                    f"the process that makes pages ended with status {process.exitcode}; the next save starts it again"
                )
            return False
        match message:
            case Made(href, content):
                self._shown.put(href, content)
                _say(f"{href} shows what was saved{self._after()}")
            case Whole():
                self._shown.settle()
                self._begun = True
                _say(f"the whole report stands{self._after()}")
                self._saved = 0.0
            case Trouble(line, wrong):
                if wrong and not self._begun:
                    raise UsageError(line)
                self._complain(line)
            case Line(text):
                _say(text)
        return True

    def _complain(self, line: str) -> None:
        self._shown.tell(line)
        _say(f"r2p: {line}")

    def _after(self) -> str:
        return f", after {time.monotonic() - self._saved:.1f} s" if self._saved else ""


def _say(line: str) -> None:
    typer.echo(line, err=True)


@contextmanager
def _maker(order: Order) -> Iterator[tuple[BaseProcess, Connection]]:
    """Start a process that makes pages; end it with all that it started."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_make, args=(theirs, order))
    # Born deaf to Ctrl-C, which a terminal sends to all: this process ends it.
    former = signal.signal(signal.SIGINT, signal.SIG_IGN)
    process.start()
    signal.signal(signal.SIGINT, former)
    theirs.close()
    try:
        yield process, ours
    finally:
        ours.close()
        _end(process)


def _make(wire: Connection, order: Order) -> None:
    try:
        from r2p_analysis.cli.watching.maker import main
    except Exception as error:  # noqa: BLE001 - a module that was just saved may be half a module
        wire.send(Trouble(f"{type(error).__name__}: {' '.join(str(error).split())}"))
        sys.exit(1)
    main(wire, order)


def _end(process: BaseProcess) -> None:
    """End a maker, which leads a group, with the whole group: first with time to tidy up, then without."""
    group = process.pid or 0
    if not _signal(group, signal.SIGTERM):
        process.terminate()
    end = time.monotonic() + _END_SECONDS
    while time.monotonic() < end and (process.is_alive() or _signal(group, 0)):
        time.sleep(0.02)
    _signal(group, signal.SIGKILL)
    process.kill()
    process.join()


def _signal(group: int, number: int) -> bool:
    """Send a signal to a group; False when there is none, or its leader has not made it yet."""
    if not group or group == os.getpgrp():
        return False
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):
        return False
    return True


@contextmanager
def _interruptible() -> Iterator[None]:
    """Let Ctrl-C and the polite signal end what is within, and no second one disturb the ending."""

    def interrupt(_signal: int, _frame: FrameType | None) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    former = {number: signal.signal(number, interrupt) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        with suppress(KeyboardInterrupt):
            yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
