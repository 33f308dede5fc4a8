"""A page made alone is the page that the whole build makes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sitekit import exhibit, notebook, sample

from r2p_analysis.errors import RenderError
from r2p_analysis.site import Quick, SiteRequest, build


@pytest.fixture
def request_(tmp_path: Path) -> SiteRequest:
    return sample(
        tmp_path, comparisons=[("SYR", "TUV")], address="https://example.test/", pixels=lambda svgs: [b""] * 9
    )


def made(request: SiteRequest, quick: Quick) -> dict[str, str]:
    return {page.href: page.html.rstrip("\n") for page in (quick.make(request, source) for source in request.pages)}


def stored(request: SiteRequest) -> dict[str, str]:
    names = ("displacement.html", "countries/TUV.html", "countries/SYR.html")
    return {name: (request.out / name).read_text(encoding="utf-8").rstrip("\n") for name in names}


def test_each_page_is_the_one_of_the_whole_build_also_after_a_save(request_: SiteRequest, tmp_path: Path) -> None:
    request = replace(request_, pixels=None)
    quick = Quick()
    quick.prepare(request.pages)
    build(request)
    assert made(request, quick) == stored(request)
    notebook(tmp_path / "SYR.ipynb", "# Syria", exhibit("fled", claims=["C04"], headline="Another headline"))
    request = replace(request, pages=[*request.pages[:1], *reversed(request.pages[1:])])
    build(request)
    assert made(request, quick) == stored(request)
    assert "Another headline" in made(request, quick)["countries/SYR.html"]


def test_a_failed_page_and_one_that_cannot_be_drawn_say_why_and_are_tried_again(request_: SiteRequest) -> None:
    def refuse(_: object) -> list[str]:
        raise RenderError("spec fled: no such mark")

    quick, (_, _, syria) = Quick(), request_.pages
    failed = replace(syria, failure="cell 3: ValueError")
    request = replace(request_, pages=[*request_.pages[:2], failed])
    assert quick.make(request, failed).failure == "cell 3: ValueError"
    page = quick.make(replace(request_, render=refuse), syria)
    assert page.failure == "spec fled: no such mark"
    assert page.failure in page.html
    assert quick.make(request_, syria).failure == ""
