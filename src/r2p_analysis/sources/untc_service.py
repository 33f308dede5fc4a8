"""The UN Treaty Collection's service: one XML file a treaty, at an address made of its chapter and number."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from r2p_analysis.errors import SourceError
from r2p_analysis.sources.politeness import Service
from r2p_analysis.sources.untc_xml import TREATIES, read_status

if TYPE_CHECKING:
    from r2p_analysis.sources.http import Http

SERVICE = Service("untc", "https://treaties.un.org/doc/Publication/MTDSG/", interval=1.5, pause=5.0)
LISTED = {
    "GENOCIDE": 153,
    "CERD": 182,
    "ICESCR": 171,
    "ICCPR": 173,
    "CEDAW": 189,
    "CAT": 173,
    "OPCAT": 90,
    "CRC": 196,
    "OPAC": 172,
    "CED": 68,
    "REFUGEE51": 146,
    "STATELESS54": 90,
    "STATELESS61": 66,
    "REFUGEE67": 147,
    "UNPERSONNEL": 91,
    "UNPERSONNEL_OP": 28,
    "ROME": 126,
    "KAMPALA_ART8": 17,
    "KAMPALA_AGGR": 39,
    "CCW": 125,
    "CWC": 193,
    "MINEBAN": 164,
    "CLUSTER": 110,
    "ATT": 110,
}
"""States that joined each treaty by the list that comes with the project, those that left again among them."""
_EUROPEAN_UNION = "EUE"
_VOLUME_ONE = frozenset("I II III IV V VI VII VIII IX X XI XII".split())


def path_of(name: str) -> str:
    """Give the path of a treaty's file below the base address.

    >>> path_of("IV-9-b"), path_of("XXVI-8")
    ('Volume I/Chapter IV/IV-9-b.en.xml', 'Volume II/Chapter XXVI/XXVI-8.en.xml')
    """
    chapter = name.partition("-")[0]
    volume = "I" if chapter in _VOLUME_ONE else "II"
    return f"Volume {volume}/Chapter {chapter}/{name}.en.xml"


def download_all(session: Http, folder: Path) -> list[Path]:
    """Download the files of all treaties carried; those that an interrupted fetch of the same day left will do.

    Parameters
    ----------
    session : Http
        Asks.
    folder : Path
        Raw folder.

    Returns
    -------
    list of Path
        One file a treaty.

    Raises
    ------
    SourceError
        When a file cannot be read, does not add up, is of another treaty, or is an old copy.
    """
    files = []
    for number, (name, treaty) in enumerate(TREATIES.items(), start=1):
        target = folder / f"{name}.en.xml"
        session.file(SERVICE, path_of(name), target, begins=b"<?xml", frozen=True)
        try:
            _check(target, treaty)
        except SourceError:
            # Kept, it would be taken for good by the next fetch of the day.
            target.unlink()
            raise
        files.append(target)
        session.progress("treaties", number, len(TREATIES))
    return files


def _check(path: Path, treaty: str) -> None:
    """Refuse the file of another treaty, and a copy older than the list that comes with the project.

    Chapters asked for in the wrong volume are said to come as they were in 2014, with success. States that left a
    treaty stay in its file, in brackets: so a newer file never names fewer states that once joined.
    """
    rows = read_status(path)
    if rows[0][0] != treaty:
        raise SourceError(f"{path.name}: expected {treaty}, got the file of {rows[0][0]}; the address may have changed")
    joined = sum(row[3] is not None and row[1] != _EUROPEAN_UNION for row in rows)
    if joined < LISTED[treaty]:
        raise SourceError(
            f"{path.name}: names {joined} states that joined, and {LISTED[treaty]} are known: an old copy; "
            "try again later, or look into the file and give it with --from"
        )
