"""What all tests share: the rules of CI and the browser."""

from __future__ import annotations

import os
import threading
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from reports import BROWSERS, ROOT, Reports, find_browser, shared_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from r2p_analysis.store import Tables

settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "local")


def _skipped_in_ci(config: pytest.Config) -> int:
    """Count the skipped tests if this is CI and the process that reports."""
    if not os.environ.get("CI") or hasattr(config, "workerinput"):
        return 0
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    return len(reporter.stats.get("skipped", [])) if reporter else 0


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a session of CI in which a test was skipped: nobody would notice what it no longer checks."""
    if _skipped_in_ci(session.config) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say why the session failed."""
    skipped = _skipped_in_ci(config)
    if skipped:
        terminalreporter.write_line(f"CI: {skipped} skipped, and a skipped test is a failure here", red=True)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium: R2P_CHROMIUM, or the first on PATH.

    Without one the test is skipped, unless R2P_REQUIRE_BROWSER is set: then it fails.
    """
    path = find_browser()
    if path:
        return path
    message = f"no browser: install one of {', '.join(BROWSERS)}, or set R2P_CHROMIUM to its path"
    if os.environ.get("R2P_REQUIRE_BROWSER"):
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="session", autouse=True)
def _fake_services_fall_silent() -> Iterator[None]:
    """Fail when a fake service is still answering at the end: one that never stops takes half a core from all tests."""
    yield
    give_up = time.monotonic() + 30
    while still := [thread for thread in threading.enumerate() if "process_request_thread" in thread.name]:
        assert time.monotonic() < give_up, f"a fake service still answers: {', '.join(map(str, still))}"
        time.sleep(0.1)


@pytest.fixture(scope="session")
def tables() -> Tables:
    """The stored tables, read once: what is measured on them is shared as well, and no test changes them."""
    # Here, for not every run of tests wants pandas.
    from r2p_analysis.store import open_tables

    return open_tables(ROOT / "data")


@pytest.fixture(scope="session")
def builds(tmp_path_factory: pytest.TempPathFactory) -> Reports:
    """Real reports of two topics and three countries, by the name of the variant; read only."""
    return Reports(shared_folder(tmp_path_factory))
