"""The closed database's own files: withheld cells are missing, no category is lost."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from r2p_analysis.errors import SourceError
from r2p_analysis.sources import popstats
from r2p_analysis.store.contracts import check

REFUGEES = "Refugees (incl. refugee-like situations)"
HEAD = (
    '"Extracted from a database"\n"United Nations"\n'
    'Year,"Country / territory of asylum/residence",Origin,"Population type",Value\n'
)


def world(tmp_path: Path, name: str, text: str) -> dict[tuple[int, str], int]:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    frame = check(popstats.parse("unhcr_world_in_2017", [path]), popstats.SOURCE.table("unhcr_world_in_2017"))
    return {(int(row.year), row.component): int(row.people) for row in frame.itertuples()}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("unhcr_popstats_vintage2017.csv", "a,b\n1,2\n", "begins with Year"),
        ("unhcr_popstats_vintage2017.csv", HEAD + "2015,A,B,Nomads,5\n", '"Nomads" is no category'),
        ("unhcr_popstats_vintage2017.csv", HEAD + f"2015,A,B,{REFUGEES},some\n", '"some"'),
        ("unhcr_popstats_vintage2017.json", '{"codeValues": []}', '"nested"'),
        ("unhcr_popstats_vintage2017.json", '{"nested": {"2015": 7}}', '"nested"'),
        ("unhcr_popstats_vintage2017.json", '{"nested": {"2015": {"Nomads": {"0": {"1": 5}}}}}', "no category"),
    ],
)
def test_what_is_not_the_database_is_refused(tmp_path: Path, name: str, text: str, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        world(tmp_path, name, text)


def test_both_forms_give_the_same_sums_and_withheld_cells_count_nothing(tmp_path: Path) -> None:
    rows = [
        ("2015", REFUGEES, "0", "1", 10),
        ("2015", REFUGEES, "0", "2", None),
        ("2015", "Returned IDPs", "0", "1", 7),
    ]
    nested: dict[str, dict[str, dict[str, dict[str, int | None]]]] = {}
    for year, kind, origin, asylum, value in rows:
        nested.setdefault(year, {}).setdefault(kind, {}).setdefault(origin, {})[asylum] = value
    lines = [f"{y},{a},{o},{k},{'*' if v is None else v}\n" for y, k, o, a, v in rows]
    expected = {(2015, "refugees"): 10, (2015, "returned_idps"): 7}
    text = json.dumps({"nested": nested, "codeValues": ["x"]})
    assert world(tmp_path, "unhcr_popstats_vintage2017.json", text) == expected
    assert world(tmp_path, "unhcr_popstats_vintage2017.csv", HEAD + "".join(lines)) == expected


def test_every_category_of_the_table_has_its_name_in_the_database() -> None:
    assert set(popstats._THEIR_NAMES) == set(popstats._COMPONENTS)
    stored = pd.read_parquet(Path(__file__).parents[2] / "data" / "unhcr_world_in_2017.parquet")
    assert set(stored["component"]) <= set(popstats._COMPONENTS.values())
