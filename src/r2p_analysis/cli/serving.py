"""``r2p serve``: a report at an address of this machine, and with ``--watch`` one that follows what is saved."""

from __future__ import annotations

import functools
import http.server
import os
from pathlib import Path
from typing import Annotated, Any

import typer

from r2p_analysis.cli.home import home_to_write
from r2p_analysis.cli.planning import Asked
from r2p_analysis.errors import UsageError
from r2p_analysis.workspace import Workspace, find_workspace

Server = http.server.ThreadingHTTPServer


def serve(
    *,
    edition: Annotated[int | None, typer.Option(help="Year of the report.")] = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port on this machine; 0 takes a free one.")] = 8000,
    output: Annotated[Path | None, typer.Option(help="Folder of the report; outputs/<edition> unless told.")] = None,
    watch: Annotated[
        bool, typer.Option("--watch", help="Build what is saved, and reload the page in the browser.")
    ] = False,
    country: Annotated[list[str] | None, typer.Option(help="With --watch: as for 'r2p build'.")] = None,
    topic: Annotated[list[str] | None, typer.Option(help="With --watch: as for 'r2p build'.")] = None,
    compare: Annotated[
        tuple[str, str] | None, typer.Option(metavar="COUNTRY COUNTRY", help="With --watch: as for 'r2p build'.")
    ] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="With --watch: as for 'r2p build'.")] = None,
    engine: Annotated[str | None, typer.Option(metavar="kernel|fork", help="With --watch: as for 'r2p build'.")] = None,
    as_of: Annotated[str, typer.Option(help="With --watch: as for 'r2p build'.")] = "",
) -> None:
    """Show a built report at an address of this machine, until Ctrl-C."""
    workspace = find_workspace()
    if watch:
        from r2p_analysis.cli.today import judged_on
        from r2p_analysis.cli.watching import follow
        from r2p_analysis.cli.watching.messages import Order

        judged_on(as_of)
        workspace = home_to_write() if workspace.packed else workspace
        asked = Asked(edition, country or (), topic or (), compare, output)
        order = Order(workspace, asked, workers or os.cpu_count() or 1, engine, as_of)
        follow(order, _folder(workspace, edition, output), functools.partial(_listen, port))
        return
    if country or topic or compare or workers or engine or as_of:
        raise UsageError("what to build is told with --watch only: add it, or leave out all but --edition and --output")
    _show(_folder(workspace, edition, output), edition, port)


def _show(folder: Path, edition: int | None, port: int) -> None:
    if not (folder / "index.html").is_file():
        told = f" --edition {edition}" if edition else ""
        raise UsageError(f"no report at {folder}: build it first with 'r2p build{told}'")
    with _listen(port, functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(folder))) as server:
        typer.echo(f"http://127.0.0.1:{server.server_port}/ shows {folder}; Ctrl-C ends it")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            typer.echo("ended")


def _folder(workspace: Workspace, edition: int | None, output: Path | None) -> Path:
    year = edition or int(workspace.settings().get("report", {}).get("edition", 2016))
    return (output or workspace.outputs / str(year)).resolve() / "site"


def _listen(port: int, handler: Any) -> Server:
    try:
        return Server(("127.0.0.1", port), handler)
    except OSError as error:
        raise UsageError(f"port {port} cannot be used ({error.strerror}): give another with --port") from None
