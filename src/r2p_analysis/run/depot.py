"""What notebooks read, as files known by their SHA-256: packed here, kept and laid out again on another machine.

A worker keeps each file once, whatever builds come. The list of a workspace's files is a file too, and its SHA-256
names the workspace, so that a task need name nothing else.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from r2p_analysis.errors import StoreError
from r2p_analysis.workspace import Workspace
from r2p_analysis.workspace.finding import SETTINGS_FILE
from r2p_analysis.workspace.fingerprints import files_below


@dataclass(frozen=True)
class Cargo:
    """A workspace packed.

    Attributes
    ----------
    tree : str
        SHA-256 of the list of its files.
    blobs : dict
        Content of each file, and of the list, by SHA-256.
    places : dict
        For each source notebook, its path in the workspace as laid out.
    """

    tree: str
    blobs: dict[str, bytes]
    places: dict[Path, str]


def pack(workspace: Workspace, sources: Iterable[Path]) -> Cargo:
    """Pack all that notebooks can read: settings, tables, claims and other lists, notebooks.

    Parameters
    ----------
    workspace : Workspace
        Which one. Tables that the package carries stay out: a worker has the same package.
    sources : iterable of Path
        The notebooks to be executed, which may lie outside the workspace.

    Returns
    -------
    Cargo
    """
    data, notebooks = workspace.data.folders[0], workspace.notebooks
    files = {SETTINGS_FILE: workspace.root / SETTINGS_FILE}
    files |= {f"data/{path.relative_to(data).as_posix()}": path for path in files_below(data)}
    files |= {f"notebooks/{path.relative_to(notebooks).as_posix()}": path for path in files_below(notebooks)}
    names = {path: name for name, path in files.items()}
    for number, source in enumerate(dict.fromkeys(sources)):
        if source not in names:
            names[source] = f"sources/{number}/{source.name}"
            files[names[source]] = source
    blobs, listed = {}, {}
    for name, path in sorted(files.items()):
        content = path.read_bytes()
        listed[name] = sha256_of(content)
        blobs[listed[name]] = content
    table = json.dumps(listed, sort_keys=True).encode()
    tree = sha256_of(table)
    return Cargo(tree, {**blobs, tree: table}, {path: name for path, name in names.items() if path.suffix == ".ipynb"})


def sha256_of(content: bytes) -> str:
    """Give the hexadecimal SHA-256 of a content; that of `store` brings pandas with it, which a worker does without."""
    return hashlib.sha256(content).hexdigest()


class Depot:
    """Files by SHA-256, and workspaces laid out from them.

    Parameters
    ----------
    folder : Path
        Where they lie; made when missing.
    """

    def __init__(self, folder: Path) -> None:
        self._blobs = folder / "blobs"
        self._homes = folder / "homes"

    def lacking(self, hashes: Iterable[str]) -> list[str]:
        """Give those files that are not here."""
        return [sha for sha in hashes if not (self._blobs / sha).is_file()]

    def put(self, blobs: Mapping[str, bytes]) -> None:
        """Keep files.

        Raises
        ------
        StoreError
            When one is not what its name says.
        """
        for sha, content in blobs.items():
            if sha256_of(content) != sha:
                raise StoreError(f"a file was altered on its way: expected sha256 {sha[:12]}, got another")
            self._blobs.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self._blobs, prefix=".coming-", delete=False) as coming:
                coming.write(content)
            Path(coming.name).rename(self._blobs / sha)

    def home(self, tree: str) -> tuple[Path, list[str]]:
        """Lay out a workspace, unless it stands already.

        Returns
        -------
        Path, list of str
            Its folder, and the files that lack for it: none when it stands.
        """
        home = self._homes / tree
        if home.is_dir():
            return home, []
        if self.lacking([tree]):
            return home, [tree]
        listed = json.loads((self._blobs / tree).read_bytes())
        lacking = self.lacking(dict.fromkeys(listed.values()))
        if not lacking:
            self._lay_out(home, listed)
        return home, lacking

    def _lay_out(self, home: Path, listed: Mapping[str, str]) -> None:
        home.parent.mkdir(parents=True, exist_ok=True)
        # Under another name first: whoever finds the folder finds it whole.
        with tempfile.TemporaryDirectory(dir=home.parent, prefix=".laying-") as folder:
            for name, sha in listed.items():
                if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
                    raise StoreError(f'a file of a workspace cannot be called "{name}"')
                path = Path(folder, "home", name)
                path.parent.mkdir(parents=True, exist_ok=True)
                # A copy and no link: what a cell does to it does not reach the next workspace.
                shutil.copyfile(self._blobs / sha, path)
            Path(folder, "home").rename(home)
