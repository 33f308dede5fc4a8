"""Figures stated by others keep their source, their date and what they count."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from r2p_analysis.errors import ContractError, SourceError
from r2p_analysis.sources import statements
from r2p_analysis.store import read_package
from r2p_analysis.store.contracts import check

ROOT = Path(__file__).parents[2]
HEAD = "id,subject,place,stated,as_of,value,low,high,unit,counts,publisher,url,basis\n"
ROW = "a,Killed,SYR,2014-08,2014-04,191369,,,people,identified,OHCHR,https://example.org/,web page\n"


def parse(tmp_path: Path, text: str) -> pd.DataFrame:
    path = tmp_path / "statements_x.csv"
    path.write_text(text)
    return check(statements.parse("statements", [path]), statements.SOURCE.table("statements"))


@pytest.mark.parametrize(
    ("text", "error", "said"),
    [
        (HEAD + ROW.replace("191369", "many"), SourceError, "not a number"),
        (HEAD.replace(",url", "") + ROW, SourceError, "missing url"),
        (HEAD + ROW.replace("2014-04", "April 2014"), ContractError, "expected YYYY"),
        (HEAD + ROW.replace("web page", "memory"), ContractError, "basis"),
        (HEAD + ROW + ROW, ContractError, "id"),
        (HEAD + ROW.replace("https://example.org/", ""), ContractError, "url"),
    ],
)
def test_a_row_that_cannot_be_traced_is_refused(tmp_path: Path, text: str, error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        parse(tmp_path, text)


def test_the_stored_table_is_what_the_lists_say() -> None:
    """An edit of a list without `r2p fetch statements --from data/statements` would not reach the report."""
    files = sorted((ROOT / "data" / "statements").glob("statements*.csv"))
    table = check(statements.parse("statements", files), statements.SOURCE.table("statements"))
    pd.testing.assert_frame_equal(table, pd.read_parquet(ROOT / "data" / "statements.parquet"), check_dtype=False)
    assert read_package(ROOT / "data")["statements"].rows == len(table)
