"""Rendering is a pure function of the spec: what came before, who does it and where make no difference."""

import os
import re
import time
from concurrent.futures import ProcessPoolExecutor, wait
from multiprocessing import get_context

import psutil
import pytest
from kit import CHARTS, geometry, square

from r2p_analysis.errors import RenderError
from r2p_analysis.exhibits import render, svg, theme
from r2p_analysis.exhibits.render import Renderer
from r2p_analysis.exhibits.winding import orient, signed_area


@pytest.fixture(scope="module")
def specs():
    return [spec for name in CHARTS for spec in CHARTS[name]().layouts.values()]


@pytest.fixture(scope="module")
def renderer(tmp_path_factory):
    with Renderer(tmp_path_factory.mktemp("cache"), workers=1, geometry=geometry) as renderer:
        yield renderer


@pytest.fixture(scope="module")
def drawn(renderer, specs):
    return renderer.render(specs)


def clipped(colour):
    """A chart that needs a clip path, whose id the converter takes from a counter."""
    return {
        "data": {"values": [{"x": 1, "y": 2}, {"x": 2, "y": 9}]},
        "mark": {"type": "line", "clip": True, "color": {"gradient": "linear", "stops": [
            {"offset": 0, "color": "white"}, {"offset": 1, "color": colour}]}},
        "encoding": {"x": {"field": "x", "type": "quantitative"},
                     "y": {"field": "y", "type": "quantitative", "scale": {"domain": [0, 5]}}},
    }  # fmt: skip


def test_every_chart_renders(drawn, specs):
    assert len(drawn) == len(specs)
    assert all(raw.startswith("<svg") and "NaN" not in raw and "undefined" not in raw for raw in drawn)


def test_order_process_and_time_zone_make_no_difference(tmp_path, monkeypatch, drawn, specs, renderer):
    odd = clipped("#0b5394")
    first = renderer.render([odd])
    monkeypatch.setenv("TZ", "America/New_York")
    with Renderer(tmp_path, workers=1, geometry=geometry) as other:
        again = other.render([odd, clipped("#cf6a17"), *reversed(specs)])
    assert again[0] == first[0]
    assert again[2:] == drawn[::-1]
    assert os.environ["TZ"] == "America/New_York"


def test_ids_are_numbered_by_their_place():
    svg_text = '<clipPath id="clip41"/><g clip-path="url(#clip41)"/><use xlink:href="#gradient_7"/><a id="gradient_7"/>'
    other = svg_text.replace("clip41", "clip2").replace("gradient_7", "gradient_0")
    assert svg.number_ids(svg_text, "id") == svg.number_ids(other, "id")
    assert "url(#id0)" in svg.number_ids(svg_text, "id")


def test_two_charts_on_a_page_share_no_id(renderer):
    (raw,) = renderer.render([clipped("#0b5394")])
    assert "clip-path" in raw
    ids = [set(re.findall(r'id="([^"]+)"', svg.finish(raw, prefix=p, title="t", description="d"))) for p in ("a", "b")]
    assert all(len(found) >= 3 for found in ids)
    assert not ids[0] & ids[1]


def test_what_is_in_the_cache_starts_no_process(renderer, specs, drawn):
    with Renderer(renderer.cache_dir, geometry=geometry) as fresh:
        assert fresh.render(specs) == drawn
        assert fresh._pool is None


def test_each_distinct_spec_is_drawn_once(tmp_path, monkeypatch, renderer):
    sent = []
    monkeypatch.setattr(Renderer, "_make", lambda self, wanted: sent.extend(wanted) or [
        render.write_atomically(path, b"<svg/>") for path in wanted])  # fmt: skip
    one = Renderer(tmp_path)
    assert one.render([{"mark": "bar"}, {"mark": "bar"}, {"mark": "line"}]) == ["<svg/>"] * 3
    assert len(sent) == 2


def test_what_was_begun_ahead_is_waited_for_and_not_drawn_twice(tmp_path, specs, drawn):
    with Renderer(tmp_path, geometry=geometry) as fresh:
        fresh.ahead(specs)
        begun = dict(fresh._begun)
        fresh.ahead(specs)
        assert fresh._begun == begun
        assert fresh.render(specs) == drawn


def test_what_cannot_be_drawn_ahead_is_told_when_it_is_wanted(tmp_path):
    bad = {"name": "odd", "mark": "bar", "data": {"url": "https://example.org/data.json"}}
    with Renderer(tmp_path, workers=1) as fresh:
        fresh.ahead([bad, {"name": "odder", "height": float("nan")}])
        with pytest.raises(RenderError, match="spec odd"):
            fresh.render([bad])


def test_one_that_cannot_be_drawn_leaves_those_begun_with_it_drawn(tmp_path):
    bad = {"name": "odd", "mark": "bar", "data": {"url": "https://example.org/data.json"}}
    good = [{"data": {"values": [{"x": n}]}, "mark": "point", "encoding": {"x": {"field": "x"}}} for n in range(3)]
    with Renderer(tmp_path, workers=1) as fresh:
        fresh.ahead([good[0], bad, *good[1:]])
        wait(fresh._begun.values())
        assert len(list(tmp_path.glob("*.svg"))) == 3
        with pytest.raises(RenderError, match="spec odd"):
            fresh.render([*good, bad])


def test_every_process_takes_part_in_what_is_begun_ahead(tmp_path, specs, drawn):
    with Renderer(tmp_path, workers=3, geometry=geometry) as fresh:
        fresh.ahead(specs)
        assert len(set(fresh._begun.values())) == 3
        assert fresh.render([*specs, *specs]) == [*drawn, *drawn]


def test_a_renderer_killed_while_it_drew_ahead_is_replaced(tmp_path, specs, drawn):
    with Renderer(tmp_path, workers=1, geometry=geometry) as fresh:
        fresh.ahead(specs)
        for process in fresh._pool._processes.values():
            process.kill()
            process.join()
        fresh.ahead(specs)
        assert fresh.render(specs) == drawn


def test_the_key_holds_all_that_the_svg_depends_on(tmp_path, monkeypatch):
    spec = CHARTS["choropleth"]().layouts["wide"]
    key = Renderer(tmp_path, geometry=geometry).key(spec)
    assert Renderer(tmp_path, geometry=geometry).key(dict(reversed(spec.items()))) == key
    assert Renderer(tmp_path, geometry=geometry).key({**spec, "height": 1}) != key
    moved = {"type": "FeatureCollection", "features": [square("AAA", 20)]}
    assert Renderer(tmp_path, geometry=lambda name: moved).key(spec) != key
    monkeypatch.setattr(render, "RENDER_VERSION", -1)
    assert Renderer(tmp_path, geometry=geometry).key(spec) != key


def test_a_spec_that_fails_is_named_in_one_line(renderer):
    bad = {"name": "world-total", "mark": "bar", "encoding": {"x": {"field": "a", "type": "nonsense", "bin": 3}},
           "data": {"url": "https://example.org/data.json"}}  # fmt: skip
    with pytest.raises(RenderError, match="world-total") as caught:
        renderer.render([bad])
    assert "\n" not in str(caught.value)
    assert renderer.render([CHARTS["lines"]().layouts["wide"]])


def test_what_is_not_json_is_named(tmp_path):
    with pytest.raises(RenderError, match="spec odd: not plain JSON"):
        Renderer(tmp_path).render([{"name": "odd", "height": float("nan")}])


def test_geometry_must_be_given(tmp_path):
    with pytest.raises(RenderError, match="geometry 'world' is asked for"):
        Renderer(tmp_path).render([CHARTS["choropleth"]().layouts["wide"]])


def test_polygons_are_turned_clockwise_and_holes_the_other_way():
    outer, hole = square("A", 0)["geometry"]["coordinates"][0], [[2, 2], [2, 4], [4, 4], [4, 2], [2, 2]]
    shapes = [
        {"type": "Polygon", "coordinates": [outer, hole]},
        {"type": "MultiPolygon", "coordinates": [[outer], [outer[::-1], hole[::-1]]]},
    ]
    turned = orient({"features": [{"geometry": shape} for shape in shapes]})["features"]
    for polygon in [turned[0]["geometry"]["coordinates"], *turned[1]["geometry"]["coordinates"]]:
        assert signed_area(polygon[0]) < 0
        assert all(signed_area(ring) > 0 for ring in polygon[1:])
    assert orient({"features": [{"geometry": None}]}) == {"features": [{"geometry": None}]}


def test_a_country_is_not_the_globe(drawn, specs):
    raw = drawn[specs.index(CHARTS["choropleth"]().layouts["wide"])]
    path = re.search(r'data-label="A: 0 per 100,000"[^>]* d="([^"]+)"', raw)[1]
    assert path.startswith("M")
    assert len(re.findall(r"-?[\d.]+", path)) < 40, "the outline of the globe has hundreds of points"
    xs = [float(x) for x in re.findall(r"[ML](-?[\d.]+),", path)]
    assert max(xs) - min(xs) < 30


def test_no_data_is_hatched_and_zero_is_not(drawn, specs):
    raw = drawn[specs.index(CHARTS["choropleth"]().layouts["wide"])]
    done = svg.finish(raw, prefix="map", title="t", description="d")
    fill = {m[1]: m[2] for m in re.finditer(r'data-label="([^"]+)"[^>]*? fill="([^"]+)"', done)}
    assert fill["C: no data"] == fill["DDD: no data"] == "url(#map-hatch)"
    assert fill["A: 0 per 100,000"] == svg.variable(theme.CLASSES[0])
    assert done.count('<pattern id="map-hatch"') == 1


def test_finished_charts_keep_a_strict_policy(drawn):
    for raw in drawn:
        done = svg.finish(raw, prefix="x", title="t", description="d")
        assert not re.search(r"<style|\sstyle=|<script|\son\w+=|(?:href|src)=\"(?!#)|url\((?!#)", done)
        known = {*theme.VARIABLES, "#000000"}
        assert not [c for c in re.findall(r'(?:fill|stroke)="(#\w+)"', done) if c not in known]


KEPT = []


def drawn_by(renderer, specs):
    # Kept, as a process that writes pages keeps its site: what is thrown away tells its processes to end.
    KEPT.append(renderer)
    return renderer.render(specs)


@pytest.mark.parametrize("way", ["spawn", "forkserver"])
def test_a_process_that_drew_comes_to_its_end(tmp_path, specs, drawn, way):
    """It waited for its renderer, which nobody had told to end, and the build with it."""
    renderer = Renderer(tmp_path, workers=1, geometry=geometry, names=("world", "land"))
    pool = ProcessPoolExecutor(1, get_context(way))
    assert pool.submit(drawn_by, renderer, specs[:2]).result(60) == drawn[:2]
    [process] = pool._processes.values()
    pool.shutdown(wait=False)
    end = time.monotonic() + 20
    while psutil.pid_exists(process.pid):
        assert time.monotonic() < end
        time.sleep(0.05)
