"""The pages in a real browser, opened from a disk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from sitekit import sample

from r2p_analysis.site import build

pytestmark = pytest.mark.browser

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PAGES = ("index.html", "displacement.html", "countries/index.html", "countries/SYR.html", "claims.html", "data.html")


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    request = sample(tmp_path_factory.mktemp("site"))
    build(request)
    return request.out


@pytest.fixture
def open_page(browser: Browser, site: Path) -> Iterator[Any]:
    contexts = []

    def opened(name: str, width: int = 1280, scheme: str = "light") -> Page:
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        page.errors, page.asked = [], []
        page.on("console", lambda message: page.errors.append(message.text))
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto((site / name).as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize("name", PAGES)
def test_nothing_leaves_the_disk_and_the_policy_is_kept(open_page: Any, name: str) -> None:
    page = open_page(name)
    assert page.asked
    assert all(url.startswith("file://") for url in page.asked)
    assert page.errors == []
    assert page.evaluate("document.styleSheets.length") == 1
    assert page.evaluate("getComputedStyle(document.querySelector('.masthead')).borderTopWidth") == "4px"


@pytest.mark.parametrize("name", PAGES)
def test_no_page_scrolls_sideways(open_page: Any, name: str) -> None:
    page = open_page(name)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    for width in (320, 375, 640, 641, 768, 1024, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("width", "shown", "hidden"), [(375, "narrow", "wide"), (1280, "wide", "narrow")])
def test_the_layout_that_fits_is_shown(open_page: Any, width: int, shown: str, hidden: str) -> None:
    page = open_page("displacement.html", width)
    graphic = page.locator(f"#world-total .{shown}")
    assert graphic.is_visible()
    assert not page.locator(f"#world-total .{hidden}").is_visible()
    assert graphic.locator("svg").bounding_box()["width"] == (343 if width == 375 else 720)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_text_stands_out_from_its_page(open_page: Any, name: str, scheme: str) -> None:
    page = open_page(name, scheme=scheme)
    weakest = min(page.evaluate(TEXT_COLOURS), key=lambda found: contrast(found[0], found[1]))
    assert contrast(weakest[0], weakest[1]) >= 4.5, weakest
    dark = luminance(page.evaluate("getComputedStyle(document.body).backgroundColor")) < 0.2
    assert dark == (scheme == "dark")


@pytest.mark.parametrize("width", [320, 375, 1280])
def test_the_evidence_of_a_part_is_seen_without_scrolling_sideways(open_page: Any, width: int) -> None:
    """On a phone the third column stood outside its box: a verdict without its figures."""
    page = open_page("claims.html", width)
    evidence = page.locator("#C04 .parts tbody td").last
    box, around = evidence.bounding_box(), page.locator("#C04 .scroll").first.bounding_box()
    assert box["x"] >= around["x"]
    assert box["x"] + box["width"] <= around["x"] + around["width"] + 1


def test_printing_shows_what_was_folded(open_page: Any) -> None:
    page = open_page("displacement.html")
    alt = page.locator("#world-total details p").first
    assert not alt.is_visible()
    page.emulate_media(media="print", color_scheme="dark")
    assert alt.bounding_box()["height"] > 0
    assert page.locator("#world-total .wide").is_visible()
    assert contrast(page.evaluate("getComputedStyle(document.querySelector('h1')).color"), "rgb(255, 255, 255)") > 7


def test_a_printed_section_does_not_leave_its_heading_on_a_page_of_its_own(open_page: Any) -> None:
    """Exhibits that were never cut left pages with a heading and two lines, or with a claim alone."""
    page = open_page("displacement.html")
    page.emulate_media(media="print")
    rule = "([selector, name]) => getComputedStyle(document.querySelector(selector))[name]"
    assert page.evaluate(rule, [".prose:has(+ .exhibit)", "breakAfter"]) == "avoid"
    assert page.evaluate(rule, [".exhibit .graphic", "breakInside"]) == "avoid"
    assert page.evaluate(rule, [".exhibit .graphic", "breakAfter"]) == "avoid"
    assert page.evaluate(rule, [".exhibit", "breakInside"]) == "auto"


def test_the_keyboard_reaches_the_content_first(open_page: Any) -> None:
    page = open_page("displacement.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to content"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main_content"


def shown(page: Page) -> list[str]:
    return [claim.get_attribute("id") for claim in page.query_selector_all(".claim") if claim.is_visible()]


def test_the_ledger_is_filtered_by_verdict_and_section_without_a_script(open_page: Any) -> None:
    page = open_page("claims.html")
    everything = shown(page)
    assert everything == ["C04", "C11", "C13", "C26", "C63", "P01"]
    page.get_by_label("Contradicted", exact=False).check()
    assert shown(page) == ["C26", "P01"], "figures printed at the time are no claims and stay"
    page.get_by_label("Introduction", exact=False).check()
    assert shown(page) == ["P01"]
    page.locator("#verdict_all").check()
    assert shown(page) == ["C04", "P01"]
    page.locator("#section_all").check()
    assert shown(page) == everything


def test_every_choice_of_the_filters_has_its_rule() -> None:
    """A section or verdict without a rule in the style sheet would filter nothing."""
    from r2p_analysis.claims import SECTIONS
    from r2p_analysis.site.model import VERDICTS
    from r2p_analysis.site.templating import asset, slug

    css = asset("site.css")
    for name in SECTIONS[:-1]:
        assert f'main:has(#section_{slug(name)}:checked) [data-sections]:not([data-sections~="{slug(name)}"])' in css
    for kind in VERDICTS.values():
        assert f"main:has(#verdict_{kind}:checked) [data-sections]:not(.{kind})" in css


TEXT_COLOURS = """() => {
  const found = [];
  for (const e of document.querySelectorAll('body *:not(svg *)')) {
    const own = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    if (!own || e.closest('.unseen') || !e.getClientRects().length) continue;
    let b = e; while (b && getComputedStyle(b).backgroundColor === 'rgba(0, 0, 0, 0)') b = b.parentElement;
    found.push([getComputedStyle(e).color, getComputedStyle(b || document.body).backgroundColor, e.textContent]);
  }
  return found;
}"""


def luminance(colour: str) -> float:
    channels = [int(value) / 255 for value in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)
