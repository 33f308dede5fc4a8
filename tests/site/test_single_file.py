"""One file a page, and the whole site as a zip: what arrives by mail must work alone."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from sitekit import sample
from test_site_browser import ARGUMENTS

from r2p_analysis.errors import RenderError, UsageError
from r2p_analysis.site import build, build_single
from r2p_analysis.site.archive import zip_folder
from r2p_analysis.site.pages import SCRIPTS
from r2p_analysis.site.single import single

PAGES = ("index.html", "displacement.html", "countries/index.html", "countries/SYR.html", "claims.html", "data.html")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    request = sample(tmp_path_factory.mktemp("single"))
    build_single(request, build(request))
    return request.out.parent


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


def opened(browser: Browser, path: Path) -> Page:
    page = browser.new_context(accept_downloads=True).new_page()
    page.errors, page.asked = [], []
    page.on("console", lambda message: page.errors.append(message.text))
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.on("request", lambda request: page.asked.append(request.url))
    page.goto(path.as_uri())
    return page


@pytest.mark.browser
@pytest.mark.parametrize("name", PAGES)
def test_a_page_sent_alone_asks_for_nothing_and_complains_of_nothing(
    browser: Browser, folder: Path, tmp_path: Path, name: str
) -> None:
    alone = tmp_path / "attachment.html"
    alone.write_bytes((folder / "single" / name).read_bytes())
    page = opened(browser, alone)
    assert [url for url in page.asked if not url.startswith("data:")] == [alone.as_uri()]
    assert page.errors == []
    assert page.evaluate("getComputedStyle(document.querySelector('.masthead')).borderTopWidth") == "4px"
    assert page.locator(".theme-switch").count() == 1, "the scripts ran"
    assert page.locator("[role=search]").count() == 0, "no search without its list"
    page.context.close()


@pytest.mark.browser
def test_the_policy_lets_no_other_script_run(browser: Browser, folder: Path, tmp_path: Path) -> None:
    html = (folder / "single/displacement.html").read_text(encoding="utf-8")
    injected = tmp_path / "injected.html"
    injected.write_text(html.replace("</main>", "<script>document.title = 'taken'</script></main>"), encoding="utf-8")
    page = opened(browser, injected)
    assert page.title() != "taken"
    assert "Content Security Policy" in page.errors[0]
    page.context.close()


@pytest.mark.browser
def test_the_data_can_be_taken_out_of_the_file(browser: Browser, folder: Path) -> None:
    page = opened(browser, folder / "single/displacement.html")
    with page.expect_download() as started:
        page.locator("#world-total a[download]").click()
    assert started.value.suggested_filename == "displacement-world-total.csv"
    taken = Path(started.value.path()).read_bytes()
    assert taken == (folder / "site/data/displacement-world-total.csv").read_bytes()
    assert page.locator("a[download]").count() == 2, "a chart and a table; pictures are in the page"
    page.context.close()


@pytest.mark.browser
def test_single_files_lead_to_each_other(browser: Browser, folder: Path) -> None:
    page = opened(browser, folder / "single/countries/SYR.html")
    page.get_by_role("navigation", name="Report").get_by_role("link", name="Claims").click()
    assert page.url == (folder / "single/claims.html").as_uri()
    page.context.close()


@pytest.mark.parametrize("name", PAGES)
def test_nothing_in_a_single_file_points_to_a_file_that_is_not_sent(folder: Path, name: str) -> None:
    html = (folder / "single" / name).read_text(encoding="utf-8")
    markup = re.sub(r"<(script|style)>.*?</\1>", "", html, flags=re.DOTALL)
    loaded = re.findall(r'\bsrc="([^"]*)"|<link\b[^>]*href="([^"]*)"', markup)
    assert [one for pair in loaded for one in pair if one and not one.startswith("data:")] == []
    places = [link.partition("#")[0] for link in re.findall(r'<a\b[^>]*href="([^"]*)"', markup)]
    inside = [place for place in places if place and not re.match("[a-z]+:", place)]
    assert inside
    assert [place for place in inside if not (folder / "single" / name).parent.joinpath(place).is_file()] == []
    assert "unsafe" not in re.search(r'Security-Policy" content="([^"]*)"', html)[1]
    assert "iframe" not in markup


@pytest.mark.browser
def test_printing_leaves_folded_data_and_controls_out(browser: Browser, folder: Path) -> None:
    page = opened(browser, folder / "site/displacement.html")
    assert page.locator("#world-total .data summary").is_visible()
    page.emulate_media(media="print")
    for name in (".data", ".citing", ".downloads", ".more .plain"):
        assert page.locator(f"#world-total {name}").count(), name
        assert not any(one.is_visible() for one in page.locator(f"#world-total {name}").all()), name
    assert page.locator("#largest table").is_visible(), "a table that is an exhibit is whole"
    page.context.close()


def test_the_hashes_of_the_policy_are_those_of_what_is_inside(folder: Path) -> None:
    html = (folder / "single/displacement.html").read_text(encoding="utf-8")
    policy = re.search(r'Security-Policy" content="([^"]*)"', html)[1]
    for kind, least in (("script", len(SCRIPTS)), ("style", 1)):
        texts = re.findall(rf"<{kind}>(.*?)</{kind}>", html, re.DOTALL)
        hashes = [f"'sha256-{base64.b64encode(hashlib.sha256(t.encode()).digest()).decode()}'" for t in texts]
        assert len(texts) == least
        assert re.search(rf"{kind}-src ([^;]*);", policy)[1].split() == hashes


def test_a_missing_file_stops_it_and_the_last_good_ones_stay(tmp_path: Path) -> None:
    request = sample(tmp_path)
    built = build(request)
    build_single(request, built)
    before = {p: p.read_bytes() for p in (tmp_path / "single").rglob("*") if p.is_file()}
    (request.out / "assets/page.js").unlink()
    with pytest.raises(RenderError, match=r"assets/page\.js, which the site does not hold"):
        build_single(request, built)
    assert {p: p.read_bytes() for p in (tmp_path / "single").rglob("*") if p.is_file()} == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_style_that_would_end_its_element_is_refused(tmp_path: Path) -> None:
    request = sample(tmp_path)
    build(request)
    (request.out / "assets/site.css").write_text("p::after { content: '</style><script>' }")
    with pytest.raises(RenderError, match="what would end it"):
        single(request.out, "index.html")


def test_a_folder_of_somebody_else_is_not_replaced(tmp_path: Path) -> None:
    request = sample(tmp_path)
    built = build(request)
    (tmp_path / "single").mkdir()
    (tmp_path / "single/letter.txt").write_text("Dear all")
    with pytest.raises(UsageError, match="no site of this command"):
        build_single(request, built)
    assert (tmp_path / "single/letter.txt").read_text() == "Dear all"


def test_the_zip_has_the_same_bytes_whenever_it_is_made(folder: Path, tmp_path: Path) -> None:
    first = (folder / "r2p-2016.zip").read_bytes()
    request = sample(tmp_path)
    built = build(request)
    for number, path in enumerate(sorted(request.out.rglob("*.html"))):
        os.utime(path, (10**9 + number, 10**9))
        path.chmod(0o600)
    build_single(request, built)
    assert (tmp_path / "r2p-2016.zip").read_bytes() == first


def test_the_zip_holds_the_whole_site_under_one_folder(folder: Path) -> None:
    site = folder / "site"
    with zipfile.ZipFile(folder / "r2p-2016.zip") as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        held: dict[str, Any] = {name: archive.read(name) for name in names}
    files = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    assert names == [f"r2p-2016/{name}" for name in files]
    assert all(held[f"r2p-2016/{name}"] == (site / name).read_bytes() for name in files)


def test_a_zip_that_breaks_leaves_the_last_good_one(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site/a.html").write_text("a")
    target = zip_folder(tmp_path / "site", tmp_path / "a.zip")
    before = target.read_bytes()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(
            zipfile.ZipFile, "writestr", lambda *given, **named: (_ for _ in ()).throw(OSError("disk full"))
        )
        with pytest.raises(OSError, match="disk full"):
            zip_folder(tmp_path / "site", target)
    assert target.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.zip", "site"]
