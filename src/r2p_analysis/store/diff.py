"""What a newer table says otherwise than the stored one: new rows, removed rows, revised cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from r2p_analysis.sources.contract import Table

SHOWN_REVISIONS = 3
SHOWN_YEARS = 4


@dataclass(frozen=True)
class Revision:
    """One cell that changed.

    Attributes
    ----------
    key : tuple
        Values of the table's key that name its row.
    before, after : object
        The cell; None is missing.
    """

    key: tuple[Any, ...]
    before: Any
    after: Any

    @property
    def size(self) -> float:
        """How much it moved; a value that came or went counts whole, and text not at all."""
        numbers = [0 if value is None else value for value in (self.before, self.after)]
        return abs(float(numbers[1]) - float(numbers[0])) if all(map(_is_number, numbers)) else 0.0


@dataclass(frozen=True)
class ColumnDiff:
    """The revised cells of one column.

    Attributes
    ----------
    column : str
        Its name.
    cells : int
        How many cells changed.
    largest : tuple of Revision
        The largest first.
    """

    column: str
    cells: int
    largest: tuple[Revision, ...]


@dataclass(frozen=True)
class TableDiff:
    """How two versions of one table differ.

    Attributes
    ----------
    new_rows, removed_rows : int
        Rows whose key only the newer, or only the older version has.
    new_years, removed_years : dict
        Those rows by year; empty for a table without years.
    columns : tuple of ColumnDiff
        Columns with revised cells in rows that both have, in the order of the table.
    other_columns : bool
        Whether the versions have other columns, so that only the shared ones were compared.
    """

    new_rows: int
    removed_rows: int
    new_years: dict[int, int]
    removed_years: dict[int, int]
    columns: tuple[ColumnDiff, ...]
    other_columns: bool = False

    @property
    def revised_cells(self) -> int:
        """Number of cells that changed in rows that both versions have."""
        return sum(column.cells for column in self.columns)

    def lines(self) -> Iterator[str]:
        """Tell the difference, one line each for the rows and for every revised column."""
        parts = [
            f"{count:,} {what}{_by_year(years)}"
            for count, what, years in (
                (self.new_rows, "new rows", self.new_years),
                (self.removed_rows, "rows removed", self.removed_years),
                (self.revised_cells, "cells revised", {}),
            )
            if count
        ]
        yield ", ".join(parts) or "no difference"
        if self.other_columns:
            yield "its columns changed; only those that both versions have were compared"
        for column in self.columns:
            shown = "; ".join(
                f"{' '.join(map(str, one.key))}: {_said(one.before)} -> {_said(one.after)}" for one in column.largest
            )
            yield f"{column.column}: {column.cells:,} revised, the largest {shown}"


def compare(old: pd.DataFrame, new: pd.DataFrame, contract: Table) -> TableDiff:
    """Compare two versions of a table.

    Parameters
    ----------
    old, new : pandas.DataFrame
        Both with unique keys.
    contract : Table
        Names the key and the columns.

    Returns
    -------
    TableDiff

    Notes
    -----
    A table that was stored under a contract with another key is all new.
    """
    key = list(contract.key)
    if not set(key) <= set(old.columns) or old.duplicated(key).any():
        return TableDiff(len(new), len(old), _years(new), _years(old), (), other_columns=True)
    before, after = (frame.set_index(key, drop=False) for frame in (old, new))
    added, gone = after[~after.index.isin(before.index)], before[~before.index.isin(after.index)]
    shared = after.index[after.index.isin(before.index)]
    values = [name for name in contract.column_names if name not in key and name in old.columns]
    differences = (_column_diff(name, before.loc[shared, name], after.loc[shared, name]) for name in values)
    return TableDiff(
        len(added),
        len(gone),
        _years(added),
        _years(gone),
        tuple(difference for difference in differences if difference.cells),
        other_columns=list(old.columns) != list(new.columns),
    )


def _column_diff(name: str, before: pd.Series, after: pd.Series) -> ColumnDiff:
    old, new = before.astype("object"), after.astype("object")
    old, new = old.where(old.notna(), None), new.where(new.notna(), None)
    changed = [
        Revision(key if isinstance(key, tuple) else (key,), left, right)
        for key, left, right in zip(old.index, old, new, strict=True)
        if left is not right and left != right
    ]
    # Stable: among equals the order of the table decides, so that the same data give the same lines.
    largest = sorted(changed, key=lambda one: -one.size)[:SHOWN_REVISIONS]
    return ColumnDiff(name, len(changed), tuple(largest))


def _years(frame: pd.DataFrame) -> dict[int, int]:
    if "year" not in frame.columns:
        return {}
    years = frame["year"].astype("int64").tolist()
    return {year: years.count(year) for year in sorted(set(years))}


def _by_year(years: dict[int, int]) -> str:
    if not years:
        return ""
    latest = sorted(years, reverse=True)
    shown = ", ".join(f"{year}: {years[year]:,}" for year in latest[:SHOWN_YEARS])
    return f" ({shown}{', and earlier' if len(latest) > SHOWN_YEARS else ''})"


def _said(value: Any) -> str:
    if value is None:
        return "missing"
    if isinstance(value, bytes):
        return f"{len(value):,} bytes"
    if _is_number(value):
        return f"{value:,}"
    text = str(value)
    return f'"{text}"' if len(text) <= 40 else f'"{text[:37]}..."'


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
