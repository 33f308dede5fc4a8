"""A process that is killed, or asks for too much memory, costs its own page and no other."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import nbformat
import psutil
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from r2p_analysis.run import Task, TaskResult, execute_all

RECORD = (
    "from IPython.display import display\ndisplay({'application/vnd.r2p.record.v1+json': {'exhibits': []}}, raw=True)"
)
ONCE = """import os, pathlib, signal
seen = pathlib.Path({seen!r})
if not seen.exists():
    seen.touch()
    os.kill(os.getppid(), signal.SIGKILL)
    signal.pause()
"""
ALWAYS = "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)\nsignal.pause()"
GREEDY = "import numpy\nlarge = numpy.ones(600_000_000)"
pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="the forked child's parent is the worker; its data are bounded"
)


def task(folder: Path, name: str, code: str) -> Task:
    book = new_notebook(cells=[new_code_cell(code, id="a"), new_code_cell(RECORD, id="b")])
    nbformat.write(book, folder / f"{name}.ipynb")
    return Task(name, "edition", name, name.title(), folder / f"{name}.ipynb", folder / "out" / f"{name}.ipynb", {})


def run(folder: Path, workers: int, **codes: str) -> dict[str, TaskResult]:
    tasks = [task(folder, name, code) for name, code in codes.items()]
    told: list[str] = []
    results = execute_all(tasks, folder, workers, folder / "log", lambda result: told.append(result.task.slug))
    assert sorted(told) == sorted(codes), "each task is told once"
    assert [result.task.slug for result in results] == list(codes)
    return {result.task.slug: result for result in results}


def test_what_was_under_way_when_a_process_was_killed_is_run_again(tmp_path: Path) -> None:
    once = ONCE.format(seen=str(tmp_path / "seen"))
    results = run(tmp_path, 2, once=once, **{f"good{number}": "1 + 1" for number in range(4)})

    assert {result.failure for result in results.values()} == {None}
    assert all((tmp_path / "out" / f"{name}.ipynb").is_file() for name in results)


def test_what_kills_its_process_each_time_fails_alone(tmp_path: Path) -> None:
    results = run(tmp_path, 2, always=ALWAYS, good="1 + 1", other="2 + 2")

    failure = results["always"].failure
    assert failure
    assert "always (always): its process was ended from outside each time" in failure
    assert results["good"].failure is results["other"].failure is None


def test_too_much_memory_is_refused_to_the_cell_that_asks(tmp_path: Path) -> None:
    results = run(tmp_path, 1, greedy=GREEDY, good="1 + 1")

    failure = results["greedy"].failure
    assert failure
    assert "MemoryError" in failure
    assert results["good"].failure is None


def test_a_killed_build_leaves_no_process_behind(tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    driver = f"""
from pathlib import Path
from test_workers import task
from r2p_analysis.run import execute_all
folder = Path({str(tmp_path)!r})
execute_all([task(folder, "slow", (folder / "code").read_text())], folder, 1, folder / "log")
"""
    (tmp_path / "code").write_text(f"import pathlib, time\npathlib.Path({str(begun)!r}).touch()\ntime.sleep(600)")
    child = subprocess.Popen([sys.executable, "-c", driver], cwd=Path(__file__).parent)
    wait_for(begun.exists)
    family = psutil.Process(child.pid).children(recursive=True)
    assert len(family) >= 3
    child.kill()
    child.wait()

    wait_for(lambda: not any(alive(process) for process in family))


POOL = """
from concurrent.futures import ProcessPoolExecutor
from r2p_analysis.run import processes
from r2p_analysis.workspace.parents import follow_parent
from test_workers import write_for_ever
with processes(Path({folder!r}), {engine!r}) as ready, ProcessPoolExecutor(1, ready.context, follow_parent) as pool:
    pool.submit(write_for_ever, Path({begun!r})).result()
"""
RENDERER = """
from r2p_analysis.exhibits.render import Renderer
renderer = Renderer(Path({folder!r}))
renderer.render([{{"data": {{"values": [{{}}]}}, "mark": "point"}}])
Path({begun!r}).touch()
import time; time.sleep(600)
"""


@pytest.mark.parametrize(
    ("driver", "engine"), [(POOL, "fork"), (POOL, "kernel"), (RENDERER, "")], ids=["forked", "spawned", "renderer"]
)
def test_those_who_write_and_draw_end_with_a_build_that_is_killed(tmp_path: Path, driver: str, engine: str) -> None:
    """They waited for ever on a queue whose other end they held themselves."""
    begun = tmp_path / "begun"
    code = "from pathlib import Path\n" + driver.format(folder=str(tmp_path), begun=str(begun), engine=engine)
    child = subprocess.Popen([sys.executable, "-c", code], cwd=Path(__file__).parent)
    wait_for(begun.exists)
    family = psutil.Process(child.pid).children(recursive=True)
    assert family
    child.kill()
    child.wait()

    wait_for(lambda: not any(alive(process) for process in family))


def write_for_ever(begun: Path) -> None:
    begun.touch()
    time.sleep(600)


def alive(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def wait_for(come: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not come():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_what_a_process_held_is_told(tmp_path: Path) -> None:
    small = run(tmp_path, 1, small="1 + 1")["small"].peak
    large = run(tmp_path, 1, large="large = bytearray(300_000_000)")["large"].peak

    assert small
    assert large
    assert large - small > 200_000_000
