"""From source notebooks to executed ones: what to execute, with which parameters, how, and in which process.

What stands here is imported when it is first asked for: a Dask worker needs none of it, and starts sooner.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from r2p_analysis.declarations import SourceNotebook, check_edition, find_notebooks
    from r2p_analysis.run.cache import Decision, TaskCache
    from r2p_analysis.run.inputs import World
    from r2p_analysis.run.kept import KeptWorkers, Superseded
    from r2p_analysis.run.plan import Task, make_plan
    from r2p_analysis.run.starting import Processes, check_engine, processes
    from r2p_analysis.run.workers import TaskResult, execute_all

_PLACES = {
    "r2p_analysis.declarations": ("SourceNotebook", "check_edition", "find_notebooks"),
    "r2p_analysis.run.cache": ("Decision", "TaskCache"),
    "r2p_analysis.run.inputs": ("World",),
    "r2p_analysis.run.kept": ("KeptWorkers", "Superseded"),
    "r2p_analysis.run.plan": ("Task", "make_plan"),
    "r2p_analysis.run.starting": ("Processes", "check_engine", "processes"),
    "r2p_analysis.run.workers": ("TaskResult", "execute_all"),
}

__all__ = [
    "Decision",
    "KeptWorkers",
    "Processes",
    "SourceNotebook",
    "Superseded",
    "Task",
    "TaskCache",
    "TaskResult",
    "World",
    "check_edition",
    "check_engine",
    "execute_all",
    "find_notebooks",
    "make_plan",
    "processes",
]


def __getattr__(name: str) -> Any:
    place = next((module for module, names in _PLACES.items() if name in names), None)
    if place is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(place), name)
