"""An executed notebook to the content of a page, or to the reason why there is none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from r2p_analysis.errors import NotebookError, UsageError
from r2p_analysis.ipynb import read_ipynb
from r2p_analysis.site import payload, prose
from r2p_analysis.site.model import PageSource


@dataclass(frozen=True)
class Figure:
    """An exhibit with its place on the page."""

    exhibit: payload.Exhibit
    label: str
    """Figure 1, Table 2, ..."""


@dataclass(frozen=True)
class Block:
    """One piece of a page, in the notebook's order: HTML of markdown, a computed sentence, or a figure."""

    html: str = ""
    text: str = ""
    figure: Figure | None = None


@dataclass
class Page:
    """One topic or country page before it is drawn."""

    source: PageSource
    blocks: list[Block] = field(default_factory=list)
    findings: list[payload.Prose] = field(default_factory=list)
    headings: list[tuple[str, str]] = field(default_factory=list)
    failure: str = ""

    @property
    def figures(self) -> dict[str, Figure]:
        """The figures of the page by exhibit id, in order."""
        return {b.figure.exhibit.id: b.figure for b in self.blocks if b.figure}

    @property
    def href(self) -> str:
        """The page's path from the root of the site."""
        folder = "countries/" if self.source.kind == "country" else ""
        return f"{folder}{self.source.slug}.html"

    def slim(self) -> Page:
        """Give the page without pictures and rows: what other pages tell of it, in a tenth of the memory."""
        blocks = [replace(block, figure=_slim(block.figure)) if block.figure else block for block in self.blocks]
        return replace(self, blocks=blocks)


def _slim(figure: Figure) -> Figure:
    return replace(figure, exhibit=replace(figure.exhibit, layouts={}, rows=()))


def read_page(source: PageSource) -> Page:
    """Read the notebook of a page; a failure becomes the page's reason and leaves it without exhibits."""
    if source.failure:
        return Page(source, failure=source.failure)
    try:
        return _complete(source)
    except NotebookError as error:
        return Page(source, failure=str(error))


def _complete(source: PageSource) -> Page:
    page, outline = Page(source), prose.Outline()
    counts: Counter[str] = Counter()
    record: payload.Record | None = None
    for index, cell in enumerate(_cells(source)):
        if cell.get("cell_type") == "markdown":
            html = prose.to_html(cell.get("source", ""), outline, first=index == 0)
            if html:
                page.blocks.append(Block(html=html))
        for data in _outputs(cell):
            if payload.EXHIBIT in data:
                exhibit = payload.read_exhibit(data[payload.EXHIBIT])
                page.blocks.append(Block(figure=_numbered(exhibit, counts)))
            elif payload.PROSE in data:
                _place(payload.read_prose(data[payload.PROSE]), page)
            elif payload.RECORD in data:
                record = payload.read_record(data[payload.RECORD])
    _check(page, record)
    page.headings = outline.headings
    return page


def _cells(source: PageSource) -> Sequence[Any]:
    if source.notebook is None:
        raise NotebookError("the notebook was not run")
    cells: Sequence[Any] = read_ipynb(source.notebook)["cells"]
    return cells


def _outputs(cell: Any) -> Iterator[Any]:
    for output in cell.get("outputs") or ():
        if output.get("output_type") == "error":
            raise NotebookError(f"a cell ended with {output.get('ename')}: {output.get('evalue')}".split("\n")[0])
        yield output.get("data") or {}


def _numbered(exhibit: payload.Exhibit, counts: Counter[str]) -> Figure:
    word = "Table" if exhibit.kind == "table" else "Figure"
    counts[word] += 1
    return Figure(exhibit, f"{word} {counts[word]}")


def _place(sentence: payload.Prose, page: Page) -> None:
    if sentence.role == "finding":
        page.findings.append(sentence)
    elif sentence.text.strip():
        page.blocks.append(Block(text=sentence.text))


def _check(page: Page, record: payload.Record | None) -> None:
    if record is None:
        raise NotebookError("the notebook ended without its record of exhibits; its last cell calls finish()")
    shown = [b.figure.exhibit.id for b in page.blocks if b.figure]
    doubles = sorted(name for name, count in Counter(shown).items() if count > 1)
    if doubles:
        raise NotebookError(f"exhibit {doubles[0]!r} is shown twice")
    if sorted(shown) != sorted(record.exhibits):
        missing = sorted(set(record.exhibits) - set(shown)) or sorted(set(shown) - set(record.exhibits))
        raise NotebookError(
            f"the record names {len(record.exhibits)} exhibits and the notebook holds {len(shown)}; "
            f"they differ in {', '.join(missing) or 'number'}"
        )
    if len(page.findings) != record.findings:
        raise NotebookError(f"the record counts {record.findings} findings and the notebook holds {len(page.findings)}")


def check_sources(sources: Sequence[PageSource]) -> None:
    """Refuse pages that would overwrite each other or the site's own."""
    reserved = {"index", "claims", "data", "countries", "assets", "glossary", "about", "figures", "embed", "compare"}
    seen: set[tuple[str, str]] = set()
    for source in sources:
        key = (source.kind, source.slug.casefold())
        plain = source.slug.replace("-", "").replace("_", "")
        if not (plain.isascii() and plain.isalnum()):
            raise UsageError(f"page {source.slug!r}: a name is made of letters, digits, - and _")
        if key in seen or source.slug.casefold() in reserved:
            raise UsageError(f"page {source.slug!r}: the name is taken, choose another")
        seen.add(key)
