"""Stored tables: parquet files with a contract, and a data package that says where each comes from."""

from r2p_analysis.store.age import age_of, cadence_of, last_told, source_of_record
from r2p_analysis.store.commit import sweep
from r2p_analysis.store.diff import TableDiff
from r2p_analysis.store.package import Provenance, Stored, read_package, stored_tables
from r2p_analysis.store.tables import EVERY_TABLE, Tables, measure, open_tables, sources_of
from r2p_analysis.store.writing import Prepared, TableChange, commit_tables, prepare_table, store_table

__all__ = [
    "EVERY_TABLE",
    "Prepared",
    "Provenance",
    "Stored",
    "TableChange",
    "TableDiff",
    "Tables",
    "age_of",
    "cadence_of",
    "commit_tables",
    "last_told",
    "measure",
    "open_tables",
    "prepare_table",
    "read_package",
    "source_of_record",
    "sources_of",
    "store_table",
    "stored_tables",
    "sweep",
]
