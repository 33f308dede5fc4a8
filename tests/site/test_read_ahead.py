"""Executed notebooks that were read while others still ran: read once, drawn ahead, and the same site."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sitekit import exhibit, gap, notebook, sample
from test_kept_pages import everything

from r2p_analysis.cli.assembling import Ahead
from r2p_analysis.run import Task, TaskResult
from r2p_analysis.site import PageSource, SiteRequest, build, drawing, reading

Spec = dict[str, Any]


@pytest.fixture
def begun() -> list[Spec]:
    return []


@pytest.fixture
def ahead(begun: list[Spec]) -> Ahead:
    return Ahead(SimpleNamespace(ahead=begun.extend))  # type: ignore[arg-type]


def result(source: PageSource) -> TaskResult:
    assert source.notebook
    per = "edition" if source.kind == "topic" else "country"
    return TaskResult(Task(source.slug, per, source.slug, source.title, source.notebook, source.notebook, {}), None)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The notebooks that were read."""
    names: list[str] = []
    original = reading.read_ipynb

    def noted(path: Path) -> Any:
        names.append(path.stem)
        return original(path)

    monkeypatch.setattr(reading, "read_ipynb", noted)
    return names


def test_a_site_of_pages_read_ahead_is_the_same(tmp_path: Path, ahead: Ahead, read: list[str]) -> None:
    request = sample(tmp_path)
    for source in request.pages[:2]:
        ahead.take(result(source))
    assert read == ["displacement", "TUV"]
    build(request, ahead.pages)
    # Each that was not read before is read for what others tell of it, and each for its own page.
    assert sorted(read) == sorted([*["displacement", "TUV", "SYR"] * 2])
    assert read[2] == "SYR"
    fresh = replace(request, out=tmp_path / "fresh")
    build(fresh)
    assert everything(request.out) == everything(fresh.out)


def test_what_is_begun_is_what_the_site_draws(tmp_path: Path, ahead: Ahead, begun: list[Spec]) -> None:
    drawn: list[Spec] = []
    request = sample(tmp_path)

    def render(specs: list[Spec]) -> list[str]:
        drawn.extend(specs)
        return request.render(specs)

    for source in request.pages:
        ahead.take(result(source))
    build(replace(request, render=render), ahead.pages)
    assert begun
    assert sorted(map(repr, begun)) == sorted(map(repr, drawn))
    assert not any(page.figures[name].exhibit.layouts for page in ahead.pages.values() for name in page.figures)


def broken(tmp_path: Path) -> list[Path]:
    torn = tmp_path / "torn.ipynb"
    torn.write_text("{")
    return [torn, tmp_path / "gone.ipynb", notebook(tmp_path / "twice.ipynb", exhibit(), exhibit())]


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_notebook_that_cannot_be_read_ends_nothing_and_says_so_on_its_page(
    tmp_path: Path, ahead: Ahead, begun: list[Spec], number: int
) -> None:
    request = sample(tmp_path)
    bad = replace(request.pages[0], notebook=broken(tmp_path)[number])
    ahead.take(result(bad))
    assert begun == []
    made = build(replace(request, pages=[bad, *request.pages[1:]]), ahead.pages)
    assert [slug for slug, _ in made.failures] == ["displacement"]
    assert "This page could not be made" in (request.out / "displacement.html").read_text()


def test_a_task_that_failed_gives_no_page_though_its_notebook_was_read(tmp_path: Path, ahead: Ahead) -> None:
    request: SiteRequest = sample(tmp_path)
    ahead.take(result(request.pages[2]))
    failed = replace(request.pages[2], notebook=None, failure="ValueError in cell 3")
    made = build(replace(request, pages=[*request.pages[:2], failed]), ahead.pages)
    assert made.failures == (("SYR", "ValueError in cell 3"),)


def test_a_gap_has_nothing_to_draw(tmp_path: Path) -> None:
    path = notebook(tmp_path / "n.ipynb", gap())
    assert drawing.specs_of(reading.read_page(PageSource("topic", "n", "N", path))) == []
