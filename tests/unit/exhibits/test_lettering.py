"""A picture drawn without its texts, which are put in afterwards, is the one that its texts would have given."""

from __future__ import annotations

import copy
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from kit import CHARTS, geometry

from r2p_analysis.exhibits.charts.sheet import Sheet
from r2p_analysis.exhibits.lettering import Lettering
from r2p_analysis.exhibits.render import Renderer, canonical, geometry_names

Job = tuple[str, dict[str, str]]


def in_full(jobs: list[Job]) -> list[tuple[bytes, bytes]]:
    """Draw specs as always, and with every text given to the converter. In a process that will not fork."""
    from r2p_analysis.exhibits import converting

    drawn = [converting.convert(text, shapes) for text, shapes in jobs]
    converting.Lettering.take_out = lambda _, spec: spec  # type: ignore[method-assign]
    return [(one, converting.convert(text, shapes)) for one, (text, shapes) in zip(drawn, jobs, strict=True)]


def drawn_both_ways(specs: list[dict[str, Any]], folder: Path) -> list[tuple[bytes, bytes]]:
    renderer = Renderer(folder, geometry=geometry)
    texts = [canonical(spec) for spec in specs]
    jobs = [(text, {name: renderer._shape(name)[1] for name in geometry_names(text)}) for text in texts]
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(in_full, jobs).result()


def sheet(*texts: str, **look: Any) -> dict[str, Any]:
    made = Sheet(400, 200, left=20)
    made.write([{"x": 10, "y": 20.0 * n, "text": text} for n, text in enumerate(texts)], **look)
    made.rule([{"x": 0, "x2": 50, "y": 3, "y2": 3}])
    return made.spec()


def test_every_kind_of_chart_comes_out_as_with_its_texts(tmp_path: Path) -> None:
    specs = [spec for name in CHARTS for spec in CHARTS[name]().layouts.values()]
    assert all(Lettering().take_out(spec) is not spec for spec in specs), "drawn at half the speed"
    for name, (short, full) in zip(specs, drawn_both_ways(specs, tmp_path), strict=True):
        assert short == full, name


def test_odd_texts_come_out_as_they_are(tmp_path: Path) -> None:
    odd = [
        sheet("<0.1 & \"more\" 'so' > 3", "i", "j", "5", "i", "", "two\nlines", "i\nj"),
        sheet(*(f"Place number {number}" for number in range(200))),
        sheet("Côte d’Ivoire", "−2", "中文", "&amp;", align="right"),
        sheet(" in front", "behind ", "one\n\ntwo", "in  between"),
    ]
    for short, full in drawn_both_ways(odd, tmp_path):
        assert short == full
        assert b"<text" in short


AXIS = {"field": "x", "type": "quantitative"}


@pytest.mark.parametrize("change", [
    {"title": "A title"},
    {"autosize": {"type": "fit"}},
    {"layer": []},
    {"encoding": {"x": AXIS}},
    {"layer": [{"mark": "text", "data": {"values": []}, "encoding": {"text": {"field": "text"}}}]},
    {"layer": [{"mark": {"type": "point"}, "data": {"values": [{"x": 1}]}, "encoding": {"x": AXIS}}]},
    {"layer": [{"mark": {"type": "text", "limit": 20}, "data": {"values": [{"text": "a"}]},
                "encoding": {"text": {"field": "text"}}}]},
    {"layer": [{"mark": {"type": "text"}, "data": {"values": [{"text": 5}]}, "encoding": {"text": {"field": "text"}}}]},
    {"layer": [{"mark": {"type": "text"}, "data": {"values": [{"text": "a", "n": 2}, {"text": "b", "n": 1}]},
                "encoding": {"text": {"field": "text"}, "order": {"field": "n"}}}]},
    {"layer": [{"mark": {"type": "text"}, "data": {"url": "r2p:x"}, "encoding": {"text": {"field": "text"}}}]},
])  # fmt: skip
def test_what_may_bring_other_texts_is_left_alone(change: dict[str, Any]) -> None:
    spec = {**sheet("one", "two"), **change}
    before = copy.deepcopy(spec)
    assert Lettering().take_out(spec) is spec
    assert spec == before


def test_a_chart_without_layers_is_drawn_and_not_emptied(tmp_path: Path) -> None:
    chart = {
        "width": 90,
        "height": 90,
        "autosize": {"type": "none"},
        "data": {"values": [{"x": 1}, {"x": 2}]},
        "mark": "point",
        "encoding": {"x": {"field": "x", "type": "quantitative", "axis": None}},
    }
    assert Lettering().take_out(chart) is chart
    [(short, full)] = drawn_both_ways([chart], tmp_path)
    assert short == full
    assert short.count(b"<circle") == 2


@pytest.mark.parametrize("drawn", [
    "<svg><text/></svg>",
    "<svg><text/><text/><text/></svg>",
    "<svg><text/><text>Axis</text></svg>",
    "<svg><text><tspan/></text><text/></svg>",
])  # fmt: skip
def test_texts_that_do_not_fit_are_told_not_guessed(drawn: str) -> None:
    lettering = Lettering()
    lettering.take_out(sheet("one", "two"))
    assert lettering.put_back("<svg><text/><text x='1'/></svg>".replace("'", '"')) == (
        '<svg><text>one</text><text x="1">two</text></svg>'
    )
    with pytest.raises(LookupError):
        lettering.put_back(drawn)
