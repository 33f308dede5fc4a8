"""Whether a source wants a token, and whether one is set. The token itself is looked at by nothing here."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Literal

from r2p_analysis.sources.politeness import Service

Need = Literal["not needed", "optional", "needed"]


@dataclass(frozen=True)
class TokenState:
    """How a source stands to its token.

    Attributes
    ----------
    need : {"not needed", "optional", "needed"}
        "optional": its tables can be had without.
    variable : str
        Environment variable that gives it; empty when none is wanted.
    is_set : bool
        Whether that variable holds anything.
    """

    need: Need = "not needed"
    variable: str = ""
    is_set: bool = False

    def __str__(self) -> str:
        """Say it in words, with the variable's name and never its value."""
        if self.need == "not needed":
            return self.need
        return f"{self.need}, {'set' if self.is_set else 'not set'} ({self.variable})"


def services_of(module: Any) -> tuple[Service, ...]:
    """Find the services that a source asks.

    They are the constants of type `Service` in the source's module, in the module beside it whose name ends in
    ``_service``, and in those that the source names in its ``CLIENTS``. A source without any wants no token.

    Parameters
    ----------
    module : module
        A source.

    Returns
    -------
    tuple of Service
        Each once, in the order found.
    """
    name = module.__name__
    package, _, own = name.rpartition(".")
    beside = [f"{own}_service", *getattr(module, "CLIENTS", ())]
    homes: list[Any] = [module, *filter(None, (_module(f"{package}.{other}") for other in beside))]
    found = [value for home in homes for value in vars(home).values() if isinstance(value, Service)]
    return tuple(dict.fromkeys(found))


def token_state(module: Any, environment: Mapping[str, str]) -> TokenState:
    """Say whether a source wants a token and whether it is set.

    Parameters
    ----------
    module : module
        A source.
    environment : mapping
        The environment variables.

    Returns
    -------
    TokenState
        Of the service that needs its token most, when there are several.
    """
    states = [
        TokenState(
            "optional" if service.token_optional else "needed",
            service.token_variable,
            bool(environment.get(service.token_variable, "").strip()),
        )
        for service in services_of(module)
        if service.token_header
    ]
    return min(states, key=lambda state: (state.need != "needed", state.is_set), default=TokenState())


def _module(name: str) -> ModuleType | None:
    return importlib.import_module(name) if importlib.util.find_spec(name) else None
