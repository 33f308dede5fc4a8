"""``r2p clean``: removing what can be made again."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer

from r2p_analysis.workspace import find_workspace

CACHES = frozenset({"builds", "latest", "notebooks", "pages", "svg", "tasks"})
"""Caches of builds. Answers of producers are kept beside them, and are not made again without asking the producers."""


def clean(
    reports: Annotated[
        bool, typer.Option("--reports", help="Also remove the built reports, outputs/<edition>.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be removed.")] = False,
) -> None:
    """Remove the caches of builds, which the next build makes again, and say how large they were.

    Tables, notebooks and raw answers of producers stay.
    """
    outputs = find_workspace().outputs
    wanted = [folder for folder in _folders(outputs / ".cache") if folder.name in CACHES]
    if reports:
        wanted += [folder for folder in _folders(outputs) if (folder / "manifest.json").is_file()]
    total = 0
    for folder in wanted:
        size = _size(folder)
        total += size
        typer.echo(f"{_in_words(size):>9}  {folder.relative_to(outputs.parent)}")
        if not dry_run:
            shutil.rmtree(folder)
    typer.echo(f"{_in_words(total):>9}  {'would be removed' if dry_run else 'removed'}")


def _folders(folder: Path) -> list[Path]:
    """Give the folders in a folder, without links to others, whose content is not ours."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.is_dir() and not path.is_symlink())


def _size(folder: Path) -> int:
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_symlink() or path.is_file())


def _in_words(size: int) -> str:
    return f"{size / 1e6:.1f} MB"
