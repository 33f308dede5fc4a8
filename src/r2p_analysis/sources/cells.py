"""Cells of raw tables: what is a number, a day, a yes or a no, and what is refused rather than guessed at."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable
from typing import Literal

import pandas as pd

from r2p_analysis.errors import SourceError

# ASCII alone: Python reads other digits, and "1_000", too. Programs write "2015.0" where a column has empty cells.
_WHOLE = re.compile(r"-?[0-9]{1,18}(?:\.0{1,6})?")
_DECIMAL = re.compile(r"-?(?:[0-9]{1,40}(?:\.[0-9]{0,40})?|\.[0-9]{1,40})(?:[eE][-+]?[0-9]{1,3})?")
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_LARGEST = 10**18
# Beyond it a float no longer tells neighbouring whole numbers apart.
_EXACT = 2**53
_FINITE = 1e30
_WORDS = {"true": True, "false": False, "yes": True, "no": False, "1": True, "0": False}


def whole_numbers(values: pd.Series, where: str, *, complete: bool = False) -> pd.Series:
    """Turn a column of counts into nullable integers.

    ``"0"`` is zero; ``"-"`` and the empty cell are missing. A number that a table's own format types may be written as
    a decimal, as ``2015.0``. What only looks like a number is refused: ``1e3``, ``1,000``, ``0x1``, true and false,
    other digits than 0 to 9, and what is too large to be kept to the last digit.

    Parameters
    ----------
    values : pandas.Series
        Cells as read.
    where : str
        File to name in an error.
    complete : bool
        Refuse missing cells too; for what is summed, since a sum would make them zero.

    Raises
    ------
    SourceError
        When a cell holds anything but a whole number.
    """
    read = _numbers(values, where, _whole, "whole numbers", ("", "-"))
    return _series(values, read, "Int64", where, complete)


def decimals(values: pd.Series, where: str, *, complete: bool = False) -> pd.Series:
    """Turn a column of amounts or shares into nullable decimals; the empty cell is missing.

    Parameters
    ----------
    values, where, complete
        As for `whole_numbers`.

    Raises
    ------
    SourceError
        When a cell holds anything but a number written with digits, or one that is not finite.
    """
    read = _numbers(values, where, _decimal, "numbers", ("",))
    return _series(values, read, "Float64", where, complete)


def booleans(values: pd.Series, where: str) -> pd.Series:
    """Turn a column of true and false, yes and no, or 1 and 0 into booleans; the empty cell is missing.

    Raises
    ------
    SourceError
        When a cell says something else.
    """
    return pd.Series(
        [
            pd.NA if _missing(cell) else _boolean(cell, row, values.name, where)
            for row, cell in enumerate(values.tolist())
        ],
        index=values.index,
        dtype="boolean",
    )


def texts(values: pd.Series, where: str) -> pd.Series:
    """Turn a column into text; numbers become their digits, and a missing cell stays missing.

    Raises
    ------
    SourceError
        When a cell is a list or another thing that is no text.
    """
    for row, cell in enumerate(values.tolist()):
        if not isinstance(cell, (str, int, float)) and not _missing(cell):
            raise SourceError(f"{where}: expected text in {values.name}, got {_shown(cell, row)}")
    return values.astype("string")


def require_texts(values: pd.Series, where: str) -> pd.Series:
    """Give a column of text, or refuse one with an empty cell.

    Raises
    ------
    SourceError
        When a cell is missing or no text.
    """
    cells = texts(values, where)
    if cells.isna().any():
        raise SourceError(f"{where}: expected text in {values.name}, got an empty cell")
    return cells


def is_date(text: str) -> bool:
    """Say whether a text is a day, month or year that exists, as YYYY-MM-DD, YYYY-MM or YYYY.

    >>> is_date("2015-02-28"), is_date("2015-02"), is_date("2015-02-30")
    (True, True, False)
    """
    found = _DATE.fullmatch(text)
    if not found:
        return False
    try:
        dt.date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return False
    return True


def require_dates(values: pd.Series, where: str, *, days: bool = False) -> pd.Series:
    """Give dates as text, or refuse a cell that is none.

    Parameters
    ----------
    values : pandas.Series
        Cells as read: YYYY-MM-DD, YYYY-MM or YYYY.
    where : str
        File to name in an error.
    days : bool
        Expect YYYY-MM-DD alone.

    Raises
    ------
    SourceError
        When a cell is missing or no date.
    """
    for row, cell in enumerate(values):
        if _missing(cell) or not is_date(str(cell)) or (days and len(str(cell)) != 10):
            expected = "YYYY-MM-DD" if days else "YYYY-MM-DD, YYYY-MM or YYYY"
            raise SourceError(f"{where}: expected dates such as {expected} in {values.name}, got {_shown(cell, row)}")
    return values.astype("string")


def _numbers(
    values: pd.Series, where: str, read: Callable[[object], float | None], what: str, blanks: tuple[str, ...]
) -> tuple[list[float | None], int | None]:
    """Read cells one by one; give the numbers, and the row of the first that is missing."""
    numbers: list[float | None] = []
    first_missing = None
    # As plain Python numbers: those of numpy are of many types.
    for row, cell in enumerate(values.tolist()):
        number = read(cell)
        if number is None:
            if not (_missing(cell) or (isinstance(cell, str) and cell.strip() in blanks)):
                raise SourceError(f"{where}: expected {what} in {values.name}, got {_shown(cell, row)}")
            first_missing = row if first_missing is None else first_missing
        numbers.append(number)
    return numbers, first_missing


def _series(
    values: pd.Series,
    read: tuple[list[float | None], int | None],
    dtype: Literal["Int64", "Float64"],
    where: str,
    complete: bool,
) -> pd.Series:
    numbers, missing = read
    if complete and missing is not None:
        raise SourceError(f"{where}: expected a number in {values.name}, got an empty cell in row {missing + 1}")
    return pd.Series(pd.array(numbers, dtype=dtype), index=values.index, name=values.name)


def _missing(cell: object) -> bool:
    """An empty cell; the NaN of a column of decimals is one too, for such columns have no other."""
    return cell is None or cell is pd.NA or cell is pd.NaT or (isinstance(cell, float) and math.isnan(cell))


def _whole(cell: object) -> int | None:
    if isinstance(cell, str):
        text = cell.strip()
        return int(text.partition(".")[0]) if _WHOLE.fullmatch(text) else None
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int):
        return cell if -_LARGEST < cell < _LARGEST else None
    if isinstance(cell, float):
        return int(cell) if abs(cell) <= _EXACT and cell == int(cell) else None
    return None


def _decimal(cell: object) -> float | None:
    if isinstance(cell, str):
        text = cell.strip()
        return _decimal(float(text)) if _DECIMAL.fullmatch(text) else None
    if isinstance(cell, bool) or not isinstance(cell, (int, float)):
        return None
    return float(cell) if abs(cell) < _FINITE else None


def _boolean(cell: object, row: int, name: object, where: str) -> bool:
    if isinstance(cell, bool):
        return bool(cell)
    word = _WORDS.get(str(cell).strip().lower())
    if word is None:
        raise SourceError(f"{where}: expected true or false in {name}, got {_shown(cell, row)}")
    return word


def _shown(cell: object, row: int) -> str:
    return "an empty cell" if _missing(cell) else f'"{str(cell)[:80]}" in row {row + 1}'
