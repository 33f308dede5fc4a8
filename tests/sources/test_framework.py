"""The list of risk factors is whole, and what was not checked says so."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from r2p_analysis.errors import ContractError, SourceError
from r2p_analysis.sources import framework
from r2p_analysis.store.contracts import check

ROOT = Path(__file__).parents[2]
HEAD = "number,applies_to,factor,title_basis,url,open_series,countable,tables,shows\n"
ROW = "1,genocide,Signs,web page,https://example.org/,none,not,,\n"


def parse(tmp_path: Path, text: str) -> pd.DataFrame:
    path = tmp_path / "risk_factors.csv"
    path.write_text(text)
    return check(framework.parse("risk_factors", [path]), framework.SOURCE.table("risk_factors"))


@pytest.mark.parametrize(
    ("text", "error", "said"),
    [
        (HEAD.replace(",url", "") + ROW, SourceError, "missing url"),
        (HEAD + ROW.replace("web page", "memory"), ContractError, "title_basis"),
        (HEAD + ROW.replace("not,", "fully,"), ContractError, "countable"),
        (HEAD + ROW.replace("1,genocide", "2,genocide"), ContractError, "numbered"),
        (HEAD + ROW.replace("https://example.org/", ""), ContractError, "url"),
    ],
)
def test_a_row_that_cannot_be_traced_is_refused(tmp_path: Path, text: str, error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        parse(tmp_path, text)


def test_the_stored_table_is_what_the_list_says() -> None:
    """An edit of the list without `r2p fetch framework --from data/framework` would not reach the report."""
    table = check(
        framework.parse("risk_factors", [ROOT / "data" / "framework" / "risk_factors.csv"]),
        framework.SOURCE.table("risk_factors"),
    )
    pd.testing.assert_frame_equal(table, pd.read_parquet(ROOT / "data" / "risk_factors.parquet"), check_dtype=False)
    assert len(table) == 14
    assert table.loc[table["title_basis"] == "unverified", "number"].to_list() == [3, 6, 10, 11]
