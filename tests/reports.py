"""A real report by the command itself, made once for all tests of a session, however many workers share them."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ASKED = ("--topic", "displacement", "--topic", "violence", "--country", "SYR", "--country", "TUV")
COMPARED = ("--compare", "SYR", "YEM")
VARIANTS = {
    "first": ({"TZ": "UTC", "SOURCE_DATE_EPOCH": "1795607999", "PYTHONHASHSEED": "1"}, "2"),
    "other": ({"TZ": "America/New_York", "SOURCE_DATE_EPOCH": "1795607999", "PYTHONHASHSEED": "2", "LC_ALL": "C"}, "1"),
}
"""The same report under conditions that must not matter: environment and workers."""


def find_browser() -> str | None:
    """Give the path of a Chromium: R2P_CHROMIUM, or the first on PATH."""
    return os.environ.get("R2P_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)


class Reports:
    """The variants of the report, each made when a test first asks for it. Tests read them and leave them alone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __getitem__(self, name: str) -> Path:
        out, told = self.folder / f"report-{name}", self.folder / f"report-{name}.json"
        with told.with_suffix(".lock").open("w") as lock:
            # Whoever comes second waits for the first one's report, or gets the first one's failure.
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not told.exists():
                done = _build(out, *VARIANTS[name])
                told.write_text(json.dumps([done.returncode, done.stderr]))
        status, words = json.loads(told.read_text())
        assert status == 0, words
        return out


def _build(out: Path, environment: dict[str, str], workers: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from r2p_analysis.cli import main; main()", "build", "--workers", workers]
    command += ["--output", str(out), *ASKED, *COMPARED, "--single-file", *(["--pdf"] if find_browser() else [])]
    # Without a workspace of its own the second report would take the drawings of the first.
    home = out.with_name(f"{out.name}-home")
    home.mkdir()
    for name in ("data", "notebooks", "report.toml"):
        (home / name).symlink_to(ROOT / name)
    return subprocess.run(
        command, cwd=home, capture_output=True, text=True, timeout=600, check=False, env={**os.environ, **environment}
    )


def shared_folder(factory: pytest.TempPathFactory) -> Path:
    """Give the temporary folder that all workers of this session have in common."""
    own = factory.getbasetemp()
    return own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own
