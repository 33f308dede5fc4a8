"""What is watched: every file that counts, in one order, and nothing that does not."""

from __future__ import annotations

from pathlib import Path

from r2p_analysis.workspace.fingerprints import files_below


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
