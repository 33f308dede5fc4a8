"""The wheel in an environment of its own, without a checkout: it makes workspaces and is never written to."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from r2p_analysis.store import open_tables

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.slow


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    # PYTHON*: what tests import by a path, or bytecode that is not written, would hide what a user meets.
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "R2P_", "PYTEST"))}
    return subprocess.run(
        list(map(str, command)), cwd=cwd, env=kept, capture_output=True, text=True, timeout=300, check=False
    )


class Environment:
    """A virtual environment that holds the wheel, and sees the packages that it needs where they are already."""

    def __init__(self, place: Path) -> None:
        code = f"import hatchling.build as b; print(b.build_wheel({str(place)!r}))"
        built = run(sys.executable, "-c", code, cwd=ROOT)
        assert built.returncode == 0, built.stderr
        assert run(sys.executable, "-m", "venv", "--without-pip", place / "env", cwd=place).returncode == 0
        self.python = place / "env" / "bin" / "python"
        pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", self.python)
        wheel = place / built.stdout.split()[-1]
        put = run(*pip, "install", "--no-deps", "--no-index", wheel, cwd=place)
        assert put.returncode == 0, put.stderr
        code = "import sysconfig; print(sysconfig.get_path('purelib'))"
        self.packages = Path(run(self.python, "-c", code, cwd=place).stdout.strip())
        # A folder named by a .pth is searched after this one, and its own .pth files, that of an editable install
        # among them, are not read.
        (self.packages / "needed.pth").write_text(sysconfig.get_path("purelib") + "\n")
        for path in self.packages.rglob("*"):
            path.chmod(0o555 if path.is_dir() else 0o444)
        self.before = self.contents()

    def r2p(self, *arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
        return run(self.python.with_name("r2p"), *arguments, cwd=cwd)

    def contents(self) -> dict[str, str]:
        """Checksums of all files among the packages, and the names of all folders."""
        return {
            str(path): "" if path.is_dir() else hashlib.sha256(path.read_bytes()).hexdigest()
            for path in self.packages.rglob("*")
        }


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    return Environment(tmp_path_factory.mktemp("wheel"))


def test_the_wheel_is_what_runs_and_carries_all_that_the_tree_has(environment: Environment, tmp_path: Path) -> None:
    code = "import r2p_analysis; print(r2p_analysis.__file__)"
    found = Path(run(environment.python, "-c", code, cwd=tmp_path).stdout.strip())
    assert found == environment.packages / "r2p_analysis" / "__init__.py"
    embedded = found.parent / "_embedded"
    for name in ("data", "notebooks"):
        tree = {path.relative_to(ROOT): path.read_bytes() for path in (ROOT / name).rglob("[!.]*") if path.is_file()}
        tree = {path: content for path, content in tree.items() if not any(part[0] == "." for part in path.parts)}
        carried = {
            path.relative_to(embedded): path.read_bytes() for path in (embedded / name).rglob("*") if path.is_file()
        }
        assert tree == carried
    assert environment.r2p("--version", cwd=tmp_path).stdout.startswith("r2p-analysis ")


def test_from_an_empty_folder_to_a_report_with_newer_data(environment: Environment, tmp_path: Path) -> None:
    desk = tmp_path / "desk"
    desk.mkdir()

    # Looking writes nothing.
    status = environment.r2p("status", "--json", cwd=desk)
    carried = {record["table"]: record for record in json.loads(status.stdout)}
    assert set(carried) == set(open_tables(ROOT / "data"))
    assert environment.r2p("claims", cwd=desk).returncode == 0
    assert environment.r2p("build", "--topic", "arsm", cwd=desk).returncode == 2
    assert list(desk.iterdir()) == []

    # The first build makes a workspace.
    built = environment.r2p("build", "--topic", "arms", "--country", "TUV", cwd=desk)
    assert built.returncode == 0, built.stderr
    assert built.stderr.splitlines()[0] == f"r2p: made a workspace in {desk}"
    assert built.stdout.strip() == "outputs/2016/site/index.html"
    assert (desk / built.stdout.strip()).is_file()
    assert sorted(path.name for path in desk.iterdir()) == ["data", "notebooks", "outputs", "report.toml"]
    assert [path.name for path in (desk / "data").iterdir()] == ["README.md"]

    # A fetched table lands there and wins; all others are still those of the package.
    raw = tmp_path / "raw"
    raw.mkdir()
    items = [{"year": 2015, "coo_iso": "PSE", "coa_iso": "JOR", "total": 2_144_233}]
    (raw / "unrwa.json").write_text(json.dumps({"items": items}))
    refused = environment.r2p("fetch", "unrwa", "--from", raw, cwd=desk)
    assert refused.returncode == 3
    assert "covers less than the stored table: 1 rows" in refused.stderr
    fetched = environment.r2p("fetch", "unrwa", "--from", raw, "--accept-revision", cwd=desk)
    assert fetched.returncode == 0, fetched.stderr
    assert sorted(path.name for path in (desk / "data").iterdir()) == [
        "README.md", "datapackage.json", "unrwa_palestine_refugees.parquet",
    ]  # fmt: skip
    now = {record["table"]: record for record in json.loads(environment.r2p("status", "--json", cwd=desk).stdout)}
    mine = now.pop("unrwa_palestine_refugees")
    assert (mine["rows"], mine["place"]) == (1, "workspace")
    assert {record["place"] for record in now.values()} == {"embedded"}
    del carried["unrwa_palestine_refugees"]
    assert now == carried

    assert environment.contents() == environment.before


def test_init_makes_a_workspace_in_which_notebooks_run_as_they_are(environment: Environment, tmp_path: Path) -> None:
    made = environment.r2p("init", "brief", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    notebooks = tmp_path / "brief" / "notebooks"
    code = (
        "from r2p_analysis.notebook import begin; report = begin('arms', 2016); print(len(report.tables))\n"
        "from r2p_analysis.workspace import find_workspace; print(find_workspace().root)"
    )
    opened = run(environment.python, "-c", code, cwd=notebooks)
    assert opened.stdout.split() == [str(len(open_tables(ROOT / "data"))), str(tmp_path / "brief")], opened.stderr
    again = environment.r2p("init", "brief", cwd=tmp_path)
    assert (again.returncode, len(again.stderr.splitlines())) == (2, 1)
    inside = environment.r2p("init", environment.packages / "brief", cwd=tmp_path)
    assert (inside.returncode, len(inside.stderr.splitlines())) == (2, 1)
    assert environment.contents() == environment.before
