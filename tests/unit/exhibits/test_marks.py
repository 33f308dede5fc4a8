"""Marks that could be misread: bars that lack a part, bars and circles too small to see, names that run together."""

import numpy as np
import pandas as pd
import pytest

from r2p_analysis.exhibits import theme
from r2p_analysis.exhibits.charts import lines, stacked_bars
from r2p_analysis.exhibits.maps import proportional_circles


def rows(spec, mark):
    return [r for layer in spec["layer"] if layer["mark"]["type"] == mark for r in layer["data"].get("values", [])]


def written(spec):
    return [r["text"] for r in rows(spec, "text")]


def test_bars_that_lack_a_part_not_yet_counted_say_so():
    """Bars rose fivefold in the year from which internally displaced people are known by country."""
    frame = pd.DataFrame(
        [(y, "In", None if y < 2009 else 2e6) for y in range(2005, 2016)]
        + [(y, "Out", 4e5) for y in range(2005, 2016)],
        columns=["year", "part", "people"],
    )
    told = {"In": 2009, "Out": 1951, "Absent": 2010}
    for spec in stacked_bars(frame, x="year", y="people", series="part", unit="people", since=told).layouts.values():
        assert [text for text in written(spec) if text.startswith("From ")] == ["From 2009: in"]
        (line,) = [r for r in rows(spec, "rule") if r["x"] == r["x2"] and r["y"] < 0 and r["y2"] == spec["height"]]
        step = spec["width"] / 11
        assert line["x"] == pytest.approx(4 * step, abs=0.02)


def test_the_texts_of_two_beginnings_do_not_meet():
    frame = pd.DataFrame(
        [
            (y, part, 5.0)
            for y in range(1990, 2016)
            for part in ("Asylum-seekers", "Internally displaced by conflict (IDMC)")
        ],
        columns=["year", "part", "people"],
    )
    told = {"Asylum-seekers": 2000, "Internally displaced by conflict (IDMC)": 2009}
    for spec in stacked_bars(frame, x="year", y="people", series="part", unit="people", since=told).layouts.values():
        first, second = [r for r in rows(spec, "text") if r["text"].startswith("From ")]
        assert first["y"] - second["y"] >= 16
        below = [r for r in rows(spec, "rule") if r["x"] == r["x2"] and r["y"] == second["y"] + 8]
        half = theme.width_of(first["text"], theme.SMALL_SIZE) / 2
        assert all(abs(r["x"] - first["x"]) > half for r in below), "a line would cross the other's text"


def test_a_bar_of_few_is_not_taken_for_none():
    """188 returns beside 140,761 had no bar, and "a year without a bar" is said to have none."""
    frame = pd.DataFrame({"year": [2013, 2014, 2015], "people": [140761, 0, 188], "who": "a"})
    for spec in stacked_bars(frame, x="year", y="people", series="who", unit="people").layouts.values():
        bars = {r["year"]: r for r in rows(spec, "bar")}
        (layer,) = [layer for layer in spec["layer"] if layer["mark"]["type"] == "bar"]
        top = layer["encoding"]["y"]["scale"]["domain"][1]
        assert bars[2015]["to"] / top * spec["height"] == pytest.approx(2)
        assert bars[2015]["value"] == 188
        assert bars[2014]["to"] == bars[2014]["edge"] == 0, "nothing has no outline either"


def test_names_of_two_lines_at_the_ends_of_lines_stand_apart():
    """Three names of two lines each ran into one paragraph of six."""
    frame = pd.DataFrame(
        {"year": [2015] * 3, "value": [5.0, 4.0, 3.0], "name": [f"{n} violence of a kind" for n in "abc"]}
    )
    spec = lines(frame, x="year", y="value", series="name", unit="people").layouts["narrow"]
    ends = sorted((r["y"], r["text"].count("\n")) for r in rows(spec, "text") if "violence" in r["text"])
    assert {breaks for _, breaks in ends} == {1}
    assert min(np.diff([y for y, _ in ends])) >= 2 * 16 + 6


def test_the_smallest_circles_are_not_hidden_by_their_own_outline():
    """In dark colours 50 of 59 countries with people from Ukraine could not be seen."""
    places = [("AAA", 0, 0, 100_000), ("BBB", 40, 10, 90_000), ("CCC", 90, 20, 5)]
    frame = pd.DataFrame(places, columns=["iso3", "lon", "lat", "value"])
    for spec in proportional_circles(
        frame, iso3="iso3", value="value", lon="lon", lat="lat", unit="people"
    ).layouts.values():
        edges = {r["iso3"]: r["edge"] for r in rows(spec, "point") if "iso3" in r}
        assert edges == {"AAA": 0.8, "BBB": 0.8, "CCC": 0}
