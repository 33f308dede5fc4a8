"""Judgements keep their day, their court and their source, and later ones do not replace earlier ones."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from r2p_analysis.errors import ContractError, SourceError
from r2p_analysis.sources import convictions
from r2p_analysis.store import read_package
from r2p_analysis.store.contracts import check

ROOT = Path(__file__).parents[2]
HEAD = "person,date,named_in,country_iso3,court,stage,outcome,sentence,sentence_years,note,publisher,url,basis\n"
ROW = "A B,2016-03-24,2016,BIH,ICTY,trial judgement,convicted,40 years,40,,UN News,https://example.org/,web page\n"


def parse(tmp_path: Path, text: str) -> pd.DataFrame:
    path = tmp_path / "convictions_x.csv"
    path.write_text(text)
    return check(convictions.parse("convictions", [path]), convictions.SOURCE.table("convictions"))


@pytest.mark.parametrize(
    ("text", "error", "said"),
    [
        (HEAD + ROW.replace("2016-03-24", "March 2016"), ContractError, "YYYY-MM-DD"),
        (HEAD + ROW.replace("web page", "unverified"), ContractError, "basis"),
        (HEAD + ROW.replace("https://example.org/", ""), ContractError, "url"),
        (
            HEAD + ROW.replace("trial judgement,convicted", "appeal judgement,acquitted"),
            ContractError,
            "first decision",
        ),
        (HEAD + ROW.replace("BIH", "XYZ"), ContractError, "XYZ"),
        (HEAD.replace(",url", "") + ROW, SourceError, "missing url"),
        (HEAD + ROW + ROW, ContractError, "person"),
    ],
)
def test_a_row_that_cannot_be_traced_is_refused(tmp_path: Path, text: str, error: type, said: str) -> None:
    with pytest.raises(error, match=said):
        parse(tmp_path, text)


def test_the_stored_table_is_what_the_lists_say() -> None:
    """An edit of a list without `r2p fetch convictions --from data/convictions` would not reach the report."""
    files = sorted((ROOT / "data" / "convictions").glob("convictions*.csv"))
    table = check(convictions.parse("convictions", files), convictions.SOURCE.table("convictions"))
    pd.testing.assert_frame_equal(table, pd.read_parquet(ROOT / "data" / "convictions.parquet"), check_dtype=False)
    assert read_package(ROOT / "data")["convictions"].rows == len(table)


def test_one_of_the_three_convictions_of_2016_was_reversed() -> None:
    table = pd.read_parquet(ROOT / "data" / "convictions.parquet")
    last = table.sort_values("date").groupby("person").last()
    assert last["outcome"].to_dict() == {
        "Radovan Karadžić": "conviction upheld",
        "Jean-Pierre Bemba": "acquitted",
        "Hissène Habré": "conviction upheld in part",
    }
    assert last.loc["Jean-Pierre Bemba", "date"] == "2018-06-08"
