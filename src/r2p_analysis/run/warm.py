"""Everything that notebooks need, imported and loaded once in the process from which all workers are forked.

Importing this module is the work: multiprocessing's fork server does it before its first fork.
"""

from __future__ import annotations

import contextlib
import gc

from r2p_analysis import notebook
from r2p_analysis.errors import R2PError
from r2p_analysis.run import fork, shell
from r2p_analysis.store import open_tables
from r2p_analysis.workspace import find_workspace

LOADED = (notebook, fork, shell)


def _load() -> None:
    # A table that cannot be read is the matter of the notebook that reads it, whose page says so.
    with contextlib.suppress(R2PError):
        tables = open_tables(find_workspace().data)
        for name in tables:
            with contextlib.suppress(R2PError):
                tables[name]


_load()
# The collector writes into every object that it visits, and a page written to is no longer shared.
gc.collect()
gc.freeze()
