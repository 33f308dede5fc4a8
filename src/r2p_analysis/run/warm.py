"""Everything that notebooks need, imported and loaded once in the process from which all workers are forked.

Importing this module is the work: multiprocessing's fork server does it before its first fork.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import pkgutil

from r2p_analysis import exhibits, measures, notebook
from r2p_analysis.claims import load_document
from r2p_analysis.countries import states
from r2p_analysis.errors import R2PError
from r2p_analysis.run import fork, shell
from r2p_analysis.store import open_tables
from r2p_analysis.workspace import Layers, find_workspace

LOADED = (notebook, fork, shell)


def _import_topics() -> None:
    # Notebooks find topics by name when they ask for them: without this each child would import them again.
    for package in (measures, exhibits):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(found.name)


def _load() -> None:
    # The list of all places, and the order of their names.
    states()
    data = find_workspace().data
    for path in Layers.of(data / "claims").glob("[0-9]*.toml"):
        with contextlib.suppress(R2PError, ValueError):
            load_document(data / "claims", int(path.stem))
    tables = open_tables(data)
    for name in tables:
        with contextlib.suppress(R2PError):
            tables[name]


_import_topics()
# What cannot be read is the matter of the notebook that reads it, whose page says so.
with contextlib.suppress(R2PError):
    _load()
# The collector writes into every object that it visits, and a page written to is no longer shared.
gc.collect()
gc.freeze()
