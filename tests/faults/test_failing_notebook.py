"""A notebook that fails does so alone: the others run, the page says why, the status tells."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

ROOT = Path(__file__).parents[2]
BEGIN = "from r2p_analysis.notebook import Column, begin, displacement, displacement_headlines\n"
SHOW = """report = begin("good", edition)
world = displacement.world(report.tables, 2015, 2015)
told = displacement_headlines.world_total(displacement.record(report.tables, 2015), world)
report.show("total", told, subtitle="People, 2015.", subject="people", data=world, columns=[Column("people", "People")])
"""


def notebook(path: Path, order: int, code: str) -> None:
    cells = [new_code_cell("edition: int = 2016", metadata={"tags": ["parameters"]}), new_code_cell(BEGIN + code)]
    book = new_notebook(cells=cells)
    book.metadata["r2p"] = {"title": path.stem.title(), "order": order, "per": "edition"}
    nbformat.write(book, path)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[subprocess.CompletedProcess[str], Path]:
    home = tmp_path_factory.mktemp("workspace")
    (home / "notebooks").mkdir()
    shutil.copytree(ROOT / "data", home / "data")
    shutil.copy(ROOT / "report.toml", home)
    notebook(home / "notebooks" / "good.ipynb", 1, SHOW + "report.finish()")
    notebook(home / "notebooks" / "broken.ipynb", 2, 'raise ValueError("no <such> figure")')
    notebook(home / "notebooks" / "unfinished.ipynb", 3, SHOW)
    command = [sys.executable, "-c", "from r2p_analysis.cli import main; main()", "build", "--workers", "2"]
    done = subprocess.run(command, cwd=home, capture_output=True, text=True, timeout=300, check=False)
    return done, home / "outputs" / "2016" / "site"


def test_the_exit_status_tells_that_pages_failed(built: tuple[subprocess.CompletedProcess[str], Path]) -> None:
    done, site = built
    assert done.returncode == 4, done.stderr
    assert done.stdout.strip() == "outputs/2016/site/index.html"
    assert "2 of 3 pages failed" in done.stderr.strip().splitlines()[-1]
    assert (site / "index.html").is_file()


def test_the_failed_page_says_why_and_the_good_one_stands(built: tuple[subprocess.CompletedProcess[str], Path]) -> None:
    _, site = built
    assert "ValueError: no &lt;such&gt; figure" in (site / "broken.html").read_text()
    unfinished = (site / "unfinished.html").read_text()
    assert "expected one record at its end" in unfinished
    assert "<figure" not in unfinished, "an unfinished notebook shows nothing"
    assert "65.0 million people" in (site / "good.html").read_text()
