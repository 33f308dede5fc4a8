"""Where the project's files lie: tables, notebooks, settings and outputs.

The first of these that holds a ``report.toml`` is the workspace: the folder named by the environment variable
``R2P_HOME``, the working directory or a folder above it, the source tree of the package. An installed package without
any of them falls back on the default edition packed inside it; it never writes there.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from r2p_analysis.errors import UsageError

SETTINGS_FILE = "report.toml"
_PACKAGE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Workspace:
    """The folders of one report.

    Attributes
    ----------
    root : Path
        Folder that holds ``report.toml``.
    outputs : Path
        Where editions are built; below the working directory when `root` is the read-only packed default.
    """

    root: Path
    outputs: Path

    @property
    def data(self) -> Path:
        """Folder of the stored tables."""
        return self.root / "data"

    @property
    def notebooks(self) -> Path:
        """Folder of the source notebooks."""
        return self.root / "notebooks"

    @property
    def packed(self) -> bool:
        """Whether this is the read-only default inside an installed package."""
        return self.root == _PACKAGE / "_embedded"

    def settings(self) -> dict[str, Any]:
        """Read ``report.toml``.

        Returns
        -------
        dict
            Tables and values as written in the file.

        Raises
        ------
        UsageError
            When the file is missing or is not TOML.
        """
        path = self.root / SETTINGS_FILE
        try:
            return tomllib.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise UsageError(f"no settings at {path}: expected a {SETTINGS_FILE} beside data/ and notebooks/") from None
        except tomllib.TOMLDecodeError as error:
            raise UsageError(f"{path} is not valid TOML: {error}; mend that line") from None


def find_workspace(start: Path | None = None) -> Workspace:
    """Find the workspace.

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
        When ``R2P_HOME`` is set but holds no ``report.toml``.
    """
    home = os.environ.get("R2P_HOME")
    if home:
        root = Path(home).expanduser().resolve()
        if not (root / SETTINGS_FILE).is_file():
            raise UsageError(f"R2P_HOME is {root}, which holds no {SETTINGS_FILE}: set it to a workspace or unset it")
        return Workspace(root, root / "outputs")
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / SETTINGS_FILE).is_file() and (folder / "data").is_dir():
            return Workspace(folder, folder / "outputs")
    source_tree = _PACKAGE.parent.parent
    if (source_tree / SETTINGS_FILE).is_file():
        return Workspace(source_tree, source_tree / "outputs")
    return Workspace(_PACKAGE / "_embedded", here / "outputs")
