"""A package that looks installed: a default edition of two small tables packed inside, and no checkout around it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pandas as pd

from r2p_analysis.sources.cadence import Occasional
from r2p_analysis.sources.contract import Column, Source, Table
from r2p_analysis.store import store_table
from r2p_analysis.workspace import Layers


class Installed:
    """The package's folder, and what may be done with it."""

    def __init__(self, place: Path) -> None:
        self.packages = place / "site-packages"
        self.embedded = self.packages / "r2p_analysis" / "_embedded"
        self.data = self.embedded / "data"

    def put(self, name: str, people: list[int], data: Path | Layers | None = None, **said: object) -> None:
        """Store a table of people by year from 2014 on, in the package unless told."""
        table, source = contract(name, *said.pop("columns", ()))  # type: ignore[misc]  # a tuple of names
        frame = pd.DataFrame({"year": range(2014, 2014 + len(people)), "people": people})
        for column in table.column_names[2:]:
            frame[column] = 1
        options = {"version": "1", "retrieved": "2026-06-25", "origin": "people.csv", "accept_revision": True, **said}
        store_table(frame, table, source, data or self.data, **options)  # type: ignore[arg-type]  # told by the test

    def checksums(self) -> dict[str, str]:
        """All that lies among the packages."""
        found = sorted(self.packages.rglob("*"))
        return {
            str(path): hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "folder" for path in found
        }


def contract(name: str, *more: str) -> tuple[Table, Source]:
    """A table of people by year, with more columns if told, and its source."""
    columns = tuple(Column(column, "integer", column) for column in ("year", "people", *more))
    table = Table(name=name, title=name, columns=columns, key=("year",), stems=(name,))
    source = Source(
        "trial", "Producer", "CC BY 4.0", "https://l.example", "Credit", Occasional("yearly"), "https://s.example"
    )
    return table, replace(source, tables=(table,))
