"""Headlines on money hold for every edition, and their words follow the figures."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from r2p_analysis import countries
from r2p_analysis.exhibits.headlines import funding as headlines
from r2p_analysis.measures import funding
from r2p_analysis.measures.funding import Rank
from r2p_analysis.store import Tables

YEARS = range(2009, 2026)
BAD = re.compile(r"\bnan\b|\bNone\b|<NA>|  |\.\.|(?<![\d.,])1 people\b| ,|\binf\b")


@pytest.mark.parametrize("year", YEARS)
def test_the_lead_says_what_the_real_amounts_do(tables: Tables, year: int) -> None:
    questions = funding.two_questions(tables, 2008, year)
    amounts = funding.money_and_gap(tables, 2000, year)
    rows = questions.set_index("amount")
    leads = {"reported_usd": ("grew", "fell"), "unmet_usd": ("grew", "shrank")}
    found = {
        "reported_usd": headlines.money(questions, amounts, 2008, year),
        "unmet_usd": headlines.gap(questions, 2008, year),
    }
    for amount, (up, down) in leads.items():
        change = rows.loc[amount, "change_real"]
        word = up if change > 0.02 else (down if change < -0.02 else "stayed")
        assert f" {word}" in found[amount].headline.partition(":")[0], found[amount].headline
        assert not BAD.search(found[amount].headline + found[amount].shows)


@pytest.mark.parametrize("year", YEARS)
def test_a_fall_from_a_peak_is_told(tables: Tables, year: int) -> None:
    amounts = funding.money_and_gap(tables, 2000, year).set_index("year")["reported_usd_real"].loc[2008:]
    head = headlines.money(
        funding.two_questions(tables, 2008, year), funding.money_and_gap(tables, 2000, year), 2008, year
    ).headline
    assert ("below its peak" in head) is bool(amounts[year] < amounts.max() * 0.98 and amounts.idxmax() > 2008)


@pytest.mark.parametrize("year", YEARS)
def test_records_are_records(tables: Tables, year: int) -> None:
    years = funding.by_year(tables, last=year)
    before = years[years["year"] < year]
    row = years[years["year"] == year].iloc[0]
    asked = headlines.appeals(years, year).headline
    assert ("no earlier year" in asked) is bool(row["requirements_usd"] > before["requirements_usd"].max())
    covered = headlines.coverage(funding.coverage_rank(tables, year)).headline
    assert ("the lowest share of any year since 2000" in covered) is bool(row["coverage"] < before["coverage"].min())
    assert ("the highest share of any year since 2000" in covered) is bool(row["coverage"] > before["coverage"].max())


def test_a_highest_share_and_a_first_year_have_their_words() -> None:
    high = Rank(2009, 2000, 0.8, False, True, 2001, 0.5, 2003, 0.7)
    assert (
        "the highest share of any year since 2000; the highest before was 70.0% in 2003"
        in headlines.coverage(high).headline
    )
    first = Rank(2000, 2000, 0.6, True, True, None, None, None, None)
    assert headlines.coverage(first).headline == "Appeals for 2000 received 60.0% of what they asked for."


@pytest.mark.parametrize(
    ("before", "real", "after", "said"),
    [
        (10, 11, 17, "rose from $10 in 2008 to $17 in 2015, and rose after inflation too"),
        (10, 18, 17, "rose from $10 in 2008 to $17 in 2015, but fell after inflation"),
        (20, 22, 17, "fell from $20 in 2008 to $17 in 2015, and fell after inflation too"),
        (100, 110, 110, "rose from $100 in 2008 to $110 in 2015, but stayed about the same after inflation"),
        (10, 50, 21, "more than doubled from $10 in 2008 to $21 in 2015, but more than halved after inflation"),
        (
            10,
            14,
            56,
            "rose more than fivefold from $10 in 2008 to $56 in 2015, and more than tripled after inflation too",
        ),
    ],
)
def test_nominal_and_real_may_part(before: float, real: float, after: float, said: str) -> None:
    assert headlines.moved(before, real, after, 2008, 2015).startswith(said)


def test_money_that_fell_is_not_called_growth() -> None:
    amounts = ("requirements_usd", "reported_usd")
    falling = pd.DataFrame({"amount": amounts, "change_real": [0.5, -0.2]})
    assert "money fell behind" in headlines.two_answers(falling, 2008, 2015).headline
    assert (
        "requirements rose by 50% and reported money fell by 20%" in headlines.two_answers(falling, 2008, 2015).headline
    )
    ahead = pd.DataFrame({"amount": amounts, "change_real": [0.1, 0.3]})
    assert "money kept pace" in headlines.two_answers(ahead, 2008, 2015).headline


@pytest.mark.parametrize("year", YEARS)
def test_the_rest_holds_for_every_edition(tables: Tables, year: int) -> None:
    years = funding.by_year(tables, last=year)
    total = float(years.set_index("year").loc[year, "requirements_usd"])
    found = [
        headlines.per_person(funding.per_displaced(tables, 2000, year), 2008, year),
        headlines.largest(funding.largest(tables, year), year, total),
        headlines.by_country(funding.by_country(tables, year, year), year),
        headlines.focus(funding.focus(tables, ["SYR", "TUV"], year - 5, year), ["SYR", "TUV"], year),
        headlines.focus(funding.focus(tables, ["TUV"], year - 5, year), ["TUV"], year),
        headlines.years_running(funding.years_running(tables, year), year),
        headlines.two_answers(funding.two_questions(tables, 2008, year), 2008, year),
    ]
    for finding in found:
        assert not BAD.search(finding.headline + finding.shows), finding.headline
        assert finding.headline.endswith(".")


@pytest.mark.parametrize("year", [2014, 2025])
def test_every_state_has_its_sentence(tables: Tables, year: int) -> None:
    spread = funding.by_country(tables, year, year).set_index("iso3")
    for state in countries.states()[::4]:
        frame = funding.country_by_year(tables, state.iso3, 2000, year)
        said = headlines.country_summary(frame, state.iso3, year)
        head = headlines.country_appeals(frame, state.iso3, year).headline
        assert not BAD.search(said + head), said
        if state.iso3 not in spread.index:
            assert "no humanitarian appeal and no humanitarian money is recorded" in said.lower()
            assert "No appeal" in head


def test_an_appeal_with_blank_requirements_is_not_called_none(tables: Tables) -> None:
    guinea = funding.country_by_year(tables, "GIN", 2000, 2014)
    assert (
        "do not say how much of their requirements is for it; it received $227 million"
        in headlines.country_appeals(guinea, "GIN", 2014).headline
    )


def test_a_state_that_did_not_exist_is_not_told_to_have_had_no_appeal(tables: Tables) -> None:
    before = headlines.focus(
        funding.focus(tables, ["IRQ", "NGA", "SSD"], 2005, 2009), ["IRQ", "NGA", "SSD"], 2009
    ).headline
    assert "recorded for Nigeria; South Sudan did not exist yet" in before
    after = headlines.focus(funding.focus(tables, ["IRQ", "SSD"], 2011, 2015), ["IRQ", "SSD"], 2015).headline
    assert "did not exist" not in after


def test_one_earlier_year_is_named_and_a_like_share_is_not_told_twice(tables: Tables) -> None:
    """It was: "against 98% of all that was asked for in one year with appeals since 2014"."""

    def told(year: int) -> str:
        frame = funding.country_by_year(tables, "UKR", funding.FIRST_YEAR, year)
        return headlines.country_appeals(frame, "UKR", year).headline

    assert told(2015).endswith("in 2015, against 98% in 2014, the only earlier year with appeals.")
    assert told(2024).endswith(
        "76% of what they asked for in 2024, as much as over the ten earlier years with appeals, since 2014."
    )


@pytest.mark.parametrize("year", YEARS)
def test_a_change_after_inflation_is_not_shown_as_that_of_the_amounts_beside_it(tables: Tables, year: int) -> None:
    """Beside "from $10.0 billion in 2008 to $17.1 billion in 2015" stood +56%, which is 71% in these dollars."""
    questions = funding.two_questions(tables, 2008, year)
    for found in (
        headlines.money(questions, funding.money_and_gap(tables, 2000, year), 2008, year),
        headlines.gap(questions, 2008, year),
    ):
        assert re.fullmatch(r"[+−]\d+% after inflation", found.figure), found.figure
