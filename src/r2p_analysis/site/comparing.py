"""Two countries side by side: the figures of their pages, those of one kind next to each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from r2p_analysis.site import pages
from r2p_analysis.site.figures import FigureView
from r2p_analysis.site.links import Links
from r2p_analysis.site.reading import Page


class Comparing:
    """Keeps the figures of the countries that are compared, until all pages are made.

    Parameters
    ----------
    links : Links
        With the request that names the pairs.
    """

    def __init__(self, links: Links) -> None:
        self._links = links
        self._wanted = {name for pair in links.request.comparisons for name in pair}
        self._kept: dict[str, tuple[Page, Mapping[str, FigureView]]] = {}

    def keep(self, page: Page, views: Mapping[str, FigureView]) -> None:
        """Keep the figures of a page, if it is a country that is compared."""
        if page.source.kind == "country" and page.source.slug in self._wanted:
            self._kept[page.source.slug] = (page, views)

    def pages(self) -> Iterator[tuple[str, str]]:
        """Yield (path, HTML) of each comparison."""
        for one, other in self._links.request.comparisons:
            (left, views), (right, others) = self._kept[one], self._kept[other]
            ids = dict.fromkeys([*views, *others])
            rows = [(_own(left, views.get(name)), _own(right, others.get(name))) for name in ids]
            yield f"compare/{one}-{other}.html", pages.comparison_page(left, right, rows, self._links)


def _own(page: Page, view: FigureView | None) -> FigureView | None:
    """Give a figure ids of its country alone: both pages call theirs alike. The narrow drawing fits a column."""
    if view is None:
        return None
    graphics = [(layout, svg) for layout, svg in view.graphics if layout != "wide"] or list(view.graphics)
    before, after = f"{view.exhibit.id}_", f"{page.source.slug}-{view.exhibit.id}_"
    mine = tuple((layout, _renamed(svg, before, after)) for layout, svg in graphics)
    return replace(view, graphics=mine)


def _renamed(svg: str, before: str, after: str) -> str:
    for mark in ('id="', "url(#", 'href="#', 'aria-labelledby="'):
        svg = svg.replace(mark + before, mark + after)
    # The second name in aria-labelledby stands behind a blank.
    return svg.replace(f" {before}", f" {after}")
