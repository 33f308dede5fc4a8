"""Strips of years draw what they are given, differ by more than colour, and leave unknown years empty."""

import json
import re

import altair as alt
import pandas as pd
import pytest

from r2p_analysis.errors import ExhibitError
from r2p_analysis.exhibits import theme
from r2p_analysis.exhibits.charts import year_strips

LEVELS = ["quiet", "some", "much"]
LONG = "The Former Federated Republic of a Place with a Very Long Name and More Besides"
FRAME = pd.DataFrame(
    [
        (name, year, LEVELS[(year + n) % 3], year == 2012)
        for n, name in enumerate(["A", LONG])
        for year in range(2010, 2016)
        if not (n and year == 2013)
    ],
    columns=["name", "year", "level", "marked"],
)


def draw(frame=FRAME, **options):
    return year_strips(
        frame, label="name", x="year", level="level", order=LEVELS, marks="marked", marks_title="onset", **options
    )


def rows(spec, mark):
    return [r for layer in spec["layer"] if layer["mark"]["type"] == mark for r in layer["data"]["values"]]


@pytest.mark.parametrize("layout", ["wide", "narrow"])
def test_the_spec_is_valid_and_on_its_page(layout):
    spec = draw().layouts[layout]
    assert json.loads(json.dumps(spec, allow_nan=False)) == spec
    alt.Chart.from_dict(spec)
    pad = spec["padding"]
    assert pad["left"] + spec["width"] + pad["right"] == {"wide": 720, "narrow": 343}[layout]
    for layer in spec["layer"]:
        if layer["mark"]["type"] == "text":
            for row in layer["data"]["values"]:
                wide = theme.block_width(row["text"], layer["mark"]["fontSize"])
                left = row["x"] - {"left": 0, "center": wide / 2, "right": wide}[layer["mark"]["align"]]
                assert left >= -pad["left"] - 1.5, row
                assert left + wide <= spec["width"] + pad["right"] + 1.5, row
    for colour in set(re.findall(r"#[0-9a-f]{6}", json.dumps(spec))):
        assert colour in theme.VARIABLES


def test_levels_differ_by_height_and_by_colour():
    found = {r["level"]: (round(r["y2"] - r["y"], 1), r["colour"]) for r in rows(draw().layouts["wide"], "rect")}
    heights = [found[level][0] for level in LEVELS]
    assert heights == sorted(heights)
    assert len(set(heights)) == len({colour for _, colour in found.values()}) == 3


def test_a_year_without_a_row_is_empty_and_not_quiet():
    bars = rows(draw().layouts["wide"], "rect")
    assert len(bars) == 11
    assert not [r for r in bars if r["label"].startswith(LONG) and r["year"] == 2013]


def test_marks_are_in_the_key_only_when_there_are_any():
    assert "onset" in json.dumps(draw().layouts)
    assert "onset" not in json.dumps(draw(FRAME.assign(marked=False)).layouts)


def test_what_cannot_be_drawn_is_one_line():
    for frame, said in (
        (FRAME.iloc[:0], "no rows"),
        (FRAME.rename(columns={"level": "lvl"}), "no column"),
        (FRAME.assign(level="odd"), "not in the order"),
    ):
        with pytest.raises(ExhibitError, match=said) as caught:
            draw(frame)
        assert "\n" not in str(caught.value)


def test_a_long_name_is_not_cut_and_has_the_room_that_it_takes():
    frame = FRAME.assign(name=FRAME["name"].replace({LONG: "Democratic Republic of the Congo"}))
    spec = draw(frame).layouts["narrow"]
    texts = [row["text"] for row in rows(spec, "text")]
    assert "Democratic\nRepublic of the\nCongo" in texts
    feet = sorted({row["y2"] for row in rows(spec, "rect")})
    assert feet[1] - feet[0] >= 3 * 15


def test_the_key_names_no_level_that_is_not_drawn():
    only = FRAME.assign(level="much")
    texts = {r["text"] for r in rows(draw(only).layouts["wide"], "text")}
    assert "much" in texts
    assert not texts & {"quiet", "some"}
