"""A page is taken from the former site only when all that it is made of is as it was."""

import os
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
import sitekit
from sitekit import exhibit, render, sample

from r2p_analysis.countries import states
from r2p_analysis.errors import RenderError
from r2p_analysis.site import PageSource, SiteRequest, build
from r2p_analysis.site import writing as module


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages that were made, not taken."""
    names: list[str] = []
    original = module._write_page

    def noted(folder: Path, page: Any, *rest: Any) -> Any:
        names.append(page.source.slug)
        return original(folder, page, *rest)

    monkeypatch.setattr(module, "_write_page", noted)
    return names


@pytest.fixture
def request_(tmp_path: Path) -> SiteRequest:
    return replace(sample(tmp_path), record=tmp_path / "record.json")


def everything(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def rebuilt(request: SiteRequest, made: list[str]) -> list[str]:
    """Build, and compare with a site made from nothing; give the pages that were made."""
    made.clear()
    build(request)
    again = sorted(made)
    fresh = request.out.with_name("fresh")
    build(replace(request, out=fresh, record=None))
    assert everything(request.out) == everything(fresh)
    return again


def test_nothing_is_made_again_when_nothing_moved(request_: SiteRequest, made: list[str]) -> None:
    every = rebuilt(request_, made)
    assert len(every) >= 3
    assert rebuilt(request_, made) == []


def test_a_notebook_that_gave_something_else_makes_its_own_page_again(request_: SiteRequest, made: list[str]) -> None:
    rebuilt(request_, made)
    source = next(page for page in request_.pages if page.kind == "topic" and page.notebook)
    assert source.notebook
    text = source.notebook.read_text().replace("Stocks at 31 December.", "Stocks at the end of December.")
    assert text != source.notebook.read_text()
    source.notebook.write_text(text)

    assert rebuilt(request_, made) == [source.slug]


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Another title"},
        {"address": "https://example.org/elsewhere/"},
        {"judged_on": "1 January 2031"},
        {"ledger": []},
        {"css": ":root{--r2p-ink:#000001}"},
        {"edition": 2031},
    ],
    ids=lambda change: next(iter(change)),
)
def test_what_stands_around_every_page_makes_all_again(
    request_: SiteRequest, made: list[str], change: dict[str, Any]
) -> None:
    every = rebuilt(request_, made)
    assert rebuilt(replace(request_, **change), made) == every


def test_a_page_more_or_less_moves_its_neighbours(request_: SiteRequest, made: list[str]) -> None:
    every = rebuilt(request_, made)
    fewer = replace(request_, pages=[page for page in request_.pages if page.slug != "TUV"])
    assert rebuilt(fewer, made) == [slug for slug in every if slug != "TUV"]


def test_a_changed_module_or_template_makes_all_again(
    request_: SiteRequest, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    every = rebuilt(request_, made)
    monkeypatch.setattr("r2p_analysis.site.kept.contents", lambda folders: {"template": "touched"})
    assert rebuilt(request_, made) == every


@pytest.mark.parametrize("damage", ["altered", "lost"])
def test_a_file_of_the_former_site_that_was_touched_is_not_taken(
    request_: SiteRequest, made: list[str], damage: str
) -> None:
    rebuilt(request_, made)
    source = next(page for page in request_.pages if page.kind == "topic" and page.notebook)
    victim = next(path for path in (request_.out / "data").iterdir() if path.name.startswith(source.slug))
    if damage == "lost":
        victim.unlink()
    else:
        victim.write_text("forged")

    assert rebuilt(request_, made) == [source.slug]


@pytest.mark.parametrize("record", ["", "{", "[]", '{"displacement.html": 1}', '{"displacement.html": {"key": "x"}}'])
def test_a_damaged_record_is_no_reason_to_fail(request_: SiteRequest, made: list[str], record: str) -> None:
    every = rebuilt(request_, made)
    assert request_.record
    request_.record.write_text(record)

    assert rebuilt(request_, made) == every


def many_countries(request: SiteRequest) -> SiteRequest:
    """A site of so many countries that several processes write their pages; one of them cannot be drawn."""
    codes = [place.iso3 for place in states()[:30]]
    folder = request.out.parent
    books = [sitekit.notebook(folder / f"{c}.ipynb", f"# {c}", exhibit("fled" if c != "AND" else "bad")) for c in codes]
    pages = [PageSource("country", code, code, book) for code, book in zip(codes, books, strict=True)]
    return replace(request, pages=[*request.pages[:1], *pages], render=refusing_bad, workers=2)


def refusing_bad(specs: list[dict[str, Any]]) -> list[str]:
    if any(spec["name"] == "bad" for spec in specs):
        raise RenderError("no ink")
    return render(specs)


@pytest.mark.parametrize("way", ["spawn", "forkserver"])
def test_several_processes_write_what_one_does(
    request_: SiteRequest, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    many = replace(many_countries(request_), start=get_context(way))
    one = replace(many, out=many.out.with_name("one"), workers=1, record=None)
    alone = build(one)
    monkeypatch.setattr(module, "_written_elsewhere", spied := Spy(module._written_elsewhere))
    built = build(many)

    assert len(spied.slugs) == 30
    assert everything(many.out) == everything(one.out)
    assert built.failures == alone.failures == (("AND", "no ink"),)
    assert "<strong>Reason:</strong> no ink" in (many.out / "countries" / "AND.html").read_text()


def test_what_other_processes_wrote_is_taken_too(request_: SiteRequest, made: list[str]) -> None:
    many = many_countries(request_)
    build(many)
    made.clear()
    build(many)

    assert made == ["AND"]


class Spy:
    """Notes which pages go to other processes."""

    def __init__(self, original: Any) -> None:
        self._original, self.slugs = original, list[str]()

    def __call__(self, folder: Path, slim: Any, *rest: Any) -> Any:
        self.slugs += [page.source.slug for page in slim]
        return self._original(folder, slim, *rest)


def test_where_a_disk_knows_no_second_names_files_are_copied(
    request_: SiteRequest, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    rebuilt(request_, made)

    def refuse(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(os, "link", refuse)
    assert rebuilt(request_, made) == []


def test_a_page_that_could_not_be_drawn_is_tried_again(request_: SiteRequest, made: list[str]) -> None:
    failing = next(page for page in request_.pages if page.kind == "topic" and page.notebook)
    assert failing.notebook
    good = failing.notebook.read_text()
    failing.notebook.write_text(good.replace('"schema": 1', '"schema": 7'))
    rebuilt(request_, made)
    assert failing.slug in rebuilt(request_, made)
    failing.notebook.write_text(good)

    assert failing.slug in rebuilt(request_, made)
