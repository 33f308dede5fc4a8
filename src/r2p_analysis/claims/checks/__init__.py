"""Checks by which parts of claims are judged, found by looking into this package.

A check is a function of tables and of the keys that a ``[[claim.part]]`` gives, registered under its name with
``@check``; it returns an `Outcome`.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from functools import cache
from typing import Any

from r2p_analysis.claims.outcome import Outcome
from r2p_analysis.errors import UsageError

Check = Callable[..., Outcome]


@cache
def discover() -> dict[str, Check]:
    """Find all checks: the public functions of this package's modules that return an `Outcome`."""
    found: dict[str, Check] = {}
    for info in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name):
        module = importlib.import_module(f"{__name__}.{info.name}")
        found |= {
            name: function
            for name, function in inspect.getmembers(module, inspect.isfunction)
            if function.__module__ == module.__name__ and not name.startswith("_")
        }
    return found


def find_check(name: str, arguments: dict[str, Any], where: str) -> Check:
    """Find a check and make sure that it takes the arguments given.

    Raises
    ------
    UsageError
        When there is no such check, or an argument is unknown or lacking.
    """
    known = discover()
    if name not in known:
        raise UsageError(f'{where}: no check "{name}"; have {", ".join(sorted(known))}')
    try:
        inspect.signature(known[name]).bind(None, **arguments)
    except TypeError as error:
        raise UsageError(f'{where}: check "{name}": {error}') from None
    return known[name]
