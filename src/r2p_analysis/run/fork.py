"""A papermill engine: cells run in a forked child of this process, which has everything imported and loaded.

Papermill's client, nbclient, makes outputs of the messages, as with any kernel. See docs/adr/0012-engine.md.
"""

from __future__ import annotations

import contextlib
import gc
import json
import multiprocessing
import os
import signal
import tempfile
import time
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path
from typing import IO, Any

from nbclient.exceptions import CellExecutionComplete, CellTimeoutError, DeadKernelError
from nbclient.util import run_sync
from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, papermill_engines
from papermill.log import logger

from r2p_analysis.errors import NotebookError
from r2p_analysis.run import shell
from r2p_analysis.run.ending import end_with_parent

ENGINE = "r2p-fork"
_LOOK_SECONDS = 1.0


class Child:
    """A forked process that runs cells."""

    def __init__(self) -> None:
        _refuse_threads()
        self.files: list[IO[bytes]] = [tempfile.TemporaryFile(buffering=0) for _ in shell.STREAMS]  # noqa: SIM115 - end() closes
        self.wire, theirs = multiprocessing.Pipe()
        context = multiprocessing.get_context("fork")
        _freeze()
        self.process = context.Process(target=_child, args=(self.wire, theirs, self.files))
        self.process.start()
        theirs.close()

    def messages(self, source: str, seconds: float | None) -> Any:
        """Run a cell; yield the messages that it sends, as they come.

        Raises
        ------
        TimeoutError, EOFError
            When the time is up, or the child has ended.
        """
        end = time.monotonic() + seconds if seconds else float("inf")
        try:
            self.wire.send(source)
        except BrokenPipeError:
            raise EOFError from None
        while True:
            # A process that a cell left behind may hold the pipe open when the child is gone.
            while not self.wire.poll(max(0.0, min(_LOOK_SECONDS, end - time.monotonic()))):
                if time.monotonic() >= end:
                    raise TimeoutError
                if not self.process.is_alive() and not self.wire.poll():
                    raise EOFError
            try:
                message = json.loads(self.wire.recv_bytes())
            except OSError:
                raise EOFError from None
            yield message
            if message["msg_type"] == "execute_reply":
                return

    def how_it_ended(self) -> str:
        """Say in words how a child came to its end."""
        self.process.join(_LOOK_SECONDS)
        code = self.process.exitcode or 0
        return f"by signal {signal.Signals(-code).name}" if code < 0 else f"with exit status {code}"

    def end(self) -> None:
        """Let the child end, with all that it started."""
        self.wire.close()
        if self.process.pid is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.kill()
        self.process.join()
        for file in self.files:
            file.close()


@cache
def _freeze() -> None:
    """Keep the collector from writing into what children inherit. Once: what is frozen is never collected again."""
    gc.collect()
    gc.freeze()


def _child(ours: Connection, theirs: Connection, files: list[IO[bytes]]) -> None:
    ours.close()
    end_with_parent()
    shell.serve(theirs, files)


def _refuse_threads() -> None:
    """A lock that another thread holds at the fork stays locked for ever in the child: better to say so."""
    tasks = Path("/proc/self/task")
    names = [(task / "comm").read_text().strip() for task in tasks.iterdir()] if tasks.is_dir() else []
    if len(names) > 1:
        raise NotebookError(f"a process of several threads ({', '.join(sorted(names))}) must not fork: --engine kernel")


class ForkClient(PapermillNotebookClient):  # type: ignore[misc]  # papermill is untyped
    """Papermill's client with a forked child in the place of a kernel."""

    def execute(self, **_kwargs: Any) -> Any:
        """Run all cells."""
        from ipykernel.ipkernel import IPythonKernel

        self.reset_execution_trackers()
        shell.rewrite_ahead(cell.source for cell in self.nb.cells if cell.cell_type == "code")
        self.child = Child()
        try:
            self.papermill_execute_cells()
        finally:
            self.child.end()
        self.nb.metadata["language_info"] = dict(IPythonKernel.language_info)
        return self.nb

    def execute_cell(self, cell: Any, cell_index: int, **_kwargs: Any) -> Any:
        """Run one cell and put what it shows into its outputs."""
        if cell.cell_type != "code" or not cell.source.strip():
            return cell
        if self.skip_cells_with_tag in cell.metadata.get("tags", []):
            return cell
        cell.metadata["execution"] = {}
        cell.outputs = []
        self.clear_before_next_output = False
        seconds = self._get_timeout(cell)
        try:
            reply = self._reply(cell, cell_index, seconds)
        except TimeoutError:
            self._keep_last_words(cell, cell_index)
            raise CellTimeoutError.error_from_timeout_and_cell(
                "Cell execution timed out", int(seconds or 0), cell
            ) from None
        except EOFError:
            self._keep_last_words(cell, cell_index)
            raise DeadKernelError(f"cell {cell_index}: its process was ended {self.child.how_it_ended()}") from None
        self.code_cells_executed += 1
        run_sync(self._check_raise_for_error)(cell, cell_index, reply)
        return cell

    def _reply(self, cell: Any, cell_index: int, seconds: float | None) -> Any:
        for message in self.child.messages(cell.source, seconds):
            if message["msg_type"] == "execute_reply":
                return message
            if "data" in message["content"]:
                # Taken as it is by nbformat, which else goes through every value of a chart to make nodes of them.
                message["content"]["data"] = NotebookNode(message["content"]["data"])
            with contextlib.suppress(CellExecutionComplete):
                self.process_message(message, cell, cell_index)
        raise EOFError

    def _keep_last_words(self, cell: Any, cell_index: int) -> None:
        """Put what the child wrote, and had no more time to tell, into the outputs of its last cell."""
        told = dict.fromkeys(shell.STREAMS.values(), "")
        for earlier in self.nb.cells[: cell_index + 1]:
            for output in earlier.get("outputs", []):
                if output.output_type == "stream":
                    told[output.name] += output.text
        for file, name in zip(self.child.files, told, strict=True):
            written = shell.WrittenFile(file, name).new_text()
            if len(written) > len(told[name]):
                content = {"name": name, "text": written[len(told[name]) :]}
                header = {"msg_type": "stream"}
                self.process_message(
                    {"header": header, **header, "content": content, "parent_header": {}}, cell, cell_index
                )


class ForkEngine(Engine):  # type: ignore[misc]  # papermill is untyped
    """``papermill --engine r2p-fork``."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, execution_timeout: float | None = None, **kwargs: Any
    ) -> None:
        """Execute a notebook as papermill hands it over."""
        ForkClient(
            nb_man,
            kernel_name=kernel_name,
            timeout=execution_timeout,
            log=logger,
            log_output=kwargs.get("log_output", False),
            stdout_file=kwargs.get("stdout_file"),
            stderr_file=kwargs.get("stderr_file"),
        ).execute()


papermill_engines.register(ENGINE, ForkEngine)
