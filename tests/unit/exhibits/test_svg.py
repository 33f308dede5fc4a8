"""The last step: text in, text out."""

import re
from xml.etree import ElementTree as ET

import pytest

from r2p_analysis.errors import RenderError
from r2p_analysis.exhibits import svg, theme

RAW = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" version="1.1" class="marks" '
    'width="720" height="400" viewBox="0 0 720 400"><defs><clipPath id="clip5"><path d="M0,0h1.23456v2Z"/></clipPath>'
    '</defs><g fill="none" stroke-miterlimit="10" transform="translate(50.123,40) scale(0.1234)">'
    '<path class="background" aria-hidden="true" d="M0,0h400v200h-400Z"/>'
    '<g clip-path="url(#clip5)" role="graphics-object">'
    '<path aria-label="Syria &amp; Iraq, 2015: 4.87m" role="graphics-symbol" d="M5,160.04999h90v40Z"'
    f' fill="{theme.ACCENT}"'
    f' style="mix-blend-mode: multiply"/><path d="M1,1h2v2Z" fill="{theme.NO_DATA}" stroke="#123456"/>'
    '<path transform="translate(1,2)" d="M6.2,0A6.2,6.2,0,1,1,-6.2,0A6.2,6.2,0,1,1,6.2,0" fill="transparent"/>'
    '<text font-family="Liberation Sans, Arial" font-size="12px" fill="#1c2731">1,234.56789</text></g></g></svg>'
)


@pytest.fixture
def done():
    return finished()


def finished(times=1):
    cleaned = RAW
    for _ in range(times):
        cleaned = svg.clean(cleaned)
    return svg.finish(cleaned, prefix="world-total-wide", title="Refugees < & > rose", description='A "chart"')


def test_it_is_well_formed_and_pure(done):
    ET.fromstring(done)
    assert finished() == done


def test_cleaning_again_changes_nothing(done):
    assert finished(times=2) == done


def test_it_is_described(done):
    root = ET.fromstring(done)
    assert root.get("role") == "img"
    named = root.get("aria-labelledby").split()
    title, desc = list(root)[:2]
    assert [title.get("id"), desc.get("id")] == named
    assert title.text == "Refugees < & > rose"
    assert desc.text == 'A "chart"'


def test_it_scales(done):
    root = ET.fromstring(done)
    assert root.get("viewBox") == "0 0 720 400"
    assert root.get("width") is None
    assert root.get("height") is None


def test_marks_keep_their_labels_for_tooltips_only(done):
    assert 'data-label="Syria &amp; Iraq, 2015: 4.87m"' in done
    assert "aria-label=" not in done
    assert done.count("role=") == 1


def test_ids_have_the_prefix(done):
    ids = re.findall(r'\bid="([^"]+)"', done)
    assert len(ids) == len(set(ids))
    assert all(name.startswith("world-total-wide-") for name in ids)
    assert set(re.findall(r"url\(#([^)]+)\)", done)) <= set(ids)


def test_only_ids_are_renamed_however_they_are_set_apart():
    given = '<a data-id="clip1"/><g\n id="clip1"\tx="1"/><use href="#clip1" fill="url(#clip1)" xlink:href="#other"/>'
    assert svg.number_ids(given, "a-") == (
        '<a data-id="clip1"/><g\n id="a-0"\tx="1"/><use href="#a-0" fill="url(#a-0)" xlink:href="#other"/>'
    )
    assert svg.number_ids('<use href="#clip1"/>', "a-") == '<use href="#clip1"/>'


def test_colours_are_variables_with_a_fallback(done):
    assert f'fill="var(--r2p-accent, {theme.ACCENT})"' in done
    assert 'stroke="#123456"' in done
    assert 'fill="url(#world-total-wide-hatch)"' in done


def test_numbers_are_rounded_but_scales_and_texts_are_not(done):
    assert "translate(50.1,40) scale(0.1234)" in done
    assert "160h90" in done
    assert ">1,234.56789<" in done


def test_circles_are_written_short(done):
    assert '<circle transform="translate(1,2)" r="6.2" fill="transparent"/>' in done


def test_no_inline_style_is_left(done):
    assert "style" not in done


def test_long_outlines_lose_what_is_too_fine_to_see():
    fine = "M0,0" + "".join(f"L{n / 10:.3f},0" for n in range(1, 1000)) + "L99.9,50Z"
    speck = "M5,5L5.01,5L5,5.01Z"
    short = svg._path(fine + speck)
    assert len(short) < len(fine) / 2
    assert short.count("M") == 1
    assert short.startswith("M0,0l.6,0 ")
    steps = [float(x) for x in re.findall(r"[l ](-?[\d.]+)", short)]
    assert sum(steps) == pytest.approx(99.9, abs=0.6)


def test_what_is_no_svg_is_refused():
    with pytest.raises(RenderError, match="world-total: the renderer gave no SVG"):
        svg.finish("<p/>", prefix="world-total", title="t", description="d")
