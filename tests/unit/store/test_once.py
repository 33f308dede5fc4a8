"""A measure asked for again gives the same, tells the same sources, and never what another caller made of it."""

import pandas as pd
import pytest

from r2p_analysis.errors import MeasureError
from r2p_analysis.store import Tables, measure, sources_of
from r2p_analysis.store import tables as module

CALLS: list[object] = []


@pytest.fixture
def tables() -> Tables:
    CALLS.clear()
    return Tables.of({"people": pd.DataFrame({"year": [2014, 2015], "people": [3, 4]}), "other": pd.DataFrame()})


@measure
def until(tables: Tables, year: object = None) -> pd.DataFrame:
    CALLS.append(year)
    people = tables["people"]
    return people if year is None else people[people["year"] <= year]


@measure
def counted(tables: Tables, frame: pd.DataFrame) -> int:
    CALLS.append(frame)
    return len(frame) + len(tables["people"])


@measure
def failing(tables: Tables) -> int:
    CALLS.append("failing")
    raise MeasureError("no figure")


def test_it_is_computed_once(tables: Tables) -> None:
    assert until(tables, 2014).equals(until(tables, 2014))
    assert CALLS == [2014]


def test_what_a_caller_does_to_a_result_does_not_reach_the_next(tables: Tables) -> None:
    mine = until(tables, 2015)
    mine.loc[:, "people"] = 0
    mine["more"] = 1
    mine.attrs["r2p_sources"].append("forged")

    again = until(tables, 2015)

    assert again["people"].tolist() == [3, 4]
    assert list(again) == ["year", "people"]
    assert sources_of(again) == ["people"]


def test_sources_are_told_also_when_nothing_is_read_again(tables: Tables) -> None:
    until(tables)
    with tables.recording() as names:
        result = until(tables)

    assert names == {"people"}
    assert sources_of(result) == ["people"]


def test_equal_numbers_of_other_types_are_other_questions(tables: Tables) -> None:
    until(tables, 1)
    until(tables, True)
    until(tables, 1.0)

    assert [type(call) for call in CALLS] == [int, bool, float]


def test_lists_are_compared_by_what_they_hold(tables: Tables) -> None:
    @measure
    def among(tables: Tables, years: list[int]) -> int:
        CALLS.append(tuple(years))
        return int(tables["people"]["year"].isin(years).sum())

    years = [2014]
    assert among(tables, years) == 1
    years.append(2015)
    assert among(tables, years) == 2
    assert among(tables, [2014, 2015]) == 2
    assert CALLS == [(2014,), (2014, 2015)]


def test_what_depends_on_a_frame_is_computed_anew(tables: Tables) -> None:
    frame = pd.DataFrame({"a": [1]})
    assert counted(tables, frame) == 3
    assert counted(tables, pd.concat([frame, frame])) == 4


def test_a_failure_is_not_remembered(tables: Tables) -> None:
    for _ in range(2):
        with pytest.raises(MeasureError):
            failing(tables)
    assert CALLS == ["failing"] * 2


def test_other_tables_have_other_results(tables: Tables) -> None:
    until(tables)
    other = Tables.of({"people": pd.DataFrame({"year": [2015], "people": [9]})})

    assert until(other)["people"].tolist() == [9]


def test_what_is_remembered_is_bounded(tables: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_RESULTS", 2)
    for year in (1, 2, 3, 1, 3):
        until(tables, year)

    assert CALLS == [1, 2, 3, 1]
