"""The pages of topics and countries with their files: kept from before, written here, or by several processes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from r2p_analysis.errors import BuildFailed
from r2p_analysis.site import downloads, figures, pages, publish
from r2p_analysis.site.drawing import Pictures, drawn
from r2p_analysis.site.figures import FigureView
from r2p_analysis.site.kept import Kept
from r2p_analysis.site.links import Links
from r2p_analysis.site.reading import Page, read_page
from r2p_analysis.workspace.parents import follow_parent

WORTH_A_PROCESS = 12
"""Pages for each process from which on its start pays."""
Views = Mapping[str, FigureView]


@dataclass(frozen=True)
class Written:
    """A page that is in its place.

    Attributes
    ----------
    page : Page
        Whole for a page of which `views` are given, else without what only its own files need.
    views : mapping or None
        Its figures; None when they were not needed.
    """

    page: Page
    views: Views | None


def write_pages(folder: Path, links: Links, kept: Kept) -> Iterator[Written]:
    """Put every page of a notebook into the site.

    Parameters
    ----------
    folder : Path
        Where the site is being made.
    links : Links
        Its pages without their pictures and rows, and what is around them. A page that cannot be drawn gets the reason.
    kept : Kept
        Pages of the former site whose inputs are the same.

    Yields
    ------
    Written
        Each page; those that are compared with their figures.
    """
    compared = {name for pair in links.request.comparisons for name in pair}
    here, elsewhere = [], []
    for page in (*links.topics, *links.countries):
        wanted = page.source.kind == "country" and page.source.slug in compared
        if not wanted and kept.take(page, folder):
            yield Written(page, None)
        elif wanted or page.failure or downloads.in_full(page, links):
            here.append(page)
        else:
            elsewhere.append(page)
    processes = min(links.request.workers, len(elsewhere) // WORTH_A_PROCESS)
    if processes < 2:
        here, elsewhere = here + elsewhere, []
    # What this process draws comes first: pictures of the others may still be drawn ahead meanwhile.
    yield from _written_here(folder, here, links, kept)
    yield from _written_elsewhere(folder, elsewhere, links, kept, processes)


def _written_here(folder: Path, slim: Sequence[Page], links: Links, kept: Kept) -> Iterator[Written]:
    request = links.request
    by_name = {page.href: page for page in slim}
    whole = (page if page.failure else read_page(page.source) for page in slim)
    for page, pictures in drawn(whole, request.render, request.finish_svg):
        by_name[page.href].failure = page.failure
        views, names = _write_page(folder, page, pictures, links)
        kept.note(page, names)
        yield Written(page, views)


def _written_elsewhere(
    folder: Path, slim: Sequence[Page], links: Links, kept: Kept, processes: int
) -> Iterator[Written]:
    if not slim:
        return
    # Never forked from this process, which has threads.
    start = links.request.start or get_context("spawn")
    with ProcessPoolExecutor(processes, start, _begin, (folder, links)) as pool:
        try:
            for page, (failure, names) in zip(slim, pool.map(_write_named, [p.href for p in slim]), strict=True):
                page.failure = failure
                kept.note(page, names)
                yield Written(page, None)
        except BrokenProcessPool:
            raise BuildFailed(
                "a process that writes pages was ended from outside, perhaps for want of memory; build again, with "
                "fewer --workers"
            ) from None


_SITE: dict[str, tuple[Path, Links]] = {}
"""In a process that writes pages: the site to which they belong."""


def _begin(folder: Path, links: Links) -> None:
    follow_parent()
    _SITE["here"] = folder, links


def _write_named(href: str) -> tuple[str, list[str]]:
    """Write one page, and give why it could not be drawn, with the names of its files."""
    folder, links = _SITE["here"]
    slim = next(page for page in links.countries if page.href == href)
    [(page, pictures)] = drawn([read_page(slim.source)], links.request.render, links.request.finish_svg)
    _, names = _write_page(folder, page, pictures, links)
    return page.failure, names


def views_of(page: Page, pictures: Pictures, links: Links) -> tuple[dict[str, FigureView], dict[str, str]]:
    """Give the figures of a page and the texts of their CSV files, by exhibit; none of a page that failed."""
    full = downloads.in_full(page, links)
    bearing = figures.bearing([*links.request.ledger, *links.request.printed], page)
    views, tables = {}, {}
    for name, figure in ({} if page.failure else page.figures).items():
        views[name], tables[name] = figures.view(
            page, figure, pictures, bearing[name], pixels=full and links.request.pixels is not None, framed=full
        )
    return views, tables


def _write_page(folder: Path, page: Page, pictures: Pictures, links: Links) -> tuple[dict[str, FigureView], list[str]]:
    """Write a page with its files, and give its figures and the names of the files."""
    views, tables = views_of(page, pictures, links)
    pixels = links.request.pixels if downloads.in_full(page, links) else None
    files: list[tuple[str, str | bytes]] = [
        *downloads.files(page, views, tables, pixels, links),
        *((view.embed_path, pages.embed_page(page, view, links)) for view in views.values() if view.embed_path),
        (page.href, pages.notebook_page(page, views, links)),
    ]
    for path, content in files:
        publish.write(folder, path, content)
    return views, [path for path, _ in files]
