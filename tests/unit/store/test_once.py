"""A measure asked for again gives the same, tells the same sources, and never what another caller made of it."""

from pathlib import Path

import pandas as pd
import pytest

from r2p_analysis.errors import MeasureError, StoreError
from r2p_analysis.sources.cadence import Releases
from r2p_analysis.sources.contract import Column, Source, Table
from r2p_analysis.store import Tables, measure, open_tables, sources_of, store_table
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
    mine.attrs["r2p_sources"] = ["forged"]

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


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with one stored table."""
    CALLS.clear()
    store(tmp_path, [2014, 2015])
    return tmp_path


def store(folder: Path, years: list[int]) -> None:
    table = Table(
        name="people", title="People", columns=(Column("year", "integer", "year"),), key=("year",), stems=("p",)
    )
    releases = Releases("yearly in June", month=6)
    source = Source("trial", "P", "CC0", "https://example.org/l", "C", releases, "https://example.org", tables=(table,))
    frame = pd.DataFrame({"year": years})
    store_table(frame, table, source, folder, version="1", retrieved="2026-06-25", origin="people.csv")


def test_tables_opened_again_know_what_was_computed_of_them(folder: Path) -> None:
    first, again = open_tables(folder), open_tables(folder)

    assert until(first, 2014).equals(until(again, 2014))
    assert CALLS == [2014]
    assert sources_of(until(again, 2014)) == ["people"]
    # What was made of them depends on the table all the same.
    assert again.asked == first.asked == {"people"}


def test_what_was_asked_within_is_told_also_when_it_failed(tables: Tables) -> None:
    @measure
    def looked_for(tables: Tables) -> int:
        if "camps" in tables:
            return 1
        raise MeasureError("no camps")

    with pytest.raises(MeasureError):
        looked_for(tables)

    assert tables.asked == {"camps"}


def test_a_table_that_was_touched_is_never_answered_from_memory(folder: Path) -> None:
    until(open_tables(folder), 2014)
    (folder / "people.parquet").write_bytes(b"damaged")

    with pytest.raises(StoreError, match="was altered"):
        until(open_tables(folder), 2014)

    (folder / "people.parquet").unlink()
    store(folder, [2013, 2014, 2015])
    assert until(open_tables(folder), 2014)["year"].tolist() == [2013, 2014]


def test_what_is_remembered_is_bounded(tables: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_RESULTS", 2)
    for year in (1, 2, 3, 1, 3):
        until(tables, year)

    assert CALLS == [1, 2, 3, 1]


def test_what_is_asked_for_again_and_again_is_not_forgotten(tables: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_RESULTS", 2)
    for year in (1, 2, 1, 3, 1):
        until(tables, year)

    assert CALLS == [1, 2, 3]
