"""What lies under the parsers (archives, notes, contracts) refuses in one line."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from r2p_analysis.errors import MOST_LETTERS, ContractError, SourceError
from r2p_analysis.sources import raw
from r2p_analysis.sources.archives import only_member
from r2p_analysis.sources.contract import Column, Table
from r2p_analysis.store.contracts import check

NOTES = [
    {
        "file": "a.csv",
        "url": "https://example.org/a",
        "bytes": 8,
        "sha256": "0" * 64,
        "retrieved": "2026-06-25T10:00:00+00:00",
    }
]


@pytest.mark.parametrize("key", ["file", "url", "sha256", "retrieved"])
def test_notes_that_lack_a_part_are_refused(tmp_path: Path, key: str) -> None:
    (tmp_path / "a.csv").touch()
    (tmp_path / raw.NOTES).write_text(json.dumps([{k: v for k, v in NOTES[0].items() if k != key}]))
    with pytest.raises(SourceError, match="not the notes of a fetch"):
        raw.taken([tmp_path / "a.csv"])


def test_an_error_is_one_line_whatever_it_quotes() -> None:
    said = str(SourceError('got "1\n2\x1b[2J\u202e"' + "x" * 5_000))
    assert said.startswith('got "1 2 [2J "')
    assert len(said) == MOST_LETTERS


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("killed", True, "got true or false"),
        ("share", float("inf"), "without end"),
        ("day", "2015-02-30", '"2015-02-30" is no day'),
    ],
)
def test_a_contract_refuses_what_a_change_of_type_would_hide(name: str, value: object, said: str) -> None:
    columns = (Column("killed", "integer", "x"), Column("share", "number", "x"), Column("day", "date", "x"))
    contract = Table("t", "T", columns, ("killed",), ("t",))
    row = {"killed": 1, "share": 0.5, "day": "2015-02-28", name: value}
    with pytest.raises(ContractError, match=said):
        check(pd.DataFrame([row], dtype=object), contract)


def test_the_size_of_a_member_is_not_believed(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", b"0" * 3_000_000)
    with pytest.raises(SourceError, match="not the producer's archive"):
        only_member(path, ".csv")
