"""How long a person waits for a country page after a save: with ``r2p serve --watch``, and with ``r2p build`` by hand.

Run it from the root of the repository: ``python tests/bench/bench_watch.py [ROUNDS]``. Both get the project's own
notebooks and tables and the same pages; in each round the country notebook is saved once for each of them. The watch is
timed until the page is made (by its own account), until Chromium shows the new text, and until the whole report stands.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "watch"))

import watchkit  # noqa: E402
from watchkit import COMMAND, Watched, save  # noqa: E402

REQUEST = ["--as-of", "2026-06-25"]
LONGEST_SECONDS = 1800.0


def workspace(home: Path) -> Path:
    """A copy of what a report is made from."""
    for name in ("notebooks", "data"):
        shutil.copytree(ROOT / name, home / name)
    shutil.copy(ROOT / "report.toml", home)
    return home


def told(number: int) -> str:
    """The country notebook with a sentence that no round had before."""
    book = json.loads((ROOT / "notebooks" / "country_profile.ipynb").read_text(encoding="utf-8"))
    book["cells"][0]["source"] = f"# Country profile\n\nRound {number}."
    return json.dumps(book)


def build(home: Path) -> float:
    """Seconds of ``r2p build``."""
    begun = time.perf_counter()
    subprocess.run([*COMMAND, "build", *REQUEST], cwd=home, check=True, capture_output=True)
    return time.perf_counter() - begun


def main(rounds: int) -> None:
    """Measure and print medians, the best, and ratios."""
    browser_path = os.environ.get("R2P_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    watchkit.PATIENCE = LONGEST_SECONDS
    took: dict[str, list[float]] = {
        name: [] for name in ("page made", "page reloaded", "whole report", "r2p build by hand")
    }
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        by_hand = workspace(Path(folder) / "by-hand")
        build(by_hand)
        watched = Watched(workspace(Path(folder) / "watched"), request=REQUEST)
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"])
        try:
            watched.settled()
            page = browser.new_page()
            page.goto(f"{watched.url}countries/SYR.html")
            # The first round is not counted: it pays for what is used for the first time.
            for number in range(rounds + 1):
                begun = time.perf_counter()
                save(watched.home, "country_profile", told(number))
                page.get_by_text(f"Round {number}.", exact=True).wait_for(timeout=LONGEST_SECONDS * 1000)
                reloaded = time.perf_counter() - begun
                made = float(watched.wait("shows what was saved").split()[-2])
                watched.settled()
                whole = time.perf_counter() - begun
                save(by_hand, "country_profile", told(number))
                again = build(by_hand)
                if number:
                    for name, seconds in zip(took, (made, reloaded, whole, again), strict=True):
                        took[name].append(seconds)
        finally:
            browser.close()
            watched.end()
    by_hand_median = statistics.median(took["r2p build by hand"])
    print(f"{'':20}{'median s':>10}{'best s':>10}{'against by hand':>18}")
    for name, values in took.items():
        median = statistics.median(values)
        print(f"{name:20}{median:10.2f}{min(values):10.2f}{by_hand_median / median:17.1f}x")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
