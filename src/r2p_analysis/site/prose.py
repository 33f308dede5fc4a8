"""Markdown of a notebook to HTML that cannot carry markup, scripts or loads of its own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token


@dataclass
class Outline:
    """The headings of one page; it gives each an id that no exhibit can have (it holds an underscore)."""

    headings: list[tuple[str, str]] = field(default_factory=list)
    _taken: set[str] = field(default_factory=set)

    def add(self, title: str, listed: bool) -> str:
        """Return the id for a heading and list it if it opens a section."""
        plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
        stem = "s_" + (re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "section")
        anchor, count = stem, 2
        while anchor in self._taken:
            anchor, count = f"{stem}_{count}", count + 1
        self._taken.add(anchor)
        if listed:
            self.headings.append((anchor, title))
        return anchor


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")


def to_html(text: str, outline: Outline, first: bool = False) -> str:
    """Return a markdown cell as HTML with headings from level 2 down.

    Parameters
    ----------
    text
        The markdown.
    outline
        Takes the section headings and gives ids.
    first
        Whether this is the page's first cell, whose level 1 heading is the page's title and is left out.
    """
    tokens = _parser().parse(text)
    if first:
        tokens = _without_title(tokens)
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            level = max(2, int(token.tag[1]))
            token.tag = tokens[index + 2].tag = f"h{level}"
            token.attrSet("id", outline.add(_plain(tokens[index + 1]), listed=level == 2))
        elif token.type in ("th_open", "td_open"):
            _class_for_style(token)
        elif token.type == "table_open":
            token.attrSet("class", "plain")
    _mark_links(tokens)
    html: str = _parser().renderer.render(tokens, _parser().options, {})
    html = html.replace("<table", '<div class="scroll" role="region" tabindex="0" aria-label="Table"><table')
    return html.replace("</table>", "</table></div>").strip()


def _without_title(tokens: list[Token]) -> list[Token]:
    if tokens and tokens[0].type == "heading_open" and tokens[0].tag == "h1":
        return tokens[3:]
    return tokens


def _plain(inline: Token) -> str:
    return "".join(child.content if child.type != "softbreak" else " " for child in inline.children or [])


def _class_for_style(token: Token) -> None:
    if "right" in str(token.attrs.pop("style", "")):
        token.attrSet("class", "num")


def _mark_links(tokens: Sequence[Token]) -> None:
    for token in tokens:
        for child in token.children or []:
            if child.type == "link_open" and re.match(r"(?i)[a-z][a-z0-9+.-]*:|//", str(child.attrGet("href"))):
                child.attrSet("rel", "external noopener")
