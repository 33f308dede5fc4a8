"""The notebook on the Council runs for every edition, and the 2016 edition says what its figures say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from test_notebooks import check, exhibits

Outputs = list[dict[str, Any]]
Run = Callable[..., Outputs]


@pytest.mark.parametrize("edition", range(2010, 2027))
def test_council_of_every_edition(run_cells: Run, edition: int) -> None:
    outputs = run_cells("council", edition=edition)
    check(outputs)
    assert len([e for e in exhibits(outputs).values() if e["kind"] != "gap"]) >= 9


@pytest.mark.parametrize("focus", [["SYR"], ["FRA", "RUS"], ["TUV", "VAT"], ["RWA", "UKR", "SDN"]])
def test_council_with_other_countries_in_focus(run_cells: Run, focus: list[str]) -> None:
    check(run_cells("council", edition=2020, countries=focus))


def test_the_2016_edition_says_what_its_figures_say(run_cells: Run) -> None:
    shown = exhibits(run_cells("council", edition=2016))
    assert shown["vetoes-by-year"]["headline"].startswith("Two drafts were vetoed in 2015, which makes 13 in ten years")
    assert shown["syria-drafts"]["headline"].startswith(
        "Four drafts on Syria had been vetoed by 22 July 2016, each by China and Russia; 14 more have been since"
    )
    assert "112 states supported the ACT Code of Conduct" in shown["commitment-counts"]["headline"]
    assert "both without a vote" in shown["assembly-decisions"]["headline"]
    assert {row[3] for row in shown["assembly-decisions"]["rows"]} == {"without a vote"}, "not votes uncollected"
    assert all(
        row[-1].startswith("http") for name in ("assembly-decisions", "report-series") for row in shown[name]["rows"]
    )
    assert ".csv" not in str([exhibit["notes"] for exhibit in shown.values()]), "a reader of the page has no such file"
    assert shown["report-series"]["headline"].startswith("A/70/999 is the eighth report")


def test_nothing_later_stands_unmarked_in_the_2016_edition(run_cells: Run) -> None:
    shown = exhibits(run_cells("council", edition=2016))
    assert max(row[0] for row in shown["vetoes-by-year"]["rows"]) == 2015
    assert max(row[0] for row in shown["vetoes-lately"]["rows"]) < "2016"
    assert max(row[1] for row in shown["commitment-counts"]["rows"]) == "2016-07-22"
    assert max(row[0] for row in shown["assembly-decisions"]["rows"]) == "2009-09-14"
    later = {row[1] for row in shown["syria-drafts"]["rows"] if row[2] > "2016-07-22"}
    assert later == {"Later"}
    layouts = shown["assembly-votes"]["graphic"]["layouts"].values()
    drawn = [row for layout in layouts for layer in layout["layer"] for row in layer["data"].get("values", [])]
    labels = [row["text"] for row in drawn if "A/" in str(row.get("text", ""))]
    assert labels
    assert all("later" in text.replace("\n", " ") for text in labels)


def test_an_edition_after_the_last_event_speaks_of_none_later(run_cells: Run) -> None:
    shown = exhibits(run_cells("council", edition=2026))
    for name in ("syria-drafts", "assembly-votes"):
        assert "later" not in shown[name]["subtitle"]
        assert "marked as later" not in str(shown[name]["notes"])
    assert "last year with a figure" not in str(shown["syria-drafts"]["notes"]), "the list goes on after the last veto"


def test_before_any_commitment_the_page_says_so(run_cells: Run) -> None:
    shown = exhibits(run_cells("council", edition=2010))
    assert shown["commitment-counts"]["kind"] == "gap"
    assert "are of 2015" in shown["commitment-counts"]["reason"]
    assert shown["syria-drafts"]["headline"].startswith("No draft on Syria had been vetoed by 31 December 2009")


def test_sources_come_from_the_tables_that_were_read(run_cells: Run) -> None:
    shown = exhibits(run_cells("council", edition=2016))
    read = {name: {source["table"] for source in exhibit["sources"]} for name, exhibit in shown.items()}
    assert read["vetoes-by-member"] == {"sc_vetoes", "sc_vetoes_cast"}
    assert read["commitment-counts"] == {"commitment_counts"}
    assert read["assembly-votes"] == {"ga_votes"}
