"""Every notebook shows the same, byte for byte, run in a forked child and in the ordinary kernel."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest

from r2p_analysis.declarations import find_notebooks
from r2p_analysis.run import execute_all, make_plan

ROOT = Path(__file__).parents[2]
OURS = "application/vnd.r2p."
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a fork is safe on Linux only")


def payloads(folder: Path, engine: str, **plan: Any) -> dict[str, bytes]:
    tasks = make_plan(ROOT / "notebooks", folder / engine, 2016, focus=["SYR", "YEM"], pages=["SYR"], **plan)
    results = execute_all(tasks, ROOT, 2, folder / f"{engine}.log", engine=engine)
    assert not [result.failure for result in results if result.failure]
    shown = {}
    for task in tasks:
        book = nbformat.read(task.target, as_version=4)
        nbformat.validate(book)
        outputs = [output for cell in book.cells for output in cell.get("outputs", [])]
        mine = [{k: v for k, v in o.get("data", {}).items() if k.startswith(OURS)} for o in outputs]
        shown[task.slug] = json.dumps(mine).encode()
        assert len(shown[task.slug]) > 1000, "an empty notebook would equal another"
    return shown


def test_the_country_page_and_a_topic_never_differ_between_engines(tmp_path: Path) -> None:
    fork, kernel = (payloads(tmp_path, engine, topics=["violence"]) for engine in ("fork", "kernel"))
    assert set(fork) == {"violence", "SYR"}
    assert fork == kernel


@pytest.mark.slow
def test_no_notebook_differs_between_engines(tmp_path: Path) -> None:
    fork, kernel = (payloads(tmp_path, engine) for engine in ("fork", "kernel"))
    assert len(fork) == sum(book.per != "person" for book in find_notebooks(ROOT / "notebooks").values())
    assert {slug for slug in fork if fork[slug] != kernel[slug]} == set()


def test_a_killed_cell_fails_alone(tmp_path: Path, write_book: Callable[..., Path]) -> None:
    write_book("broken", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    tasks = make_plan(tmp_path, tmp_path / "out", 2016, focus=[], pages=[])
    good = make_plan(ROOT / "notebooks", tmp_path / "out", 2016, focus=["SYR"], pages=[], topics=["violence"])
    broken, well = execute_all([*tasks, *good], ROOT, 1, tmp_path / "run.log", engine="fork")
    assert "ended by signal SIGKILL" in str(broken.failure)
    assert "\n" not in str(broken.failure)
    assert well.failure is None


@pytest.fixture
def write_book(tmp_path: Path) -> Callable[..., Path]:
    def write(name: str, source: str) -> Path:
        cells = [
            nbformat.v4.new_code_cell("edition: int = 2016", metadata={"tags": ["parameters"]}),
            nbformat.v4.new_code_cell(source),
        ]
        book = nbformat.v4.new_notebook(cells=cells, metadata={"r2p": {"title": name, "order": 1, "per": "edition"}})
        nbformat.write(book, tmp_path / f"{name}.ipynb")
        return tmp_path / f"{name}.ipynb"

    return write
