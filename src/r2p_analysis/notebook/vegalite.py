"""Altair, for all who need it here, imported in half the time.

Altair imports jsonschema, and jsonschema compiles a grammar of internationalised addresses as soon as the package
that holds it is installed, which JupyterLab sees to. That takes longer than all the rest of Altair and pandas together,
and nothing here checks such an address; so the grammar is compiled when the first one is checked.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

_GRAMMAR = "rfc3987_syntax"


@contextmanager
def _grammar_later() -> Iterator[None]:
    if _GRAMMAR in sys.modules:
        yield
        return
    stand_in = ModuleType(_GRAMMAR)
    vars(stand_in).update(is_valid_syntax=_is_valid_syntax)
    sys.modules[_GRAMMAR] = stand_in
    try:
        yield
    finally:
        # Whoever else wants the package gets it whole.
        del sys.modules[_GRAMMAR]


def _is_valid_syntax(term: str, value: str) -> bool:
    return bool(importlib.import_module(_GRAMMAR).is_valid_syntax(term, value))


with _grammar_later():
    importlib.import_module("altair")
import altair as alt  # noqa: E402  # loaded by now
from altair import TopLevelMixin  # noqa: E402  # as above

__all__ = ["TopLevelMixin", "alt"]
