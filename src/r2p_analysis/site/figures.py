"""Exhibits as the templates want them: formatted tables, source lines, claim boxes, CSV files."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from urllib.parse import urlsplit

from r2p_analysis.exhibits.csvfile import to_csv
from r2p_analysis.site import numbers
from r2p_analysis.site.drawing import Pictures
from r2p_analysis.site.model import ClaimView
from r2p_analysis.site.payload import Exhibit, SourceLine
from r2p_analysis.site.reading import Figure, Page
from r2p_analysis.site.templating import web

_LONG_TEXT = 40
_DAY = re.compile(r"\d{4}-\d{2}(-\d{2})?")
AGGREGATES_ONLY = "aggregates only"


@dataclass(frozen=True)
class Cell:
    """One formatted cell."""

    text: str
    number: bool = False
    missing: bool = False
    href: str = ""
    """The address behind the text, when the cell holds one."""
    long: bool = False
    """Whether the text wants a wide column."""
    day: bool = False
    """Whether the text is a date, which keeps to one line."""

    @property
    def look(self) -> str:
        """The classes of the cell."""
        return _look(num=self.number, missing=self.missing, long=self.long, day=self.day)


@cache
def _look(**marks: bool) -> str:
    return " ".join(name for name, held in marks.items() if held)


@dataclass(frozen=True)
class DataTable:
    """The data of an exhibit, formatted."""

    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def lacks_numbers(self) -> bool:
        """Whether any number is missing, which the page then explains."""
        return any(cell.missing and cell.number for row in self.rows for cell in row)

    @property
    def lacks_words(self) -> bool:
        """Whether any word or date is missing, such as the day on which a state joined that never did."""
        return any(cell.missing and not cell.number for row in self.rows for cell in row)


@dataclass(frozen=True)
class FigureView:
    """One figure slot of a page."""

    exhibit: Exhibit
    label: str
    graphics: tuple[tuple[str, str], ...]
    """(layout, SVG), the wide one first."""
    table: DataTable | None
    name: str
    """Of its files, without ending."""
    csv_path: str
    """Empty when it has no data, or their producers' terms do not let a file be offered."""
    svg_path: str
    """Empty when it has no picture, or for the same reason."""
    png_path: str
    """Empty for the same reasons, or when the build holds too many pages for pictures of pixels."""
    embed_path: str
    """Empty for a gap, and for countries when the build holds too many of them."""
    csv_size: str
    withheld: tuple[str, ...]
    """Producers because of whose terms there is no file."""
    sources: tuple[SourceLine, ...]
    claims: tuple[ClaimView, ...]

    @property
    def producers(self) -> list[str]:
        """Who made the data, each once, with the release."""
        return list(dict.fromkeys(f"{s.producer}, {s.title}, {s.version}".rstrip(", ") for s in self.sources))

    @property
    def makers(self) -> list[str]:
        """Who made the data, each once, by name alone."""
        return list(dict.fromkeys(source.producer for source in self.sources))

    @property
    def accessed(self) -> str:
        """The latest day on which data behind it were accessed; empty when none is told."""
        return max((s.retrieved for s in self.sources), default="")


def view(
    page: Page,
    figure: Figure,
    pictures: Pictures,
    claims: Sequence[ClaimView],
    *,
    pixels: bool = False,
    framed: bool = True,
) -> tuple[FigureView, str]:
    """Return a figure for the template, and the text of its CSV file (empty when it has none).

    Parameters
    ----------
    page, figure, pictures, claims
        The page, which of its figures, what was drawn for it, and the claims on which it bears.
    pixels
        Whether there is a PNG of it.
    framed
        Whether there is a page of it alone.
    """
    exhibit = figure.exhibit
    graphics = tuple(
        (layout, pictures[exhibit.id, layout])
        for layout in ("wide", "narrow", "any")
        if (exhibit.id, layout) in pictures
    )
    has_data = bool(exhibit.columns) and exhibit.kind != "gap"
    withheld = tuple(dict.fromkeys(s.producer for s in exhibit.sources if s.redistribution == AGGREGATES_ONLY))
    offered = has_data and not withheld
    csv_text = to_csv([c.name for c in exhibit.columns], exhibit.rows) if offered else ""
    name = f"{page.source.slug}-{exhibit.id}"
    return FigureView(
        exhibit=exhibit,
        name=name,
        label=figure.label,
        graphics=_sole(graphics),
        table=data_table(exhibit) if has_data else None,
        csv_path=f"data/{name}.csv" if offered else "",
        svg_path=f"figures/{name}.svg" if graphics and not withheld else "",
        png_path=f"figures/{name}.png" if graphics and not withheld and pixels else "",
        embed_path=f"embed/{name}.html" if framed and exhibit.kind != "gap" else "",
        csv_size=numbers.write_size(len(csv_text.encode())),
        withheld=withheld,
        sources=exhibit.sources,
        claims=tuple(claims),
    ), csv_text


def _sole(graphics: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """A single layout is always shown, whatever it is called."""
    return (("any", graphics[0][1]),) if len(graphics) == 1 else graphics


def data_table(exhibit: Exhibit) -> DataTable:
    """Format the rows of an exhibit; a missing value stays apart from zero."""
    header, formats = [], []
    for column in exhibit.columns:
        number = column.type in ("integer", "number")
        unit = f" ({column.unit})" if column.unit and column.unit not in ("year", column.title) else ""
        header.append(Cell(column.title + unit, number))
        formats.append((column, number, numbers.is_year(column.name, column.unit)))
    rows = tuple(
        tuple(
            _cell(value, numbers.write_cell(value, column.type, column.decimals, year), number)
            for value, (column, number, year) in zip(row, formats, strict=True)
        )
        for row in exhibit.rows
    )
    return _folded(DataTable(tuple(header), rows))


def _folded(table: DataTable) -> DataTable:
    """Let an address be the link of the words before it, such as who published it, not a column of its own."""
    columns = list(zip(*table.rows, strict=True))
    kept = dict(enumerate(columns))
    for place, (before, addresses) in enumerate(pairwise(columns), start=1):
        if _all_addresses(addresses) and not _all_addresses(before) and _can_link(before, addresses):
            pairs = zip(before, addresses, strict=True)
            kept[place - 1] = tuple(replace(words, href=cell.href) for words, cell in pairs)
            del kept[place]
    return DataTable(
        tuple(table.header[place] for place in kept) if columns else table.header,
        tuple(zip(*kept.values(), strict=True)),
    )


def _all_addresses(cells: Sequence[Cell]) -> bool:
    return any(cell.href for cell in cells) and all(cell.href or cell.missing for cell in cells)


def _can_link(words: Sequence[Cell], addresses: Sequence[Cell]) -> bool:
    """Whether there are words, and no address of their own, for each address to stand behind."""
    taken = any(word.number or word.href for word in words)
    return not taken and all(not word.missing for word, cell in zip(words, addresses, strict=True) if cell.href)


def _cell(value: object, text: str, number: bool) -> Cell:
    """Format one cell; an address shows as the name of its host, and leads there."""
    address = web(value) if isinstance(value, str) else ""
    if address:
        return Cell(urlsplit(address).netloc.removeprefix("www."), href=address)
    words = not number
    return Cell(
        text, number, value is None, long=words and len(text) > _LONG_TEXT, day=words and bool(_DAY.fullmatch(text))
    )


def bearing(ledger: Sequence[ClaimView], page: Page) -> Mapping[str, list[ClaimView]]:
    """The claims that stand beside each exhibit: those it names and those that name it, in the ledger's order."""
    found: dict[str, list[ClaimView]] = {}
    for name, figure in page.figures.items():
        place = f"{page.source.slug}#{name}"
        found[name] = [c for c in ledger if c.id in figure.exhibit.claims or place in (c.exhibit, *c.also)]
    return found
