"""UNHCR's Refugee Data Finder service: all pages of an endpoint, for every pair of countries and every year."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from r2p_analysis.errors import SourceError
from r2p_analysis.sources.politeness import Service
from r2p_analysis.sources.unhcr_addresses import BASE, PAGE_ROWS, query

if TYPE_CHECKING:
    from r2p_analysis.sources.http import Http

# Four requests a second is what other clients keep to; the service states no limit.
SERVICE = Service("unhcr", BASE, interval=0.25)
MOST_PAGES = 1_000


def download_pages(session: Http, folder: Path, endpoint: str, first_year: int, *, by_type: bool = False) -> list[Path]:
    """Download one endpoint from `first_year` to this year.

    Parameters
    ----------
    session : Http
        Asks.
    folder : Path
        Raw folder.
    endpoint : str
        Such as "population".
    first_year : int
        First year of the table.
    by_type : bool
        Ask for a row a type of population, which only "demographics" has.

    Returns
    -------
    list of Path
        The pages in order.

    Raises
    ------
    SourceError
        When the service gives no rows, other years than asked for, or pages that are not one whole.
    """
    last_year = datetime.now(UTC).year
    asked = query(first_year, last_year, by_type=by_type, rows=PAGE_ROWS)
    return _download(session, folder, endpoint, asked, (first_year, last_year))


def download_list(session: Http, folder: Path, endpoint: str) -> list[Path]:
    """Download an endpoint that has no years, such as "countries"; returns and errors as of `download_pages`."""
    return _download(session, folder, endpoint, [("limit", str(PAGE_ROWS))], None)


def _download(
    session: Http, folder: Path, endpoint: str, asked: list[tuple[str, str]], years: tuple[int, int] | None
) -> list[Path]:
    files: list[Path] = []
    pages, rows, sums, came = 1, 0, {}, Counter[str]()
    while len(files) < pages:
        number = len(files) + 1
        target = folder / f"{endpoint}-{number:04}.json"
        answer = session.page(SERVICE, endpoint, [*asked, ("page", str(number))], target)
        where = f"{endpoint}, page {number}"
        items, promised = _of_envelope(answer, where)
        if number == 1:
            pages, rows, sums = promised, len(items), _promised_sums(answer.get("total"))
        _check_page(items, where, number, (pages, promised), rows)
        if years:
            _check_years(items, where, *years)
        came.update({name: sum(_count(row.get(name)) for row in items) for name in sums})
        files.append(target)
        session.progress(endpoint, number, pages)
    _check_sums(sums, came, endpoint)
    return files


def _of_envelope(answer: Any, where: str) -> tuple[list[dict[str, Any]], int]:
    items = answer.get("items") if isinstance(answer, dict) else None
    pages = answer.get("maxPages") if isinstance(answer, dict) else None
    if not isinstance(items, list) or not isinstance(pages, int) or not all(isinstance(row, dict) for row in items):
        raise SourceError(f"{where}: expected items and maxPages, got another shape; the service changed")
    if pages > MOST_PAGES:
        raise SourceError(f"{where}: expected at most {MOST_PAGES:,} pages, got {pages:,}; the service changed")
    return items, pages


def _check_page(items: list[dict[str, Any]], where: str, number: int, pages: tuple[int, int], full: int) -> None:
    """Refuse pages that are empty, or that cannot be parts of one whole."""
    first, now = pages
    if not items:
        raise SourceError(f"{where}: the answer holds no rows, though rows were asked for; try again later")
    if now != first:
        raise SourceError(f"{where}: expected {first} pages as on page 1, got {now}; the data changed: fetch again")
    if number < first and len(items) != full:
        raise SourceError(f"{where}: expected {full:,} rows as on page 1, got {len(items):,}; fetch again")


def _check_years(items: list[dict[str, Any]], where: str, first: int, last: int) -> None:
    """Refuse other years than asked for: the service ignores what it does not understand."""
    outside = {str(row.get("year")) for row in items if not first <= _year(row.get("year")) <= last}
    if outside:
        raise SourceError(
            f"{where}: expected years {first} to {last}, got {min(outside)}; the service did not heed the question"
        )


def _promised_sums(total: Any) -> dict[str, int]:
    """Give the sums over all rows that the envelope of some series has; they add persons to cases and only check."""
    named = total if isinstance(total, dict) else {}
    return {name: _count(value) for name, value in named.items() if _count(value)}


def _check_sums(promised: dict[str, int], came: Counter[str], where: str) -> None:
    for name, value in promised.items():
        if came[name] != value:
            raise SourceError(
                f"{where}: expected rows whose {name} sum to {value:,}, as the answer says, got {came[name]:,}; "
                "rows are missing or the data changed: fetch again"
            )


def _count(value: Any) -> int:
    """Give a cell as a number; what is none ("-", words) adds nothing here, and the parser judges it."""
    return max(_year(value), 0)


def _year(value: Any) -> int:
    text = str(value).strip()
    return int(text) if text.isascii() and text.isdigit() else -1
