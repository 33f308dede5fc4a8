"""Taking a producer's bulk file, which is text: a page that says "maintenance" is not one."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import TYPE_CHECKING

from r2p_analysis.errors import SourceError
from r2p_analysis.sources.politeness import Service

if TYPE_CHECKING:
    from r2p_analysis.sources.http import Http

_HEAD = 512


def take_text(session: Http, service: Service, path: str, target: Path) -> list[Path]:
    """Download one text file.

    Parameters
    ----------
    session : Http
        Asks.
    service : Service
        Whom.
    path : str
        Below the service's base address, with its query.
    target : Path
        File to write, in the raw folder.

    Returns
    -------
    list of Path
        The file.

    Raises
    ------
    SourceError
        When the service does not give it whole, or gives HTML or nothing with success.
    """
    session.file(service, path, target)
    with target.open("rb") as stream:
        head = stream.read(_HEAD).removeprefix(codecs.BOM_UTF8).lstrip()
    if not head or head.startswith(b"<"):
        got = "HTML" if head else "an empty file"
        raise SourceError(
            f"{service.base}{path}: expected a table, got {got} with HTTP 200; the service is ill, or wants a person: "
            "try again later, or use --from"
        )
    session.progress(target.name, 1, 1)
    return [target]
