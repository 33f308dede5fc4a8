"""A folder to work in, and a package that looks installed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from workspacekit import Installed

ROOT = Path(__file__).parents[3]


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Installed:
    made = Installed(tmp_path)
    (made.embedded / "notebooks").mkdir(parents=True)
    shutil.copy(ROOT / "report.toml", made.embedded)
    (made.embedded / "notebooks" / "arms.ipynb").write_text("{}")
    (made.data / "claims").mkdir(parents=True)
    (made.data / "claims" / "2016.toml").write_text('symbol = "A/70/999"\n')
    made.put("refugees", [10, 11])
    made.put("returned", [5, 6])
    monkeypatch.setattr("r2p_analysis.workspace.finding._PACKAGE", made.embedded.parent)
    monkeypatch.delenv("R2P_HOME", raising=False)
    return made


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in."""
    made = tmp_path / "desk"
    made.mkdir()
    monkeypatch.chdir(made)
    return made
