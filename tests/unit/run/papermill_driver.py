"""Executes every notebook of a folder with one engine of papermill, in a process without other threads.

Writes each executed notebook, and what papermill raised, into the folder's subfolder named for the engine.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ |= {"JE_ARROW_MALLOC_CONF": "background_thread:false", "OPENBLAS_NUM_THREADS": "1"}

from papermill import execute_notebook

from r2p_analysis.run.fork import ENGINE

ENGINES = {"fork": ENGINE, "kernel": "nbclient"}


def main(folder: Path, engine: str) -> None:
    out = folder / engine
    out.mkdir()
    for path in sorted(folder.glob("*.ipynb")):
        try:
            execute_notebook(
                str(path), str(out / path.name), {"edition": 2015}, engine_name=ENGINES[engine], kernel_name="python3",
                language="python",
                progress_bar=False, execution_timeout=5, autosave_cell_every=0,
            )  # fmt: skip
        except Exception as error:
            (out / f"{path.stem}.error").write_text(f"{type(error).__name__}: {error}", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
