"""A workspace is made whole or not at all, overwrites nothing, and never lies among installed packages."""

from __future__ import annotations

import os
import shutil
import sys
import sysconfig
from pathlib import Path

import pytest
from workspacekit import Installed

from r2p_analysis.cli import main
from r2p_analysis.errors import UsageError
from r2p_analysis.workspace import find_workspace, make_workspace, workspace_to_write

PARTS = {"report.toml", "notebooks", "data"}


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def r2p(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *arguments: str) -> tuple[int, str, str]:
    monkeypatch.setattr(sys, "argv", ["r2p", *arguments])
    with pytest.raises(SystemExit) as left:
        main()
    out, err = capsys.readouterr()
    return int(left.value.code or 0), out, err


# --- what is refused


@pytest.mark.parametrize("part", sorted(PARTS))
def test_nothing_is_overwritten(installed: Installed, desk: Path, part: str) -> None:
    (desk / part).write_text("mine")
    with pytest.raises(UsageError, match=f"holds {part} already: nothing is overwritten"):
        make_workspace(desk)
    assert names(desk) == {part}
    assert (desk / part).read_text() == "mine"


def test_a_link_that_leads_nowhere_is_not_overwritten(installed: Installed, desk: Path) -> None:
    (desk / "data").symlink_to(desk / "gone")
    with pytest.raises(UsageError, match="holds data already"):
        make_workspace(desk)


def test_a_file_is_no_folder(installed: Installed, desk: Path) -> None:
    (desk / "report").write_text("mine")
    with pytest.raises(UsageError, match="report is a file: give a folder"):
        make_workspace(desk / "report")
    with pytest.raises(UsageError, match="report is a file: give a folder"):
        make_workspace(desk / "report" / "below")


@pytest.mark.parametrize("existing", [True, False])
def test_a_folder_that_cannot_be_written_is_one_line_and_nothing_is_left(
    installed: Installed, desk: Path, monkeypatch: pytest.MonkeyPatch, existing: bool
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(UsageError, match=r"no workspace can be made there \(No space left on device\)") as refused:
        make_workspace(desk if existing else desk / "new")
    assert "\n" not in str(refused.value)
    assert names(desk) == set()


def test_a_failure_while_parts_are_put_in_place_takes_them_back(
    installed: Installed, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.rename

    def rename(self: Path, target: Path) -> Path:
        if target == desk / "report.toml":
            raise PermissionError(13, "Permission denied")
        return real(self, target)

    (desk / "thesis.txt").write_text("mine")
    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(UsageError, match="Permission denied"):
        make_workspace(desk)
    assert names(desk) == {"thesis.txt"}


@pytest.mark.parametrize("place", ["", "new", "r2p_analysis/_embedded/new"])
def test_no_workspace_is_made_among_packages(installed: Installed, place: str) -> None:
    before = installed.checksums()
    with pytest.raises(UsageError, match="lies among installed packages"):
        make_workspace(installed.packages / place)
    with pytest.raises(UsageError, match="lies among installed packages"):
        make_workspace(Path(sysconfig.get_path("purelib")) / "new")
    assert installed.checksums() == before


def test_the_first_build_makes_none_among_packages(installed: Installed, monkeypatch: pytest.MonkeyPatch) -> None:
    before = installed.checksums()
    for place in (installed.packages, installed.embedded, installed.data):
        monkeypatch.chdir(place)
        with pytest.raises(UsageError, match="lies among installed packages"):
            workspace_to_write()
    assert installed.checksums() == before


def test_checking_writes_nothing_among_packages(
    installed: Installed, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = installed.checksums()
    monkeypatch.chdir(installed.embedded)
    status, _, err = r2p(capsys, monkeypatch, "fetch", "unrwa", "--check")
    assert (status, "lies among installed packages" in err) == (2, True)
    assert installed.checksums() == before


# --- what is made


@pytest.mark.parametrize("place", ["", "new", "deep/new"])
def test_a_new_workspace_is_whole_and_can_be_written(installed: Installed, desk: Path, place: str) -> None:
    for path in installed.embedded.rglob("*.ipynb"):
        path.chmod(0o444)
    made = make_workspace(desk / place)
    assert made.root == desk / place
    assert names(made.root) == PARTS
    assert names(made.root / "data") == {"README.md"}
    assert names(made.root / "notebooks") == {"arms.ipynb"}
    assert (made.root / "notebooks" / "arms.ipynb").stat().st_mode & 0o200
    assert made.settings()["report"]["edition"] == 2016
    assert find_workspace(made.root / "notebooks") == made
    assert [path.name for path in desk.rglob(".*")] == []


def test_what_jupyter_left_beside_the_notebooks_is_not_copied(installed: Installed, desk: Path) -> None:
    (installed.embedded / "notebooks" / ".ipynb_checkpoints").mkdir()
    (installed.embedded / "notebooks" / ".arms.ipynb").write_text("{}")
    assert names(make_workspace(desk).notebooks) == {"arms.ipynb"}


def test_other_files_in_the_folder_stay(installed: Installed, desk: Path) -> None:
    (desk / "thesis.txt").write_text("mine")
    make_workspace(desk)
    assert names(desk) == {*PARTS, "thesis.txt"}
    assert (desk / "thesis.txt").read_text() == "mine"


def test_init_says_what_to_do_next(
    installed: Installed, desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    status, out, _ = r2p(capsys, monkeypatch, "init", "brief")
    assert status == 0
    assert out.splitlines()[:2] == [f"made a workspace in {desk / 'brief'}", f"next:  cd {desk / 'brief'}"]
    assert all(f"  {command} " in out for command in ("r2p build", "r2p fetch", "jupyter lab notebooks/"))
    status, _, err = r2p(capsys, monkeypatch, "init", "brief")
    assert (status, len(err.splitlines())) == (2, 1)


# --- where the first build makes it


@pytest.mark.parametrize("there", [[], [".venv", ".git"], ["outputs"]])
def test_an_empty_folder_becomes_the_workspace(installed: Installed, desk: Path, there: list[str]) -> None:
    for name in there:
        (desk / name).mkdir()
    made, new = workspace_to_write()
    assert (made.root, new) == (desk, True)
    assert workspace_to_write() == (made, False)


def test_among_other_files_a_folder_below_is_made_and_found_again(installed: Installed, desk: Path) -> None:
    (desk / "thesis.txt").write_text("mine")
    made, new = workspace_to_write()
    assert (made.root, new) == (desk / "r2p-analysis", True)
    assert names(desk) == {"thesis.txt", "r2p-analysis"}
    assert find_workspace() == made
    assert workspace_to_write() == (made, False)


def test_the_home_folder_does_not_become_a_workspace(
    installed: Installed, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(desk))
    assert workspace_to_write()[0].root == desk / "r2p-analysis"


def test_a_folder_of_that_name_which_is_something_else_is_left_alone(installed: Installed, desk: Path) -> None:
    (desk / "r2p-analysis").mkdir()
    (desk / "r2p-analysis" / "thesis.txt").write_text("mine")
    with pytest.raises(UsageError, match=r"r2p-analysis is no workspace .*: make one with 'r2p init DIR'"):
        workspace_to_write()
    assert names(desk / "r2p-analysis") == {"thesis.txt"}


def test_looking_makes_no_workspace(
    installed: Installed, desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = installed.checksums()
    for command in ("status", "countries"):
        assert r2p(capsys, monkeypatch, command)[0] == 0
    assert r2p(capsys, monkeypatch, "claims", "--edition", "2011")[0] == 2
    assert r2p(capsys, monkeypatch, "serve")[0] == 2
    assert os.listdir(desk) == []  # noqa: PTH208
    assert installed.checksums() == before


def test_a_wrong_request_leaves_no_workspace_behind(
    installed: Installed, desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert r2p(capsys, monkeypatch, "fetch", "nobody")[0] == 2
    assert r2p(capsys, monkeypatch, "fetch", "unrwa", "--from", str(desk), "--retrieved", "soon")[0] == 2
    assert r2p(capsys, monkeypatch, "build", "--edition", "1950")[0] != 0
    assert names(desk) == set()
