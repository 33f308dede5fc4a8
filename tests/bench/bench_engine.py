"""How long country pages take to execute: papermill's plain way, a kernel each, forked, and the cells alone.

Run it from the root of the repository: ``python tests/bench/bench_engine.py [ROUNDS]``. The ways are measured side by
side, in turn, and medians are compared; every way runs the same pages one at a time. Starting the warm process is told
apart, for it is paid once a build, not once a page.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = ("SYR", "YEM", "MMR", "COD")
NOTEBOOK = ROOT / "notebooks" / "country_profile.ipynb"


def plain(out: Path) -> float:
    """papermill by command line, one page after another; seconds a page."""
    begun = time.perf_counter()
    for code in PAGES:
        command = [sys.executable, "-m", "papermill", NOTEBOOK, out / f"{code}.ipynb", "-k", "python3", "-l", "python"]
        subprocess.run([*command, "-r", "country", code], check=True, capture_output=True, cwd=ROOT)
    return (time.perf_counter() - begun) / len(PAGES)


def ours(out: Path, engine: str) -> float:
    """One worker with an engine; seconds a page once the first page, which pays for the start, is there."""
    from r2p_analysis.run import execute_all, make_plan

    # The first page is made twice: once to pay for the start.
    tasks = [
        task
        for number, pages in enumerate([PAGES[:1], PAGES])
        for task in make_plan(ROOT / "notebooks", out / f"{engine}{number}", 2016, focus=[], pages=pages)
        if task.per == "country"
    ]
    ends: list[float] = []
    begun = time.perf_counter()
    results = execute_all(tasks, ROOT, 1, out / "log", lambda _: ends.append(time.perf_counter()), engine=engine)
    assert not [result.failure for result in results if result.failure]
    STARTS.setdefault(engine, []).append(ends[0] - begun)
    return (ends[-1] - ends[0]) / len(PAGES)


def alone(_: Path) -> float:
    """The cells alone in a warm process: the floor; seconds a page."""
    code = f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); import bench_engine; bench_engine.cells()"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=ROOT)
    return float(done.stdout.split()[-1])


def cells() -> None:
    """Run every page's cells here, the first page once more before the clock starts; print seconds a page."""
    import r2p_analysis.run.warm

    assert r2p_analysis.run.warm
    sources = ["".join(c["source"]) for c in json.loads(NOTEBOOK.read_text())["cells"] if c["cell_type"] == "code"]
    begun = 0.0
    for number, country in enumerate([PAGES[0], *PAGES]):
        if number == 1:
            begun = time.perf_counter()
        space: dict[str, object] = {}
        with contextlib.redirect_stdout(io.StringIO()):
            for source in sources:
                exec(compile(source, "cell", "exec"), space)
                if "country" in space and "report" not in space:
                    space |= {"edition": 2016, "country": country}
    print((time.perf_counter() - begun) / len(PAGES))


STARTS: dict[str, list[float]] = {}
WAYS: dict[str, Callable[[Path], float]] = {
    "papermill by command line": plain,
    "kernel, one worker": lambda out: ours(out, "kernel"),
    "forked, one worker": lambda out: ours(out, "fork"),
    "cells alone, warm": alone,
}


def main(rounds: int) -> None:
    """Measure and print medians and ratios."""
    os.environ |= {"R2P_RUN": "1", "R2P_HOME": str(ROOT), "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    took: dict[str, list[float]] = {name: [] for name in WAYS}
    for _ in range(rounds):
        for name, way in WAYS.items():
            with tempfile.TemporaryDirectory() as out:
                took[name].append(way(Path(out)))
    medians = {name: statistics.median(values) for name, values in took.items()}
    first, *_, floor = medians.values()
    print(f"{'way':28}{'s a page':>9}{'against plain':>15}{'of the floor':>14}")
    for name, median in medians.items():
        print(f"{name:28}{median:9.2f}{first / median:14.1f}x{median / floor:13.2f}x")
    for engine, values in STARTS.items():
        print(f"first page with {engine}, start included: {statistics.median(values):.2f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
