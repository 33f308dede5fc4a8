"""Every chart draws what it is given, and says in one line what it cannot draw."""

import json
import re
from itertools import pairwise

import altair as alt
import numpy as np
import pandas as pd
import pytest
from kit import CHARTS, DATED, LONG, NAMES, RANGES, TALL, WORLD

from r2p_analysis.errors import ExhibitError
from r2p_analysis.exhibits import theme
from r2p_analysis.exhibits.charts import (
    dot_plot,
    heat_table,
    lines,
    range_dots,
    ranked_bars,
    slope,
    small_multiples,
    stacked_bars,
)
from r2p_analysis.exhibits.charts.axes import years_shown
from r2p_analysis.exhibits.charts.runs import runs
from r2p_analysis.exhibits.maps import choropleth, class_texts, proportional_circles


def rows(spec, mark):
    """The rows of all layers of a mark."""
    return [r for layer in spec["layer"] if layer["mark"]["type"] == mark for r in layer["data"].get("values", [])]


def written(spec):
    """All texts of a spec, wrapped ones on one line."""
    return [row["text"].replace("\n", " ") for row in rows(spec, "text")]


@pytest.mark.parametrize("name", CHARTS)
def test_specs_are_valid_vega_lite_of_plain_json(name):
    drawn = CHARTS[name]()
    assert set(drawn.layouts) == {"wide", "narrow"}
    for spec in drawn.layouts.values():
        assert json.loads(json.dumps(spec, allow_nan=False)) == spec
        alt.Chart.from_dict(spec)


@pytest.mark.parametrize("name", CHARTS)
def test_layouts_have_the_width_of_their_page(name):
    for layout, width in (("wide", 720), ("narrow", 343)):
        spec = CHARTS[name]().layouts[layout]
        assert spec["padding"]["left"] + spec["width"] + spec["padding"]["right"] == width


@pytest.mark.parametrize("name", CHARTS)
def test_texts_stay_on_the_page(name):
    for spec in CHARTS[name]().layouts.values():
        pad, width, height = spec["padding"], spec["width"], spec["height"]
        for layer in spec["layer"]:
            look = layer["mark"]
            if look["type"] != "text":
                continue
            for row in layer["data"]["values"]:
                wide = theme.block_width(row["text"], look["fontSize"], look.get("fontWeight") == "bold")
                if look.get("angle") == 270:
                    assert row["y"] - wide >= -pad["top"] - 1.5, row
                    assert -pad["left"] <= row["x"] - 7 <= row["x"] + 7 <= width + pad["right"] + 1.5, row
                    continue
                left = row["x"] - {"left": 0, "center": wide / 2, "right": wide}[look["align"]]
                assert left >= -pad["left"] - 1.5, row
                assert left + wide <= width + pad["right"] + 1.5, row
                assert -pad["top"] + 4 <= row["y"] <= height + pad["bottom"] - 4, row


@pytest.mark.parametrize("name", CHARTS)
def test_colours_are_of_the_theme(name):
    for spec in CHARTS[name]().layouts.values():
        for colour in set(re.findall(r"#[0-9a-f]{6}", json.dumps(spec))):
            assert colour in theme.VARIABLES


@pytest.mark.parametrize("name", CHARTS)
def test_a_missing_column_or_row_is_one_line(name):
    special = {
        "choropleth": WORLD,
        "proportional_circles": WORLD,
        "ranked_bars": NAMES,
        "slope": NAMES,
        "events": DATED,
        "steps": DATED,
    }
    whole = special.get(name, RANGES)
    with pytest.raises(ExhibitError) as caught:
        CHARTS[name](whole.rename(columns={"value": "valeu", "then": "than", "date": "dtae"}))
    assert "no column" in str(caught.value)
    assert "\n" not in str(caught.value)
    with pytest.raises(ExhibitError, match="no rows"):
        CHARTS[name](whole.iloc[:0])


@pytest.mark.parametrize("name", CHARTS)
def test_the_same_frame_gives_the_same_spec(name):
    assert CHARTS[name]().layouts == CHARTS[name]().layouts


def test_missing_parts_take_no_room_and_zero_is_drawn():
    bars = rows(CHARTS["stacked_bars"]().layouts["wide"], "bar")
    assert {b["year"] for b in bars if b["part"] == LONG} == {2013, 2014, 2015}
    assert {b["year"] for b in bars if b["part"] == "C"} == set(range(2010, 2016))


def test_outlines_of_bars_cut_no_gaps_into_the_axis():
    """Bars without height too have one in the colour of the paper: years of nothing looked like dashes."""
    spec = CHARTS["stacked_bars"]().layouts["wide"]
    kinds = [layer["mark"]["type"] for layer in spec["layer"]]
    over = [layer for layer in spec["layer"][kinds.index("bar") :] if layer["mark"].get("color") == theme.AXIS]
    foot = {"x": 0, "x2": spec["width"], "y": spec["height"], "y2": spec["height"]}
    assert foot in [row for layer in over for row in layer["data"]["values"]]


def test_the_key_names_no_part_that_cannot_be_seen():
    frame = pd.DataFrame({"year": [2014, 2014], "value": [3, 0], "part": ["Refugees", "Internally displaced"]})
    spec = stacked_bars(frame, x="year", y="value", series="part", unit="people").layouts["wide"]
    assert "Refugees" in written(spec)
    assert "Internally displaced" not in written(spec)


@pytest.mark.parametrize("kind", [stacked_bars, lines])
def test_no_axis_counts_half_a_person(kind):
    frame = pd.DataFrame({"year": [2014, 2015], "value": [2, 1], "part": ["a", "a"]})
    spec = kind(frame, x="year", y="value", series="part", unit="people").layouts["wide"]
    assert not {"0.5", "1.5"} & set(written(spec))
    shares = kind(frame.assign(value=[0.9, 0.2]), x="year", y="value", series="part", unit="%").layouts["wide"]
    assert any("." in text for text in written(shares))


def test_the_longest_name_of_a_state_ends_a_narrow_line_in_full():
    name = "Democratic Republic of the Congo"
    frame = pd.DataFrame({"year": [2014, 2015], "value": [2, 1], "who": name})
    spec = lines(frame, x="year", y="value", series="who", unit="people").layouts["narrow"]
    assert name in [text.replace("\n", " ") for text in written(spec)]


def test_the_leader_of_a_line_that_ended_early_does_not_look_like_its_missing_years():
    """Of rankings by a method used to 2015, a solid line ran on at the same height to the name beside 2024."""
    rows_of = [(2013, 5, "ended"), (2015, 9, "ended"), (2013, 2, "goes on"), (2024, 3, "goes on")]
    frame = pd.DataFrame(rows_of, columns=["year", "value", "who"])
    spec = lines(frame, x="year", y="value", series="who", unit="%").layouts["wide"]
    rules = [layer for layer in spec["layer"] if layer["mark"]["type"] == "rule"]
    leaders = [
        (layer["mark"], row) for layer in rules for row in layer["data"]["values"] if row["x2"] == spec["width"] + 14
    ]
    assert len(leaders) == 2
    for mark, row in leaders:
        assert ("strokeDash" in mark) == (row["x"] < spec["width"])


def test_a_missing_year_keeps_its_place():
    frame = pd.DataFrame({"year": [2001, 2004], "value": [1, 2], "part": ["a", "a"]})
    spec = stacked_bars(frame, x="year", y="value", series="part", unit="people").layouts["wide"]
    (bars,) = [layer for layer in spec["layer"] if layer["mark"]["type"] == "bar"]
    assert bars["encoding"]["x"]["scale"]["domain"] == [2001, 2002, 2003, 2004]


def test_the_marked_year_and_the_last_have_their_totals():
    frame = pd.DataFrame({"year": [2014, 2015, 2016], "value": [10e6, 65.03e6, 66.2e6], "part": "a"})
    spec = stacked_bars(
        frame, x="year", y="value", series="part", unit="people", mark_x=2015, mark_text="The report"
    ).layouts["wide"]
    assert "The report 65.0m" in written(spec)
    assert "66.2m" in written(spec)
    assert "People" in written(spec)


def test_negative_parts_are_refused():
    frame = pd.DataFrame({"year": [2014], "value": [-1], "part": "a"})
    with pytest.raises(ExhibitError, match="negative"):
        stacked_bars(frame, x="year", y="value", series="part", unit="people")
    with pytest.raises(ExhibitError, match="negative"):
        ranked_bars(frame, label="year", value="value", parts="part", unit="people")


def test_null_breaks_a_line_and_is_never_zero():
    frame = pd.DataFrame({"year": range(2000, 2006), "value": [5, 6, None, 7, None, 8]})
    spec = lines(frame, x="year", y="value", unit="people").layouts["wide"]
    path = rows(spec, "line")
    assert [(p["year"], p["run"]) for p in path] == [(2000, "0"), (2001, "0"), (2003, "1"), (2005, "2")]
    assert all(p["value"] != 0 for p in path)


def test_runs_end_with_the_name():
    points = [{"name": n, "value": v} for n, v in (("a", 1), ("a", None), ("a", 2), ("b", 3), ("b", 4))]
    assert [[p["value"] for p in run] for run in runs(points)] == [[1], [2], [3, 4]]


def test_low_and_high_make_a_band_with_the_gaps_of_the_data():
    frame = pd.DataFrame({"year": range(1, 6), "v": range(5), "low": [0, 1, None, 2, 3], "high": [2, 2, None, 4, 5]})
    spec = lines(frame, x="year", y="v", low="low", high="high", unit="deaths").layouts["wide"]
    assert len({r["run"] for r in rows(spec, "area")}) == 2


def test_lines_that_meet_at_their_ends_can_be_told_apart():
    """Dollars of the day and of the last year are equal in the last year: the names once stood in any order."""
    frame = pd.DataFrame(
        {"year": [2014, 2015] * 2, "usd": [8.0, 9.0, 6.0, 9.0], "dollars": ["real", "real", "nominal", "nominal"]}
    )
    spec = lines(frame, x="year", y="usd", series="dollars", order=["nominal", "real"], unit="USD").layouts["wide"]
    at = {r["text"]: r["y"] for r in rows(spec, "text") if r["text"] in ("real", "nominal")}
    assert at["real"] < at["nominal"]


def test_ends_of_lines_are_named_apart():
    frame = pd.DataFrame({"year": [2015] * 8, "value": [100.0 + i / 10 for i in range(8)], "name": list("abcdefgh")})
    spec = lines(frame, x="year", y="value", series="name", unit="people").layouts["wide"]
    places = sorted(r["y"] for r in rows(spec, "text") if r["text"] in frame["name"].to_list())
    assert len(places) == 8
    assert min(np.diff(places)) >= 16


def test_a_share_does_not_fill_the_width_as_if_it_were_the_whole():
    frame = pd.DataFrame({"who": ["a", "b"], "share": [20.0, 40.0]})
    half, full = (
        max(
            r["x2"]
            for r in rows(ranked_bars(frame, label="who", value="share", unit="%", whole=w).layouts["wide"], "rect")
        )
        for w in (80, None)
    )
    assert half == pytest.approx(full / 2)


def test_a_fall_is_told_in_percent_and_not_as_a_multiple():
    frame = pd.DataFrame({"n": ["a", "a", "b", "b"], "s": ["then", "now"] * 2, "v": [422.4, 115.8, 10.0, 25.0]})
    drawn = dot_plot(frame, label="n", value="v", series="s", unit="tons", ratio=True).layouts["wide"]
    assert {"−73%", "2.5×"} <= {r["text"] for r in rows(drawn, "text")}


def test_a_dot_between_the_ends_has_its_value_where_it_stands_apart():
    """The headline spoke of the middle dots, whose values could not be read."""
    frame = pd.DataFrame({"n": ["a"] * 3 + ["b"] * 3, "s": ["x", "y", "z"] * 2, "v": [81, 29, 2, 80, 79.5, 57]})
    for spec in dot_plot(frame, label="n", value="v", series="s", unit="%", value_format=".0f").layouts.values():
        said = written(spec)
        assert "29" in said, "far from both ends"
        assert said.count("80") == 1, "on the end of its row: no second value"


def test_one_value_never_stands_beside_two_dots_of_different_values():
    """Beside South Sudan's two dots stood 1.70m, IDMC's figure, next to the dot of UNHCR's 1.79m."""
    frame = pd.DataFrame({"n": ["a", "a", "b", "b", "c", "c"], "s": ["x", "y"] * 3, "v": [1.79, 1.7, 6.9, 6.9, 50, 9]})
    for spec in dot_plot(frame, label="n", value="v", series="s", unit="m", value_format=".2f").layouts.values():
        said = written(spec)
        assert "1.70–1.79" in said
        assert "6.90" in said
        texts = [row for row in rows(spec, "text") if row["text"] in ("1.70–1.79", "50.00")]
        edge = spec["width"] + spec["padding"]["right"]
        assert all(row["x"] + theme.width_of(row["text"], theme.SMALL_SIZE) <= edge for row in texts)


def test_close_values_of_which_one_is_under_the_last_digit_are_told_by_the_larger():
    """Oceania read "<1–1"."""
    frame = pd.DataFrame({"n": ["a", "a", "b", "b", "c", "c"], "s": ["x", "y"] * 3, "v": [0.4, 1, 0.2, 0.4, 60, 20]})
    for spec in dot_plot(frame, label="n", value="v", series="s", unit="%", value_format=".0f").layouts.values():
        assert {"≤1", "<1"} <= set(written(spec))
        assert not any("<1–" in text for text in written(spec))


def test_values_of_close_dots_at_the_right_end_are_not_cut():
    frame = pd.DataFrame({"n": ["a", "a"], "s": ["x", "y"], "v": [6_560_000, 6_600_000]})
    for spec in dot_plot(frame, label="n", value="v", series="s", unit="people").layouts.values():
        text = next(row for row in rows(spec, "text") if row["text"] == "6.56m–6.60m")
        edge = spec["width"] + spec["padding"]["right"]
        assert text["x"] + theme.width_of(text["text"], theme.SMALL_SIZE) <= edge


def test_a_later_series_is_never_too_small_to_see():
    frame = pd.DataFrame({"n": ["a"] * 4, "s": list("wxyz"), "v": [1.0, 2.0, 3.0, 4.0]})
    for spec in dot_plot(frame, label="n", value="v", series="s", unit="people").layouts.values():
        assert min(r["size"] for r in rows(spec, "point") if "series" in r) >= 70


def test_years_without_deaths_leave_no_gap_in_the_base_line():
    """The white edges of bars of no height cut the line at zero."""
    for spec in CHARTS["stacked_bars"]().layouts.values():
        kinds = [layer["mark"]["type"] for layer in spec["layer"]]
        after = spec["layer"][kinds.index("bar") + 1]
        assert after["mark"]["type"] == "rule"
        assert after["data"]["values"] == [{"x": 0, "x2": spec["width"], "y": spec["height"], "y2": spec["height"]}]


def test_changes_to_both_sides_have_their_signs():
    """Of bars to both sides of zero, those that grew read as amounts."""
    frame = pd.DataFrame({"n": ["fell", "rose", "same"], "v": [-348_000, 41_300, 0]})
    for spec in ranked_bars(frame, label="n", value="v", unit="people").layouts.values():
        assert {"−348k", "+41.3k", "0"} <= set(written(spec))
    for spec in ranked_bars(frame[1:], label="n", value="v", unit="people").layouts.values():
        assert "41.3k" in written(spec)


def test_the_name_of_a_line_that_ends_early_hangs_on_a_dotted_line():
    """A full line from its last year to its name read as a value that stayed the same."""
    frame = pd.DataFrame({"y": [2010, 2011, 2010, 2011, 2012], "s": ["a", "a", "b", "b", "b"], "v": [4, 4, 1, 2, 3]})
    spec = lines(frame, x="y", y="v", series="s", unit="people").layouts["wide"]
    leaders = [
        layer
        for layer in spec["layer"]
        if layer["mark"]["type"] == "rule" and any(r["x2"] == spec["width"] + 14 for r in layer["data"]["values"])
    ]
    assert ["strokeDash" in layer["mark"] for layer in leaders] in ([True, False], [False, True])


def test_both_ends_of_a_row_are_written_even_at_zero():
    frame = pd.DataFrame({"n": ["a", "a", "b", "b"], "s": ["then", "now"] * 2, "v": [0.0, 72.0, 23.0, 81.0]})
    for spec in dot_plot(frame, label="n", value="v", series="s", unit="parties", value_format=".0f").layouts.values():
        assert {"0", "72", "23", "81"} <= {r["text"] for r in rows(spec, "text")}


def test_a_long_name_is_not_cut_on_a_phone_that_has_a_short_one():
    long = "Convention on the Elimination of Discrimination"
    frame = pd.DataFrame({"year": [2014, 2015], "value": [1.0, 2.0], "name": [long, long]})
    drawn = lines(frame, x="year", y="value", series="name", unit="people", narrow_names={long: "Women"}).layouts
    assert "Women" in {r["text"] for r in rows(drawn["narrow"], "text")}
    assert "Women" not in {r["text"] for r in rows(drawn["wide"], "text")}


@pytest.mark.parametrize("count", [1, 2, 7, 36, 60])
@pytest.mark.parametrize("step", [4, 18, 100])
def test_years_are_written_apart_with_the_last_always(count, step):
    span = list(range(1966, 1966 + count))
    shown = years_shown(span, step)
    assert shown[-1] == span[-1]
    assert all((b - a) * step >= 40 for a, b in pairwise(shown))


@pytest.mark.parametrize("size", [1e-9, 1.0, 1e15])
@pytest.mark.parametrize("count", [1, 60])
def test_any_size_and_any_number_of_years(size, count):
    span = list(range(1966, 1966 + count))
    frame = pd.DataFrame({"year": span, "value": [size * (1 + i) for i in range(count)], "part": "a"})
    for drawn in (
        stacked_bars(frame, x="year", y="value", series="part", unit="people"),
        lines(frame, x="year", y="value", unit="people", zero=False),
        small_multiples(frame, panel="part", x="year", y="value", unit="people", shared=False),
        ranked_bars(frame, label="year", value="value", unit="people"),
        heat_table(frame, row="part", column="year", value="value", unit="people"),
    ):
        json.dumps(drawn.layouts, allow_nan=False)


def test_a_panel_without_data_says_so():
    frame = pd.DataFrame({"year": [1, 2, 1, 2], "value": [1, 2, None, None], "name": list("aabb")})
    assert "no data" in written(small_multiples(frame, panel="name", x="year", y="value", unit="u").layouts["narrow"])


def test_ranked_names_picked_out_differ_by_more_than_colour():
    spec = CHARTS["ranked_bars"]().layouts["wide"]
    bold = [layer for layer in spec["layer"] if layer["mark"].get("fontWeight") == "bold"]
    assert any(r["text"] == "C" for layer in bold for r in layer["data"]["values"])
    assert any(layer["mark"].get("shape") == "diamond" for layer in spec["layer"])


def test_ranked_keeps_the_order_and_says_what_is_missing():
    spec = CHARTS["ranked_bars"]().layouts["wide"]
    at = {r["text"]: r["y"] for r in rows(spec, "text")}
    assert at["A"] < at["not available"] < at["C"]
    assert "0" in written(spec)


def test_dots_differ_by_shape():
    dots = [r for r in rows(CHARTS["dot_plot"]().layouts["wide"], "point") if "series" in r]
    assert len({d["shape"] for d in dots}) == 2
    with pytest.raises(ExhibitError, match="6 series"):
        dot_plot(TALL, label="series", value="value", series="year", unit="people")


def test_a_slope_with_one_end_keeps_its_name():
    spec = slope(NAMES, label="name", start="then", end="now", start_title="a", end_title="b", unit="people").layouts[
        "narrow"
    ]
    assert any(t.startswith("C") for t in written(spec))
    assert any("The Former" in t for t in written(spec))
    assert len([r for r in rows(spec, "rule") if "name" in r]) == 1


def test_heat_cells_without_a_value_are_hatched():
    spec = CHARTS["heat_table"]().layouts["wide"]
    cells = rows(spec, "rect")
    assert {c["colour"] for c in cells if LONG in c["label"] and "no data" in c["label"]} == {theme.NO_DATA}
    assert all(c["colour"] != theme.NO_DATA for c in cells if c["label"].startswith("C,"))
    with pytest.raises(ExhibitError, match="more than one row"):
        heat_table(pd.concat([TALL, TALL]), row="series", column="year", value="value", unit="people")


def test_no_data_is_not_zero_on_a_map():
    spec = CHARTS["choropleth"]().layouts["wide"]
    (shapes,) = [layer for layer in spec["layer"] if layer["mark"]["type"] == "geoshape"]
    fill = {r["iso3"]: r["fill"] for r in shapes["transform"][0]["from"]["data"]["values"]}
    assert fill["CCC"] == theme.NO_DATA
    assert fill["AAA"] == theme.CLASSES[0]
    assert "no data" in written(spec)
    assert shapes["data"]["url"] == "r2p:world"


def test_small_states_are_circles():
    circles = [r for r in rows(CHARTS["choropleth"]().layouts["wide"], "point") if "iso3" in r]
    assert [c["iso3"] for c in circles] == ["TUV"]
    with pytest.raises(ExhibitError, match="TUV is small but has no lon and lat"):
        choropleth(WORLD.assign(lon=None), iso3="iso3", value="value", unit="u")


def test_classes_are_said_in_words_and_checked():
    assert class_texts([20, 100]) == ["under 20", "20 to 100", "100 and over"]
    assert class_texts([1000, 10_000])[1:] == ["1,000 to 10,000", "10,000 and over"], "not 1,000 to 10k"
    assert class_texts([0.1, 1]) == ["under 0.1", "0.1 to 1", "1 and over"]
    assert class_texts([500_000, 2_500_000]) == ["under 500k", "500k to 2.50m", "2.50m and over"]
    for bad in ([5, 1], [1, 2, 3, 4, 5]):
        with pytest.raises(ExhibitError, match="rising thresholds"):
            choropleth(WORLD, iso3="iso3", value="value", unit="u", classes=bad)


def test_circles_are_drawn_largest_first_and_by_area():
    circles = [r for r in rows(CHARTS["proportional_circles"]().layouts["wide"], "point") if "iso3" in r]
    assert [c["iso3"] for c in circles] == ["BBB", "TUV"]
    assert circles[0]["size"] / circles[1]["size"] == pytest.approx(1500 / 20, rel=0.05)
    with pytest.raises(ExhibitError, match="the origin 'XXX' has no row"):
        proportional_circles(WORLD, iso3="iso3", value="value", lon="lon", lat="lat", unit="u", origin="XXX")


def test_the_largest_circles_are_named_even_where_others_crowd_them():
    """A reader would take the name of a smaller neighbour for that of the large circle beside it."""
    places = [
        ("AFG", 66, 34, 592), ("SYR", 38.5, 35, 164), ("SSD", 30, 7.5, 150), ("SOM", 46, 5, 134), ("PAK", 70, 30, 125),
        ("SDN", 30, 15.5, 89), ("CAF", 21, 6.5, 60), ("COD", 23.5, -3, 62), ("NGA", 8, 9.5, 55), ("KEN", 38, 0.5, 45),
    ]  # fmt: skip
    frame = pd.DataFrame(places, columns=["iso3", "lon", "lat", "value"])
    drawn = proportional_circles(frame, iso3="iso3", value="value", lon="lon", lat="lat", unit="people")
    text = " ".join(written(drawn.layouts["wide"]))
    assert [code for code in ("AFG", "SYR", "SSD", "SOM", "PAK", "SDN") if f"{code} " not in text] == []
    assert "SSD 150" in " ".join(written(drawn.layouts["narrow"]))


def test_a_band_spans_the_range_and_breaks_with_the_line():
    frame = pd.DataFrame({"panel": ["A"] * 4, "year": [2010, 2011, 2012, 2013], "best": [5, 6, None, 8]})
    frame = frame.assign(low=[4, 5, None, 7], high=[6, 9, None, 20])
    for drawn in (
        small_multiples(frame, panel="panel", x="year", y="best", low="low", high="high", unit="deaths"),
        lines(frame, x="year", y="best", low="low", high="high", unit="deaths"),
    ):
        spec = drawn.layouts["wide"]
        band = rows(spec, "area")
        assert len(band) == 2, "two years in a row make a band"
        assert all(row["y2"] < row["y"] for row in band), "the upper bound is above the lower one"
        alone = [row for row in rows(spec, "rule") if "colour" in row]
        assert len(alone) == 1, "the range of a year that stands alone is an upright bar"
        assert any("20" in text for text in written(spec)), "the axis reaches the upper bound"


def test_single_figures_stand_at_their_months_and_are_named_below():
    frame = pd.DataFrame({"year": [2011, 2012], "value": [1.0, 2.0]})
    dated = pd.DataFrame({"at": [2011.5, 2012.5], "value": [1.5, 9.0], "text": ["A count of one", "Another"]})
    spec = lines(frame, x="year", y="value", unit="deaths", points=dated).layouts["wide"]
    marks = [row for row in rows(spec, "point") if "Another" in row.get("label", "")]
    ends = max(row["x"] for row in rows(spec, "line"))
    assert marks[0]["x"] > ends, "a figure after the last year stands beyond it"
    texts = written(spec)
    assert {"1", "2", "A count of one", "Another"} <= set(texts)
    plain = lines(frame, x="year", y="value", unit="deaths").layouts["wide"]
    assert spec["padding"]["bottom"] > plain["padding"]["bottom"]


def test_range_dots_draw_bounds_and_say_what_is_missing():
    frame = pd.DataFrame({"n": ["A", "B", "C"], "best": [5, None, 7], "low": [4, None, None], "high": [9, None, None]})
    spec = range_dots(frame, label="n", value="best", low="low", high="high", unit="deaths").layouts["wide"]
    bars = [row for row in rows(spec, "rule") if "c" in row]
    assert len(bars) == 1
    assert bars[0]["x"] < bars[0]["x2"]
    assert "not available" in written(spec)
    plain = frame.assign(low=None, high=None)
    assert range_dots(plain, label="n", value="best", low="low", high="high", unit="deaths").layouts


def test_no_line_strikes_out_the_value_of_a_range():
    frame = pd.DataFrame({"n": ["A", "B"], "best": [5, 90], "low": [4, 80], "high": [9, 100]})
    for spec in range_dots(frame, label="n", value="best", low="low", high="high", unit="deaths").layouts.values():
        texts = {row["y"]: row for row in rows(spec, "text") if row["text"] in ("5", "90")}
        guides = [row for row in rows(spec, "rule") if "c" not in row and row["y"] in texts]
        assert len(guides) >= 2
        for row in guides:
            text = texts[row["y"]]
            end = text["x"] + theme.width_of(text["text"], theme.SMALL_SIZE)
            assert row["x2"] < text["x"] or row["x"] > end


def test_cells_take_the_colour_of_another_column():
    frame = pd.DataFrame({"r": ["A", "B"], "c": ["x", "x"], "v": [1_000_000, 2], "share": [0.2, 1.0]})
    spec = heat_table(frame, row="r", column="c", value="v", shade="share", classes=[0.5], unit="").layouts["wide"]
    colours = [row["colour"] for row in rows(spec, "rect")]
    assert colours == [theme.class_colours(2)[0], theme.class_colours(2)[1]]
    assert "2" in written(spec)


def test_a_wide_table_stays_one_table_on_a_phone():
    strands = ["Inhabitants", "Displaced from there", "People hosted", "Deaths in violence", "Attacks on aid workers"]
    frame = pd.DataFrame(
        [{"r": area, "c": c, "v": 61.9} for area in ("Western Asia", "Australia and New Zealand") for c in strands]
    )
    spec = heat_table(frame, row="r", column="c", value="v", unit="%", value_format=".1f").layouts["narrow"]
    assert [r["text"] for r in rows(spec, "text")].count("Western Asia") == 1, "no second block below"
    lines = {r["text"] for layer in spec["layer"] if layer["mark"].get("angle") == 270 for r in layer["data"]["values"]}
    assert {"Inhabitants", "Displaced from"} & lines


def test_a_heat_table_of_ranks_gives_the_strongest_colour_to_the_lowest():
    frame = pd.DataFrame({"place": ["a", "b", "c"], "edition": "2015", "rank": [1, 30, 160]})
    kept = {"row": "place", "column": "edition", "value": "rank", "unit": "rank"}
    colours = {}
    for low_is_strong in (True, False):
        spec = heat_table(frame, **kept, low_is_strong=low_is_strong).layouts["wide"]
        found = {row["label"][0]: row["colour"] for row in rows(spec, "rect")}
        colours[low_is_strong] = [theme.CLASSES.index(found[name]) for name in "abc"]
    assert colours[True] == sorted(set(colours[True]), reverse=True)
    assert colours[False] == sorted(set(colours[False]))


def test_small_charts_can_run_over_months():
    frame = pd.DataFrame({"p": ["A"] * 3, "n": [1, 2, 3], "m": ["2015-01", "2015-02", "2015-03"], "v": [1, 2, 3]})
    spec = small_multiples(frame, panel="p", x="n", x_text="m", y="v", unit="deaths").layouts["wide"]
    assert {"2015-01", "2015-03"} <= set(written(spec))
    assert "A, 2015-02: 2 deaths" in [row.get("label") for row in rows(spec, "point")]


CROWD = pd.DataFrame(
    [
        ("Israel", 35, 31.5, 48), ("State of Palestine", 35.2, 32, 35), ("Lebanon", 35.8, 33.9, 15),
        ("Namibia", 17, -22, 8), ("Zimbabwe", 29.9, -19, 8), ("Greece", 22, 39, 6),
        *((f"Small {n}", 10 + 2 * n, 40 + 2 * n, 2) for n in range(8)),
    ],
    columns=["iso3", "lon", "lat", "value"],
)  # fmt: skip


@pytest.mark.parametrize("layout", ["wide", "narrow"])
def test_names_of_circles_stand_clear_of_lines_to_others_and_of_the_key(layout):
    """A line to one name ran through another, and a name stood on the sizes in the key."""
    for frame in (CROWD, CROWD.assign(lon=CROWD["lon"] - 150, lat=CROWD["lat"] - 60)):
        spec = proportional_circles(frame, iso3="iso3", value="value", lon="lon", lat="lat", unit="drafts").layouts[
            layout
        ]
        (key, names) = [
            layer["data"]["values"]
            for layer in spec["layer"]
            if layer["mark"]["type"] == "text" and len(layer["data"]["values"]) > 1 and "stroke" not in layer["mark"]
        ]
        boxes = [(row, theme.width_of(row["text"], theme.SMALL_SIZE, bold=True) / 2) for row in names]
        lines_to = rows(spec, "rule")[3:]
        for row, half in boxes:
            hit = [
                line
                for line in lines_to
                for s in np.linspace(0, 1, 50)
                if abs(line["x"] + (line["x2"] - line["x"]) * s - row["x"]) < half
                and abs(line["y"] + (line["y2"] - line["y"]) * s - row["y"]) < 6
            ]
            assert hit == [], row
            ends = max(one["x"] + theme.width_of(one["text"], theme.SMALL_SIZE) for one in key)
            assert row["x"] - half > ends or row["y"] < min(one["y"] for one in key) - 10, row


def test_the_line_of_a_marked_year_does_not_cross_the_name_of_the_unit():
    frame = pd.DataFrame({"year": range(2000, 2016), "value": range(16)})
    for unit, crossed in (("people", False), ("US dollars a displaced person of that year and country", True)):
        spec = lines(frame, x="year", y="value", unit=unit, mark_x=2008).layouts["narrow"]
        (mark,) = [layer for layer in spec["layer"] if layer["mark"].get("strokeDash") == [3, 3]]
        (line,) = mark["data"]["values"]
        (said,) = [row for row in rows(spec, "text") if row["text"].lower() == unit.lower()]
        assert (line["y"] > said["y"] + 6) is crossed


def test_upright_names_of_neighbouring_columns_are_further_apart_than_their_own_lines():
    """Two-line names stood at even distances, so that the second line of one read as the first of the next."""
    heads = [
        "Displaced from there",
        "Deaths in violence",
        "Of them one-sided",
        "Attacks on aid workers",
        "E",
        "F",
        "G",
        "H",
    ]
    frame = pd.DataFrame(
        [("Australia and New Zealand", head, 11.1) for head in heads], columns=["row", "column", "value"]
    )
    spec = heat_table(frame, row="row", column="column", value="value", unit="%", value_format=".1f").layouts["narrow"]
    at = [r["x"] for la in spec["layer"] if la["mark"].get("angle") == 270 for r in la["data"]["values"]]
    assert len(at) == 12, "four names of two lines"
    within = [b - a for a, b in zip(at[:8:2], at[1:8:2], strict=True)]
    between = [b - a for a, b in zip(at[1:7:2], at[2:8:2], strict=True)]
    assert min(between) > max(within) + 2
