"""Whether a build would make what is there already, found without importing anything large.

Every input of a build is a file that is quickly read: the package, the workspace's tables, claims, notebooks and
settings. Together with the request, the day and the versions of libraries they say all of what the report would be. The
files made are known by size and time of change, so that one that was touched or lost is made again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from r2p_analysis.workspace import Workspace
from r2p_analysis.workspace.finding import SETTINGS_FILE
from r2p_analysis.workspace.fingerprints import (
    PACKAGE,
    contents,
    sha256_of_file,
    sha256_of_plain,
    states_below,
    versions,
)


class Former:
    """The former build of the same request.

    Parameters
    ----------
    workspace : Workspace
        Whose files count.
    request : sequence
        All that the user asked for; what is not plain counts as its text.
    """

    def __init__(self, workspace: Workspace, request: Sequence[Any]) -> None:
        name = sha256_of_plain([str(workspace.root), json.dumps(request, default=str)])
        self._path = workspace.outputs / ".cache" / "builds" / f"{name[:32]}.json"
        # Now, before anything is made: a change while the build runs makes the next one look again.
        self._inputs = sha256_of_plain(
            [
                contents([*workspace.data.folders, workspace.notebooks, PACKAGE]),
                sha256_of_file(workspace.root / SETTINGS_FILE),
                versions(),
            ]
        )

    def still_good(self) -> dict[str, Any] | None:
        """Give what the former build told when nothing moved since; None when there is something to do."""
        try:
            former = json.loads(self._path.read_bytes())
            good = former["inputs"] == self._inputs and former["files"] == _made([Path(out) for out in former["outs"]])
        except (OSError, ValueError, TypeError, KeyError):
            return None
        return former["told"] if good else None

    def remember(self, outs: Sequence[Path], told: Mapping[str, Any]) -> None:
        """Remember a build that came to its end without a failure."""
        from r2p_analysis.store.files import write_atomically

        former = {"inputs": self._inputs, "outs": [str(out) for out in outs], "files": _made(outs), "told": told}
        write_atomically(self._path, json.dumps(former).encode())


def _made(outs: Sequence[Path]) -> dict[str, list[int]]:
    return {name: state for name, state in states_below(outs).items() if Path(name).name != "run.log"}
