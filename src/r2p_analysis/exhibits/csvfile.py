"""The data behind an exhibit as a CSV file that a spreadsheet cannot take for a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")
_TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "\n")


def defuse(value: Any) -> Any:
    """Put an apostrophe before a text that a spreadsheet would run; numbers stay numbers.

    Examples
    --------
    >>> defuse("=1+1"), defuse("-5"), defuse(-5), defuse("Syria")
    ("'=1+1", '-5', -5, 'Syria')
    """
    if isinstance(value, str) and value.lstrip(" ").startswith(_TRIGGERS) and not _NUMBER.fullmatch(value):
        return "'" + value
    return value


def to_csv(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Return CSV text with a header; a missing value is an empty field.

    It begins with a byte-order mark: without one, spreadsheets take accents for something else.
    """
    buffer = io.StringIO(newline="")
    buffer.write("\ufeff")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow([defuse(name) for name in header])
    writer.writerows([["" if cell is None else defuse(cell) for cell in row] for row in rows])
    return buffer.getvalue()
