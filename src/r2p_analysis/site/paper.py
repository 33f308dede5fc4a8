"""The pages of a built site as documents for paper: the whole report, and the brief of a country."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path

from r2p_analysis.site.rewriting import Attributes, classes, rewritten
from r2p_analysis.site.templating import asset, page

_LEFT_OUT = {"filters", "highlight", "more"}
"""Classes of what paper does not show: what is operated, and data and citations, which the page offers as files."""
_SECTIONS_LEFT_OUT = {"all_topics", "all_countries", "data_vintage"}
_OPERATED = {"button", "input", "form", "select", "script", "link"}
_PLAIN = {"figure": "div", "figcaption": "div", "details": "div", "summary": "p"}
"""A picture is one figure to those who hear the PDF, not one inside another."""
_KEPT_ARIA = {"aria-labelledby", "aria-label", "aria-hidden"}
_AGE = re.compile(r'<details class="age">\s*<summary>(.*?)</summary>.*?</details>', re.DOTALL)
_MAIN = re.compile(r"<main\b[^>]*>(.*)</main>", re.DOTALL)
_H1 = re.compile(r"<h1\b[^>]*>(.*?)</h1>", re.DOTALL)
_ID = re.compile(r'\sid="([^"]+)"')
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:")
_STANDING = ("claims.html", "data.html", "glossary.html", "about.html")


@dataclass(frozen=True)
class Sheet:
    """One page of the site on paper.

    Attributes
    ----------
    path : str
        The page's path from the root of the site.
    title : str
        Its first heading.
    html : str
        What it shows, with ids of its own in the document.
    """

    path: str
    title: str
    html: str

    @property
    def anchor(self) -> str:
        """Name of the page in the document."""
        return f"{prefix_of(self.path)}--top"


def prefix_of(path: str) -> str:
    """Return what the ids of a page begin with in a document of several pages."""
    return path.removesuffix(".html").replace("/", "-")


def sheet(site: Path, path: str) -> Sheet:
    """Read a page of a built site and make it fit for paper."""
    body = main_of(site, path)
    return Sheet(path, heading_of(body) or path, fit(body, path))


def main_of(site: Path, path: str) -> str:
    """Return what a page of a built site shows."""
    found = _MAIN.search((site / path).read_text(encoding="utf-8"))
    return found[1] if found else ""


def heading_of(html: str) -> str:
    """Return the first heading of a page, as text."""
    heading = _H1.search(html)
    return unescape(re.sub(r"<[^>]*>", "", heading[1])) if heading else ""


def fit(html: str, path: str, without: str = "narrow") -> str:
    """Return a piece of a page as it stands on paper, with ids of its own in a document of many pages.

    Parameters
    ----------
    html, path : str
        The piece, and the page that it is of.
    without : str
        Which of two layouts of a picture is left out.
    """
    return rewritten(_AGE.sub(r'<p class="stamp">\1.</p>', html), _for_paper(path, _LEFT_OUT | {without}))


def _for_paper(path: str, left_out: set[str]) -> Callable[[str, Attributes], tuple[str, Attributes] | None]:
    prefix = prefix_of(path)

    def change(tag: str, attributes: Attributes) -> tuple[str, Attributes] | None:
        held = classes(attributes)
        if tag in _OPERATED or "hidden" in attributes or held & left_out or tag == "nav":
            return None
        if tag == "section" and attributes.get("aria-labelledby") in _SECTIONS_LEFT_OUT:
            return None
        kept = {name: value for name, value in attributes.items() if _kept(tag, name, held)}
        if tag == "a" and kept.get("href"):
            kept["href"] = _address(kept["href"] or "", path)
        return _PLAIN.get(tag, tag), {name: _named(name, value, prefix) for name, value in kept.items()}

    return change


def _kept(tag: str, name: str, held: set[str]) -> bool:
    if name.startswith("aria-"):
        return name in _KEPT_ARIA and tag == "svg"
    if name in ("tabindex", "role"):
        return tag == "svg" or "parts" in held
    return not name.startswith("data-")


def _named(name: str, value: str | None, prefix: str) -> str | None:
    if not value:
        return value
    if name in ("id", "aria-labelledby"):
        return " ".join(f"{prefix}--{word}" for word in value.split())
    return re.sub(r"url\(#", f"url(#{prefix}--", value)


def _address(href: str, path: str) -> str:
    """Give where a link of a page leads, seen from the root of the site; addresses of the web stay."""
    if _SCHEME.match(href):
        return href
    target, _, fragment = href.partition("#")
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) if target else path
    return f"{target}#{fragment}" if fragment else target


@dataclass(frozen=True)
class Binding:
    """What every document of a build shares.

    Attributes
    ----------
    site : Path
        The built site.
    title : str
        Of the report, with its edition.
    address : str
        Where the site is published, or nothing.
    css : str
        The colours, and the style of the pages.
    """

    site: Path
    title: str
    address: str
    css: str


def bound(binding: Binding, title: str, body: str, sheets: Iterable[Sheet], heads: Mapping[str, str]) -> str:
    """Bind sheets to a document whose links lead somewhere.

    Parameters
    ----------
    binding : Binding
        What all documents share. A link to what this one does not hold leads to the published page, or is none.
    title : str
        Of the document.
    body : str
        Its HTML.
    sheets : iterable of Sheet
        The pages in it.
    heads : mapping
        The running head of each named page of the style sheet.
    """
    known = set(_ID.findall(body))
    anchors = {one.path: one.anchor for one in sheets}

    def change(tag: str, attributes: Attributes) -> tuple[str, Attributes]:
        href = attributes.get("href")
        if tag != "a" or not href or _SCHEME.match(href):
            return tag, attributes
        target, _, fragment = href.partition("#")
        inside = f"{prefix_of(target)}--{fragment}" if fragment else anchors.get(target, "")
        if target in anchors and inside in known:
            return tag, {**attributes, "href": f"#{inside}"}
        return (tag, {**attributes, "href": f"{binding.address}{href}"}) if binding.address else ("", {})

    rules = [f"@page {{ @top-left {{ content: {_quoted(binding.title)} }} }}"]
    rules += [f"@page {name} {{ @top-right {{ content: {_quoted(text)} }} }}" for name, text in heads.items()]
    rules += [f".on-{name} {{ page: {name}; }}" for name in ("cover", *heads)]
    css = "\n".join([binding.css, *rules, asset("paper.css")])
    return page("paper.html", {"title": title, "css": css, "body": rewritten(body, change)})


def _quoted(text: str) -> str:
    """Write a text for a style sheet, which nothing in it can end."""
    return '"' + "".join(c if c.isalnum() or c in " .,:" else f"\\{ord(c):06x}" for c in text) + '"'


def report_document(binding: Binding, topics: Sequence[str]) -> str:
    """Return the whole report as one document: cover, contents, topics, claims, data and method, glossary, about.

    Parameters
    ----------
    binding : Binding
        What all documents share.
    topics : sequence of str
        The topics' names, in order.
    """
    paths = ("index.html", *(f"{name}.html" for name in topics), *_STANDING)
    cover, *chapters = [sheet(binding.site, path) for path in paths]
    contents = "".join(f'<li><a href="{one.path}">{escape(one.title)}</a></li>' for one in chapters)
    contents = f'<div class="paper-contents"><h2>Contents</h2><ol>{contents}</ol></div>'
    body = [f'<section class="on-cover" id="{cover.anchor}">{cover.html}{contents}</section>']
    heads = {}
    for number, one in enumerate(chapters, 1):
        heads[f"chapter{number}"] = one.title
        body.append(f'<section class="on-chapter{number}" id="{one.anchor}">{one.html}</section>')
    return bound(binding, binding.title, "\n".join(body), [cover, *chapters], heads)
