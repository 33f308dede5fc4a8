"""Dated figures that others stated, gathered by hand in ``data/statements/``: each with what it counts and its source.

They stand beside measured figures and are never added to them.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from r2p_analysis.errors import SourceError
from r2p_analysis.sources.cadence import Occasional
from r2p_analysis.sources.contract import Column, Source, Table
from r2p_analysis.sources.files import read_delimited, require_columns
from r2p_analysis.sources.guard import one_line_errors

_NUMBERS = ("value", "low", "high")
BASES = ("printed report", "web page", "quoted elsewhere")
"""How a row was obtained; rows from memory are not taken."""

_COLUMNS = (
    Column("id", "text", "name of the row, by which measures ask for it"),
    Column("subject", "text", "rows of one subject can stand in one chart"),
    Column("place", "text", "ISO 3166 alpha-3; WLD is the world"),
    Column("stated", "date", "when it was stated: YYYY, YYYY-MM or YYYY-MM-DD"),
    Column("as_of", "date", "the date up to which it counts, or of which it is: written alike"),
    Column("value", "number", "the figure", minimum=0),
    Column("low", "number", "lower bound, where one was given", nullable=True, minimum=0),
    Column("high", "number", "upper bound, where one was given", nullable=True, minimum=0),
    Column("unit", "text", "what the figure is a number of"),
    Column("counts", "text", "what it counts and what it leaves out"),
    Column("publisher", "text", "who stated it"),
    Column("url", "text", "where it can be read"),
    Column("basis", "text", "how the row was obtained", allowed=BASES),
)


def _dates_are_iso(frame: pd.DataFrame) -> str | None:
    for name in ("stated", "as_of"):
        bad = frame[~frame[name].str.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?")]
        if len(bad):
            return f'{name} of {bad["id"].iloc[0]} is "{bad[name].iloc[0]}"; expected YYYY, YYYY-MM or YYYY-MM-DD'
    return None


SOURCE = Source(
    name="statements",
    producer="Publishers named row by row",
    licence="facts, cited row by row",
    licence_url="",
    attribution="publishers named in each row",
    cadence=Occasional("by hand"),
    url="https://github.com/r2p-analysis/r2p-analysis/tree/main/data/statements",
    tables=(
        Table(
            name="statements",
            title="Dated figures stated by others",
            columns=_COLUMNS,
            key=("id",),
            stems=("statements",),
            checks=(_dates_are_iso,),
            caveats=("Each row counts something else, to another date: none can be added to another.",),
        ),
    ),
)


@one_line_errors
def parse(table: str, files: list[Path]) -> pd.DataFrame:
    """Read the hand-made lists.

    Returns
    -------
    pandas.DataFrame
        Columns of the contract, one row a statement, in the order of subject and date.

    Raises
    ------
    SourceError
        When a column is missing or a figure is not a number.
    """
    contract = SOURCE.table(table)
    frames = []
    for path in files:
        frame = read_delimited(path)
        require_columns(frame, contract.column_names, path.name)
        for name in _NUMBERS:
            numbers = pd.to_numeric(frame[name], errors="coerce")
            bad = frame[numbers.isna() & frame[name].notna()]
            if len(bad):
                raise SourceError(f'{path.name}: {name} of {bad["id"].iloc[0]} is "{bad[name].iloc[0]}", not a number')
            frame[name] = numbers
        frame["stated"], frame["as_of"] = frame["stated"].astype("string"), frame["as_of"].astype("string")
        frames.append(frame[contract.column_names])
    return pd.concat(frames, ignore_index=True).sort_values(["subject", "as_of", "id"], ignore_index=True)
