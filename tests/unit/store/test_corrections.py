"""A producer's error is mended with its reason, and a correction that is no longer needed fails loudly."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from r2p_analysis.errors import ContractError
from r2p_analysis.sources import source_of
from r2p_analysis.sources.contract import Column, Table
from r2p_analysis.store import read_package
from r2p_analysis.store.corrections import apply_corrections, read_corrections

DATA = Path(__file__).parents[3] / "data"
CONTRACT = Table(
    name="deaths",
    title="Deaths",
    columns=(Column("year", "integer", "year"), Column("iso3", "text", "place"), Column("deaths", "integer", "deaths")),
    key=("year", "iso3"),
    stems=("deaths",),
)
FRAME = pd.DataFrame({"year": [2014, 2015], "iso3": ["SLV", "SLV"], "deaths": [5, 7]})
GOOD = """
[[correction]]
table = "deaths"
row = { year = 2015, iso3 = "SLV" }
column = "deaths"
expect = 7
value = 70
reason = "A digit was lost."
reported = "not yet"
"""


def folder(tmp_path: Path, text: str) -> Path:
    (tmp_path / "corrections").mkdir()
    (tmp_path / "corrections" / "corrections.toml").write_text(text)
    return tmp_path


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GOOD.replace("expect = 7", "expect = 8"), 'expected "8", got "7"'),
        (GOOD.replace("year = 2015", "year = 2016"), "expected one such row, got 0"),
        (GOOD.replace('year = 2015, iso3 = "SLV"', 'iso3 = "SLV"'), "expected one such row, got 2"),
        (GOOD.replace('column = "deaths"', 'column = "dead"'), "no such column"),
        (GOOD.replace('reason = "A digit was lost."', ""), "reason"),
        (GOOD + "[[correction]\n", "not valid TOML"),
    ],
)
def test_a_correction_that_no_longer_fits_says_so_in_one_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ContractError, match=said) as caught:
        apply_corrections(FRAME, CONTRACT, folder(tmp_path, text))
    assert "\n" not in str(caught.value)


def test_a_cell_is_mended_and_the_reason_kept(tmp_path: Path) -> None:
    mended, reasons = apply_corrections(FRAME, CONTRACT, folder(tmp_path, GOOD))
    assert mended["deaths"].tolist() == [5, 70]
    assert FRAME["deaths"].tolist() == [5, 7], "the frame given stays as it was"
    assert reasons == ("A digit was lost.",)


def test_a_workspace_without_corrections_has_none(tmp_path: Path) -> None:
    assert read_corrections(tmp_path) == []


def test_the_stored_tables_carry_their_corrections() -> None:
    """A correction that was added without fetching its table again would not reach the report."""
    package = read_package(DATA)
    for correction in read_corrections(DATA):
        assert correction.reason in package[correction.table].corrections
        assert correction.reason.endswith(".")
        table = pd.read_parquet(DATA / f"{correction.table}.parquet")
        rows = table
        for name, value in correction.row.items():
            rows = rows[rows[name] == value]
        assert rows[correction.column].tolist() == [correction.value]
        assert correction.column in source_of(correction.table)[1].column_names
