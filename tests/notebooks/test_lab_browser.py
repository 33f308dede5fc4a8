"""JupyterLab itself, in a browser: the launcher is opened and run, and its charts are drawn by JupyterLab."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, sync_playwright

from r2p_analysis.workspace import make_workspace

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ROOT = Path(__file__).parents[2]
LIVE = ".jp-RenderedVegaCommon5 svg.marks"
QUIET = {
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    # Every cell is in the page, also those that are out of sight.
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
    "@jupyterlab/apputils-extension:themes": {"theme": "JupyterLab Light"},
}


def free_port() -> int:
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        return int(chosen.getsockname()[1])


def settings_of(home: Path) -> Path:
    """Write settings that ask nothing of the network and no question of the reader."""
    folder = home / "lab-settings"
    for name, content in QUIET.items():
        package, plugin = name.split(":")
        path = folder / package / f"{plugin}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """A JupyterLab on the notebooks of a new workspace: its address, and its token."""
    pytest.importorskip("jupyterlab")
    top = tmp_path_factory.mktemp("lab")
    home = make_workspace(top / "mine").root
    token, port = secrets.token_hex(16), free_port()
    env = {name: value for name, value in os.environ.items() if not name.startswith(("R2P_", "JUPYTER"))}
    env |= {
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), env.get("PYTHONPATH", "")]),
        "JUPYTER_CONFIG_DIR": str(top / "config"),
        "JUPYTER_DATA_DIR": str(top / "data"),
        "JUPYTER_RUNTIME_DIR": str(top / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(settings_of(top)),
        "JUPYTERLAB_WORKSPACES_DIR": str(top / "workspaces"),
        "JUPYTER_TOKEN": token,
    }
    command = [
        sys.executable, "-m", "jupyterlab", str(home / "notebooks"), "--no-browser", "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={port}", "--ServerApp.port_retries=0", "--allow-root",
    ]  # fmt: skip
    with (top / "log").open("w") as log:
        server = subprocess.Popen(command, env=env, stdout=log, stderr=log)
        try:
            wait_for(f"http://127.0.0.1:{port}/api", server, top / "log")
            yield f"http://127.0.0.1:{port}", token
        finally:
            server.terminate()
            server.wait(30)


def wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(240):
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.25)
    pytest.fail(f"JupyterLab did not start: {log.read_text()[-2000:]}")


@pytest.fixture(scope="module")
def opened(lab: tuple[str, str], chromium: str) -> Iterator[tuple[Page, list[str]]]:
    """The launcher after all its cells ran, and what the browser asked of other places."""
    address, token = lab
    outside: list[str] = []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 1000})
        page.on("request", lambda r: None if r.url.startswith((address, "data:", "blob:")) else outside.append(r.url))
        page.goto(f"{address}/lab/tree/start.ipynb?token={token}")
        page.locator(".jp-Notebook .jp-CodeCell").first.wait_for(timeout=60_000)
        run_all(page)
        yield page, outside
        browser.close()


def run_all(page: Page) -> None:
    # What is run before the kernel is there is lost without a word.
    page.get_by_text("| Idle").wait_for(timeout=60_000)
    menu(page, "Run", "Run All Cells")
    page.wait_for_function(f"document.querySelectorAll({LIVE!r}).length >= 3", timeout=60_000)


def menu(page: Page, *names: str) -> None:
    page.locator(".lm-MenuBar-itemLabel", has_text=names[0]).first.click()
    for name in names[1:]:
        page.locator(".lm-Menu-itemLabel", has_text=name).first.click()


def fill_of(page: Page) -> Any:
    """The colour in which the first text of the first live chart is drawn."""
    return page.locator(f"{LIVE} text").first.evaluate("mark => getComputedStyle(mark).fill")


def test_the_charts_of_the_launcher_are_drawn_by_jupyterlab(opened: tuple[Page, list[str]]) -> None:
    page, outside = opened
    assert page.locator(LIVE).count() == 3
    assert page.locator(".jp-RenderedText[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    assert page.locator("h3", has_text="9.7 million people from Ukraine").is_visible()
    described = page.locator(LIVE).first.evaluate("svg => svg.closest('[aria-label]')?.ariaLabel ?? ''")
    assert described.startswith("Stacked bar chart of people displaced from Ukraine"), (
        "a screen reader is told what it shows"
    )
    assert outside == []
    keep(page, "light")


def test_pointing_at_a_mark_tells_its_value(opened: tuple[Page, list[str]]) -> None:
    page, _ = opened
    mark = page.locator(f"{LIVE} .mark-rect path[aria-label]").last
    mark.scroll_into_view_if_needed()
    mark.hover(force=True)
    page.locator("#vg-tooltip-element.visible").wait_for(timeout=10_000)


def test_a_dark_jupyterlab_has_dark_charts(opened: tuple[Page, list[str]]) -> None:
    page, _ = opened
    before = fill_of(page)
    menu(page, "Settings", "Theme", "JupyterLab Dark")
    page.wait_for_function("document.body.dataset.jpThemeLight === 'false'", timeout=30_000)
    page.wait_for_timeout(500)
    assert fill_of(page) != before
    keep(page, "dark")


def keep(page: Page, name: str) -> None:
    """Keep a screenshot where one is asked for, to be looked at."""
    folder = os.environ.get("R2P_SCREENSHOTS")
    if folder:
        page.locator(".r2p-exhibit h3").first.evaluate("title => title.scrollIntoView()")
        page.wait_for_timeout(500)
        page.screenshot(path=str(Path(folder) / f"lab-{name}.png"))
