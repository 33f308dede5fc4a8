"""How commands print: tables for a terminal, tabs for other programs, JSON for scripts."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for a script to read.")]


def print_table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """Print columns: as a table that fits on a terminal, else with tabs for other programs.

    A tab or a line break inside a cell becomes a blank, so that a line stays a row.
    """
    if not sys.stdout.isatty():
        for row in (head, *rows):
            typer.echo("\t".join(" ".join(cell.split()) for cell in row))
        return
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*head, box=box.SIMPLE_HEAD)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    Console().print(table)
