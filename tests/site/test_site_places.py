"""Choosing a country and setting two side by side."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright
from sitekit import exhibit, gap, notebook, prose, sample
from test_site_browser import ARGUMENTS

from r2p_analysis.cli.planning import compared
from r2p_analysis.errors import UsageError
from r2p_analysis.exhibits.maps.outlines import outlines
from r2p_analysis.site import PageSource, SiteRequest, build

SQUARE = [[0, 0], [0, 10], [10, 10], [10, 0], [0, 0]]
FEATURES = [
    {"properties": {"iso3": "SYR"}, "geometry": {"type": "Polygon", "coordinates": [SQUARE]}},
    {"properties": {"iso3": "TUR"}, "geometry": {"type": "MultiPolygon", "coordinates": [[SQUARE], [SQUARE]]}},
    {
        "properties": {"iso3": "MCO"},
        "geometry": {"type": "Polygon", "coordinates": [[[7, 43], [7, 43.01], [7.01, 43], [7, 43]]]},
    },
]


def country(folder: Path, code: str, title: str, *parts: object) -> PageSource:
    source = notebook(folder / f"{code}.ipynb", *parts)  # type: ignore[arg-type]
    return PageSource("country", code, title, source, region="Asia")


@pytest.fixture
def site(tmp_path: Path) -> SiteRequest:
    finding = prose("Many fled.", "finding", "fled")
    pages = [
        country(tmp_path, "SYR", "Syria", finding, exhibit("fled"), exhibit("killed")),
        country(tmp_path, "TUV", "Tuvalu", exhibit("fled"), gap("law")),
        PageSource("country", "IRQ", "Iraq", None, failure="the kernel died", region="Asia"),
    ]
    pairs = [("SYR", "TUV"), ("SYR", "IRQ")]
    return sample(tmp_path / "x", pages=pages, comparisons=pairs, world=outlines(FEATURES))


def test_a_comparison_with_a_country_that_is_not_there_is_refused(site: SiteRequest) -> None:
    with pytest.raises(UsageError, match="comparison with YEM: this build holds no page of it"):
        build(replace(site, comparisons=[("SYR", "YEM")]))


def test_one_country_is_no_comparison() -> None:
    with pytest.raises(UsageError, match="--compare SYR SYR: expected two countries"):
        compared(("Syria", "SYR"), [])
    with pytest.raises(UsageError, match="did you mean Syria"):
        compared(("Syira", "YEM"), [])
    assert compared(("Syria", "YEM"), [["SYR", "Yemen"], ["TUV", "FRA"]]) == [("SYR", "YEM"), ("TUV", "FRA")]
    for listed in ("SYR", [["SYR"]], ["SYR", "YEM"], {"SYR": "YEM"}):
        with pytest.raises(UsageError, match="compare expects pairs"):
            compared(None, listed)


def test_figures_of_one_kind_stand_side_by_side_and_what_one_lacks_is_said(site: SiteRequest) -> None:
    build(site)
    html = (site.out / "compare" / "SYR-TUV.html").read_text(encoding="utf-8")
    figures = re.findall(r'<figure id="([A-Za-z-]+)"', html)
    assert figures == ["SYR-fled", "TUV-fled", "SYR-killed", "TUV-law"]
    assert "Tuvalu has no such exhibit." in html
    assert "Syria has no such exhibit." in html
    assert "Many fled." in html


def test_no_id_stands_twice_where_two_pages_meet(site: SiteRequest) -> None:
    build(site)
    html = (site.out / "compare" / "SYR-TUV.html").read_text(encoding="utf-8")
    ids = Counter(re.findall(r'\bid="([^"]+)"', html))
    assert [name for name, count in ids.items() if count > 1] == []
    for names in re.findall(r'aria-labelledby="([^"]+)"', html):
        assert set(names.split()) <= set(ids), names
    for name in re.findall(r"url\(#([^)]+)\)", html):
        assert name in ids


def test_a_page_that_failed_says_so_beside_the_other(site: SiteRequest) -> None:
    build(site)
    html = (site.out / "compare" / "SYR-IRQ.html").read_text(encoding="utf-8")
    assert "This page could not be made: the kernel died" in html


def test_the_map_leads_to_every_country_of_the_build_and_to_no_other(site: SiteRequest) -> None:
    build(site)
    html = (site.out / "countries" / "index.html").read_text(encoding="utf-8")
    world = html[html.index('<svg class="world"') : html.index("</svg>")]
    assert re.findall(r'href="([^"]+)"', world) == ["SYR.html", "TUV.html"], (
        "Tuvalu is a circle, Iraq has no shape here"
    )
    assert world.count("<path") == 3


def test_a_country_smaller_than_a_speck_keeps_its_shape() -> None:
    made = outlines(FEATURES)
    assert made.shapes["MCO"].startswith("M")
    assert "TUV" in made.points
    assert made.shapes["TUR"].count("Z") == 2
    assert all(0 <= x <= made.width and 0 <= y <= made.height for x, y in made.points.values())


@pytest.mark.browser
def test_the_list_of_countries_is_narrowed_by_a_word(site: SiteRequest, chromium: str) -> None:
    build(site)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        page = browser.new_page()
        page.goto((site.out / "countries" / "index.html").as_uri())
        page.get_by_label("Find a country").fill("tuv")
        expect(page.locator("main section .names li:visible")).to_have_text(["Syria and Tuvalu", "Tuvalu"])
        page.locator("svg.world a path").hover()
        expect(page.locator(".tip")).to_have_text("Syria")
        page.goto((site.out / "compare" / "SYR-TUV.html").as_uri())
        for width in (320, 375, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        browser.close()
