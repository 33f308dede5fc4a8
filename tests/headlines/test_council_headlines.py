"""No sentence on the Council contradicts its own numbers, for any edition and country."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from r2p_analysis import countries
from r2p_analysis.exhibits import words
from r2p_analysis.exhibits.headlines import council as told
from r2p_analysis.measures import council
from r2p_analysis.store import Tables

EDITIONS = range(2010, 2027)
BAD = re.compile(r"\bnan\b|\bNone\b|<NA>|\{|\}|  |\.\.|\b1 (drafts|states|reports|votes)\b| ,")


def vetoed(tables: Tables, first: int, last: int) -> int:
    return int(tables["sc_vetoes"]["year"].between(first, last).sum())


@pytest.mark.parametrize("edition", EDITIONS)
def test_more_or_fewer_than_the_ten_years_before(tables: Tables, edition: int) -> None:
    year = edition - 1
    head = told.by_year(council.by_year(tables, year), year, "2025-09-18").headline
    now, before = vetoed(tables, year - 9, year), vetoed(tables, year - 19, year - 10)
    assert f"makes {words.numeral(now)} in ten years" in head
    assert ("more than" in head) == (now > before)
    assert ("fewer than" in head) == (now < before)
    assert ("as many as" in head) == (now == before)
    assert head.startswith("By 18 September 2025") == (year == 2025), "a year of which the list knows a part"
    assert words.plural(vetoed(tables, year, year), "draft") in head.lower()


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_crisis_of_most_drafts_has_the_most(tables: Tables, edition: int) -> None:
    year = edition - 1
    frame = council.by_crisis(tables, year)
    head = told.by_crisis(frame, year).headline
    leaders = set(frame.loc[frame["recent"] == frame["recent"].max(), "crisis"])
    named = {crisis for crisis in frame["crisis"] if re.search(rf"\b{re.escape(crisis)}\b", head)}
    assert leaders <= named
    assert words.numeral(int(frame["recent"].max())) in head.lower()


@pytest.mark.parametrize("edition", EDITIONS)
def test_who_vetoed_none_vetoed_none(tables: Tables, edition: int) -> None:
    year = edition - 1
    frame = council.drafts(tables, f"{year - 9}-01-01", f"{year}-12-31")
    head = told.timeline(frame, year).headline
    silent = [code for code in council.PERMANENT if not frame["vetoed_by"].str.contains(code).any()]
    assert ("vetoed none" in head) == bool(silent)
    for code in silent:
        assert countries.get(code).in_text in head.split(";")[1]


@pytest.mark.parametrize("day", ["2009-12-31", "2011-10-04", "2012-07-19", "2016-07-22", "2020-07-23", "2025-12-31"])
def test_drafts_then_and_later_are_all_of_them(tables: Tables, day: str) -> None:
    frame = council.on_crisis(tables, "Syria")
    head = told.on_crisis(frame, "Syria", day).headline.lower()
    then, later = (frame["date"] <= day).sum(), (frame["date"] > day).sum()
    assert (words.plural(int(then), "draft") if then else "no draft on syria") in head
    assert (words.numeral(int(later)) in head) or not later
    assert ("since" in head) == bool(later)
    if then == 4:
        assert "each by china and russia" in head
    if then > 10:
        assert "all by russia" in head


@pytest.mark.parametrize("edition", EDITIONS)
def test_seats_that_cast_most_do(tables: Tables, edition: int) -> None:
    frame = council.by_seat(tables, edition - 1)
    head = told.by_seat(frame, edition - 1).headline
    last = frame.groupby("seat")["vetoes"].last()
    leader = last.idxmax()
    assert {"Soviet Union or Russia": "Russia", "United States": "United States"}[leader] in head.split(";")[1]


@pytest.mark.parametrize("edition", EDITIONS)
def test_counts_are_those_known_by_the_edition(tables: Tables, edition: int) -> None:
    day = council.edition_day(tables, edition)
    latest = council.latest_counts(tables, day)
    if council.counts(tables, day).empty:
        assert latest["states"].isna().all()
        return
    head = told.counts(latest, day).headline
    for row in latest.dropna(subset=["states"]).itertuples():
        assert str(row.states) in head
        assert (f"more than {row.states}" in head) == bool(row.more_than)
    assert "112" not in head or day >= "2016-07-22"


@pytest.mark.parametrize("edition", EDITIONS)
def test_votes_of_later_years_are_called_later(tables: Tables, edition: int) -> None:
    day = council.edition_day(tables, edition)
    every = council.decisions(tables)
    head = told.recorded_votes(every, day).headline
    votes = every[every["how"] == "recorded vote"]
    assert ("later" in head) == bool((votes["day"] > day).any())
    assert head.startswith("No recorded vote is known") == bool((votes["day"] > day).all())
    adopted = told.decisions(council.decisions(tables, day), day).headline
    assert ("recorded vote" in adopted) == (day >= "2021-05-18")


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_report_has_its_place(tables: Tables, edition: int) -> None:
    head = told.reports(council.reports(tables, edition), edition).headline
    assert (told.ordinal(edition - 2008) in head) == (edition <= 2025)
    assert ("Guterres" in head) == (edition >= 2017)


def test_a_list_of_one_report_reads_well() -> None:
    frame = pd.DataFrame({"year": [2009], "symbol": ["A/63/677"], "secretary_general": ["Ban Ki-moon"]})
    assert told.reports(frame, 2009).headline == "A/63/677 is the first report in the series."


@pytest.mark.parametrize("focus", [["SYR"], ["FRA", "GBR"], ["RWA", "SWE"], ["SYR", "SYR", "RUS"]])
def test_who_is_named_is_counted(tables: Tables, focus: list[str]) -> None:
    frame = council.checklist(tables, [*council.PERMANENT, *focus], "2016-07-22")
    head = told.checklist(frame, focus, "2016-07-22").headline
    assert "three of the five permanent members are named" in head
    assert ("in focus" in head) == any(code not in council.PERMANENT for code in focus)
    if focus == ["RWA", "SWE"]:
        assert "two of the two countries in focus are named (Rwanda and Sweden)" in head
    if focus == ["SYR"]:
        assert "the one country in focus is not named" in head


@pytest.mark.parametrize("year", [2009, 2015, 2025])
@pytest.mark.parametrize("iso3", [*(c.iso3 for c in countries.states()[::5]), *council.PERMANENT, "SYR", "PSE", "ITA"])
def test_one_sentence_of_every_country(tables: Tables, iso3: str, year: int) -> None:
    on, cast = council.drafts_on(tables, iso3, year), council.cast_by_country(tables, iso3, year)
    lists = council.commitments_of(tables, iso3, f"{year}-12-31")
    text = told.country_summary(on, cast, lists, iso3, year)
    assert not BAD.search(text), text
    assert text.endswith(".")
    assert text.count(".") == 1 or "." in countries.get(iso3).in_text
    assert ("No vetoed draft" in text) == on.empty
    assert (f"vetoed {words.plural(len(cast), 'draft')}" in text) == (iso3 in council.PERMANENT)
    if len(on):
        finding = told.country_drafts(on, iso3, year)
        assert not BAD.search(finding.headline), finding.headline
        assert told.day_text(on["date"].iloc[-1]) in finding.headline
    if len(lists):
        assert (
            "incomplete" in told.country_commitments(lists, iso3, f"{year}-12-31").headline
            or (lists["standing"] != "").any()
        )


def test_the_list_after_the_librarys_is_named_as_it_is(tables: Tables) -> None:
    every = council.drafts(tables, "1946-01-01", "9999-12-31")
    assert told.later_list(every) == (
        "a public list without author and are unconfirmed; two of them are vetoes of amendments"
    )
    fetched = every.assign(basis=every["basis"].replace("secondary list", "hub list"))
    assert told.later_list(fetched).startswith("the UN Peace and Security Data Hub; two")
    one = fetched[fetched["draft"] != "S/2025/115"]
    assert told.later_list(one).endswith("one of them is a veto of an amendment")
    assert told.later_list(fetched.assign(amendment=False)).endswith("none of them are vetoes of amendments")
