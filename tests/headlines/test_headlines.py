"""No sentence contradicts its own numbers, for any year and country."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from r2p_analysis import countries
from r2p_analysis.exhibits import words
from r2p_analysis.exhibits.headlines import country as of_country
from r2p_analysis.exhibits.headlines import displacement as of_world
from r2p_analysis.measures import displacement
from r2p_analysis.store import Tables

YEARS = range(2009, 2026)
SOME = [*(c.iso3 for c in countries.states()[::7]), "SYR", "PSE", "NGA", "VAT", "TUV", "SSD", "YEM", "ERI"]


@pytest.mark.parametrize("year", YEARS)
def test_a_record_is_called_one_only_when_no_earlier_year_had_as_many(tables: Tables, year: int) -> None:
    headline = of_world.world_total(displacement.record(tables, year), displacement.world(tables, 1990, year)).headline
    totals = displacement.world_total(tables, 1993, year).set_index("year")["people"]
    is_record = bool((totals[year] > totals.drop(year)).all())
    assert ("the most of any year since 1993, the first in which" in headline) == is_record
    assert ("fewer than the" in headline) == (not is_record)
    assert words.people(int(totals[year])) in headline
    assert headline.startswith("Up to ") == (year >= 2023), "a sum that counts people twice is a ceiling"


@pytest.mark.parametrize("year", YEARS)
def test_the_highest_share_of_a_period_is_told_only_when_it_is(tables: Tables, year: int) -> None:
    frame = displacement.one_in(tables, 1993, year)
    headline = of_world.one_in(frame).headline
    assert ("highest share" in headline) == (frame["one_in"].iloc[-1] == frame["one_in"].min())


@pytest.mark.parametrize("year", YEARS)
def test_the_number_of_focus_countries_among_the_largest_is_counted(tables: Tables, year: int) -> None:
    focus = ["SYR", "IRQ", "SSD", "CAF", "NGA", "YEM"]
    top = displacement.largest(displacement.by_origin(tables, year), "displaced", "origin_iso3")
    headline = of_world.top_origins(top, focus, year).headline
    among = len(set(top["origin_iso3"]) & set(focus))
    assert words.numeral(among) in headline.split(";")[1] or among == 0
    assert headline.startswith(words.sentence(countries.get(top["origin_iso3"].iloc[0]).in_text).rstrip("."))


@pytest.mark.parametrize("year", range(2010, 2026))
def test_the_share_of_a_rise_is_told_only_of_a_rise(tables: Tables, year: int) -> None:
    start = max(year - 5, 2009)
    growth = displacement.group_growth(tables, ["SYR", "IRQ"], start, year)
    headline = of_world.group(growth, ["SYR", "IRQ"]).headline
    if growth.world_end <= growth.world_start:
        assert "did not rise" in headline
    elif (growth.group_start or 0) >= growth.group_end:
        assert "none of the rise" in headline


def test_a_group_of_one_takes_the_singular(tables: Tables) -> None:
    headline = of_world.group(displacement.group_growth(tables, ["SYR"], 2010, 2015), ["SYR"]).headline
    assert headline.startswith("Syria accounts for")


def test_a_share_that_a_missing_base_overstates_is_given_as_a_range(tables: Tables) -> None:
    six = ["SYR", "IRQ", "SSD", "CAF", "NGA", "YEM"]
    headline = of_world.group(displacement.group_growth(tables, six, 2010, 2015), six).headline
    assert "between 56% and 76% of the rise since 2010" in headline


@pytest.mark.parametrize("iso3", SOME)
@pytest.mark.parametrize("year", [2009, 2015, 2025])
def test_sentences_of_a_country_fit_its_numbers(tables: Tables, iso3: str, year: int) -> None:
    frame = displacement.displaced_from(tables, iso3, 1990, year)
    of_year = frame[frame["year"] == year]["people"].dropna()
    found = of_country.displaced(frame, iso3, year)
    if of_year.sum() == 0:
        assert "No displaced person" in found.headline
    elif iso3 == "PSE" and year >= 2023:
        assert found.headline.startswith("Between "), "UNRWA's refugees displaced in Gaza stand in two components"
        assert found.figure == f"up to {words.people(int(of_year.sum()))}"
    else:
        assert words.people(int(of_year.sum())) in found.headline
        assert found.figure == words.people(int(of_year.sum()))
    hosted = displacement.hosted_in(tables, iso3, 1990, year)
    for text in (found.headline, of_country.hosted(hosted, iso3, year).headline):
        assert not re.search(r"\bnan\b|None|<NA>|(?<![\d.,])1 people\b|\.\.|  ", text), text
        assert text.endswith(".")


def test_five_years_before_is_not_compared_when_fewer_groups_were_counted(tables: Tables) -> None:
    """Nigeria has no figure of internally displaced people before 2013: 27,557 beside 2.3 million would be a lie."""
    headline = of_country.displaced(displacement.displaced_from(tables, "NGA", 1990, 2015), "NGA", 2015).headline
    assert "the figure for 2010 is not comparable, as other groups were counted then" in headline
    assert "five years before" not in headline


def test_a_total_that_lacks_those_displaced_inside_says_so(tables: Tables) -> None:
    """Eritrea had a figure of internally displaced people up to 2014 and none for 2015."""
    headline = of_country.displaced(displacement.displaced_from(tables, "ERI", 1993, 2015), "ERI", 2015).headline
    assert "without those displaced inside, of whom there is no figure" in headline
    assert "the figure for 2010 is not comparable, as other groups were counted then" in headline


def test_palestine_refugees_in_palestine_did_not_come_from_another_country(tables: Tables) -> None:
    headline = of_country.hosted(displacement.hosted_in(tables, "PSE", 1990, 2015), "PSE", 2015).headline
    assert "other countries" not in headline
    assert headline.startswith("2.1 million refugees were registered")


def test_no_figure_of_internal_displacement_is_not_told_as_nobody(tables: Tables) -> None:
    frame = displacement.inside(tables, "ERI", 1993, 2015)
    headline = of_country.inside(frame, "ERI", 2015).headline
    assert "no figure" in headline
    assert "its last is of 2014" in headline


def test_unknown_and_stateless_origins_read_as_such() -> None:
    frame = pd.DataFrame({"origin_iso3": ["UNK", "SYR"], "people": [70, 30]})
    assert "70% of the refugees and asylum-seekers whom Germany hosted at the end of 2015 were of unknown origin" in (
        of_country.origins_of_hosted(frame, "DEU", 2015).headline
    )


@pytest.mark.parametrize(
    ("before", "after", "verb"),
    [
        (100, 100, "stayed about the same"), (1000, 1004, "stayed about the same"), (100, 101, "rose"),
        (100, 99, "fell"),
        (100, 201, "more than doubled"), (100, 49, "more than halved"), (0, 5, "rose"), (5, 0, "more than halved"),
        (None, 5, "cannot be compared"), (5, float("nan"), "cannot be compared"),
    ],
)  # fmt: skip
def test_the_verb_of_a_change(before: float | None, after: float | None, verb: str) -> None:
    assert words.change(before, after) == verb
    assert words.way(before, after) == {"more than doubled": "rose", "more than halved": "fell"}.get(verb, verb)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (100, 201, "more than doubled"), (100, 300, "more than doubled"), (100, 301, "more than tripled"),
        (6_710, 29_809, "more than quadrupled"), (474, 2_417, "rose more than fivefold"),
        (1, 99, "rose more than 98-fold"),
        (100, 130, "rose"), (100, 70, "fell"), (0, 5, "rose"), (None, 5, "cannot be compared"),
    ],
)  # fmt: skip
def test_a_fivefold_rise_is_not_told_as_a_doubling(before: float | None, after: float | None, told: str) -> None:
    """4.4 times as many civilians had "more than doubled"; and three times is not more than tripled."""
    assert words.change_in_words(before, after) == told


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.0, "0%"), (0.004, "under 1%"), (0.999, "over 99%"), (1.0, "100%"), (0.366, "37%"), (None, "an unknown share")],
)
def test_percentages_never_round_to_nothing_or_all(share: float | None, text: str) -> None:
    assert words.percent(share) == text


def test_counts_read_as_the_producer_rounds() -> None:
    assert [words.people(n) for n in (0, 5, 999, 1_049, 27_557, 999_499, 999_500, 65_026_893, None)] == [
        "none", "5", "999", "1,000", "28,000", "999,000", "1.0 million", "65.0 million", "no figure",
    ]  # fmt: skip


def test_a_part_lost_in_rounding_is_not_told_as_the_whole(tables: Tables) -> None:
    """Russia at the end of 2025: "188,000, 580 inside and 188,000 abroad" would not add up."""
    frame = displacement.displaced_from(tables, "RUS", 1993, 2025)
    headline = of_country.summary(frame, "RUS", 2025).headline
    assert "all but 580 of them abroad" in headline


def test_the_summary_does_not_take_a_missing_count_inside_for_nobody(tables: Tables) -> None:
    headline = of_country.summary(displacement.displaced_from(tables, "ERI", 1993, 2015), "ERI", 2015).headline
    assert "no figure of people displaced inside is recorded" in headline
    assert "inside the country" not in headline


def test_of_few_people_numbers_are_told_and_not_percentages() -> None:
    gone = pd.DataFrame({"asylum_iso3": ["CAN", "USA"], "people": [11, 5]})
    text = of_country.destinations(gone, "CHE", 2015).headline
    assert text == "Of 16 people from Switzerland who sought protection abroad, 11 were in Canada at the end of 2015."
    came = pd.DataFrame({"origin_iso3": ["SYR", "UNK"], "people": [9, 2]})
    text = of_country.origins_of_hosted(came, "TUV", 2015).headline
    assert text == "Nine of the 11 refugees and asylum-seekers whom Tuvalu hosted at the end of 2015 had fled Syria."


@pytest.mark.parametrize(
    ("count", "who"), [(1, "The one person"), (7, "All seven people"), (4_104, "All 4,100 people")]
)
def test_people_in_one_country_are_not_a_hundred_per_cent(count: int, who: str) -> None:
    gone = pd.DataFrame({"asylum_iso3": ["CAN"], "people": [count]})
    assert of_country.destinations(gone, "CHE", 2015).headline.startswith(f"{who} from Switzerland who sought")
    came = pd.DataFrame({"origin_iso3": ["UNK"], "people": [count]})
    told = of_country.origins_of_hosted(came, "CHE", 2015).headline
    one = "The one refugee or asylum-seeker whom Switzerland hosted at the end of 2015 was of unknown origin."
    all_of_them = "All refugees and asylum-seekers whom Switzerland hosted at the end of 2015 were of unknown origin."
    assert told == (one if count == 1 else all_of_them)


def test_a_return_of_one_is_singular() -> None:
    flows = pd.DataFrame({"year": [2014], "returned_refugees": [1], "returned_idps": [0]})
    assert of_country.returns(flows, "UKR", 1993, 2015).headline == (
        "1 refugee return to Ukraine was recorded from 1993 to 2015."
    )


@pytest.mark.parametrize(
    ("own", "told"), [(200, "twice"), (240, "2.4 times"), (996, "ten times"), (43_000, "430 times")]
)
def test_times_the_median_are_borne_out_by_the_two_numbers(own: float, told: str) -> None:
    frame = pd.DataFrame({"year": [2015], "abroad_per_100k": [own], "median_per_100k": [100]})
    text = of_country.beside_region(frame, "UKR", "Eastern Europe", 2015).headline
    assert f" people per 100,000 inhabitants of Ukraine sought protection abroad at the end of 2015, {told} the" in text


def test_as_many_as_five_years_before_are_not_told_as_two_numbers(tables: Tables) -> None:
    told = of_country.hosted(displacement.hosted_in(tables, "HTI", 1990, 2024), "HTI", 2024).headline
    assert told == "5 people from other countries were in Haiti at the end of 2024, as many as five years before."


def test_a_subregion_has_its_article() -> None:
    frame = pd.DataFrame({"year": [2015], "abroad_per_100k": [366], "median_per_100k": [366]})
    told = of_country.beside_region(frame, "BRB", "Caribbean", 2015).headline
    assert told.endswith(", which is the median of the Caribbean.")


@pytest.mark.parametrize("by", ["origin_iso3", "asylum_iso3"])
@pytest.mark.parametrize("component", ["asylum_seekers", "other_people_in_need"])
def test_a_component_is_told_apart_by_country_from_the_year_that_is_said(
    tables: Tables, by: str, component: str
) -> None:
    real = {place.iso3 for place in countries.all_countries() if place.kind != "pseudo"}
    table = tables["unhcr_population"]
    found = table.loc[table[by].isin(real) & (table[component].fillna(0) > 0), "year"].min()
    assert found == displacement.COMPONENTS[component].by_country_since


def test_what_is_not_yet_told_apart_by_country_is_no_zero_of_a_country(tables: Tables) -> None:
    """UNHCR's file has 0 for every country from 1993 to 1999, and the world's asylum-seekers under an unknown one."""
    for frame in (
        displacement.displaced_from(tables, "COD", 1990, 2015),
        displacement.hosted_in(tables, "CHE", 1990, 2015),
    ):
        seekers = frame[frame["component"] == "asylum_seekers"].set_index("year")["people"]
        assert seekers.loc[:1999].isna().all()
        assert (seekers.loc[2000:] > 0).all()
        assert frame.loc[frame["component"] == "refugees", "people"].notna().all()
    since = of_country.apart_since(["asylum_seekers", "conflict_idps"])
    assert "asylum-seekers from 2000 and internally displaced people from 2009" in since


def test_a_chart_with_bars_is_not_described_as_one_without(tables: Tables) -> None:
    """Nobody from Tuvalu was recorded in 2015, but somebody was in eleven years before."""
    found = of_country.displaced(displacement.displaced_from(tables, "TUV", 1990, 2015), "TUV", 2015)
    assert found.shows == "there is no bar for 2015"


def test_a_founding_member_is_not_said_to_begin_with_its_independence() -> None:
    """The page of Ukraine lists treaties of 1954: it did not come to be in 1991."""
    told = of_country.begun(countries.get("UKR"))
    assert told.startswith("Ukraine has been independent since 1991, and a member of the United Nations since 1945;")
    assert of_country.begun(countries.get("SSD")).startswith("South Sudan has been independent since 2011; its figures")


def test_the_one_country_that_holds_nine_tenths_is_named(tables: Tables) -> None:
    gone = displacement.destinations(tables, "UKR", 2015)
    assert "abroad were in Russia alone at the end of 2015" in of_country.spread(gone, "UKR", 2015).headline
    gone = displacement.destinations(tables, "SYR", 2015)
    assert "abroad were in five countries at the end of 2015" in of_country.spread(gone, "SYR", 2015).headline
