"""Put the tables, the notebooks and report.toml into the wheel, as ``r2p_analysis/_embedded``.

They are the default edition: read below a user's workspace (docs/adr/0010-workspace.md), and never written to.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

EMBEDDED = ("data", "notebooks", "report.toml")


class EmbedWorkspace(BuildHookInterface[Any]):
    """Embed what a report is made from; an editable install reads it from the tree instead."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name the files to embed, for an ordinary wheel only; hidden ones, such as checkpoints, stay out."""
        if version == "editable":
            return
        for name in EMBEDDED:
            files = self._visible_files(Path(self.root) / name)
            if not files:
                raise FileNotFoundError(f"{name}: nothing to embed in the wheel; build it from the project's tree")
            for file in files:
                build_data["force_include"][file] = f"r2p_analysis/_embedded/{file}"

    def _visible_files(self, top: Path) -> list[str]:
        found = [top] if top.is_file() else sorted(path for path in top.rglob("*") if path.is_file())
        paths = [path.relative_to(self.root) for path in found]
        return [path.as_posix() for path in paths if not any(part.startswith(".") for part in path.parts)]
