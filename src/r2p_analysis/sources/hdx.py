"""Files published on the Humanitarian Data Exchange (HDX): looked up in its catalogue (CKAN), then downloaded.

No source of its own: producers whose files lie there name them as an `OnHdx`, and keep the catalogue's record beside
the file, for it alone says of which day the file is.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from r2p_analysis.errors import SourceError
from r2p_analysis.sources.files import read_json
from r2p_analysis.sources.politeness import Service

if TYPE_CHECKING:
    from r2p_analysis.sources.http import Http

SERVICE = Service("hdx", "https://data.humdata.org/", interval=1.0, pause=2.0)
RECORD = ".hdx.json"
"""How the names of catalogue records end; before it stands the stem of the file that they tell of."""
_DIGESTS = {32: "md5", 40: "sha1", 64: "sha256"}


@dataclass(frozen=True)
class OnHdx:
    """A file in HDX's catalogue.

    Attributes
    ----------
    dataset, resource : str
        Their ids, which stay when titles change.
    name : str
        Name of the file: how it is found should it get another id, and its name in the raw folder.
    """

    dataset: str
    resource: str
    name: str

    @property
    def record(self) -> str:
        """Name of the catalogue's record in the raw folder."""
        return Path(self.name).stem + RECORD


def download_listed(session: Http, folder: Path, listed: OnHdx, begins: bytes = b"") -> list[Path]:
    """Look a file up in the catalogue and download it from where the catalogue says it lies.

    Parameters
    ----------
    session : Http
        Asks.
    folder : Path
        Raw folder.
    listed : OnHdx
        The file.
    begins : bytes
        First bytes that it has; a page of HTML with HTTP 200 has others and is asked for again.

    Returns
    -------
    list of Path
        The file, and the catalogue's record of it.

    Raises
    ------
    SourceError
        When the catalogue does not know it, or the file is not the one of which the catalogue states the checksum.
    """
    record = folder / listed.record
    answer = session.page(SERVICE, "api/3/action/package_show", [("id", listed.dataset)], record)
    entry = _entry(answer, listed)
    url = entry.get("url") or entry.get("download_url")
    if not isinstance(url, str) or not url.startswith(("https://", "http://")):
        raise SourceError(f"{listed.name}: HDX's catalogue gives no address of it; try again later, or use --from")
    path = session.file(SERVICE, url, folder / listed.name, begins, elsewhere=True)
    _check_digest(path, str(entry.get("hash") or ""))
    session.progress(Path(listed.name).stem, 1, 1)
    return [path, record]


def data_files(files: list[Path]) -> list[Path]:
    """Give raw files without the catalogue's records among them."""
    return [path for path in files if not path.name.endswith(RECORD)]


def release_listed(files: list[Path], listed: OnHdx) -> str:
    """Give the day on which the file was last changed, such as "updated 2026-03-12"; empty without its record.

    Raises
    ------
    SourceError
        When the record is none.
    """
    records = [path for path in files if path.name == listed.record]
    if not records:
        return ""
    changed = str(_entry(read_json(records[0]), listed).get("last_modified") or "")
    return f"updated {changed[:10]}" if re.match(r"\d{4}-\d{2}-\d{2}", changed) else ""


def _entry(answer: Any, listed: OnHdx) -> dict[str, Any]:
    """Find the file in the catalogue's answer: by its id, else by its name."""
    whole = answer if isinstance(answer, dict) else {}
    if whole.get("success") is not True:
        error = whole.get("error")
        message = error.get("message") if isinstance(error, dict) else None
        said = " ".join(str(message or "no success").split())[:80]
        raise SourceError(
            f'{listed.name}: HDX\'s catalogue says "{said}" of dataset {listed.dataset}; try again later, or use --from'
        )
    result = whole.get("result")
    listing = result.get("resources") if isinstance(result, dict) else None
    entries = [one for one in listing if isinstance(one, dict)] if isinstance(listing, list) else []
    entries = [one for one in entries if one.get("state") in (None, "active")]
    by_id = [one for one in entries if one.get("id") == listed.resource]
    found = by_id or [one for one in entries if one.get("name") == listed.name]
    if len(found) != 1:
        names = ", ".join(str(one.get("name")) for one in entries[:5]) or "none"
        raise SourceError(
            f"{listed.name}: expected it among the files of HDX's dataset {listed.dataset}, got {names}; "
            "the producer moved it: use --from"
        )
    return found[0]


def _check_digest(path: Path, stated: str) -> None:
    """Compare a file with the checksum that the catalogue states, which it often does not."""
    digest = stated.lower().rpartition(":")[2].strip()
    algorithm = _DIGESTS.get(len(digest))
    if algorithm is None or not re.fullmatch(r"[0-9a-f]+", digest):
        return
    with path.open("rb") as stream:
        got = hashlib.file_digest(stream, lambda: hashlib.new(algorithm, usedforsecurity=False)).hexdigest()
    if got != digest:
        raise SourceError(
            f"{path.name}: expected {algorithm} {digest} as HDX's catalogue states, got {got}; "
            "the file is being replaced: fetch it again"
        )
