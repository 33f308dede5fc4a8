"""What counts as saved, and what is put into a page that is served."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from watchkit import notebook, save, spoilt

from r2p_analysis.cli.watching import changes
from r2p_analysis.cli.watching.handler import with_script
from r2p_analysis.cli.watching.shown import Shown
from r2p_analysis.workspace import Workspace


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "data").mkdir()
    (tmp_path / "report.toml").write_text("")
    save(tmp_path, "a", notebook("a"))
    return tmp_path


@pytest.fixture
def seen(home: Path, monkeypatch: pytest.MonkeyPatch) -> changes.Changes:
    monkeypatch.setattr(changes, "REST_SECONDS", 0.0)
    return changes.Changes(Workspace(home, home / "outputs"))


def found(seen: changes.Changes, seconds: float = 0.5) -> set[str]:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if names := {path.name for path in seen.found()}:
            return names
        time.sleep(0.01)
    return set()


@pytest.mark.parametrize(
    "name",
    ["notebooks/.~a.ipynb", "notebooks/a.ipynb~", "notebooks/.ipynb_checkpoints/a-checkpoint.ipynb", "notebooks/4913",
     "data/.new-x", "data/a.parquet.tmp", "outputs/2016/site/index.html"],
)  # fmt: skip
def test_what_editors_and_builds_leave_aside_is_no_save(home: Path, seen: changes.Changes, name: str) -> None:
    (home / name).parent.mkdir(parents=True, exist_ok=True)
    (home / name).write_text("{}")
    assert found(seen) == set()


def test_a_save_in_two_steps_is_told_once_and_whole(home: Path, seen: changes.Changes) -> None:
    path, whole = home / "notebooks" / "a.ipynb", notebook("a", "Other.")
    path.write_text(spoilt(whole))
    assert found(seen) == set()
    path.unlink()
    assert found(seen, 0.2) == set()
    path.write_text(whole)
    assert found(seen) == {"a.ipynb"}
    assert found(seen) == set()


def test_what_stays_half_or_gone_is_told_in_the_end(home: Path, seen: changes.Changes) -> None:
    (home / "notebooks" / "a.ipynb").write_text("{")
    assert found(seen, 10) == {"a.ipynb"}
    (home / "notebooks" / "a.ipynb").unlink()
    assert found(seen, 10) == {"a.ipynb"}


@pytest.mark.parametrize("name", ["data/claims.toml", "report.toml"])
def test_data_and_settings_are_followed(home: Path, seen: changes.Changes, name: str) -> None:
    (home / name).write_text("a = 1")
    assert found(seen, 5) == {Path(name).name}


META = """<meta http-equiv="Content-Security-Policy" content="default-src 'none'; """


def test_a_page_gets_the_script_and_no_more_than_it_needs() -> None:
    page = "<head>" + META + "script-src 'self'\"></head><body></head>"
    assert with_script(page.encode(), 'a"<.html', "0f").decode() == (
        "<head>" + META + "script-src 'self'; connect-src 'self'\">"
        '<script src="/-/watch.js" defer data-page="a&quot;&lt;.html" data-state="0f"></script>\n'
        "</head><body></head>"
    )
    framed = ("<head>" + META + "style-src 'self'\"></head>").encode()
    assert with_script(framed, "a.html", "0f") == framed, "a page that runs no script stays so"


def test_a_page_made_at_once_lies_over_the_stored_one_until_all_is_settled(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("stored")
    shown = Shown(tmp_path)
    content, state = shown.page("a.html")
    shown.put("a.html", b"at once")
    assert (shown.page("a.html")[0], content) == (b"at once", b"stored")
    assert shown.page("a.html")[1] != state
    shown.settle()
    assert shown.page("a.html") == (content, state)
    assert shown.page("b.html")[0] is None


def test_what_all_pages_load_counts_and_the_search_does_not(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "site.css").write_text("a")
    shown = Shown(tmp_path)
    before = shown.page("a.html")[1]
    (tmp_path / "assets" / "search-index.js").write_text("b")
    assert shown.page("a.html")[1] == before
    (tmp_path / "assets" / "site.css").write_text("b")
    assert shown.page("a.html")[1] != before
