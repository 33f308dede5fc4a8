"""The files that an exhibit offers: its data as CSV with a description beside it, its picture as SVG and PNG."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from r2p_analysis.exhibits.standalone import standalone
from r2p_analysis.site.figures import FigureView
from r2p_analysis.site.links import Links
from r2p_analysis.site.model import Pixels
from r2p_analysis.site.reading import Page

FEW_COUNTRIES = 24
"""Most country pages of a build whose exhibits come as PNG and as embeds too: those of 195 would outgrow the rest."""
_DATATYPES = {"integer": "integer", "number": "decimal", "boolean": "boolean"}


def in_full(page: Page, links: Links) -> bool:
    """Tell whether exhibits come as PNG and embeds: those of topics do, those of countries in a small build."""
    return page.source.kind == "topic" or len(links.countries) <= FEW_COUNTRIES


def files(
    page: Page, views: Mapping[str, FigureView], tables: Mapping[str, str], pixels: Pixels | None, links: Links
) -> Iterator[tuple[str, str | bytes]]:
    """Yield (path, content) of all files of a page's exhibits.

    Parameters
    ----------
    page : Page
        The page.
    views, tables : mapping
        Its figures, and the texts of their CSV files, by exhibit.
    pixels : callable or None
        Makes PNG of SVG; None for none.
    links : Links
        Where things are.
    """
    for name, text in tables.items():
        if text:
            yield views[name].csv_path, text
            described = json.dumps(description(page, views[name], links), indent=1, ensure_ascii=False)
            yield f"{views[name].csv_path}-metadata.json", described
    drawn = [(view, _picture(view, links)) for view in views.values() if view.svg_path]
    for view, svg in drawn:
        yield view.svg_path, svg
    if pixels and drawn:
        yield from zip((view.png_path for view, _ in drawn), pixels([svg for _, svg in drawn]), strict=True)


def _picture(view: FigureView, links: Links) -> str:
    exhibit, request = view.exhibit, links.request
    sources = [
        " · ".join(filter(None, (f"{s.producer}: {s.title}, {s.version}".rstrip(", "), s.licence)))
        for s in view.sources
    ]
    word = "Source" if len(sources) == 1 else "Sources"
    lines = [f"{word}: {'; '.join(sources)}"] if sources else []
    accessed = f"; data accessed {view.accessed}" if view.accessed else ""
    lines.append(f"{request.title}, {request.edition} edition, {view.label}{accessed}")
    return standalone(view.graphics[0][1], exhibit.headline, exhibit.subtitle, lines)


def description(page: Page, view: FigureView, links: Links) -> dict[str, Any]:
    """Describe a CSV file as the W3C's "CSV on the Web" has it, for a file of its own beside the data."""
    exhibit, request = view.exhibit, links.request
    return {
        "@context": "http://www.w3.org/ns/csvw",
        "url": view.csv_path.rpartition("/")[2],
        "dc:title": exhibit.headline,
        "dc:description": " ".join(filter(None, (exhibit.subtitle, exhibit.alt))),
        "dc:isPartOf": f"{request.title}, {request.edition} edition, {page.source.title}, {view.label}",
        **({"dc:identifier": f"{request.address}{page.href}#{exhibit.id}"} if request.address else {}),
        "dc:source": [
            {
                "dc:creator": source.producer,
                "dc:title": source.title,
                "schema:version": source.version,
                "dc:license": source.licence_url or source.licence,
                "dc:rights": source.licence,
                "dc:bibliographicCitation": source.attribution,
                "dc:date": source.retrieved,
                "schema:url": source.url,
            }
            for source in view.sources
        ],
        "rdfs:comment": list(exhibit.notes),
        "null": "",
        "tableSchema": {
            "columns": [
                {
                    "name": column.name,
                    "titles": [column.name],
                    "dc:title": column.title,
                    "datatype": _DATATYPES.get(column.type, "string"),
                    **({"schema:unitText": column.unit} if column.unit else {}),
                }
                for column in exhibit.columns
            ]
        },
    }
