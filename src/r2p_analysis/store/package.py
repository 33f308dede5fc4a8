"""The data package: a Frictionless ``datapackage.json`` that records where every stored table comes from."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from r2p_analysis.errors import StoreError
from r2p_analysis.sources.contract import Source, Table
from r2p_analysis.store.commit import finish_replacing
from r2p_analysis.workspace import Layers

PACKAGE_FILE = "datapackage.json"
_FRICTIONLESS_TYPES = {"text": "string", "bytes": "any"}


@dataclass(frozen=True)
class Provenance:
    """Where a stored table comes from.

    Attributes
    ----------
    table, title : str
        Its name in the store and its name for readers.
    source, producer, version, licence, licence_url, attribution, cadence, url : str
        As the source declares them; `version` is the producer's release.
    retrieved : str
        ISO date on which the raw file was taken from the producer or its republisher.
    origin : str
        The raw files and, where known, where they were found.
    sha256 : str
        Of the parquet file.
    rows : int
        Number of rows.
    first_year, last_year : int or None
        Years covered; None for a table without years.
    caveats : tuple of str
        What to know before quoting.
    redistribution : str
        What may be passed on: "with attribution", "non-commercial" or "aggregates only".
    corrections : tuple of str
        Errors of the producer that were mended on the way into the store.
    """

    table: str
    title: str
    source: str
    producer: str
    version: str
    licence: str
    licence_url: str
    attribution: str
    cadence: str
    url: str
    retrieved: str
    origin: str
    sha256: str
    rows: int
    first_year: int | None
    last_year: int | None
    caveats: tuple[str, ...]
    redistribution: str = "with attribution"
    corrections: tuple[str, ...] = ()

    def credit(self) -> dict[str, str]:
        """Give the part that stands under an exhibit."""
        names = (
            "redistribution",
            "table",
            "title",
            "producer",
            "version",
            "licence",
            "licence_url",
            "attribution",
            "retrieved",
            "url",
        )
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True)
class Stored:
    """A stored table: its record, and where it lies.

    Attributes
    ----------
    provenance : Provenance
        Its record.
    folder : Path
        Folder of its parquet file.
    columns : tuple of str
        Columns that the record names.
    embedded : bool
        Whether it is the one that the package carries, and not the user's own.
    beneath : Stored or None
        The embedded table of the same name, which this one wins over.
    """

    provenance: Provenance
    folder: Path
    columns: tuple[str, ...]
    embedded: bool = False
    beneath: Stored | None = None

    @property
    def path(self) -> Path:
        """The parquet file."""
        return self.folder / f"{self.provenance.table}.parquet"

    @property
    def place(self) -> str:
        """Where it comes from, in a word: "workspace" or "embedded"."""
        return "embedded" if self.embedded else "workspace"

    @property
    def outdated(self) -> bool:
        """Whether it wins over an embedded table that was taken from the producer later, as after an upgrade."""
        below = self.beneath.provenance if self.beneath else None
        return bool(below and below.sha256 != self.provenance.sha256 and below.retrieved > self.provenance.retrieved)

    @property
    def lacking(self) -> list[str]:
        """Columns of the embedded table that this one, stored by an older version, does not have."""
        return [name for name in self.beneath.columns if name not in self.columns] if self.beneath else []


def stored_tables(data: Path | Layers) -> dict[str, Stored]:
    """Find all tables: those of the workspace, and below them the embedded ones.

    Parameters
    ----------
    data : Path or Layers
        Folder that holds ``datapackage.json``, or two of them read as one, table by table.

    Returns
    -------
    dict
        By table name, in alphabetical order; empty when there is no package yet.

    Raises
    ------
    StoreError
        When a file is not a data package of the project.
    """
    layers = Layers.of(data)
    found = {} if layers.base is None else _read_folder(layers.base, embedded=True)
    if layers.own is not None:
        # Only there: nothing is ever written into an installed package.
        finish_replacing(layers.own)
        own = _read_folder(layers.own, embedded=False)
        found |= {name: replace(stored, beneath=found.get(name)) for name, stored in own.items()}
    return {name: found[name] for name in sorted(found)}


def read_package(data: Path | Layers) -> dict[str, Provenance]:
    """Read the provenance of all tables, as `stored_tables` finds them."""
    return {name: stored.provenance for name, stored in stored_tables(data).items()}


def _read_folder(folder: Path, *, embedded: bool) -> dict[str, Stored]:
    path = folder / PACKAGE_FILE
    if not path.is_file():
        return {}
    try:
        resources = json.loads(path.read_text(encoding="utf-8"))["resources"]
        return {
            entry["name"]: Stored(_from_resource(entry), folder, _columns(entry), embedded=embedded)
            for entry in resources
        }
    except (KeyError, TypeError, ValueError) as error:
        raise StoreError(f"{path}: not a data package of this project ({error!r}); run 'r2p fetch' again") from None


def _columns(entry: dict[str, Any]) -> tuple[str, ...]:
    return tuple(field["name"] for field in entry["schema"]["fields"])


def package_with(data: Path, tables: dict[str, tuple[Provenance, Table, Source]]) -> bytes:
    """Give the ``datapackage.json`` that has these tables added to, or put in place of, those recorded before."""
    path = data / PACKAGE_FILE
    before = json.loads(path.read_text(encoding="utf-8"))["resources"] if path.is_file() else []
    resources = {entry["name"]: entry for entry in before}
    for name, (provenance, contract, source) in tables.items():
        resources[name] = _to_resource(provenance, contract, source)
    package = {
        "profile": "data-package",
        "name": "r2p-analysis-data",
        "title": "Tables of r2p-analysis",
        "resources": [resources[name] for name in sorted(resources)],
    }
    return (json.dumps(package, indent=2, ensure_ascii=False) + "\n").encode()


def _to_resource(provenance: Provenance, contract: Table, source: Source) -> dict[str, Any]:
    fields = [
        {
            "name": column.name,
            "type": _FRICTIONLESS_TYPES.get(column.kind, column.kind),
            "description": column.about,
            "constraints": {"required": not column.nullable},
        }
        for column in contract.columns
    ]
    return {
        "name": provenance.table,
        "path": f"{provenance.table}.parquet",
        "format": "parquet",
        "hash": f"sha256:{provenance.sha256}",
        "licenses": [{"title": source.licence, "path": source.licence_url}],
        "sources": [{"title": source.producer, "path": source.url}],
        "schema": {"fields": fields, "primaryKey": list(contract.key)},
        "provenance": {
            **asdict(provenance),
            "caveats": list(provenance.caveats),
            "corrections": list(provenance.corrections),
        },
    }


def _from_resource(entry: dict[str, Any]) -> Provenance:
    record = dict(entry["provenance"])
    record["caveats"] = tuple(record["caveats"])
    record["corrections"] = tuple(record.get("corrections", ()))
    return Provenance(**record)
