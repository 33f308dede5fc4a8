"""Frames are what they should be."""

import pandas as pd
import pytest

from r2p_analysis.errors import ExhibitError
from r2p_analysis.exhibits.charts import frame as frames


def test_a_missing_column_is_one_line():
    with pytest.raises(ExhibitError, match=r"lines: no column 'yaer'; the frame has year, value") as caught:
        frames.check("lines", pd.DataFrame({"year": [1], "value": [2]}), "yaer")
    assert "\n" not in str(caught.value)


def test_an_empty_frame_and_one_without_numbers_are_refused():
    with pytest.raises(ExhibitError, match="no rows"):
        frames.check("lines", pd.DataFrame({"year": []}), "year")
    with pytest.raises(ExhibitError, match="holds no number"):
        frames.numbers("lines", pd.DataFrame({"value": [None, float("nan")]}), "value")
    with pytest.raises(ExhibitError, match="must hold numbers"):
        frames.numbers("lines", pd.DataFrame({"value": ["many"]}), "value")


def test_missing_is_none_and_zero_is_zero():
    frame = pd.DataFrame({"value": pd.array([0, None, 5], dtype="Int64")})
    assert frames.numbers("lines", frame, "value") == [0.0, None, 5.0]


def test_years_are_whole_numbers_never_dates():
    assert frames.years("lines", pd.DataFrame({"year": [2015, 2016.0]}), "year") == [2015, 2016]
    for bad in (pd.to_datetime(["2015-12-31"]), [2015.5], ["soon"], [None]):
        with pytest.raises(ExhibitError, match="whole years"):
            frames.years("lines", pd.DataFrame({"year": bad}), "year")


def test_highlight_by_column_or_by_name():
    frame = pd.DataFrame({"name": ["a", "b"], "named": [True, None]})
    assert frames.flags("bars", frame, "name", "named") == {"a"}
    assert frames.flags("bars", frame, "name", {"b"}) == {"b"}
    assert frames.flags("bars", frame, "name", None) == set()
    with pytest.raises(ExhibitError, match="no column 'a'"):
        frames.flags("bars", frame, "name", "a")
