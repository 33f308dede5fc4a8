"""Reading raw files: what producers' services answer and what their bulk downloads hold."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from r2p_analysis.errors import SourceError

_ENDINGS = (".parquet", ".csv", ".csv.gz", ".json", ".geojson", ".xml", ".zip")
_SHOWN = 40
# Beyond it, not every whole number can be told from the next.
_TOO_LARGE = 2**53
# A file of the US Bureau of Labor Statistics is text without one of the usual endings; browsers put one to it.
_BUREAU = (".AllItems", ".AllItems.txt")
# What a browser puts behind the name of a file that it has saved before: "ged261-csv (1).zip".
_COPY = re.compile(r" ?\(\d+\)\.")


def matching(folder: Path, stems: tuple[str, ...], every_stem: bool = False) -> list[Path]:
    """List the raw files below a folder whose names begin with one of the stems.

    Parameters
    ----------
    folder : Path
        Searched with its subfolders; or one file.
    stems : tuple of str
        Beginnings of file names, most specific first. Files of the first stem that finds any are taken.
    every_stem : bool
        Take the files of all stems instead.

    Returns
    -------
    list of Path
        In order of name, so that pages of one answer come one after another.
    """
    inside = [folder] if folder.is_file() else folder.rglob("*")
    files = sorted(path for path in inside if path.is_file() and path.name.endswith(_ENDINGS + _BUREAU))
    if every_stem:
        return [path for path in files if any(_stem_fits(path.name, stem) for stem in stems)]
    for stem in stems:
        found = [path for path in files if _stem_fits(path.name, stem)]
        if found:
            return found
    return []


def _stem_fits(name: str, stem: str) -> bool:
    """Tell whether a name is the stem alone, or the stem and then something set off from it; in any case of letters."""
    begins, rest = name[: len(stem)].casefold() == stem.casefold(), name[len(stem) :]
    return begins and (rest[:1] in tuple("._-?") or _COPY.match(rest) is not None)


def read_json(path: Path) -> Any:
    """Read JSON, with or without a byte-order mark, and refuse a page that says it is something else.

    Raises
    ------
    SourceError
        When the file is HTML or not JSON.
    """
    try:
        text = path.read_text(encoding="utf-8-sig").strip()
    except UnicodeDecodeError:
        raise SourceError(f"{path.name}: expected JSON in UTF-8, got another encoding; fetch it again") from None
    if text[:1] == "<":
        raise SourceError(
            f"{path.name}: expected JSON, got HTML; the service was ill or the address is wrong: fetch it again"
        )
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise SourceError(f"{path.name}: not valid JSON at line {error.lineno}; fetch it again") from None
    except (RecursionError, ValueError):
        raise SourceError(f"{path.name}: not JSON that a table can be made of; fetch it again") from None


def read_delimited(path: Path, only: Callable[[str], bool] | None = None) -> pd.DataFrame:
    """Read a CSV file in which ``NA`` is a value and only the empty cell is missing.

    Parameters
    ----------
    path : Path
        The file; a byte-order mark is skipped.
    only : callable, optional
        Tells by its name whether a column is read at all: names of people and stories are not.

    Raises
    ------
    SourceError
        When it is no such file: HTML, broken off, or in another encoding.
    """
    try:
        return pd.read_csv(
            path, keep_default_na=False, na_values=[""], low_memory=False, encoding="utf-8-sig", usecols=only
        )
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError, EOFError, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        raise SourceError(
            f"{path.name}: not a CSV file in UTF-8, or not all of it ({type(error).__name__}); get it again"
        ) from None


def require_columns(frame: pd.DataFrame, wanted: list[str], where: str) -> None:
    """Raise a SourceError that names the columns that are lacking."""
    missing = [name for name in wanted if name not in frame.columns]
    if missing:
        raise SourceError(
            f"{where}: expected columns {', '.join(wanted)}; missing {', '.join(missing)}: "
            "the producer changed the format, or this is another file"
        )


def shown(cell: object) -> str:
    """Give a cell as an error shows it: on one line and cut short, for it may be a story where a number is expected."""
    text = "".join(letter if letter.isprintable() else " " for letter in " ".join(str(cell).split()))
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "..."


def whole_numbers(values: pd.Series, where: str) -> pd.Series:
    """Turn a column of counts into nullable integers.

    ``"0"`` is zero; ``"-"`` and the empty cell are missing.

    Raises
    ------
    SourceError
        When a cell holds anything but digits.
    """
    if pd.api.types.is_integer_dtype(values.dtype) and not pd.api.types.is_unsigned_integer_dtype(values.dtype):
        return values.astype("Int64")
    text = values.astype("string").str.strip()
    text = text.mask(text.isin(["-", ""]))
    numbers = pd.to_numeric(text, errors="coerce")
    bad = text[text.notna() & (numbers.isna() | (numbers % 1 != 0) | (numbers.abs() >= _TOO_LARGE))]
    if len(bad):
        raise SourceError(f'{where}: expected whole numbers, got "{shown(bad.iloc[0])}" in row {bad.index[0]}')
    return numbers.astype("Int64")
