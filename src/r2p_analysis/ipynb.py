"""Notebook files read as the plain JSON that they are.

nbformat checks them against a schema too, and importing it takes longer than a command that only looks at a notebook.
It checks what is written and what papermill reads.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from r2p_analysis.errors import NotebookError

FORMAT = 4


def read_ipynb(path: Path) -> dict[str, Any]:
    """Read a notebook.

    Parameters
    ----------
    path : Path
        An .ipynb file of format 4.

    Returns
    -------
    dict
        metadata, and cells whose source is one text.

    Raises
    ------
    NotebookError
        When the file cannot be read or is no such notebook.
    """
    try:
        book: Any = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise NotebookError(f"{path.name} cannot be read as a notebook: {error}") from None
    if not _is_notebook(book):
        found = book.get("nbformat", "none") if isinstance(book, dict) else type(book).__name__
        raise NotebookError(
            f"{path.name} cannot be read as a notebook: expected nbformat {FORMAT} with cells, got {found}; "
            "open it in JupyterLab and save it again"
        )
    for cell in book["cells"]:
        cell["source"] = "".join(cell["source"])
        cell.setdefault("metadata", {})
    return {"metadata": {}, **book}


def _is_notebook(book: Any) -> bool:
    return (
        isinstance(book, dict)
        and book.get("nbformat") == FORMAT
        and isinstance(book.get("cells"), list)
        and all(isinstance(cell, dict) and {"cell_type", "source"} <= cell.keys() for cell in book["cells"])
    )
