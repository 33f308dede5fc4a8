"""A country in four pages: its findings and its most telling exhibits, chosen by a rule and measured on paper."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from r2p_analysis.errors import RenderError
from r2p_analysis.site.chromium import page_count
from r2p_analysis.site.paper import Binding, Sheet, bound, fit, heading_of, main_of
from r2p_analysis.site.templating import page

MOST_PAGES = 4
MOST_EXHIBITS = 6
MOST_FINDINGS = 5
LONGEST_TABLE = 20
"""Rows of a table that a brief may hold; longer ones are read on the full page."""
_PIECE = re.compile(r'<h2\b|<figure id="(?P<name>[^"]+)" class="exhibit (?P<kind>\w+)".*?</figure>', re.DOTALL)
_ROWS = re.compile(r"<tr\b")
_HEAD = re.compile(r'<div class="page-head">.*?</div>', re.DOTALL)
_FINDING = re.compile(r'<li class="finding\b.*?</li>', re.DOTALL)
_LINKED = re.compile(r'class="ref" href="#([^"]+)"')
_HEADLINE = re.compile(r"<h3\b[^>]*>(.*?)</h3>", re.DOTALL)
_NARROW = re.compile(r'<div class="graphic narrow"><svg\b[^>]* viewBox="0 0 ([\d.]+) ([\d.]+)"')
_STRIP = 1.5
"""Height of a strip, in widths."""
_REASON = re.compile(r'<p class="reason">(.*?)</p>', re.DOTALL)


@dataclass(frozen=True)
class Piece:
    """An exhibit of a country page as the brief may take it over."""

    name: str
    kind: str
    html: str
    opens_section: bool

    @property
    def fits(self) -> bool:
        """Whether a brief may hold it."""
        long = self.kind == "table" and len(_ROWS.findall(self.html)) > LONGEST_TABLE + 1
        return self.kind != "gap" and not long

    @property
    def tall(self) -> bool:
        """Whether its picture for narrow screens is too long a strip to stand beside its words."""
        box = _NARROW.search(self.html)
        return box is not None and float(box[2]) > _STRIP * float(box[1])


def pieces(html: str) -> Iterator[Piece]:
    """Yield the exhibits of a page in order."""
    opens = True
    for found in _PIECE.finditer(html):
        if not found["name"]:
            opens = True
            continue
        piece = Piece(found["name"], found["kind"], found[0], opens)
        opens = opens and not piece.fits
        yield piece


def chosen(exhibits: Sequence[Piece], linked: Sequence[str]) -> list[Piece]:
    """Choose the exhibits of a brief, the most telling first.

    First those that the key findings point to, in the findings' order, then the first of each section, then the others,
    in the page's order. Gaps and long tables are left out.

    Parameters
    ----------
    exhibits : sequence of Piece
        All of the page, in order.
    linked : sequence of str
        Names of those that the findings point to.
    """
    first = {name: place for place, name in reversed(list(enumerate(linked)))}
    able = [one for one in exhibits if one.fits]
    ranked = sorted(able, key=lambda one: first.get(one.name, len(linked) + (0 if one.opens_section else 1)))
    return ranked[:MOST_EXHIBITS]


def brief(binding: Binding, path: str, to_pdf: Callable[[str], bytes]) -> bytes:
    """Return the brief of a country page as PDF, without the last exhibits chosen until it has at most four pages.

    Parameters
    ----------
    binding : Binding
        What all documents share.
    path : str
        The country's page.
    to_pdf : callable
        Prints a document.

    Raises
    ------
    RenderError
        When it does not fit even without exhibits.
    """
    html = main_of(binding.site, path)
    findings = _FINDING.findall(html)[:MOST_FINDINGS]
    exhibits = list(pieces(html))
    wanted = chosen(exhibits, _LINKED.findall("".join(findings)))
    for most in range(len(wanted), -1, -1):
        kept = {one.name for one in wanted[:most]}
        shown = [one for one in exhibits if one.name in kept]
        pdf = to_pdf(_document(binding, path, html, findings, exhibits, shown))
        if page_count(pdf) <= MOST_PAGES:
            return pdf
    raise RenderError(f"the brief of {path} has more than {MOST_PAGES} pages even without exhibits")


def _document(
    binding: Binding, path: str, html: str, findings: Sequence[str], exhibits: Sequence[Piece], shown: Sequence[Piece]
) -> str:
    head = _HEAD.search(html)
    title = heading_of(html)
    gaps = [_gap(one.html) for one in exhibits if one.kind == "gap"]
    body = page(
        "brief.html",
        {
            "head": fit(head[0], path) if head else "",
            "findings": [fit(one, path) for one in findings],
            "exhibits": [fit(one.html, path, "narrow" if one.tall else "wide") for one in shown],
            "gaps": gaps,
            "left_out": sum(one.kind != "gap" for one in exhibits) - len(shown),
            "path": path,
            "address": binding.address,
        },
    )
    sheet = Sheet(path, title, body)
    return bound(
        binding, f"{title}: brief", f'<div id="{sheet.anchor}">{body}</div>', [sheet], {"any": f"{title}: brief"}
    )


def _gap(html: str) -> tuple[str, str]:
    headline, reason = _HEADLINE.search(html), _REASON.search(html)
    return (headline[1] if headline else "", reason[1] if reason else "")
