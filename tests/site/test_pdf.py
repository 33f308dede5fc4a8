"""The PDFs: what a reader with and without sight gets, and what must not be in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pdfkit import Pdf
from playwright.sync_api import sync_playwright
from sitekit import exhibit, gap, notebook, prose, sample

from r2p_analysis.errors import RenderError, UsageError
from r2p_analysis.site import PageSource, build, build_pdf, chromium, find_chromium

DAY = date(2026, 11, 25)
TITLE = "Evidence on the Responsibility to Protect, 2016 edition"


def tall(specs: list[dict[str, Any]]) -> list[str]:
    """Pictures that leave no room for a second one on a page."""
    return [
        f'<svg width="{s["width"]}" height="720" viewBox="0 0 {s["width"]} 720" '
        f'xmlns="http://www.w3.org/2000/svg"><rect width="{s["width"]}" height="90" fill="#0b5394"/>'
        f'<text x="5" y="150" font-size="13" fill="#1c2731">Drawn {s["name"]}.</text></svg>'
        for s in specs
    ]


def full_country(folder: Path, code: str, title: str, exhibits: int) -> PageSource:
    findings = [prose(f"Finding {n} says what the numbers say. " * 3, "finding", f"chart-{n}", "12") for n in (7, 2)]
    findings += [prose(f"Finding {n} stands for itself. " * 5, "finding") for n in range(6)]
    shown = [part for n in range(exhibits) for part in (f"## Section {n // 2}", exhibit(f"chart-{n}", claims=["C04"]))]
    return PageSource(
        "country", code, title, notebook(folder / f"{code}.ipynb", f"# {title}", *findings, *shown, gap())
    )


HEADLINE = "Headline of {}. It is so long that on a sheet of paper it is broken into lines, where spaces get lost"
NAMES = [f"many-{n}" for n in range(8)]


def many(folder: Path) -> PageSource:
    """Exhibits that begin anywhere on a sheet, so that each would be cut somewhere."""
    parts: list[Any] = []
    for n, name in enumerate(NAMES):
        parts += [prose("A sentence between exhibits. " * (20 * n)), exhibit(name, headline=HEADLINE.format(name))]
        parts[-1]["notes"] = [f"Note of {name}."]
    return PageSource("topic", "many", "Many", notebook(folder / "many.ipynb", "# Many", *parts))


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory, chromium: str) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("printed")
    request = sample(folder, render=tall)
    topics = [page for page in request.pages if page.kind == "topic"]
    pages = [*topics, many(folder), full_country(folder, "SYR", "Syria", 12), replace(request.pages[1], slug="TUV")]
    request = replace(request, pages=pages)
    build_pdf(request, build(request), Path(chromium), DAY, lambda name: None)
    return folder


@pytest.fixture(scope="module")
def report(printed: Path) -> Pdf:
    return Pdf((printed / "report.pdf").read_bytes())


@pytest.fixture(scope="module")
def brief(printed: Path) -> Pdf:
    return Pdf((printed / "briefs/SYR.pdf").read_bytes())


@pytest.mark.browser
def test_a_reader_without_sight_gets_language_headings_and_pictures_in_words(report: Pdf) -> None:
    root = report.of("/Type /Catalog")[0]
    assert b"/Lang (en)" in root
    assert b"/Marked true" in root
    assert b"/DisplayDocTitle true" in root
    assert report.texts("/Title")[0] == TITLE
    alts = report.texts("/Alt")
    assert len(alts) == len(report.pages_of("Figure")) == 1 + len(NAMES), "one picture is one figure with one text"
    assert "More people were displaced in 2015" in alts[0]
    assert "where 2015 is the highest" in alts[0]
    for role in ("H1", "H2", "H3", "Table", "TH", "L", "Link"):
        assert report.pages_of(role), f"no {role} in the structure"


@pytest.mark.browser
def test_bookmarks_lead_through_the_whole_report(report: Pdf) -> None:
    marks = report.of("/SE")
    titles = [re.search(rb"/Title \((.*?)\)\n", held)[1].decode() for held in marks]
    assert len(titles) > 20
    assert all(b"/Dest [" in held for held in marks)
    chapters = ["Displacement", "Many", "Claims", "Data and method", "Glossary", "About this report"]
    assert [title for title in titles if title in chapters] == chapters
    assert "More people were displaced in 2015 than in any year since 1990" in titles


@pytest.mark.browser
def test_links_lead_somewhere_and_none_to_this_machine(report: Pdf, brief: Pdf, printed: Path) -> None:
    for pdf in (report, brief):
        names = {name for held in pdf.objects.values() for name in re.findall(rb"/(\S+) \[\d+ 0 R /XYZ", held)}
        wanted = {name for held in pdf.of("/Subtype /Link") for name in re.findall(rb"/Dest /(\S+)", held)}
        assert wanted
        assert wanted <= names
        addresses = pdf.texts("/URI")
        assert addresses
        assert all(address.startswith(("http://", "https://")) for address in addresses)
        assert str(printed).encode() not in pdf.content
    assert {b"displacement--world-total", b"claims--C04", b"data--table_unhcr_population"} <= {
        name for held in report.of("/Subtype /Link") for name in re.findall(rb"/Dest /(\S+)", held)
    }


@pytest.mark.browser
def test_fonts_are_embedded(report: Pdf, brief: Pdf) -> None:
    for pdf in (report, brief):
        described = pdf.of("/Type /FontDescriptor")
        assert described
        assert all(b"/FontFile" in held for held in described)


@pytest.mark.browser
def test_running_heads_and_page_numbers(report: Pdf, brief: Pdf) -> None:
    count = len(report.pages)
    chapter = next(report.text(page) for page in report.pages if "How many, and where" in report.text(page))
    assert chapter.startswith(f"{TITLE}Displacement")
    assert f"{count} of {count}" in report.text(report.pages[-1])
    assert "of" not in report.text(report.pages[0])[-8:], "the cover has no number"
    assert all(brief.text(page).startswith(f"{TITLE}Syria: brief") for page in brief.pages)


@pytest.mark.browser
def test_no_exhibit_is_parted_from_its_headline_or_its_notes(report: Pdf) -> None:
    seen = []
    for page in report.pages:
        text = report.text(page)
        places = [[name for name in NAMES if f"{word} {name}." in text] for word in ("Headline of", "Drawn", "Note of")]
        assert places[0] == places[1] == places[2], page
        seen += places[1]
    assert seen == NAMES


@pytest.mark.browser
def test_bookmarks_keep_the_spaces_at_which_headings_are_broken(report: Pdf) -> None:
    assert {HEADLINE.format(name) for name in NAMES} <= set(report.texts("/Title"))


@pytest.mark.browser
def test_no_exhibit_is_cut_and_none_is_parted_from_its_headline(brief: Pdf) -> None:
    figures, headlines = brief.pages_of("Figure"), brief.pages_of("H3")
    assert len(figures) >= 2
    assert all(len(pages) == 1 for pages in figures)
    assert [pages for pages in figures if pages not in headlines] == []


@pytest.mark.browser
def test_a_brief_has_at_most_four_pages_and_the_exhibits_of_its_findings(printed: Path, brief: Pdf) -> None:
    assert len(brief.pages) == 4 == chromium_count(brief)
    text = "".join(brief.text(page) for page in brief.pages)
    assert text.replace(" ", "").count("standsforitself") == 15, "five findings at most, five times three"
    assert "Figure 8" in text
    assert "Figure 3" in text
    assert "The full page has" in text
    assert "countries/SYR.html" in text
    assert "No open data cover this." in text
    small = Pdf((printed / "briefs/TUV.pdf").read_bytes())
    assert len(small.pages) == 1


def chromium_count(pdf: Pdf) -> int:
    return chromium.page_count(pdf.content)


@pytest.mark.browser
def test_the_same_site_gives_the_same_bytes_on_another_day(printed: Path, chromium: str, tmp_path: Path) -> None:
    request = sample(printed / "again")
    built = build(request)
    once = [path.read_bytes() for path in build_pdf(request, built, Path(chromium), DAY, lambda name: None)]
    twice = [path.read_bytes() for path in build_pdf(request, built, Path(chromium), DAY, lambda name: None)]
    assert once == twice
    assert b"/CreationDate (D:20261125000000" in once[0]
    assert b"HeadlessChrome" not in once[0]


@pytest.mark.browser
def test_links_out_of_a_brief_lead_to_the_published_page(tmp_path: Path, chromium: str) -> None:
    request = sample(tmp_path, address="https://example.org/r2p/")
    pdf = Pdf(build_pdf(request, build(request), Path(chromium), DAY, lambda name: None)[1].read_bytes())
    assert "https://example.org/r2p/data.html#table_unhcr_population" in pdf.texts("/URI")


@pytest.mark.browser
def test_a_failed_printing_leaves_the_last_good_files(tmp_path: Path, chromium: str) -> None:
    request = sample(tmp_path)
    built = build(request)
    before = {path: path.read_bytes() for path in build_pdf(request, built, Path(chromium), DAY, lambda name: None)}
    broken = tmp_path / "broken"
    broken.write_text("#!/bin/sh\necho no display >&2\nexit 3\n")
    broken.chmod(0o755)
    with pytest.raises(RenderError, match=r"broken made no PDF: no display"):
        build_pdf(request, built, broken, DAY, lambda name: None)
    assert {path: path.read_bytes() for path in before} == before
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith((".", "pdf-"))) == []


def program(path: Path, version: str) -> Path:
    path.write_text(f"#!/bin/sh\necho '{version}'\n")
    path.chmod(0o755)
    return path


def test_a_missing_chromium_is_one_line_that_says_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="none was found: install chromium, or set R2P_CHROMIUM"):
        find_chromium({"PATH": str(tmp_path)})
    with pytest.raises(UsageError, match="R2P_CHROMIUM is /nowhere, which is no program"):
        find_chromium({"PATH": str(tmp_path), "R2P_CHROMIUM": "/nowhere"})


def test_a_missing_chromium_is_told_before_any_notebook_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from r2p_analysis import run
    from r2p_analysis.cli.build import build as command

    monkeypatch.setenv("R2P_CHROMIUM", "/nowhere")
    monkeypatch.setattr(run, "execute_all", lambda *given: pytest.fail("the notebooks ran"))
    with pytest.raises(UsageError, match="which is no program"):
        command(edition=[2016], country=["TUV"], output=tmp_path / "out", pdf=True)
    assert not (tmp_path / "out").exists()


def test_a_chromium_without_running_heads_is_refused(tmp_path: Path) -> None:
    old = program(tmp_path / "chromium", "Chromium 130.0.6723.91 built on Debian")
    with pytest.raises(UsageError, match=r"131 or later, and .* is 130"):
        find_chromium({"PATH": str(tmp_path)})
    with pytest.raises(UsageError, match="is neither"):
        find_chromium({"PATH": "", "R2P_CHROMIUM": str(program(old, "Firefox"))})
    assert find_chromium({"PATH": str(tmp_path), "R2P_CHROMIUM": str(program(old, "Chromium 131.0.1.2"))}) == old


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj"])
def test_a_pdf_written_otherwise_is_refused_and_not_spoilt(content: bytes) -> None:
    with pytest.raises(RenderError, match="newer Chromium"):
        chromium.dated(content, DAY)
    with pytest.raises(RenderError, match="newer Chromium"):
        chromium.page_count(content)


def test_what_chromium_counts_on_from_run_to_run_is_counted_anew() -> None:
    def printed_pdf(*ids: int) -> bytes:
        first, *cells = (b"(node%08d)" % number for number in ids)
        head = b"%PDF-1.4\n1 0 obj\n<</Creator (whichever program it was)\n/CreationDate (D:20200101101010)>>\nendobj\n"
        return head + b"/ID %s /Headers [%s] /Names [%s 5 0 R]" % (first, b" ".join(cells), first)

    told = chromium.dated(printed_pdf(149, 151, 160, 151), DAY)

    assert told == chromium.dated(printed_pdf(148, 149, 159, 149), DAY)
    assert len(told) == len(printed_pdf(149, 151, 160, 151))
    assert b"/ID (node00000001) /Headers [(node00000002) (node00000003) (node00000002)] /Names [(node00000001)" in told


def test_a_long_table_stays_out_of_a_brief() -> None:
    from r2p_analysis.site.brief import LONGEST_TABLE, Piece

    def piece(rows: int, kind: str = "table") -> Piece:
        return Piece("a", kind, "<tr>" * (rows + 1), opens_section=True)

    assert piece(LONGEST_TABLE).fits
    assert not piece(LONGEST_TABLE + 1).fits
    assert not piece(2, "gap").fits


def test_a_long_strip_is_shown_in_its_wide_layout() -> None:
    from r2p_analysis.site.brief import Piece

    def piece(height: int) -> Piece:
        svg = f'<div class="graphic narrow"><svg class="a" viewBox="0 0 343 {height}"></svg></div>'
        return Piece(
            "a", "chart", f'<div class="graphic wide"><svg viewBox="0 0 1 9"></svg></div>{svg}', opens_section=True
        )

    assert not piece(364).tall
    assert piece(900).tall
    assert not Piece("a", "table", "<table></table>", opens_section=True).tall


def test_exhibits_are_chosen_by_findings_then_by_section() -> None:
    from r2p_analysis.site.brief import MOST_EXHIBITS, Piece, chosen

    exhibits = [Piece(f"e{n}", "chart", "", opens_section=n % 3 == 0) for n in range(12)]
    names = [piece.name for piece in chosen(exhibits, ["e7", "e4", "e7"])]
    assert names == ["e7", "e4", "e0", "e3", "e6", "e9"]
    assert len(names) == MOST_EXHIBITS


def test_what_is_not_closed_is_not_printed() -> None:
    from r2p_analysis.site.rewriting import rewritten

    with pytest.raises(RenderError, match="leaves <p> open"):
        rewritten("<p>", lambda tag, held: (tag, held))
    with pytest.raises(RenderError, match="leaves"):
        rewritten("<p>", lambda tag, held: None)
    keep = lambda tag, held: (tag, held)  # noqa: E731
    assert rewritten('<p a="x > y">1<br>2<svg><path d="M0"/></svg></p>', keep) == (
        '<p a="x > y">1<br>2<svg><path d="M0"/></svg></p>'
    )
    with pytest.raises(RenderError, match="closes <p> where b is open"):
        rewritten("<p><b></p>", keep)
    with pytest.raises(RenderError, match="closes <p> where nothing is open"):
        rewritten("</p>", keep)


@pytest.mark.browser
def test_a_table_that_goes_on_upon_the_next_sheet_has_the_words_of_its_head_there(
    tmp_path: Path, chromium: str
) -> None:
    """The head was repeated as a row of empty boxes: browsers leave the words of buttons out of it."""
    columns = [
        {"name": "country", "title": "Thecountry", "type": "text", "unit": "", "decimals": 0},
        {"name": "people", "title": "Thepeople", "type": "integer", "unit": "", "decimals": 0},
    ]
    long = exhibit(kind="table", graphic=None, columns=columns, rows=[[f"Row{n:03}x", n] for n in range(90)], claims=[])
    topic = PageSource("topic", "long", "Long", notebook(tmp_path / "long.ipynb", "# Long", long))
    request = sample(tmp_path, pages=[topic])
    build(request)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.goto((request.out / "long.html").as_uri())
        assert page.locator("thead .sort").count() == 2, "the script has made buttons of the head"
        printed_page = Pdf(page.pdf(format="A4", prefer_css_page_size=True))
        browser.close()
    texts = [printed_page.text(number) for number in printed_page.pages]
    held = [text for text in texts if "Row0" in text]
    assert len(held) > 1
    assert [text for text in held if "Thecountry" not in text or "Thepeople" not in text] == []
    assert [text for text in texts if "Thecountry" in text and "Row0" not in text] == [], "no head without rows"
