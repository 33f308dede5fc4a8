"""Fetching from raw files: good tables are stored, bad ones leave the last good table."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from commandkit import Done, r2p
from r2p_analysis.store import open_tables

ROOT = Path(__file__).parents[3]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    shutil.copy(ROOT / "report.toml", tmp_path)
    return tmp_path


def fetch(home: Path, *arguments: str) -> Done:
    return r2p("fetch", *arguments, cwd=home, environment={"R2P_HOME": str(home)})


def write_unrwa(folder: Path, *rows: tuple[int, str, int | str]) -> None:
    items = [{"year": y, "coo_iso": "PSE", "coa_iso": c, "total": n} for y, c, n in rows]
    folder.mkdir(exist_ok=True)
    (folder / "unrwa.json").write_text(json.dumps({"items": items}))


def test_a_good_file_is_stored_with_its_provenance(home: Path) -> None:
    raw = home / "raw"
    write_unrwa(raw, (2014, "JOR", 100), (2015, "JOR", "0"))
    (raw / "catalogue.csv").write_text("path,version_or_vintage,obtained_from\nx/unrwa.json,release 7,somewhere\n")
    done = fetch(home, "unrwa", "--from", str(raw), "--retrieved", "2026-06-25")
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "unrwa_palestine_refugees: stored, 2 rows (had 0), 2014-2015"
    record = open_tables(home / "data").provenance("unrwa_palestine_refugees")
    assert (record.version, record.origin, record.retrieved) == ("release 7", "somewhere", "2026-06-25")


def test_a_bad_file_leaves_the_last_good_table_and_other_sources_go_on(home: Path) -> None:
    raw = home / "raw"
    write_unrwa(raw, (2014, "JOR", 100), (2015, "JOR", 110))
    assert fetch(home, "--from", str(raw)).returncode == 0
    write_unrwa(raw, (2014, "JOR", 100), (2015, "JOR", -5))
    (raw / "idmc.json").write_text(json.dumps([{"year": 2015, "coo_iso": "SYR", "coa_iso": "SYR", "total": 6_600_000}]))
    done = fetch(home, "--from", str(raw))
    assert done.returncode == 3
    assert "r2p: unrwa: unrwa_palestine_refugees" in done.stderr
    assert "idmc_conflict_idps: stored" in done.stdout
    assert open_tables(home / "data")["unrwa_palestine_refugees"]["palestine_refugees"].tolist() == [100, 110]


def test_less_than_before_needs_the_users_word(home: Path) -> None:
    raw = home / "raw"
    write_unrwa(raw, (2014, "JOR", 100), (2015, "JOR", 110))
    fetch(home, "unrwa", "--from", str(raw))
    write_unrwa(raw, (2015, "JOR", 110))
    refused = fetch(home, "unrwa", "--from", str(raw))
    assert refused.returncode == 3
    assert "--accept-revision" in refused.stderr
    assert fetch(home, "unrwa", "--from", str(raw), "--accept-revision").returncode == 0


def test_a_file_that_no_parser_foresees_is_one_line_and_others_go_on(home: Path) -> None:
    raw = home / "raw"
    write_unrwa(raw, (2015, "JOR", 110))
    (raw / "idmc.json").write_text('{"items": [1, [2], null]}')
    (raw / "sp_pop_totl.csv").write_bytes(b"\xff\xfe\x00")
    done = fetch(home, "--from", str(raw))
    assert done.returncode == 3
    assert "r2p: idmc: " in done.stderr
    assert "r2p: worldbank: sp_pop_totl.csv: not a CSV file" in done.stderr
    assert "unrwa_palestine_refugees: stored" in done.stdout


def test_check_stores_nothing(home: Path) -> None:
    raw = home / "raw"
    write_unrwa(raw, (2015, "JOR", 110))
    done = fetch(home, "unrwa", "--from", str(raw), "--check")
    assert "checked, 1 rows" in done.stdout
    assert not list((home / "data").iterdir())
