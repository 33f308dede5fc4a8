"""No sentence about treaties contradicts the lists, for any year and country."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from r2p_analysis import countries
from r2p_analysis.exhibits import words
from r2p_analysis.exhibits.headlines import law as headlines
from r2p_analysis.measures import law
from r2p_analysis.store import Tables

YEARS = range(2009, 2026)
SIX = ["SYR", "IRQ", "SSD", "CAF", "NGA", "YEM"]
BAD = re.compile(r"\bnan\b|\bNone\b|<NA>|  |\.\.|\bno of\b|\bone (states|treaties|times)\b")


def adopted(year: int) -> list[str]:
    return [key for key in law.CLOSEST if key != "ATT" or year >= 2013]


@pytest.mark.parametrize("year", YEARS)
def test_parties_are_those_of_the_year_or_said_to_be_older(tables: Tables, year: int) -> None:
    frame = law.parties_by_year(tables, adopted(year), 1949, year)
    headline = headlines.parties_over_time(frame, year).headline
    for key in adopted(year):
        until = min(year, law.parties_on(tables, key, "2015-01-01").complete_until)
        count = law.parties_on(tables, key, law.end_of(until)).number
        assert str(count) in headline, (key, headline)
        assert (f"(end of {until}, the last year known)" in headline) == (until < year) or key != "ATT"
    assert headline.startswith("At the end of" if year <= 2023 else "As far as the lists go")
    assert not BAD.search(headline)


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("treaty", law.CLOSEST)
def test_a_map_counts_every_state_once(tables: Tables, treaty: str, year: int) -> None:
    end = law.end_of(year)
    frame = law.standing(tables, [treaty], law.states_on(end), end, only_where_complete=True)
    headline = headlines.status_map(frame, treaty, year).headline
    counts = frame["status"].value_counts()
    assert headline.startswith(f"{counts.get('party', 0)} of {len(frame)} states")
    assert ("the last year known in full" in headline) == (frame["as_of"].iloc[0] < end)
    if treaty == "ATT" and year >= 2014:
        assert "known to have signed by 10 July 2014" in headline, "later signatures are not listed"
        assert "neither" not in headline
    assert ("left" in headline) == (treaty == "ROME" and year >= 2017)
    assert not BAD.search(headline)


@pytest.mark.parametrize("year", YEARS)
def test_missing_states_are_those_that_are_no_party(tables: Tables, year: int) -> None:
    keys, end = adopted(year), law.end_of(year)
    frame = law.missing(tables, keys, end)
    until = [min(year, law.parties_on(tables, key, end).complete_until) for key in keys]
    headline = headlines.missing(frame, keys, year, until).headline
    states = len(law.states_on(end))
    for key, last in zip(keys, until, strict=True):
        assert str(states - law.parties_on(tables, key, law.end_of(last)).number) in headline
    assert ("as far as each list goes" in headline) == (min(until) < year)
    assert (
        f"{(frame['lacks'] == len(keys)).sum()} were missing from {'all three' if len(keys) == 3 else 'both'}"
        in headline
    )


@pytest.mark.parametrize("year", YEARS)
def test_gains_are_counted_where_both_dates_are_known(tables: Tables, year: int) -> None:
    frame = law.then_and_now(tables, year)
    frame = frame[frame["adopted"] <= year]
    headline = headlines.then_and_now(frame, year).headline
    both = frame.dropna(subset=["before", "at_end"])
    if both.empty:
        assert "No list of parties reaches the end of" in headline
        return
    grew = int((both["at_end"] > both["before"]).sum())
    start = f"All {words.numeral(grew)}" if grew == len(both) else words.numeral(grew).capitalize()
    assert headline.startswith(start)
    most = (both["at_end"] - both["before"]).astype(int).max()
    found = re.search(r"gained most, from (\d+) to (\d+)", headline)
    assert found
    assert int(found[2]) - int(found[1]) == most
    assert ("lost some" in headline) == bool((both["at_end"] < both["before"]).any())


@pytest.mark.parametrize("year", YEARS)
def test_acts_are_those_of_the_year(tables: Tables, year: int) -> None:
    last, keys = law.covered(tables, year)
    frame = law.actions_by_year(tables, keys, last - 29, last)
    headline = headlines.actions(frame, last, len(keys)).headline
    joined = frame[~frame["action"].isin(["signed", "withdrew"])].groupby("year")["number"].sum()
    assert f"{words.plural(int(joined[last]), 'consent')} to be bound" in headline
    assert f"In {last}, {len(keys)} treaties" in headline, "two numbers side by side read as one"
    assert ("fewer than in any year" in headline) == bool((joined[last] < joined.drop(last)).all())
    assert ("signature" in headline) == (last <= 2013), "signatures are not listed in full from 2014 on"
    assert not BAD.search(headline)


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("codes", [SIX, ["SYR"], ["TUV"], ["VAT", "NRU"], ["FRA", "DEU"]])
def test_focus_countries_are_counted(tables: Tables, codes: list[str], year: int) -> None:
    keys = [key for key in law.CORE if key != "ATT" or year >= 2013]
    frame = law.standing(tables, keys, codes, law.end_of(year))
    headline = headlines.focus_matrix(frame, codes, year).headline
    parties = (frame[frame["status"] == "party"]).groupby("treaty").size()
    if len(codes) > 1:
        for place, key in enumerate(adopted(year)):
            count = int(parties.get(key, 0))
            word = f"all {words.numeral(count)}" if count == len(codes) else (words.numeral(count) if count else "none")
            were = "" if place else " was a party" if count == 1 else " were parties"
            assert f"{word}{were} to {law.IN_TEXT[key]}" in headline
    else:
        assert ("none of" in headline) == (not any(parties.get(key, 0) for key in adopted(year)))
    assert ("known to" in headline) == (year > 2019)
    assert not BAD.search(headline)


@pytest.mark.parametrize("year", YEARS)
def test_regions_are_ordered_by_their_shares(tables: Tables, year: int) -> None:
    frame = law.by_region(tables, adopted(year), law.end_of(year))
    headline = headlines.by_region(frame, "ROME", year, law.end_of(min(year, 2023))).headline
    rome = frame[frame["treaty"] == "ROME"].set_index("region")["share_pct"]
    high, low = re.search(r"states of (\w+) were.*those of (\w+)\.", headline).groups()  # type: ignore[union-attr]
    assert rome[high] == rome.max()
    assert rome[low] == rome.min()


def test_lists_that_reach_a_year_are_counted(tables: Tables) -> None:
    frame = law.treaties(tables)
    assert (
        "lists of parties of 28 treaties, 21 are complete to the end of 2015"
        in headlines.completeness(frame, 2015).headline
    )
    assert "28 treaties, none is complete" in headlines.completeness(frame, 2025).headline
    assert headlines.completeness(frame, 2010).headline.startswith("The lists of parties of all 28")


def test_withdrawals_are_named(tables: Tables) -> None:
    text = headlines.withdrawals(law.left(tables, "2019-12-31"), 2019)
    assert "the Philippines left the Rome Statute in 2019" in text
    assert "Burundi left the Rome Statute in 2017" in text
    assert "three withdrawals" in text
    assert "one withdrawal took effect" in headlines.withdrawals(law.left(tables, "2015-12-31"), 2015)
    assert headlines.withdrawals(law.left(tables, "1960-01-01"), 1959).startswith("No withdrawal")


STATES = [state.iso3 for state in countries.states()]


@pytest.mark.parametrize("iso3", [*STATES[::9], "SYR", "BDI", "PHL", "VAT", "TUV", "SSD", "ISR", "COK"])
@pytest.mark.parametrize("year", [2012, 2015, 2018, 2025])
def test_sentences_of_a_country_fit_its_record(tables: Tables, iso3: str, year: int) -> None:
    record = law.country_record(tables, iso3, year)
    counts = record["status"].value_counts()
    told, summary = headlines.timeline(record, iso3, year), headlines.country_summary(record, iso3, year)
    assert told.figure == f"{counts.get('party', 0)} of {len(record)}"
    assert ("it left" in told.headline) == bool(counts.get("withdrawn", 0))
    for key in adopted(year):
        status = record.set_index("treaty").loc[key, "status"]
        name = law.IN_TEXT[key]
        if status == "party":
            assert re.search(rf"was a party to [^;]*{name}", summary), summary
        assert name in summary
    for text in (told.headline, summary):
        assert text.endswith(".")
        assert not BAD.search(text), text


def test_a_signature_that_nobody_listed_is_not_denied(tables: Tables) -> None:
    """Israel signed the Arms Trade Treaty after the list of signatures ends."""
    summary = headlines.country_summary(law.country_record(tables, "ISR", 2015), "ISR", 2015)
    assert "had not joined the Arms Trade Treaty" in summary
    assert "neither signed nor joined" not in summary


def test_what_a_list_does_not_reach_is_told_as_known_until(tables: Tables) -> None:
    summary = headlines.country_summary(law.country_record(tables, "VAT", 2025), "VAT", 2025)
    for text in ("as known until 2019", "as known until 2021", "as known until 2023"):
        assert text in summary


def test_a_place_that_the_treaties_do_not_list_says_so() -> None:
    assert "not among the states" in headlines.country_summary(pd.DataFrame(), "GRL", 2015)


def test_no_act_listed_is_explained(tables: Tables) -> None:
    frame = law.treaties(tables)
    assert "to 10 July 2014" in headlines.signatures(frame[frame["treaty"].isin(law.CLOSEST)])
    rome = headlines.signatures(frame[frame["treaty"] == "ROME"])
    assert rome == "No act listed: neither a signature nor a consent to be bound."
    assert "Signatures of ten treaties that were still open are listed to days from" in headlines.signatures(frame)


def test_signatures_that_no_list_has_are_not_denied(tables: Tables) -> None:
    """84 states signed Additional Protocol III; the list has none of them."""
    assert law.participation(tables).query("treaty in @law.UNLISTED")["signature_date"].isna().all()
    frame = law.treaties(tables)
    assert "Signatures of Additional Protocol III are in none of them. Signatures of ten" in headlines.signatures(frame)
    assert headlines.signatures(frame[frame["treaty"] == "AP3"]).endswith("are in none of them.")
    assert law.signatures_listed_to(tables, list(frame["treaty"])) == 2013
    assert law.signatures_listed_to(tables, ["AP3", "ROME"]) == 9999


def test_a_signature_without_consent_does_not_read_as_the_only_one(tables: Tables) -> None:
    """ "Had only signed one" can be read as having signed no other."""
    headline = headlines.timeline(law.country_record(tables, "SYR", 2015), "SYR", 2015).headline
    assert headline.endswith(
        "was a party to 11 of 28 treaties at the end of 2015 and had signed one more without joining it."
    )
