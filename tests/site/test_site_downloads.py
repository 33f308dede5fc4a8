"""The files of an exhibit: whole, described, and small enough for a site of all countries."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from sitekit import exhibit, notebook, sample

from r2p_analysis.errors import RenderError
from r2p_analysis.exhibits.standalone import standalone
from r2p_analysis.site import PageSource, SiteRequest, build, downloads
from r2p_analysis.site.compact import compact, paint_rules

SVG = '<svg xmlns="http://www.w3.org/2000/svg" class="r2p-graphic" viewBox="0 0 720 300" role="img">{}</svg>'
BAR = '<path d="M0,0h9v9Z" fill="var(--r2p-refugees, #0b5394)" stroke="var(--r2p-paper, #ffffff)"/>'


def pixels(svgs: list[str]) -> list[bytes]:
    """Stand in for the converter."""
    return [b"\x89PNG" + str(len(svg)).encode() for svg in svgs]


@pytest.fixture
def site(tmp_path: Path) -> SiteRequest:
    request = sample(tmp_path, pixels=pixels, address="https://example.org/r2p/")
    build(request)
    return request


def test_a_picture_without_a_size_is_refused() -> None:
    with pytest.raises(RenderError, match="has no viewBox"):
        standalone("<svg/>", "a", "b", [])


def test_a_picture_alone_carries_headline_subtitle_and_source_and_no_variables() -> None:
    text = standalone(SVG.format(BAR), "It rose < 5 & fell", "People, world, 2015.", ["Source: UNHCR", "Figure 1"])
    root = ET.fromstring(text)  # made here
    words = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert words == ["It rose < 5 & fell", "People, world, 2015.", "Source: UNHCR", "Figure 1"]
    assert "var(" not in text
    assert 'fill="#0b5394"' in text
    assert (root.get("width"), root.get("viewBox")) == ("768", f"0 0 768 {root.get('height')}")


def test_a_long_headline_moves_the_chart_down_and_is_not_cut() -> None:
    words = " ".join(["displacement"] * 40)
    short, long = (ET.fromstring(standalone(SVG.format(""), text, "s", [])) for text in ("a", words))
    assert float(long.get("height")) > float(short.get("height")) + 60
    texts = [element.text or "" for element in long.iter("{http://www.w3.org/2000/svg}text")]
    assert sum(text.count("displacement") for text in texts) == 40


def test_every_download_that_a_page_offers_is_there(site: SiteRequest) -> None:
    html = (site.out / "displacement.html").read_text(encoding="utf-8")
    offered = re.findall(r'href="([^"]+)" download', html)
    assert {Path(path).suffix for path in offered} == {".csv", ".svg", ".png"}
    assert all((site.out / path).is_file() for path in offered)
    assert (site.out / "figures/displacement-world-total.png").read_bytes().startswith(b"\x89PNG")


def test_a_csv_is_described_column_by_column(site: SiteRequest) -> None:
    path = site.out / "data" / "displacement-world-total.csv"
    about = json.loads(Path(f"{path}-metadata.json").read_text(encoding="utf-8"))
    frame = pd.read_csv(path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf"), "spreadsheets take accents for something else without it"
    assert [column["name"] for column in about["tableSchema"]["columns"]] == list(frame.columns)
    assert about["url"] == path.name
    assert about["dc:identifier"] == "https://example.org/r2p/displacement.html#world-total"
    assert about["dc:source"][0]["dc:license"] == "https://creativecommons.org/licenses/by/4.0/"


def test_an_embed_says_whose_data_and_leads_to_its_page(site: SiteRequest) -> None:
    html = (site.out / "embed" / "displacement-world-total.html").read_text(encoding="utf-8")
    assert "UNHCR: Population figures, June 2026 (CC BY 4.0)" in html
    assert 'href="../displacement.html#world-total"' in html
    assert "<script" not in html
    page = (site.out / "displacement.html").read_text(encoding="utf-8")
    assert "&lt;iframe src=&#34;https://example.org/r2p/embed/displacement-world-total.html&#34;" in page
    assert "<iframe" not in page


def test_a_site_of_many_countries_has_pictures_of_pixels_for_topics_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloads, "FEW_COUNTRIES", 0)
    request = sample(tmp_path, pixels=pixels)
    build(request)
    assert {path.name.split("-")[0] for path in request.out.glob("figures/*.png")} == {"displacement"}
    assert list(request.out.glob("figures/SYR-*.svg"))
    assert {path.name.split("-")[0] for path in request.out.glob("embed/*.html")} == {"displacement"}
    assert "iframe" not in (request.out / "countries" / "SYR.html").read_text(encoding="utf-8")


def test_classes_in_place_of_colours_paint_the_same() -> None:
    made = compact(BAR)
    assert made == '<path class="f-refugees s-paper" d="M0,0h9v9Z"/>'
    rules = paint_rules(":root{--r2p-refugees:#0b5394;--r2p-paper:#fff;}")
    assert ".f-refugees{fill:var(--r2p-refugees)}" in rules
    assert ".s-paper{stroke:var(--r2p-paper)}" in rules
    assert compact('<text data-label="a > b" fill="var(--r2p-ink, #1c2731)">x</text>').count("ink") == 1


def test_looks_that_marks_repeat_become_classes_with_a_rule_and_others_stay() -> None:
    mark = '<text font-size="12px" font-weight="bold" text-anchor="end" stroke-width="0.33" opacity="0.7">x</text>'
    made = compact(mark)
    classes = re.findall(r"x[0-9]+", made)
    assert len(classes) == 4
    assert 'stroke-width="0.33"' in made
    rules = paint_rules("")
    for name, rule in zip(
        classes, ("font-size:12px", "font-weight:bold", "text-anchor:end", "opacity:0.7"), strict=True
    ):
        assert f".{name}{{{rule}}}" in rules
    assert compact('<g class="kept" opacity="0.7">') == '<g class="kept" opacity="0.7">'
    assert compact('<g opacity="0.55" id="a">') == '<g opacity="0.55" id="a">'
    assert compact('<g opacity="0.7"><path d="M0,0"/></g>').startswith(f'<g class="{classes[-1]}"><path d=')


def test_every_colour_of_a_page_has_its_rule(site: SiteRequest) -> None:
    css = (site.out / "assets" / "site.css").read_text(encoding="utf-8")
    for path in site.out.rglob("*.html"):
        for name in set(re.findall(r'class="([fs]-[a-z0-9-]+)', path.read_text(encoding="utf-8"))):
            assert f".{name}{{" in css, f"{path.name}: {name}"


def test_a_table_has_no_picture_and_a_gap_no_file(tmp_path: Path) -> None:
    from sitekit import gap, table

    made = notebook(tmp_path / "n.ipynb", table(), gap(), exhibit())
    request = sample(tmp_path / "x", pixels=pixels, pages=[PageSource("topic", "law", "Law", made)])
    build(request)
    names: dict[str, Any] = {p.relative_to(request.out).as_posix(): p for p in request.out.rglob("law-*")}
    assert "data/law-largest.csv" in names
    assert "figures/law-largest.svg" not in names
    assert not [name for name in names if "left-out" in name]
