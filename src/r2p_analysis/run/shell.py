"""What runs inside the forked child: ipykernel's own shell, whose messages go into a pipe instead of sockets."""

from __future__ import annotations

import builtins
import codecs
import gc
import getpass
import io
import os
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from multiprocessing.connection import Connection
from typing import IO, Any, NoReturn

from ipykernel.compiler import XCachingCompiler, get_tmp_directory
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.error import StdinNotImplementedError
from IPython.core.inputtransformer2 import TransformerManager
from jupyter_client.session import Session
from traitlets import Instance
from traitlets.config import Config

STREAMS = {1: "stdout", 2: "stderr"}
_YOUNG = 50_000
"""Objects made before the collector looks at them: a child is gone before it would pay to look oftener."""


class WrittenFile:
    """What a child writes to one file descriptor: a file, for a pipe that nobody empties would stop its writer."""

    def __init__(self, file: IO[bytes], name: str) -> None:
        self.file = file
        self.name = name
        self._read = 0
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def new_text(self) -> str:
        """Give what was written since this was last asked."""
        size = os.fstat(self.file.fileno()).st_size
        if size == self._read:
            return ""
        content = os.pread(self.file.fileno(), size - self._read, self._read)
        self._read += len(content)
        return self._decoder.decode(content)


class PipeSession(Session):
    """A session of the Jupyter protocol that sends everything into one pipe, in the order in which it happens."""

    def connect(self, wire: Connection, written: list[WrittenFile]) -> None:
        """Say where messages go, and which files to empty before each."""
        self.wire, self.written = wire, written

    def send(self, stream: Any, msg_or_type: Any, content: Any = None, *_args: Any, **_kwargs: Any) -> Any:  # noqa: ARG002  # as jupyter has it
        """Send a message after all that was written before it, even by C code or another process."""
        for written in self.written:
            text = written.new_text()
            if text:
                self._put(self.msg("stream", {"name": written.name, "text": text}))
        message = self.msg(msg_or_type, content) if isinstance(msg_or_type, str) else msg_or_type
        self._put(message)
        return message

    def _put(self, message: dict[str, Any]) -> None:
        self.wire.send_bytes(self.pack({**message, "parent_header": {}}))


class Compiler(XCachingCompiler):
    """The ordinary kernel's compiler, which names the file of a cell by a sum that is not computed in Python."""

    def get_code_name(self, raw_code: str, code: str, number: int) -> str:  # noqa: ARG002  # as ipykernel has it
        """Name the file that a warning or a traceback gives for a cell."""
        return f"{get_tmp_directory()}{os.sep}{zlib.crc32(raw_code.encode())}.py"  # type: ignore[no-untyped-call]  # ipykernel's


class Rewriter(TransformerManager):
    """IPython's own rewriting of magics into Python, which knows cells that it, or the parent, has rewritten before."""

    def transform_cell(self, cell: str) -> str:
        """Rewrite a cell."""
        # A notebook may bring rewritings of its own, which need not give the same twice.
        return _rewritten(cell) if vars(self) == vars(_PLAIN) else super().transform_cell(cell)


_PLAIN = TransformerManager()  # type: ignore[no-untyped-call]  # IPython leaves it so


@lru_cache(maxsize=256)
def _rewritten(cell: str) -> str:
    return _PLAIN.transform_cell(cell)


def rewrite_ahead(cells: Iterable[str]) -> None:
    """Rewrite cells before the fork: the children of a process run the same notebook many times."""
    for cell in cells:
        # What is wrong with a cell is told when it runs.
        with suppress(SyntaxError):
            _rewritten(cell)


class PipeShell(ZMQInteractiveShell):
    """The ordinary kernel's shell without a kernel around it."""

    input_transformer_manager = Instance(Rewriter, ())

    def enable_gui(self, gui: Any = None) -> None:
        """Do nothing: there is no event loop of a window, and ``%matplotlib inline`` needs none."""


def serve(wire: Connection, files: list[IO[bytes]]) -> None:
    """Run the cells that come through the pipe until it is closed. The main function of the child.

    Parameters
    ----------
    wire : Connection
        Sources of cells come in as text, messages of the Jupyter protocol go out as JSON.
    files : list of file
        What takes the place of file descriptors 1 and 2.
    """
    # A session of its own, so that the time limit ends also what cells started.
    os.setsid()
    for descriptor, file in zip(STREAMS, files, strict=True):
        os.dup2(file.fileno(), descriptor)
    sys.stdout, sys.stderr = _text(1), _text(2)
    gc.set_threshold(_YOUNG)
    session = PipeSession()
    session.connect(wire, [WrittenFile(file, name) for file, name in zip(files, STREAMS.values(), strict=True)])
    shell = _shell(session)
    for source in _sources(wire):
        _run(shell, session, source)


def _sources(wire: Connection) -> Iterator[str]:
    while True:
        try:
            yield wire.recv()
        except EOFError:
            return


def _run(shell: PipeShell, session: PipeSession, source: str) -> None:
    session.send(None, "execute_input", {"code": source, "execution_count": shell.execution_count})
    outcome = shell.run_cell(source, store_history=True)  # type: ignore[no-untyped-call]  # ipykernel leaves it so
    error = outcome.error_before_exec or outcome.error_in_exec
    reply: dict[str, Any] = {"status": "ok"}
    if error is not None:
        lines = shell._last_traceback or []  # noqa: SLF001 - where ipykernel itself looks for it
        reply = {"status": "error", "ename": type(error).__name__, "evalue": str(error), "traceback": lines}
    session.send(None, "execute_reply", reply)


def _shell(session: PipeSession) -> PipeShell:
    # Every child inherits one state of numpy's old generator; Python's own is seeded anew at a fork.
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()
    builtins.input, getpass.getpass = _refusing("raw_input"), _refusing("getpass")
    # History in a database would bring a thread, and a file that all children write.
    config = Config({"HistoryManager": {"enabled": False}})
    shell: PipeShell = PipeShell.instance(config=config, compiler_class=Compiler)
    publishers: Any = (shell.displayhook, shell.display_pub)
    for publisher in publishers:
        publisher.session = session
    return shell


def _text(descriptor: int) -> io.TextIOWrapper:
    # Without a buffer: what Python prints and what C code writes then stand in the order in which they happened.
    raw: Any = io.FileIO(descriptor, "w", closefd=False)
    return io.TextIOWrapper(raw, encoding="utf-8", errors="backslashreplace", write_through=True)


def _refusing(name: str) -> Callable[..., NoReturn]:
    def refuse(*_args: object, **_kwargs: object) -> NoReturn:
        raise StdinNotImplementedError(f"{name} was called, but this frontend does not support input requests.")

    return refuse
