"""No raw file, however broken, makes a parser raise anything but one line, or read what is no number as one.

`R2P_ROUGH_EXAMPLES` sets how many rough files are tried for each table.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st
from rough import Files, read, refusal_of, seeds_of
from rough_files import rough_files

from r2p_analysis.errors import R2PError, SourceError
from r2p_analysis.sources import discover

TABLES = [table.name for module in discover().values() for table in module.SOURCE.tables]
EXAMPLES = int(os.environ.get("R2P_ROUGH_EXAMPLES", "40"))


def shown(files: Files) -> str:
    return "\n".join(f"{name}: {content[:3000]!r}" for name, content in files.items())


@pytest.mark.parametrize("table", TABLES)
def test_every_table_has_seeds_and_they_are_valid(table: str, tmp_path: Path) -> None:
    assert seeds_of(table), f"write a seed for {table}; tests/sources/rough.py says how"
    for files in seeds_of(table):
        assert len(read(table, files, tmp_path))


@pytest.mark.parametrize("table", TABLES)
@settings(
    max_examples=EXAMPLES,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(data=st.data())
def test_a_rough_file_is_read_or_refused_in_one_line(table: str, tmp_path: Path, data: st.DataObject) -> None:
    files = data.draw(rough_files(data.draw(st.sampled_from(seeds_of(table)))))
    note(shown(files))
    said = refusal_of(table, files, tmp_path)
    if said is not None:
        assert "\n" not in said
        assert "Traceback" not in said
        assert len(said) < 1_200
        assert table in said or any(name in said for name in files), said


@pytest.mark.parametrize("name", discover())
def test_every_parser_gives_one_line_whatever_its_files_hold(name: str, tmp_path: Path) -> None:
    """A parser without its guard would raise what a library raises, and a fetch would end with a traceback."""
    module = discover()[name]
    table = module.SOURCE.tables[0].name
    with pytest.raises(SourceError, match="expected at least one file"):
        module.parse(table, [])
    path = tmp_path / "rough.csv"
    path.write_bytes(bytes(range(256)) * 3)
    with pytest.raises(R2PError) as caught:
        module.parse(table, [path])
    assert "\n" not in str(caught.value)
