"""What is watched: every file that counts, in one order, and nothing that does not."""

from __future__ import annotations

import os
from pathlib import Path

from r2p_analysis.workspace.fingerprints import files_below, states_below


def test_hidden_compiled_and_lost_files_are_not_watched(tmp_path: Path) -> None:
    for name in (
        "a/b.py", "a-b.py", "a/z/c.py", "a/.hidden/d.py", ".git/e", "a/__pycache__/b.pyc", "a/.secret", "b.py",
    ):  # fmt: skip
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "lost").symlink_to(tmp_path / "nowhere")
    (tmp_path / "linked").symlink_to(tmp_path / "b.py")

    found = [path.relative_to(tmp_path).as_posix() for path in files_below(tmp_path)]
    assert found == ["a/b.py", "a/z/c.py", "a-b.py", "b.py", "linked"]


def test_a_folder_that_is_not_there_has_no_files(tmp_path: Path) -> None:
    assert files_below(tmp_path / "none") == []


def test_whatever_is_touched_made_or_removed_shows_in_the_states(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other" / "deep"
    for folder in (one, other):
        folder.mkdir(parents=True)
        (folder / "a.csv").write_text("1")
    (one / "lost").symlink_to(tmp_path / "nowhere")
    folders = [one, tmp_path / "other", tmp_path / "none"]

    before = states_below(folders)
    assert set(before) == {str(one / "a.csv"), str(other / "a.csv")}
    os.utime(other / "a.csv", ns=(1, 1))
    touched = states_below(folders)
    assert touched != before
    (other / "b.csv").touch()
    assert states_below(folders) != touched
    (other / "b.csv").unlink()
    (one / ".hidden").touch()
    assert states_below(folders) == touched
    (one / "a.csv").unlink()
    assert set(states_below(folders)) == {str(other / "a.csv")}
