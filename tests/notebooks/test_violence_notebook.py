"""The page on violence runs in every edition, and says in 2016 what its figures say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from test_notebooks import check, exhibits

from r2p_analysis.notebook.report import PROSE_MIME
from r2p_analysis.store import Tables

Outputs = list[dict[str, Any]]
Run = Callable[..., Outputs]


@pytest.mark.parametrize("edition", range(2010, 2027))
def test_violence_of_every_edition(run_cells: Run, edition: int) -> None:
    outputs = run_cells("violence", edition=edition)
    check(outputs)
    shown = exhibits(outputs)
    assert len([e for e in shown.values() if e["kind"] != "gap"]) >= 13
    assert sum(PROSE_MIME in bundle and bundle[PROSE_MIME]["role"] == "finding" for bundle in outputs) >= 3


@pytest.mark.parametrize("focus", [["SYR"], ["TUV"], ["ESH"], ["PSE", "ISR"], ["COL", "UKR", "SDN"]])
def test_violence_with_other_countries_in_focus(run_cells: Run, focus: list[str]) -> None:
    outputs = run_cells("violence", edition=2025, countries=focus)
    check(outputs)
    shown = exhibits(outputs)
    assert (shown["syria-counts"]["kind"] == "gap") == ("SYR" not in focus)
    if focus == ["PSE", "ISR"]:
        assert "Israel with the West Bank and Gaza" in shown["focus-deaths"]["headline"]


def test_the_2016_edition_on_violence(run_cells: Run) -> None:
    shown = {name: e["headline"] for name, e in exhibits(run_cells("violence", edition=2016)).items()}
    assert shown["world-deaths"].startswith("Organised violence killed 132,000 people in 2015")
    assert "13% fewer than in 2014" in shown["world-deaths"]
    assert "54 armed conflicts" in shown["conflicts"]
    assert "70%" in shown["groups"]
    assert "23% in 2010" in shown["groups"]
    assert (
        "their share of all deaths fell, from 32% to 23% (from 48% to 34% with all of unknown status)"
        in shown["civilians"]
    )
    assert "273,000 deaths in Syria from 2011 to 2015" in shown["syria-counts"]
    assert "seven counts stated by July 2016, of different things" in shown["syria-counts"]
    assert "run from 191,000 to 470,000" in shown["syria-counts"]
    assert "UCDP printed 119,000 deaths in 2017" in shown["then-and-now"]
    assert "stated after July 2016" in shown["syria-later"]
    assert shown["mass-killings"].startswith("21 mass killings were going on in 2015, against 27 in 2005")
    assert shown["frequency-scale"] == (
        "Three of the five measures of frequency were higher in 2015 than in 2005 and two lower; all three measures of "
        "scale were higher. Of the six that were higher, five fell in 2015."
    )


def test_the_answer_to_the_reports_main_sentence_stands_near_the_top(run_cells: Run) -> None:
    assert list(exhibits(run_cells("violence", edition=2016)))[:4] == [
        "world-deaths", "world-types", "frequency-scale", "mass-killings"
    ]  # fmt: skip


def test_the_deadliest_year_keeps_its_range(run_cells: Run) -> None:
    """1994 rests on an estimate of the genocide in Rwanda that goes from under half to over twice its best value."""
    notes = " ".join(exhibits(run_cells("violence", edition=2016))["world-deaths"]["notes"])
    assert "1994, with 824,156 deaths (between 396,000 and 1.7 million)" in notes


def test_notes_on_one_place_stand_only_where_it_is_shown(run_cells: Run) -> None:
    shown = exhibits(run_cells("violence", edition=2016))
    assert not any("Gaza" in note for note in shown["focus-deaths"]["notes"])
    assert any("Gaza" in note for note in shown["one-sided-map"]["notes"])
    shown = exhibits(run_cells("violence", edition=2025, countries=["PSE"]))
    assert any("Gaza" in note for note in shown["focus-deaths"]["notes"])


def test_an_edition_beyond_the_data_says_so(run_cells: Run) -> None:
    outputs = run_cells("violence", edition=2026)
    said = [bundle[PROSE_MIME]["text"] for bundle in outputs if PROSE_MIME in bundle]
    assert said[0].startswith("UCDP's release stored here ends with 2024")
    shown = exhibits(outputs)
    assert shown["world-deaths"]["subtitle"].endswith("1995–2024.")
    assert shown["syria-later"]["kind"] == "gap"


def test_no_edition_shows_later_years_but_where_it_says_so(run_cells: Run) -> None:
    for name, exhibit in exhibits(run_cells("violence", edition=2016)).items():
        if exhibit["kind"] == "gap" or name in ("syria-later", "then-and-now", "syria-counts"):
            continue
        assert "2016" not in exhibit["headline"] + exhibit["subtitle"], name


def test_months_appear_once_the_events_are_stored(
    run_cells: Run, tables: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    without = exhibits(run_cells("violence", edition=2016))["months"]
    assert without["kind"] == "gap", "what is not carried keeps its place"
    assert "r2p fetch ucdp" in without["reason"], "and says how to bring it"
    events = pd.DataFrame(
        {
            "iso3": ["SYR", "SYR"],
            "year": pd.array([2014, 2015], dtype="Int64"),
            "month": pd.array([8, None], dtype="Int64"),
            "type": ["state-based", "one-sided"],
            "deaths_best": [500, 9],
            "deaths_low": [400, 9],
            "deaths_high": [900, 9],
        }
    )
    name = "ucdp_events_months"
    monkeypatch.setitem(tables._provenance, name, tables.provenance("ucdp_country_years"))
    monkeypatch.setitem(tables._loaded, name, events)
    outputs = run_cells("violence", edition=2016)
    check(outputs)
    assert "August 2014 in Syria, with 500 deaths" in exhibits(outputs)["months"]["headline"]
