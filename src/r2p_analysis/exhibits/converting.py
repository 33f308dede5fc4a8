"""What runs in the processes that render: the only ones in which vl-convert is imported."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from r2p_analysis.exhibits.compiling import compiled, told_as_value_error
from r2p_analysis.exhibits.lettering import Lettering
from r2p_analysis.exhibits.svg import clean, number_ids
from r2p_analysis.store.files import write_atomically
from r2p_analysis.workspace.parents import follow_parent

PREFIX = "r2p:"
"""Before the name of a geometry, in the place of an address."""


def start() -> None:
    """Prepare a process."""
    follow_parent()
    os.environ["TZ"] = "UTC"


def into(path: Path, work: Callable[[], bytes]) -> None:
    """Do some work and keep what it gives."""
    write_atomically(path, work())


def into_each(works: Iterable[tuple[Path, Callable[[], bytes]]]) -> None:
    """Do some works; one that fails is left undone, for whoever wants it to find out why."""
    for path, work in works:
        with suppress(ValueError):
            into(path, work)


@lru_cache(maxsize=8)
def _features(path: str) -> Any:
    return json.loads(Path(path).read_text(encoding="utf-8"))


def convert(text: str, shapes: dict[str, str]) -> bytes:
    """Draw a spec, written as text, with the geometry that it names.

    Raises
    ------
    ValueError
        When it cannot be drawn.
    """
    spec = json.loads(text)
    if shapes:
        spec = _with_geometry(spec, {PREFIX + name: _features(path) for name, path in shapes.items()})
    try:
        svg = _svg_of_sheet(spec)
    except LookupError:
        svg = _svg(spec)
    return clean(number_ids(svg, "id")).encode()


def _svg_of_sheet(spec: dict[str, Any]) -> str:
    """Draw a spec in the ways that are open to a sheet alone; LookupError when it is none."""
    lettering = Lettering()
    bare = lettering.take_out(spec)
    if bare is spec:
        raise LookupError("no sheet")
    vega = json.dumps(compiled(bare))
    import vl_convert

    with told_as_value_error():
        svg = vl_convert.vega_to_svg(vega, allowed_base_urls=[])
    return lettering.put_back(svg)


def _svg(spec: dict[str, Any]) -> str:
    import vl_convert

    with told_as_value_error():
        svg: str = vl_convert.vegalite_to_svg(json.dumps(spec), allowed_base_urls=[])
    return svg


def _with_geometry(part: Any, shapes: dict[str, Any]) -> Any:
    if isinstance(part, list):
        return [_with_geometry(item, shapes) for item in part]
    if not isinstance(part, dict):
        return part
    if part.get("url") in shapes:
        return {"values": shapes[part["url"]]}
    return {name: _with_geometry(item, shapes) for name, item in part.items()}
