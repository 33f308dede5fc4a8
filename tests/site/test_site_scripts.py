"""The scripts in a real browser: what they add, by pointer and by keyboard, from a disk."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from sitekit import exhibit, notebook, sample
from test_site_browser import ARGUMENTS

from r2p_analysis.exhibits.svg import clean
from r2p_analysis.site import PageSource, build

pytestmark = pytest.mark.browser
PLACES = (
    "Niger",
    "Nigeria",
    "Sudan",
    "South Sudan",
    "Chad",
    "Mali",
    "Kenya",
    "Ghana",
    "Togo",
    "Benin",
    "Peru",
    "Chile",
    "Cuba",
)


def marks(specs: list[dict[str, Any]]) -> list[str]:
    """Pictures whose marks have labels, one a place."""
    bars = "".join(
        f'<path aria-label="{place}, 2015: {n} people" role="graphics-symbol" d="M{n * 50},10h40v80h-40Z" fill="#123"/>'
        for n, place in enumerate(PLACES)
    )
    head = '<svg class="marks" width="720" height="100" viewBox="0 0 720 100" xmlns="http://www.w3.org/2000/svg">'
    return [clean(f"{head}<g>{bars}</g></svg>") for _ in specs]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    rows = [[2015, place, 1_000 * n if place != "Chad" else None, 1.5] for n, place in enumerate(PLACES)]
    chart = exhibit(rows=rows, claims=[])
    made = notebook(folder / "violence.ipynb", chart, exhibit("again", rows=rows, claims=[]))
    topic = PageSource("topic", "violence", "Violence", made)
    request = sample(folder, render=marks)
    build(sample(folder, render=marks, pages=[*request.pages, topic]))
    return request.out


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, site: Path) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme="light")
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto((site / "violence.html").as_uri())
    yield page
    assert said == [], "no script complains"
    context.close()


def test_the_switch_of_colours_holds_on_the_next_page(page: Page, site: Path) -> None:
    paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    switch = page.get_by_role("button", name="Colours")
    switch.click()
    assert page.evaluate(paper) == light, "as the system, then light, then dark"
    switch.click()
    dark = page.evaluate(paper)
    assert dark != light
    page.goto((site / "claims.html").as_uri())
    assert page.evaluate(paper) == dark
    page.emulate_media(media="print")
    assert page.evaluate(paper) == light, "paper is white"


def test_a_mark_tells_its_value_at_the_pointer(page: Page) -> None:
    page.locator("#world-total .wide path").nth(1).hover()
    expect(page.locator(".tip")).to_have_text("Nigeria, 2015: 1 people")
    page.mouse.move(2, 2)
    expect(page.locator(".tip")).to_be_hidden()


def test_arrow_keys_read_the_marks(page: Page) -> None:
    graphic = page.locator("#world-total .wide")
    graphic.focus()
    for key, place in (("ArrowRight", "Niger"), ("ArrowRight", "Nigeria"), ("End", "Cuba"), ("ArrowRight", "Niger")):
        page.keyboard.press(key)
        expect(page.locator(".tip")).to_contain_text(f"{place}, 2015")
    expect(page.locator("[aria-live]")).to_contain_text("Niger, 2015")
    page.keyboard.press("Escape")
    expect(page.locator(".tip")).to_be_hidden()


def test_a_country_stands_out_and_not_those_whose_names_hold_its_own(page: Page) -> None:
    page.get_by_label("Highlight a country").select_option("Niger")
    chosen = page.locator(".wide .chosen")
    assert [mark.get_attribute("data-label") for mark in chosen.all()] == ["Niger, 2015: 0 people"] * 2
    page.get_by_label("Highlight a country").select_option("Sudan")
    assert all("South" not in (mark.get_attribute("data-label") or "") for mark in page.locator(".wide .chosen").all())


def test_a_table_is_sorted_by_number_and_what_is_missing_stands_last(page: Page) -> None:
    page.locator("#world-total details", has_text="Data (table)").locator("summary").click()
    table = page.locator("#world-total table")
    table.get_by_role("button", name="Refugees").click()
    column = lambda: [cell.inner_text() for cell in table.locator("tbody tr td:nth-child(3)").all()]  # noqa: E731
    assert column()[:3] == ["0", "1,000", "2,000"]
    assert column()[-1].startswith("–")
    table.get_by_role("button", name="Refugees").click()
    assert column()[0] == "12,000"
    assert column()[-1].startswith("–"), "missing is not the smallest"
    assert table.locator("th[aria-sort=descending]").count() == 1
    table.get_by_role("button", name="Refugees").click()
    assert [cell.inner_text() for cell in table.locator("tbody tr td:nth-child(2)").all()] == list(PLACES)


def test_a_table_is_filtered_by_a_word_with_or_without_accents(page: Page) -> None:
    page.locator("#world-total details", has_text="Data (table)").locator("summary").click()
    page.locator("#world-total").get_by_label("Show rows with").fill("SUDÁN")
    expect(page.locator("#world-total tbody tr:visible")).to_have_count(2)


@pytest.mark.parametrize(
    ("words", "title"),
    [("syria", "Syria"), ("one-sided", "One-sided violence"), ("displaced 2015", "More people were displaced")],
)
def test_search_finds_from_a_disk(page: Page, words: str, title: str) -> None:
    page.get_by_label("Search").fill(words)
    results = page.locator("#search_results a")
    expect(results.first).to_contain_text(title)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    assert page.url.startswith("file://")


def test_the_contents_mark_where_the_reader_is(page: Page, site: Path) -> None:
    page.goto((site / "displacement.html").as_uri())
    marked = page.locator(".contents [aria-current]")
    expect(marked).to_have_count(1)
    first = marked.inner_text()
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    expect(marked).not_to_have_text(first)
    expect(marked).to_have_count(1)


def test_search_that_finds_nothing_says_so(page: Page) -> None:
    page.get_by_label("Search").fill("qqqq")
    expect(page.locator("#search_results")).to_have_text("Nothing found")


def test_every_entry_of_the_search_leads_somewhere(site: Path) -> None:
    text = (site / "assets" / "search-index.js").read_text(encoding="utf-8")
    rows = json.loads(text.removeprefix("window.r2pSearch = ").rstrip().removesuffix(";"))
    assert {row[0] for row in rows} == set(range(7))
    for _, title, href, *_ in rows:
        file, _, anchor = href.partition("#")
        assert not anchor or f'id="{anchor}"' in (site / file).read_text(encoding="utf-8"), title
        assert (site / file).is_file(), title


def test_without_scripts_nothing_dead_is_shown(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "violence.html").as_uri())
    assert page.locator("button:visible, select:visible, input:visible").count() == 0
    assert page.get_by_text("Highlight a country").count() == 0
    context.close()
