"""What a country page, an edition and a growing number of countries cost, beside papermill and nbconvert.

Run it from the root of the repository: ``make bench``, or ``python tests/bench/bench_report.py PART [ROUNDS]`` with
PART one of pages, edition, growth. All ways are measured in one run, in turn, on the project's own notebooks, and
medians are compared. Ours starts without any cache and ends with a site: static pictures, tables, downloads, search,
the ledger. The plain way ends with one HTML page a notebook, which draws its charts by script.
"""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Self

import psutil

ROOT = Path(__file__).parents[2]
COUNTRY = ROOT / "notebooks" / "country_profile.ipynb"
TOPIC = ROOT / "notebooks" / "displacement.ipynb"
PLAIN = ("SYR", "YEM", "MMR", "COD")
MANY = 50
CORES = 2
COMMAND = [sys.executable, "-c", "from r2p_analysis.cli import main; main()"]


class Watch:
    """How long something takes, and how much memory its processes hold together at most."""

    def __init__(self, processes: Callable[[], Sequence[psutil.Process]]) -> None:
        self._processes = processes
        self._over = threading.Event()
        self.seconds = 0.0
        self.megabytes = 0.0

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._begun = time.perf_counter()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.seconds = time.perf_counter() - self._begun
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(0.25):
            held = 0
            for process in self._processes():
                # What processes share counts once: each has its part of it.
                with contextlib.suppress(psutil.Error):
                    held += process.memory_full_info().pss
            self.megabytes = max(self.megabytes, held / 1e6)


def below(process: int) -> Callable[[], Sequence[psutil.Process]]:
    """Give the way to ask for a process and all below it."""

    def tree() -> Sequence[psutil.Process]:
        try:
            top = psutil.Process(process)
            return [top, *top.children(recursive=True)]
        except psutil.Error:
            return []

    return tree


def run(command: Sequence[object], home: Path) -> Watch:
    """Run a command to its end."""
    environment = {**os.environ, "R2P_HOME": str(home)}
    child = subprocess.Popen(
        [str(part) for part in command], cwd=home, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    with Watch(below(child.pid)) as watch:
        _, said = child.communicate()
    if child.returncode:
        raise SystemExit(f"{command[:6]} ended with {child.returncode}: {said.decode()[-500:]}")
    return watch


@contextlib.contextmanager
def workspace() -> Iterator[Path]:
    """Give a workspace of its own, with nothing in its caches."""
    with tempfile.TemporaryDirectory(prefix="r2p-bench-") as folder:
        home = Path(folder, "home")
        subprocess.run([*COMMAND, "init", home], check=True, capture_output=True, cwd=folder)
        yield home


def ours(countries: Sequence[str], workers: int) -> tuple[Watch, Path | None]:
    """Build a site with one topic and these countries, cold; give the watch and a country page."""
    with workspace() as home:
        asked = [part for code in countries for part in ("--country", code)]
        watch = run([*COMMAND, "build", "--topic", "displacement", *asked, "--workers", workers], home)
        page = home / "outputs" / "2016" / "site" / "countries" / "SYR.html"
        kept = Path(tempfile.gettempdir(), "r2p-bench-ours.html")
        if page.is_file():
            shutil.copyfile(page, kept)
        return watch, kept


def command_line(notebooks: Sequence[tuple[Path, dict[str, Any]]]) -> tuple[float, Path]:
    """papermill, then nbconvert, one notebook after another; seconds for all, and the last page."""
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        for source, parameters in notebooks:
            done = Path(folder, source.name)
            given = [part for name, value in parameters.items() for part in ("-p", name, value)]
            run([sys.executable, "-m", "papermill", source, done, "-k", "python3", "-l", "python", *given], ROOT)
            run([sys.executable, "-m", "nbconvert", "--to", "html", done], ROOT)
        took = time.perf_counter() - begun
        kept = Path(tempfile.gettempdir(), "r2p-bench-plain.html")
        shutil.copyfile(done.with_suffix(".html"), kept)
    return took, kept


def _keep_quiet() -> None:
    # Kernels' interrupts reach idle processes too, and kernels warn about their sockets.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def _by_api(country: str) -> int:
    os.environ |= {"R2P_HOME": str(ROOT)}
    from nbconvert import HTMLExporter
    from papermill import execute_notebook

    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder, "page.ipynb")
        given = {"country": country}
        book = execute_notebook(
            str(COUNTRY), str(target), given, kernel_name="python3", language="python", progress_bar=False
        )
        text, _ = HTMLExporter().from_notebook_node(book)
    return len(text)


def by_api(countries: Sequence[str]) -> float:
    """papermill's and nbconvert's Python interfaces in two processes; seconds for all."""
    begun = time.perf_counter()
    with ProcessPoolExecutor(CORES, get_context("spawn"), _keep_quiet) as pool:
        assert all(pool.map(_by_api, countries))
    return time.perf_counter() - begun


def floor(countries: Sequence[str]) -> float:
    """The cells and the pictures alone of what `ours` makes, in two warm processes; seconds a page on both cores."""
    halves = [["topic", *countries[::CORES]], countries[1::CORES]]
    here = str(Path(__file__).parent)
    code = f"import sys; sys.path.insert(0, {here!r}); import bench_report; bench_report.alone(sys.argv[1:])"
    environment = {**os.environ, "R2P_HOME": str(ROOT), "R2P_RUN": "1", "OPENBLAS_NUM_THREADS": "1"}
    children = [
        subprocess.Popen(
            [sys.executable, "-c", code, *half], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
        )
        for half in halves
    ]
    told = [float(child.communicate()[0].split()[-1]) for child in children]
    # One has the topic too: as if they had shared it.
    return sum(told) / CORES / len(countries)


def alone(pages: Sequence[str]) -> None:
    """Run the cells of each page and draw its pictures here; print the seconds that all but a first country took."""
    import r2p_analysis.run.warm
    from r2p_analysis.exhibits import converting
    from r2p_analysis.exhibits.geometry import NAMES, geometry_of
    from r2p_analysis.exhibits.pixels import to_png
    from r2p_analysis.exhibits.render import Renderer, canonical, geometry_names
    from r2p_analysis.store import open_tables
    from r2p_analysis.workspace import find_workspace

    assert r2p_analysis.run.warm
    from IPython.core.interactiveshell import InteractiveShell

    with tempfile.TemporaryDirectory() as folder:
        renderer = Renderer(Path(folder), geometry=geometry_of(open_tables(find_workspace().data)), names=NAMES)
        shapes = {name: renderer._shape(name)[1] for name in NAMES}
        shell = InteractiveShell.instance()
        shown: list[dict[str, Any]] = []
        shell.display_pub.publish = lambda data, *_, **__: shown.append(data)  # type: ignore[method-assign]
        begun = 0.0
        for number, page in enumerate([pages[-1], *pages]):
            if number == 1:
                begun = time.perf_counter()
            shown.clear()
            run_cells(TOPIC if page == "topic" else COUNTRY, page)
            for data in shown:
                graphic = data.get("application/vnd.r2p.exhibit.v1+json", {}).get("graphic") or {}
                drawn = []
                for spec in graphic.get("layouts", {}).values():
                    text = canonical(spec)
                    drawn.append(converting.convert(text, {name: shapes[name] for name in geometry_names(text)}))
                # Pictures of pixels come with topics; with countries only where they are few.
                if drawn and page == "topic":
                    to_png(drawn[0].decode())
        print(time.perf_counter() - begun)


def run_cells(notebook: Path, country: str) -> None:
    """Run the cells of a notebook here."""
    space: dict[str, Any] = {}
    for cell in json.loads(notebook.read_text())["cells"]:
        if cell["cell_type"] == "code":
            exec(compile("".join(cell["source"]), "cell", "exec"), space)
            if "parameters" in cell["metadata"].get("tags", []):
                space |= {"edition": 2016, "country": country}


def pages(rounds: int) -> None:
    """Print what a country page costs, every way in turn."""
    from r2p_analysis.countries import states

    many = list(dict.fromkeys([*PLAIN, *(state.iso3 for state in states())]))[:MANY]
    took: dict[str, list[float]] = {}
    memory: dict[str, float] = {}
    weighed: dict[str, Path] = {}
    for _ in range(rounds):
        seconds, weighed["plain"] = command_line([(COUNTRY, {"country": code}) for code in PLAIN])
        took.setdefault("papermill and nbconvert by command line, one after another", []).append(seconds / len(PLAIN))
        took.setdefault("their Python interfaces, two processes", []).append(by_api(many[:8]) / 8)
        for workers in (1, CORES):
            watch, page = ours(many, workers)
            name = f"`r2p build`, {MANY} countries, {workers} worker{'s'[: workers - 1]}, start and site included"
            took.setdefault(name, []).append(watch.seconds / MANY)
            memory[name] = max(memory.get(name, 0), watch.megabytes)
            if page:
                weighed["ours"] = page
        took.setdefault("cells and pictures alone, two warm processes", []).append(floor(many))
    medians = {name: statistics.median(values) for name, values in took.items()}
    first, *_, last = medians.values()
    print(f"| way to make a country page ({psutil.cpu_count()} cores, {psutil.virtual_memory().total / 2**30:.0f} GiB) "
          "| s a page | times faster | of the floor | MB held |")  # fmt: skip
    print("|---|---|---|---|---|")
    for name, median in medians.items():
        held = f"{memory[name]:,.0f}" if name in memory else ""
        print(f"| {name} | {median:.2f} | {first / median:.1f} | {median / last:.2f} | {held} |")
    for name, path in weighed.items():
        content = path.read_bytes()
        packed = len(gzip.compress(content)) / 1e3
        print(f"page of Syria, {name}: {len(content) / 1e3:,.0f} kB, {packed:,.0f} kB compressed")


def edition(rounds: int) -> None:
    """Print what the default edition costs: cold, with nothing to do, and the plain way with the same notebooks."""
    took: dict[str, list[float]] = {}
    for _ in range(rounds):
        with workspace() as home:
            took.setdefault("r2p build, cold", []).append(run([*COMMAND, "build"], home).seconds)
            took.setdefault("r2p build, nothing to do", []).append(run([*COMMAND, "build"], home).seconds)
            manifest = json.loads((home / "outputs" / "2016" / "manifest.json").read_text())
        same = [
            (
                ROOT / "notebooks" / f"{page['notebook']}.ipynb",
                {"country": page["page"]} if "country" in page["parameters"] else {},
            )
            for page in manifest["pages"]
        ]
        took.setdefault(f"papermill and nbconvert, the same {len(same)} notebooks", []).append(command_line(same)[0])
    medians = {name: statistics.median(values) for name, values in took.items()}
    cold, idle, plain = medians.values()
    for name, median in medians.items():
        print(f"{name:52}{median:9.2f} s")
    print(f"cold, of the plain way: {cold / plain:.3f}; nothing to do, of cold: {idle / cold:.4f}")


def growth(_: int) -> None:
    """Print how time and memory grow with the number of countries."""
    from r2p_analysis.countries import states

    codes = [state.iso3 for state in states()]
    print(
        "| countries | s in all | s a page | s for each page more | MB held by all processes |\n|---|---|---|---|---|"
    )
    before: tuple[int, float] | None = None
    for number in (10, 50, len(codes)):
        # Spread over the alphabet, so that a few have about as much to show as many.
        some = [codes[round(place * len(codes) / number)] for place in range(number)]
        watch, _page = ours(some, CORES)
        more = f"{(watch.seconds - before[1]) / (number - before[0]):.2f}" if before else ""
        print(
            f"| {number} | {watch.seconds:.0f} | {watch.seconds / number:.2f} | {more} | {watch.megabytes:,.0f} |",
            flush=True,
        )
        before = number, watch.seconds


PARTS: dict[str, Callable[[int], None]] = {"pages": pages, "edition": edition, "growth": growth}

if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in PARTS:
        raise SystemExit(f"expected one of {', '.join(PARTS)}")
    PARTS[sys.argv[1]](int(sys.argv[2]) if len(sys.argv) > 2 else 3)
