"""The whole site: read every notebook, draw every picture, write every page, swap the folder in."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from r2p_analysis.site import pages, publish, templating
from r2p_analysis.site.compact import paint_rules
from r2p_analysis.site.comparing import Comparing
from r2p_analysis.site.kept import Kept
from r2p_analysis.site.links import Links
from r2p_analysis.site.model import PageSource, SiteRequest, SiteResult
from r2p_analysis.site.reading import Page, check_sources, read_page
from r2p_analysis.site.search import search_index
from r2p_analysis.site.writing import write_pages


def build(request: SiteRequest, read: Mapping[Path, Page] | None = None) -> SiteResult:
    """Make the site of one edition.

    Parameters
    ----------
    request
        The pages with their executed notebooks, the ledger, the tables, and how pictures are drawn.
    read
        Pages that were read already, slim, by their notebooks; the others are read now.

    Returns
    -------
    SiteResult
        Where it is, which pages failed and which references lead nowhere. A page whose notebook failed is made
        all the same and says why; the site is complete in every other way.
    """
    check_sources(request.pages)
    known = read or {}
    topics = [_slim(source, known) for source in request.pages if source.kind == "topic"]
    countries = [_slim(source, known) for source in sorted(request.pages, key=_by_name) if source.kind == "country"]
    links = Links(request, topics, countries)
    comparing, kept = Comparing(links), Kept(request, links)
    with publish.staged(request.out) as folder:
        for written in write_pages(folder, links, kept):
            if written.views is not None:
                comparing.keep(written.page, written.views)
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
    kept.remember()
    everything = [*topics, *countries]
    return SiteResult(
        out=request.out,
        index=request.out / "index.html",
        files=files,
        exhibits=sum(len(page.figures) for page in everything if not page.failure),
        failures=tuple((page.source.slug, page.failure) for page in everything if page.failure),
        warnings=links.warnings(),
    )


def _slim(source: PageSource, known: Mapping[Path, Page]) -> Page:
    page = known.get(source.notebook) if source.notebook else None
    return replace(page, source=source) if page else read_page(source).slim()


def _by_name(source: PageSource) -> tuple[str, str]:
    plain = unicodedata.normalize("NFKD", source.title)
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold(), source.slug
