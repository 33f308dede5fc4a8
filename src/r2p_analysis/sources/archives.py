"""Reading what came packed from elsewhere, ZIP or gzip: no path outside, no bomb, no half file."""

from __future__ import annotations

import gzip
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from r2p_analysis.errors import SourceError

MOST_BYTES = 1_000_000_000
# Tables of text shrink to a fifth or a tenth; what shrinks a hundredfold is made to burst.
MOST_SHRUNK = 100
_SMALL = 1_000_000
# What the readers of archives raise for one that is broken: none of them says so in one place.
_FAULTS = (
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    IndexError,
    struct.error,
    zlib.error,
    lzma.LZMAError,
)


@contextmanager
def opened_member(path: Path, ending: str) -> Iterator[IO[bytes]]:
    """Open the one file in an archive whose name has an ending, to read it piece by piece.

    Parameters
    ----------
    path : Path
        The archive. Nothing of it is ever written to the disk.
    ending : str
        Such as ".csv", in lower case.

    Raises
    ------
    SourceError
        When it is no ZIP or broken off, holds none or several such files, names a path outside itself, is encrypted, or
        unpacks to more than a table can be.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = [member for member in archive.infolist() if "__MACOSX" not in member.filename]
            for member in members:
                _refuse_outside(path, member.filename)
            fitting = [member for member in members if member.filename.lower().endswith(ending)]
            if len(fitting) != 1:
                raise SourceError(
                    f"{path.name}: expected one {ending.removeprefix('.').upper()} file inside, found {len(fitting)}"
                )
            _refuse_bomb(path, fitting[0])
            # No more is unpacked than the member says, and its checksum must fit.
            with archive.open(fitting[0]) as stream:
                yield stream
    except zipfile.BadZipFile:
        raise SourceError(f"{path.name}: not a zip file; the download broke off: fetch it again") from None
    except FileNotFoundError:
        raise
    except _FAULTS as error:
        raise SourceError(f"{path.name}: cannot be unpacked ({type(error).__name__}); fetch it again") from None


def only_member(path: Path, ending: str) -> bytes:
    """Give the content of the one file in an archive whose name has an ending; as for `opened_member`."""
    with opened_member(path, ending) as stream:
        return stream.read()


def refuse_unsafe(path: Path) -> None:
    """Look through an archive whose files another library will read.

    Raises
    ------
    SourceError
        When it is no ZIP or broken off, names a path outside itself, or unpacks to more than a table can be.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            for member in archive.infolist():
                _refuse_outside(path, member.filename)
                _refuse_bomb(path, member)
            broken = archive.testzip()
    except FileNotFoundError:
        raise
    except (zipfile.BadZipFile, *_FAULTS):
        raise SourceError(f"{path.name}: not a zip file; the download broke off: fetch it again") from None
    if broken:
        raise SourceError(f"{path.name}: a file inside does not fit its checksum; fetch it again")


def gunzipped(path: Path) -> bytes:
    """Give the content of a gzip file, or of a file whose gzip was taken off on the way.

    Raises
    ------
    SourceError
        When it is broken off, or unpacks to more than a table can be.
    """
    with path.open("rb") as stream:
        if stream.read(2) != b"\x1f\x8b":
            return path.read_bytes()
    most = min(MOST_BYTES, max(_SMALL, path.stat().st_size * MOST_SHRUNK))
    try:
        with gzip.open(path) as stream:
            content = stream.read(most + 1)
    except _FAULTS as error:
        raise SourceError(f"{path.name}: cannot be unpacked ({type(error).__name__}); fetch it again") from None
    if len(content) > most:
        raise SourceError(f"{path.name}: expected a table, got a file that bursts; this is not the producer's file")
    return content


def _refuse_outside(path: Path, name: str) -> None:
    parts = PurePosixPath(name.replace("\\", "/"))
    if parts.is_absolute() or ".." in parts.parts or ":" in name:
        raise SourceError(f"{path.name}: names a file outside itself; this is not the producer's archive")


def _refuse_bomb(path: Path, member: zipfile.ZipInfo) -> None:
    size, packed = member.file_size, max(member.compress_size, 1)
    if size > MOST_BYTES or (size > _SMALL and size / packed > MOST_SHRUNK):
        raise SourceError(
            f"{path.name}: expected a table, got {size:,} bytes packed into {packed:,}; "
            "this is not the producer's archive"
        )
