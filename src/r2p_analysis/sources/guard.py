"""What holds for every parser: whatever a file holds, it gives a table or one of the project's errors."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path

import pandas as pd

from r2p_analysis.errors import R2PError, SourceError

Parse = Callable[[str, list[Path]], "pd.DataFrame"]


def one_line_errors(parse: Parse) -> Parse:
    """Turn what nobody foresaw into one line that names the table, the file and the kind of fault.

    Parsers refuse with words of their own what they know can be wrong. A file can hold anything, though, and the
    libraries that read it have errors of many kinds; a table that half of a file makes is never given.

    Parameters
    ----------
    parse : callable
        Of a source.

    Returns
    -------
    callable
        The same, whose errors are `R2PError`, or those of a file that is not there or may not be read.
    """

    @wraps(parse)
    def parse_or_refuse(table: str, files: list[Path]) -> pd.DataFrame:
        if not files:
            raise SourceError(f"{table}: expected at least one file of the table, got none")
        try:
            return parse(table, files)
        except (R2PError, FileNotFoundError, PermissionError, IsADirectoryError):
            raise
        except Exception as error:
            raise SourceError(
                f"{table} from {files[0].name}: cannot be read ({type(error).__name__}); the producer changed the "
                "format, or this is another file"
            ) from error

    return parse_or_refuse
