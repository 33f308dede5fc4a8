"""A folder that is written aside and swapped in whole, so that a failed build leaves the last good one."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from r2p_analysis.errors import UsageError

GENERATOR = '<meta name="generator" content="r2p-analysis'


def is_site(folder: Path) -> bool:
    """Tell whether a folder holds a site of this command."""
    index = folder / "index.html"
    return index.is_file() and GENERATOR in index.read_text(encoding="utf-8", errors="replace")[:4000]


@contextmanager
def staged(out: Path, ours: Callable[[Path], bool] = is_site) -> Iterator[Path]:
    """Give a temporary sibling of a folder to write into; put it in the folder's place when all went well.

    Parameters
    ----------
    out : Path
        The folder.
    ours : callable, optional
        Tells whether a folder that is there, and not empty, was made by this command: a site of ours, unless told.

    Raises
    ------
    UsageError
        When the folder holds something that was not made by this command, which it will not delete.
    """
    out = out.resolve()
    _check_replaceable(out, ours)
    out.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        staging.chmod(0o755)
        yield staging
        _swap(staging, out)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def write(folder: Path, name: str, content: str | bytes) -> None:
    """Write one file of the site: text as UTF-8 with a newline at its end, bytes as they are."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, bytes):
        with path.open("xb") as stream:
            stream.write(content)
        return
    with path.open("x", encoding="utf-8", newline="\n") as stream:
        stream.write(content if content.endswith("\n") else content + "\n")


def replace_file(path: Path, content: bytes) -> None:
    """Write a file aside and put it in its place, so that nobody ever sees half of it."""
    aside = path.with_name(f".{path.name}-aside")
    try:
        aside.write_bytes(content)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def _check_replaceable(out: Path, ours: Callable[[Path], bool]) -> None:
    if not out.exists():
        return
    if not out.is_dir():
        raise UsageError(f"{out} is a file, expected a folder for the site")
    if any(out.iterdir()) and not ours(out):
        raise UsageError(f"{out} holds files that are no site of this command; choose an empty folder")


def _swap(staging: Path, out: Path) -> None:
    if not out.exists():
        staging.rename(out)
        return
    grave = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    former = grave / "former"
    out.rename(former)
    try:
        staging.rename(out)
    except BaseException:
        # Also when a signal ends the build just here.
        if not out.exists():
            former.rename(out)
        raise
    finally:
        shutil.rmtree(grave, ignore_errors=True)
