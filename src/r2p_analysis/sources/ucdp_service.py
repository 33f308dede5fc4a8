"""UCDP's bulk downloads, which want no token: one ZIP a table and release."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

from r2p_analysis.errors import SourceError
from r2p_analysis.sources.faults import NotThereError
from r2p_analysis.sources.http import Http
from r2p_analysis.sources.politeness import Service

SERVICE = Service("ucdp", "https://ucdp.uu.se/downloads/", interval=1.0, pause=5.0, throttles_with=(400,))
# Below the base address; "{}" is the release without its dot, such as 261 for 26.1.
PATHS = {
    "ucdp_country_years": "organizedviolencecy/organizedviolencecy-{}-csv.zip",
    "ucdp_one_sided": "nsos/ucdp-onesided-{}-csv.zip",
    "ucdp_battle_deaths": "brd/ucdp-brd-dyadic-{}-csv.zip",
    "ucdp_armed_conflicts": "ucdpprio/ucdp-prio-acd-{}-csv.zip",
}
_RELEASE = re.compile(r"-(\d{2})(\d)-csv\.zip$")


def download_newest(session: Http, folder: Path, table: str) -> list[Path]:
    """Download the newest release of a table: this year's, or last year's until this year's is out in June.

    Parameters
    ----------
    session : Http
        Asks.
    folder : Path
        Raw folder; what lies there already must be of the same release.
    table : str
        One of `PATHS`.

    Returns
    -------
    list of Path
        The archive.

    Raises
    ------
    SourceError
        When neither release is there, or tables are of several releases.
    """
    path, year = PATHS[table], this_year() % 100
    try:
        taken = _take(session, folder, path.format(f"{year}1"))
    except NotThereError:
        taken = _take(session, folder, path.format(f"{year - 1:02}1"))
    releases = {release_of(file) for file in folder.glob("*-csv.zip")}
    if len(releases) > 1:
        raise SourceError(
            f"expected all tables of one release, got {' and '.join(sorted(releases))}; "
            "UCDP is publishing a new one: try again in a few days"
        )
    session.progress(table.removeprefix("ucdp_").replace("_", " "), 1, 1)
    return [taken]


def this_year() -> int:
    """Give the year in which releases are looked for."""
    return datetime.now(UTC).year


def release_of(file: Path) -> str:
    """Give the release that a file's name says, such as 26.1."""
    found = _RELEASE.search(file.name)
    return f"{found[1]}.{found[2]}" if found else "release not told"


def _take(session: Http, folder: Path, path: str) -> Path:
    return session.file(SERVICE, path, folder / path.rpartition("/")[2], begins=b"PK")
