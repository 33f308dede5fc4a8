"""What country pages ask of the world and of regions is computed before the fork: no two of them compute the same."""

from __future__ import annotations

import json
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from r2p_analysis.errors import MeasureError
from r2p_analysis.run import ahead
from r2p_analysis.store import Tables, open_tables
from r2p_analysis.workspace import find_workspace

ROOT = Path(__file__).parents[3]


def asked_by(country: str, monkeypatch: pytest.MonkeyPatch) -> set[object]:
    """Run the cells of a country's page, and give what was computed for it."""
    computed: set[object] = set()
    once = Tables.once

    def watched(tables: Tables, key: Any, compute: Any) -> Any:
        before = key in tables._results
        outcome = once(tables, key, compute)
        if not before:
            computed.add(key)
        return outcome

    with monkeypatch.context() as patch:
        patch.setenv("R2P_RUN", "1")
        patch.setattr(Tables, "once", watched)
        space: dict[str, object] = {}
        for cell in json.loads((ROOT / "notebooks" / "country_profile.ipynb").read_text())["cells"]:
            if cell["cell_type"] == "code":
                exec(compile("".join(cell["source"]), "cell", "exec"), space)
                if "parameters" in cell["metadata"].get("tags", []):
                    space |= {"edition": 2016, "country": country}
    return computed


def test_no_two_pages_compute_the_same(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    remembered = open_tables(find_workspace().data)._results
    pages = {}
    # Two of them are of one subregion.
    for country in ("ALB", "SYR", "JOR", "BRA"):
        remembered.clear()
        ahead.measure_the_world.cache_clear()
        ahead.measure_the_world(2016)
        assert remembered
        pages[country] = asked_by(country, monkeypatch)

    for one, other in combinations(pages, 2):
        assert pages[one]
        assert not pages[one] & pages[other], f"computed for {one} and again for {other}"


def test_a_page_alone_waits_for_nothing_that_it_does_not_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    measured: list[int] = []
    monkeypatch.setattr(ahead, "measure_the_world", measured.append)
    monkeypatch.setattr(ahead, "_PAGES", Counter())

    ahead.before_a_page(2016)
    ahead.before_a_page(2025)
    assert not measured

    ahead.before_a_page(2016)
    assert measured == [2016]


def test_what_cannot_be_computed_keeps_nothing_else_from_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object) -> None:
        raise MeasureError("no figure")

    remembered = open_tables(find_workspace().data)._results
    remembered.clear()
    monkeypatch.setattr(ahead.displacement, "displaced_from", failing)
    ahead.measure_the_world.cache_clear()

    ahead.measure_the_world(2016)

    ahead.measure_the_world.cache_clear()
    assert any("law" in key[0].__module__ for key in remembered if isinstance(key, tuple))


def test_a_workspace_without_tables_is_left_to_the_notebook_to_tell(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "report.toml").write_text("[report]\nedition = 2016\n")
    monkeypatch.setenv("R2P_HOME", str(tmp_path))
    ahead.measure_the_world.cache_clear()
    ahead.measure_the_world(1900)
