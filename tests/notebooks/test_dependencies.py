"""What the cache believes that a notebook depends on is all that it depends on, for every notebook of the report."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from r2p_analysis.notebook import report as report_module
from r2p_analysis.run import Task, TaskCache, World, execute_all, make_plan
from r2p_analysis.run.dependencies import closure, code_of, file_of
from r2p_analysis.store import Tables, open_tables
from r2p_analysis.workspace import Layers
from r2p_analysis.workspace.fingerprints import PACKAGE

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb") if path.stem != "start")
EXHIBIT_MIME = "application/vnd.r2p.exhibit.v1+json"
RECORD_MIME = "application/vnd.r2p.record.v1+json"
COLD = """
import json, os, sys
os.environ["R2P_RUN"] = "1"
from r2p_analysis.notebook import report
report.load_document = lambda *_: None  # it imports every check, to see that the claims' file is right
report.display = lambda bundle, raw: None
space = {}
for cell in json.load(open(sys.argv[1]))["cells"]:
    if cell["cell_type"] == "code":
        exec("".join(cell["source"]), space)
print(json.dumps([name for name in sys.modules if name.split(".")[0] == "r2p_analysis"]))
"""


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_no_module_that_a_notebook_imports_is_missed(name: str) -> None:
    path = ROOT / "notebooks" / f"{name}.ipynb"
    done = subprocess.run(
        [sys.executable, "-c", COLD, str(path)], cwd=ROOT, capture_output=True, text=True, timeout=300, check=True
    )
    files = {found.relative_to(PACKAGE).as_posix() for found in map(file_of, json.loads(done.stdout)) if found}
    assert len(files) > 50
    code = code_of(path)
    assert code.unseen == ""
    assert files - set(code.modules) == set()


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_does_not_depend_on_what_it_does_not_use(name: str) -> None:
    modules = code_of(ROOT / "notebooks" / f"{name}.ipynb").modules
    topics = {module.split("/")[1] for module in modules if module.startswith("measures/") and module.count("/") == 2}
    assert len(topics) <= (8 if name == "country_profile" else 6), "a change of any measure would run everything again"
    assert not any(module.startswith("claims/checks/") and "__init__" not in module for module in modules)
    assert not any(module.startswith(("site/", "cli/", "run/")) for module in modules)


def test_modules_found_by_name_are_followed_unless_known_not_to_matter() -> None:
    assert "r2p_analysis.claims.checks.violence" not in closure(["r2p_analysis.claims.checks"])
    assert "r2p_analysis.cli.fetch" in closure(["r2p_analysis.cli.lazily"])


def cells_run(name: str, tables: Tables, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    outputs: list[dict[str, Any]] = []
    monkeypatch.setenv("R2P_RUN", "1")
    monkeypatch.setattr(report_module, "open_tables", lambda _: tables)
    monkeypatch.setattr(report_module, "display", lambda bundle, raw: outputs.append(bundle))
    book = json.loads((ROOT / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))
    space: dict[str, Any] = {}
    for cell in book["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), space)
    return outputs


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_with_only_the_tables_that_it_asked_for_a_notebook_shows_the_same(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = open_tables(ROOT / "data")
    names = list(open_tables(ROOT / "data"))
    shown = [bundle for bundle in cells_run(name, every, monkeypatch) if EXHIBIT_MIME in bundle]
    asked = set(every.asked)
    assert {source["table"] for bundle in shown for source in bundle[EXHIBIT_MIME]["sources"]} <= asked
    assert "*" not in asked, "one that lists the tables runs again whichever changes"
    few = Tables(every.__getitem__, {table: every.provenance(table) for table in names if table in asked})
    assert len(few) < len(names)
    again = [bundle for bundle in cells_run(name, few, monkeypatch) if EXHIBIT_MIME in bundle]
    assert len(shown) > 3
    assert again == shown


class Built(NamedTuple):
    """All notebooks executed and kept."""

    root: Path
    tasks: list[Task]
    asked: dict[str, set[str]]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    root = tmp_path_factory.mktemp("workspace")
    shutil.copytree(ROOT / "data", root / "data")
    shutil.copytree(ROOT / "notebooks", root / "notebooks")
    shutil.copy(ROOT / "report.toml", root)
    tasks = make_plan(root / "notebooks", root / "out", 2016, focus=["SYR", "YEM"], pages=["SYR"])
    results = execute_all(tasks, root, 2, root / "run.log")
    assert [result.failure for result in results if result.failure] == []
    cache = TaskCache(root / "cache", World(Layers.of(root / "data"), root / "notebooks"))
    for task in tasks:
        cache.keep(task)
    return Built(root, tasks, {task.notebook: set(asked_by(task.target)) for task in tasks})


def asked_by(path: Path) -> list[str]:
    outputs = [o for cell in json.loads(path.read_text())["cells"] for o in cell.get("outputs", [])]
    (record,) = (o["data"][RECORD_MIME] for o in outputs if RECORD_MIME in o.get("data", {}))
    tables: list[str] = record["tables"]
    return tables


def must_run(built: Built) -> dict[str, str]:
    cache = TaskCache(built.root / "cache", World(Layers.of(built.root / "data"), built.root / "notebooks"))
    decisions = [cache.decide(task) for task in built.tasks]
    return {decision.task.notebook: decision.reason for decision in decisions if decision.entry is None}


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_one_table_touched_runs_only_the_notebooks_that_read_it(name: str, built: Built) -> None:
    assert must_run(built) == {}
    stored = [table for table in built.asked[name] if (built.root / "data" / f"{table}.parquet").is_file()]
    readers = {table: {book for book, asked in built.asked.items() if table in asked} for table in stored}
    table = min(readers, key=lambda candidate: (len(readers[candidate]), candidate))
    path = built.root / "data" / f"{table}.parquet"
    before = path.read_bytes()
    path.write_bytes(before + b"x")
    try:
        assert must_run(built) == dict.fromkeys(readers[table], f"table {table} changed")
    finally:
        path.write_bytes(before)
    assert len(readers[table]) < len(NOTEBOOKS), "a table that all read does not show that others are left alone"
