"""Stored tables: parquet files with a contract, and a data package that says where each comes from."""

from r2p_analysis.store.package import Provenance, read_package
from r2p_analysis.store.tables import Tables, measure, open_tables, sources_of
from r2p_analysis.store.writing import TableChange, store_table

__all__ = [
    "Provenance",
    "TableChange",
    "Tables",
    "measure",
    "open_tables",
    "read_package",
    "sources_of",
    "store_table",
]
