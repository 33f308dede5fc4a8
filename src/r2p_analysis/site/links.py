"""Where everything is: pages, figures, claims and tables, seen from the root of the site."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from r2p_analysis import countries
from r2p_analysis.claims import SECTIONS
from r2p_analysis.errors import R2PError, UsageError
from r2p_analysis.site.model import STALE, VERDICTS, PageSource, SiteRequest
from r2p_analysis.site.reading import Page
from r2p_analysis.site.templating import slug

ELSEWHERE = "Other"


@dataclass(frozen=True)
class Link:
    """A place in the site."""

    href: str
    title: str


class Links:
    """Finds the way from one thing to another, and notes what leads nowhere."""

    def __init__(self, request: SiteRequest, topics: Sequence[Page], profiles: Sequence[Page]) -> None:
        self.request = request
        self.topics = list(topics)
        self.countries = list(profiles)
        self._pages = {page.source.slug: page for page in [*topics, *profiles]}
        self._tables = {table.name: table for table in request.tables}
        wrong = [claim for claim in (*request.ledger, *request.printed) if claim.verdict not in VERDICTS]
        if wrong:
            raise UsageError(f"claim {wrong[0].id}: verdict {wrong[0].verdict!r} is none of {', '.join(VERDICTS)}")

    def figure(self, place: str | None) -> Link | None:
        """The figure that ``page#exhibit`` names, or None if this build does not show it."""
        slug, _, name = (place or "").partition("#")
        page = self._pages.get(slug)
        if page is None or page.failure or name not in page.figures:
            return None
        return Link(f"{page.href}#{name}", f"{page.source.title}, {page.figures[name].label}")

    def table(self, name: str) -> Link | None:
        """The description of a stored table on the data page."""
        table = self._tables.get(name)
        return Link(f"data.html#table_{table.name}", table.title) if table else None

    def stale(self, name: str) -> str:
        """Say why a stored table is stale; nothing when it is not."""
        table = self._tables.get(name)
        return table.age if table and table.state == STALE else ""

    def sequence(self, page: Page | None, href: str = "") -> tuple[Link | None, Link | None]:
        """The pages before and after one: countries among themselves, all others in reading order."""
        if page is not None and page.source.kind == "country":
            row = [Link(p.href, p.source.title) for p in self.countries]
        else:
            row = self.main_pages()
        here = page.href if page is not None else href
        place = next(n for n, link in enumerate(row) if link.href == here)
        return (row[place - 1] if place else None), (row[place + 1] if place + 1 < len(row) else None)

    def main_pages(self) -> list[Link]:
        """The pages in reading order, without the single countries."""
        return [
            Link("index.html", "Overview"),
            *(Link(p.href, p.source.title) for p in self.topics),
            Link("countries/index.html", "Countries"),
            Link("claims.html", "Claims"),
            Link("data.html", "Data and method"),
        ]

    def regions(self) -> list[tuple[str, list[Page]]]:
        """The country pages by region, A to Z in each; those without a region come last."""
        groups: dict[str, list[Page]] = {}
        for page in self.countries:
            groups.setdefault(_region(page.source), []).append(page)
        return sorted(groups.items(), key=lambda group: (group[0] == ELSEWHERE, group[0]))

    def verdict_counts(self) -> list[tuple[str, int]]:
        """How many claims got each verdict."""
        return [(word, sum(claim.verdict == word for claim in self.request.ledger)) for word in VERDICTS]

    def verdict_choices(self) -> list[tuple[str, str, int]]:
        """The verdicts by which the ledger can be filtered: class, word, number of claims."""
        return [(VERDICTS[word], f"{word[:1].upper()}{word[1:]}", number) for word, number in self.verdict_counts()]

    def section_choices(self) -> list[tuple[str, str, int]]:
        """The sections by which the ledger can be filtered: name in the page, title, number of claims."""
        sections = [name for claim in self.request.ledger for name in claim.sections]
        known = sorted(set(sections), key=lambda n: (SECTIONS.index(n) if n in SECTIONS else len(SECTIONS), n))
        return [(slug(name), name, sections.count(name)) for name in known]

    def warnings(self) -> tuple[str, ...]:
        """What the pages refer to and this build does not hold."""
        known = {claim.id for claim in (*self.request.ledger, *self.request.printed)}
        found = [
            f"{page.source.slug}#{name} bears on claim {claim}, which the ledger lacks"
            for page in self._pages.values()
            for name, figure in page.figures.items()
            for claim in figure.exhibit.claims
            if claim not in known
        ]
        found += [
            f"claim {claim.id} points to {place}, which its page does not show"
            for claim in (*self.request.ledger, *self.request.printed)
            for place in (claim.exhibit, *claim.also)
            if self._lost(place)
        ]
        found += [
            f"{page.source.slug}: a finding points to {finding.exhibit}, which the page does not show"
            for page in self._pages.values()
            for finding in page.findings
            if not page.failure and finding.exhibit and finding.exhibit not in page.figures
        ]
        return tuple(found)

    def _lost(self, place: str | None) -> bool:
        page = self._pages.get((place or "").partition("#")[0])
        return page is not None and not page.failure and self.figure(place) is None


def _region(source: PageSource) -> str:
    if source.region:
        return source.region
    try:
        return countries.get(source.slug).region or ELSEWHERE
    except R2PError:
        return ELSEWHERE
