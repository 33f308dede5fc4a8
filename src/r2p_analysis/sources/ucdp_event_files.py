"""Reading UCDP's events piece by piece: a release unpacks to some 270 MB, most of it texts that are never read."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pandas as pd

from r2p_analysis.errors import SourceError
from r2p_analysis.sources.archives import opened_member
from r2p_analysis.sources.files import read_json, require_columns
from r2p_analysis.sources.ucdp_records import read_records
from r2p_analysis.sources.ucdp_releases import refuse_candidate, refuse_several_releases

CHUNK_ROWS = 20_000


def event_chunks(files: list[Path], needed: list[str]) -> Iterator[tuple[str, pd.DataFrame]]:
    """Read files of events, some thousand rows at a time.

    Parameters
    ----------
    files : list of Path
        One download (CSV, zipped or not), or all pages of the API.
    needed : list of str
        Columns to read.

    Yields
    ------
    tuple
        The name of the file and rows of it; every cell is text.

    Raises
    ------
    SourceError
        When columns or pages are missing, or the events are candidates or of several releases.
    """
    refuse_several_releases(files)
    promised, rows = set(), 0
    for path in files:
        refuse_candidate(path.name, path.name)
        if path.name.endswith(".json"):
            promised.add(_promised(path))
            chunks = iter([_page(path)])
        else:
            chunks = _of_csv(path, needed)
        for chunk in chunks:
            require_columns(chunk, needed, path.name)
            rows += len(chunk)
            yield path.name, chunk[needed].reset_index(drop=True)
    if promised and promised != {rows}:
        told = " or ".join(f"{total:,}" for total in sorted(promised))
        raise SourceError(
            f"{files[0].name}: {rows:,} of {told} rows are here; UCDP counts its pages from 0: fetch them all"
        )


def _page(path: Path) -> pd.DataFrame:
    # Alone, a page lacks rows of the whole: they are counted once all pages are read.
    return read_records([path], part=True)


def _promised(path: Path) -> int:
    answer = read_json(path)
    envelope = answer if isinstance(answer, dict) else {}
    for name in ("PreviousPageUrl", "NextPageUrl"):
        refuse_candidate(str(envelope.get(name) or "").partition("?")[0], path.name)
    total = envelope.get("TotalCount")
    if type(total) is not int:
        raise SourceError(f"{path.name}: expected the number of rows in TotalCount; this is no page of UCDP's API")
    return total


def _of_csv(path: Path, needed: list[str]) -> Iterator[pd.DataFrame]:
    with _opened(path) as stream:
        reader = pd.read_csv(
            stream,
            dtype="string",
            keep_default_na=False,
            na_values=[""],
            encoding="utf-8-sig",
            usecols=lambda name: name in needed,
            chunksize=CHUNK_ROWS,
        )
        with reader:
            yield from reader


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    if path.name.endswith(".zip"):
        with opened_member(path, ".csv") as stream:
            yield stream
    elif path.name.endswith(".gz"):
        with gzip.open(path) as unpacked:
            yield unpacked  # type: ignore[misc]  # a GzipFile reads as any binary file does
    else:
        with path.open("rb") as plain:
            yield plain
