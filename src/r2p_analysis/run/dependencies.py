"""Which of the project's modules a notebook needs, read from its imports and theirs without running anything.

In a warm process everything is imported already, so what was imported when a notebook ran tells nothing. Reading is
also the safe way round: an import that stands in a function counts whether or not it was reached.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from r2p_analysis.ipynb import read_ipynb
from r2p_analysis.workspace.fingerprints import PACKAGE, sha256_of_file

ROOT = "r2p_analysis"
NOTEBOOK = f"{ROOT}.notebook"
HARMLESS = frozenset(
    "__future__ altair collections dataclasses datetime decimal enum functools itertools json math numpy operator "
    "pandas re statistics string textwrap typing".split()
)
"""What a notebook may import beside the project without reading anything that is not seen here."""
UNSEEN = frozenset(
    "open exec eval compile input __import__ globals vars getattr get_ipython figures stored "
    "load loadtxt genfromtxt fromfile memmap ExcelFile HDFStore".split()
)
"""Names whose use reads, or may read, what is not seen here: files, code, another notebook's outputs."""
UNSEEN_PARTS = frozenset("today now utcnow random document".split())
"""The same of attributes; a variable may bear such a name: the clock, chance, the claims' own words."""
FOUND_BY_NAME = frozenset({NOTEBOOK, f"{ROOT}.claims.checks", f"{ROOT}.sources", f"{ROOT}.sources.tokens"})
"""Modules that import others by name, and need not have all of them followed.

A notebook names the topics that it takes. Checks judge claims and parsers fetch, neither of them while a notebook runs.
"""
_HEADLINES = "_headlines"


@dataclass(frozen=True)
class Code:
    """What a notebook's code rests on.

    Attributes
    ----------
    modules : dict
        SHA-256 of each file of the package by its path in it.
    unseen : str
        Why what it reads cannot be known, so that it must always run; empty when it can.
    """

    modules: dict[str, str]
    unseen: str


def code_of(notebook: Path) -> Code:
    """Find what a notebook's code rests on.

    Parameters
    ----------
    notebook : Path
        A source notebook.

    Returns
    -------
    Code
    """
    try:
        trees = [ast.parse(source) for source in _cells(notebook)]
    except SyntaxError:
        return Code({}, "it holds a magic, or cannot be parsed")
    unseen = next((found for tree in trees for found in _unseen(tree)), "")
    if not unseen and sum(_calls(tree, "begin") for tree in trees) != 1:
        unseen = "it calls begin() other than once"
    return Code(_fingerprints(closure(name for tree in trees for name in _of_notebook(tree))), unseen)


def closure(wanted: Iterable[str]) -> set[str]:
    """Give modules of the package and all that they import, directly or not, with the packages that hold them."""
    todo, found = list(wanted), set[str]()
    while todo:
        name = todo.pop()
        path = file_of(name)
        if name in found or path is None:
            continue
        found.add(name)
        todo += _imports_of(path.read_text(encoding="utf-8"), name, path.name == "__init__.py")
        todo.append(name.rpartition(".")[0])
    return found


def file_of(module: str) -> Path | None:
    """Give the file of a module of the package; None when there is none of that name."""
    first, *parts = module.split(".")
    if first != ROOT or not all(part.isidentifier() for part in parts):
        return None
    plain = PACKAGE.joinpath(*parts)
    files = [plain / "__init__.py", *([plain.with_name(f"{plain.name}.py")] if parts else [])]
    return next((path for path in files if path.is_file()), None)


def _cells(notebook: Path) -> list[str]:
    return [cell["source"] for cell in read_ipynb(notebook)["cells"] if cell["cell_type"] == "code"]


def _fingerprints(modules: set[str]) -> dict[str, str]:
    paths = [path for path in map(file_of, modules) if path] + list((PACKAGE / "codes").glob("*"))
    return {path.relative_to(PACKAGE).as_posix(): sha256_of_file(path) for path in sorted(paths)}


def _unseen(tree: ast.Module) -> Iterator[str]:
    """Say what in a cell could read something that is not seen."""
    for node in ast.walk(tree):
        match node:
            case ast.Import():
                yield from (f"it imports {a.name}" for a in node.names if a.name.split(".")[0] not in HARMLESS)
            case ast.ImportFrom():
                module = node.module or "."
                if module != NOTEBOOK and module.split(".")[0] not in HARMLESS:
                    yield f"it imports {module}"
                taken = {a.name for a in node.names if a.name in UNSEEN | UNSEEN_PARTS | {"*"} or _reads(a.name)}
                yield from (f"it imports {name}" for name in sorted(taken))
            case ast.Attribute(attr=used) if used in UNSEEN | UNSEEN_PARTS or _reads(used):
                yield f"it uses {used}"
            case ast.Name(id=used) if used in UNSEEN:
                yield f"it uses {used}"


def _reads(name: str) -> bool:
    return name.startswith("read_")


def _calls(tree: ast.Module, name: str) -> int:
    return sum(isinstance(n, ast.Call) and isinstance(n.func, ast.Name) and n.func.id == name for n in ast.walk(tree))


def _of_notebook(tree: ast.Module) -> Iterator[str]:
    """Give the modules that a cell imports, the topics that `r2p_analysis.notebook` finds by name among them."""
    for name in _imports(tree, ROOT):
        yield name
        if name.startswith(f"{NOTEBOOK}."):
            topic = name.removeprefix(f"{NOTEBOOK}.")
            package = "exhibits.headlines" if topic.endswith(_HEADLINES) else "measures"
            yield f"{ROOT}.{package}.{topic.removesuffix(_HEADLINES)}"


def _imports(tree: ast.AST, package: str) -> Iterator[str]:
    """Give what a tree imports; what only a type checker sees is left out."""
    for node in _executed(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)


def _executed(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
            for other in node.orelse:
                yield other
                yield from _executed(other)
        else:
            yield node
            yield from _executed(node)


@lru_cache(maxsize=1024)
def _imports_of(text: str, module: str, is_package: bool) -> frozenset[str]:
    package = module if is_package else module.rpartition(".")[0]
    tree = ast.parse(text)
    found = set(_imports(tree, package))
    if module not in FOUND_BY_NAME and any(
        isinstance(node, ast.Name | ast.Attribute)
        and ast.unparse(node).rpartition(".")[2] in ("import_module", "__import__")
        for node in ast.walk(tree)
    ):
        found.update(_all_below(package))
    return frozenset(found)


def _all_below(package: str) -> Iterator[str]:
    """Give every module of a package, and of those within it."""
    for path in sorted(PACKAGE.joinpath(*package.split(".")[1:]).rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        yield ".".join((ROOT, *(parts[:-1] if parts[-1] == "__init__" else parts)))
