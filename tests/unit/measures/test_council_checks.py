"""The numbers that the project must reproduce for the Council, and the rules by which they are counted."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
import pytest

from r2p_analysis.measures import council
from r2p_analysis.store import Tables, sources_of


def test_230_drafts_from_1946_to_september_2025(tables: Tables) -> None:
    frame = tables["sc_vetoes"]
    assert (len(frame), frame["date"].min(), frame["date"].max()) == (230, "1946-02-16", "2025-09-18")
    assert (frame["basis"] == "secondary list").sum() == 17
    assert list(frame.loc[frame["amendment"], "date"]) == ["2023-12-22", "2025-02-24"]


def test_vetoes_by_member(tables: Tables) -> None:
    cast = tables["sc_vetoes_cast"]["member_iso3"].value_counts().to_dict()
    assert cast == {"USA": 90, "SUN": 89, "RUS": 40, "GBR": 29, "CHN": 19, "FRA": 16}


@pytest.mark.parametrize(
    ("until", "count"), [("2016-07-22", 4), ("2017-04-12", 8), ("2018-04-10", 12), ("2025-09-18", 18)]
)
def test_syria_drafts(tables: Tables, until: str, count: int) -> None:
    assert len(council.on_crisis(tables, "Syria", last=until)) == count


def test_the_four_syria_drafts_before_the_report(tables: Tables) -> None:
    frame = council.on_crisis(tables, "Syria", last="2016-07-22")
    assert list(frame["date"]) == ["2011-10-04", "2012-02-04", "2012-07-19", "2014-05-22"]
    assert set(frame["vetoed_by"]) == {"CHN+RUS"}


def test_the_drafts_vetoed_in_2015(tables: Tables) -> None:
    assert list(council.drafts(tables, "2015-01-01", "2015-12-31")["draft"]) == ["S/2015/508", "S/2015/562"]


def test_names_and_counts_of_commitments(tables: Tables) -> None:
    latest = council.latest_counts(tables, "2016-07-22").set_index("commitment")
    assert latest["named"].to_dict() == {
        "code_of_conduct": 32,
        "veto_declaration": 2,
        "kigali_principles": 26,
        "focal_points": 5,
    }
    assert latest["states"].to_dict() == {
        "code_of_conduct": 112,
        "veto_declaration": 95,
        "kigali_principles": 29,
        "focal_points": 55,
    }
    friends = council.named(tables, "2021-05-17")
    friends = friends[friends["commitment"] == "group_of_friends"]
    assert (len(friends), (friends["iso3"] == "EUE").sum()) == (53, 1), "52 states and the European Union"
    first_meeting = council.named(tables, "2011-05-17")
    assert len(first_meeting) == 19


def test_the_vote_of_2021(tables: Tables) -> None:
    row = council.decisions(tables).set_index("id").loc["resolution-2021"]
    assert (row["in_favour"], row["against"], row["abstaining"], row["members"], row["not_voting"]) == (
        115,
        15,
        28,
        193,
        35,
    )
    assert round(row["in_favour_of_members_pct"]) == 60
    assert round(row["in_favour_of_votes_pct"]) == 73


def test_the_report_of_2016_is_the_eighth_of_seventeen(tables: Tables) -> None:
    frame = council.reports(tables, 2025)
    assert len(frame) == 17
    assert frame.set_index("symbol").loc["A/70/999", "ordinal"] == 8
    assert frame.set_index("symbol").loc["A/70/999", "pages"] == 18
    assert set(frame.loc[frame["year"] >= 2017, "secretary_general"]) == {"António Guterres"}


@pytest.mark.parametrize("year", range(2009, 2026))
def test_every_way_of_counting_gives_the_same_drafts(tables: Tables, year: int) -> None:
    listed = council.drafts(tables, "1946-01-01", f"{year}-12-31")
    assert council.by_year(tables, year)["drafts"].sum() == len(listed)
    assert council.by_crisis(tables, year)["drafts"].sum() == len(listed)
    cast = tables["sc_vetoes_cast"]
    assert council.by_seat(tables, year)["vetoes"].sum() == cast["veto"].isin(set(listed["veto"])).sum()


def test_every_draft_has_a_group_and_groups_agree_with_members(tables: Tables) -> None:
    frame = council.drafts(tables, "1946-01-01", "2025-12-31")
    assert set(frame["group"]) == set(council.GROUPS)
    with_china = frame[frame["group"] == "Russia with China"]
    assert with_china["vetoed_by"].eq("CHN+RUS").all()
    assert frame[frame["group"] == "United States alone"]["vetoed_by"].eq("USA").all()


def test_a_year_without_a_veto_is_a_zero_and_a_year_beyond_the_list_is_none(tables: Tables) -> None:
    years = council.by_year(tables, 2030).groupby("year")["drafts"].sum()
    assert years[2010] == 0
    assert years.index.max() == 2025


def test_periods_end_with_the_year_and_lose_none() -> None:
    for year in range(2009, 2026):
        cut = council.periods(year)
        assert (cut[0][0], cut[-1]) == (1946, (year - 9, year))
        assert all(before[1] + 1 == after[0] for before, after in pairwise(cut))


def test_a_count_known_to_a_year_counts_at_its_end(tables: Tables) -> None:
    assert 114 not in set(council.counts(tables, "2017-12-30")["states"])
    assert 114 in set(council.counts(tables, "2017-12-31")["states"])


def test_nothing_is_counted_before_it_began(tables: Tables) -> None:
    assert council.counts(tables, "2012-09-28").empty
    assert council.named(tables, "2011-05-16").empty
    assert council.checklist(tables, ["FRA"], "2010-12-31").empty


def test_a_state_that_attended_and_joined_is_a_member(tables: Tables) -> None:
    frame = council.checklist(tables, ["DNK", "FRA"], "2016-07-22").set_index(["iso3", "commitment"])
    assert frame.loc[("DNK", "focal_points"), "standing"] == "named as member"
    assert frame.loc[("FRA", "veto_declaration"), "standing"] == "sponsor"
    assert frame.loc[("FRA", "kigali_principles"), "standing"] == ""


def test_a_count_is_held_against_those_of_others_only(tables: Tables) -> None:
    found = council.bracket(tables, "code_of_conduct", "2016-07-22", "A/70/999")
    assert (found.before, found.after) == (108, 114)
    assert council.bracket(tables, "veto_declaration", "2016-07-22", "A/70/999").after == 107


@pytest.mark.parametrize(
    ("edition", "day"), [(2016, "2016-07-22"), (2013, "2012-12-31"), (2025, "2025-05-31"), (2026, "2025-12-31")]
)
def test_an_edition_knows_what_its_report_could_know(tables: Tables, edition: int, day: str) -> None:
    assert council.edition_day(tables, edition) == day


def test_a_country_finds_its_drafts(tables: Tables) -> None:
    syria = council.drafts_on(tables, "SYR", 2015)
    assert len(syria) == 6, "four since 2011, one of 1946, one on its complaint of 1986"
    assert council.drafts_on(tables, "ITA", 2015)["kind"].eq("admission").all()
    assert council.drafts_on(tables, "TUV", 2025).empty
    assert len(council.cast_by_country(tables, "RUS", 2025)) == 129
    assert council.cast_by_country(tables, "IND", 2025).empty


def test_places_count_situations_only(tables: Tables) -> None:
    frame = council.by_place(tables, 2025).set_index("iso3")["drafts"]
    assert "ITA" not in frame.index, "only its admission was vetoed"
    assert frame["PSE"] == 46


def test_sources_follow_the_figures(tables: Tables) -> None:
    assert sources_of(council.by_seat(tables, 2015)) == ["sc_vetoes", "sc_vetoes_cast"]
    assert sources_of(council.checklist(tables, ["FRA"], "2016-07-22")) == ["commitments"]
    assert isinstance(council.drafts_on(tables, "SYR", 2015), pd.DataFrame)
