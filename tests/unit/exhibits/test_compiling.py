"""A spec is compiled once for all that differ in rows and size, and drawn as if it had been compiled by itself."""

from __future__ import annotations

import json
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

import pytest
from kit import CHARTS

from r2p_analysis.exhibits import compiling
from r2p_analysis.exhibits.charts.sheet import Sheet
from r2p_analysis.exhibits.compiling import compiled

Spec = dict[str, Any]


def sheet(width: int, height: float, *ends: float) -> Spec:
    made = Sheet(width, height, left=20, bottom=12)
    for end in ends:
        made.rule([{"x": 0, "x2": end, "y": 3, "y2": 3}])
    return made.spec()


def drawn_both_ways(specs: list[Spec]) -> tuple[list[tuple[str, str]], int]:
    """Draw as compiled, and as Vega-Lite is; count what was compiled. In a process that will not fork."""
    import vl_convert

    pairs = [
        (vl_convert.vega_to_svg(json.dumps(compiled(spec))), vl_convert.vegalite_to_svg(json.dumps(spec)))
        for spec in specs
    ]
    return pairs, compiling._compiled.cache_info().misses


def in_a_process(specs: list[Spec]) -> tuple[list[tuple[str, str]], int]:
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(drawn_both_ways, specs).result()


def test_other_rows_and_another_size_are_drawn_as_they_are() -> None:
    specs = [sheet(400, 200, 50, 60), sheet(400, 200, 70, 70), sheet(343, 512.5, 1, 2), sheet(400, 200, 50)]
    pairs, count = in_a_process(specs)

    for quick, plain in pairs:
        assert quick == plain
    assert len({quick for quick, _ in pairs}) == len(specs)
    assert count == 2


def test_every_kind_of_chart_is_drawn_the_same() -> None:
    specs = [spec for name in CHARTS for spec in CHARTS[name]().layouts.values() if "r2p:" not in json.dumps(spec)]
    pairs, _ = in_a_process([*specs, *specs])

    assert len(pairs) > 20
    for quick, plain in pairs:
        assert quick == plain


@pytest.mark.parametrize("vega", [
    {"width": 100, "height": 100, "padding": 0, "data": []},
    {"width": 100, "height": 100, "data": [{"name": "rows_0"}]},
    {"width": {"signal": "w"}, "height": 100, "padding": 0, "data": [{"name": "rows_0"}]},
])  # fmt: skip
def test_rows_or_a_size_without_a_place_are_told_not_lost(vega: Spec, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiling, "_compiled", lambda _: vega)
    with pytest.raises(LookupError):
        compiled(sheet(400, 200, 50))


def test_what_was_compiled_is_not_changed_by_what_is_put_into_it(monkeypatch: pytest.MonkeyPatch) -> None:
    vega = {"width": 100, "height": 100, "padding": 0, "data": [{"name": "rows_0"}, {"name": "d", "source": "rows_0"}]}
    monkeypatch.setattr(compiling, "_compiled", lambda _: vega)
    first = compiled(sheet(400, 200, 50))

    assert first["data"][0]["values"] == [{"x": 0, "x2": 50, "y": 3, "y2": 3}]
    assert first["height"] == 200
    assert vega["height"] == 100
    assert vega["data"] == [{"name": "rows_0"}, {"name": "d", "source": "rows_0"}]
