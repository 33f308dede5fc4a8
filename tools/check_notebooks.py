"""Check that stored notebooks hold no outputs, define no functions and import only what a notebook may.

Run it as ``python tools/check_notebooks.py [--fix] PATH...``; a path is a notebook or a folder of them. With
``--fix`` outputs and execution counts are taken out first. The exit status is 1 when a problem remains.
"""

from __future__ import annotations

import argparse
import ast
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import nbformat

ALLOWED_IMPORTS = ("r2p_analysis.notebook", "pandas")
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def notebooks(paths: Sequence[Path]) -> list[Path]:
    """List the notebooks among files and folders, without Jupyter's checkpoints."""
    found = [p for path in paths for p in (path.rglob("*.ipynb") if path.is_dir() else [path])]
    return sorted(p for p in found if ".ipynb_checkpoints" not in p.parts)


def problems(path: Path) -> list[str]:
    """Say what a stored notebook must not hold, one line each.

    Parameters
    ----------
    path : Path
        A notebook of format 4.

    Returns
    -------
    list of str
        Empty when the notebook is clean.
    """
    try:
        notebook = nbformat.read(path, as_version=4)
    except (ValueError, AttributeError, nbformat.ValidationError) as error:
        return [f"{path}: cannot be read as a notebook: {str(error).splitlines()[0]}"]
    found = []
    for number, cell in enumerate(notebook.cells, start=1):
        if cell.cell_type == "code":
            found += [f"{path}, cell {number}: {problem}" for problem in _cell_problems(cell)]
    return found


def _cell_problems(cell: Any) -> Iterator[str]:
    if cell.get("outputs"):
        yield "stores outputs; run 'make notebooks-clean'"
    if cell.get("execution_count") is not None:
        yield "stores an execution count; run 'make notebooks-clean'"
    if "execution" in cell.metadata:
        yield "stores execution times; run 'make notebooks-clean'"
    try:
        tree = ast.parse(cell.source)
    except SyntaxError as error:
        yield f"is not plain Python: {error.msg}"
        return
    for node in ast.walk(tree):
        if isinstance(node, DEFINITIONS):
            yield f"defines {node.name}; put it into r2p_analysis, where it can be tested"
        yield from (
            f"imports {name}; a notebook imports {' and '.join(ALLOWED_IMPORTS)} only"
            for name in _imported(node)
            if name not in ALLOWED_IMPORTS
        )


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        if node.module == "r2p_analysis":
            return [f"r2p_analysis.{alias.name}" for alias in node.names]
        return [node.module or "."]
    return []


def clean(path: Path) -> bool:
    """Take outputs, execution counts and execution times out of a notebook; say whether any was there."""
    notebook = nbformat.read(path, as_version=4)
    changed = False
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        if cell.outputs or cell.execution_count is not None or "execution" in cell.metadata:
            cell.outputs, cell.execution_count, changed = [], None, True
            cell.metadata.pop("execution", None)
    if changed:
        nbformat.write(notebook, path)
    return changed


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the notebooks named on the command line and give the exit status."""
    parser = argparse.ArgumentParser(description="Check that stored notebooks hold no outputs.")
    parser.add_argument("--fix", action="store_true", help="take outputs and execution counts out first")
    parser.add_argument("paths", nargs="+", type=Path, help="notebooks, or folders of them")
    options = parser.parse_args(arguments)
    missing = [path for path in options.paths if not path.exists()]
    if missing:
        print(f"{missing[0]}: no such notebook or folder", file=sys.stderr)
        return 1
    paths = notebooks(options.paths)
    if options.fix:
        for path in paths:
            if clean(path):
                print(f"{path}: cleaned")
    found = [problem for path in paths for problem in problems(path)]
    for problem in found:
        print(problem, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
