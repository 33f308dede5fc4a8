"""What papermill finds by its entry point: the engine, which is imported only when it is used.

Papermill loads all entry points while it is imported itself. The engine imports papermill, and would find it, and be
found, half made.
"""

from __future__ import annotations

from typing import Any


class ForkEngine:
    """Stands for `r2p_analysis.run.fork.ForkEngine` until it is asked to execute."""

    @classmethod
    def execute_notebook(cls, *args: Any, **kwargs: Any) -> Any:
        """Execute a notebook as papermill hands it over."""
        from r2p_analysis.run import fork

        return fork.ForkEngine.execute_notebook(*args, **kwargs)
