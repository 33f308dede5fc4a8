"""Reading UCDP's files: bulk downloads, answers of its API, and what both write in their own way."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

import pandas as pd

from r2p_analysis import countries
from r2p_analysis.errors import SourceError, UsageError
from r2p_analysis.parquet import read_parquet
from r2p_analysis.sources.archives import only_member
from r2p_analysis.sources.files import read_json, whole_numbers

NOT_TOLD = "UNK"
# Hyderabad, a princely state until 1948: it has a Gleditsch-Ward number, and no code of ISO.
_WITHOUT_CODE = {751: NOT_TOLD}


def read_records(files: list[Path], *, part: bool = False) -> pd.DataFrame:
    """Read one table's files with the names of columns that UCDP's API and its downloads share.

    The downloads write ``year_cy`` and ``main_govt_name_cy`` where the API writes ``year`` and ``govt_name``, and the
    API writes ``side_b_Id`` and ``Version``: all become the API's words in lower case. Every cell is text, for numbers
    of countries come in lists ("432, 365"). With `part`, the files need not be all pages of an answer.

    Raises
    ------
    SourceError
        For an answer without rows (an unknown version, a bad filter) and for pages that lack rows of the whole.
    """
    frames, promised = [], None
    for path in files:
        if path.name.endswith(".json"):
            frame, total = _answer(path)
            promised = total if promised is None else promised
        else:
            frame = _table(path)
        frames.append(frame.rename(columns=_shared_name))
    records = pd.concat(frames, ignore_index=True)
    if promised is not None and len(records) != promised and not part:
        raise SourceError(
            f"{files[0].name}: {len(records):,} of {promised:,} rows are here; "
            "UCDP counts its pages from 0: fetch them all"
        )
    return records


def _shared_name(name: str) -> str:
    return name.strip().lower().removesuffix("_cy").replace("main_govt_", "govt_")


def _answer(path: Path) -> tuple[pd.DataFrame, int]:
    answer = read_json(path)
    rows = answer.get("Result") if isinstance(answer, dict) else None
    if not rows:
        raise SourceError(
            f"{path.name}: the answer holds no rows; "
            "UCDP gives none for a version that does not exist or a filter without a hit"
        )
    # Whole numbers beside nulls would become decimals, "652" to "652.0", if pandas chose the types.
    return pd.DataFrame(rows, dtype=object).map(_text).astype("string"), int(answer.get("TotalCount", len(rows)))


def _text(cell: object) -> str | None:
    if isinstance(cell, bool):
        return str(int(cell))
    return None if cell is None else str(cell)


def _table(path: Path) -> pd.DataFrame:
    if path.name.endswith(".parquet"):
        return read_parquet(path).astype("string")
    content = io.BytesIO(only_member(path, ".csv")) if path.name.endswith(".zip") else path
    return pd.read_csv(
        content,
        dtype="string",
        keep_default_na=False,
        na_values=[""],
        encoding="utf-8-sig",
        compression="gzip" if path.name.endswith(".gz") else None,
    )


def counts(records: pd.DataFrame, columns: dict[str, str], where: str) -> pd.DataFrame:
    """Give columns of whole numbers under the project's names.

    Parameters
    ----------
    records : pandas.DataFrame
        Rows as read.
    columns : dict
        The project's name to UCDP's.
    where : str
        File to name in an error.
    """
    return pd.DataFrame({ours: whole_numbers(records[theirs], where) for ours, theirs in columns.items()})


def one_place(numbers: pd.Series, where: str) -> pd.Series:
    """Turn Gleditsch-Ward numbers into ISO codes; a list of them is an error."""
    lists = numbers[numbers.str.contains(",", na=False)]
    if len(lists):
        raise SourceError(f'{where}: expected one country a row, got "{lists.iloc[0]}"')
    return several_places(numbers, where)


def several_places(numbers: pd.Series, where: str) -> pd.Series:
    """Turn lists of Gleditsch-Ward numbers ("645, 652") into lists of ISO codes ("IRQ; SYR"), in alphabetical order."""
    return numbers.map(lambda cell: _codes(cell, where), na_action="ignore").astype("string")


def _codes(cell: str, where: str) -> str:
    try:
        return "; ".join(sorted({_code(int(number)) for number in cell.split(",")}))
    except ValueError:
        raise SourceError(f'{where}: "{cell}" is not a list of Gleditsch-Ward numbers') from None
    except UsageError as error:
        raise SourceError(f"{where}: {error}") from None


@cache
def _code(number: int) -> str:
    return _WITHOUT_CODE.get(number) or countries.from_gwno(number).iso3


def words_of(codes: pd.Series, names: dict[str, str], what: str, where: str) -> pd.Series:
    """Turn UCDP's code numbers into words.

    Raises
    ------
    SourceError
        When a number has no word.
    """
    words = codes.str.strip().map(names)
    strange = codes[words.isna()]
    if len(strange):
        raise SourceError(f'{where}: {what} "{strange.iloc[0]}" is not in the codebook: expected {", ".join(names)}')
    return words.astype("string")


def list_of_words(codes: pd.Series, names: dict[str, str], what: str, where: str) -> pd.Series:
    """Turn lists of code numbers ("1, 3") into lists of words ("Asia; Europe")."""
    try:
        lists = [sorted(names[code.strip()] for code in cell.split(",")) for cell in codes]
    except KeyError as error:
        raise SourceError(f"{where}: {what} {error} is not in the codebook: expected {', '.join(names)}") from None
    return pd.Series(["; ".join(words) for words in lists], index=codes.index, dtype="string")


def clean_text(cells: pd.Series) -> pd.Series:
    """Strip cells and make one space of line breaks and tabs, which UCDP's free text holds."""
    return cells.astype("string").str.replace(r"\s+", " ", regex=True).str.strip()
