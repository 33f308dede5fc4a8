"""``r2p build`` again: nothing twice, the truth about why, the same bytes, and no harm from an end in the middle."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-c", "from r2p_analysis.cli import main; main()"]
LARGE = ("pandas", "altair", "nbformat", "papermill", "pyarrow", "numpy")
BEGIN = "from r2p_analysis.notebook import Column, begin, displacement, displacement_headlines\n"
SHOW = """report = begin("NAME", edition)
world = displacement.world(report.tables, 2015, 2015)
told = displacement_headlines.world_total(displacement.record(report.tables, 2015), world)
report.show("total", told, subtitle="People, 2015.", subject="people", data=world, columns=[Column("people", "People")])
report.finish()
"""
PRICES = "report.tables['prices']\nreport.finish()"


def notebook(home: Path, name: str, code: str) -> None:
    cells = [new_code_cell("edition: int = 2016", metadata={"tags": ["parameters"]}), new_code_cell(BEGIN + code)]
    for number, cell in enumerate(cells):
        cell["id"] = f"c{number}"
    book = new_notebook(cells=cells)
    book.metadata["r2p"] = {"title": name.title(), "order": 1, "per": "edition"}
    nbformat.write(book, home / "notebooks" / f"{name}.ipynb")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "notebooks").mkdir()
    shutil.copytree(ROOT / "data", tmp_path / "data")
    shutil.rmtree(tmp_path / "data" / "claims")
    (tmp_path / "report.toml").write_text("[report]\nedition = 2016\n")
    notebook(tmp_path, "plain", SHOW.replace("NAME", "plain"))
    notebook(tmp_path, "priced", SHOW.replace("NAME", "priced").replace("report.finish()", PRICES))
    return tmp_path


def r2p(home: Path, *arguments: str, status: int = 0) -> list[str]:
    done = subprocess.run([*COMMAND, *arguments], cwd=home, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == status, done.stderr
    return [*done.stdout.splitlines(), *done.stderr.splitlines()]


def build(home: Path, *arguments: str, status: int = 0) -> set[str]:
    """Build; give the lines that say why notebooks ran."""
    lines = r2p(home, "build", "--as-of", "2026-06-25", "--why", *arguments, status=status)
    return {line for line in lines if line.startswith(("plain: ", "priced: ", "broken: ", "slow: "))}


def bytes_of(folder: Path) -> dict[str, str]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def change(path: Path) -> None:
    """Change what is told of prices, as a newer release would."""
    package = json.loads(path.read_text())
    next(r for r in package["resources"] if r["name"] == "prices")["provenance"]["version"] += " revised"
    path.write_text(json.dumps(package))


def test_each_change_runs_what_depends_on_it_and_the_bytes_are_those_of_a_fresh_build(home: Path) -> None:
    site = home / "outputs" / "2016" / "site"
    assert build(home) == {"plain: ran because it never ran", "priced: ran because it never ran"}
    fresh = bytes_of(site)
    assert build(home) == {"plain: up to date", "priced: up to date"}
    shutil.rmtree(home / "outputs" / "2016")
    assert build(home) == {"plain: up to date", "priced: up to date"}
    assert bytes_of(site) == fresh, "from the cache as from a run"
    change(home / "data" / "datapackage.json")
    assert "priced: must run because table prices changed" in " ".join(r2p(home, "build", "--dry-run"))
    assert bytes_of(site) == fresh, "a dry run makes nothing"
    assert build(home) == {"plain: up to date", "priced: ran because table prices changed"}
    revised = bytes_of(site)
    assert build(home, "--force") == {"plain: ran because of --force", "priced: ran because of --force"}
    assert bytes_of(site) == revised


def test_a_build_with_nothing_to_do_imports_nothing_large_and_notices_a_lost_page(home: Path) -> None:
    build(home)
    command = [sys.executable, "-X", "importtime", *COMMAND[1:], "build", "--as-of", "2026-06-25"]
    told = subprocess.run(command, cwd=home, capture_output=True, text=True, timeout=60, check=True).stderr
    imported = {line.rpartition("|")[2].strip() for line in told.splitlines() if line.startswith("import time:")}
    assert "r2p_analysis.cli" in imported
    assert imported & set(LARGE) == set()
    page = home / "outputs" / "2016" / "site" / "plain.html"
    made = page.read_bytes()
    page.write_bytes(b"spoilt")
    build(home)
    assert page.read_bytes() == made


def test_a_failed_notebook_runs_again_and_the_build_is_never_called_up_to_date(home: Path) -> None:
    notebook(home, "broken", 'report = begin("broken", edition)\nraise ValueError')
    assert "broken: ran because it never ran" in build(home, status=4)
    assert "broken: ran because it failed the last time" in build(home, status=4)
    notebook(home, "broken", SHOW.replace("NAME", "broken"))
    assert {"plain: up to date", "broken: ran because it failed the last time"} <= build(home)
    assert "broken: up to date" in build(home)


def test_several_editions_are_one_run_and_each_has_its_report(home: Path) -> None:
    lines = r2p(home, "build", "--edition", "2016", "--edition", "2014", "--topic", "plain", "--as-of", "2026-06-25")
    assert {"outputs/2016/site/index.html", "outputs/2014/site/index.html"} <= set(lines)
    assert any(line.startswith("[2/2] ") for line in lines)
    assert build(home, "--edition", "2014", "--topic", "plain") == {"plain: up to date"}


def test_two_builds_at_once_do_not_harm_each_other(home: Path) -> None:
    command = [*COMMAND, "build", "--as-of", "2026-06-25", "--output"]
    both = [
        subprocess.Popen([*command, name], cwd=home, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        for name in ("one", "two")
    ]
    told = [process.communicate(timeout=300)[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], told
    assert bytes_of(home / "one" / "site") == bytes_of(home / "two" / "site")
    assert build(home) == {"plain: up to date", "priced: up to date"}


def test_what_was_done_before_a_kill_need_not_be_done_again(home: Path) -> None:
    # The other notebook counts for ever: the kill always comes while it runs.
    notebook(home, "slow", "while True:\n    pass")
    command = [*COMMAND, "build", "--as-of", "2026-06-25", "--workers", "2"]
    process = subprocess.Popen(
        command, cwd=home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        tasks = home / "outputs" / ".cache" / "tasks"
        end = time.monotonic() + 120
        while len(list(tasks.rglob("*.json"))) < 2 and process.poll() is None and time.monotonic() < end:
            time.sleep(0.05)
    finally:
        children = descendants(process.pid)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        for child in children:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
    notebook(home, "slow", SHOW.replace("NAME", "slow"))
    assert build(home) == {"plain: up to date", "priced: up to date", "slow: ran because it never ran"}


def descendants(pid: int) -> list[int]:
    """The processes that this one started, which may lead sessions of their own."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    parents = {int(child): int(parent) for child, parent in (line.split() for line in listed.splitlines())}
    found, todo = [], [pid]
    while todo:
        parent = todo.pop()
        children = [child for child, its in parents.items() if its == parent]
        found += children
        todo += children
    return found


def test_clean_says_and_removes_what_can_be_made_again_and_nothing_else(home: Path) -> None:
    build(home)
    outputs = home / "outputs"
    for name in ("http", "svg"):
        (outputs / ".cache" / name).mkdir(exist_ok=True)
    (outputs / "raw").mkdir()
    before = bytes_of(home)
    said = r2p(home, "clean", "--reports", "--dry-run")
    assert bytes_of(home) == before
    assert r2p(home, "clean", "--reports")[:-1] == said[:-1]
    assert {line.split()[-1] for line in said[:-1]} == {
        f"outputs/{name}"
        for name in (
            ".cache/builds",
            ".cache/latest",
            ".cache/notebooks",
            ".cache/pages",
            ".cache/svg",
            ".cache/tasks",
            "2016",
        )
    }
    assert sorted(path.name for path in outputs.iterdir()) == [".cache", "raw"]
    assert [path.name for path in (outputs / ".cache").iterdir()] == ["http"]
    assert (home / "data" / "prices.parquet").is_file()
    assert build(home) == {"plain: ran because it never ran", "priced: ran because it never ran"}
