"""What files are, by their content: small enough to ask for all of them before anything large is imported."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).resolve().parents[1]
"""The folder of the package's own modules."""

DRAWING = (
    "altair", "geopandas", "ipykernel", "ipython", "jinja2", "markdown-it-py", "nbclient", "nbformat", "numpy",
    "pandas", "papermill", "pillow", "pyarrow", "shapely", "vl-convert-python",
)  # fmt: skip
"""Libraries whose version can change an exhibit or a page."""


def sha256_of_file(path: Path) -> str:
    """Give the SHA-256 of a file's content; "missing" when it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return "missing"


def sha256_of_plain(value: Any) -> str:
    """Give the SHA-256 of plain JSON values; the order of keys does not matter."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def files_below(folder: Path) -> list[Path]:
    """Give the files below a folder in order, without hidden and compiled ones."""
    found = sorted(_names_below(folder), key=lambda name: name.split(os.sep))  # noqa: PTH206 - see below
    return [path for path in map(Path, found) if path.is_file()]


def _names_below(folder: Path) -> Iterator[str]:
    # Not by Path.rglob: a build asks this once a notebook, and it takes ten times as long.
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if _seen(name)]
        yield from (os.path.join(place, name) for name in names if _seen(name))  # noqa: PTH118 - as said above


def _seen(name: str) -> bool:
    return not name.startswith(".") and name != "__pycache__"


def contents(folders: Iterable[Path]) -> dict[str, str]:
    """Give the SHA-256 of every file below some folders."""
    return {
        f"{folder}:{path.relative_to(folder)}": sha256_of_file(path)
        for folder in folders
        for path in files_below(folder)
    }


def states_below(folders: Iterable[Path]) -> dict[str, list[int]]:
    """Give size and time of change of the files below some folders: a quick sign that one was touched."""
    found = {}
    for folder in folders:
        for name in _names_below(folder):
            with suppress(OSError):
                told = os.stat(name)  # noqa: PTH116 - see above
                found[name] = [told.st_size, told.st_mtime_ns]
    return found


def versions() -> dict[str, str]:
    """Give the versions of Python and of the libraries that draw."""
    return {"python": ".".join(map(str, sys.version_info[:2])), **{name: _version(name) for name in DRAWING}}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"
