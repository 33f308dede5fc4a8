"""From source notebooks to executed ones: what to execute, with which parameters, how, and in which process."""

from r2p_analysis.declarations import SourceNotebook, check_edition, find_notebooks
from r2p_analysis.run.plan import Task, make_plan
from r2p_analysis.run.workers import TaskResult, check_engine, execute_all

__all__ = [
    "SourceNotebook",
    "Task",
    "TaskResult",
    "check_edition",
    "check_engine",
    "execute_all",
    "find_notebooks",
    "make_plan",
]
