"""Notebooks run in the test's own process: the same cells and outputs, without a kernel for each country."""

from __future__ import annotations

import ast
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from r2p_analysis.notebook import report as report_module
from r2p_analysis.store import Tables

ROOT = Path(__file__).parents[2]
Outputs = list[dict[str, Any]]


@pytest.fixture
def run_cells(tables: Tables, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Outputs]:
    """Run a notebook's code cells with parameters; give the MIME bundles that it displayed."""

    def run(name: str, **parameters: Any) -> Outputs:
        shown: Outputs = []
        monkeypatch.setenv("R2P_RUN", "1")
        monkeypatch.setattr(report_module, "open_tables", lambda data: tables)
        monkeypatch.setattr(report_module, "display", lambda bundle, raw: shown.append(bundle))
        book = json.loads((ROOT / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))
        space: dict[str, Any] = {}
        for cell in book["cells"]:
            if cell["cell_type"] != "code":
                continue
            source = cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
            exec(compile(ast.parse(source), f"{name}.ipynb", "exec"), space)
            if "parameters" in cell["metadata"].get("tags", []):
                space.update(parameters)
        return shown

    return run
