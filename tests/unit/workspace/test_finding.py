"""The right folder is found, and one that cannot be used says why in one line."""

from __future__ import annotations

from pathlib import Path

import pytest
from workspacekit import Installed

from r2p_analysis import __version__
from r2p_analysis.errors import UsageError
from r2p_analysis.workspace import Layers, find_workspace, make_workspace

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    ("made_by", "said"),
    [
        ('"99.0"', "made by r2p-analysis 99.0 and this is"),
        ("99", "expects made_by"),
        ('"soon"', "expects made_by"),
        ("[]", "expects made_by"),
    ],
)
def test_a_workspace_that_this_version_cannot_know_is_refused(
    installed: Installed, desk: Path, made_by: str, said: str
) -> None:
    make_workspace(desk)
    settings = desk / "report.toml"
    settings.write_text(settings.read_text().replace(f'"{__version__}"', made_by))
    with pytest.raises(UsageError, match=said) as refused:
        find_workspace()
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("version", ["0.0.1", __version__, f"{__version__}.dev3"])
def test_a_workspace_of_this_or_an_older_version_is_used(installed: Installed, desk: Path, version: str) -> None:
    make_workspace(desk)
    settings = desk / "report.toml"
    settings.write_text(settings.read_text().replace(f'"{__version__}"', f'"{version}"'))
    assert find_workspace().root == desk


@pytest.mark.parametrize("content", [b"[report\n[workspace]\n", b"\xff\xfe\n[workspace]\n"])
@pytest.mark.parametrize("below", [False, True])
def test_a_broken_report_toml_is_one_line(installed: Installed, desk: Path, content: bytes, below: bool) -> None:
    root = desk / "r2p-analysis" if below else desk
    make_workspace(root)
    (root / "report.toml").write_bytes(content)
    with pytest.raises(UsageError, match=r"report\.toml is not valid TOML.*mend that line") as refused:
        find_workspace()
    assert "\n" not in str(refused.value)


def test_a_checkout_is_whole_and_takes_nothing_from_the_package(installed: Installed, desk: Path) -> None:
    (desk / "data").mkdir()
    (desk / "report.toml").write_text((ROOT / "report.toml").read_text())
    assert find_workspace().data == Layers(desk / "data", None)


def test_a_report_toml_of_another_program_is_no_workspace(installed: Installed, desk: Path) -> None:
    (desk / "report.toml").write_text("[pytest]\n")
    assert find_workspace().packed


def test_a_workspace_without_its_data_folder_is_still_one(installed: Installed, desk: Path) -> None:
    make_workspace(desk)
    (desk / "data" / "README.md").unlink()
    (desk / "data").rmdir()
    assert find_workspace().data == Layers(desk / "data", installed.data)


@pytest.mark.parametrize("named", [False, True])
def test_the_packed_default_is_never_taken_for_a_workspace(
    installed: Installed, desk: Path, monkeypatch: pytest.MonkeyPatch, named: bool
) -> None:
    if named:
        monkeypatch.setenv("R2P_HOME", str(installed.embedded))
    found = find_workspace(None if named else desk)
    assert found.packed
    assert found.data == Layers(None, installed.data)
    assert found.outputs == desk / "outputs"
    with pytest.raises(UsageError, match="no workspace here"):
        found.data.to_write()


def test_r2p_home_goes_before_the_working_directory(
    installed: Installed, desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_workspace(desk)
    other = make_workspace(tmp_path / "other")
    monkeypatch.setenv("R2P_HOME", str(other.root))
    assert find_workspace() == other
    monkeypatch.setenv("R2P_HOME", str(tmp_path))
    with pytest.raises(UsageError, match=r"R2P_HOME is .* which holds no report\.toml"):
        find_workspace()


def test_a_package_without_a_default_says_so(installed: Installed, desk: Path) -> None:
    (installed.embedded / "report.toml").unlink()
    with pytest.raises(UsageError, match="carries no default edition: install r2p-analysis again"):
        find_workspace()
