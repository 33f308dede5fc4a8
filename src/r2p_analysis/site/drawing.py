"""All pictures of the site in as few calls of the renderer as memory allows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from r2p_analysis.errors import RenderError
from r2p_analysis.site.model import FinishSvg, Render, Spec
from r2p_analysis.site.payload import LAYOUTS, Exhibit
from r2p_analysis.site.reading import Page

PAGES_AT_ONCE = 24
"""Pages whose pictures are rendered together: enough to keep every renderer busy, few enough to hold."""

Pictures = Mapping[tuple[str, str], str]
"""SVG by (exhibit id, layout)."""

# What stands before the name of an attribute is spelled out: where nothing else may, a search is twice as fast.
_FORBIDDEN = re.compile(
    r"<(?:\s*(?:script|style|foreignObject|iframe|object|embed|link|meta)\b"
    r"|[^>]*[\s\"'/:](?:(?:style|on[a-z]+)\s*=\s*[\"']|(?:href|src)\s*=\s*[\"'](?!#|data:image/)))",
    re.IGNORECASE,
)
# A tag whose values hold no bracket of their own, which would end it too early for the search above.
_ILL_FORMED = re.compile(r"<(?![^<>\"']*+(?:\"[^\"<>]*+\"[^<>\"']*+|'[^'<>]*+'[^<>\"']*+)*+>).{0,40}", re.DOTALL)
_OUTSIDE = re.compile(r"url\((?!\s*[\"']?#)", re.IGNORECASE)


def drawn(pages: Iterable[Page], render: Render, finish: FinishSvg) -> Iterator[tuple[Page, Pictures]]:
    """Yield each page with its finished SVGs, in order.

    A page with a picture that cannot be drawn becomes a failed page with the reason, and fails alone.
    """
    rest = iter(pages)
    while chunk := list(islice(rest, PAGES_AT_ONCE)):
        try:
            yield from _draw(chunk, render, finish)
        except RenderError:
            for page in chunk:
                yield _draw_alone(page, render, finish)


def specs_of(page: Page) -> list[Spec]:
    """Give the specs of all pictures of a page, to be drawn ahead."""
    return [dict(exhibit.layouts[layout]) for exhibit, layout in _pictures(page)]


def _draw(pages: Sequence[Page], render: Render, finish: FinishSvg) -> list[tuple[Page, Pictures]]:
    jobs = [(number, page, exhibit, layout) for number, page in enumerate(pages) for exhibit, layout in _pictures(page)]
    svgs = render([dict(exhibit.layouts[layout]) for _, _, exhibit, layout in jobs]) if jobs else []
    if len(svgs) != len(jobs):
        raise RenderError(f"the renderer was given {len(jobs)} specs and gave back {len(svgs)} pictures")
    pictures: list[dict[tuple[str, str], str]] = [{} for _ in pages]
    for (number, page, exhibit, layout), svg in zip(jobs, svgs, strict=True):
        finished = finish(svg, prefix=f"{exhibit.id}_{layout}", title=exhibit.headline, description=exhibit.alt)
        pictures[number][exhibit.id, layout] = _safe(finished, page, exhibit)
    return list(zip(pages, pictures, strict=True))


def _draw_alone(page: Page, render: Render, finish: FinishSvg) -> tuple[Page, Pictures]:
    try:
        return _draw([page], render, finish)[0]
    except RenderError as error:
        page.failure = str(error)
        return page, {}


def _pictures(page: Page) -> Iterator[tuple[Exhibit, str]]:
    for figure in () if page.failure else page.figures.values():
        for layout in LAYOUTS:
            if layout in figure.exhibit.layouts and figure.exhibit.kind in ("chart", "map"):
                yield figure.exhibit, layout


def _safe(svg: str, page: Page, exhibit: Exhibit) -> str:
    found = _FORBIDDEN.search(svg) or _OUTSIDE.search(svg) or _ILL_FORMED.search(svg)
    if found:
        raise RenderError(
            f"{page.source.slug}#{exhibit.id}: the picture holds {found[0][-40:]!r}, which a page of "
            "this site may not load, run or style"
        )
    return svg.strip()
