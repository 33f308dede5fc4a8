"""One page of a site at once, with all others as they were last: for a person who waits for it.

The page is the one that a whole build would write. What else a change moves, such as the search or files to download,
is left to that build.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from r2p_analysis.site import pages
from r2p_analysis.site.build import _by_name
from r2p_analysis.site.drawing import drawn
from r2p_analysis.site.links import Links
from r2p_analysis.site.model import PageSource, SiteRequest
from r2p_analysis.site.reading import Page, read_page
from r2p_analysis.site.writing import views_of


class QuickPage(NamedTuple):
    """A page that was made alone."""

    href: str
    html: str
    failure: str


class Quick:
    """Makes single pages, and keeps what it read of the others."""

    def __init__(self) -> None:
        self._kept: dict[Path, tuple[tuple[int, int], PageSource, Page]] = {}

    def prepare(self, sources: Sequence[PageSource]) -> None:
        """Read pages before anybody waits for one."""
        for source in sources:
            self._read(source)

    def make(self, request: SiteRequest, wanted: PageSource) -> QuickPage:
        """Make one page.

        Parameters
        ----------
        request : SiteRequest
            The whole site.
        wanted : PageSource
            Which of its pages.
        """
        # Anew, not as kept: drawing marks a page that cannot be drawn.
        own = read_page(wanted)
        read = {source.slug: own if source == wanted else self._read(source) for source in request.pages}
        links = Links(
            request,
            [read[source.slug] for source in request.pages if source.kind == "topic"],
            [read[source.slug] for source in sorted(request.pages, key=_by_name) if source.kind == "country"],
        )
        ((page, pictures),) = drawn([own], request.render, request.finish_svg)
        views, _ = views_of(page, pictures, links)
        return QuickPage(page.href, pages.notebook_page(page, views, links), page.failure)

    def _read(self, source: PageSource) -> Page:
        try:
            told = source.notebook.stat() if source.notebook else None
        except OSError:
            told = None
        if source.notebook is None or told is None:
            return read_page(source).slim()
        state = (told.st_size, told.st_mtime_ns)
        kept = self._kept.get(source.notebook)
        if kept is None or kept[:2] != (state, source):
            kept = (state, source, read_page(source).slim())
            self._kept[source.notebook] = kept
        return kept[2]
