"""How long the pages of 100 countries take on a Dask cluster of two local workers, against the local pool of two.

Run it from the root of the repository: ``python tests/bench/bench_dask.py [PAIRS [COUNTRIES]]``. The two are measured
side by side, in pairs, each once first and once second; the median of the pairs' ratios is what counts. Everything is
in it: the cluster's start and end, the files' way to the workers, and the warm processes of both.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from r2p_analysis.countries import states
from r2p_analysis.run import Task, TaskResult, execute_all, make_plan
from r2p_analysis.run.cluster import LOCAL, execute_on_dask
from r2p_analysis.run.sending import Where
from r2p_analysis.workspace import find_workspace

ROOT = Path(__file__).parents[2]
WORKERS = 2
Way = Callable[[list[Task], Path], list[TaskResult]]


def pool(tasks: list[Task], log: Path) -> list[TaskResult]:
    """The local pool."""
    return execute_all(tasks, ROOT, WORKERS, log)


def dask(tasks: list[Task], log: Path) -> list[TaskResult]:
    """A cluster on this machine."""
    return execute_on_dask(LOCAL, tasks, Where(find_workspace(ROOT), log, None), WORKERS)


def seconds(way: Way, countries: int) -> float:
    """Time one run from nothing to the last executed notebook."""
    with tempfile.TemporaryDirectory() as folder:
        pages = [state.iso3 for state in states()][:countries]
        plan = make_plan(ROOT / "notebooks", Path(folder), 2016, focus=[], pages=pages)
        tasks = [task for task in plan if task.per == "country"]
        begun = time.perf_counter()
        results = way(tasks, Path(folder, "run.log"))
        took = time.perf_counter() - begun
    assert not [result.failure for result in results if result.failure]
    return took


def main(pairs: int, countries: int) -> None:
    """Measure and print each pair, and the median of the ratios."""
    ratios = []
    print(f"{countries} countries, {WORKERS} workers", f"{'pool':>8}{'Dask':>8}{'ratio':>8}", sep="\n", flush=True)
    for number in range(pairs):
        order: list[Way] = [pool, dask] if number % 2 == 0 else [dask, pool]
        took = {way: seconds(way, countries) for way in order}
        ratios.append(took[dask] / took[pool])
        print(f"{took[pool]:8.1f}{took[dask]:8.1f}{ratios[-1]:8.2f}", flush=True)
    print(f"median ratio {statistics.median(ratios):.2f} (target at most 1.3)")


if __name__ == "__main__":
    main(*(int(text) for text in (*sys.argv[1:3], *("2", "100")[len(sys.argv[1:3]) :])))
