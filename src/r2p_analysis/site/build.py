"""The whole site: read every notebook, draw every picture, write every page, swap the folder in."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from r2p_analysis.site import downloads, figures, pages, publish, templating
from r2p_analysis.site.compact import paint_rules
from r2p_analysis.site.comparing import Comparing
from r2p_analysis.site.drawing import Pictures, drawn
from r2p_analysis.site.figures import FigureView
from r2p_analysis.site.links import Links
from r2p_analysis.site.model import PageSource, SiteRequest, SiteResult
from r2p_analysis.site.reading import Page, check_sources, read_page
from r2p_analysis.site.search import search_index


def build(request: SiteRequest) -> SiteResult:
    """Make the site of one edition.

    Parameters
    ----------
    request
        The pages with their executed notebooks, the ledger, the tables, and how pictures are drawn.

    Returns
    -------
    SiteResult
        Where it is, which pages failed and which references lead nowhere. A page whose notebook failed is made
        all the same and says why; the site is complete in every other way.
    """
    check_sources(request.pages)
    topics = [read_page(source) for source in request.pages if source.kind == "topic"]
    countries = [read_page(source) for source in sorted(request.pages, key=_by_name) if source.kind == "country"]
    links = Links(request, topics, countries)
    comparing = Comparing(links)
    with publish.staged(request.out) as folder:
        for page, pictures in drawn([*topics, *countries], request.render, request.finish_svg):
            views = _write_page(folder, page, pictures, links)
            comparing.keep(page, views)
        for name, html in comparing.pages():
            publish.write(folder, name, html)
        for name, html in pages.standing(links):
            publish.write(folder, name, html)
        publish.write(
            folder,
            "assets/site.css",
            request.css.rstrip("\n") + "\n" + paint_rules(request.css) + "\n" + templating.asset("site.css"),
        )
        for name in ("icon.svg", "theme.js", *pages.SCRIPTS):
            publish.write(folder, f"assets/{name}", templating.asset(name))
        publish.write(folder, "assets/search-index.js", search_index(links))
        files = tuple(sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()))
    everything = [*topics, *countries]
    return SiteResult(
        out=request.out,
        index=request.out / "index.html",
        files=files,
        exhibits=sum(len(page.figures) for page in everything if not page.failure),
        failures=tuple((page.source.slug, page.failure) for page in everything if page.failure),
        warnings=links.warnings(),
    )


def _write_page(folder: Path, page: Page, pictures: Pictures, links: Links) -> dict[str, FigureView]:
    """Write a page with its files, and give its figures."""
    bearing = figures.bearing([*links.request.ledger, *links.request.printed], page)
    pixels = links.request.pixels if downloads.in_full(page, links) else None
    views, tables = {}, {}
    for name, figure in ({} if page.failure else page.figures).items():
        views[name], tables[name] = figures.view(
            page, figure, pictures, bearing[name], pixels=pixels is not None, framed=downloads.in_full(page, links)
        )
    for path, content in downloads.files(page, views, tables, pixels, links):
        publish.write(folder, path, content)
    for view in views.values():
        if view.embed_path:
            publish.write(folder, view.embed_path, pages.embed_page(page, view, links))
    publish.write(folder, page.href, pages.notebook_page(page, views, links))
    return views


def _by_name(source: PageSource) -> tuple[str, str]:
    plain = unicodedata.normalize("NFKD", source.title)
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold(), source.slug
