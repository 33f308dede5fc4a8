"""Reading stored tables, and knowing which ones a figure rests on."""

from __future__ import annotations

import copy
import functools
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar, cast

import pandas as pd

from r2p_analysis.errors import StoreError
from r2p_analysis.parquet import read_parquet
from r2p_analysis.store.files import sha256_of
from r2p_analysis.store.package import Provenance, Stored, stored_tables
from r2p_analysis.workspace import Layers

_SOURCES = "r2p_sources"
P = ParamSpec("P")
R = TypeVar("R")
_State = tuple[int, int, int]
"""Of a file: its number, size and time of last change."""

_RESULTS = 512
"""How many results are remembered for one set of tables."""
EVERY_TABLE = "*"
"""Among the names asked for: the list of all tables itself."""


class _Names(tuple[str, ...]):
    """Names of tables, in alphabetical order. Pandas copies deeply what hangs on a frame, at every operation."""

    __slots__ = ()

    def __deepcopy__(self, _memo: object) -> _Names:
        return self


class _Result(NamedTuple):
    """What was computed, the tables read for it, and all tables about which anything was asked."""

    value: Any
    read: frozenset[str]
    asked: frozenset[str]


class Tables(Mapping[str, "pd.DataFrame"]):
    """Tables by name, read when first asked for, that remember who asked.

    Parameters
    ----------
    read : callable
        Gives the table of a name, or raises KeyError.
    provenance : mapping
        Provenance of each table by name.
    results : dict, optional
        What was computed of the same tables before, and will be of these.

    Attributes
    ----------
    asked : set of str
        Tables about which anything was asked: read, looked for in vain, or whose provenance was told. What was made of
        them can change when one of these does, and only then.

    Notes
    -----
    A table is shared by all who ask for it: measures must not change it.
    """

    def __init__(
        self,
        read: Callable[[str], pd.DataFrame],
        provenance: Mapping[str, Provenance],
        results: dict[Hashable, _Result] | None = None,
    ) -> None:
        self._read = read
        self._provenance = dict(provenance)
        self._loaded: dict[str, pd.DataFrame] = {}
        self._listeners: list[set[str]] = []
        self._results: dict[Hashable, _Result] = {} if results is None else results
        self.asked: set[str] = set()

    @classmethod
    def of(cls, frames: Mapping[str, pd.DataFrame]) -> Tables:
        """Make tables from frames at hand, without provenance: for trials and tests."""
        return cls(frames.__getitem__, {name: _unknown_provenance(name) for name in frames})

    def __getitem__(self, name: str) -> pd.DataFrame:
        """Give a table and note that it was read."""
        self.asked.add(name)
        if name not in self._provenance:
            known = ", ".join(sorted(self._provenance))
            raise StoreError(f"no table \"{name}\" is stored: have {known or 'none'}; run 'r2p fetch' to make it")
        self._tell([name])
        if name not in self._loaded:
            self._loaded[name] = self._read(name)
        return self._loaded[name]

    def __contains__(self, name: object) -> bool:
        """Say whether a table is stored: some are not carried, and come only with a user's own copy."""
        self.asked.add(str(name))
        return name in self._provenance

    def __iter__(self) -> Iterator[str]:
        """Go through the names."""
        self.asked.add(EVERY_TABLE)
        return iter(sorted(self._provenance))

    def __len__(self) -> int:
        """Count the tables."""
        self.asked.add(EVERY_TABLE)
        return len(self._provenance)

    def provenance(self, name: str) -> Provenance:
        """Give the provenance of a table."""
        self.asked.add(name)
        return self._provenance[name]

    @contextmanager
    def recording(self) -> Iterator[set[str]]:
        """Collect the names of the tables read inside the ``with`` block."""
        names: set[str] = set()
        self._listeners.append(names)
        try:
            yield names
        finally:
            # By identity: an outer listener may hold equal names.
            self._listeners = [listener for listener in self._listeners if listener is not names]

    def once(self, key: Hashable, compute: Callable[[], R]) -> tuple[R, frozenset[str]]:
        """Compute something of these tables, unless it was computed before.

        Parameters
        ----------
        key : hashable
            What is computed, with all that it depends on beside the tables.
        compute : callable
            Computes it.

        Returns
        -------
        result
            What was computed; a frame as a copy that shares its columns until one is written to.
        tables : frozenset of str
            The tables read for it, which every recording learns of also when nothing is read again.
        """
        if key not in self._results:
            result = self._compute(compute)
            if len(self._results) >= _RESULTS:
                del self._results[next(iter(self._results))]
            self._results[key] = result
        else:
            # To the end of the line: what is asked for again and again is not what is forgotten.
            self._results[key] = self._results.pop(key)
        value, read, asked = self._results[key]
        self._tell(read)
        self.asked |= asked
        return _own(value), read

    def _compute(self, compute: Callable[[], Any]) -> _Result:
        before, self.asked = self.asked, set()
        try:
            with self.recording() as names:
                value = compute()
            return _Result(value, frozenset(names), frozenset(self.asked))
        finally:
            before |= self.asked
            self.asked = before

    def _tell(self, names: Iterable[str]) -> None:
        for listener in self._listeners:
            listener.update(names)


def open_tables(data: Path | Layers) -> Tables:
    """Open the stored tables of a folder, or of a workspace over those that the package carries.

    Parameters
    ----------
    data : Path or Layers
        Folder of parquet files and ``datapackage.json``, or two read as one.

    Returns
    -------
    Tables

    Raises
    ------
    StoreError
        When the folder holds no tables; later, when a file is missing, differs from its recorded SHA-256, or lacks a
        column that the embedded table beneath it has.
    """
    stored = stored_tables(data)
    if not stored:
        raise StoreError(f"no tables at {data}: expected datapackage.json; run 'r2p fetch --from DIR'")
    return Tables(
        lambda name: _read_checked(stored[name]),
        {name: one.provenance for name, one in stored.items()},
        _results_of(tuple((one, _state(one.path)) for one in stored.values())),
    )


@functools.lru_cache(maxsize=2)
def _results_of(_tables: tuple[tuple[Stored, _State | None], ...]) -> dict[Hashable, _Result]:
    """Give what is remembered of tables: of a file that was touched, nothing is."""
    return {}


def _state(path: Path) -> _State | None:
    try:
        state = path.stat()
    except OSError:
        return None
    return state.st_ino, state.st_size, state.st_mtime_ns


def _read_checked(stored: Stored) -> pd.DataFrame:
    path, sha256, source = stored.path, stored.provenance.sha256, stored.provenance.source
    if stored.lacking:
        raise StoreError(
            f"{path} was stored by an older version: expected a column {stored.lacking[0]}, got none; run 'r2p fetch "
            f"{source}'"
        )
    state = _state(path)
    if state is None:
        raise StoreError(f"{path} is missing though the data package lists it; restore it or run 'r2p fetch {source}'")
    frame = _read_once(path, sha256, state, source)
    # A copy that shares its columns until one is written to: nothing done to it reaches the next reader.
    return frame.copy(deep=False)


@functools.cache
def _read_once(path: Path, sha256: str, _state_then: _State, source: str) -> pd.DataFrame:
    """Read a file that is what the data package says; once in a process as long as the file stays the same."""
    content = path.read_bytes()
    found = sha256_of(content)
    if found != sha256:
        raise StoreError(
            f"{path} was altered: expected sha256 {sha256[:12]}, got {found[:12]}; restore it or run "
            f"'r2p fetch {source} --accept-revision'"
        )
    return read_parquet(content)


def measure(function: Callable[Concatenate[Tables, P], R]) -> Callable[Concatenate[Tables, P], R]:
    """Make a function of tables remember, in the frame that it returns, the tables that it rests on.

    These are the tables that it read and those behind the frames that it was given. The names go into
    ``DataFrame.attrs`` and from there to the source line of an exhibit, so that no source is typed. Asked for the same
    of the same tables again, the function is not called again; it must depend on nothing but what it is given.
    """

    @functools.wraps(function)
    def measured(tables: Tables, *args: P.args, **kwargs: P.kwargs) -> R:
        key = _key(function, args, kwargs)
        if key is None:
            with tables.recording() as read:
                result = function(tables, *args, **kwargs)
            names = frozenset(read)
        else:
            result, names = tables.once(key, lambda: function(tables, *args, **kwargs))
        if isinstance(result, pd.DataFrame | pd.Series):
            given = [
                value for value in (*args, *kwargs.values(), result) if isinstance(value, pd.DataFrame | pd.Series)
            ]
            result.attrs = {**result.attrs, _SOURCES: _Names(sorted(names | set(sources_of(*given))))}
        return result

    return cast("Callable[Concatenate[Tables, P], R]", measured)


def _key(function: Callable[..., Any], args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Hashable | None:
    """Give what a call depends on beside the tables; None when that cannot be compared, as a frame."""
    key = function, tuple(map(_frozen, args)), tuple((name, _frozen(value)) for name, value in sorted(kwargs.items()))
    try:
        hash(key)
    except TypeError:
        return None
    return key


def _frozen(value: Any) -> Any:
    # With the type, for 1, 1.0 and True are equal.
    return type(value), tuple(map(_frozen, value)) if isinstance(value, list | tuple) else value


def _own(result: R) -> R:
    # What one caller does to a result must not reach the next.
    return cast("R", result.copy(deep=False)) if isinstance(result, pd.DataFrame | pd.Series) else copy.copy(result)


def sources_of(*frames: pd.DataFrame | pd.Series) -> list[str]:
    """Name the tables that frames made by measures rest on, without repeats, in alphabetical order."""
    return sorted({name for frame in frames for name in frame.attrs.get(_SOURCES, ())})


def _unknown_provenance(name: str) -> Provenance:
    texts: Any = dict.fromkeys(("version", "licence", "licence_url", "attribution", "cadence", "url", "origin"), "")
    return Provenance(
        table=name, title=name, source="", producer="unknown", retrieved="", sha256="", rows=0,
        first_year=None, last_year=None, caveats=(), **texts,
    )  # fmt: skip
