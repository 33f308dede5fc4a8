"""Consumer prices: the Bureau's own average of the year is taken, and the right series."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from r2p_analysis.errors import ContractError, SourceError
from r2p_analysis.sources import bls
from r2p_analysis.store import read_package
from r2p_analysis.store.contracts import check

ROOT = Path(__file__).parents[2]
HEAD = "series_id,year,period,value\n"
MONTHS = "".join(f"CUUR0000SA0,2015,M{month:02},{230 + month}\n" for month in range(1, 13))
AVERAGE = "CUUR0000SA0,2015,M13,237.017\n"
OTHER = "CUSR0000SA0,2015,M13,999\n"


def parse(tmp_path: Path, text: str, name: str = "bls_cpi_u.csv") -> pd.DataFrame:
    path = tmp_path / name
    path.write_text(text)
    return check(bls.parse("prices", [path]), bls.SOURCE.table("prices"))


@pytest.mark.parametrize(
    ("text", "error", "said"),
    [
        (HEAD.replace("value", "index") + AVERAGE, SourceError, "missing value"),
        (HEAD + OTHER, SourceError, "no series CUUR0000SA0"),
        (HEAD + MONTHS + AVERAGE.replace("237.017", "-"), SourceError, "not a number"),
        (HEAD + MONTHS, ContractError, "expected rows"),
    ],
)
def test_a_file_without_the_series_is_refused(tmp_path: Path, text: str, error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        parse(tmp_path, text)


def test_the_published_average_is_taken_and_other_series_left(tmp_path: Path) -> None:
    rows = parse(tmp_path, HEAD + OTHER + MONTHS + AVERAGE)
    assert rows.to_dict("records") == [{"year": 2015, "price_index": 237.017, "months": 12}]


def test_a_year_that_is_not_over_has_no_row(tmp_path: Path) -> None:
    running = "CUUR0000SA0,2016,M01,236.916\n"
    assert parse(tmp_path, HEAD + MONTHS + AVERAGE + running)["year"].to_list() == [2015]


def test_the_bureaus_own_flat_file_is_read(tmp_path: Path) -> None:
    text = "series_id        \tyear\tperiod\t       value\tfootnote_codes\n"
    text += "".join(f"CUUR0000SA0      \t2015\tM{month:02}\t     {230 + month}\t\n" for month in range(1, 13))
    text += "CUUR0000SA0      \t2015\tM13\t     237.017\t\n"
    rows = parse(tmp_path, text, "cu.data.1.AllItems.csv")
    assert rows["price_index"].to_list() == [237.017]


def test_the_stored_table_and_where_it_comes_from() -> None:
    rows = pd.read_parquet(ROOT / "data" / "prices.parquet").set_index("year")
    assert list(rows.index) == list(range(1999, 2026))
    # Averages of the months of CUUR0000SA0 as another copy gives them (datasets/cpi-us, data/cpiai.csv).
    assert rows.loc[2008, "price_index"] == pytest.approx(215.303, abs=0.001)
    assert rows.loc[2000, "price_index"] == pytest.approx(172.2, abs=0.05)
    assert rows.loc[2025, "months"] == 11, "no index was published for October 2025"
    assert "cpi 2.1.0" in read_package(ROOT / "data")["prices"].origin
