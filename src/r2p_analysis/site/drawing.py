"""All pictures of the site in as few calls of the renderer as memory allows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from r2p_analysis.errors import RenderError
from r2p_analysis.site.model import FinishSvg, Render
from r2p_analysis.site.payload import LAYOUTS, Exhibit
from r2p_analysis.site.reading import Page

PAGES_AT_ONCE = 24
"""Pages whose pictures are rendered together: enough to keep every renderer busy, few enough to hold."""

Pictures = Mapping[tuple[str, str], str]
"""SVG by (exhibit id, layout)."""

_FORBIDDEN = re.compile(
    r"<\s*(?:script|style|foreignObject|iframe|object|embed|link|meta)\b"
    r"|<[^>]*\s(?:style|on[a-z]+)\s*=\s*[\"']"
    r"|<[^>]*\b(?:href|src)\s*=\s*[\"'](?!#|data:image/)"
    r"|url\((?!\s*[\"']?#)", re.IGNORECASE)


def drawn(pages: Sequence[Page], render: Render, finish: FinishSvg) -> Iterator[tuple[Page, Pictures]]:
    """Yield each page with its finished SVGs, in order."""
    for start in range(0, len(pages), PAGES_AT_ONCE):
        chunk = pages[start:start + PAGES_AT_ONCE]
        jobs = [(page, exhibit, layout) for page in chunk for exhibit, layout in _pictures(page)]
        svgs = render([dict(exhibit.layouts[layout]) for _, exhibit, layout in jobs]) if jobs else []
        if len(svgs) != len(jobs):
            raise RenderError(f"the renderer was given {len(jobs)} specs and gave back {len(svgs)} pictures")
        results: dict[int, dict[tuple[str, str], str]] = {id(page): {} for page in chunk}
        for (page, exhibit, layout), svg in zip(jobs, svgs, strict=True):
            finished = finish(svg, prefix=f"{exhibit.id}_{layout}", title=exhibit.headline,
                              description=exhibit.alt)
            results[id(page)][exhibit.id, layout] = _safe(finished, page, exhibit)
        yield from ((page, results[id(page)]) for page in chunk)


def _pictures(page: Page) -> Iterator[tuple[Exhibit, str]]:
    for figure in page.figures.values():
        for layout in LAYOUTS:
            if layout in figure.exhibit.layouts and figure.exhibit.kind in ("chart", "map"):
                yield figure.exhibit, layout


def _safe(svg: str, page: Page, exhibit: Exhibit) -> str:
    found = _FORBIDDEN.search(svg)
    if found:
        raise RenderError(f"{page.source.slug}#{exhibit.id}: the picture holds {found[0][-40:]!r}, which a page of "
                          "this site may not load, run or style")
    return svg[svg.index("<svg"):].strip() if "<svg" in svg else svg
