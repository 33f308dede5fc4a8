"""What a person sees in a browser while a notebook is saved."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, sync_playwright
from watchkit import PATIENCE, Watched, notebook, save, spoilt, until

pytestmark = pytest.mark.browser

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
MILLISECONDS = PATIENCE * 1000


@pytest.fixture
def page(chromium: str, watched: Watched) -> Iterator[Any]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1000, "height": 700})
        page.errors, page.asked = [], []
        page.on("console", lambda message: page.errors.append(message.text))
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(f"{watched.url}countries/YEM.html")
        yield page
        browser.close()


def profile(text: str) -> str:
    return notebook("profile", text, per="country", long=True)


def shows(page: Page, text: str) -> None:
    page.get_by_text(text, exact=True).wait_for(timeout=MILLISECONDS)


def top(page: Page) -> float:
    return page.evaluate("document.getElementById('total').getBoundingClientRect().top")


def test_the_page_reloads_at_once_and_what_is_read_stays_where_it_was(page: Any, watched: Watched) -> None:
    save(watched.home, "profile", profile("Long now."))
    shows(page, "Long now.")
    watched.settled()
    page.evaluate("window.scrollTo({ top: document.getElementById('total').offsetTop - 20, behavior: 'instant' })")
    before = top(page)
    assert page.evaluate("window.scrollY") > 500
    # Chromium would find the place again by itself; other browsers know no more than a number of pixels.
    page.evaluate("history.scrollRestoration = 'manual'; window.mark = 'the first one'")
    save(watched.home, "profile", profile("First.\n\nSecond.\n\nThird.\n\nAnd so more stands above what is read."))
    shows(page, "And so more stands above what is read.")
    assert page.evaluate("window.mark || 'another'") == "another"
    until(lambda: page.evaluate("window.scrollY") > 500)
    assert abs(top(page) - before) < 2, "more was put above it, and it did not move"
    watched.settled()
    page.evaluate("window.mark = 'stays'")
    page.wait_for_timeout(500)
    assert page.evaluate("window.mark") == "stays", "the whole report brought nothing new to this page"
    assert page.errors == []
    assert all(url.startswith(watched.url) for url in page.asked)


def test_a_page_that_did_not_change_is_left_alone(page: Any, watched: Watched) -> None:
    page.evaluate("window.mark = 'stays'")
    save(watched.home, "plain", notebook("plain", "Another page."))
    watched.settled()
    page.wait_for_timeout(500)
    assert page.evaluate("window.mark") == "stays"


def test_trouble_is_told_on_the_page_without_a_reload_and_goes_with_it(page: Any, watched: Watched) -> None:
    page.evaluate("window.mark = 'stays'")
    save(watched.home, "profile", spoilt(profile("Spoilt.")))
    bar = page.locator("#r2p-watch-trouble")
    bar.wait_for(timeout=MILLISECONDS)
    assert "profile.ipynb cannot be read as a notebook" in bar.inner_text()
    assert page.evaluate("window.mark") == "stays"
    save(watched.home, "profile", profile("Good again."))
    shows(page, "Good again.")
    assert bar.count() == 0 or not bar.is_visible()
    watched.settled()
    assert page.errors == []
