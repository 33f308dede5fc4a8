"""What is computed before the fork is what country pages ask of the world: nothing of it is computed once a page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

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


def test_no_page_computes_anew_what_every_page_asks_of_the_world(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    remembered = open_tables(find_workspace().data)._results
    pages = []
    for country in ("ALB", "SYR", "BRA"):
        remembered.clear()
        ahead.measure_the_world.cache_clear()
        ahead.measure_the_world(2016)
        assert remembered
        pages.append(asked_by(country, monkeypatch))

    assert all(pages)
    assert not pages[0] & pages[1] & pages[2]


def test_a_workspace_without_tables_is_left_to_the_notebook_to_tell(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "report.toml").write_text("[report]\nedition = 2016\n")
    monkeypatch.setenv("R2P_HOME", str(tmp_path))
    ahead.measure_the_world.cache_clear()
    ahead.measure_the_world(1900)
