"""Specs to SVG: a pure function, done by long-lived processes and kept on disk.

vl-convert must never be used in a process that forks, for its children hang; so it is imported only in the
processes started here, which are fresh ones. See docs/adr/0003-rendering.md.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache, partial
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from r2p_analysis.errors import RenderError
from r2p_analysis.exhibits.pixels import PIXELS_VERSION, to_png

RENDER_VERSION = 1
"""To be raised whenever the same spec would give another SVG."""

PREFIX = "r2p:"
Geometry = Callable[[str], dict[str, Any]]


class Renderer:
    """Renders Vega-Lite specs to SVG, each distinct one once.

    Parameters
    ----------
    cache_dir
        Where finished SVGs are kept, made when missing.
    workers
        How many processes render; none is started while everything is in the cache.
    geometry
        Gives the GeoJSON features that a spec calls ``r2p:<name>``.

    Examples
    --------
    >>> with Renderer(Path("cache"), geometry=load) as renderer:  # doctest: +SKIP
    ...     wide, narrow = renderer.render(graphic.layouts.values())
    """

    def __init__(self, cache_dir: Path, workers: int = 2, geometry: Geometry | None = None) -> None:
        self.cache_dir = Path(cache_dir)
        self.workers = workers
        self._load = geometry
        self._shapes: dict[str, tuple[str, str]] = {}
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop the processes; the renderer may be used again and then starts new ones."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def warm(self) -> None:
        """Start a process that renders before anything is wanted, for a person who will wait for the first picture."""
        self._executor().submit(_convert, '{"data": {"values": [{}]}, "mark": "point"}', {})

    def key(self, spec: dict[str, Any]) -> str:
        """Return the hash of all that the SVG depends on."""
        parts = [
            canonical(spec),
            *(f"{name}={self._shape(name)[0]}" for name in geometry_names(spec)),
            version("vl-convert-python"),
            str(RENDER_VERSION),
        ]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def render(self, specs: Iterable[dict[str, Any]]) -> list[str]:
        """Return the SVG of each spec, in order.

        Raises
        ------
        RenderError
            When a spec cannot be drawn; the message begins with what the spec is.
        """
        asked = [(self.cache_dir / f"{self.key(spec)}.svg", spec) for spec in specs]
        missing = {path: spec for path, spec in asked if not path.is_file()}
        self._make({path: (describe(spec), self._drawing(spec)) for path, spec in missing.items()})
        return [path.read_text(encoding="utf-8") for path, _ in asked]

    def pixels(self, svgs: Iterable[str]) -> list[bytes]:
        """Return each SVG document as a PNG of twice its size, in order.

        Raises
        ------
        RenderError
            When one cannot be drawn.
        """
        asked = [(self.cache_dir / f"{_pixel_key(svg)}.png", svg) for svg in svgs]
        missing = {path: svg for path, svg in asked if not path.is_file()}
        self._make({path: ("a picture", partial(to_png, svg)) for path, svg in missing.items()})
        return [path.read_bytes() for path, _ in asked]

    def _drawing(self, spec: dict[str, Any]) -> Callable[[], bytes]:
        return partial(_convert, canonical(spec), {name: self._shape(name)[1] for name in geometry_names(spec)})

    def _make(self, wanted: Mapping[Path, tuple[str, Callable[[], bytes]]]) -> None:
        """Make files that are not in the cache, several at a time."""
        futures: dict[Path, Future[bytes]] = {}
        try:
            for path, (_, work) in wanted.items():
                futures[path] = self._executor().submit(work)
            for path, future in futures.items():
                write_atomically(path, future.result())
        except BrokenProcessPool as error:
            self._pool = None
            raise RenderError("a process that draws charts died; it may have run out of memory") from error
        except ValueError as error:
            failed = next(path for path, f in futures.items() if f.done() and f.exception() is error)
            raise RenderError(f"{wanted[failed][0]}: {_one_line(error)}") from error
        finally:
            for future in futures.values():
                future.cancel()

    def _executor(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(self.workers, mp_context=get_context("spawn"), initializer=_start)
        return self._pool

    def _shape(self, name: str) -> tuple[str, str]:
        """The hash of a geometry and the file from which the workers read it."""
        if name not in self._shapes:
            if self._load is None:
                raise RenderError(f"geometry {name!r} is asked for, but the renderer was given no geometry")
            text = json.dumps(orient(self._load(name))["features"], separators=(",", ":"), sort_keys=True)
            digest = hashlib.sha256(text.encode()).hexdigest()
            path = self.cache_dir / f"{name}-{digest[:16]}.json"
            if not path.is_file():
                write_atomically(path, text.encode())
            self._shapes[name] = digest, str(path)
        return self._shapes[name]


def _pixel_key(svg: str) -> str:
    parts = [svg, version("vl-convert-python"), version("pillow"), str(PIXELS_VERSION)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def canonical(spec: dict[str, Any]) -> str:
    """Write a spec so that equal specs are equal texts."""
    try:
        return json.dumps(spec, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise RenderError(f"{describe(spec)}: not plain JSON: {_one_line(error)}") from error


def describe(spec: dict[str, Any]) -> str:
    """Say which spec it is: its name, its title or how its text begins."""
    named = spec.get("name") or spec.get("title") or repr(spec)[:100]
    return f"spec {named}"


def geometry_names(part: Any) -> list[str]:
    """The names of the geometry that a spec points to, sorted."""
    found: set[str] = set()
    if isinstance(part, dict):
        url = part.get("url")
        if isinstance(url, str) and url.startswith(PREFIX):
            found.add(url.removeprefix(PREFIX))
        part = list(part.values())
    if isinstance(part, list):
        found.update(name for item in part for name in geometry_names(item))
    return sorted(found)


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file that others see whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())[:300]


# Geometry -----


def orient(collection: dict[str, Any]) -> dict[str, Any]:
    """Turn every polygon so that its outer ring runs clockwise, as Vega reads the sphere.

    GeoJSON asks for the opposite; drawn as it is, a country would be the whole globe but itself.
    """
    return {
        **collection,
        "features": [
            {**feature, "geometry": _oriented(feature["geometry"])} if feature.get("geometry") else feature
            for feature in collection["features"]
        ],
    }


def _oriented(shape: dict[str, Any]) -> dict[str, Any]:
    if shape["type"] == "Polygon":
        return {**shape, "coordinates": _turned(shape["coordinates"])}
    if shape["type"] == "MultiPolygon":
        return {**shape, "coordinates": [_turned(rings) for rings in shape["coordinates"]]}
    return shape


def _turned(rings: list[list[list[float]]]) -> list[list[list[float]]]:
    """Outer ring clockwise, holes counter-clockwise."""
    return [list(ring) if (signed_area(ring) < 0) is (n == 0) else list(reversed(ring)) for n, ring in enumerate(rings)]


def signed_area(ring: list[list[float]]) -> float:
    """The area of a ring in square degrees, negative when it runs clockwise."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)) / 2


# In the processes that render -----


def _start() -> None:
    os.environ["TZ"] = "UTC"


@lru_cache(maxsize=8)
def _features(path: str) -> Any:
    return json.loads(Path(path).read_text(encoding="utf-8"))


def _convert(text: str, shapes: dict[str, str]) -> bytes:
    import vl_convert

    spec = json.loads(text)
    if shapes:
        spec = _with_geometry(spec, {PREFIX + name: _features(path) for name, path in shapes.items()})
    try:
        svg = vl_convert.vegalite_to_svg(json.dumps(spec), allowed_base_urls=[])
    except BaseException as error:  # noqa: BLE001 - a panic in the converter is no Exception
        raise ValueError(str(error)) from None
    return normalise_ids(svg).encode()


def _with_geometry(part: Any, shapes: dict[str, Any]) -> Any:
    if isinstance(part, list):
        return [_with_geometry(item, shapes) for item in part]
    if not isinstance(part, dict):
        return part
    if part.get("url") in shapes:
        return {"values": shapes[part["url"]]}
    return {name: _with_geometry(item, shapes) for name, item in part.items()}


def normalise_ids(svg: str) -> str:
    """Number ids by their order in the SVG; the converter numbers them by what it drew before."""
    order: dict[str, str] = {}
    for name in re.findall(r'\bid="([^"]+)"', svg):
        order.setdefault(name, f"id{len(order)}")
    svg = re.sub(r'\bid="([^"]+)"', lambda m: f'id="{order[m[1]]}"', svg)
    return re.sub(r'(url\(#|href="#)([^)"]+)', lambda m: m[1] + order.get(m[2], m[2]), svg)
