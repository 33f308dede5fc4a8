"""Reading Parquet leaves no thread behind that can abort a process at its end or a child at its fork."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from r2p_analysis.parquet import read_parquet

FRAME = pd.DataFrame(
    {
        "iso3": ["SYR", None, "SSD"],
        "year": [2014, 2015, 2016],
        "people": pd.array([3_000_000, None, 5], dtype="Int64"),
        "share": [0.5, float("nan"), 1.0],
        "disputed": [True, False, True],
        "since": pd.to_datetime(["2011-03-15", None, "2013-12-15"]),
    }
)

# Counted in a process of its own: in this one, other tests may have woken the pool before.
COUNT = """
import sys
from pathlib import Path
import pandas, pyarrow.parquet, psutil
from r2p_analysis.sources import source_of
from r2p_analysis.parquet import read_parquet
from r2p_analysis.store import store_table
before = psutil.Process().num_threads()
{body}
print(psutil.Process().num_threads() - before)
"""
READ = "read_parquet(Path(sys.argv[1])); read_parquet(Path(sys.argv[1]).read_bytes())"
PANDAS = "import io; pandas.read_parquet(io.BytesIO(Path(sys.argv[1]).read_bytes()))"
STORE_TWICE = """
module, contract = source_of("unrwa_palestine_refugees")
frame = read_parquet(Path(sys.argv[1]))
for version in ("1", "2"):
    about = {"version": version, "retrieved": "2026-01-01", "origin": "here"}
    store_table(frame, contract, module.SOURCE, Path(sys.argv[2]), **about)
"""


def woken(body: str, *arguments: Path) -> int:
    """Threads that were not there before."""
    code = COUNT.format(body=body)
    ended = subprocess.run([sys.executable, "-c", code, *map(str, arguments)], capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr
    return int(ended.stdout)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "table.parquet"
    FRAME.to_parquet(path, index=False)
    return path


@pytest.mark.parametrize("content", [b"", b"PAR1", b"<html>not found</html>"])
def test_what_is_no_parquet_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "table.parquet"
    path.write_bytes(content)
    for file in (path, content):
        with pytest.raises((OSError, ValueError)):
            read_parquet(file)


def test_a_file_that_is_missing_is_refused_as_missing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"absent\.parquet"):
        read_parquet(tmp_path / "absent.parquet")


def test_a_command_that_read_a_table_is_not_aborted_at_its_end_by_a_thread_of_arrow(file: Path) -> None:
    # The pool is what aborts: pandas wakes it, or this test could not tell.
    assert woken(PANDAS, file) > 0
    assert woken(READ, file) == 0


def test_comparing_a_fetched_table_with_the_stored_one_wakes_no_thread(tmp_path: Path) -> None:
    stored = next(Path(__file__).parents[2].glob("data/unrwa_palestine_refugees.parquet"))
    assert woken(STORE_TWICE, stored, tmp_path) == 0


def test_rows_columns_and_types_are_those_that_were_written(file: Path) -> None:
    expected = pd.read_parquet(file)
    for read in (read_parquet(file), read_parquet(file.read_bytes())):
        pd.testing.assert_frame_equal(read, expected, check_exact=True)
    pd.testing.assert_frame_equal(expected, FRAME, check_exact=True)


def test_a_folder_named_like_a_partition_adds_no_column(tmp_path: Path) -> None:
    path = tmp_path / "year=2015" / "table.parquet"
    path.parent.mkdir()
    FRAME.to_parquet(path, index=False)
    assert list(read_parquet(path)) == list(FRAME)
