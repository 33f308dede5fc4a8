"""Timelines and steps put every mark where its date lies, and claim nothing about the days between."""

import pandas as pd
import pytest
from kit import DATED, LONG

from r2p_analysis.errors import ExhibitError
from r2p_analysis.exhibits.charts import events, steps


def rows(spec, mark):
    return [r for layer in spec["layer"] if layer["mark"]["type"] == mark for r in layer["data"].get("values", [])]


def timeline(frame, **more):
    return events(frame, date="date", lane="series", kind="series", label="date", unit="events", **more)


def test_marks_stand_in_the_order_of_their_dates():
    dots = [r for r in rows(timeline(DATED).layouts["wide"], "point") if "at" in r]
    assert len(dots) == 4
    by_date = sorted(dots, key=lambda r: r["at"])
    assert [r["x"] for r in by_date] == sorted(r["x"] for r in dots)


def test_marks_of_one_lane_on_near_days_do_not_hide_each_other():
    dots = [r for r in rows(timeline(DATED).layouts["narrow"], "point") if r.get("lane") == "A"]
    assert len({(r["x"], r["y"]) for r in dots}) == 2
    assert len({r["y"] for r in dots}) == 2


def test_a_kind_keeps_its_shape_when_others_are_not_drawn():
    order = ["A", "B", LONG]
    whole = {r["lane"]: r["shape"] for r in rows(timeline(DATED, order=order).layouts["wide"], "point") if "at" in r}
    part = timeline(DATED[DATED["series"] == LONG], order=order)
    assert {r["shape"] for r in rows(part.layouts["wide"], "point") if "at" in r} == {whole[LONG]}


def test_the_marked_day_is_left_out_where_the_axis_does_not_reach():
    texts = [r["text"] for r in rows(timeline(DATED, mark="2019-01-01", mark_text="report").layouts["wide"], "text")]
    assert "report" not in texts


def test_a_date_that_is_none_is_one_line():
    with pytest.raises(ExhibitError, match="is no date"):
        timeline(DATED.assign(date="2016"))
    with pytest.raises(ExhibitError, match="kinds"):
        timeline(pd.DataFrame({"date": ["2016-01-01"] * 6, "series": list("ABCDEF")}))


def test_a_step_holds_the_count_until_the_next_and_ends_with_the_last():
    spec = steps(DATED, date="date", value="value", series="series", unit="states").layouts["wide"]
    dots = {(r["name"], r["value"]): r for r in rows(spec, "point")}
    assert set(dots) == {("A", 29.0), ("A", 40.0), (LONG, 112.0)}, "a missing count has no mark"
    drawn = [layer for layer in spec["layer"] if layer["mark"].get("strokeWidth") == 2]
    (flat, rise) = drawn[0]["data"]["values"]
    assert flat["y"] == flat["y2"] == dots["A", 29.0]["y"]
    assert (rise["x"], rise["y2"]) == (dots["A", 40.0]["x"], dots["A", 40.0]["y"])
    assert len(drawn) == 1, "no line leads beyond the last count"
