"""Every kind of page as a browser, an accessibility checker and a strict server see it."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from typing import Any

import html5lib
import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from sitekit import sample
from test_site_browser import ARGUMENTS

from r2p_analysis.site import PageSource, build

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:"
KINDS = (
    "index.html",
    "displacement.html",
    "broken.html",
    "countries/index.html",
    "countries/SYR.html",
    "compare/SYR-TUV.html",
    "claims.html",
    "data.html",
    "glossary.html",
    "about.html",
    "embed/displacement-world-total.html",
)
AXE = """() => axe.run(document, {preload: false, resultTypes: ['violations']}).then(
  found => found.violations.map(v => [v.id, v.nodes.length, v.nodes[0].html.slice(0, 300)]))"""
SPACED = """() => {
  for (const e of document.querySelectorAll('body *:not(svg *)')) {
    e.style.setProperty('line-height', '1.5', 'important');
    e.style.setProperty('letter-spacing', '0.12em', 'important');
    e.style.setProperty('word-spacing', '0.16em', 'important');
  }
}"""
SMALL_TARGETS = """() => [...document.querySelectorAll('button, input, select, summary')]
  .filter(e => e.getClientRects().length)
  .map(e => [e.closest('label') || e, e])
  .filter(([area]) => { const b = area.getBoundingClientRect(); return b.width < 24 || b.height < 24; })
  .map(([, e]) => e.outerHTML.slice(0, 160))"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    request = sample(folder)
    broken = PageSource("topic", "broken", "Broken", None, failure="the kernel died")
    request = sample(folder, pages=[*request.pages, broken], comparisons=[("SYR", "TUV")])
    build(request)
    return request.out


class Strict(SimpleHTTPRequestHandler):
    """A server that trusts nothing."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="module")
def server(site: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Strict, directory=str(site))) as listening:
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{listening.server_address[1]}/"
        listening.shutdown()


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


@pytest.mark.browser
@pytest.mark.parametrize("name", KINDS)
def test_no_page_breaks_a_rule_of_accessibility(page: Page, site: Path, name: str) -> None:
    script = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    for width, scheme in ((1280, "light"), (1280, "dark"), (375, "light"), (375, "dark")):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        page.goto((site / name).as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        page.evaluate(script)
        assert page.evaluate(AXE) == [], (width, scheme)


@pytest.mark.browser
@pytest.mark.parametrize("name", KINDS)
def test_wider_text_or_the_other_direction_loses_nothing(page: Page, site: Path, name: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto((site / name).as_uri())
    page.evaluate(SPACED)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.evaluate("document.documentElement.dir = 'rtl'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.browser
@pytest.mark.parametrize("name", KINDS)
def test_every_control_is_large_enough_to_hit(page: Page, site: Path, name: str) -> None:
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto((site / name).as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.evaluate(SMALL_TARGETS) == []


@pytest.mark.browser
@pytest.mark.parametrize("over", ["file", "http"])
def test_a_crawl_meets_no_error_and_asks_nobody_else(browser: Browser, site: Path, server: str, over: str) -> None:
    root = server if over == "http" else site.as_uri() + "/"
    context = browser.new_context()
    page, troubles = context.new_page(), []
    page.on("console", lambda message: troubles.append(message.text))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    # An icon that is still on its way when the crawl goes on to the next page is aborted, not failed.
    page.on("requestfailed", lambda r: None if r.failure == "net::ERR_ABORTED" else troubles.append(r.url))
    page.on("response", lambda answer: troubles.append(answer.url) if answer.status >= 400 else None)
    page.on("request", lambda request: None if request.url.startswith(root) else troubles.append(request.url))
    for path in sorted(site.rglob("*.html")):
        page.goto(root + path.relative_to(site).as_posix())
        assert troubles == [], path.name
    context.close()


def test_every_page_is_valid_html(site: Path) -> None:
    for path in site.rglob("*.html"):
        html5lib.HTMLParser(strict=True).parse(path.read_text(encoding="utf-8"))
