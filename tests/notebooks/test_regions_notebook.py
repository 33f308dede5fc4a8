"""What the topic regions says, in the edition of 2016 and in others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from test_notebooks import check, exhibits

Run = Callable[..., list[dict[str, Any]]]


@pytest.mark.parametrize("edition", [2010, 2013, 2019, 2023, 2026])
def test_editions(run_cells: Run, edition: int) -> None:
    check(run_cells("regions", edition=edition))


def test_the_2016_edition_says_what_its_figures_say(run_cells: Run) -> None:
    outputs = run_cells("regions", edition=2016)
    shown = exhibits(outputs)
    assert len(shown) == 11
    assert not [exhibit["id"] for exhibit in shown.values() if exhibit["kind"] == "gap"]
    assert shown["share-heat"]["headline"].startswith("Western Asia, with 4% of the world's people, had 40%")
    head = shown["context-index"]["headline"]
    assert head.startswith("Of seven measures of harm, six stood higher than in 2005")
    assert head.endswith("mass killings ongoing (from 27 to 21 in 2015) had fallen.")
    assert "1,320,532 displaced people of no known country" in str(shown["displaced-rank"]["notes"])
    for name in ("deaths-rank", "killings-years", "ratification", "appeals"):
        assert "no country" not in str(shown[name]["notes"]), "a note about a line that is not there"
    assert shown["displaced-years"]["subtitle"].endswith("Each region has its own scale.")
    said = [text for bundle in outputs for text in [bundle["text/plain"]] if "add up to" in text]
    assert "65,026,893" in said[0]


def test_no_year_after_the_edition_is_shown(run_cells: Run) -> None:
    for exhibit in exhibits(run_cells("regions", edition=2016)).values():
        for n, column in enumerate(exhibit["columns"]):
            if column["name"].endswith("year"):
                assert max(row[n] for row in exhibit["rows"] if row[n] is not None) <= 2015, exhibit["id"]
