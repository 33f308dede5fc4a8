"""The list that the search of the pages looks through: titles, headlines, countries, claims, terms and tables."""

from __future__ import annotations

import json
from collections.abc import Iterator

from r2p_analysis import countries
from r2p_analysis.errors import UsageError
from r2p_analysis.site.glossary import TERMS
from r2p_analysis.site.links import Links
from r2p_analysis.site.reading import Page

TOPIC, COUNTRY, CLAIM, EXHIBIT, TERM, TABLE, PAGE = range(7)
"""Kinds of entries, in the order in which equally good ones are shown."""
Entry = tuple[int, str, str, str, str]


def search_index(links: Links) -> str:
    """Return the list as a script: a page opened from a disk may load a script, and no data file.

    Returns
    -------
    str
        Sets ``r2pSearch`` to rows of kind, title, address from the root, where it stands, and other words by which
        it may be looked for.
    """
    rows = ",\n".join(json.dumps(entry, ensure_ascii=False, separators=(",", ":")) for entry in _entries(links))
    # Inside a script file nothing can end the script, but older readers break lines at these two.
    rows = rows.replace("\u2028", " ").replace("\u2029", " ")
    return f"window.r2pSearch = [\n{rows}\n];\n"


def _entries(links: Links) -> Iterator[Entry]:
    for page in links.topics:
        yield TOPIC, page.source.title, page.href, "", ""
    for page in links.countries:
        yield COUNTRY, page.source.title, page.href, page.source.region, _other_names(page.source.slug)
    for claim in (*links.request.ledger, *links.request.printed):
        yield CLAIM, claim.text, f"claims.html#{claim.id}", f"{claim.id}, {claim.verdict}", claim.quote or ""
    for page in (*links.topics, *links.countries):
        yield from _exhibits(page)
    for term in TERMS:
        yield TERM, term.name, f"glossary.html#{term.id}", "Glossary", " ".join(term.forms)
    for table in links.request.tables:
        yield TABLE, table.title, f"data.html#table_{table.name}", table.producer, table.name
    for link in links.main_pages()[-4:]:
        yield PAGE, link.title, link.href, "", ""


def _exhibits(page: Page) -> Iterator[Entry]:
    for name, figure in ({} if page.failure else page.figures).items():
        where = f"{page.source.title}, {figure.label}"
        yield EXHIBIT, figure.exhibit.headline, f"{page.href}#{name}", where, figure.exhibit.subtitle


def _other_names(slug: str) -> str:
    try:
        place = countries.get(slug)
    except UsageError:
        return slug
    return " ".join((place.iso3, *place.aliases))
