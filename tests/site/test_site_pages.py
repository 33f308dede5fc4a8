"""What the pages hold, and that all of it hangs together."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from sitekit import CLAIMS, SOURCE, exhibit, notebook, prose, sample

from r2p_analysis.site import PageSource, SiteRequest, build
from r2p_analysis.site.pages import SCRIPTS


class Parsed(HTMLParser):
    """The tags, ids, links and loads of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.ids: list[str] = []
        self.refs: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.scripts: list[str] = []
        self.styled = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        if tag == "script":
            self.scripts.append(str(dict(attrs).get("src")).removeprefix("../"))
        for name, value in attrs:
            value = value or ""
            self.styled += name == "style"
            if name == "id":
                self.ids.append(value)
            if name in ("aria-labelledby", "aria-describedby", "for"):
                self.refs += value.split()
            if name == "href" and tag == "a":
                self.links.append(value)
            elif name in ("href", "src", "srcset", "xlink:href", "data", "poster", "action", "background"):
                self.loads.append(value)
            self.loads += re.findall(r"url\(\s*['\"]?([^)'\"]*)", value)


@pytest.fixture
def site(tmp_path: Path) -> SiteRequest:
    request = sample(tmp_path)
    assert build(request).failures == ()
    return request


def pages(request: SiteRequest) -> dict[str, Parsed]:
    return {
        p.relative_to(request.out).as_posix(): Parsed(p.read_text(encoding="utf-8"))
        for p in sorted(request.out.rglob("*.html"))
    }


def test_the_same_input_gives_the_same_bytes(tmp_path: Path, site: SiteRequest) -> None:
    again = sample(tmp_path / "again")
    build(again)
    first, second = (
        {p.relative_to(r.out).as_posix(): p.read_bytes() for p in r.out.rglob("*") if p.is_file()}
        for r in (site, again)
    )
    assert first == second
    assert all(content.endswith(b"\n") and b"\r" not in content for content in first.values())


def test_nothing_is_loaded_from_elsewhere(site: SiteRequest) -> None:
    for name, page in pages(site).items():
        assert page.styled == 0, name
        for load in page.loads:
            assert load.startswith("#") or not (urlsplit(load).scheme or urlsplit(load).netloc), f"{name}: {load}"
        assert not page.tags.keys() & {"iframe", "object", "embed", "style", "form", "base"}, name
        wanted = () if name.startswith("embed/") else ("theme.js", *SCRIPTS)
        assert page.scripts == [f"assets/{script}" for script in wanted], "no script stands in a page"
    css = (site.out / "assets/site.css").read_text()
    assert "@import" not in css
    assert "url(" not in css


def test_every_link_and_anchor_resolves(site: SiteRequest) -> None:
    found = pages(site)
    for name, page in found.items():
        for link in [*page.links, *(load for load in page.loads if not load.startswith("#"))]:
            parts = urlsplit(urljoin(f"https://site.test/{name}", link))
            if parts.netloc != "site.test":
                assert parts.scheme in ("http", "https"), f"{name}: {link}"
                continue
            path = unquote(parts.path).lstrip("/")
            assert (site.out / path).is_file(), f"{name}: {link}"
            assert not link.startswith("/")
            if parts.fragment:
                assert parts.fragment in found[path].ids, f"{name}: {link}"


def test_every_page_is_sound(site: SiteRequest) -> None:
    for name, page in pages(site).items():
        framed = name.startswith("embed/")
        assert page.tags["h1"] == page.tags["main"] == 1, name
        assert page.tags["header"] == page.tags["footer"] == (0 if framed else 1), name
        assert framed or page.tags["nav"] >= 1, name
        assert [i for i, count in Counter(page.ids).items() if count > 1] == [], name
        assert set(page.refs) <= set(page.ids), name


def test_headings_do_not_skip_a_level(site: SiteRequest) -> None:
    for path in site.out.rglob("*.html"):
        levels = [1, *map(int, re.findall(r"<h([1-6])\b", path.read_text()))]
        assert all(b <= a + 1 for a, b in pairwise(levels)), path.name


def test_an_exhibit_has_all_its_parts(site: SiteRequest) -> None:
    html = (site.out / "displacement.html").read_text()
    figure = html[html.index('<figure id="world-total"') : html.index("</figure>")]
    for part in (
        "Figure 1",
        "More people were displaced in 2015",
        "at the end of each year.",
        '<div class="graphic wide">',
        '<div class="graphic narrow">',
        "Stacked bar chart of displaced people where 2015 is the highest.",
        "Data (table)",
        'href="data/displacement-world-total.csv"',
        "CC BY 4.0",
        "accessed 2026-07-03",
        "Stocks at 31 December.",
        "claims.html#C04",
        "An unprecedented number of people are displaced",
        '<th scope="row" class="num">2015</th>',
        ">16,110,276<",
        ">−3.5<",
    ):
        assert part in figure, part
    assert "secret_code" not in html
    assert html.index("Table 1") < html.index("Figure 2")


def test_a_table_exhibit_is_visible_without_opening_anything(site: SiteRequest) -> None:
    html = (site.out / "displacement.html").read_text()
    figure = html[html.index('<figure id="largest"') :]
    assert figure.index("<table>") < figure.index("<details>")


def test_a_gap_keeps_its_slot_and_says_why(site: SiteRequest) -> None:
    html = (site.out / "displacement.html").read_text()
    figure = html[html.index('<figure id="left-out"') :]
    assert "Deaths in custody" in figure
    assert "No open data cover this." in figure
    assert "<details" not in figure


def test_the_index_links_findings_to_their_exhibits(site: SiteRequest) -> None:
    html = (site.out / "index.html").read_text()
    assert "65.0<span>million</span>" in html
    assert 'href="displacement.html#world-total">Figure 1</a>' in html
    assert "5 claims checked" in html
    assert "2016 edition" in html
    assert "the end of 2015" in html


def test_every_verdict_stands_in_words_with_a_symbol_of_its_own(site: SiteRequest) -> None:
    html = (site.out / "claims.html").read_text()
    for claim in CLAIMS:
        assert f'id="{claim.id}"' in html
    symbols = {
        word: re.search(rf'(<svg class="symbol"(?:(?!</svg>).)*</svg>)<span>{word}</span>', html, re.DOTALL)
        for word in (c.verdict[0].upper() + c.verdict[1:] for c in CLAIMS)
    }
    assert len({match[1] for match in symbols.values() if match}) == 5
    for part in ("65.3 million", "As stated then", "Displacement, Figure 1", "complete from 1990 only", "holds"):
        assert part in html


def test_a_page_read_for_evidence_is_linked_apart_from_the_source(site: SiteRequest) -> None:
    html = (site.out / "claims.html").read_text()
    claim = html[html.index('id="C04"') : html.index("</article>", html.index('id="C04"'))]
    assert '<a href="https://summary.test/of-the-report" rel="external noopener">A/70/999</a>' in claim
    assert 'Also read: <a href="https://www.paper.test/evidence" rel="external noopener">paper.test</a>.' in claim
    assert "People displaced at the end of 2015" in claim


def test_a_claim_without_an_exhibit_in_this_build_says_so(tmp_path: Path) -> None:
    request = sample(tmp_path, pages=[])
    assert build(request).warnings == ()
    assert "is not in this build" in (request.out / "claims.html").read_text()


def test_the_data_page_names_every_table(site: SiteRequest) -> None:
    html = (site.out / "data.html").read_text()
    for part in (
        "Population figures",
        "June 2026",
        "138,893",
        "1951–2025",
        "abababababab…",
        "2026-07-03",
        "Values 1 to 4 are rounded by the producer.",
        "Zero is not missing",
        "Who is not counted",
    ):
        assert part in html


def test_countries_stand_by_region_and_name(tmp_path: Path) -> None:
    names = {"TUR": "Türkiye", "CIV": "Côte d’Ivoire", "COL": "Colombia", "CHE": "Switzerland", "CAF": "Central Africa"}
    request = sample(tmp_path, pages=[PageSource("country", iso3, name, None) for iso3, name in names.items()])
    build(request)
    html = (request.out / "countries/index.html").read_text()
    assert html.index(">Africa<") < html.index("CAF.html") < html.index("CIV.html") < html.index(">Americas<")
    assert html.index(">Asia<") < html.index("TUR.html") < html.index(">Europe<") < html.index("CHE.html")
    assert 'rel="next" href="../countries/CIV.html"' in (request.out / "countries/COL.html").read_text()


def test_many_pages_are_rendered_in_few_calls(tmp_path: Path) -> None:
    source, calls = notebook(tmp_path / "n.ipynb", exhibit()), []
    request = sample(tmp_path / "s", pages=[PageSource("topic", f"t{n}", "T", source) for n in range(50)])
    render = request.render

    def counted(specs: list[dict[str, object]]) -> list[str]:
        calls.append(len(specs))
        return render(specs)

    build(sample(tmp_path / "s", pages=request.pages, render=counted))
    assert calls == [48, 48, 4]


def test_headings_of_markdown_get_ids_that_no_exhibit_has(tmp_path: Path) -> None:
    source = notebook(
        tmp_path / "n.ipynb", "# T", "## World total\n\n## World total\n\n# Again", exhibit("world-total")
    )
    request = sample(tmp_path, pages=[PageSource("topic", "t", "T", source)])
    build(request)
    ids = Parsed((request.out / "t.html").read_text()).ids
    assert {"s_world-total", "s_world-total_2", "s_again", "world-total"} <= set(ids)


def test_a_finding_without_a_number_is_shown_all_the_same(tmp_path: Path) -> None:
    source = notebook(tmp_path / "n.ipynb", exhibit(), prose("Displacement rose.", "finding", "world-total"))
    request = sample(tmp_path, pages=[PageSource("topic", "t", "T", source)])
    build(request)
    assert "Displacement rose." in (request.out / "index.html").read_text()


def test_an_address_in_a_table_leads_there_under_a_short_name(tmp_path: Path) -> None:
    """Whole addresses squeezed every other column of a table."""
    columns = [{"name": "url", "title": "Where", "type": "text"}, {"name": "what", "title": "What", "type": "text"}]
    rows = [["https://www.globalr2p.org/resources/a-very-long-name", "short"], ["javascript:alert(1)", "long " * 12]]
    source = notebook(tmp_path / "n.ipynb", exhibit(kind="table", graphic=None, columns=columns, rows=rows))
    request = sample(tmp_path / "x", pages=[PageSource("topic", "displacement", "Displacement", source)])
    build(request)
    html = (request.out / "displacement.html").read_text()
    address = "https://www.globalr2p.org/resources/a-very-long-name"
    assert f'<a href="{address}" rel="external noopener">globalr2p.org</a>' in html
    assert 'href="javascript' not in html
    assert '<td class="long">' in html
    assert address in (request.out / "data" / "displacement-world-total.csv").read_text()


def test_an_address_is_the_link_of_the_publisher_before_it(tmp_path: Path) -> None:
    """A column of host names pushed others out of sight, and said less than the publisher does."""
    columns = [{"name": n, "title": n.capitalize(), "type": "text"} for n in ("what", "publisher", "where")]
    rows = [["Siege", "OCHA", "https://ocha.test/siege"], ["Town", "PAX", "https://pax.test/"], ["Camp", "PAX", None]]
    source = notebook(tmp_path / "n.ipynb", exhibit(kind="table", graphic=None, columns=columns, rows=rows))
    request = sample(tmp_path / "x", pages=[PageSource("topic", "displacement", "Displacement", source)])
    build(request)
    html = (request.out / "displacement.html").read_text()
    assert (
        '<th scope="row">Siege</th><td><a href="https://ocha.test/siege" rel="external noopener">OCHA</a></td>' in html
    )
    assert "<td>PAX</td>" in html
    assert ">Where<" not in html
    assert "https://ocha.test/siege" in (request.out / "data" / "displacement-world-total.csv").read_text()

    rows = [["Siege", None, "https://ocha.test/siege"]]
    source = notebook(tmp_path / "m.ipynb", exhibit(kind="table", graphic=None, columns=columns, rows=rows))
    request = sample(tmp_path / "y", pages=[PageSource("topic", "displacement", "Displacement", source)])
    build(request)
    html = (request.out / "displacement.html").read_text()
    assert ">ocha.test</a>" in html, "without words before it, an address stands for itself"


def test_no_file_is_offered_where_terms_are_not_settled(tmp_path: Path) -> None:
    restricted = {**SOURCE, "producer": "CPJ", "redistribution": "aggregates only"}
    source = notebook(tmp_path / "n.ipynb", exhibit(sources=[SOURCE, restricted]))
    request = sample(tmp_path / "x", pages=[PageSource("topic", "displacement", "Displacement", source)])
    build(request)
    html = (request.out / "displacement.html").read_text()
    assert html.count("terms are not settled for passing data on (CPJ)") == 1, "said once"
    assert "download>" not in html
    assert not (request.out / "data").exists()
    assert not (request.out / "figures").exists()
