"""A report that is watched, from outside: what is saved shows, and whatever is spoilt is told and mended."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

import pytest
from watchkit import (
    COMMAND,
    REQUEST,
    SHOW,
    Watched,
    alive,
    bytes_of,
    fresh_build,
    notebook,
    save,
    spoilt,
    until,
    workspace,
)

ENDLESS = "import time\nwhile True:\n    time.sleep(0.01)"


def profile(text: str, code: str = SHOW) -> str:
    return notebook("profile", text, code=code, per="country")


def test_what_is_half_written_is_waited_for_and_not_told(watched: Watched) -> None:
    whole, told = notebook("plain", "In two steps."), len(watched.lines)
    save(watched.home, "plain", spoilt(whole))
    time.sleep(0.4)
    save(watched.home, "plain", whole)
    watched.until("plain.html", "In two steps.")
    watched.settled()
    assert not [line for line in watched.lines[told:] if line.startswith("r2p: ")]


def test_a_broken_notebook_is_one_line_beside_the_last_good_page_and_mended_by_the_next_save(watched: Watched) -> None:
    before = watched.get("plain.html")[1]
    state = before.partition('data-state="')[2].partition('"')[0]
    save(watched.home, "plain", spoilt(notebook("plain")))
    line = watched.wait("r2p: plain.ipynb cannot be read as a notebook")
    assert watched.get("plain.html") == (200, before, watched.get("plain.html")[2])
    with urllib.request.urlopen(f"{watched.url}-/events?page=plain.html&state={state}", timeout=60) as news:
        assert news.readline().decode() == "event: trouble\n"
        assert news.readline().decode() == f"data: {line.removeprefix('r2p: ')}\n"
    save(watched.home, "plain", notebook("plain", "Mended."))
    watched.until("plain.html", "Mended.")
    watched.settled()


def test_a_failing_cell_shows_its_line_on_the_page_and_in_the_terminal_until_it_is_mended(watched: Watched) -> None:
    watched.get("countries/YEM.html")
    save(watched.home, "profile", profile("Fails.", 'raise ValueError("no <such> figure")'))
    assert "profile (YEM), cell 3: ValueError: no <such> figure" in watched.wait("failed: "), "the page looked at first"
    watched.until("countries/YEM.html", "ValueError: no &lt;such&gt; figure")
    watched.settled()
    assert "ValueError: no &lt;such&gt; figure" in (watched.site / "countries" / "SYR.html").read_text()
    save(watched.home, "profile", profile("Stands again."))
    watched.until("countries/YEM.html", "Stands again.")
    watched.settled()
    assert "Stands again." in (watched.site / "countries" / "SYR.html").read_text()


def test_of_two_quick_saves_the_last_one_holds_even_when_the_first_never_ends(watched: Watched) -> None:
    save(watched.home, "profile", profile("Endless.", ENDLESS))
    until(lambda: len(watched.descendants()) > 5)
    running = watched.descendants()
    save(watched.home, "profile", profile("The last one."))
    watched.settled()
    texts = [(watched.site / "countries" / f"{code}.html").read_text() for code in ("SYR", "YEM")]
    assert ["The last one." in text for text in texts] == [True, True]
    # The warm ones stay; those that ran the endless cells are gone.
    assert len(alive(running)) < len(running)
    assert alive(watched.descendants()) <= running | watched.descendants()


def test_a_deleted_notebook_takes_its_page_away_and_one_put_back_brings_it(watched: Watched) -> None:
    path = watched.home / "notebooks" / "plain.ipynb"
    text, before = path.read_text(), watched.get("plain.html")[1]
    path.unlink()
    watched.settled()
    status, page, _ = watched.get("plain.html")
    assert status == 404
    assert "/-/watch.js" in page, "it comes back by itself"
    assert "plain.html" not in watched.get("index.html")[1]
    save(watched.home, "plain", text)
    until(lambda: watched.get("plain.html")[0] == 200)
    watched.settled()
    assert watched.get("plain.html")[1].partition("<main")[2] == before.partition("<main")[2] != ""


def test_a_changed_setting_makes_everything_anew(watched: Watched) -> None:
    (watched.home / "report.toml").write_text('[report]\nedition = 2016\ntitle = "Another title"\n')
    watched.settled()
    assert "Another title" in watched.get("plain.html")[1]
    command = [*COMMAND, "build", *REQUEST]
    done = subprocess.run(command, cwd=watched.home, capture_output=True, text=True, timeout=240, check=True)
    assert "everything is up to date" in done.stderr


def test_once_settled_the_site_is_that_of_a_fresh_build_and_holds_no_script_of_the_watch(
    watched: Watched, tmp_path: Path
) -> None:
    watched.get("plain.html")
    save(watched.home, "third", notebook("third", code="1 / 0"))
    watched.settled()
    save(watched.home, "plain", notebook("plain", "Its last words."))
    served = watched.until("plain.html", "Its last words.")
    watched.settled()
    stored = bytes_of(watched.site)
    assert stored == bytes_of(fresh_build(watched.home, tmp_path))
    page = (watched.site / "plain.html").read_text()
    assert "/-/" not in page
    assert "connect-src" not in page
    at_once = served.replace("; connect-src 'self'", "")
    assert [line for line in at_once.splitlines() if "/-/watch.js" not in line] == page.splitlines()


def test_pages_and_news_keep_to_the_site(watched: Watched) -> None:
    headers = watched.get("plain.html")[2]
    assert "script-src 'self'; " in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    for path in ("-/events?page=../../../report.toml&state=x", "%2e%2e/%2e%2e/report.toml", "../manifest.html"):
        assert watched.get(path)[0] in (400, 404), path


def test_ctrl_c_ends_all_within_moments_also_while_a_cell_never_ends(tmp_path: Path) -> None:
    home = workspace(tmp_path)
    save(home, "plain", notebook("plain", code=ENDLESS))
    watched = Watched(home)
    try:
        until(lambda: any("forkserver" in _command(pid) for pid in watched.descendants()))
        until(lambda: len(watched.descendants()) > 6)
        started = watched.descendants()
    finally:
        took = watched.end()
    assert watched.process.returncode == 0
    assert watched.lines[-1] == "ended"
    assert not [line for line in watched.lines if "Traceback" in line]
    assert until(lambda: not alive(started))
    assert took < 10


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""


def test_a_port_in_use_is_one_line(tmp_path: Path) -> None:
    home = workspace(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = _serve(home, "--watch", "--port", port)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"r2p: port {port} cannot be used (Address already in use): give another with --port\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--watch", "--port", "0", "--country", "Atlantis"), "Atlantis"),
        (("--country", "SYR"), "with --watch only"),
        (("--watch", "--as-of", "soon"), "--as-of expects an ISO date"),
    ],
)
def test_a_wrong_request_ends_with_one_line(tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    done = _serve(workspace(tmp_path), *arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert done.stderr.count("\n") == 1


def _serve(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [*COMMAND, "serve", *arguments]
    return subprocess.run(command, cwd=home, capture_output=True, text=True, timeout=240, check=False)


def test_a_maker_that_is_killed_is_told_and_started_again_by_the_next_save(watched: Watched) -> None:
    maker = next(pid for pid in watched.descendants() if _is_maker(pid, watched.process.pid))
    os.kill(maker, signal.SIGKILL)
    watched.wait("the process that makes pages ended with status -9")
    save(watched.home, "plain", notebook("plain", "Here again."))
    watched.until("plain.html", "Here again.")
    watched.settled()


def _is_maker(pid: int, parent: int) -> bool:
    return f" {parent} " in Path(f"/proc/{pid}/stat").read_text() and "spawn_main" in _command(pid)
