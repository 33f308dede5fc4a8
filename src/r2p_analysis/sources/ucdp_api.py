"""UCDP's API, which wants a token: all pages of a resource, of one release."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from r2p_analysis.errors import SourceError
from r2p_analysis.sources.faults import NotThereError
from r2p_analysis.sources.politeness import Service
from r2p_analysis.sources.ucdp_releases import refuse_several_releases, this_year

if TYPE_CHECKING:
    from r2p_analysis.sources.http import Http

# After some forty quick requests the service answers 400; half a minute, doubled, is what heals it.
SERVICE = Service(
    "ucdp_api",
    "https://ucdpapi.pcr.uu.se/api/",
    interval=2.0,
    pause=30.0,
    throttles_with=(400,),
    token_header="x-ucdp-access-token",  # noqa: S106  # the name of the header
    token_optional=True,
)
RESOURCES = {
    "ucdp_country_years": "organizedviolencecy",
    "ucdp_one_sided": "onesided",
    "ucdp_battle_deaths": "battledeaths",
    "ucdp_armed_conflicts": "ucdpprioconflict",
    "ucdp_events_months": "gedevents",
}
PAGE_ROWS = 1_000
MOST_PAGES = 5_000
_ADVICE = (
    "UCDP gives one on request, see https://ucdp.uu.se/apidocs/; the downloads, 'r2p fetch ucdp --via bulk', need none"
)


class _NotOneWholeError(SourceError):
    """Pages that cannot be parts of one answer; none of them may be kept for a later try."""


@dataclass(frozen=True)
class _Page:
    rows: int
    total: int
    pages: int
    following: str


def download_pages(session: Http, folder: Path, table: str) -> list[Path]:
    """Download all pages of a table's newest release: this year's, or last year's until this year's is out.

    Parameters
    ----------
    session : Http
        Asks. Pages that an interrupted fetch left in the folder are not asked for again: a release never changes.
    folder : Path
        Raw folder; what lies there already must be of the same release.
    table : str
        One of `RESOURCES`.

    Returns
    -------
    list of Path
        The pages in order.

    Raises
    ------
    SourceError
        When no token is set, neither release is there, the pages are not one whole, or tables are of several releases.
    """
    session.need_token(SERVICE, _ADVICE)
    year, resource = this_year() % 100, RESOURCES[table]
    releases = (f"{year:02}.1", f"{year - 1:02}.1")
    for release in releases:
        files = _harvest(session, folder, resource, release)
        if files:
            refuse_several_releases([*folder.glob("*.json"), *files])
            return files
    raise SourceError(f"{resource}: UCDP's API has neither release {' nor '.join(releases)}; use --via bulk, or --from")


def _harvest(session: Http, folder: Path, resource: str, release: str) -> list[Path]:
    """Take all pages of a release; none when there is no such release."""
    files: list[Path] = []
    try:
        _take_pages(session, folder, resource, release, files)
    except _NotOneWholeError:
        for path in files:
            path.unlink(missing_ok=True)
        raise
    return files


def _take_pages(session: Http, folder: Path, resource: str, release: str, files: list[Path]) -> None:
    """Take the pages one after another, and list each as soon as it is there."""
    address, query = f"{resource}/{release}", [("pagesize", str(PAGE_ROWS)), ("page", "0")]
    first: _Page | None = None
    rows, pages = 0, 1
    while len(files) < pages:
        where = f"{resource} {release}, page {len(files)}"
        target = folder / f"{resource}-{release}-{len(files):04}.json"
        page = _page(session, address, query, target, where)
        if page is None and first is None:
            return
        if page is None:
            raise _NotOneWholeError(f"{where}: expected one of {pages} pages, got none; fetch it again")
        files.append(target)
        first = first or page
        pages, rows = first.pages, rows + page.rows
        _check_page(page, first, len(files) - 1, where)
        address, query = page.following, []
        session.progress(resource, len(files), pages)
    if first is not None and rows != first.total:
        raise _NotOneWholeError(
            f"{resource} {release}: expected {first.total:,} rows as TotalCount says, got {rows:,}; fetch it again"
        )


def _page(session: Http, address: str, query: list[tuple[str, str]], target: Path, where: str) -> _Page | None:
    """Ask for a page; None when the service says, in either of its ways, that there is no such release."""
    try:
        answer = session.page(SERVICE, address, query, target, frozen=True)
    except NotThereError:
        return None
    try:
        page = _of_envelope(answer, where)
    except _NotOneWholeError:
        target.unlink(missing_ok=True)
        raise
    if page.pages == 0 or page.rows == 0:
        target.unlink(missing_ok=True)
        return None
    return page


def _of_envelope(answer: Any, where: str) -> _Page:
    envelope: dict[str, Any] = answer if isinstance(answer, dict) else {}
    rows, following = envelope.get("Result"), envelope.get("NextPageUrl") or ""
    total, pages = (_count(envelope.get(name)) for name in ("TotalCount", "TotalPages"))
    fits = total >= 0 and pages >= 0 and isinstance(rows, list) and isinstance(following, str)
    if not fits or not all(isinstance(row, dict) for row in rows or []):
        raise _NotOneWholeError(
            f"{where}: expected TotalCount, TotalPages, NextPageUrl and Result, got another shape; the service changed"
        )
    if pages > MOST_PAGES:
        raise _NotOneWholeError(f"{where}: expected at most {MOST_PAGES:,} pages, got {pages:,}; the service changed")
    return _Page(len(rows or []), total, pages, following)


def _count(value: Any) -> int:
    return value if type(value) is int else -1


def _check_page(page: _Page, first: _Page, number: int, where: str) -> None:
    """Refuse a page that cannot be a part of the whole that the first one told of."""
    if (page.total, page.pages) != (first.total, first.pages):
        raise _NotOneWholeError(
            f"{where}: expected {first.total:,} rows on {first.pages} pages as page 0 says, got {page.total:,} on "
            f"{page.pages}; the data changed: fetch it again"
        )
    if first.pages != math.ceil(first.total / first.rows):
        raise _NotOneWholeError(
            f"{where}: {first.total:,} rows do not make {first.pages} pages of {first.rows:,}; fetch it again"
        )
    if number + 1 == first.pages:
        return
    if page.rows != first.rows:
        raise _NotOneWholeError(
            f"{where}: expected {first.rows:,} rows as on page 0, got {page.rows:,}; fetch it again"
        )
    _check_following(page.following, number, first.pages, where)


def _check_following(following: str, number: int, pages: int, where: str) -> None:
    """Refuse an address of a next page that skips one, goes back, or is none."""
    try:
        query = {name.lower(): value for name, value in parse_qsl(urlsplit(following).query)}
    except ValueError:
        query = {}
    if not re.match(r"https?://", following) or query.get("page") != str(number + 1):
        raise _NotOneWholeError(
            f"{where}: expected the address of page {number + 1} of {pages} (counted from 0) in NextPageUrl, "
            "got another or none; the service changed: use --via bulk"
        )
