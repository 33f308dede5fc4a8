"""UCDP's releases: which are looked for, what a file's name says of its own, and that they are not mixed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from r2p_analysis.errors import SourceError

# As UCDP names archives (ged261-csv.zip) and what is inside (GEDEvent_v26_1.csv), and as pages of the API are named
# here (gedevents-26.1-0000.json); a browser puts "(1)" behind the name of what it has saved before.
_COPY = r"(?: ?\(\d+\))?"
_NAMES = (
    re.compile(rf"(?:-|^ged)(\d{{2}})(\d)-csv{_COPY}\.zip$", re.IGNORECASE),
    re.compile(rf"_v(\d{{1,2}})_(\d)(?:[-_]conf)?{_COPY}\.(?:csv|csv\.gz|parquet|zip)$", re.IGNORECASE),
    re.compile(rf"-(\d{{2}})\.(\d)-\d{{4}}{_COPY}\.json$", re.IGNORECASE),
)
# Monthly candidates (26.0.8), joined ones (26.01.26.06) and the rolling one (26.9.7).
_CANDIDATE = re.compile(r"(?:_v|-|/)\d{2}[._](?:0|9|0\d)[._]\d{1,2}(?!\d)", re.IGNORECASE)


def this_year() -> int:
    """Give the year in which releases are looked for."""
    return datetime.now(UTC).year


def release_of(file: Path) -> str:
    """Give the release that a file's name says, such as 26.1; empty when it says none."""
    found = next(filter(None, (pattern.search(file.name) for pattern in _NAMES)), None)
    return f"{found[1]}.{found[2]}" if found else ""


def refuse_several_releases(files: Iterable[Path]) -> None:
    """Refuse files of which some are of another release than the rest.

    Raises
    ------
    SourceError
        When there are several.
    """
    releases = {release_of(file) for file in files} - {""}
    if len(releases) > 1:
        raise SourceError(
            f"expected all tables of one release, got {' and '.join(sorted(releases))}; "
            "UCDP is publishing a new one: try again in a few days"
        )


def refuse_candidate(name: str, where: str) -> None:
    """Refuse the name or address of UCDP's candidate events, which are preliminary and come back in later releases.

    Raises
    ------
    SourceError
        When it is one.
    """
    if _CANDIDATE.search(name):
        raise SourceError(
            f"{where}: holds candidate events, which are preliminary; expected a yearly release such as 26.1: "
            "get that file"
        )
