"""Known errors of producers, mended on the way into the store, and a guard against those mended upstream."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from r2p_analysis.errors import ContractError
from r2p_analysis.sources.contract import Table
from r2p_analysis.workspace import Layers

FOLDER = "corrections"
_KEYS = {"table", "row", "column", "expect", "value", "reason", "reported"}


@dataclass(frozen=True)
class Correction:
    """One cell that a producer has wrong.

    Attributes
    ----------
    table, column : str
        Where the cell stands.
    row : dict
        Values of the table's key that name its row.
    expect, value : str or int or float
        What the producer gives, and what is meant.
    reason : str
        Why it is wrong, as a sentence.
    reported : str
        Where it was reported to the producer, or "not yet".
    """

    table: str
    row: dict[str, Any]
    column: str
    expect: Any
    value: Any
    reason: str
    reported: str


def read_corrections(data: Path | Layers) -> list[Correction]:
    """Read all corrections below ``data/corrections``; an empty list when there is no such folder.

    A file of the workspace adds to the embedded ones, or is read in place of the one of the same name.

    Raises
    ------
    ContractError
        When a file is not TOML or a correction lacks a part: the message names both.
    """
    found = []
    for path in (Layers.of(data) / FOLDER).glob("*.toml"):
        try:
            entries = tomllib.loads(path.read_text(encoding="utf-8")).get("correction", [])
        except tomllib.TOMLDecodeError as error:
            raise ContractError(f"{path.name} is not valid TOML: {error}; mend that line") from None
        for entry in entries:
            if set(entry) != _KEYS:
                odd = min(_KEYS ^ set(entry))
                raise ContractError(f'{path.name}: a correction needs {", ".join(sorted(_KEYS))}; look at "{odd}"')
            found.append(Correction(**entry))
    return found


def apply_corrections(
    frame: pd.DataFrame, contract: Table, data: Path | Layers
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Mend the cells of a table that its producer has wrong.

    Parameters
    ----------
    frame : pandas.DataFrame
        As the source's ``parse`` gives it; it is not changed.
    contract : Table
        The table that it is.
    data : Path or Layers
        Folder of the store, perhaps over that of the package.

    Returns
    -------
    pandas.DataFrame, tuple of str
        The mended table, and the reasons, for its provenance.

    Raises
    ------
    ContractError
        When the row is not there, or its cell is no longer what the correction expects.
    """
    mine = [correction for correction in read_corrections(data) if correction.table == contract.name]
    mended = frame.copy() if mine else frame
    for correction in mine:
        where = f"{contract.name}: correction of {correction.column} where {_told(correction.row)}"
        if set(correction.row) - set(contract.column_names) or correction.column not in contract.column_names:
            raise ContractError(f"{where}: the table has no such column; mend the correction")
        rows = pd.Series(True, index=mended.index)
        for name, wanted in correction.row.items():
            rows &= (mended[name] == wanted).fillna(False).astype(bool)
        if rows.sum() != 1:
            raise ContractError(f"{where}: expected one such row, got {int(rows.sum())}; take the correction out")
        found = mended.loc[rows, correction.column].iloc[0]
        if pd.isna(found) or found != correction.expect:
            raise ContractError(
                f'{where}: expected "{correction.expect}", got "{found}"; the producer has changed it: take the '
                "correction out, or say what is wrong now"
            )
        mended.loc[rows, correction.column] = correction.value
    return mended, tuple(correction.reason for correction in mine)


def _told(row: dict[str, Any]) -> str:
    return ", ".join(f"{name} is {value}" for name, value in row.items())
