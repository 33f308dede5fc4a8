"""Sentences on regions and on the context follow their figures, in every edition."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from r2p_analysis.exhibits.headlines import regions as told
from r2p_analysis.exhibits.headlines.finding import Finding
from r2p_analysis.exhibits.words import numeral, percent
from r2p_analysis.measures import regions
from r2p_analysis.store import Tables

BAD = re.compile(r"\bnan\b|None|<NA>|\.\.|  |\bin Americas\b|\bin Caribbean\b")
YEARS = range(2009, 2026)


def text(found: Finding) -> str:
    for sentence in (found.headline, found.shows):
        assert not BAD.search(sentence), sentence
    return found.headline


@pytest.mark.parametrize("year", YEARS)
def test_the_heaviest_area_is_the_one_with_the_largest_share(tables: Tables, year: int) -> None:
    frame = regions.shares(tables, year, strands=["displaced", "deaths"])
    head = text(told.heaviest(frame))
    label = regions.STRANDS["deaths"].label
    own = frame[(frame["strand"] == label) & (frame["area"] != regions.NOT_TOLD)]
    top = own.sort_values("share_pct", ascending=False).iloc[0]
    assert f"{percent(top['share_pct'] / 100)} of the deaths in organised violence" in head
    assert top["area"] in head


@pytest.mark.parametrize("year", YEARS)
def test_only_regions_above_their_share_are_named(tables: Tables, year: int) -> None:
    frame = regions.shares(tables, year, "region", ["displaced"])
    wide = frame.pivot(index="area", columns="strand", values="share_pct").drop(regions.NOT_TOLD)
    above = set(wide.index[wide[regions.STRANDS["displaced"].label] > wide[regions.INHABITANTS]])
    head = text(told.beside_people(frame, "displaced"))
    assert {area for area in wide.index if f"{area} (" in head} == above


@pytest.mark.parametrize("year", [2009, 2015, 2020, 2025])
def test_rates_are_ranked_and_none_is_counted(tables: Tables, year: int) -> None:
    for key, per in (("displaced", 100_000), ("deaths", 1_000_000)):
        frame = regions.by_area(tables, key, year)
        head = text(told.highest_rate(frame, key, per))
        none = int((frame[frame["area"] != regions.NOT_TOLD]["value"] == 0).sum())
        assert (f"{numeral(none)} of 22 subregions had none" in head) == bool(none)
        text(told.on_map(frame))


@pytest.mark.parametrize("year", [2010, 2015, 2020, 2025])
def test_the_verb_of_each_region_is_that_of_its_numbers(tables: Tables, year: int) -> None:
    for key in ("deaths", "killings"):
        text(told.years(regions.over_years(tables, key, year - 10, year), "things"))


def test_a_tenfold_rise_beside_a_double_one_is_not_told_as_a_doubling() -> None:
    values = [10.0, 100.0, 10.0, 21.0, 10.0, 12.0, 10.0, 4.0]
    areas = [area for area in ("Africa", "Europe", "Asia", "Oceania") for _ in range(2)]
    head = told.years(pd.DataFrame({"area": areas, "year": [2005, 2015] * 4, "value": values}), "deaths").headline
    moves = "rose in Africa (10 to 100), Europe (10 to 21) and Asia (10 to 12); and fell in Oceania (10 to 4)"
    assert head == f"From 2005 to 2015, deaths {moves}."


def test_a_fall_to_nothing_is_told_as_such() -> None:
    frame = pd.DataFrame(
        {"area": ["Americas", "Americas", "Asia", "Asia"], "year": [2005, 2015] * 2, "value": [1.0, 0.0, 0.0, 3.0]}
    )
    head = told.years(frame, "episodes").headline
    moves = "rose from none in Asia (0 to 3); and fell to none in the Americas (1 to 0)"
    assert head == f"From 2005 to 2015, episodes {moves}."


@pytest.mark.parametrize("year", YEARS)
def test_measures_above_their_base_are_counted(tables: Tables, year: int) -> None:
    frame = regions.context_change(tables, year)
    head = text(told.harder(frame, year))
    known = frame.dropna(subset=["index"])
    higher = int((known["index"] >= 100.5).sum())
    assert f"{numeral(higher) if higher else 'none'} stood higher than in {year - 10}" in head
    for row in known.to_dict("records"):
        if row["index"] < 99.5:
            assert row["label"].lower() in head.lower()


@pytest.mark.parametrize("year", [2009, 2015, 2019, 2025])
def test_treaties_and_appeals(tables: Tables, year: int) -> None:
    frame = regions.ratification(tables, year)
    head = text(told.ratification(frame))
    assert frame.sort_values("share_pct")["area"].iloc[-1] in head
    asked = regions.appeals(tables, year)
    head = text(told.appeals(asked, year))
    total = asked["funding_usd"].sum() / asked["requirements_usd"].sum()
    assert f"all plans together received {percent(total)}" in head


@pytest.mark.parametrize("year", YEARS)
def test_the_largest_share_told_is_the_largest_of_all_regions(tables: Tables, year: int) -> None:
    """The alt text named Africa with 28%, the largest of those above their share; Asia had 54%."""
    frame = regions.shares(tables, year, "region", ["displaced"])
    known = frame[(frame["area"] != regions.NOT_TOLD) & (frame["strand"] == regions.STRANDS["displaced"].label)]
    most = known.sort_values("share_pct", ascending=False).iloc[0]
    found = told.beside_people(frame, "displaced")
    text(found)
    if "no dot" not in found.shows:
        assert most["area"] in found.shows
        assert found.shows.endswith(percent(most["share_pct"] / 100))


def test_years_in_which_nothing_happened_anywhere_are_told_as_such() -> None:
    none = pd.DataFrame({"area": ["Asia", "Asia"], "year": [2005, 2015], "value": [0.0, 0.0]})
    head = text(told.years(none, "the number of mass killings ongoing"))
    assert head == "No mass killings ongoing are recorded in 2005 and in 2015."
