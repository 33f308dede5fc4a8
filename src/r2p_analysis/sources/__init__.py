"""Producers of data, one module each, found by looking into this package.

A module is a source when it has ``SOURCE`` (a `Source`) and ``parse(table, files)``, which turns raw files of the table
called `table` into a DataFrame with the columns of its contract. One whose producer has a service that we ask also has
``download(table, folder, session)``. Nothing needs to be registered.

It may also have ``release(table, files)``, which gives the producer's release that raw files tell (with
``NAMES_TELL_RELEASE = True`` by their names alone), and ``attribution(release)``, which gives the credit line of a
release where it differs from one to the next.
"""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
import re
from functools import cache
from importlib.abc import InspectLoader
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import pandas as pd

from r2p_analysis.errors import UsageError
from r2p_analysis.sources.contract import ByHand, Column, Source, Table

if TYPE_CHECKING:
    from r2p_analysis.sources.http import Http

__all__ = ["ByHand", "Column", "LiveModule", "Source", "SourceModule", "Table", "discover", "source_of"]


_DEFINES = re.compile(r"^SOURCE\b", re.MULTILINE)


class SourceModule(Protocol):
    """What a module of this package offers to be a source."""

    SOURCE: Source

    def parse(self, table: str, files: list[Path]) -> pd.DataFrame:
        """Read raw files of one table."""
        ...


@runtime_checkable
class LiveModule(SourceModule, Protocol):
    """A source that can be fetched from the producer's service."""

    def download(self, table: str, folder: Path, session: Http) -> list[Path]:
        """Write the raw files of one table into a folder and list them; an empty list when it is not served."""
        ...


def _names_a_source(name: str) -> bool:
    """Look into a module before it is imported: clients and helpers need not be, and bring large libraries."""
    spec = importlib.util.find_spec(name)
    loader = spec.loader if spec else None
    text = loader.get_source(name) if isinstance(loader, InspectLoader) else None
    return text is None or _DEFINES.search(text) is not None


@cache
def discover() -> dict[str, SourceModule]:
    """Find all sources.

    Returns
    -------
    dict
        Modules by the name of their source, in alphabetical order.
    """
    found: dict[str, SourceModule] = {}
    for info in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name):
        if not _names_a_source(f"{__name__}.{info.name}"):
            continue
        module = importlib.import_module(f"{__name__}.{info.name}")
        if hasattr(module, "SOURCE"):
            found[module.SOURCE.name] = module
    return found


def source_of(table: str) -> tuple[SourceModule, Table]:
    """Find the source that gives a table.

    Raises
    ------
    UsageError
        When no source gives it.
    """
    for module in discover().values():
        for contract in module.SOURCE.tables:
            if contract.name == table:
                return module, contract
    known = ", ".join(sorted(t.name for m in discover().values() for t in m.SOURCE.tables))
    raise UsageError(f'no source gives a table "{table}": known tables are {known}')
