"""Lists of commitments, votes and reports: every row has a source, and the tables hold what the lists say."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from r2p_analysis.errors import ContractError, SourceError
from r2p_analysis.sources import commitments
from r2p_analysis.sources.files import matching
from r2p_analysis.store import read_package
from r2p_analysis.store.contracts import check

ROOT = Path(__file__).parents[2]
LISTS = ROOT / "data" / "commitments"
TABLES = [table.name for table in commitments.SOURCE.tables]
COUNTS = "commitment,date,states,more_than,note,publisher,url,basis\n"
COUNT = "code_of_conduct,2015-12-20,108,yes,,US-EU World Affairs,https://example.org/,web page\n"
VOTES = "id,date,kind,symbol,subject,how,in_favour,against,abstaining,publisher,url,basis\n"
VOTE = "a,2021-05-18,resolution,A/RES/75/277,X,recorded vote,115,15,28,GCR2P,https://example.org/,web page\n"


def parse(tmp_path: Path, table: str, text: str) -> pd.DataFrame:
    path = tmp_path / "list.csv"
    path.write_text(text)
    return check(commitments.parse(table, [path]), commitments.SOURCE.table(table))


@pytest.mark.parametrize(
    ("table", "text", "error", "said"),
    [
        ("commitment_counts", COUNTS + COUNT.replace("108", "many"), SourceError, "whole numbers"),
        ("commitment_counts", COUNTS + COUNT.replace("https://example.org/", ""), ContractError, "url"),
        ("commitment_counts", COUNTS + COUNT.replace("https://", ""), ContractError, "no address"),
        ("commitment_counts", COUNTS + COUNT.replace("web page", "unverified"), ContractError, "basis"),
        ("commitment_counts", COUNTS + COUNT.replace("2015-12-20", "20 Dec"), ContractError, "expected YYYY"),
        ("commitment_counts", COUNTS + COUNT.replace("code_of", "mode_of"), ContractError, "commitment"),
        ("commitment_counts", COUNTS + COUNT + COUNT, ContractError, "commitment"),
        ("ga_votes", VOTES + VOTE.replace("115,15,28", "115,15,"), ContractError, "three counts"),
        ("ga_votes", VOTES + VOTE.replace("recorded vote", "without a vote"), ContractError, "three counts"),
        ("ga_votes", VOTES + VOTE.replace("115,15,28", "151,15,28"), ContractError, "193"),
    ],
)
def test_a_row_that_cannot_be_traced_or_added_up_is_refused(
    tmp_path: Path, table: str, text: str, error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        parse(tmp_path, table, text)


def test_more_than_is_kept(tmp_path: Path) -> None:
    assert bool(parse(tmp_path, "commitment_counts", COUNTS + COUNT)["more_than"].iloc[0])


@pytest.mark.parametrize("table", TABLES)
def test_the_stored_table_is_what_the_list_says(table: str) -> None:
    """An edit of a list without `r2p fetch commitments --from data/commitments` would not reach the report."""
    contract = commitments.SOURCE.table(table)
    files = matching(LISTS, contract.stems)
    assert len(files) == 1
    said = check(commitments.parse(table, files), contract)
    pd.testing.assert_frame_equal(said, pd.read_parquet(ROOT / "data" / f"{table}.parquet"), check_dtype=False)
    assert read_package(ROOT / "data")[table].rows == len(said)


@pytest.mark.parametrize("table", TABLES)
def test_every_row_has_an_address_and_none_rests_on_memory(table: str) -> None:
    frame = pd.read_parquet(ROOT / "data" / f"{table}.parquet")
    assert frame["url"].map(lambda url: bool(re.fullmatch(r"https?://\S+", url))).all()
    assert set(frame["basis"]) <= {"web page", "quoted elsewhere"}


def test_every_list_is_read() -> None:
    """A file that no stem finds would be a list that nobody reads."""
    found = {path for table in commitments.SOURCE.tables for path in matching(LISTS, table.stems)}
    assert found == set(LISTS.glob("*.csv"))
