"""What must not happen: gaps that hide, markup that gets through, bytes that differ."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sitekit
from sitekit import exhibit, notebook, prose, sample

from r2p_analysis.errors import RenderError, UsageError
from r2p_analysis.site import ClaimPart, ClaimView, PageSource, SiteRequest, build

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>"


def one_topic(folder: Path, source: Path | None, failure: str | None = None, **changes: Any) -> SiteRequest:
    return sample(folder, pages=[PageSource("topic", "topic", "Topic", source, failure=failure)], **changes)


def built(request: SiteRequest, name: str = "topic.html") -> str:
    build(request)
    return (request.out / name).read_text(encoding="utf-8")


def test_a_failed_page_shows_its_reason_and_no_exhibits(tmp_path: Path) -> None:
    source = notebook(tmp_path / "n.ipynb", exhibit())
    request = one_topic(tmp_path, source, "ValueError in cell 3")
    html = built(request)
    assert "ValueError in cell 3" in html
    assert "<figure" not in html
    assert "world-total" not in html
    assert not (request.out / "data").exists()
    assert "ValueError in cell 3" in (request.out / "index.html").read_text()
    assert build(request).failures == (("topic", "ValueError in cell 3"),)


@pytest.mark.parametrize(
    ("closing", "reason"),
    [
        (False, "finish()"),
        ({"schema": 1, "exhibits": ["world-total", "lost"], "findings": 0}, "they differ in lost"),
        ({"schema": 1, "exhibits": [], "findings": 0}, "they differ in world-total"),
        ({"schema": 1, "exhibits": ["world-total"], "findings": 2}, "counts 2 findings"),
        ({"schema": 9, "exhibits": ["world-total"], "findings": 0}, "schema is 9"),
    ],
)
def test_a_notebook_whose_record_is_wrong_has_failed(
    tmp_path: Path, closing: dict[str, Any] | bool, reason: str
) -> None:
    html = built(one_topic(tmp_path, notebook(tmp_path / "n.ipynb", exhibit(), closing=closing)))
    assert reason in html
    assert "<figure" not in html


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"rows": [[1]]}, "a row has not as many cells"),
        ({"id": "Bad Id"}, "an id is made of"),
        ({"kind": "movie"}, "kind is"),
        ({"headline": " "}, "headline is empty"),
        ({"alt": ""}, "alt is empty"),
        ({"graphic": {"layouts": {"narrow": {}}}}, "expected wide and narrow"),
        ({"schema": 2}, "schema is 2"),
    ],
)
def test_an_exhibit_that_breaks_the_contract_fails_its_page(
    tmp_path: Path, changes: dict[str, Any], reason: str
) -> None:
    html = built(one_topic(tmp_path, notebook(tmp_path / "n.ipynb", exhibit(**changes))))
    assert reason in html.replace("&#39;", "'")
    assert "<figure" not in html


@pytest.mark.parametrize("content", [None, "not json", "{}", "[]"])
def test_a_notebook_that_cannot_be_read_fails_its_page(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "n.ipynb"
    if content is not None:
        path.write_text(content)
    assert "This page could not be made" in built(one_topic(tmp_path, path))


def test_an_exhibit_shown_twice_fails_its_page(tmp_path: Path) -> None:
    assert "is shown twice" in built(one_topic(tmp_path, notebook(tmp_path / "n.ipynb", exhibit(), exhibit())))


def test_a_picture_that_cannot_be_drawn_fails_its_page_alone(tmp_path: Path) -> None:
    def render(specs: list[dict[str, Any]]) -> list[str]:
        if any(spec["name"] == "fled" for spec in specs):
            raise RenderError("spec fled: no mark")
        return sitekit.render(specs)

    request = sample(tmp_path, render=render)
    assert build(request).failures == (("SYR", "spec fled: no mark"),)
    assert "<svg xmlns" in (request.out / "displacement.html").read_text()


@pytest.mark.parametrize(
    "bad",
    [
        "<script>1</script>",
        '<rect style="x"/>',
        '<rect onload="x"/>',
        '<rect x="1"onload="x"/>',
        "<rect/OnClick = 'x'/>",
        "<a\nHREF='javascript:x'/>",
        '<rect fill="URL( https://a.example/)"/>',
        '<image x="1"src="a.png"/>',
        '<image href="https://a.example/x.png"/>',
        '<rect fill="url(https://a.example/)"/>',
        '<image xlink:href="//a.example/x"/>',
        '<rect data-a="1 > 0" onload="x"/>',
        "<rect data-a='>'onload='x'/>",
        '<rect data-a="',
    ],
)
def test_a_picture_that_would_load_or_run_something_is_refused(tmp_path: Path, bad: str) -> None:
    request = sample(tmp_path, finish_svg=lambda svg, **_: svg.replace("</svg>", bad + "</svg>"))
    assert {slug for slug, _ in build(request).failures} == {"displacement", "SYR"}


def test_a_picture_may_say_the_words_that_it_may_not_use(tmp_path: Path) -> None:
    text = 'In style="x" on = "y" src="z", 2 &gt; 1 =">"'
    said = f'<text data-label="style, onload, href">{text}</text><use href="#a" fill="url(#b)"/>'
    request = sample(tmp_path, finish_svg=lambda svg, **_: svg.replace("</svg>", said + "</svg>"))
    assert build(request).failures == ()


def test_text_cannot_become_markup(tmp_path: Path) -> None:
    source = notebook(
        tmp_path / "n.ipynb",
        f"# {HOSTILE}",
        f"{HOSTILE}\n\n## {HOSTILE}\n\n![x](https://a.example/x.png)",
        "[x](javascript:alert(1))",
        exhibit(
            headline=HOSTILE,
            subtitle=HOSTILE,
            alt=HOSTILE,
            notes=[HOSTILE],
            rows=[[1990, HOSTILE, 1, 1.0]],
            sources=[{**sitekit.SOURCE, "url": "javascript:alert(1)", "title": HOSTILE}],
        ),
        prose(HOSTILE),
        prose(HOSTILE, "finding"),
    )
    claim = ClaimView(
        "C04",
        HOSTILE,
        HOSTILE,
        [HOSTILE],
        "supported",
        HOSTILE,
        [ClaimPart(*(HOSTILE,) * 3)],
        published=HOSTILE,
        current=HOSTILE,
        unit=HOSTILE,
        vintage=HOSTILE,
        as_of=HOSTILE,
        then=HOSTILE,
        exhibit="topic#world-total",
        sources=[HOSTILE],
        limits=[HOSTILE],
        quote=HOSTILE,
        url="javascript:alert(1)",
    )
    request = sample(
        tmp_path,
        title=HOSTILE,
        ledger=[claim],
        pages=[
            PageSource("topic", "topic", HOSTILE, source),
            PageSource("country", "SYR", HOSTILE, None, failure=HOSTILE),
        ],
        tables=[replace(sitekit.TABLES[0], title=HOSTILE, caveats=[HOSTILE], url="javascript:alert(1)")],
    )
    build(request)
    for page in request.out.rglob("*.html"):
        html = page.read_text(encoding="utf-8")
        html = re.sub(r'<script src="(?:\.\./)?assets/[a-z]+\.js"[^<>]*></script>', "", html)
        assert not [bad for bad in ("<script", "<img", 'href="javascript') if bad in html], page.name


def test_a_spreadsheet_cannot_run_a_cell(tmp_path: Path) -> None:
    cells = ["=1+1", "+1-1", "-1-x", "@sum", "\t=1", " =1", "plain"]
    columns = [{"name": "=name", "title": "Name", "type": "text"}, {"name": "n", "title": "N", "type": "number"}]
    request = one_topic(
        tmp_path,
        notebook(
            tmp_path / "n.ipynb",
            exhibit(columns=columns, rows=[[cell, -2.5] for cell in cells] + [['Côte d\'Ivoire, "x"', None]]),
        ),
    )
    build(request)
    with (request.out / "data/topic-world-total.csv").open(encoding="utf-8-sig", newline="") as stream:
        header, *rows = csv.reader(stream)
    assert header == ["'=name", "n"]
    assert [name for name, _ in rows[:6]] == ["'" + cell for cell in cells[:6]]
    assert [n for _, n in rows[:7]] == ["-2.5"] * 7
    assert rows[6][0] == "plain"
    assert rows[7] == ['Côte d\'Ivoire, "x"', ""]


def test_a_missing_value_is_not_shown_as_zero(tmp_path: Path) -> None:
    request = one_topic(
        tmp_path, notebook(tmp_path / "n.ipynb", exhibit(rows=[[1990, "World", None, None], [1991, "World", 0, 0.0]]))
    )
    html = built(request)
    assert html.count('–<span class="unseen"> not collected</span>') == 2
    assert '<td class="num">0</td><td class="num">0.0</td>' in html
    assert (request.out / "data/topic-world-total.csv").read_text().endswith("1990,World,,\n1991,World,0,0.0\n")


def test_a_day_that_never_came_is_not_called_uncollected_and_days_do_not_wrap(tmp_path: Path) -> None:
    columns = [
        {"name": "state", "title": "State", "type": "string", "unit": "", "decimals": 0},
        {"name": "since", "title": "Since", "type": "string", "unit": "", "decimals": 0},
    ]
    rows = [["Iraq", "1959-01-20"], ["South Sudan", None]]
    html = built(one_topic(tmp_path, notebook(tmp_path / "n.ipynb", exhibit(columns=columns, rows=rows))))
    assert '<td class="day">1959-01-20</td>' in html
    assert '<td class="missing">–<span class="unseen"> none told</span></td>' in html
    assert "not collected" not in html
    assert "there is none, or that none is told" in html


def test_a_failed_build_leaves_the_last_good_site(tmp_path: Path) -> None:
    request = sample(tmp_path)
    build(request)
    before = {p: p.read_bytes() for p in request.out.rglob("*") if p.is_file()}

    def broken(specs: list[dict[str, Any]]) -> list[str]:
        raise MemoryError

    with pytest.raises(MemoryError):
        build(replace(request, render=broken))
    assert {p: p.read_bytes() for p in request.out.rglob("*") if p.is_file()} == before
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


def test_files_of_a_former_build_vanish(tmp_path: Path) -> None:
    request = sample(tmp_path)
    build(request)
    build(replace(request, pages=request.pages[:1]))
    assert not (request.out / "countries/SYR.html").exists()
    assert not (request.out / "data/SYR-fled.csv").exists()


@pytest.mark.parametrize("name", ["notes.txt", "index.html"])
def test_a_folder_with_other_files_is_not_deleted(tmp_path: Path, name: str) -> None:
    request = sample(tmp_path)
    request.out.mkdir()
    (request.out / name).write_text("mine")
    with pytest.raises(UsageError, match="no site of this command"):
        build(request)
    assert (request.out / name).read_text() == "mine"


@pytest.mark.parametrize("slug", ["../x", "a/b", "", "index", "claims", "é", "CON x"])
def test_a_page_cannot_take_a_name_that_is_not_its_own(tmp_path: Path, slug: str) -> None:
    with pytest.raises(UsageError):
        build(sample(tmp_path, pages=[PageSource("topic", slug, "Topic", None)]))


def test_two_pages_cannot_have_one_name(tmp_path: Path) -> None:
    pages = [PageSource("topic", "one", "One", None), PageSource("topic", "ONE", "Two", None)]
    with pytest.raises(UsageError, match="is taken"):
        build(sample(tmp_path, pages=pages))


def test_an_unknown_verdict_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="C04"):
        build(sample(tmp_path, ledger=[replace(sitekit.CLAIMS[0], verdict="true")]))


def test_references_that_lead_nowhere_are_reported(tmp_path: Path) -> None:
    source = notebook(tmp_path / "n.ipynb", exhibit(claims=["C99"]), prose("So.", "finding", "lost"))
    result = build(one_topic(tmp_path, source, ledger=[replace(sitekit.CLAIMS[0], exhibit="topic#gone")]))
    assert len(result.warnings) == 3
    assert all(any(word in line for line in result.warnings) for word in ("C99", "topic#gone", "lost"))
