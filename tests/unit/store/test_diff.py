"""What a newer table says otherwise; and that several tables are replaced together, or not at all."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from r2p_analysis.errors import StoreError
from r2p_analysis.sources.contract import Column, Table
from r2p_analysis.store import commit
from r2p_analysis.store.commit import finish_replacing, replace_files
from r2p_analysis.store.diff import compare

TABLE = Table(
    name="people",
    title="People",
    columns=(
        Column("year", "integer", "year"),
        Column("iso3", "text", "place"),
        Column("people", "integer", "people", nullable=True),
        Column("word", "text", "a word", nullable=True),
    ),
    key=("year", "iso3"),
    stems=("people",),
)


def frame(*rows: tuple[Any, ...]) -> pd.DataFrame:
    made = pd.DataFrame(rows, columns=TABLE.column_names)
    return made.astype({"year": "Int64", "iso3": "string", "people": "Int64", "word": "string"})


OLD = frame((2014, "SYR", 100, "a"), (2015, "SYR", 200, "b"), (2015, "IRQ", None, None), (2015, "YEM", 0, "d"))


def test_the_same_table_has_no_difference() -> None:
    diff = compare(OLD, OLD.sample(frac=1, random_state=1), TABLE)
    assert (diff.new_rows, diff.removed_rows, diff.revised_cells) == (0, 0, 0)
    assert list(diff.lines()) == ["no difference"]


def test_rows_that_came_and_went_are_counted_by_year() -> None:
    new = frame((2015, "SYR", 200, "b"), (2015, "IRQ", None, None), (2015, "YEM", 0, "d"), (2016, "SYR", 5, "e"))
    diff = compare(OLD, new, TABLE)
    assert (diff.new_years, diff.removed_years) == ({2016: 1}, {2014: 1})
    assert list(diff.lines()) == ["1 new rows (2016: 1), 1 rows removed (2014: 1)"]


def test_revised_cells_name_the_largest_and_missing_is_not_zero() -> None:
    new = frame((2014, "SYR", 101, "a"), (2015, "SYR", 50, "z"), (2015, "IRQ", 0, None), (2015, "YEM", None, "d"))
    diff = compare(OLD, new, TABLE)
    assert diff.revised_cells == 5
    assert list(diff.lines()) == [
        "5 cells revised",
        "people: 4 revised, the largest 2015 SYR: 200 -> 50; 2014 SYR: 100 -> 101; 2015 IRQ: missing -> 0",
        'word: 1 revised, the largest 2015 SYR: "b" -> "z"',
    ]


def test_a_table_of_another_key_is_all_new() -> None:
    diff = compare(pd.DataFrame({"year": [2014], "who": ["x"]}), OLD, TABLE)
    assert (diff.new_rows, diff.removed_rows, diff.other_columns) == (4, 1, True)
    assert "its columns changed" in " ".join(diff.lines())


def test_a_column_that_is_new_is_said_and_not_counted_as_revised() -> None:
    diff = compare(OLD.drop(columns="word"), OLD, TABLE)
    assert (diff.revised_cells, diff.other_columns) == (0, True)


# --- replacing several files in one step


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a", "b"):
        (tmp_path / name).write_bytes(b"old")
    return tmp_path


def contents(folder: Path) -> list[bytes]:
    return [(folder / name).read_bytes() for name in ("a", "b")]


def leftovers(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(".")]


def test_files_are_replaced_and_nothing_else_is_left(folder: Path) -> None:
    replace_files(folder, {"a": b"new", "b": b"new"})
    assert contents(folder) == [b"new", b"new"]
    assert leftovers(folder) == []


def test_a_process_killed_before_the_journal_leaves_the_old_files(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(commit, "write_atomically", killed)
    with pytest.raises(KeyboardInterrupt):
        replace_files(folder, {"a": b"new", "b": b"new"})
    finish_replacing(folder)
    assert contents(folder) == [b"old", b"old"]
    assert leftovers(folder) == []


@pytest.mark.parametrize("renamed", [0, 1, 2])
def test_a_process_killed_between_renames_is_finished_by_the_next(
    folder: Path, monkeypatch: pytest.MonkeyPatch, renamed: int
) -> None:
    whole = commit.finish_replacing
    monkeypatch.setattr(commit, "finish_replacing", lambda _: None)
    replace_files(folder, {"a": b"new", "b": b"new"})
    assert contents(folder) == [b"old", b"old"]
    for temporary in sorted(folder.glob(".?.*.new"))[:renamed]:
        temporary.replace(folder / temporary.name[1])
    whole(folder)
    assert contents(folder) == [b"new", b"new"]
    assert leftovers(folder) == []


WRITER = """
import itertools, sys
from pathlib import Path
from r2p_analysis.store.commit import replace_files
print("ready", flush=True)
for n in itertools.count():
    replace_files(Path(sys.argv[1]), {name: str(n).encode() * 50_000 for name in ("a", "b", "c")})
"""


def test_a_process_killed_at_any_moment_leaves_files_of_one_version(tmp_path: Path) -> None:
    for moment in (0.003, 0.011, 0.02, 0.037):
        replace_files(tmp_path, dict.fromkeys(("a", "b", "c"), b"begin"))
        with subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE) as writer:
            assert writer.stdout
            writer.stdout.readline()
            time.sleep(moment)
            writer.kill()
        finish_replacing(tmp_path)
        assert len({(tmp_path / name).read_bytes() for name in ("a", "b", "c")}) == 1


@pytest.mark.parametrize("journal", ["[1]", "{", json.dumps({"../a": "b"}), json.dumps({"a": "../../b"})])
def test_a_journal_that_is_not_ours_is_an_error_of_one_line(folder: Path, journal: str) -> None:
    (folder / ".commit-x.json").write_text(journal)
    with pytest.raises(StoreError, match=r"commit-x\.json"):
        finish_replacing(folder)
    assert contents(folder) == [b"old", b"old"]
