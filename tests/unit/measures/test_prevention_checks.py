"""Ranks, onsets and cases that the project must reproduce, and the rules of the measures."""

from __future__ import annotations

import pandas as pd
import pytest

from r2p_analysis.measures import prevention
from r2p_analysis.store import Tables

RANKS = {
    "SYR": (7, 27, 28), "IRQ": (24, 8, 15), "SSD": (4, 5, 6), "CAF": (27, 3, 5), "NGA": (21, 11, 2), "YEM": (3, 18, 10),
}  # fmt: skip


@pytest.mark.parametrize(("iso3", "expected"), RANKS.items())
def test_b8_ranks_of_the_six_countries(tables: Tables, iso3: str, expected: tuple[int, ...]) -> None:
    rows = prevention.ranks(tables, [iso3], 2015)
    assert rows["edition"].to_list() == [2013, 2014, 2015]
    assert tuple(rows["rank"]) == expected


def test_b8_how_many_countries_an_edition_holds(tables: Tables) -> None:
    listed = tables["ewp_risk"].groupby("edition")["iso3"].count()
    assert listed.loc[[2013, 2014, 2015]].to_list() == [167, 162, 162]
    ranked = prevention.ranks(tables, ["SYR"], 2015)["ranked"].to_list()
    assert ranked == [163, 162, 162], "four countries of 2013 are listed without a score"


def test_there_is_no_edition_of_2016_and_none_before_2013(tables: Tables) -> None:
    assert prevention.latest_edition(tables, 2012) is None
    assert prevention.latest_edition(tables, 2016) == 2015
    assert prevention.latest_edition(tables, 2017) == 2017
    assert prevention.ranks(tables, ["SYR"], 2012).empty


def test_the_highest_risk_is_above_all_others(tables: Tables) -> None:
    rows = prevention.ranks(tables, ["MMR", "SYR"], 2015).set_index(["iso3", "edition"])
    assert rows.loc[("MMR", 2015), "lower_risk"] == 100
    assert rows.loc[("SYR", 2015), "lower_risk"] == pytest.approx((162 - 28) / 161 * 100)


def test_b8_onsets_of_each_year(tables: Tables) -> None:
    rows = prevention.onsets(tables, 2003, 2024)
    counts = rows.groupby("start_year")["episode"].count()
    expected = {
        2003: 2, 2004: 2, 2007: 1, 2008: 1, 2009: 2, 2010: 2, 2011: 3, 2012: 1, 2013: 4, 2014: 1, 2015: 1, 2016: 2,
        2019: 1, 2020: 1, 2021: 1, 2022: 1, 2023: 1,
    }  # fmt: skip
    assert counts.to_dict() == expected
    assert rows.loc[rows["start_year"] < 2013, "rank"].isna().all(), "no ranking was published"


def test_onsets_meet_the_forecast_for_their_year(tables: Tables) -> None:
    rows = prevention.onsets(tables, 2013, 2023).set_index("episode")
    assert (rows["base_year"] < rows["start_year"]).all(), "a forecast made with data of the onset's own year is none"
    assert rows.loc["phl2016s1", ["edition", "rank", "high"]].to_list() == [2015, 54, False]
    assert rows.loc["bfa2019ns1", ["edition", "rank", "high"]].to_list() == [2019, 51, False]
    assert rows.loc["irq2014s1", ["edition", "rank", "high"]].to_list() == [2014, 8, True]
    assert not rows.loc["caf2013ns1", "foreseen_kind"], "that edition forecast killings led by a state only"
    assert rows.loc["sdn2023ns1", "foreseen_kind"]


def test_a_rank_just_beyond_the_list_is_no_hit() -> None:
    risk = pd.DataFrame(
        {"edition": 2017, "base_year": 2016, "iso3": ["AAA", "BBB", "CCC"], "rank": [30, 31, None], "ranked": 162,
         "risk": 0.1, "target": "onset of a mass killing, state-led or not", "method": "2017"}
    ).astype({"rank": "Int64", "edition": "Int64"})  # fmt: skip
    episodes = pd.DataFrame(
        {"iso3": ["AAA", "BBB", "CCC"], "episode": ["a", "b", "c"], "start_year": 2017, "end_year": None,
         "perpetrator": "state-led"}
    ).astype({"end_year": "Int64"})  # fmt: skip
    rows = prevention.onsets(Tables.of({"ewp_risk": risk, "ewp_mass_killings": episodes}), 2017, 2017)
    assert rows.set_index("iso3")["high"].to_dict() == {"AAA": True, "BBB": False, "CCC": False}


def test_yemen_is_not_called_free_of_killing(tables: Tables) -> None:
    rows = prevention.ranks(tables, ["YEM", "SYR", "CHE"], 2015).set_index(["iso3", "edition"])["ongoing"]
    assert pd.isna(rows[("YEM", 2015)])
    assert rows[("SYR", 2015)] == 2
    assert rows[("CHE", 2015)] == 0


def test_deaths_in_kenya_and_guinea(tables: Tables) -> None:
    assert prevention.killed(tables, "KEN", [2007, 2008]) == (982, 957, 1154)
    assert prevention.killed(tables, "KEN", [2013]) == (238, 228, 423)
    assert prevention.killed(tables, "GIN", [2009], ["one_sided"]) == (160, 159, 160)
    assert prevention.killed(tables, "KEN", [2030]) is None, "no row is not zero"


def test_displaced_people_in_kenya(tables: Tables) -> None:
    rows = prevention.displaced_inside(tables, "KEN", 2005, 2015).set_index("year")
    assert pd.isna(rows.loc[2007, "unhcr_idps"]), "UNHCR's zero means that it did not follow them"
    assert rows.loc[2008, ["unhcr_idps", "returned_idps"]].to_list() == [404_000, 346_000]
    assert rows.loc[2015, "conflict_idps"] == 309_000


def test_statements_stand_beside_counts_and_late_ones_are_left_out(tables: Tables) -> None:
    rows = prevention.printed_beside_counted(tables, 2015).set_index("id")
    assert rows.loc["kenya-2007-killed", ["stated_value", "counted"]].to_list() == [1133, 982]
    assert rows.loc["guinea-2009-killed", ["stated_value", "counted"]].to_list() == [156, 160]
    early = prevention.printed_beside_counted(tables, 2010)["id"].to_list()
    assert early == ["guinea-2009-killed"], "what was stated of Kenya in 2013 was not yet stated"
    assert prevention.printed_beside_counted(tables, 2007).empty


def test_fourteen_risk_factors_and_only_stored_tables_follow_them(tables: Tables) -> None:
    assert len(prevention.risk_factors(tables)) == 14
    alone = Tables.of({"risk_factors": tables["risk_factors"]})
    assert not prevention.risk_factors(alone)["followed"].any()
    with_one = Tables.of({"risk_factors": tables["risk_factors"], "awsd_attacks": pd.DataFrame()})
    assert prevention.risk_factors(with_one).loc[lambda rows: rows["followed"], "number"].to_list() == [14]
