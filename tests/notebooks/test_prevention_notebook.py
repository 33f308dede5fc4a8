"""The prevention notebook holds for every edition, and says what its figures say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from test_notebooks import check, exhibits

Outputs = list[dict[str, Any]]
Run = Callable[..., Outputs]
RANKED = ("focus-ranks", "highest-ranked", "onsets", "later-onsets")


@pytest.mark.parametrize("edition", range(2010, 2027))
def test_prevention_of_every_edition(run_cells: Run, edition: int) -> None:
    outputs = run_cells("prevention", edition=edition)
    check(outputs)
    shown = exhibits(outputs)
    kinds = {name: shown[name]["kind"] for name in RANKED}
    if edition <= 2013:
        assert set(kinds.values()) == {"gap"}, "no ranking was published: a rank would be made up"
        assert all("begin with the edition of 2013" in shown[name]["reason"] for name in RANKED)
    else:
        assert kinds["focus-ranks"] == "chart"
        assert max(row[1] for row in shown["focus-ranks"]["rows"]) < edition, "an edition not yet out"
        assert max(row[1] for row in shown["onsets"]["rows"]) < edition


@pytest.mark.parametrize("focus", [["SYR"], ["TUV"], ["VAT", "NRU"], ["COL", "UKR", "SDN"]])
def test_prevention_with_other_countries_in_focus(run_cells: Run, focus: list[str]) -> None:
    check(run_cells("prevention", edition=2020, countries=focus))


def test_the_2016_edition_says_what_its_figures_say(run_cells: Run) -> None:
    shown = exhibits(run_cells("prevention", edition=2016))
    assert len([e for e in shown.values() if e["kind"] != "gap"]) >= 6
    heads = {name: exhibit["headline"] for name, exhibit in shown.items()}
    assert "from Nigeria, 2nd of 162, to Syria, 28th" in heads["focus-ranks"]
    assert "a low rank" in " ".join(shown["focus-ranks"]["notes"]), "Syria's rank must not read as safety"
    assert heads["onsets"].startswith("Of six mass killings that began from 2013 to 2015, all began")
    assert "two were led by armed groups" in heads["onsets"]
    assert heads["later-onsets"].startswith("Seen from now: of four mass killings that began from 2016 to 2020, three")
    assert "982 people (957 to 1,154) in Kenya in 2007 and 2008 and 238 people in 2013" in heads["kenya-deaths"]
    assert "160 people (159 to 160) in Guinea in 2009 and 1 person in 2010" in heads["guinea-deaths"]
    assert "982 (957 to 1,154) killed in Kenya beside 1,133 stated" in heads["stated-and-counted"]
    assert heads["risk-factors"].startswith("Of 14 risk factors")


def test_a_country_that_the_list_does_not_code_is_not_called_free_of_killing(run_cells: Run) -> None:
    rows = exhibits(run_cells("prevention", edition=2016))["highest-ranked"]["rows"]
    assert {row[1]: row[2] for row in rows}["Yemen"] == "not coded"


def test_terms_that_are_not_settled_are_told(run_cells: Run) -> None:
    shown = exhibits(run_cells("prevention", edition=2016))
    assert {source["table"] for source in shown["onsets"]["sources"]} == {"ewp_mass_killings", "ewp_risk"}
    assert {source["table"] for source in shown["kenya-deaths"]["sources"]} == {"ucdp_country_years"}


def test_titles_not_checked_are_marked(run_cells: Run) -> None:
    exhibit = exhibits(run_cells("prevention", edition=2016))["risk-factors"]
    assert [row[0] for row in exhibit["rows"] if str(row[1]).endswith("*")] == [3, 6, 10, 11]
