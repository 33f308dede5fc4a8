"""The glossary, and links to it from the first use of a term on a page."""

from __future__ import annotations

import html
import re
import tomllib
from dataclasses import dataclass
from importlib import resources

_TAG = re.compile(r"(<[^>]*>)")
_CLOSED_TO_LINKS = ("a", "h1", "h2", "h3", "h4", "h5", "h6", "code", "pre", "svg")


@dataclass(frozen=True)
class Term:
    """One entry of the glossary.

    Attributes
    ----------
    id : str
        Its anchor.
    name : str
        As the field writes it.
    forms : tuple of str
        Other words by which pages mean it.
    text : str
        What it means, in the project's words.
    source, url : str
        The text on which that rests, and where it can be read.
    """

    id: str
    name: str
    forms: tuple[str, ...]
    text: str
    source: str
    url: str


def _read() -> tuple[Term, ...]:
    text = (resources.files("r2p_analysis.site") / "glossary.toml").read_text(encoding="utf-8")
    entries = (Term(**{**entry, "forms": tuple(entry["forms"])}) for entry in tomllib.loads(text)["term"])
    return tuple(sorted(entries, key=lambda term: term.name.casefold()))


TERMS = _read()
"""All entries, A to Z."""
_BY_FORM = {form.casefold(): term for term in TERMS for form in (term.name, *term.forms)}
# The longest first: "Palestine refugees" is not "refugees".
_FORMS = re.compile(
    r"(?<![\w-])(" + "|".join(re.escape(form) for form in sorted(_BY_FORM, key=len, reverse=True)) + r")(?![\w-])",
    re.IGNORECASE,
)


class FirstUses:
    """Links each term of a page once, where it is first used.

    Parameters
    ----------
    root : str
        Way from the page to the root of the site.
    """

    def __init__(self, root: str) -> None:
        self._root = root
        self._used: set[str] = set()

    def text(self, text: str) -> str:
        """Return plain text as HTML, with links at first uses.

        Examples
        --------
        >>> FirstUses("").text("Refugees & refugees")
        '<a class="term" href="glossary.html#refugee">Refugees</a> &amp; refugees'
        """
        return self._linked(html.escape(text, quote=False))

    def html(self, page: str) -> str:
        """Return HTML with links at first uses; headings, links and code stay as they are."""
        pieces, closed = [], 0
        for piece in _TAG.split(page):
            if piece[:1] != "<":
                pieces.append(piece if closed else self._linked(piece))
                continue
            name = re.match(r"</?([a-z0-9]*)", piece)
            if name and name[1] in _CLOSED_TO_LINKS:
                closed += -1 if piece[:2] == "</" else 1
            pieces.append(piece)
        return "".join(pieces)

    def _linked(self, text: str) -> str:
        return _FORMS.sub(self._link, text)

    def _link(self, found: re.Match[str]) -> str:
        term = _BY_FORM[found[0].casefold()]
        if term.id in self._used:
            return found[0]
        self._used.add(term.id)
        return f'<a class="term" href="{self._root}glossary.html#{term.id}">{found[0]}</a>'
