"""Executed notebooks, ledgers and tables that nobody computed, for tests of the pages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from r2p_analysis.exhibits import svg, theme
from r2p_analysis.site import ClaimPart, ClaimView, PageSource, SiteRequest, TableView
from r2p_analysis.site.payload import EXHIBIT, PROSE, RECORD

SOURCE = {
    "table": "unhcr_population",
    "title": "Population figures",
    "producer": "UNHCR",
    "version": "June 2026",
    "licence": "CC BY 4.0",
    "licence_url": "https://creativecommons.org/licenses/by/4.0/",
    "attribution": "UNHCR Refugee Population Statistics Database",
    "retrieved": "2026-07-03",
    "url": "https://www.unhcr.org/refugee-statistics/",
}


def exhibit(name: str = "world-total", **changes: Any) -> dict[str, Any]:
    """A chart of two years, one value of which is missing."""
    return {
        "schema": 1,
        "id": name,
        "kind": "chart",
        "headline": "More people were displaced in 2015 than in any year since 1990",
        "subtitle": "People displaced, world, 1990–2015, at the end of each year.",
        "alt": "Stacked bar chart of displaced people where 2015 is the highest.",
        "graphic": {
            "kind": "Stacked bar chart",
            "geometry": [],
            "layouts": {"wide": {"width": 720, "name": name}, "narrow": {"width": 343, "name": name}},
        },
        "columns": [
            {"name": "year", "title": "Year", "type": "integer", "unit": "", "decimals": 0},
            {"name": "place", "title": "Place", "type": "text", "unit": "", "decimals": 0},
            {"name": "refugees", "title": "Refugees", "type": "integer", "unit": "people", "decimals": 0},
            {"name": "share_pct", "title": "Share", "type": "number", "unit": "%", "decimals": 1},
        ],
        "rows": [[1990, "World", None, 12.25], [2015, "World", 16110276, -3.5]],
        "sources": [SOURCE],
        "notes": ["Stocks at 31 December."],
        "claims": ["C04"],
        "reason": "",
        **changes,
    }


def table(name: str = "largest") -> dict[str, Any]:
    """A table exhibit."""
    return exhibit(name, kind="table", graphic=None, claims=[], headline="The largest populations")


def gap(name: str = "left-out") -> dict[str, Any]:
    """A gap."""
    return exhibit(
        name,
        kind="gap",
        graphic=None,
        columns=[],
        rows=[],
        sources=[],
        claims=[],
        alt="",
        subtitle="",
        headline="Deaths in custody",
        reason="No open data cover this.",
    )


def prose(text: str, role: str = "text", exhibit: str | None = None, figure: str = "") -> dict[str, Any]:
    """A computed sentence."""
    return {"schema": 1, "role": role, "text": text, "exhibit": exhibit, "figure": figure}


def record(payloads: list[tuple[str, dict[str, Any]]]) -> dict[str, Any]:
    """The record that suits what was shown."""
    return {
        "schema": 1,
        "title": "",
        "parameters": {},
        "exhibits": [data["id"] for mime, data in payloads if mime == EXHIBIT],
        "findings": sum(mime == PROSE and data["role"] == "finding" for mime, data in payloads),
    }


def notebook(path: Path, *parts: str | dict[str, Any], closing: dict[str, Any] | bool = True) -> Path:
    """Write an executed notebook: text becomes markdown, a payload an output; then the record."""
    cells, shown = [], []
    for number, part in enumerate(parts):
        if isinstance(part, str):
            cells.append(new_markdown_cell(part, id=f"cell-{number}"))
            continue
        mime = PROSE if "role" in part else EXHIBIT
        shown.append((mime, part))
        cells.append(
            new_code_cell("secret_code()", id=f"cell-{number}", outputs=[new_output("display_data", data={mime: part})])
        )
    if closing is not False:
        data = record(shown) if closing is True else closing
        cells.append(new_code_cell("finish()", id="last", outputs=[new_output("display_data", data={RECORD: data})]))
    nbformat.write(new_notebook(cells=cells), path)
    return path


def render(specs: list[dict[str, Any]]) -> list[str]:
    """Stand in for the renderer: a clipped bar, whose ids repeat as the converter's do."""
    return [
        f'<svg class="marks" width="{s["width"]}" height="200" viewBox="0 0 {s["width"]} 200" '
        'xmlns="http://www.w3.org/2000/svg"><defs><clipPath id="clip1"><rect width="9" height="9"/></clipPath>'
        f'</defs><g clip-path="url(#clip1)"><rect width="{s["width"]}" height="90" fill="#0b5394"/></g>'
        '<text x="5" y="150" font-size="13" fill="#1c2731">Label</text></svg>'
        for s in specs
    ]


CLAIMS = [
    ClaimView(
        "C04",
        "An unprecedented number of people are displaced",
        "A/70/999",
        ["Introduction"],
        "supported",
        "2015 is the highest year of the series.",
        [
            ClaimPart(
                "2015 is the maximum", "holds", "65.0 million people at the end of 2015; 59.2 million a year before."
            )
        ],
        published="65.3 million",
        current="65.0 million",
        subject="People displaced at the end of 2015",
        url="https://summary.test/of-the-report",
        evidence_url="https://www.paper.test/evidence",
        exhibit="displacement#world-total",
        sources=["unhcr_population"],
        limits=["The series is complete from 1990 only."],
        quote="unprecedented",
    ),
    *(
        ClaimView(f"C{n}", f"Claim number {n}", "A/70/999", ["Sections I and II"], verdict, "Because of its numbers.")
        for n, verdict in (
            (11, "supported with revised data"),
            (13, "partly supported"),
            (26, "contradicted"),
            (63, "cannot be decided with open data"),
        )
    ),
]

PRINTED = [
    ClaimView(
        "P01", "65.3 million were displaced", "Global Trends 2015", ["Printed figures"], "supported", "It stands.",
        [ClaimPart("The figure stands", "holds", "65.0 million"), ClaimPart("Nearly", "holds", "So.", proxy=True)],
    )
]  # fmt: skip

TABLES = [
    TableView(
        "unhcr_population",
        "Population figures",
        "UNHCR",
        "June 2026",
        "CC BY 4.0",
        "https://creativecommons.org/licenses/by/4.0/",
        "UNHCR",
        "2026-07-03",
        "https://www.unhcr.org/refugee-statistics/",
        "ab" * 32,
        138893,
        1951,
        2025,
        ["Values 1 to 4 are rounded by the producer."],
        "the producer's package",
    )
]


def sample(folder: Path, **changes: Any) -> SiteRequest:
    """A small site: a topic with every kind of exhibit, two countries, a ledger and a table."""
    folder.mkdir(parents=True, exist_ok=True)
    topic = notebook(
        folder / "displacement.ipynb",
        "# Displacement\n\nHow many, and where.",
        "## How many",
        prose("65.0 million people were displaced.", "finding", "world-total", "65.0 million"),
        exhibit(),
        prose("That is one in 113 people."),
        "## Who",
        table(),
        gap(),
    )
    syria = notebook(folder / "SYR.ipynb", "# Syria", exhibit("fled", claims=[]))
    tuvalu = notebook(folder / "TUV.ipynb", "# Tuvalu", gap("fled"))
    request = SiteRequest(
        edition=2016,
        reference_year=2015,
        title="Evidence on the Responsibility to Protect",
        out=folder / "site",
        pages=[
            PageSource("topic", "displacement", "Displacement", topic),
            PageSource("country", "TUV", "Tuvalu", tuvalu),
            PageSource("country", "SYR", "Syria", syria),
        ],
        ledger=CLAIMS,
        printed=PRINTED,
        tables=TABLES,
        render=render,
        finish_svg=svg.finish,
        css=theme.css_variables(),
    )
    return replace(request, **changes)
