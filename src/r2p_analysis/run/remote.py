"""What runs inside a Dask worker: it keeps files, and has notebooks executed by processes beside it."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
import weakref
from collections.abc import Iterable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from r2p_analysis.run.depot import Depot
from r2p_analysis.run.starting import ENVIRONMENT, FORK, check_engine
from r2p_analysis.workspace.finding import default_root
from r2p_analysis.workspace.fingerprints import PACKAGE, files_below, sha256_of_file, sha256_of_plain, versions

if TYPE_CHECKING:
    from r2p_analysis.run.hand import Answer

_START = "import json, sys; sys.path[:] = json.loads(sys.argv[2]); from r2p_analysis.run.hand import main; main()"
_LAST_WORDS = 300
About = dict[str, dict[str, str]]


class HandEnded(Exception):
    """The process that executed a notebook came to a sudden end; elsewhere it may not."""


def about(*, base: bool) -> About:
    """Give all that must be equal for figures to be: the package's files, versions, the tables that it carries.

    Parameters
    ----------
    base : bool
        Whether the tables that the package carries count: a workspace may lie over them.
    """
    found = {"version": versions(), "file": _hashes(PACKAGE)}
    return {**found, "table": _hashes(default_root() / "data")} if base else found


def _hashes(folder: Path) -> dict[str, str]:
    names = ((path.relative_to(folder), path) for path in files_below(folder))
    # What a wheel embeds counts as the base, which is compared only where a workspace lies over it.
    return {name.as_posix(): sha256_of_file(path) for name, path in names if name.parts[0] != "_embedded"}


def greet(hashes: list[str], *, base: bool, dask_worker: Any) -> tuple[About, list[str]]:
    """Say what this worker is, and which of some files it lacks."""
    return about(base=base), _station(dask_worker).depot.lacking(hashes)


def rest(*, dask_worker: Any) -> None:
    """End the processes that are idle; the files stay."""
    _station(dask_worker).rest()


def run(order: dict[str, Any], blobs: dict[str, bytes] | None) -> dict[str, Any]:
    """Execute a notebook on this worker.

    Parameters
    ----------
    order : dict
        What of the task is plain; the workspace's ``tree``, and the source's ``place`` in it; ``about``, the SHA-256 of
        what this worker must be, with ``base``; ``engine``, None for the one that is safe here.
    blobs : dict, optional
        Files that the worker may lack.

    Returns
    -------
    dict
        Either ``answer``; or ``lacking``, files without which it could not begin; or ``differing``, what this worker
        is, when it must not take part. Not an error: Dask cuts those short.

    Raises
    ------
    HandEnded
        When the process that executed it came to a sudden end.
    """
    from distributed import get_worker

    station = _station(get_worker())
    task = dict(order)
    tree, expected, base, engine = (task.pop(name) for name in ("tree", "about", "base", "engine"))
    if not station.fits(expected, base=base):
        return {"differing": about(base=base)}
    home, lacking = station.home(tree, blobs)
    if lacking:
        return {"lacking": lacking}
    with station.server(home, check_engine(engine)) as server:
        return {"answer": tuple(server.execute({**task, "here": str(home / task["place"])}))}


class Server:
    """A warm process and its hands, for one workspace; or, where a fork is not safe, a process for each hand.

    Parameters
    ----------
    home : Path
        The workspace.
    engine : {"fork", "kernel"}
        How cells run.
    """

    def __init__(self, home: Path, engine: str) -> None:
        self._engine, self._home = engine, home
        self._log = home.with_name(f"{home.name}.log")
        self._idle: list[Connection] = []
        self._processes: list[subprocess.Popen[bytes]] = []
        self.busy = 0
        self._control = self._start() if engine == FORK else None

    def execute(self, order: dict[str, Any]) -> Answer:
        """Have a notebook executed; called by several threads at once."""
        wire = self._hand()
        try:
            wire.send(order)
            answer: Answer = wire.recv()
        except (EOFError, OSError):
            wire.close()
            raise HandEnded(self._last_words()) from None
        self._idle.append(wire)
        return answer

    def alive(self) -> bool:
        """Whether its warm process, where it has one, is there."""
        return self._control is None or self._processes[0].poll() is None

    def close(self) -> None:
        """End all its processes."""
        for wire in self._idle:
            wire.close()
        if self._control is not None:
            self._control.close()
        for process in self._processes:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(5)
            process.kill()
            process.wait()

    def _hand(self) -> Connection:
        with contextlib.suppress(IndexError):
            return self._idle.pop()
        if self._control is None:
            return Connection(self._start().detach())
        ours, theirs = socket.socketpair()
        with theirs:
            # When the warm process is gone, nobody holds the other end, and reading from ours says so.
            with contextlib.suppress(OSError):
                socket.send_fds(self._control, [b"h"], [theirs.fileno()])
            return Connection(ours.detach())

    def _start(self) -> socket.socket:
        """Start a process with the other end of a socket for its standard input."""
        ours, theirs = socket.socketpair()
        profile = self._home.with_name(f"{self._home.name}-ipython")
        environment = {**os.environ, **ENVIRONMENT, "R2P_HOME": str(self._home), "IPYTHONDIR": str(profile)}
        with theirs, self._log.open("ab") as log:
            command = [sys.executable, "-c", _START, self._engine, json.dumps(sys.path)]
            self._processes.append(
                subprocess.Popen(
                    command,
                    stdin=theirs.fileno(),
                    stdout=log,
                    stderr=log,
                    cwd=self._home,
                    env=environment,
                    # An interrupt at a terminal is the worker's to handle.
                    start_new_session=True,
                )
            )
        return ours

    def _last_words(self) -> str:
        said = self._log.read_text(encoding="utf-8", errors="replace").split() if self._log.exists() else []
        return " ".join(said)[-_LAST_WORDS:]


class _Station:
    """What belongs to one Dask worker. A process can hold several."""

    def __init__(self, folder: Path) -> None:
        self.depot = Depot(folder)
        self._lock = threading.RLock()
        self._servers: dict[tuple[Path, str, str], Server] = {}
        self._is = ""

    def fits(self, expected: str, *, base: bool) -> bool:
        with self._lock:
            if self._is != expected:
                self._is = sha256_of_plain(about(base=base))
            return self._is == expected

    def home(self, tree: str, blobs: dict[str, bytes] | None) -> tuple[Path, list[str]]:
        with self._lock:
            home, lacking = self.depot.home(tree)
            if lacking and blobs:
                self.depot.put(blobs)
                home, lacking = self.depot.home(tree)
            return home, lacking

    @contextlib.contextmanager
    def server(self, home: Path, engine: str) -> Iterator[Server]:
        # What this worker is belongs to the key: a process that was warmed by older code is not used.
        key = (home, engine, self._is)
        with self._lock:
            server = self._servers.get(key)
            if server is None or not server.alive():
                self.rest()
                server = self._servers[key] = Server(home, engine)
            server.busy += 1
        try:
            yield server
        finally:
            with self._lock:
                server.busy -= 1

    def rest(self) -> None:
        with self._lock:
            for key, server in list(self._servers.items()):
                if not server.busy:
                    del self._servers[key]
                    server.close()


_STATIONS: weakref.WeakKeyDictionary[Any, _Station] = weakref.WeakKeyDictionary()
_STATIONS_LOCK = threading.Lock()


def _station(worker: Any) -> _Station:
    with _STATIONS_LOCK:
        if worker not in _STATIONS:
            _STATIONS[worker] = _Station(Path(cast("str", worker.local_directory), "r2p"))
        return _STATIONS[worker]


def difference(here: About, there: About) -> str:
    """Say in words where another machine differs; empty when it does not."""
    lines = []
    for kind, mine in here.items():
        theirs = there.get(kind, {})
        names = sorted(name for name in {*mine, *theirs} if mine.get(name) != theirs.get(name))
        if kind == "version":
            lines += [f"{name} {theirs.get(name, 'none')}, here {mine.get(name, 'none')}" for name in names]
        elif names:
            lines.append(f"another {names[0]}" + _more(names[1:]))
    return "; ".join(lines)


def _more(names: Iterable[str]) -> str:
    count = len(list(names))
    return f" and {count} more" if count else ""
