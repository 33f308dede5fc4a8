"""The raw folder: what was taken from a service, byte for byte, and notes that say from where and when."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from r2p_analysis.errors import SourceError
from r2p_analysis.sources.politeness import public_url

NOTES = "fetched.json"


@dataclass(frozen=True)
class Taken:
    """Where raw files come from.

    Attributes
    ----------
    origin : str
        Address without its query, which differs from page to page, and how many pages or other files.
    date : str
        ISO date on which the first was taken.
    """

    origin: str
    date: str


def write(target: Path, content: Iterable[bytes]) -> None:
    """Write under a temporary name; the name given appears once the file is whole."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            for piece in content:
                stream.write(piece)
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def note(target: Path, url: str, *, frozen: bool = False) -> None:
    """Note beside a raw file from where and when it was taken, and whether its address always gives the same."""
    entry = {
        "file": target.name,
        "url": public_url(url),
        "bytes": target.stat().st_size,
        "sha256": _sha256(target),
        "retrieved": datetime.now(UTC).isoformat(timespec="seconds"),
        **({"frozen": True} if frozen else {}),
    }
    _write_notes(target.parent, {**_read(target.parent), target.name: entry})


def is_kept(target: Path, url: str) -> bool:
    """Tell whether a file that an interrupted fetch took is whole, and of this address."""
    entry = _read(target.parent).get(target.name)
    fits = entry is not None and bool(entry.get("frozen")) and entry["url"] == public_url(url)
    return fits and target.is_file() and entry is not None and entry["sha256"] == _sha256(target)


def keep_only(folder: Path, names: set[str]) -> None:
    """Remove from a raw folder all files but these, and the notes about them."""
    for path in folder.iterdir():
        if path.name not in names and path.name != NOTES:
            path.unlink()
    _write_notes(folder, {name: entry for name, entry in _read(folder).items() if name in names})


def frozen_files(folder: Path) -> set[str]:
    """Give the names of the files of a raw folder whose addresses always give the same."""
    return {name for name, entry in _read(folder).items() if entry.get("frozen")}


def taken(files: list[Path]) -> Taken | None:
    """Tell where raw files come from by the notes beside them; None when there are none about them.

    Raises
    ------
    SourceError
        When the notes cannot be read, or a file is not what was taken.
    """
    notes = _read(files[0].parent)
    if any(path.name not in notes for path in files):
        return None
    for path in files:
        if notes[path.name]["sha256"] != _sha256(path):
            raise SourceError(f"{path.name}: is not what {NOTES} beside it says was taken; fetch it again")
    addresses = [notes[path.name]["url"].partition("?")[0] for path in files]
    more = "" if len(files) == 1 else f", {len(files)} pages"
    if len(set(addresses)) > 1:
        more = f" and {len(files) - 1} other {'files' if len(files) > 2 else 'file'}"
    return Taken(addresses[0] + more, min(notes[path.name]["retrieved"] for path in files)[:10])


def _write_notes(folder: Path, notes: dict[str, dict[str, Any]]) -> None:
    write(folder / NOTES, [(json.dumps(list(notes.values()), indent=1, ensure_ascii=False) + "\n").encode()])


def _read(folder: Path) -> dict[str, dict[str, Any]]:
    path = folder / NOTES
    if not path.is_file():
        return {}
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
        return {str(entry["file"]): _entry(entry) for entry in entries}
    except (ValueError, TypeError, KeyError, RecursionError):
        raise SourceError(f"{path}: not the notes of a fetch; remove it, or fetch again") from None


def _entry(entry: dict[str, Any]) -> dict[str, Any]:
    """Check the parts of a note that are passed on; ValueError or TypeError when one is something else."""
    datetime.fromisoformat(entry["retrieved"])
    if not (isinstance(entry["url"], str) and isinstance(entry["sha256"], str)):
        raise TypeError
    return dict(entry)


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
