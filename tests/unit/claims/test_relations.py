"""A claim holds by the numbers and by nothing else, and its evidence says how sure they are."""

from __future__ import annotations

import pytest

from r2p_analysis.claims import CANNOT, FAILS, HOLDS, REVISED, Course, Figure, judge
from r2p_analysis.claims.relations import check_relation
from r2p_analysis.errors import UsageError

DEATHS = Figure("Deaths in Syria from 2011 to 2015", 272_844, "deaths", 261_682, 290_960)
RISE = Course(
    "Deaths in the world", "deaths", {2005: 21_041, 2014: 151_630, 2015: 131_906}, {2005: 20_256}, {2005: 26_139}
)


@pytest.mark.parametrize(
    ("relation", "word"),
    [
        ({"is": "at least", "value": 272_844}, HOLDS),
        ({"is": "more than", "value": 272_844}, FAILS),
        ({"is": "at most", "value": 272_843}, FAILS),
        ({"is": "fewer than", "value": 272_845}, HOLDS),
        ({"is": "about", "value": 250_000}, FAILS),
        ({"is": "about", "value": 250_000, "tolerance": 0.1}, HOLDS),
        ({"is": "equals", "value": 272_844}, HOLDS),
        ({"is": "equals", "value": 270_000}, REVISED),
        ({"is": "equals", "value": 250_000}, FAILS),
        ({"is": "between", "value": 272_844, "upper": 300_000}, HOLDS),
        ({"is": "between", "value": 280_000, "upper": 300_000}, FAILS),
    ],
)
def test_a_figure_is_judged_at_the_edge(relation: dict[str, object], word: str) -> None:
    outcome = judge(DEATHS, relation)
    assert outcome.word == word
    assert (outcome.number, outcome.low, outcome.high, outcome.unit) == (272_844, 261_682, 290_960, "deaths")
    assert "272,844 deaths (261,682 to 290,960)" in outcome.evidence


@pytest.mark.parametrize(("value", "said"), [(265_000, True), (250_000, False), (300_000, False)])
def test_a_range_on_both_sides_of_the_claim_is_told(value: int, said: bool) -> None:
    assert ("both sides" in judge(DEATHS, {"is": "at least", "value": value}).evidence) is said


def test_no_figure_is_not_zero() -> None:
    outcome = judge(Figure("Deaths", None, "deaths", missing="UCDP has no row for it"), {"is": "at most", "value": 5})
    assert (outcome.word, outcome.number, outcome.evidence) == (CANNOT, None, "UCDP has no row for it.")


@pytest.mark.parametrize(
    ("relation", "word"),
    [
        ({"is": "rose", "from": 2005, "to": 2015}, HOLDS),
        ({"is": "rose", "from": 2005, "to": 2015, "times": 7}, FAILS),
        ({"is": "rose", "from": 2014, "to": 2015}, FAILS),
        ({"is": "fell", "from": 2014, "to": 2015}, HOLDS),
        ({"is": "did not rise", "from": 2014, "to": 2015}, HOLDS),
        ({"is": "did not fall", "from": 2014, "to": 2015}, FAILS),
        ({"is": "largest since", "year": 2014, "since": 2005}, HOLDS),
        ({"is": "largest since", "year": 2015, "since": 2005}, FAILS),
        ({"is": "lowest since", "year": 2015, "since": 2005}, FAILS),
        ({"is": "rose", "from": 2004, "to": 2015}, CANNOT),
        ({"is": "largest since", "year": 2005, "since": 2005}, CANNOT),
    ],
)
def test_a_course_is_judged_by_its_years(relation: dict[str, object], word: str) -> None:
    assert judge(RISE, relation).word == word


def test_a_stock_and_a_sum_of_years_are_not_called_the_figure_of_a_year() -> None:
    """Eight drafts in five years were once told as eight drafts in 2015."""
    drafts = Course("drafts vetoed", "drafts", {2010: 1, 2015: 8}, when="in the five years to {year}")
    outcome = judge(drafts, {"is": "rose", "from": 2010, "to": 2015})
    assert outcome.evidence.endswith("1 draft in the five years to 2010, 8 drafts in the five years to 2015.")
    assert outcome.subject == "Drafts vetoed in the five years to 2015"


def test_what_a_page_calls_the_same_the_ledger_does_not_call_a_rise() -> None:
    money = Course("money for each displaced person", "USD", {2008: 261.7, 2015: 263.5}, same=0.02)
    outcome = judge(money, {"is": "rose", "from": 2008, "to": 2015})
    assert (outcome.word, "stayed about the same" in outcome.evidence) == (FAILS, True)


def test_overlapping_ranges_are_told() -> None:
    near = Course("Deaths", "deaths", {1: 100, 2: 110}, {1: 90, 2: 95}, {1: 120, 2: 130})
    assert "the two ranges overlap" in judge(near, {"is": "rose", "from": 1, "to": 2}).evidence
    assert "overlap" not in judge(RISE, {"is": "rose", "from": 2005, "to": 2015}).evidence


@pytest.mark.parametrize(
    ("relation", "kind", "said"),
    [
        ({"is": "rose", "from": 1, "to": 2}, "Figure", "a figure takes"),
        ({"is": "at least", "value": 1}, "Course", "a course takes"),
        ({}, "Figure", "a figure takes"),
        ({"is": "at least"}, "Figure", "needs value"),
        ({"is": "at least", "value": 1, "tolerance": 2}, "Figure", "needs value"),
        ({"is": "between", "value": 1}, "Figure", "needs upper, value"),
        ({"is": "rose", "from": 2005}, "Course", "needs from, to"),
    ],
)
def test_a_relation_that_says_too_little_is_refused(relation: dict[str, object], kind: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        check_relation(relation, kind, "2016.toml: claim X1")
