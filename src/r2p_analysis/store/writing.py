"""Putting a table into the store: checked, compared with the one before, replaced in one step."""

from __future__ import annotations

import io
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from r2p_analysis.errors import ContractError
from r2p_analysis.parquet import read_parquet
from r2p_analysis.sources.contract import Source, Table
from r2p_analysis.store.commit import finish_replacing, replace_files
from r2p_analysis.store.contracts import check
from r2p_analysis.store.corrections import apply_corrections
from r2p_analysis.store.diff import TableDiff, compare
from r2p_analysis.store.files import sha256_of
from r2p_analysis.store.growing import of_stored, origin_of_both, with_kept
from r2p_analysis.store.package import PACKAGE_FILE, Provenance, Stored, package_with, stored_tables
from r2p_analysis.workspace import Layers

# A yearly total of the whole table that moves by more than this share needs the user's word.
WILD_CHANGE = 0.25
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True)
class TableChange:
    """What storing a table changed.

    Attributes
    ----------
    table : str
        Its name.
    rows_before, rows : int
        Number of rows; `rows_before` is 0 for a table not stored yet.
    first_year, last_year : int or None
        Years that it covers now.
    same : bool
        Whether the bytes are those stored before.
    diff : TableDiff or None
        What the table says otherwise than the one before; None when there was none, or it is the same.
    """

    table: str
    rows_before: int
    rows: int
    first_year: int | None
    last_year: int | None
    same: bool
    diff: TableDiff | None = None


@dataclass(frozen=True)
class Prepared:
    """A table that may be stored: checked, compared with the one before, turned into bytes.

    Attributes
    ----------
    change : TableChange
        What storing it changes.
    content : bytes
        The parquet file.
    provenance : Provenance
        Its record.
    contract, source : Table, Source
        What it is and who made it.
    """

    change: TableChange
    content: bytes
    provenance: Provenance
    contract: Table
    source: Source


def prepare_table(
    frame: pd.DataFrame,
    contract: Table,
    source: Source,
    data: Path | Layers,
    *,
    version: str,
    retrieved: str,
    origin: str,
    accept_revision: bool = False,
    live: bool = False,
) -> Prepared:
    """Do all that comes before a table is put into the store.

    Parameters
    ----------
    frame : pandas.DataFrame
        As the source's ``parse`` gives it.
    contract, source : Table, Source
        What it must be and who made it.
    data : Path or Layers
        Folder of the store, perhaps over that of the package.
    version, retrieved, origin : str
        The producer's release, the ISO date it was taken, the raw files.
    accept_revision : bool
        Let a table through that covers less, or whose yearly totals moved wildly.
    live : bool
        Whether it comes from the producer's service, so that caveats of the carried files do not hold.

    Returns
    -------
    Prepared

    Raises
    ------
    ContractError
        When a rule is broken.
    """
    corrected, corrections = apply_corrections(frame, contract, data)
    checked = check(corrected, contract)
    entry = stored_tables(data).get(contract.name)
    before = entry.provenance if entry else None
    stored = _stored_before(entry, contract, accept_revision=accept_revision)
    checked, kept = with_kept(checked, stored, contract)
    if kept and before:
        origin = origin_of_both(origin, before.origin)
    if stored is not None and not accept_revision:
        _compare(stored, of_stored(checked, stored, contract), contract)
    content = _parquet(checked)
    years = checked["year"] if "year" in checked.columns else None
    provenance = Provenance(
        table=contract.name,
        title=contract.title,
        source=source.name,
        producer=source.producer,
        version=version,
        licence=source.licence,
        licence_url=source.licence_url,
        attribution=source.attribution,
        cadence=source.cadence.words,
        url=source.url,
        retrieved=retrieved,
        origin=origin,
        sha256=sha256_of(content),
        rows=len(checked),
        first_year=None if years is None else int(years.min()),
        last_year=None if years is None else int(years.max()),
        caveats=contract.caveats + (() if live else contract.caveats_of_carried),
        redistribution=source.redistribution,
        corrections=corrections,
    )
    same = bool(before and before.sha256 == provenance.sha256)
    change = TableChange(
        contract.name,
        before.rows if before else 0,
        len(checked),
        provenance.first_year,
        provenance.last_year,
        same,
        None if same or stored is None else compare(stored, checked, contract),
    )
    return Prepared(change, content, provenance, contract, source)


def commit_tables(prepared: Sequence[Prepared], data: Path | Layers) -> None:
    """Put prepared tables and their provenance into the store: all of them, or none.

    Raises
    ------
    UsageError
        When there is only the store inside an installed package, which is never written to.
    """
    folder = Layers.of(data).to_write()
    contents = {f"{one.contract.name}.parquet": one.content for one in prepared}
    records = {one.contract.name: (one.provenance, one.contract, one.source) for one in prepared}
    # The data package is read, changed and written: two sources that are ready at once would lose one's record.
    with _ONE_AT_A_TIME:
        finish_replacing(folder)
        replace_files(folder, {**contents, PACKAGE_FILE: package_with(folder, records)})


def store_table(
    frame: pd.DataFrame,
    contract: Table,
    source: Source,
    data: Path | Layers,
    *,
    version: str,
    retrieved: str,
    origin: str,
    accept_revision: bool = False,
    dry_run: bool = False,
) -> TableChange:
    """Check a table and put it into the store.

    Parameters
    ----------
    frame, contract, source, data, version, retrieved, origin, accept_revision
        As for `prepare_table`.
    dry_run : bool
        Do everything but replace.

    Returns
    -------
    TableChange

    Raises
    ------
    ContractError
        When a rule is broken; the table stored before stays as it was.
    """
    prepared = prepare_table(
        frame,
        contract,
        source,
        data,
        version=version,
        retrieved=retrieved,
        origin=origin,
        accept_revision=accept_revision,
    )
    if not dry_run:
        commit_tables([prepared], data)
    return prepared.change


def _parquet(frame: pd.DataFrame) -> bytes:
    buffer = io.BytesIO()
    frame.to_parquet(buffer, index=False, compression="zstd", compression_level=15)
    return buffer.getvalue()


def _stored_before(entry: Stored | None, contract: Table, *, accept_revision: bool) -> pd.DataFrame | None:
    """Read the table as it stands; None when there is none, or it was damaged and the user knows it."""
    if entry is None or not entry.path.is_file():
        return None
    content = entry.path.read_bytes()
    if sha256_of(content) == entry.provenance.sha256:
        return read_parquet(content)
    if accept_revision:
        return None
    raise ContractError(
        f"{contract.name}: {entry.path} was damaged or altered, so that nothing can be compared with it and no row "
        "of it kept; restore it, or give --accept-revision to replace it"
    )


def _compare(old: pd.DataFrame, new: pd.DataFrame, contract: Table) -> None:
    """Refuse a table that covers less than the one before, or whose totals by year moved wildly."""
    if len(new) < len(old):
        raise ContractError(
            f"{contract.name}: covers less than the stored table: {len(new)} rows, had {len(old)}; "
            "the stored one stays; give --accept-revision if this is right"
        )
    if "year" not in new.columns:
        return
    lost = sorted(set(old["year"]) - set(new["year"]))
    if lost:
        raise ContractError(
            f"{contract.name}: lacks the year {lost[0]}, which the stored table has; "
            "give --accept-revision if this is right"
        )
    counts = [
        c.name
        for c in contract.columns
        if c.kind in ("integer", "number") and c.name not in ("year", *contract.key) and c.name in old.columns
    ]
    before, after = (frame.groupby("year")[counts].sum() for frame in (old, new))
    moved = (after.loc[before.index] / before.where(before > 0) - 1).abs()
    for name in counts:
        # A year whose total was 0, or not known, has no share by which it could have moved.
        shares = moved[name].dropna()
        if len(shares) and shares.max() > WILD_CHANGE:
            raise ContractError(
                f"{contract.name}: the total of {name} in {shares.idxmax()} moved by {shares.max():.0%} (over "
                f"{WILD_CHANGE:.0%}); the stored table stays; give --accept-revision if this is right"
            )
