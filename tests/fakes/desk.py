"""A desk to fetch from: a workspace of its own, in which the command is run without waiting for anything."""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from fakes.base import QUICK, Patience
from r2p_analysis.cli import fetch_progress, main
from r2p_analysis.sources.http import Http
from r2p_analysis.sources.politeness import FetchSettings, Limits, Timing
from r2p_analysis.workspace import Workspace

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Outcome:
    """What a command left: its exit status, what it printed and what it complained of."""

    status: int
    out: str
    err: str

    @property
    def complaints(self) -> list[str]:
        return [line for line in self.err.splitlines() if line.startswith("r2p: ")]


class Desk:
    """A workspace and the command that fetches into it."""

    def __init__(self, home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.home, self.data = home, home / "data"
        self._capsys, self._monkeypatch = capsys, monkeypatch
        self.data.mkdir(parents=True, exist_ok=True)
        if not (home / "report.toml").is_file():
            shutil.copy(ROOT / "report.toml", home)

    def fetch(self, *arguments: str, limits: Limits = QUICK, timing: Timing | None = None) -> tuple[int, str, str]:
        """Run the command; give its exit status, what it printed and what it complained of."""
        outcome = self.fetched(*arguments, limits=limits, timing=timing)
        return outcome.status, outcome.out, outcome.err

    def fetched(self, *arguments: str, limits: Limits = QUICK, timing: Timing | None = None) -> Outcome:
        """Run the command."""

        def quick(workspace: Workspace, via: dict[str, str]) -> Http:
            made = FetchSettings.of(workspace.settings(), workspace.outputs)
            settings = replace(made, limits=limits, via={**made.via, **via})
            return Http(settings, timing or Patience().timing())

        self._monkeypatch.setattr(fetch_progress, "open_session", quick)
        self._monkeypatch.setenv("R2P_HOME", str(self.home))
        self._monkeypatch.setattr(sys, "argv", ["r2p", "fetch", *arguments])
        self._capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            main()
        out, err = self._capsys.readouterr()
        return Outcome(int(left.value.code or 0), out, err)

    def tables(self) -> dict[str, str]:
        """Checksums of the stored tables."""
        return {path.stem: hashlib.sha256(path.read_bytes()).hexdigest() for path in self.data.glob("*.parquet")}

    def records(self) -> dict[str, Any]:
        """What the data package says of each table."""
        path = self.data / "datapackage.json"
        entries = json.loads(path.read_text(encoding="utf-8"))["resources"] if path.is_file() else []
        return {entry["name"]: entry for entry in entries}
