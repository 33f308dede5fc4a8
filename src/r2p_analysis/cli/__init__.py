"""The ``r2p`` command. What is slow to import is imported by the command that needs it."""

from __future__ import annotations

import os
import sys

import typer

from r2p_analysis import __version__
from r2p_analysis.cli import build, clean, fetch, home, look, serving, status
from r2p_analysis.errors import R2PError

app = typer.Typer(
    name="r2p",
    help="Evidence reports on the Responsibility to Protect: open data beside the Secretary-General's claims.",
    epilog="Exit status: 0 done; 1 error; 2 wrong request; 3 bad data or source; 4 report built, but a page failed.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command("init")(home.init)
app.command("build")(build.build)
app.command("fetch")(fetch.fetch)
app.command("status")(status.status)
app.command("claims")(look.claims)
app.command("countries")(look.countries)
app.command("serve")(serving.serve)
app.command("clean")(clean.clean)


def _show_version(value: bool) -> None:
    if value:
        typer.echo(f"r2p-analysis {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: bool = typer.Option(False, "--version", callback=_show_version, is_eager=True, help="Print the version."),
) -> None:
    """Evidence reports on the Responsibility to Protect: open data beside the Secretary-General's claims."""


def main() -> None:
    """Run the command; an error of the project becomes one line and its exit status."""
    try:
        app()
    except R2PError as error:
        typer.echo(f"r2p: {error}", err=True)
        sys.exit(error.exit_status)
    except BrokenPipeError:
        # The reader of our output left, as `head` does: nothing to say to nobody.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
