"""``r2p init``: a workspace of the user's own; and the one that the first build or fetch makes by itself."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from r2p_analysis.workspace import Workspace, make_workspace, workspace_to_write


def init(
    folder: Annotated[
        Path, typer.Argument(metavar="[DIR]", help="Folder to make it in; the working directory unless told.")
    ] = Path(),
) -> None:
    """Make a workspace: settings, notebooks and a data folder of your own, over the tables that the package carries.

    Nothing that is there is overwritten.
    """
    root = make_workspace(folder).root
    typer.echo(f"made a workspace in {root}")
    if root != Path.cwd().resolve():
        typer.echo(f"next:  cd {root}")
    typer.echo("       r2p build               makes the report")
    typer.echo("       r2p fetch               brings newer tables into data/, where they win over the carried ones")
    typer.echo("       jupyter lab notebooks/  opens the notebooks, which are yours to change")


def home_to_write() -> Workspace:
    """Find the workspace; make one, and say so, where there is only the installed package.

    Returns
    -------
    Workspace

    Raises
    ------
    UsageError
        When none can be made.
    """
    workspace, made = workspace_to_write()
    if made:
        typer.echo(f"r2p: made a workspace in {workspace.root}", err=True)
    return workspace
