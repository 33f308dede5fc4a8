"""The store keeps the last good tables, whatever comes in."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from r2p_analysis.errors import ContractError, StoreError
from r2p_analysis.sources.cadence import Releases
from r2p_analysis.sources.contract import Column, Source, Table
from r2p_analysis.store import TableChange, open_tables, read_package, store_table
from r2p_analysis.store.files import write_atomically

TABLE = Table(
    name="people",
    title="People",
    columns=(
        Column("year", "integer", "year", minimum=1951, maximum=2100),
        Column("origin_iso3", "text", "origin", place=True),
        Column("kind", "text", "kind", allowed=("P", "C")),
        Column("count", "integer", "people", nullable=True, minimum=0),
    ),
    key=("year", "origin_iso3", "kind"),
    stems=("people",),
    checks=(lambda frame: "too many" if frame["count"].max() > 10**9 else None,),
    caveats=("Made up.",),
)
SOURCE = Source(
    "trial",
    "Producer",
    "CC BY 4.0",
    "https://example.org/l",
    "Credit",
    Releases("yearly in June", month=6),
    "https://example.org",
    tables=(TABLE,),
)


def frame(**changes: object) -> pd.DataFrame:
    columns: dict[str, object] = {
        "year": [2014, 2015], "origin_iso3": ["SYR", "NAM"], "kind": ["P", "P"], "count": [10, None],
    }  # fmt: skip
    return pd.DataFrame({**columns, **changes})


def put(data: Path, table: pd.DataFrame, **options: bool) -> TableChange:
    return store_table(table, TABLE, SOURCE, data, version="1", retrieved="2026-06-25", origin="people.csv", **options)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"count": [-1, 2]}, "count"),
        ({"count": [2_000_000_000, 2]}, "too many"),
        ({"kind": ["P", "X"]}, "kind"),
        ({"origin_iso3": ["SYR", "SRY"]}, "SRY"),
        ({"origin_iso3": ["SYR", "SYR"], "year": [2015, 2015]}, "people"),
        ({"year": [1850, 2015]}, "year"),
        ({"year": [None, 2015]}, "year"),
        ({"count": ["many", "2"]}, "count"),
        ({"extra": [1, 2]}, "extra"),
    ],
)
def test_a_broken_contract_is_one_line_and_leaves_the_stored_table(tmp_path: Path, changes: dict, said: str) -> None:
    put(tmp_path, frame())
    before = (tmp_path / "people.parquet").read_bytes()
    with pytest.raises(ContractError) as caught:
        put(tmp_path, frame(**changes))
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
    assert (tmp_path / "people.parquet").read_bytes() == before


def test_an_empty_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContractError, match="got none"):
        put(tmp_path, frame().head(0))


def test_fewer_rows_need_the_users_word(tmp_path: Path) -> None:
    put(tmp_path, frame())
    with pytest.raises(ContractError, match="covers less"):
        put(tmp_path, frame().head(1))
    assert put(tmp_path, frame().head(1), accept_revision=True).rows == 1


def test_a_lost_year_needs_the_users_word(tmp_path: Path) -> None:
    put(tmp_path, frame())
    with pytest.raises(ContractError, match="lacks the year 2014"):
        put(tmp_path, frame(year=[2016, 2015]))


def test_a_wild_total_needs_the_users_word(tmp_path: Path) -> None:
    put(tmp_path, frame())
    with pytest.raises(ContractError, match=r"count in 2014 moved by 400%"):
        put(tmp_path, frame(count=[50, None]))
    assert put(tmp_path, frame(count=[50, None]), accept_revision=True).rows == 2


def test_check_replaces_nothing(tmp_path: Path) -> None:
    put(tmp_path, frame())
    put(tmp_path, frame(count=[11, None]), dry_run=True)
    assert open_tables(tmp_path)["people"]["count"].sum() == 10


def test_missing_stays_missing_and_zero_stays_zero(tmp_path: Path) -> None:
    put(tmp_path, frame(count=[0, None]))
    counts = open_tables(tmp_path)["people"]["count"]
    assert counts[0] == 0
    assert pd.isna(counts[1])


def test_an_altered_file_is_not_read(tmp_path: Path) -> None:
    put(tmp_path, frame())
    path = tmp_path / "people.parquet"
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(StoreError, match="altered"):
        open_tables(tmp_path)["people"]


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    put(tmp_path, frame())
    (tmp_path / "people.parquet").unlink()
    with pytest.raises(StoreError, match="r2p fetch"):
        open_tables(tmp_path)["people"]


def test_no_tables_and_unknown_tables_are_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no tables"):
        open_tables(tmp_path)
    put(tmp_path, frame())
    with pytest.raises(StoreError, match=r'no table "persons".*people'):
        open_tables(tmp_path)["persons"]


def test_a_foreign_package_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "datapackage.json").write_text(json.dumps({"resources": [{"name": "x"}]}))
    with pytest.raises(StoreError, match="not a data package"):
        read_package(tmp_path)


def test_provenance_is_recorded(tmp_path: Path) -> None:
    put(tmp_path, frame())
    record = read_package(tmp_path)["people"]
    assert (record.producer, record.version, record.retrieved, record.rows) == ("Producer", "1", "2026-06-25", 2)
    assert (record.first_year, record.last_year) == (2014, 2015)
    assert record.caveats == ("Made up.",)


def test_the_same_table_gives_the_same_bytes(tmp_path: Path) -> None:
    put(tmp_path / "a", frame())
    put(tmp_path / "b", frame())
    for name in ("people.parquet", "datapackage.json"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_a_damaged_table_is_replaced_only_at_the_users_word(tmp_path: Path) -> None:
    put(tmp_path, frame())
    stored = tmp_path / "people.parquet"
    stored.write_bytes(b"damaged")

    with pytest.raises(ContractError, match=r"people: .*people\.parquet was damaged or altered.*--accept-revision"):
        put(tmp_path, frame())
    assert stored.read_bytes() == b"damaged"

    put(tmp_path, frame(), accept_revision=True)
    assert open_tables(tmp_path)["people"]["count"].iloc[0] == 10


def test_an_interrupted_write_leaves_the_old_file_and_no_litter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    write_atomically(path, b"old")

    def broken(source: object, target: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("os.replace", broken)
    with pytest.raises(OSError, match="disk full"):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert [found.name for found in tmp_path.iterdir()] == ["file"]


def test_recording_names_only_what_is_read_inside(tmp_path: Path) -> None:
    put(tmp_path, frame())
    tables = open_tables(tmp_path)
    with tables.recording() as outer:
        with tables.recording() as inner:
            pass
        tables["people"]
    assert (inner, outer) == (set(), {"people"})


def test_embedded_tables_match_their_package_and_contracts() -> None:
    from r2p_analysis.sources import discover
    from r2p_analysis.store.contracts import check

    data = Path(__file__).parents[3] / "data"
    tables = open_tables(data)
    contracts = {table.name: table for module in discover().values() for table in module.SOURCE.tables if table.carried}
    assert set(tables) == set(contracts), "every table declared to be carried is embedded, and no other"
    for name, contract in contracts.items():
        checked = check(tables[name], contract)
        assert len(checked) == tables.provenance(name).rows, name
        for text in ("producer", "version", "licence", "attribution", "retrieved", "origin"):
            assert getattr(tables.provenance(name), text), f"{name} has no {text}"
