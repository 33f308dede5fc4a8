"""A notebook run in a forked child comes out as from the ordinary kernel, also when it goes wrong."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
import tomllib
from multiprocessing import forkserver
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from r2p_analysis.errors import UsageError
from r2p_analysis.run import check_engine, starting

DRIVER = Path(__file__).with_name("papermill_driver.py")
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a fork is safe on Linux only")

ALIKE = {
    "order": [
        "from IPython.display import display, HTML, clear_output\nimport os, sys",
        "print('one')\ndisplay(HTML('<b>two</b>'))\nprint('three')\n'four'",
        "handle = display('before', display_id='x')\nprint(edition)",
        "handle.update('after')",
        "print('gone')\nclear_output()\nprint('left')",
        "5;",
        "_ , In[2][:5], Out[2]",
        "print('err', file=sys.stderr)",
        "display({'application/vnd.r2p.test+json': {'nan': [1, 2.5, None]}, 'text/plain': 'x'}, raw=True)",
    ],
    "magics": [
        "%%capture taken\nprint('hidden')",
        "taken.stdout",
        "%env R2P_NONE=1\n",
        "names = !echo from a shell\nnames",
    ],
    "rewriting": [
        "state = 1\nhere = get_ipython()",
        "here.input_transformers_cleanup.append(lambda lines: [f'print({state})'] if lines == ['say\\n'] else lines)",
        "say",
        "state = 2",
        "say",
    ],
    "error": ["def f():\n    raise ValueError('no <such> figure')", "print('before')\nf()", "print('never')"],
    "syntax": ["x = = 1", "print('never')"],
    "exit_badly": ["import sys\nsys.exit(3)", "print('never')"],
    "asking": ["input('name? ')"],
    "asking_secretly": ["import getpass\ngetpass.getpass()"],
    "top_level_await": ["import asyncio\nawait asyncio.sleep(0)\nprint('slept')"],
    "main": ["class A: pass", "import pickle\nprint(__name__, type(pickle.loads(pickle.dumps(A()))).__name__)"],
    "no_parameters": ["print(edition)"],
}
OURS = {
    "below": [
        "import os, ctypes, sys",
        "print('1 python')\nos.system('echo 2 shell')\nctypes.CDLL(None).write(1, b'3 c\\n', 4)",
        "os.write(2, b'4 err\\n')\nprint('5')",
    ],
    "huge": ["print('x' * 5_000_000)", "import os\nos.write(1, b'y' * 3_000_000)\nprint()"],
    "hangs": ["import time\nprint('begun', flush=True)\ntime.sleep(600)", "print('never')"],
    "hangs_below": ["import os\nos.system('echo $$; sleep 600')"],
    "killed": ["import os, signal\nprint('last words')\nos.kill(os.getpid(), signal.SIGKILL)"],
    "leaves_a_process": [
        "import os\nif os.fork() == 0:\n    import time\n    time.sleep(600)\n    os._exit(0)",
        "import signal\nos.kill(os.getpid(), signal.SIGKILL)",
    ],
    "seeds": ["import numpy, random\nprint(numpy.random.random(), random.random())"],
    "seeds_again": ["import numpy, random\nprint(numpy.random.random(), random.random())"],
    "timed": ["%time sum(range(1000))"],
}


def write(folder: Path, name: str, sources: list[str]) -> None:
    cells: list[Any] = [new_code_cell("edition = 2016", metadata={"tags": ["parameters"], "keep": 1})]
    cells = [new_markdown_cell("# T"), *(cells if name != "no_parameters" else []), *map(new_code_cell, sources)]
    nbformat.write(new_notebook(cells=cells), folder / f"{name}.ipynb")


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("books")
    for name, sources in ALIKE.items():
        write(folder, name, sources)
    subprocess.run([sys.executable, DRIVER, folder, "kernel"], check=True, timeout=300)
    for name, sources in OURS.items():
        write(folder, name, sources)
    subprocess.run([sys.executable, DRIVER, folder, "fork"], check=True, timeout=300)
    return folder


def read(folder: Path, engine: str, name: str) -> tuple[Any, str]:
    error = folder / engine / f"{name}.error"
    path = folder / engine / f"{name}.ipynb"
    book = nbformat.read(path, as_version=4) if path.exists() else None
    if book is not None:
        nbformat.validate(book)
    return book, error.read_text() if error.exists() else ""


def plain(text: str) -> str:
    """Leave out colours and the kernel's temporary names."""
    return re.sub(r"/tmp/ipykernel_\d+/\d+\.py|\b\d+\.py", "FILE", re.sub(r"\x1b\[[0-9;]*m", "", text))


def essence(book: Any) -> list[Any]:
    shown = []
    for cell in book.cells:
        meta = {key: value for key, value in cell.metadata.items() if key not in ("papermill", "execution")}
        outputs: list[Any] = []
        for output in cell.get("outputs", []):
            if output.output_type == "stream" and outputs and outputs[-1].get("name") == output.name:
                outputs[-1]["text"] += output.text
            elif output.output_type == "error":
                # Where input is refused the trace goes through the engine's own lines.
                trace = "" if output.ename == "StdinNotImplementedError" else plain("\n".join(output.traceback))
                outputs.append({**output, "evalue": plain(output.evalue), "traceback": trace})
            else:
                outputs.append(dict(output))
        shown.append((cell.cell_type, cell.source, cell.get("execution_count"), meta, outputs))
    return [line for line in shown if "papermill-error" not in str(line)]


@pytest.mark.parametrize("name", ALIKE)
def test_outputs_errors_and_metadata_never_differ_from_the_kernels(done: Path, name: str) -> None:
    (ours, our_error), (theirs, their_error) = read(done, "fork", name), read(done, "kernel", name)
    assert essence(ours) == essence(theirs)
    assert plain(our_error).splitlines()[-1:] == plain(their_error).splitlines()[-1:]
    assert ours.metadata.language_info.name == "python"


def text(book: Any, name: str = "stdout") -> str:
    return "".join(o.text for c in book.cells for o in c.get("outputs", []) if o.get("name") == name)


def test_what_c_code_and_other_processes_write_stands_in_its_place(done: Path) -> None:
    book, error = read(done, "fork", "below")
    assert not error
    assert text(book) == "1 python\n2 shell\n3 c\n5\n"
    assert text(book, "stderr") == "4 err\n"


def test_huge_output_is_neither_lost_nor_blocks(done: Path) -> None:
    book, error = read(done, "fork", "huge")
    assert not error
    assert text(book) == "x" * 5_000_000 + "\n" + "y" * 3_000_000 + "\n"


@pytest.mark.parametrize("name", ["hangs", "hangs_below"])
def test_a_cell_that_hangs_is_stopped_with_all_that_it_started(done: Path, name: str) -> None:
    _, error = read(done, "fork", name)
    assert error.startswith("CellTimeoutError")
    assert "timed out" in error


def test_nothing_that_a_cell_started_outlives_the_time_limit(done: Path) -> None:
    # By its own number: another run of these tests may have the same command under way.
    told = text(read(done, "fork", "hangs_below")[0]).split()
    assert told, "the shell wrote its number before it slept"
    command = Path("/proc") / told[0] / "cmdline"
    assert not command.exists() or b"sleep 600" not in command.read_bytes()


@pytest.mark.parametrize("name", ["killed", "leaves_a_process"])
def test_a_killed_child_is_told_by_its_signal(done: Path, name: str) -> None:
    _, error = read(done, "fork", name)
    assert "ended by signal SIGKILL" in error


def test_two_children_never_share_random_numbers(done: Path) -> None:
    one, other = (text(read(done, "fork", name)[0]).split() for name in ("seeds", "seeds_again"))
    assert len(one) == len(other) == 2
    assert not set(one) & set(other)


def test_times_are_printed(done: Path) -> None:
    assert "Wall time" in text(read(done, "fork", "timed")[0])


def test_an_unknown_engine_is_refused_with_those_there_are() -> None:
    with pytest.raises(UsageError, match='expected kernel or fork, got "frok"'):
        check_engine("frok")


def test_where_a_fork_is_not_safe_the_kernel_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starting.sys, "platform", "darwin")
    assert check_engine(None) == "kernel"
    with pytest.raises(UsageError, match="not on darwin"):
        check_engine("fork")


def test_a_process_with_another_thread_never_forks() -> None:
    code = (
        "import threading, time; from r2p_analysis.run import fork\n"
        "threading.Thread(target=time.sleep, args=(30,), daemon=True).start()\n"
        "fork.Child()"
    )
    begun = time.monotonic()
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert "must not fork: --engine kernel" in done.stderr
    assert time.monotonic() - begun < 25


def test_papermill_can_load_the_entry_point_while_it_is_imported_itself() -> None:
    """An entry point that imports papermill would find it half made, and no installed copy could build."""
    declared = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text(encoding="utf-8"))
    module, _, name = declared["project"]["entry-points"]["papermill.engine"]["r2p-fork"].partition(":")
    code = f"import sys, {module} as entry; entry.{name}.execute_notebook; sys.exit('papermill' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_what_a_worker_has_used_is_not_kept_from_the_collector() -> None:
    code = (
        "import gc\nfrom r2p_analysis.run.fork import Child\nChild().end()\nfrozen = gc.get_freeze_count()\n"
        "Child().end()\nprint(gc.get_freeze_count() - frozen)"
    )
    environment = {**os.environ, **starting.ENVIRONMENT}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=True, env=environment
    )
    # The child that ended meanwhile may have been among what was frozen; nothing was added.
    assert int(done.stdout) <= 0


def test_a_fork_server_that_nobody_needs_ends_at_once(tmp_path: Path) -> None:
    begun = time.monotonic()
    with starting.processes(tmp_path, "fork"):
        server = forkserver._forkserver._forkserver_pid
        assert server
    # What it loads takes longer than this.
    assert time.monotonic() - begun < 0.7
    with pytest.raises(ProcessLookupError):
        os.kill(server, 0)
    assert os.environ.get("R2P_HOME") != str(tmp_path)


def test_altair_loads_no_grammar_of_addresses_until_one_is_checked() -> None:
    """JupyterLab brings the grammar, and compiling it would take half the time of every start."""
    code = (
        "import sys, r2p_analysis.notebook\n"
        "assert not {'lark', 'rfc3987_syntax'} & set(sys.modules)\n"
        "from jsonschema import Draft202012Validator as V\nfrom jsonschema.exceptions import FormatError\n"
        "V.FORMAT_CHECKER.check('https://example.org/\u00e9', 'iri')\n"
        "try: V.FORMAT_CHECKER.check('no address', 'iri')\n"
        "except FormatError: print('refused')\n"
        "import rfc3987_syntax; assert rfc3987_syntax.__file__"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)
    assert (done.stdout, done.stderr) == ("refused\n", "")
