"""Every topic for every edition, and no sentence that its own numbers contradict."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from reading import moves, wrong_direction, wrong_period
from test_notebooks import check, exhibits

from r2p_analysis import countries
from r2p_analysis.declarations import find_notebooks
from r2p_analysis.notebook.report import PROSE_MIME

Outputs = list[dict[str, Any]]
Run = Callable[..., Outputs]
ROOT = Path(__file__).parents[2]
TOPICS = [name for name, book in find_notebooks(ROOT / "notebooks").items() if book.per == "edition"]
EDITIONS = (2010, 2012, 2016, 2019, 2025, 2026)
SIX = ["SYR", "IRQ", "SSD", "CAF", "NGA", "YEM"]
DRAWS = 24


def sentences(outputs: Outputs) -> list[str]:
    texts = [bundle[PROSE_MIME]["text"] for bundle in outputs if PROSE_MIME in bundle]
    for exhibit in exhibits(outputs).values():
        texts += [exhibit["headline"], exhibit["alt"], *exhibit["notes"]]
    return texts


def hold_to_its_numbers(outputs: Outputs, edition: int) -> None:
    check(outputs)
    assert [(text, wrong_direction(text)) for text in sentences(outputs) if wrong_direction(text)] == []
    periods = {name: wrong_period(exhibit, edition - 1) for name, exhibit in exhibits(outputs).items()}
    assert {name: wrong for name, wrong in periods.items() if wrong} == {}


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Deaths rose from 100 in 2005 to 90 in 2015.", "rose from 100 to 90"),
        ("Deaths fell from 1.2 million to 2.0 million.", "fell from 1.2e+06 to 2e+06"),
        ("They more than doubled, from 21,041 in 2005 to 31,906 in 2015", "more than doubled from 21041 to 31906"),
        ("It stayed about the same, from 100 to 140", "stayed about the same from 100 to 140"),
        ("Deaths rose from 2005 to 2015, from 10 to 12.", ""),
        ("Coverage fell from 65.9% in 2014 to 53.5% in 2015", ""),
        ("Money rose from USD 10.0 billion in 2008 to USD 17.1 billion in 2015", ""),
    ],
)
def test_a_sentence_against_its_numbers_is_found(text: str, wrong: str) -> None:
    assert wrong_direction(text) == wrong


def test_movements_between_years_are_no_quantities() -> None:
    assert moves("It rose from 2005 to 2015") == []


def test_a_series_that_ends_early_without_a_word_is_found() -> None:
    columns = [{"name": "year", "type": "integer"}, {"name": "deaths", "type": "integer"}]
    exhibit: dict[str, Any] = {
        "id": "deaths", "kind": "chart", "headline": "So.", "subtitle": "Deaths.", "notes": [], "columns": columns,
        "rows": [[2013, 5], [2014, 7], [2015, None]],
    }  # fmt: skip
    assert "end in 2014" in wrong_period(exhibit, 2015)
    assert wrong_period({**exhibit, "subtitle": "Deaths, 2013–2014."}, 2015) == ""
    assert "after 2013" in wrong_period(exhibit, 2013)


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_of_every_edition(run_cells: Run, topic: str, edition: int) -> None:
    outputs = run_cells(topic, edition=edition, countries=SIX)
    hold_to_its_numbers(outputs, edition)
    if edition == 2016:
        assert len([e for e in exhibits(outputs).values() if e["kind"] != "gap"]) >= 6


@pytest.mark.parametrize("draw", range(DRAWS))
def test_editions_and_countries_drawn_at_random(run_cells: Run, draw: int) -> None:
    """Headlines written with the six countries of 2016 in view must hold for all others."""
    lot = random.Random(draw)
    edition = lot.randint(2010, 2026)
    places = [country.iso3 for country in lot.sample(countries.states(), 5)]
    hold_to_its_numbers(run_cells(lot.choice(TOPICS), edition=edition, countries=places), edition)
    for place in places[:3]:
        hold_to_its_numbers(run_cells("country_profile", edition=edition, country=place), edition)
