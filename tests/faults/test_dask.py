"""Tasks on Dask: the same bytes as here, files sent once, and one line for whatever is missing, other, or killed."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import psutil
import pytest
from distributed import Client, LocalCluster
from nbformat.v4 import new_code_cell, new_notebook

from r2p_analysis.errors import R2PError, UsageError
from r2p_analysis.run import Task, TaskResult, execute_all, make_plan, sending
from r2p_analysis.run.cluster import check_dask, execute_on_dask
from r2p_analysis.run.sending import Where
from r2p_analysis.workspace import Workspace, find_workspace

ROOT = Path(__file__).parents[2]
COUNTRIES = ("SYR", "TUV")
LIGHT = """from r2p_analysis.notebook import Column, begin, displacement, displacement_headlines
report = begin("NAME", edition)
world = displacement.world(report.tables, 2015, 2015)
told = displacement_headlines.world_total(displacement.record(report.tables, 2015), world)
report.show("total", told, subtitle="People, 2015.", subject="people", data=world, columns=[Column("people", "People")])
"""
KILL_WORKER = """import signal
def parent(pid):
    return int(open(f"/proc/{pid}/stat").read().rpartition(")")[2].split()[1])
os.kill(parent(parent(os.getppid())), signal.SIGKILL)
while True: pass
"""


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    """Two workers that are there before the build and after it, as anywhere else."""
    # A task counts as a killer at once: what would take four ends of workers takes one.
    options: dict[str, Any] = {"scheduler_kwargs": {"allowed_failures": 0}, "silence_logs": 50}
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, **options) as made:
        yield made


WITHOUT = "sys.modules['r2p_analysis'] = None"


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[str]:
    """A scheduler without workers, on a machine that lacks the package."""
    told = tmp_path / "scheduler.json"
    options = ("--port", "0", "--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", str(told))
    with process("scheduler", WITHOUT, *options):
        for _ in range(600):
            with contextlib.suppress(OSError, ValueError):
                yield json.loads(told.read_text())["address"]
                return
            time.sleep(0.1)
        pytest.fail("the scheduler did not start")


def worker(scheduler: str, before: str, threads: int = 1) -> contextlib.AbstractContextManager[psutil.Popen]:
    return process("worker", before, scheduler, "--no-nanny", "--nthreads", str(threads), "--no-dashboard")


@contextlib.contextmanager
def process(role: str, before: str, *arguments: str) -> Iterator[psutil.Popen]:
    """A process of Dask's that does something first: hide the package, or find another one."""
    code = f"import sys; {before}; from distributed.cli.dask_{role} import main; main()"
    command = [sys.executable, "-c", code, *arguments]
    started = psutil.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield started
    finally:
        with contextlib.suppress(psutil.NoSuchProcess):
            started.terminate()
            started.wait(30)


@pytest.fixture
def home(tmp_path: Path) -> Workspace:
    """A workspace with two light notebooks."""
    root = tmp_path / "home"
    (root / "notebooks").mkdir(parents=True)
    shutil.copytree(ROOT / "data", root / "data")
    shutil.rmtree(root / "data" / "claims")
    (root / "report.toml").write_text("[report]\nedition = 2016\n")
    for name in ("one", "two"):
        write(root, name, LIGHT.replace("NAME", name) + "report.finish()")
    return find_workspace(root)


def write(root: Path, name: str, code: str) -> None:
    cells = [new_code_cell("edition: int = 2016", metadata={"tags": ["parameters"]}), new_code_cell(code)]
    book = new_notebook(cells=cells, metadata={"r2p": {"title": name, "order": 1, "per": "edition"}})
    nbformat.write(book, root / "notebooks" / f"{name}.ipynb")


def run(
    home: Workspace, address: str, progress: Callable[[TaskResult], None] = lambda _: None
) -> dict[str, str | None]:
    """Execute all notebooks; give what went wrong with each."""
    tasks = make_plan(home.notebooks, home.outputs / "notebooks", 2016, focus=[], pages=[])
    results = execute_on_dask(address, tasks, Where(home, home.outputs / "run.log", None), 2, progress)
    assert [result.task for result in results] == tasks
    assert all((result.failure is None) == result.task.target.is_file() for result in results)
    assert all("\n" not in str(result.failure) for result in results)
    return {result.task.slug: result.failure for result in results}


def shown(tasks: list[Task]) -> dict[str, str]:
    """All cells and outputs; the time that each took is told beside them, and left out."""
    found = {}
    for task in tasks:
        book = nbformat.read(task.target, as_version=4)
        nbformat.validate(book)
        cells = [(cell.source, cell.get("outputs")) for cell in book.cells]
        found[task.slug] = json.dumps(cells)
        assert len(found[task.slug]) > 10_000, "an empty notebook would equal another"
    return found


def plan(out: Path) -> list[Task]:
    return make_plan(ROOT / "notebooks", out, 2016, focus=["SYR"], pages=COUNTRIES, topics=["violence"])


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What one local worker shows."""
    out = tmp_path_factory.mktemp("here")
    tasks = plan(out)
    assert not [r.failure for r in execute_all(tasks, ROOT, 1, out / "run.log") if r.failure]
    return shown(tasks)


# --- what is missing, or wrong


def test_without_dask_the_error_says_how_to_install_it_and_nothing_runs(home: Workspace) -> None:
    code = "import sys; sys.modules['distributed'] = None; from r2p_analysis.cli import main; main()"
    command = [sys.executable, "-c", code, "build", "--dask", "local"]
    done = subprocess.run(command, cwd=home.root, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == "r2p: --dask: Dask is not installed; install it with: pip install 'r2p-analysis[dask]'\n"
    assert not home.outputs.exists()


@pytest.mark.parametrize(
    "address", ["", "8786", "host:8786", "tcp://host", "http://host:8786", "tcp://:8786 x", "Local"]
)
def test_an_address_that_cannot_be_one_is_refused(address: str) -> None:
    with pytest.raises(UsageError, match="expected local or the address of a scheduler, tcp://HOST:PORT, got"):
        check_dask(address)


def test_a_scheduler_that_does_not_answer_is_one_line(home: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("r2p_analysis.run.cluster.CONNECT_SECONDS", 1)
    with pytest.raises(R2PError, match=r"--dask tcp://127.0.0.1:9: no scheduler answers there .*'dask scheduler'"):
        run(home, "tcp://127.0.0.1:9")


def test_a_scheduler_without_workers_is_one_line(
    home: Workspace, scheduler: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("r2p_analysis.run.cluster.WORKER_SECONDS", 0.2)
    with pytest.raises(R2PError, match="the scheduler has no worker; start one with 'dask worker tcp://"):
        run(home, scheduler)


def test_a_worker_without_the_package_is_one_line(home: Workspace, scheduler: str) -> None:
    with (
        worker(scheduler, WITHOUT),
        pytest.raises(R2PError, match=r"worker tcp://\S+ lacks a package \(.*r2p_analysis.*pip install"),
    ):
        run(home, scheduler)


def test_a_worker_with_other_code_is_refused_by_name_when_it_comes_late_too(
    home: Workspace, scheduler: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    with (tmp_path / "src" / "r2p_analysis" / "measures" / "funding.py").open("a") as module:
        module.write("# changed\n")
    refused = "could make other figures, for it has another measures/funding.py; install the"
    with worker(scheduler, f"sys.path.insert(0, {str(tmp_path / 'src')!r})"):
        with pytest.raises(R2PError, match=f"worker tcp://.* {refused}"):
            run(home, scheduler)
        monkeypatch.setattr(sending.Run, "_greet", lambda self: [])
        with pytest.raises(R2PError, match=f"worker that came late {refused}"):
            run(home, scheduler)
    assert not (home.outputs / "notebooks").exists()


def test_a_worker_that_comes_late_gets_the_files_and_the_scheduler_needs_no_package(
    home: Workspace, scheduler: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending.Run, "_greet", lambda self: [])
    # A user's own workspace, with no table of its own: the worker has those that the package carries.
    shutil.rmtree(home.root / "data")
    with (home.root / "report.toml").open("a") as settings:
        settings.write('[workspace]\nmade_by = "0.1.0"\n')
    home = find_workspace(home.root)
    assert home.base is not None
    with worker(scheduler, "pass", threads=2):
        assert run(home, scheduler) == {"one": None, "two": None}


@pytest.mark.parametrize(("lost", "line"), [("worker", "no worker is left"), ("scheduler", "the scheduler went away")])
def test_a_build_left_alone_ends_with_one_line_and_keeps_what_was_done(
    home: Workspace, scheduler: str, monkeypatch: pytest.MonkeyPatch, lost: str, line: str
) -> None:
    monkeypatch.setattr(sending, "LOOK_SECONDS", 1)
    monkeypatch.setattr("r2p_analysis.run.cluster.CONNECT_SECONDS", 3)
    done: list[str] = []
    with worker(scheduler, "pass") as only:

        def lose(result: TaskResult) -> None:
            monkeypatch.setattr(sending, "WORKER_SECONDS", 1)
            done.append(result.task.slug)
            kept = {"worker": only, "scheduler": next(p for p in psutil.process_iter(["cmdline"]) if is_of(p, home))}
            kept[lost].kill()

        with pytest.raises(R2PError, match=f"--dask {scheduler}: {line}.* what was done is kept"):
            run(home, scheduler, lose)
    assert [path.stem for path in (home.outputs / "notebooks").glob("*.ipynb")] == done


def is_of(process: psutil.Process, home: Workspace) -> bool:
    """Whether a process is this test's scheduler."""
    return str(home.root.parent / "scheduler.json") in (process.info["cmdline"] or ())


# --- the same bytes


@pytest.mark.parametrize("workers", [2, 4])
def test_no_number_of_local_workers_shows_anything_else(here: dict[str, str], tmp_path: Path, workers: int) -> None:
    tasks = plan(tmp_path)
    assert not [r.failure for r in execute_all(tasks, ROOT, workers, tmp_path / "run.log") if r.failure]
    assert shown(tasks) == here


def test_a_worker_killed_in_the_middle_changes_no_byte_and_leaves_no_process(
    here: dict[str, str], cluster: LocalCluster, tmp_path: Path
) -> None:
    tasks = plan(tmp_path)
    with Client(cluster, set_as_default=False) as client:
        victim = psutil.Process(min(client.run(os.getpid).values()))
    children: list[psutil.Process] = []
    came: list[str] = []

    def kill(result: TaskResult) -> None:
        if not came:
            children.extend(victim.children(recursive=True))
            victim.kill()
        came.append(result.task.slug)

    where = Where(find_workspace(ROOT), tmp_path / "run.log", None)
    results = execute_on_dask(cluster.scheduler_address, tasks, where, 2, kill)
    assert not [result.failure for result in results if result.failure]
    assert sorted(came) == sorted(here)
    assert shown(tasks) == here
    assert children, "it had a warm process and a hand"
    assert psutil.wait_procs(children, timeout=20)[1] == []


def test_a_build_on_dask_is_the_build_here_and_what_it_made_is_up_to_date(home: Workspace) -> None:
    on_dask = build(home, "pass", "--dask", "local")
    assert "one: ran because it never ran" in on_dask.pop("said")
    shutil.rmtree(home.outputs / "2016")
    kept = build(home, "pass", "--dask", "tcp://127.0.0.1:9")
    assert kept.pop("said") == "one: up to date\n", "no cluster is asked when nothing must run"
    shutil.rmtree(home.outputs)
    without = build(home, "sys.modules['distributed'] = None")
    assert "[1/1] one" in without.pop("said")
    assert on_dask == kept == without


def build(home: Workspace, before: str, *arguments: str) -> dict[str, Any]:
    """Build one topic; give what was said, and each file of the site."""
    code = f"import sys; {before}; from r2p_analysis.cli import main; main()"
    command = [sys.executable, "-c", code, "build", "--why", "--topic", "one", "--as-of", "2026-06-25", *arguments]
    done = subprocess.run(command, cwd=home.root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    files = [path for path in (home.outputs / "2016" / "site").rglob("*") if path.is_file()]
    return {"said": done.stderr, **{str(path): path.read_bytes() for path in files}}


# --- files travel once


def test_files_travel_once_and_only_those_that_changed(
    home: Workspace, cluster: LocalCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[list[str]] = []
    files = sending.Run._files

    def listen(self: sending.Run, lacking: Any) -> Any:
        sent.append([name for name, sha in hashes(home.root).items() if sha in lacking])
        return files(self, lacking)

    monkeypatch.setattr(sending.Run, "_files", listen)
    for number in range(3):
        write(home.root, f"more{number}", LIGHT.replace("NAME", "more") + "report.finish()")
    assert set(run(home, cluster.scheduler_address).values()) == {None}
    assert len(sent) == 1, "not for each task"
    with Client(cluster, set_as_default=False) as client:
        logs = client.run(lambda dask_worker: [list(map(str, e["keys"])) for e in dask_worker.transfer_incoming_log])
    fetched = {who: sum("r2p-files" in key for keys in log for key in keys) for who, log in logs.items()}
    assert max(fetched.values()) <= len(sent) + 2, "the module's other tests sent theirs"
    run(home, cluster.scheduler_address)
    assert len(sent) == 1, "all workers had all of it"
    package = home.root / "data" / "datapackage.json"
    package.write_text(package.read_text() + "\n")
    assert set(run(home, cluster.scheduler_address).values()) == {None}
    assert sent[1:] == [["data/datapackage.json"]]


def hashes(root: Path) -> dict[str, str]:
    from r2p_analysis.store.files import sha256_of

    return {
        path.relative_to(root).as_posix(): sha256_of(path.read_bytes())
        for folder in ("data", "notebooks")
        for path in (root / folder).rglob("*")
        if path.is_file()
    }


# --- failing alone


def test_what_ends_processes_and_workers_fails_alone(home: Workspace, cluster: LocalCluster) -> None:
    write(home.root, "raising", LIGHT.replace("NAME", "raising") + "raise ValueError('so\\nit is')")
    write(home.root, "recordless", LIGHT.replace("NAME", "recordless"))
    pids = home.root / "pids"
    told = f"import os\nwith open({str(pids)!r}, 'a') as file: file.write(f'{{os.getpid()}}\\n')\n"
    write(home.root, "hand", told + "import signal\nos.kill(os.getppid(), signal.SIGKILL)\nwhile True: pass")
    write(home.root, "killer", told + KILL_WORKER)
    failures = run(home, cluster.scheduler_address)
    counted = [int(line) for line in pids.read_text().split()]
    assert len(counted) > 3, "both were tried again"
    # Soon, not at once: on a busy machine what ends them has to get its turn. Left alone they would count for minutes.
    until = time.monotonic() + 20
    while (left := [pid for pid in counted if psutil.pid_exists(pid)]) and time.monotonic() < until:
        time.sleep(0.1)
    assert left == [], "their cells count for ever"
    assert failures.pop("raising") == "raising (raising), cell 2: ValueError: so it is"
    assert "expected one record at its end" in str(failures.pop("recordless"))
    assert str(failures.pop("hand")).startswith("hand (hand): its process was ended from outside, perhaps for want of")
    assert failures.pop("killer") == "killer (killer): every worker that ran it was ended, perhaps for want of memory"
    assert failures == {"one": None, "two": None}
