"""Tables that only grow: a fetch never takes an older vintage or edition away."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from r2p_analysis.errors import ContractError
from r2p_analysis.sources.cadence import Rolling
from r2p_analysis.sources.contract import Column, Source, Table
from r2p_analysis.store import read_package, store_table
from r2p_analysis.store.growing import origin_of_both

GROWS = Table(
    name="vintages",
    title="Totals as known at several dates",
    columns=(
        Column("vintage", "date", "when"),
        Column("year", "integer", "year", minimum=1900, maximum=2100),
        Column("people", "integer", "people", nullable=True, minimum=0),
    ),
    key=("vintage", "year"),
    stems=("vintages",),
    grows_by="vintage",
)
SOURCE = Source("x", "X", "free", "", "X", Rolling("yearly"), "https://example.org/", tables=(GROWS,))


def vintage(name: str, *people: int | None) -> pd.DataFrame:
    years = range(2014, 2014 + len(people))
    return pd.DataFrame({"vintage": name, "year": years, "people": pd.array(people, dtype="Int64")})


def store(frame: pd.DataFrame, data: Path, contract: Table = GROWS, origin: str = "new.csv") -> pd.DataFrame:
    store_table(frame, contract, SOURCE, data, version="v", retrieved="2026-01-01", origin=origin)
    return pd.read_parquet(data / "vintages.parquet")


def test_a_table_that_does_not_grow_is_refused_when_it_covers_less(tmp_path: Path) -> None:
    replaced = Table(**{**GROWS.__dict__, "grows_by": ""})
    store(vintage("2016-10", 100, 110), tmp_path, replaced)
    with pytest.raises(ContractError, match="covers less"):
        store(vintage("2025-12", 101), tmp_path, replaced)


def test_older_vintages_stay_with_their_missing_cells(tmp_path: Path) -> None:
    store(vintage("2016-10", 100, None), tmp_path, origin="old.csv")
    kept = store(vintage("2025-12", 101, 111, 121), tmp_path)
    assert kept["vintage"].tolist() == ["2016-10"] * 2 + ["2025-12"] * 3
    assert kept["people"].isna().tolist() == [False, True, False, False, False]
    record = read_package(tmp_path)["vintages"]
    assert record.version == "v", "the release by which the table's age is judged is the new one"
    assert record.origin == "new.csv; beside it, as stored before, from old.csv"


def test_a_vintage_brought_again_replaces_itself_and_is_named_once(tmp_path: Path) -> None:
    store(vintage("2016-10", 100, 110), tmp_path, origin="old.csv")
    store(vintage("2025-12", 101, 111), tmp_path)
    before = (tmp_path / "vintages.parquet").read_bytes()
    again = store(vintage("2025-12", 101, 111), tmp_path)
    assert (tmp_path / "vintages.parquet").read_bytes() == before
    assert len(again) == 4
    assert read_package(tmp_path)["vintages"].origin == "new.csv; beside it, as stored before, from old.csv"


def test_a_vintage_that_covers_less_than_itself_is_refused(tmp_path: Path) -> None:
    store(pd.concat([vintage("2016-10", 100, 110), vintage("2025-12", 101, 111)]), tmp_path)
    with pytest.raises(ContractError, match="covers less"):
        store(vintage("2025-12", 101), tmp_path)


def test_a_vintage_that_moves_wildly_is_refused_though_another_comes_with_it(tmp_path: Path) -> None:
    store(vintage("2016-10", 100, 110), tmp_path)
    with pytest.raises(ContractError, match="moved by 100%"):
        store(pd.concat([vintage("2016-10", 200, 110), vintage("2025-12", 101, 111)]), tmp_path)


def test_a_file_of_all_vintages_is_stored_as_it_is(tmp_path: Path) -> None:
    store(vintage("2016-10", 100, 110), tmp_path, origin="old.csv")
    store(pd.concat([vintage("2016-10", 100, 110), vintage("2025-12", 101, 111)]), tmp_path)
    record = read_package(tmp_path)["vintages"]
    assert (record.version, record.origin, record.rows) == ("v", "new.csv", 4)


def test_origins_are_named_once() -> None:
    both = origin_of_both("b", origin_of_both("b", "a"))
    assert both == "b; beside it, as stored before, from a"
