"""Finding the workspace.

The first of these that holds a ``report.toml`` is the workspace: the folder named by the environment variable
``R2P_HOME``, the working directory or a folder above it, ``r2p-analysis`` below it when `r2p` made that, the source
tree of the package. An installed package without any of them reads the default edition packed inside it, and never
writes there.

A workspace that `r2p` made says so in its ``report.toml``. Its ``data`` lies over the tables that the package carries.
Any other, such as a checkout of the project, is whole: what its ``data`` lacks, is not there.
"""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from r2p_analysis import __version__
from r2p_analysis.errors import UsageError
from r2p_analysis.workspace.layers import Layers

SETTINGS_FILE = "report.toml"
MADE_HERE = "r2p-analysis"
"""Name of the folder that the first build makes where the working directory is not empty."""
_PACKAGE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Workspace:
    """The folders of one report.

    Attributes
    ----------
    root : Path
        Folder that holds ``report.toml``.
    outputs : Path
        Where editions are built; below the working directory when `root` is the read-only packed default.
    base : Path or None
        Data folder of the default edition, read where the workspace has no file of its own; None for a workspace
        that is whole.
    """

    root: Path
    outputs: Path
    base: Path | None = None

    @property
    def data(self) -> Layers:
        """Folder of the stored tables, over that of the default edition where there is one beneath."""
        own = self.root / "data"
        return Layers(None, own) if self.packed else Layers(own, self.base)

    @property
    def notebooks(self) -> Path:
        """Folder of the source notebooks."""
        return self.root / "notebooks"

    @property
    def packed(self) -> bool:
        """Whether this is the read-only default inside an installed package."""
        return self.root == packed_root()

    def settings(self) -> dict[str, Any]:
        """Read ``report.toml``.

        Returns
        -------
        dict
            Tables and values as written in the file.

        Raises
        ------
        UsageError
            When the file is missing, cannot be read or is not TOML.
        """
        path = self.root / SETTINGS_FILE
        try:
            return tomllib.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise UsageError(f"no settings at {path}: expected a {SETTINGS_FILE} beside data/ and notebooks/") from None
        except OSError as error:
            raise UsageError(f"{path} cannot be read ({error.strerror}); let your user read it") from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise UsageError(f"{path} is not valid TOML: {error}; mend that line") from None


def packed_root() -> Path:
    """Folder inside an installed package that holds the default edition; a source tree has none."""
    return _PACKAGE / "_embedded"


def default_root() -> Path:
    """Folder of the default edition: packed in an installed package, or the source tree.

    Raises
    ------
    UsageError
        When the package carries none.
    """
    for root in (packed_root(), _PACKAGE.parent.parent):
        if (root / SETTINGS_FILE).is_file():
            return root
    raise UsageError(f"the package at {_PACKAGE} carries no default edition: install r2p-analysis again")


def find_workspace(start: Path | None = None) -> Workspace:
    """Find the workspace. Nothing is written.

    Parameters
    ----------
    start : Path, optional
        Folder to search from, upwards; the working directory unless told.

    Returns
    -------
    Workspace
        The first one found, in the order told in the module's docstring.

    Raises
    ------
    UsageError
        When ``R2P_HOME`` is set but holds no ``report.toml``, or the workspace found cannot be used: its
        ``report.toml`` is not TOML, or a newer version of the package made it.
    """
    here = (start or Path.cwd()).resolve()
    home = os.environ.get("R2P_HOME")
    if home:
        root = Path(home).expanduser().resolve()
        if not (root / SETTINGS_FILE).is_file():
            raise UsageError(
                f"R2P_HOME is {root}, which holds no {SETTINGS_FILE}: set it to a workspace, make one there with "
                f"'r2p init', or unset it"
            )
        return _open(root, here)
    for folder in (here, *here.parents):
        if (folder / SETTINGS_FILE).is_file() and ((folder / "data").is_dir() or is_made(folder)):
            return _open(folder, here)
    if is_made(here / MADE_HERE):
        return _open(here / MADE_HERE, here)
    return _open(default_root(), here)


def is_made(root: Path) -> bool:
    """Whether a folder is a workspace that `r2p` made, also when its ``report.toml`` was broken since."""
    try:
        text = (root / SETTINGS_FILE).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return re.search(r"^\s*\[workspace\]", text, re.MULTILINE) is not None


def _open(root: Path, here: Path) -> Workspace:
    if root == packed_root():
        return Workspace(root, here / "outputs")
    found = Workspace(root, root / "outputs")
    entry = found.settings().get("workspace")
    if entry is None:
        return found
    made_by = entry.get("made_by") if isinstance(entry, dict) else None
    if not isinstance(made_by, str) or not _numbers(made_by):
        raise UsageError(f'{root / SETTINGS_FILE}: [workspace] expects made_by = "{__version__}" or another version')
    # A source tree that nobody installed does not know its version, and is as new as can be.
    if _numbers(made_by) > _numbers(__version__) > (0, 0, 0):
        raise UsageError(
            f"{root} was made by r2p-analysis {made_by} and this is {__version__}, which may not know all that is in "
            f"it: upgrade r2p-analysis, or make another workspace with 'r2p init DIR'"
        )
    return Workspace(root, root / "outputs", default_root() / "data")


def _numbers(version: str) -> tuple[int, ...]:
    """Give the leading numbers of a version; what marks a trial release does not count."""
    release = re.match(r"\d+(\.\d+)*", version)
    return tuple(map(int, release[0].split("."))) if release else ()
