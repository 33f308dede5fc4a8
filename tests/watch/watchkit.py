"""A small workspace that is watched, and how to look at it from outside."""

from __future__ import annotations

import hashlib
import json
import os
import queue
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, writes

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-c", "from r2p_analysis.cli import main; main()"]
REQUEST = ["--country", "SYR", "--country", "YEM", "--as-of", "2026-06-25", "--workers", "2"]
BEGIN = "from r2p_analysis.notebook import Column, begin, displacement, displacement_headlines\n"
SHOW = """report = begin("NAME", edition)
world = displacement.world(report.tables, 2015, 2015)
told = displacement_headlines.world_total(displacement.record(report.tables, 2015), world)
report.show("total", told, subtitle="People, 2015.", subject="people", data=world, columns=[Column("people", "People")])
report.finish()
"""
PATIENCE = 240.0
"""Seconds after which a test gives up, on a machine that does much else."""


def notebook(name: str, text: str = "As it was.", *, code: str = SHOW, per: str = "edition", long: bool = False) -> str:
    """The text of a notebook; `text` shows on its page."""
    parameters = "edition: int = 2016" + ('\ncountry: str = "SYR"' if per == "country" else "")
    cells = [
        new_markdown_cell(f"# {name.title()}\n\n{text}"),
        *([new_markdown_cell("\n\n".join(f"Line {n}." for n in range(60)))] if long else []),
        new_code_cell(parameters, metadata={"tags": ["parameters"]}),
        new_code_cell(BEGIN + code.replace("NAME", name)),
        *([new_markdown_cell("\n\n".join(f"Line {n}." for n in range(60)))] if long else []),
    ]
    if long:
        cells[-1], cells[-2] = cells[-2], cells[-1]
    for number, cell in enumerate(cells):
        cell["id"] = f"c{number}"
    book = new_notebook(cells=cells)
    book.metadata["r2p"] = {"title": name.title(), "order": 1, "per": per}
    return writes(book)


def workspace(home: Path) -> Path:
    """A workspace with a topic and a page for each country."""
    (home / "notebooks").mkdir(parents=True)
    shutil.copytree(ROOT / "data", home / "data")
    shutil.rmtree(home / "data" / "claims")
    (home / "report.toml").write_text("[report]\nedition = 2016\n")
    save(home, "plain", notebook("plain"))
    save(home, "profile", notebook("profile", per="country", long=True))
    return home


def save(home: Path, name: str, text: str) -> None:
    """Save a notebook as editors do: under another name first."""
    aside = home / "notebooks" / f".~{name}"
    aside.write_text(text, encoding="utf-8")
    aside.replace(home / "notebooks" / f"{name}.ipynb")


def fresh_build(home: Path, out: Path) -> Path:
    """What `r2p build` makes of the same workspace, from nothing."""
    shutil.rmtree(out, ignore_errors=True)
    copy = out / "workspace"
    shutil.copytree(home, copy, ignore=shutil.ignore_patterns("outputs"))
    done = subprocess.run([*COMMAND, "build", *REQUEST], cwd=copy, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 4), done.stderr
    return copy / "outputs" / "2016" / "site"


def bytes_of(folder: Path) -> dict[str, str]:
    """The checksums of all files below a folder."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


class Watched:
    """`r2p serve --watch` in a process of its own."""

    def __init__(self, home: Path, *more: str, request: list[str] = REQUEST) -> None:
        self.home = home
        self.site = home / "outputs" / "2016" / "site"
        self.lines: list[str] = []
        self._queue: queue.Queue[str | None] = queue.Queue()
        self.process = subprocess.Popen(
            [*COMMAND, "serve", "--watch", "--port", "0", *request, *more],
            cwd=home,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        threading.Thread(target=self._read, daemon=True).start()
        self.url = re.search(r"http://127\.0\.0\.1:\d+/", self.wait("Ctrl-C ends it"))[0]

    def _read(self) -> None:
        for line in self.process.stdout:
            self._queue.put(line.rstrip("\n"))
        self._queue.put(None)

    def wait(self, part: str) -> str:
        """Wait for a line that holds something; those before it are gone through."""
        end = time.monotonic() + PATIENCE
        while True:
            line = self._queue.get(timeout=max(0.1, end - time.monotonic()))
            assert line is not None, f"ended before {part!r}: {self.lines}"
            self.lines.append(line)
            if part in line:
                return line

    def settled(self) -> None:
        """Wait until the whole report stands."""
        self.wait("the whole report stands")

    def get(self, path: str) -> tuple[int, str, dict[str, str]]:
        """Ask for a page."""
        try:
            with urllib.request.urlopen(self.url + path, timeout=60) as answer:
                return answer.status, answer.read().decode(), dict(answer.headers)
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode(), dict(error.headers)

    def until(self, path: str, part: str) -> str:
        """Ask for a page until it holds something."""
        return until(lambda: (page := self.get(path)[1]) and part in page and page)

    def descendants(self) -> set[int]:
        """The processes that it started, and those that they did."""
        listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
        parents = {int(child): int(parent) for child, parent in (line.split() for line in listed.splitlines())}
        found, todo = set(), [self.process.pid]
        while todo:
            parent = todo.pop()
            children = [child for child, its in parents.items() if its == parent]
            found.update(children)
            todo += children
        return found

    def end(self) -> float:
        """Press Ctrl-C; give the seconds until it ended."""
        begun = time.monotonic()
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGINT)
        self.process.wait(timeout=60)
        took = time.monotonic() - begun
        while (line := self._queue.get(timeout=10)) is not None:
            self.lines.append(line)
        return took


def until(look: Callable[[], Any]) -> Any:
    """Look until there is something."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found := look():
            return found
        time.sleep(0.05)
    raise AssertionError("it did not come")


def alive(pids: set[int]) -> set[int]:
    """Those of some processes that still run."""
    found = set()
    for pid in pids:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        if state not in "ZX":
            found.add(pid)
    return found


def spoilt(text: str) -> str:
    """The first half of a notebook."""
    json.loads(text)
    return text[: len(text) // 2]
