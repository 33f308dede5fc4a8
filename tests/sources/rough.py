"""Valid raw files of every table, from which rough ones are made.

To add a seed, write a function in a module of ``seeds/`` and decorate it with the names of the tables that it is for.
It takes the name of the table and gives its raw files, as a producer would: file name to content. One function for each
form that the parser accepts (pages of JSON, CSV, an archive, ...)::

    @seed("wpp_population")
    def csv(table: str) -> dict[str, bytes]:
        return {"wpp.csv": b"iso3,year,population_midyear\\nNAM,2015,10\\n"}

Modules of ``seeds/`` are found; a table without a seed fails a test.
"""

from __future__ import annotations

import gzip
import importlib
import io
import json
import pkgutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import seeds

from fakes import DATA
from r2p_analysis.errors import R2PError
from r2p_analysis.sources import source_of
from r2p_analysis.store.contracts import check

Files = dict[str, bytes]
Maker = Callable[[str], Files]
_MAKERS: dict[str, dict[str, Maker]] = {}


def seed(*tables: str) -> Callable[[Maker], Maker]:
    """Register a function that gives valid raw files of these tables."""

    def register(maker: Maker) -> Maker:
        for table in tables:
            _MAKERS.setdefault(table, {})[f"{maker.__module__.rpartition('.')[2]}.{maker.__name__}"] = maker
        return maker

    return register


@cache
def seeds_of(table: str) -> tuple[Files, ...]:
    """All valid sets of raw files of one table."""
    for module in sorted(info.name for info in pkgutil.iter_modules(seeds.__path__)):
        importlib.import_module(f"seeds.{module}")
    return tuple(maker(table) for maker in _MAKERS.get(table, {}).values())


def some(table: str, count: int = 6) -> pd.DataFrame:
    """A few rows of a stored table, from all over it."""
    frame = pd.read_parquet(DATA / f"{table}.parquet")
    return frame.iloc[:: max(1, len(frame) // count)].head(count).reset_index(drop=True)


def as_csv(frame: pd.DataFrame, separator: str = ",") -> bytes:
    return frame.to_csv(index=False, sep=separator).encode()


def as_gzip(frame: pd.DataFrame) -> bytes:
    return gzip.compress(as_csv(frame), mtime=0)


def as_parquet(frame: pd.DataFrame) -> bytes:
    buffer = io.BytesIO()
    frame.to_parquet(buffer, index=False)
    return buffer.getvalue()


def as_rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows for JSON: whole numbers stay whole, what is missing is null."""
    return [
        {key: None if pd.isna(cell) else (cell.item() if hasattr(cell, "item") else cell) for key, cell in row.items()}
        for row in frame.astype(object).to_dict("records")
    ]


def as_json(content: object) -> bytes:
    return json.dumps(content).encode()


def read(table: str, files: Files, folder: Path) -> pd.DataFrame:
    """Write raw files into an empty folder, parse them as a fetch does and check the table."""
    for old in folder.iterdir():
        old.unlink()
    paths = [folder / name for name in files]
    for path, content in zip(paths, files.values(), strict=True):
        path.write_bytes(content)
    module, contract = source_of(table)
    return check(module.parse(table, paths), contract)


def refusal_of(table: str, files: Files, folder: Path) -> str | None:
    """The line with which files are refused; None when they are read. Other errors than the project's pass on."""
    try:
        read(table, files, folder)
    except R2PError as error:
        return str(error)
    return None
