"""A folder as a zip of the same bytes whenever it is made of the same files."""

from __future__ import annotations

import zipfile
from pathlib import Path

_MOMENT = (1980, 1, 1, 0, 0, 0)
"""The earliest that a zip can tell: the day of packing is no part of a report."""
_READABLE = 0o100644 << 16
_UNIX = 3
_PACKED = {".png", ".zip", ".gz"}


def zip_folder(folder: Path, target: Path) -> Path:
    """Pack a folder, under the archive's own name, and put the zip in place when it is whole.

    Parameters
    ----------
    folder : Path
        What to pack.
    target : Path
        The zip; everything in it lies below its name without ending.
    """
    aside = target.with_name(f".{target.name}-aside")
    files = sorted((path.relative_to(folder).as_posix(), path) for path in folder.rglob("*") if path.is_file())
    try:
        with zipfile.ZipFile(aside, "w") as archive:
            for name, path in files:
                entry = zipfile.ZipInfo(f"{target.stem}/{name}", _MOMENT)
                entry.external_attr, entry.create_system = _READABLE, _UNIX
                entry.compress_type = zipfile.ZIP_STORED if path.suffix in _PACKED else zipfile.ZIP_DEFLATED
                archive.writestr(entry, path.read_bytes(), compresslevel=6)
        aside.replace(target)
    finally:
        aside.unlink(missing_ok=True)
    return target
