"""Making a workspace: a folder of the user's own that begins with the notebooks and settings of the package."""

from __future__ import annotations

import os
import secrets
import shutil
import sysconfig
from pathlib import Path

from r2p_analysis import __version__
from r2p_analysis.errors import UsageError
from r2p_analysis.workspace.finding import (
    MADE_HERE,
    SETTINGS_FILE,
    Workspace,
    default_root,
    find_workspace,
    packed_root,
)

# In the order in which they come to stand there: only with its report.toml is a folder a workspace.
_PARTS = ("notebooks", "data", SETTINGS_FILE)

_MARK = """
# Written when this workspace was made. It says that data/ lies over the tables that r2p-analysis carries; without it,
# data/ would have to hold them all.
[workspace]
made_by = "{version}"
"""

_ABOUT_DATA = """# Data of this workspace

Tables that are not here are read from those that r2p-analysis carries. `r2p fetch` puts newer ones here, with a
`datapackage.json` that says where each comes from. A file here wins over the carried file of the same name, also after
an upgrade of r2p-analysis; `r2p status` tells which is which.

| here | does |
|---|---|
| `claims/2027.toml` | records the claims of an edition; `claims/2016.toml` would replace the carried one whole |
| `corrections/NAME.toml` | mends known errors of producers on the way into the store, beside the carried ones |
"""


def make_workspace(folder: Path) -> Workspace:
    """Make a workspace, whole or not at all.

    Parameters
    ----------
    folder : Path
        Where. It is made if it does not exist; other files in it stay as they are.

    Returns
    -------
    Workspace

    Raises
    ------
    UsageError
        When something of a workspace is there already, or the folder cannot be written to. Nothing was changed then.
    """
    root = folder.resolve()
    refuse_inside_packages(root)
    there = next(path for path in (root, *root.parents) if os.path.lexists(path))
    if not there.is_dir():
        raise UsageError(f"{there} is a file: give a folder to make a workspace in")
    taken = [name for name in _PARTS if os.path.lexists(root / name)]
    if taken:
        raise UsageError(f"{root} holds {', '.join(taken)} already: nothing is overwritten; give another folder")
    source = default_root()
    try:
        if root.is_dir():
            _fill(root, source)
        else:
            _appear(root, source)
    except OSError as error:
        raise UsageError(
            f"{root}: no workspace can be made there ({error.strerror or error}); give another folder: 'r2p init DIR'"
        ) from None
    return Workspace(root, root / "outputs", source / "data")


def workspace_to_write(start: Path | None = None) -> tuple[Workspace, bool]:
    """Find the workspace, and make one where there is only the default inside an installed package.

    Parameters
    ----------
    start : Path, optional
        The working directory unless told.

    Returns
    -------
    Workspace, bool
        The second says whether it was made: in the folder itself when that is empty, else below it.

    Raises
    ------
    UsageError
        When none can be made; the message says how to choose a place.
    """
    found = find_workspace(start)
    if not found.packed:
        return found, False
    here = (start or Path.cwd()).resolve()
    place = here if _is_free(here) else here / MADE_HERE
    if place != here and os.path.lexists(place):
        raise UsageError(f"{place} is no workspace that can be used from here: make one with 'r2p init DIR'")
    return make_workspace(place), True


def refuse_inside_packages(folder: Path) -> None:
    """Refuse a folder among installed packages: the next upgrade would remove what is put there.

    Raises
    ------
    UsageError
        When it lies there.
    """
    package = packed_root().parent
    places = [package.parent if packed_root().is_dir() else package]
    places += [Path(sysconfig.get_path(name)).resolve() for name in ("purelib", "platlib")]
    if any(folder.resolve().is_relative_to(place) for place in places):
        raise UsageError(
            f"{folder} lies among installed packages, which are not written to: run it elsewhere, or 'r2p init DIR'"
        )


def _is_free(folder: Path) -> bool:
    """Whether a folder is there to be filled: nothing visible in it but outputs, and not where all else lies."""
    try:
        if folder in (Path(folder.anchor), Path.home().resolve()):
            return False
        return {path.name for path in folder.iterdir() if not path.name.startswith(".")} <= {"outputs"}
    except RuntimeError:
        # A user without a home, as in some containers.
        return False
    except OSError as error:
        raise UsageError(f"{folder} cannot be read ({error.strerror}): make a workspace with 'r2p init DIR'") from None


def _appear(root: Path, source: Path) -> None:
    """Make the folder under another name, and give it its own once all is in it."""
    root.parent.mkdir(parents=True, exist_ok=True)
    staged = root.with_name(f".{root.name}.{secrets.token_hex(4)}")
    try:
        staged.mkdir()
        _write_parts(staged, source)
        staged.rename(root)
    except BaseException:
        shutil.rmtree(staged, ignore_errors=True)
        raise


def _fill(root: Path, source: Path) -> None:
    """Fill a folder that is there, perhaps the working directory, which must not be replaced under the user."""
    staged = root / f".r2p-init.{secrets.token_hex(4)}"
    placed: list[Path] = []
    try:
        staged.mkdir()
        _write_parts(staged, source)
        for name in _PARTS:
            (staged / name).rename(root / name)
            placed.append(root / name)
    except BaseException:
        for path in placed:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        raise
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def _write_parts(folder: Path, source: Path) -> None:
    (folder / "notebooks").mkdir()
    for path in sorted((source / "notebooks").glob("[!.]*.ipynb")):
        # The content alone: an installed file may be one that nobody is allowed to change.
        shutil.copyfile(path, folder / "notebooks" / path.name)
    (folder / "data").mkdir()
    (folder / "data" / "README.md").write_text(_ABOUT_DATA, encoding="utf-8")
    settings = (source / SETTINGS_FILE).read_text(encoding="utf-8")
    mark = _MARK.format(version=__version__)
    (folder / SETTINGS_FILE).write_text(settings.rstrip("\n") + "\n" + mark, encoding="utf-8")
