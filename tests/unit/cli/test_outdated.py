"""A reader who finds a PDF beside a newer site is not told otherwise by the build that left it there."""

from __future__ import annotations

from pathlib import Path

import pytest

from r2p_analysis.cli.assembling import Formats, _outdated


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Give a report's folder with all that can lie beside its site."""
    (tmp_path / "briefs").mkdir()
    (tmp_path / "single").mkdir()
    (tmp_path / "report.pdf").touch()
    (tmp_path / "r2p-2016.zip").touch()
    return tmp_path


def test_what_stays_from_an_earlier_build_is_named_with_what_makes_it_anew(out: Path) -> None:
    assert _outdated(out, "r2p-2016.zip", Formats()) == [
        f"report.pdf and briefs in {out} stay as an earlier build made them; --pdf makes them anew",
        f"single and r2p-2016.zip in {out} stay as an earlier build made them; --single-file makes them anew",
    ]


def test_what_was_just_made_is_not_called_old(out: Path) -> None:
    assert _outdated(out, "r2p-2016.zip", Formats(Path("chromium"), single_file=True)) == []


def test_nothing_is_said_of_what_is_not_there(tmp_path: Path) -> None:
    assert _outdated(tmp_path, "r2p-2016.zip", Formats()) == []
