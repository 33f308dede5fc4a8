"""The ``r2p`` command in the test's own process: to start Python and import pandas takes longer than most commands."""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from r2p_analysis.cli import main


class Done(NamedTuple):
    """What a command left."""

    returncode: int
    stdout: str
    stderr: str


def r2p(*arguments: str, cwd: Path, environment: Mapping[str, str] | None = None) -> Done:
    """Run the command in a folder and give what it left; an error that it should have caught goes on to the test."""
    out, err, status = io.StringIO(), io.StringIO(), 0
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        patch.chdir(cwd)
        patch.setattr(sys, "argv", ["r2p", *arguments])
        for name, value in (environment or {}).items():
            patch.setenv(name, value)
        try:
            main()
        except SystemExit as ended:
            status = int(ended.code or 0)
    return Done(status, out.getvalue(), err.getvalue())
