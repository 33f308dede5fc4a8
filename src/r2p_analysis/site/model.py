"""What the site is built from, and what building it gives back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Any, Literal, NamedTuple, Protocol

from r2p_analysis.exhibits.maps.outlines import Outlines

Spec = dict[str, Any]
Pixels = Callable[[list[str]], list[bytes]]
"""SVG documents in, as many PNG files out, in the same order."""
Render = Callable[[list[Spec]], list[str]]
"""Vega-Lite specs in, as many SVG texts out, in the same order."""

VERDICTS: Mapping[str, str] = {
    "supported": "supported",
    "supported with revised data": "revised",
    "partly supported": "partly",
    "contradicted": "contradicted",
    "cannot be decided with open data": "undecided",
}
"""The verdict words of the ledger, in the order of display, each with the name of its symbol and colour."""


STALE = "stale"
"""The state of a table for which newer figures should have been out for long."""


class FinishSvg(Protocol):
    """Make a rendered SVG fit for a page: own ids, title and description, colours as CSS variables."""

    def __call__(self, svg: str, *, prefix: str, title: str, description: str) -> str:
        """Return the finished SVG."""


@dataclass(frozen=True)
class PageSource:
    """One page to make: a topic or a country, and the executed notebook that holds it."""

    kind: Literal["topic", "country"]
    slug: str
    """The topic's name, or the country's ISO3 code; also the name of the HTML file."""
    title: str
    notebook: Path | None
    parameters: Mapping[str, Any] = field(default_factory=dict)
    failure: str | None = None
    """Why the notebook failed, in one line; the page then shows this in place of exhibits."""
    region: str = ""
    """Of a country: the heading under which it is listed; by itself the region that the code belongs to."""


class ClaimPart(NamedTuple):
    """One checkable part of a claim."""

    statement: str
    outcome: str
    evidence: str
    proxy: bool = False
    """Whether it only stands near what the claim says, and is left out of the verdict."""


@dataclass(frozen=True)
class ClaimView:
    """One claim of the ledger with its computed verdict."""

    id: str
    text: str
    source: str
    sections: Sequence[str]
    verdict: str
    reason: str
    parts: Sequence[ClaimPart] = ()
    published: str | None = None
    current: str | None = None
    number: float | None = None
    """The number found; `low` and `high` are its range, `unit` what it counts, `vintage` the releases behind it."""
    low: float | None = None
    high: float | None = None
    unit: str = ""
    subject: str = ""
    """What the number counts, where and when."""
    vintage: str = ""
    as_of: str = ""
    then: str = ""
    """What was published at the time, by whom."""
    measures: Sequence[str] = ()
    """Names of the checks that found the figures."""
    exhibit: str | None = None
    """The exhibit that shows it, as page#exhibit."""
    also: Sequence[str] = ()
    """More exhibits that bear on it."""
    sources: Sequence[str] = ()
    """Names of tables, which become links to the data page, or plain words."""
    limits: Sequence[str] = ()
    quote: str | None = None
    url: str = ""
    """Where the source can be read."""
    evidence_url: str = ""
    """A page that was read for what was published then, or for what was found."""


@dataclass(frozen=True)
class TableView:
    """One stored table with its provenance."""

    name: str
    title: str
    producer: str
    version: str
    licence: str
    licence_url: str
    attribution: str
    retrieved: str
    url: str
    sha256: str
    rows: int
    first_year: int | None
    last_year: int | None
    caveats: Sequence[str] = ()
    origin: str = ""
    corrections: Sequence[str] = ()
    """Errors of the producer that were mended before the table was stored."""
    redistribution: str = ""
    cadence: str = ""
    """When its producer brings newer figures."""
    state: str = ""
    """"fresh", "due" or "stale", with `age` as the reason in words; empty when nobody judged it."""
    age: str = ""
    reaches: int | None = None
    """The last year about which it can say anything."""
    token: str = ""
    """Whether fetching it wants a token, in words; never whether one is set."""


@dataclass(frozen=True)
class SiteRequest:
    """Everything that goes into a site."""

    edition: int
    reference_year: int
    title: str
    out: Path
    """The site's folder; what a former build left there is replaced as a whole."""
    pages: Sequence[PageSource]
    ledger: Sequence[ClaimView]
    printed: Sequence[ClaimView]
    """Figures printed at the time, judged alike and listed apart."""
    tables: Sequence[TableView]
    render: Render
    finish_svg: FinishSvg
    css: str
    """The colour variables of the exhibits, put before the site's own style sheet."""
    world: Outlines | None = None
    """The map by which a reader chooses a country; None for none."""
    comparisons: Sequence[tuple[str, str]] = ()
    """Pairs of countries to be set side by side, by the names of their pages, which the build must hold."""
    pixels: Pixels | None = None
    """How pictures are made of pixels for the downloads; None makes none."""
    address: str = ""
    """Where the site is published, with a final slash, for citations; empty when that is not known."""
    judged_on: str = ""
    """The day for which the age of the tables was judged, in words: an input, so that the same inputs give the same
    bytes on any day."""
    workers: int = 1
    """How many processes may write pages, when there are enough of them."""
    start: BaseContext | None = None
    """What starts those processes; None starts each anew."""
    record: Path | None = None
    """File in which is remembered what each page is made of, so that it need not be made again; None for none."""


@dataclass(frozen=True)
class SiteResult:
    """What was built."""

    out: Path
    index: Path
    files: tuple[str, ...]
    exhibits: int
    failures: tuple[tuple[str, str], ...]
    """(slug, reason) of each page that shows no exhibits."""
    warnings: tuple[str, ...]
    """References that lead nowhere in this build, such as a claim that the ledger lacks."""
