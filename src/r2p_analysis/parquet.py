"""Parquet files read without waking Arrow's threads."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def read_parquet(file: Path | bytes) -> pd.DataFrame:
    """Read a Parquet file, all columns, in the calling thread.

    Not by :func:`pandas.read_parquet`, whose pool of threads outlives the call: a process that has one must not fork,
    and one that ends while a thread of the pool still holds the Python file that it read is aborted by it, after its
    work was done and its message printed (https://github.com/apache/arrow/issues/34314).

    Parameters
    ----------
    file : Path or bytes
        Where the file lies, or what it holds.

    Returns
    -------
    pandas.DataFrame
        Rows and columns as they were written.

    Raises
    ------
    OSError, ValueError
        When it is no Parquet file: Arrow's own errors, which are of these kinds.
    """
    # Here, for a command that only asks for what is stored should not wait for it.
    import pyarrow as pa
    from pyarrow import parquet

    source = pa.BufferReader(file) if isinstance(file, bytes) else pa.OSFile(str(file))
    with source, parquet.ParquetFile(source, pre_buffer=False) as opened:
        frame: pd.DataFrame = opened.read(use_threads=False).to_pandas(use_threads=False)
    return frame
