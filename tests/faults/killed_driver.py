"""Run ``r2p fetch`` without waiting between requests, in a process that is to be killed.

Arguments: the file that appears when the first request may go out; the number of the step of putting tables into the
store at which the process kills itself, 0 for none; arguments of the command.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from dataclasses import replace
from itertools import count
from pathlib import Path

from r2p_analysis.cli import fetch_progress, main
from r2p_analysis.sources.http import Http
from r2p_analysis.sources.politeness import FetchSettings, Limits, Timing
from r2p_analysis.store import commit
from r2p_analysis.workspace import Workspace

BEGUN, STEP, *ARGUMENTS = sys.argv[1:]
_steps, _one_at_a_time = count(1), threading.Lock()
_replace, _fsync = Path.replace, os.fsync


def _step() -> None:
    """Another step of putting tables into the store is about to be taken; perhaps not."""
    with _one_at_a_time:
        if next(_steps) == int(STEP):
            os.kill(os.getpid(), signal.SIGKILL)


def _replacing(path: Path, target: Path) -> Path:
    # New files of the store, its journal.
    if path.name.endswith(".new") or ".commit-" in path.name:
        _step()
    return _replace(path, target)


def _syncing(handle: int) -> None:
    _step()
    _fsync(handle)


def _session(workspace: Workspace, via: dict[str, str]) -> Http:
    made = FetchSettings.of(workspace.settings(), workspace.outputs)
    Path(BEGUN).touch()
    timing = Timing(sleep=lambda seconds: time.sleep(min(seconds, 0.002)))
    return Http(replace(made, limits=Limits(connect=5, read=30, total=60, tries=2), via={**made.via, **via}), timing)


Path.replace = _replacing  # type: ignore[method-assign, assignment]
commit.os.fsync = _syncing  # type: ignore[assignment]
fetch_progress.open_session = _session
sys.argv = ["r2p", "fetch", *ARGUMENTS]
main()
