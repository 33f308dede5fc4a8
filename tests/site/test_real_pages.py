"""A real report, with real charts and tables of real length, as readers with other needs see it."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from test_site_access import AXE
from test_site_browser import ARGUMENTS

from reports import Reports

pytestmark = pytest.mark.browser

KINDS = (
    "index.html",
    "violence.html",
    "countries/index.html",
    "countries/SYR.html",
    "countries/TUV.html",
    "compare/SYR-YEM.html",
    "claims.html",
    "data.html",
    "glossary.html",
    "about.html",
    "embed/displacement-origin-map.html",
    "embed/SYR-law-timeline.html",
)
# Rows of a table and marks of a chart are made alike, and thousands of them would keep the checker busy for minutes.
SHORTENED = """() => {
  document.querySelectorAll('details').forEach(d => d.open = true);
  document.querySelectorAll('tbody').forEach(b => [...b.rows].slice(5).forEach(r => r.remove()));
  document.querySelectorAll('svg.r2p-graphic g').forEach(g => [...g.children].slice(5).forEach(mark => mark.remove()));
  document.querySelectorAll('.table-card ~ .table-card ~ .table-card ~ .table-card').forEach(c => c.remove());
  document.querySelectorAll('.claim ~ .claim ~ .claim ~ .claim ~ .claim ~ .claim').forEach(c => c.remove());
}"""
SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-block-end: 2em !important; }"""
CUT = """() => {
  const found = [], width = document.documentElement.clientWidth, range = document.createRange();
  for (const e of document.querySelectorAll('body *:not(svg *)')) {
    if (e.closest('.unseen, .scroll, .skip') || !e.checkVisibility()) continue;
    for (const node of e.childNodes) {
      if (node.nodeType !== 3 || !node.textContent.trim()) continue;
      range.selectNodeContents(node);
      for (const r of range.getClientRects())
        if (r.left < -1 || r.right > width + 1) found.push('outside: ' + node.textContent.trim().slice(0, 60));
    }
    const style = getComputedStyle(e);
    if (!/hidden|clip/.test(style.overflowX + style.overflowY)) continue;
    if (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1)
      found.push('clipped: ' + e.outerHTML.slice(0, 80));
  }
  for (const text of document.querySelectorAll('svg.r2p-graphic text')) {
    if (!text.checkVisibility() || !text.textContent.trim()) continue;
    const box = text.getBoundingClientRect(), around = text.closest('svg').getBoundingClientRect();
    if (box.left < around.left - 2 || box.right > around.right + 2 || box.bottom > around.bottom + 2)
      found.push('chart: ' + text.closest('figure').id + ': ' + text.textContent);
  }
  return found;
}"""
OVERLAPPING = """() => {
  const boxes = [], range = document.createRange(), found = [];
  for (const e of document.querySelectorAll('body *:not(svg *)')) {
    if (e.closest('.unseen, .scroll, .skip') || !e.checkVisibility()) continue;
    for (const node of e.childNodes) {
      if (node.nodeType !== 3 || !node.textContent.trim()) continue;
      range.selectNodeContents(node);
      for (const r of range.getClientRects()) {
        /* A line's box is higher than its letters. */
        const trim = r.height * 0.2;
        const text = node.textContent.trim().slice(0, 50);
        boxes.push({top: r.top + trim, bottom: r.bottom - trim, left: r.left, right: r.right, e, text});
      }
    }
  }
  boxes.sort((a, b) => a.top - b.top);
  boxes.forEach((a, n) => {
    for (let m = n + 1; m < boxes.length && boxes[m].top < a.bottom - 1; m += 1) {
      const b = boxes[m];
      if (a.e !== b.e && Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2)
        found.push(a.text + ' | ' + b.text);
    }
  });
  return found;
}"""
MOVING = """() => [...document.querySelectorAll('*')].filter(e => {
  const s = getComputedStyle(e), slow = s.transitionDuration.split(', ').some(parseFloat);
  return slow || s.animationName !== 'none' || s.scrollBehavior === 'smooth';
}).map(e => e.tagName)"""
MARKS = """() => [...document.querySelectorAll('svg.r2p-graphic [data-label]')]
  .map(e => [e.dataset.label, getComputedStyle(e).fill, getComputedStyle(e).stroke])"""


@pytest.fixture(scope="module")
def site(builds: Reports) -> Path:
    return builds["first"] / "site"


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(bypass_csp=True, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", KINDS)
def test_no_real_page_breaks_a_rule_of_accessibility(page: Page, site: Path, name: str) -> None:
    script = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    page.goto((site / name).as_uri())
    page.evaluate(SHORTENED)
    page.evaluate(script)
    # The pages with stand-in charts are held to all four; contrast takes long where there is much text.
    for width, scheme in ((1280, "light"), (375, "dark")):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate(AXE) == [], (width, scheme)


@pytest.mark.parametrize("zoom", [2, 4])
@pytest.mark.parametrize("name", KINDS)
def test_zoom_cuts_nothing_and_needs_no_sideways_scroll(browser: Browser, site: Path, name: str, zoom: int) -> None:
    """A window of 1280 by 1024, enlarged (WCAG 1.4.4 and 1.4.10)."""
    context = browser.new_context(
        viewport={"width": 1280 // zoom, "height": 1024 // zoom}, device_scale_factor=zoom, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto((site / name).as_uri())
    assert page.evaluate(CUT) == []
    assert page.evaluate(OVERLAPPING) == []
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280 // zoom
    context.close()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", KINDS)
def test_text_set_wider_is_neither_cut_nor_laid_over_other_text(page: Page, site: Path, name: str, width: int) -> None:
    """A reader's own style sheet (WCAG 1.4.12); letters of a chart keep their places, as those of any image do."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto((site / name).as_uri())
    page.add_style_tag(content=SPACED)
    assert page.evaluate("getComputedStyle(document.querySelector('p')).letterSpacing") != "normal"
    assert page.evaluate(CUT) == []
    assert page.evaluate(OVERLAPPING) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("chosen", ["light", "dark"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_charts_are_painted_for_the_background_that_the_system_forces(
    browser: Browser, site: Path, scheme: str, chosen: str
) -> None:
    """Forced colours leave a chart as it is: a theme chosen earlier would paint it for another background."""
    painted = []
    for forced in ("active", "none"):
        context = browser.new_context(forced_colors=forced, color_scheme=scheme)
        if forced == "active":
            context.add_init_script(f"localStorage.setItem('r2p-theme', '{chosen}')")
        page = context.new_page()
        page.goto((site / "countries/SYR.html").as_uri())
        painted.append(page.evaluate(MARKS))
        if forced == "active":
            assert page.evaluate("localStorage.getItem('r2p-theme')") == chosen
            assert page.locator(".theme-switch").count() == 0, "a switch that would change nothing"
            assert page.locator(".search input").count() == 1, "all else is there"
            page.keyboard.press("Tab")
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        context.close()
    assert len(painted[1]) > 100
    assert painted[0] == painted[1]


@pytest.mark.parametrize("name", ["index.html", "violence.html", "countries/SYR.html", "claims.html"])
def test_nothing_moves_for_those_who_want_no_motion(page: Page, site: Path, name: str) -> None:
    page.goto((site / name).as_uri())
    assert page.evaluate(MOVING) == []
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(MOVING) == ["HTML"], "links within a page glide, and nothing else moves"
