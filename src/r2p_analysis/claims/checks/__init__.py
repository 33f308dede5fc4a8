"""Checks by which parts of claims are judged, found by looking into this package.

A check is a public function of tables and of the keys that a ``[[claim.part]]`` gives. It returns a `Figure` or a
`Course`, which the part's ``relation`` holds against the claim; or, where no relation fits, an `Outcome` of its own.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from functools import cache
from typing import Any

from r2p_analysis.claims.outcome import Outcome
from r2p_analysis.claims.relations import Course, Figure
from r2p_analysis.errors import UsageError

Check = Callable[..., Outcome | Figure | Course]


@cache
def discover() -> dict[str, Check]:
    """Find all checks: the public functions of this package's modules."""
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


def kind_of(check: Check) -> str:
    """Say what a check gives: "Outcome", "Figure" or "Course"."""
    return str(inspect.signature(check).return_annotation)
