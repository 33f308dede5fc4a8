"""Drawing for a person: SVG and PNG, made in a process of its own, for a kernel may fork.

See docs/adr/0003-rendering.md.
"""

from __future__ import annotations

import os
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from r2p_analysis.exhibits.geometry import geometry_of
from r2p_analysis.exhibits.render import Renderer
from r2p_analysis.exhibits.standalone import standalone
from r2p_analysis.exhibits.svg import finish
from r2p_analysis.store import open_tables
from r2p_analysis.workspace import Workspace, find_workspace


def widest(payload: dict[str, Any]) -> dict[str, Any]:
    """Give the spec of an exhibit's widest layout."""
    layouts = payload["graphic"]["layouts"]
    spec: dict[str, Any] = layouts.get("wide") or next(iter(layouts.values()))
    return spec


def drawing(payload: dict[str, Any]) -> str:
    """Give an exhibit's picture as the report's pages show it: its colours follow variables, its labels are text.

    Raises
    ------
    RenderError
        When it cannot be drawn.
    """
    raw = renderer().render([widest(payload)])[0]
    return finish(raw, prefix=f"lab-{payload['id']}", title=payload["headline"], description=payload["alt"])


def picture(payload: dict[str, Any], below: list[str]) -> str:
    """Give an exhibit's picture as an SVG document of its own, with headline, subtitle and the lines `below`."""
    return standalone(drawing(payload), payload["headline"], payload["subtitle"], below)


def pixels(svg: str) -> bytes:
    """Give an SVG document as a PNG of twice its size."""
    return renderer().pixels([svg])[0]


@cache
def renderer() -> Renderer:
    """Give the one renderer of this kernel. Its process starts with the first picture that no build has drawn yet."""
    return Renderer(_cache_folder(find_workspace()), workers=1, geometry=geometry())


@cache
def geometry() -> Any:
    """Give the function from names to GeoJSON, of the stored boundaries."""
    return geometry_of(open_tables(find_workspace().data))


def _cache_folder(workspace: Workspace) -> Path:
    """Give the folder in which builds keep their drawings, or one for this kernel where there is none to write to."""
    folder = workspace.outputs / ".cache" / "svg"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return Path(tempfile.mkdtemp(prefix="r2p-svg-"))
    return folder if os.access(folder, os.W_OK) else Path(tempfile.mkdtemp(prefix="r2p-svg-"))
