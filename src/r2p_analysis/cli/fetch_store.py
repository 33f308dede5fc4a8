"""Raw files to what may be stored: parsed, checked, compared; and the lines that say what came of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from r2p_analysis.errors import R2PError, SourceError
from r2p_analysis.workspace import Layers

if TYPE_CHECKING:
    from r2p_analysis.sources import Source, SourceModule
    from r2p_analysis.store import Prepared, TableChange


@dataclass(frozen=True)
class Choices:
    """What the user asked for.

    Attributes
    ----------
    version : str
        Release to record in place of the one that the answers tell.
    check : bool
        Do everything but replace.
    accept_revision : bool
        Let tables through that cover less or moved wildly.
    via : str
        Way to fetch, for sources with several; the settings' own when empty.
    """

    version: str
    check: bool
    accept_revision: bool
    via: str = ""


@dataclass(frozen=True)
class Described:
    """What is told about raw files beside what they and their notes say; empty where nothing is told.

    Attributes
    ----------
    version, origin, date : str
        Release, where they were found, ISO date on which they were taken.
    """

    version: str = ""
    origin: str = ""
    date: str = ""


def prepare(
    module: SourceModule, table: str, files: list[Path], data: Path | Layers, choices: Choices, described: Described
) -> Prepared:
    """Parse raw files of one table, check them, and compare them with the stored table.

    Raises
    ------
    SourceError
        When they are not what they should be: one line.
    """
    from r2p_analysis.sources.raw import taken
    from r2p_analysis.store import prepare_table

    notes = taken(files)
    with only_our_errors(f"{table} from {files[0].name}"):
        frame = module.parse(table, files)
        told_by_file = _release_of(module, table, files, noted=notes is not None)
    served = f"as served on {notes.date}" if notes else ""
    today = datetime.now(UTC).date().isoformat()
    version = choices.version or described.version or told_by_file or served or "release not told"
    with only_our_errors(table):
        return prepare_table(
            frame,
            module.SOURCE.table(table),
            _credited(module, version),
            data,
            version=version,
            retrieved=described.date or (notes.date if notes else today),
            origin=described.origin or (notes.origin if notes else " and ".join(path.name for path in files)),
            accept_revision=choices.accept_revision,
            live=notes is not None,
        )


def _release_of(module: SourceModule, table: str, files: list[Path], *, noted: bool) -> str:
    """Give the release that raw files tell; of files without notes, only one that their names tell."""
    release = getattr(module, "release", None)
    if release is None or not (noted or getattr(module, "NAMES_TELL_RELEASE", False)):
        return ""
    return str(release(table, files))


def _credited(module: SourceModule, version: str) -> Source:
    """Give the source with the credit line of a release: some producers ask for another one each year."""
    credit = getattr(module, "attribution", None)
    return replace(module.SOURCE, attribution=credit(version)) if credit else module.SOURCE


def refuse_mixed(prepared: Sequence[Prepared], source: Source, data: Path | Layers) -> None:
    """Refuse tables of another release than those that would stay stored beside them.

    Raises
    ------
    SourceError
        When there are such; it says how to fetch them together.
    """
    from r2p_analysis.store import read_package

    new = {one.contract.name: one.provenance.version for one in prepared}
    ours = {table.name for table in source.tables}
    stay = {name: record.version for name, record in read_package(data).items() if name in ours and name not in new}
    for table, version in new.items():
        older = next((name for name, stored in stay.items() if stored != version), None)
        if older:
            asked = " ".join([source.name, *(name for name in new if source.table(name).on_request)])
            raise SourceError(
                f"{table} is of release {version} and the stored {older} of {stay[older]}; "
                f"fetch them together: 'r2p fetch {asked}'"
            )


def told(change: TableChange, *, check: bool) -> Iterator[str]:
    """Say what storing a table changed: one line, then the difference in lines set in."""
    years = f", {change.first_year}-{change.last_year}" if change.first_year else ""
    verb = "checked" if check else ("unchanged" if change.same else "stored")
    yield f"{change.table}: {verb}, {change.rows:,} rows (had {change.rows_before:,}){years}"
    if change.diff:
        yield from (f"  {line}" for line in change.diff.lines())


@contextmanager
def only_our_errors(what: str) -> Iterator[None]:
    """Turn what a producer's file can make a parser raise into one line: nobody foresees all that a file can hold.

    Parameters
    ----------
    what : str
        What is being read.
    """
    try:
        yield
    except (R2PError, OSError):
        raise
    except Exception as error:
        raise SourceError(
            f"{what}: cannot be read ({type(error).__name__}); the producer changed the format, or this is another file"
        ) from error


def by_hand(module: SourceModule, table: str = "") -> str:
    """Say how to bring a file by hand: that of one table, or the first of a source."""
    source = module.SOURCE
    files = [one for one in source.by_hand if not table or table in one.tables]
    bring = f"run 'r2p fetch {source.name} --from FILE'"
    if not files:
        place = f"get the file at {source.url}" if source.url else "make the file by hand"
        return f"left as it is: {place} and {bring}"
    first, more = files[0], len(files) - 1
    others = f" (docs/raw-files.md has {more} more)" if more else ""
    note = f" {first.note}" if first.note else ""
    return f"left as it is: get the file at {first.address}, save it as {first.file} and {bring}{others}.{note}"
