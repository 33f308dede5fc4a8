"""Specs to SVG: a pure function, done by long-lived processes and kept on disk.

vl-convert must never be used in a process that forks, for its children hang; so it is imported only in the
processes started here, which are fresh ones. See docs/adr/0003-rendering.md.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from functools import cache, partial
from importlib.metadata import version
from multiprocessing import get_context
from multiprocessing.util import Finalize
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from r2p_analysis.errors import RenderError
from r2p_analysis.exhibits.converting import PREFIX, convert, into, into_each, start
from r2p_analysis.exhibits.pixels import PIXELS_VERSION, to_png
from r2p_analysis.exhibits.winding import orient
from r2p_analysis.store.files import write_atomically

RENDER_VERSION = 3
"""To be raised whenever the same spec would give another SVG."""

_GEOMETRY = re.compile(rf'"url":"{PREFIX}([^"\\]*)"')
Geometry = Callable[[str], dict[str, Any]]
Asked = tuple[Path, str, dict[str, Any]]
"""The file of a picture, and its spec: as text, and as it was given."""
Wanted = tuple[Callable[[], str], Callable[[], bytes]]
"""What says in words what it is, and what makes it."""


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
    names
        Of all geometry there is, for a copy of this renderer in another process, where `geometry` cannot go.

    Examples
    --------
    >>> with Renderer(Path("cache"), geometry=load) as renderer:  # doctest: +SKIP
    ...     wide, narrow = renderer.render(graphic.layouts.values())
    """

    def __init__(
        self, cache_dir: Path, workers: int = 2, geometry: Geometry | None = None, names: Sequence[str] = ()
    ) -> None:
        self.cache_dir = Path(cache_dir)
        self.workers = workers
        self._load = geometry
        self._names = tuple(names)
        self._shapes: dict[str, tuple[str, str]] = {}
        self._pool: ProcessPoolExecutor | None = None
        self._begun: dict[Path, Future[None]] = {}

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
        self._pool, self._begun = None, {}

    def __getstate__(self) -> dict[str, Any]:
        """Give what a copy in another process needs; all that was begun is drawn by then, and found in the cache."""
        wait(self._begun.values())
        self.close()
        for name in self._names:
            self._shape(name)
        return {**vars(self), "workers": 1, "_load": None}

    def features(self, name: str) -> list[dict[str, Any]]:
        """Give the GeoJSON features of a geometry.

        Raises
        ------
        RenderError
            When this renderer has no geometry of that name.
        """
        if self._load is None:
            raise RenderError(f"geometry {name!r} is asked for, but the renderer was given no geometry")
        features: list[dict[str, Any]] = self._load(name)["features"]
        return features

    def warm(self) -> None:
        """Start a process that renders before anything is wanted, for a person who will wait for the first picture."""
        self._executor().submit(convert, '{"data": {"values": [{}]}, "mark": "point"}', {})

    def key(self, spec: dict[str, Any]) -> str:
        """Return the hash of all that the SVG depends on."""
        return self._key(canonical(spec))

    def _key(self, text: str) -> str:
        parts = [
            text,
            *(f"{name}={self._shape(name)[0]}" for name in geometry_names(text)),
            _version("vl-convert-python"),
            str(RENDER_VERSION),
        ]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def ahead(self, specs: Iterable[dict[str, Any]]) -> None:
        """Begin to draw what is not kept yet and return at once, so that `render` will wait for less.

        What cannot be drawn is told by `render`, when the picture is wanted.
        """
        with suppress(BrokenProcessPool, RenderError):
            missing = self._missing(self._asked(specs)).items()
            works = [(path, work) for path, (_, work) in missing if path not in self._begun]
            # One message for each process: one for each picture costs this process twice as much.
            for share in filter(None, (works[first :: self.workers] for first in range(self.workers))):
                future = self._executor().submit(into_each, share)
                self._begun.update((path, future) for path, _ in share)

    def render(self, specs: Iterable[dict[str, Any]]) -> list[str]:
        """Return the SVG of each spec, in order.

        Raises
        ------
        RenderError
            When a spec cannot be drawn; the message begins with what the spec is.
        """
        asked = self._asked(specs)
        wait({self._begun.pop(path) for path, _, _ in asked if path in self._begun})
        self._make(self._missing(asked))
        return [path.read_text(encoding="utf-8") for path, _, _ in asked]

    def pixels(self, svgs: Iterable[str]) -> list[bytes]:
        """Return each SVG document as a PNG of twice its size, in order.

        Raises
        ------
        RenderError
            When one cannot be drawn.
        """
        asked = [(self.cache_dir / f"{_pixel_key(svg)}.png", svg) for svg in svgs]
        missing = {path: svg for path, svg in asked if not path.is_file()}
        self._make({path: (lambda: "a picture", partial(to_png, svg)) for path, svg in missing.items()})
        return [path.read_bytes() for path, _ in asked]

    def _asked(self, specs: Iterable[dict[str, Any]]) -> list[Asked]:
        written = ((canonical(spec), spec) for spec in specs)
        return [(self.cache_dir / f"{self._key(text)}.svg", text, spec) for text, spec in written]

    def _missing(self, asked: Iterable[Asked]) -> dict[Path, Wanted]:
        return {p: (partial(describe, spec), self._drawing(text)) for p, text, spec in asked if not p.is_file()}

    def _drawing(self, text: str) -> Callable[[], bytes]:
        return partial(convert, text, {name: self._shape(name)[1] for name in geometry_names(text)})

    def _make(self, wanted: Mapping[Path, Wanted]) -> None:
        """Make files that are not in the cache, several at a time; once more when a process was killed meanwhile."""
        try:
            try:
                self._draw(wanted)
            except BrokenProcessPool:
                self.close()
                self._draw({path: work for path, work in wanted.items() if not path.is_file()})
        except BrokenProcessPool as error:
            self.close()
            raise RenderError("a process that draws charts died twice; it may have run out of memory") from error

    def _draw(self, wanted: Mapping[Path, Wanted]) -> None:
        futures: dict[Path, Future[None]] = {}
        try:
            for path, (_, work) in wanted.items():
                futures[path] = self._executor().submit(into, path, work)
            for future in futures.values():
                future.result()
        except ValueError as error:
            failed = next(path for path, f in futures.items() if f.done() and f.exception() is error)
            raise RenderError(f"{wanted[failed][0]()}: {_one_line(error)}") from error
        finally:
            for future in futures.values():
                future.cancel()

    def _executor(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(self.workers, mp_context=get_context("spawn"), initializer=start)
            # A process of a pool waits for its own children before it tells them to end. So they are told before, and
            # before the queue by which they are told is closed, which has priority 10.
            Finalize(self, self._pool.shutdown, exitpriority=20)
        return self._pool

    def _shape(self, name: str) -> tuple[str, str]:
        """The hash of a geometry and the file from which the workers read it."""
        if name not in self._shapes:
            whole = {"type": "FeatureCollection", "features": self.features(name)}
            text = json.dumps(orient(whole)["features"], separators=(",", ":"), sort_keys=True)
            digest = hashlib.sha256(text.encode()).hexdigest()
            path = self.cache_dir / f"{name}-{digest[:16]}.json"
            if not path.is_file():
                write_atomically(path, text.encode())
            self._shapes[name] = digest, str(path)
        return self._shapes[name]


@cache
def _version(library: str) -> str:
    return version(library)


def _pixel_key(svg: str) -> str:
    parts = [svg, _version("vl-convert-python"), _version("pillow"), str(PIXELS_VERSION)]
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


def geometry_names(text: str) -> list[str]:
    """The names of the geometry to which a spec points, sorted; the spec as `canonical` writes it."""
    return sorted(set(_GEOMETRY.findall(text))) if f'"{PREFIX}' in text else []


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())[:300]
