"""TJET's accused: no name carried, no case lost, each in the situation before the Court."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from r2p_analysis.errors import ContractError, SourceError
from r2p_analysis.sources import tjet
from r2p_analysis.store.contracts import check

ROOT = Path(__file__).parents[2]
HEAD = (
    "accusedID,trialID,ccode_target,name,ICC_arrest_warrant,ICC_arrestAppear,ICC_confirm_charges,ICC_proceedings,"
    "ICC_withdrawnDismissed,tjet_version\n"
)


@pytest.fixture(scope="module")
def stored() -> pd.DataFrame:
    return pd.read_parquet(ROOT / "data" / "tjet_icc_accused.parquet")


def parse(tmp_path: Path, rows: str) -> pd.DataFrame:
    path = tmp_path / "tjet_icc_accused.csv"
    path.write_text(HEAD + rows)
    return check(tjet.parse("tjet_icc_accused", [path]), tjet.SOURCE.table("tjet_icc_accused"))


@pytest.mark.parametrize(
    ("row", "error", "said"),
    [
        ("1,2,999,A,2005,,,,,x\n", SourceError, "Correlates of War number 999"),
        ("1,2,500,A,2005,2004,,,,x\n", ContractError, "before the warrant"),
        ("1,2,500,A,,2004,,,,x\n", ContractError, "warrant_year"),
        ("1,2,500,A,soon,,,,,x\n", SourceError, "whole numbers"),
        ("1,2,500,A,2005,,,,,x\n1,2,500,A,2005,,,,,x\n", ContractError, "accused_id"),
    ],
)
def test_a_row_that_cannot_be_right_is_refused(tmp_path: Path, row: str, error: type, said: str) -> None:
    with pytest.raises(error, match=said):
        parse(tmp_path, row)


def test_no_name_is_carried(tmp_path: Path, stored: pd.DataFrame) -> None:
    table = parse(tmp_path, "1,2,500,Somebody,2005,,,,,x\n")
    assert "Somebody" not in table.to_csv()
    assert list(stored.columns) == list(table.columns)
    assert list(stored.select_dtypes(["object", "string"]).columns) == ["situation_iso3"]


def test_a_stage_not_reached_is_missing_and_not_a_year(tmp_path: Path) -> None:
    row = parse(tmp_path, "1,2,500,A,2005,,,,2015,x\n").iloc[0]
    assert row["situation_iso3"] == "UGA"
    assert pd.isna(row["appearance_year"])
    assert row["withdrawn_year"] == 2015


def test_a_case_stands_in_the_situation_before_the_court(stored: pd.DataFrame) -> None:
    """TJET has Bemba's main case under his own country; the Court's situation is the Central African Republic."""
    where = stored.set_index("accused_id")["situation_iso3"]
    assert where[10692] == "CAF"
    assert where.value_counts().to_dict() == {
        "CAF": 11, "KEN": 8, "SDN": 7, "COD": 6, "LBY": 5, "UGA": 5, "CIV": 3, "MLI": 3, "PHL": 1,
    }  # fmt: skip


def test_the_number_checks_of_the_court(stored: pd.DataFrame) -> None:
    """D7."""
    assert len(stored) == 49
    assert stored["proceedings_year"].notna().sum() == 21
    assert stored["withdrawn_year"].notna().sum() == 16
    assert (stored["warrant_year"].min(), stored["warrant_year"].max()) == (2005, 2025)
