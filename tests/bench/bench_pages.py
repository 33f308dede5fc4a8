"""How soon pages are seen: largest contentful paint in Chromium, from a disk and from a server.

Run it from the root of the repository after a build: ``python tests/bench/bench_pages.py SITE [ROUNDS]``. Every round
opens each page in a new context, with nothing kept from before; medians and the slowest are printed, in milliseconds.
"""

from __future__ import annotations

import functools
import os
import shutil
import statistics
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

NAMES = ("index.html", "displacement.html", "violence.html", "law.html", "claims.html", "compare/SYR-YEM.html")
COUNTRIES = ("SYR", "COD", "UKR", "TUV", "CHE")
PAINT = """() => new Promise(done => new PerformanceObserver(list => {
  const last = list.getEntries().at(-1);
  done([last.startTime, last.element ? last.element.tagName.toLowerCase() : '']);
}).observe({type: 'largest-contentful-paint', buffered: true}))"""


class Quiet(SimpleHTTPRequestHandler):
    """A server that keeps its counsel."""

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve a folder; give its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site))) as listening:
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{listening.server_address[1]}/"
        listening.shutdown()


def paint(browser: Browser, address: str) -> tuple[float, str]:
    """Milliseconds to the largest paint of a page, and what was painted."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(address, wait_until="load")
    took, element = page.evaluate(PAINT)
    context.close()
    return took, element


def main(site: Path, rounds: int) -> None:
    """Measure and print."""
    names = [name for name in (*NAMES, *(f"countries/{code}.html" for code in COUNTRIES)) if (site / name).is_file()]
    chromium = os.environ.get("R2P_CHROMIUM") or shutil.which("chromium")
    took: dict[tuple[str, str], list[float]] = {}
    elements: dict[str, str] = {}
    with served(site) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for root in [site.resolve().as_uri() + "/", server] * rounds:
            for name in names:
                milliseconds, elements[name] = paint(browser, root + name)
                took.setdefault((root, name), []).append(milliseconds)
        browser.close()
        print(f"{'page':24}{'file':>8}{'slowest':>9}{'http':>8}{'slowest':>9}  largest")
        for name in names:
            ways = [took[root, name] for root in (site.resolve().as_uri() + "/", server)]
            figures = "".join(f"{statistics.median(way):8.0f}{max(way):9.0f}" for way in ways)
            print(f"{name:24}{figures}  {elements[name]}")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("usage: python tests/bench/bench_pages.py SITE [ROUNDS]")
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 5)
