"""UCDP's bulk downloads, which want no token: one ZIP a table and release."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from r2p_analysis.sources.faults import NotThereError
from r2p_analysis.sources.politeness import Service
from r2p_analysis.sources.ucdp_releases import refuse_several_releases, this_year

if TYPE_CHECKING:
    from r2p_analysis.sources.http import Http

SERVICE = Service("ucdp", "https://ucdp.uu.se/downloads/", interval=1.0, pause=5.0, throttles_with=(400,))
# Below the base address; "{}" is the release without its dot, such as 261 for 26.1.
PATHS = {
    "ucdp_country_years": "organizedviolencecy/organizedviolencecy-{}-csv.zip",
    "ucdp_one_sided": "nsos/ucdp-onesided-{}-csv.zip",
    "ucdp_battle_deaths": "brd/ucdp-brd-dyadic-{}-csv.zip",
    "ucdp_armed_conflicts": "ucdpprio/ucdp-prio-acd-{}-csv.zip",
}
EVENTS_PATH = "ged/ged{}-csv.zip"


def download_newest(session: Http, folder: Path, table: str) -> list[Path]:
    """Download the newest release of a table: this year's, or last year's until this year's is out in June.

    Parameters
    ----------
    session : Http
        Asks.
    folder : Path
        Raw folder; what lies there already must be of the same release.
    table : str
        One of `PATHS`, or the events.

    Returns
    -------
    list of Path
        The archive.

    Raises
    ------
    SourceError
        When neither release is there, or tables are of several releases.
    """
    path, year = PATHS.get(table, EVENTS_PATH), this_year() % 100
    try:
        taken = _take(session, folder, path.format(f"{year}1"))
    except NotThereError:
        taken = _take(session, folder, path.format(f"{year - 1:02}1"))
    refuse_several_releases(folder.glob("*-csv.zip"))
    session.progress(table.removeprefix("ucdp_").replace("_", " "), 1, 1)
    return [taken]


def _take(session: Http, folder: Path, path: str) -> Path:
    return session.file(SERVICE, path, folder / path.rpartition("/")[2], begins=b"PK", frozen=True)
