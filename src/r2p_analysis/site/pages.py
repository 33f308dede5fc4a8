"""Each page of the site from what is known: the context that its template is filled with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from r2p_analysis import countries
from r2p_analysis.site import age, templating
from r2p_analysis.site.citing import Citing
from r2p_analysis.site.figures import FigureView
from r2p_analysis.site.glossary import TERMS, FirstUses
from r2p_analysis.site.links import Link, Links
from r2p_analysis.site.payload import Prose
from r2p_analysis.site.reading import Page


@dataclass(frozen=True)
class Finding:
    """A key finding: the sentence, its number in large if it has one, and the figure that shows it."""

    text: str
    number: str
    unit: str
    link: Link | None


def notebook_page(page: Page, views: Mapping[str, FigureView], links: Links) -> str:
    """Return the HTML of a topic or country page."""
    country = page.source.kind == "country"
    root = "../" if country else ""
    crumbs = [Link("countries/index.html", "Countries")] if country else []
    headings = page.headings
    if not headings and views:
        headings = [(name, f"{view.label}: {view.exhibit.headline}") for name, view in views.items()]
    return _fill(
        "notebook.html",
        links,
        root=root,
        heading=page.source.title,
        here=page.href,
        crumbs=crumbs,
        sequence=links.sequence(page),
        page=page,
        views=views,
        age=age.note_on(age.behind_page(page), links),
        headings=headings,
        findings=[] if page.failure else [_finding(f, page) for f in page.findings],
        terms=FirstUses(root),
        places=_PLACES,
    )


def comparison_page(
    one: Page, other: Page, rows: Sequence[tuple[FigureView | None, FigureView | None]], links: Links
) -> str:
    """Return the HTML of a page that sets two countries side by side, figure by figure."""
    href = f"compare/{one.source.slug}-{other.source.slug}.html"
    return _fill(
        "compare.html",
        links,
        root="../",
        heading=f"{one.source.title} and {other.source.title}",
        here=href,
        crumbs=[Link("countries/index.html", "Countries")],
        sequence=(None, None),
        sides=(one, other),
        findings=[[] if page.failure else [_finding(f, page) for f in page.findings] for page in (one, other)],
        rows=rows,
    )


def embed_page(page: Page, view: FigureView, links: Links) -> str:
    """Return the HTML of a figure alone, to be shown in a frame of another page."""
    return templating.page(
        "embed.html",
        {"site": links.request, "links": links, "page": page, "view": view, "root": "../", "here": view.embed_path},
    )


SCRIPTS = ("page.js", "contents.js", "charts.js", "tables.js", "search.js")
"""What every page loads once it is drawn; without them it reads the same, with less comfort."""
_PLACES = sorted(place.name for place in countries.all_countries(countries.READER_KINDS))
_TOPICS_IN_FULL = 3
_NUMERIC = tuple("0123456789$−+")
"""A figure that begins so is a number and its unit: the unit is set smaller."""


def standing(links: Links) -> Iterator[tuple[str, str]]:
    """Yield (path, HTML) of the pages that every site has."""
    told = [page for page in links.topics if page.findings and not page.failure]
    # A cover that says everything says nothing: of many topics, each has its first finding there.
    most = None if len(told) <= _TOPICS_IN_FULL else 1
    findings = [(page, [_finding(f, page) for f in page.findings[:most]]) for page in told]
    failed = [page for page in [*links.topics, *links.countries] if page.failure]
    yield (
        "index.html",
        _fill(
            "index.html",
            links,
            heading=links.request.title,
            here="index.html",
            findings=findings,
            failed=failed,
            vintage=_vintage(links),
            age=age.note_on(set().union(*(age.behind_page(page) for page in links.topics)), links),
        ),
    )
    yield (
        "countries/index.html",
        _fill(
            "countries.html",
            links,
            root="../",
            heading="Countries",
            here="countries/index.html",
            built={page.source.slug: page.source.title for page in links.countries},
        ),
    )
    claims_age = age.note_on(age.behind_ledger(links), links)
    yield "claims.html", _fill("claims.html", links, heading="Claims", here="claims.html", age=claims_age)
    yield "data.html", _fill("data.html", links, heading="Data and method", here="data.html")
    yield "glossary.html", _fill("glossary.html", links, heading="Glossary", here="glossary.html", terms=TERMS)
    yield (
        "about.html",
        _fill("about.html", links, heading="About this report", here="about.html", vintage=_vintage(links)),
    )


def _fill(template: str, links: Links, *, heading: str, here: str, root: str = "", **context: Any) -> str:
    context.setdefault("crumbs", [])
    if "sequence" not in context:
        context["sequence"] = links.sequence(None, here)
    return templating.page(
        template,
        {
            "site": links.request,
            "links": links,
            "heading": heading,
            "here": here,
            "root": root,
            "scripts": SCRIPTS,
            "cite": _citing(links),
            **context,
        },
    )


def _finding(finding: Prose, page: Page) -> Finding:
    number, _, unit = finding.figure.partition(" ") if finding.figure[:1] in _NUMERIC else (finding.figure, "", "")
    figure = page.figures.get(finding.exhibit or "")
    link = Link(f"{page.href}#{figure.exhibit.id}", figure.label) if figure else None
    return Finding(finding.text, number, unit, link)


def _citing(links: Links) -> Citing:
    request = links.request
    return Citing(request.title, request.edition, _vintage(links)[1], request.address)


def _vintage(links: Links) -> tuple[str, str]:
    dates = sorted(table.retrieved for table in links.request.tables if table.retrieved)
    return (dates[0], dates[-1]) if dates else ("", "")
