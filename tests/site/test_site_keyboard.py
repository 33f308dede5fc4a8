"""By keyboard alone and by ear: everything is reached, seen to be reached, and read in a sensible order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from sitekit import exhibit, notebook, sample
from test_site_browser import ARGUMENTS
from test_site_scripts import PLACES, marks

from r2p_analysis.site import PageSource, build

pytestmark = pytest.mark.browser
KINDS = ("violence.html", "index.html", "claims.html", "countries/index.html", "countries/SYR.html", "glossary.html")
FOCUSED = """() => {
  const e = document.activeElement, s = getComputedStyle(e), b = e.getBoundingClientRect();
  const name = e.tagName + '.' + e.className + '#' + e.id + ' ' + e.textContent.trim().slice(0, 30);
  return [e === document.body ? '' : name,
          s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2, b.width > 0 && b.height > 0];
}"""
REACHABLE = """() => [...document.querySelectorAll('a[href], button, input, select, summary, [tabindex="0"]')]
  .filter(e => e.tabIndex >= 0 && e.checkVisibility({visibilityProperty: true}) && !(e.type === 'radio' && !e.checked))
  .length"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    rows = [[2015, place, 1_000 * n, 1.5] for n, place in enumerate(PLACES)]
    made = notebook(folder / "violence.ipynb", exhibit(rows=rows, claims=[]))
    request = sample(folder, render=marks)
    topic = PageSource("topic", "violence", "Violence", made)
    build(sample(folder, render=marks, pages=[*request.pages, topic]))
    return request.out


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme="light")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", KINDS)
def test_tab_reaches_everything_once_shows_where_it_is_and_is_never_caught(page: Page, site: Path, name: str) -> None:
    page.goto((site / name).as_uri())
    wanted = page.evaluate(REACHABLE)
    reached: list[str] = []
    for _ in range(wanted + 20):
        page.keyboard.press("Tab")
        what, outlined, seen = page.evaluate(FOCUSED)
        if not what:
            break
        assert outlined, f"{what}: nothing shows that it has the focus"
        assert seen, f"{what}: has the focus and no place"
        reached.append(what)
    assert len(reached) == wanted, "a stop is missing, comes twice, or holds the focus"
    assert reached[0].endswith("Skip to content")


def test_everything_is_operated_by_keyboard(page: Page, site: Path) -> None:
    page.goto((site / "violence.html").as_uri())
    switch = page.get_by_role("button", name="Colours")
    switch.focus()
    page.keyboard.press("Enter")
    expect(switch).to_have_text("Colours: light")
    choice = page.get_by_label("Highlight a country")
    choice.focus()
    page.keyboard.type("Kenya")
    expect(choice).to_have_value("Kenya")
    folded = page.locator("#world-total details", has_text="Data (table)")
    folded.locator("summary").focus()
    page.keyboard.press("Enter")
    head = folded.get_by_role("button", name="Refugees")
    head.focus()
    page.keyboard.press("Space")
    expect(folded.locator("th[aria-sort=ascending]")).to_have_count(1)
    field = folded.get_by_label("Show rows with")
    field.focus()
    page.keyboard.type("chad")
    expect(folded.locator("tbody tr:visible")).to_have_count(1)
    page.get_by_label("Search").focus()
    page.keyboard.type("syria")
    expect(page.locator("#search_results a").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#search_results")).to_be_hidden()


def test_claims_are_filtered_by_arrow_keys(page: Page, site: Path) -> None:
    page.goto((site / "claims.html").as_uri())
    page.locator("#verdict_all").focus()
    before = page.locator(".claim:visible").count()
    page.keyboard.press("ArrowRight")
    assert page.locator(".claim:visible").count() < before


def test_an_exhibit_is_read_as_headline_measure_picture_source_description_and_data(page: Page, site: Path) -> None:
    page.goto((site / "violence.html").as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    told = page.locator("#world-total").aria_snapshot()
    order = [
        "More people were displaced in 2015",
        "People displaced, world",
        "img ",
        "UNHCR",
        "Stacked bar chart of displaced people",
        'columnheader "Year',
        'rowheader "2015"',
    ]
    places = [told.index(words, told.index(order[0])) for words in order]
    places[4] = told.rindex(order[4])
    assert places == sorted(places), told


def test_a_reader_of_few_colours_sees_controls_and_marks(browser: Browser, site: Path) -> None:
    context = browser.new_context(forced_colors="active", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto((site / "violence.html").as_uri())
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    for place in ("#world-total .wide path", ".masthead a", ".search input", "h1"):
        found = page.locator(place).first.evaluate(
            "e => [getComputedStyle(e).fill, getComputedStyle(e).color, getComputedStyle(e).borderTopColor]"
        )
        assert any(colour not in (paper, "none", "rgba(0, 0, 0, 0)") for colour in found), place
    context.close()
