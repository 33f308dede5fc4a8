"""From source notebooks to executed ones: what to execute, with which parameters, how, and in which process."""

from r2p_analysis.declarations import SourceNotebook, check_edition, find_notebooks
from r2p_analysis.run.cache import Decision, TaskCache
from r2p_analysis.run.inputs import World
from r2p_analysis.run.kept import KeptWorkers, Superseded
from r2p_analysis.run.plan import Task, make_plan
from r2p_analysis.run.workers import TaskResult, check_engine, execute_all

__all__ = [
    "Decision",
    "KeptWorkers",
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
]
