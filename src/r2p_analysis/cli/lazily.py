"""Large libraries that are loaded only once something of them is used.

The modules of producers import pandas at their head, for it is what they work with; a command that only asks them for
their terms and cadence would wait for it in vain. The standard library's lazy loader does not do here: in Python 3.11
a second ``import`` of the same library loads it.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from types import ModuleType
from typing import Any

LARGE = ("geopandas", "numpy", "pandas", "pandera", "pyarrow", "requests", "shapely")


class _Later(ModuleType):
    """Stands for a library until an attribute is asked for that it does not have itself."""

    def __getattr__(self, attribute: str) -> Any:
        """Load the library, become as it is, and give the attribute."""
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        self.__dict__.update(vars(importlib.import_module(self.__name__)))
        try:
            return self.__dict__[attribute]
        except KeyError:
            raise AttributeError(f"module {self.__name__!r} has no attribute {attribute!r}") from None


def load_lazily(*names: str) -> None:
    """Put off the loading of libraries that are not loaded yet, until something of them is used.

    Parameters
    ----------
    *names : str
        Of libraries; those that are not installed are left out.
    """
    for name in names:
        spec = None if name in sys.modules else importlib.util.find_spec(name)
        if spec is not None:
            later = _Later(name)
            later.__spec__ = spec
            sys.modules[name] = later
