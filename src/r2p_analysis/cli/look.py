"""Commands that show what there is: claims, countries."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from r2p_analysis.cli.printing import JsonOption, print_table
from r2p_analysis.errors import UsageError
from r2p_analysis.workspace import find_workspace

if TYPE_CHECKING:
    from r2p_analysis.site import ClaimView

CsvOption = Annotated[bool, typer.Option("--csv", help="Print CSV.")]
EditionOption = Annotated[int | None, typer.Option(help="Year of the report.")]


def claims(
    edition: EditionOption = None,
    printed: Annotated[
        bool, typer.Option("--printed", help="Show the figures that other reports printed at the time instead.")
    ] = False,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Show the ledger: each claim with its computed verdict."""
    from r2p_analysis.cli.views import claim_views
    from r2p_analysis.store import open_tables

    if as_json and as_csv:
        raise UsageError("--json and --csv exclude each other: give one")
    workspace = find_workspace()
    year = edition or int(workspace.settings().get("report", {}).get("edition", 2016))
    views = claim_views(workspace, year, open_tables(workspace.data), printed=printed)
    if not views:
        recorded = ", ".join(sorted(path.stem for path in (workspace.data / "claims").glob("*.toml")))
        raise UsageError(f"no claims are recorded for edition {year}: recorded are {recorded or 'none'}")
    if as_json:
        entries = [{**asdict(view), "parts": [part._asdict() for part in view.parts]} for view in views]
        typer.echo(json.dumps(entries, indent=2, ensure_ascii=False))
    elif as_csv:
        _write_claims(views)
    else:
        print_table(("id", "verdict", "claim"), [(view.id, view.verdict, view.text) for view in views])


_CLAIM_COLUMNS = (
    "id", "verdict", "text", "source", "as_of", "published", "current", "number", "low", "high", "unit",
    "subject", "vintage", "reason",
)  # fmt: skip


def _write_claims(views: Sequence[ClaimView]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow((*_CLAIM_COLUMNS, "sections", "evidence"))
    for view in views:
        evidence = " ".join(part.evidence for part in view.parts)
        writer.writerow((*(getattr(view, name) for name in _CLAIM_COLUMNS), "; ".join(view.sections), evidence))


def countries(kind: Annotated[str, typer.Option(help="states, territories or all.")] = "states") -> None:
    """List the places that a page can be made for, with their codes."""
    from r2p_analysis.countries import all_countries

    kinds = {"states": ("member", "observer"), "territories": ("territory",)}
    kinds["all"] = kinds["states"] + kinds["territories"]
    if kind not in kinds:
        raise UsageError(f'--kind "{kind}": expected {", ".join(kinds)}')
    for place in sorted(all_countries(kinds[kind]), key=lambda place: place.name):
        typer.echo(f"{place.iso3}  {place.name}")
