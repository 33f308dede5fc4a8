"""The UN Peace and Security Data Hub: all rows of a dataset, page by page, checked against its CSV."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from r2p_analysis.errors import SourceError
from r2p_analysis.sources.files import read_json
from r2p_analysis.sources.politeness import Service

if TYPE_CHECKING:
    from r2p_analysis.sources.http import Http

SERVICE = Service("psdata", "https://api.psdata.un.org/public/", interval=0.5)
PAGE_ROWS = 1_000
MOST_PAGES = 100


def download_dataset(session: Http, folder: Path, dataset: str, key: str, service: Service = SERVICE) -> list[Path]:
    """Download a dataset as JSON, and make sure by its CSV that no row is lacking and none came twice.

    The hub tells no number of rows or pages, and rows can move from page to page when the data change in between. Its
    CSV is one answer, so it holds the rows of one moment.

    Parameters
    ----------
    session : Http
        Asks.
    folder : Path
        Raw folder. The CSV is written there too, but is none of the raw files of the table.
    dataset : str
        Id of the dataset, such as "DPPADPOSS-FATALITIES".
    key : str
        Column that names a row, each value once.
    service : Service
        The hub, under another name when another source asks it.

    Returns
    -------
    list of Path
        The pages in order.

    Raises
    ------
    SourceError
        When the hub gives no rows, pages without end, or pages that do not add up to the CSV.
    """
    files: list[Path] = []
    keys: list[str] = []
    for number in range(1, MOST_PAGES + 1):
        target = folder / f"{dataset}-{number:04}.json"
        query = [("page_num", str(number)), ("per_page", str(PAGE_ROWS))]
        rows = _rows(session.page(service, f"data/{dataset}/json", query, target), target.name)
        if not rows:
            break
        _check_new(found := _keys(rows, key, target.name), set(keys), key, target.name)
        keys += found
        files.append(target)
        # A page that is not full is the last; one that holds more than was asked for is the whole dataset.
        if len(rows) != PAGE_ROWS:
            break
    else:
        raise SourceError(f"{dataset}: expected at most {MOST_PAGES} pages, got more; the service changed")
    if not files:
        raise SourceError(f"{dataset}: the answer holds no rows; the hub moved the dataset, or is ill: try again later")
    _check_csv(session.file(service, f"data/{dataset}/CSV", folder / f"{dataset}.csv"), keys, key)
    session.progress(dataset, len(files), len(files))
    return files


def read_rows(path: Path) -> pd.DataFrame:
    """Read one page of an answer: a bare list of rows.

    Raises
    ------
    SourceError
        When it is something else.
    """
    return pd.DataFrame(_rows(read_json(path), path.name))


def _rows(answer: Any, where: str) -> list[dict[str, Any]]:
    if not isinstance(answer, list) or not all(isinstance(row, dict) for row in answer):
        raise SourceError(f"{where}: expected a list of rows, got another shape; the service changed")
    return answer


def _keys(rows: list[dict[str, Any]], key: str, where: str) -> list[str]:
    lacking = [row for row in rows if row.get(key) in (None, "")]
    if lacking:
        columns = ", ".join(map(str, lacking[0])) or "none"
        raise SourceError(f"{where}: expected {key} in each row, got a row with columns {columns[:120]}")
    return [str(row[key]).strip() for row in rows]


def _check_new(found: list[str], before: set[str], key: str, where: str) -> None:
    twice = next((one for place, one in enumerate(found) if one in before or one in found[:place]), None)
    if twice is not None:
        raise SourceError(f"{where}: {key} {twice} stands twice; the data moved between pages: fetch again")


def _check_csv(path: Path, keys: list[str], key: str) -> None:
    """Refuse pages whose rows are not those of the CSV."""
    try:
        table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except (ValueError, OSError):
        raise SourceError(f"{path.name}: not a CSV file; the service was ill: fetch it again") from None
    if key not in table.columns:
        raise SourceError(
            f"{path.name}: expected a column {key}, got {', '.join(map(str, table.columns))[:120]}; "
            "the service changed, or was ill: fetch it again"
        )
    if len(table) != len(keys):
        raise SourceError(
            f"{path.name}: expected {len(keys):,} rows as in the JSON, got {len(table):,}; "
            "the data changed in between: fetch again"
        )
    other = set(keys) ^ set(table[key].str.strip())
    if other:
        raise SourceError(f"{path.name}: {key} {min(other)} is not in both CSV and JSON; fetch again")
