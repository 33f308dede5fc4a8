"""The embedded tables give the numbers that the reference data say they must, and measures keep their rules."""

from __future__ import annotations

import pandas as pd
import pytest

from r2p_analysis.errors import MeasureError
from r2p_analysis.measures import violence
from r2p_analysis.store import Tables

SIX = ["CAF", "IRQ", "NGA", "SSD", "SYR", "YEM"]

WORLD = {
    # year: state-based, non-state, one-sided, total, low, high, civilians, battle deaths, conflicts, wars
    2000: (78_821, 6_840, 8_674, 94_335, 91_165, 114_703, 10_199, 78_671, 40, 12),
    2001: (23_795, 5_335, 9_202, 38_332, 35_737, 60_444, 10_689, 23_592, 39, 9),
    2002: (21_289, 6_638, 14_123, 42_050, 39_195, 56_660, 15_586, 21_106, 33, 7),
    2003: (23_360, 3_804, 13_793, 40_957, 39_685, 77_446, 14_622, 23_194, 33, 6),
    2004: (19_893, 4_359, 12_573, 36_825, 35_056, 72_007, 13_745, 19_646, 33, 7),
    2005: (12_533, 2_381, 6_127, 21_041, 20_256, 26_139, 6_710, 12_322, 33, 5),
    2006: (20_373, 3_277, 4_704, 28_354, 26_941, 39_240, 6_646, 20_163, 33, 6),
    2007: (19_469, 4_406, 5_238, 29_113, 27_359, 37_142, 6_318, 19_214, 35, 4),
    2008: (28_922, 6_354, 4_715, 39_991, 38_897, 50_344, 7_102, 28_741, 38, 5),
    2009: (34_791, 9_603, 6_217, 50_611, 46_831, 61_142, 15_240, 34_606, 37, 6),
    2010: (21_323, 8_941, 3_876, 34_140, 32_727, 43_372, 5_832, 21_088, 31, 4),
    2011: (25_289, 8_985, 6_977, 41_251, 39_701, 52_455, 9_417, 25_080, 37, 7),
    2012: (74_287, 9_766, 6_706, 90_759, 87_511, 104_547, 28_660, 74_071, 33, 6),
    2013: (93_701, 9_602, 11_828, 115_131, 109_059, 133_994, 33_009, 93_488, 39, 7),
    2014: (116_224, 19_879, 15_527, 151_630, 144_737, 172_834, 35_368, 115_972, 46, 13),
    2015: (104_738, 16_094, 11_074, 131_906, 125_905, 150_429, 29_840, 104_435, 54, 11),
    2016: (90_929, 17_414, 8_196, 116_539, 110_827, 135_972, 26_525, 90_624, 54, 12),
    2017: (72_436, 31_457, 9_552, 113_445, 108_890, 129_247, 29_276, 72_023, 53, 10),
    2018: (55_394, 28_407, 5_422, 89_223, 83_547, 103_623, 14_499, 55_031, 52, 6),
    2019: (52_880, 19_465, 5_950, 78_295, 72_482, 92_016, 11_834, 52_610, 57, 7),
    2020: (73_498, 21_317, 9_379, 104_194, 87_048, 125_457, 14_302, 73_228, 57, 8),
    2021: (200_197, 22_244, 12_405, 234_846, 218_216, 265_867, 17_009, 199_789, 54, 5),
    2022: (277_232, 20_056, 12_348, 309_636, 273_771, 411_812, 34_799, 276_893, 56, 8),
    2023: (131_275, 18_921, 11_041, 161_237, 135_504, 249_399, 35_235, 131_061, 59, 9),
    2024: (128_621, 17_932, 14_347, 160_900, 140_031, 225_311, 34_948, 128_439, 61, 11),
}  # fmt: skip
COUNTRIES = """
CAF 2011 83 83 83 0 83 48 64 195
CAF 2012 73 73 73 36 37 59 0 132
CAF 2013 2690 2165 3210 1375 1315 417 289 3396
CAF 2014 2295 2015 2685 54 2241 153 1045 3493
CAF 2015 432 432 435 9 423 35 278 745
CAF 2016 474 474 482 3 471 0 214 688
IRQ 2011 322 300 341 0 322 1043 0 1365
IRQ 2012 769 714 772 0 769 638 0 1407
IRQ 2013 2115 2044 2170 0 2115 1882 13 4010
IRQ 2014 3205 2875 3463 0 3205 13168 64 16437
IRQ 2015 1139 1087 1195 108 1031 10139 26 11304
IRQ 2016 2403 2353 2646 114 2289 9622 0 12025
NGA 2011 121 116 287 39 82 325 1385 1831
NGA 2012 667 488 729 212 455 811 544 2022
NGA 2013 844 818 1049 6 838 1629 918 3391
NGA 2014 5104 5003 6384 41 5063 3819 1423 10346
NGA 2015 3662 3540 4115 48 3614 4637 822 9121
NGA 2016 634 630 684 71 563 2491 824 3949
SSD 2011 0 0 0 0 0 220 974 1194
SSD 2012 70 56 98 68 2 266 528 864
SSD 2013 685 685 878 580 105 927 215 1827
SSD 2014 787 787 887 205 582 1674 30 2491
SSD 2015 353 344 554 349 4 493 291 1137
SSD 2016 235 235 270 194 41 735 333 1303
SYR 2011 3111 2987 3490 3110 1 1206 30 4347
SYR 2012 3104 2642 3766 2953 151 50485 110 53699
SYR 2013 3260 2960 3390 2722 538 72013 1227 76500
SYR 2014 2205 1893 2607 464 1741 66071 10413 78689
SYR 2015 2002 1767 2154 264 1738 51098 6509 59609
SYR 2016 1013 922 1042 135 878 44939 7939 53891
YEM 2011 178 155 227 178 0 1143 109 1430
YEM 2012 0 0 0 0 0 2366 95 2461
YEM 2013 0 0 0 0 0 578 0 578
YEM 2014 0 0 0 0 0 1826 538 2364
YEM 2015 19 13 19 15 4 7720 386 8125
YEM 2016 3 3 3 0 3 3019 1005 4027
"""


@pytest.mark.parametrize("year", WORLD)
def test_b1_world_by_type_and_year(tables: Tables, year: int) -> None:
    kinds = violence.by_type(tables, year, year).set_index("kind")["deaths_best"]
    total = violence.totals(tables, year, year).iloc[0]
    battles = tables["ucdp_battle_deaths"]
    conflicts = violence.conflicts_by_year(tables, year, year).iloc[0]
    found = (
        *kinds[["state_based", "non_state", "one_sided"]],
        *total[["deaths_best", "deaths_low", "deaths_high", "civilians"]],
        battles.loc[battles["year"] == year, "deaths_best"].sum(),
        *conflicts[["conflicts", "wars"]],
    )
    assert found == WORLD[year]


def test_b1b_most_conflicts_and_the_civilian_share(tables: Tables) -> None:
    counts = violence.conflicts_by_year(tables, 1946, 2024).set_index("year")["conflicts"]
    assert counts.index[counts == counts.max()].tolist() == [2024]
    assert counts[[2024, 2023, 2005]].tolist() == [61, 59, 33]
    shares = violence.totals(tables, 2005, 2015).set_index("year")["civilian_share"] * 100
    assert shares[[2005, 2014, 2015]].round(1).tolist() == [31.9, 23.3, 22.6]


@pytest.mark.parametrize("line", COUNTRIES.strip().splitlines())
def test_b2_six_countries(tables: Tables, line: str) -> None:
    iso3, *numbers = line.split()
    year, *expected = map(int, numbers)
    kinds = violence.in_countries(tables, [iso3], year, year).set_index("kind")
    sides = violence.perpetrators_in(tables, [iso3], year, year).set_index("who")["deaths_best"]
    best = kinds["deaths_best"]
    found = [
        *kinds.loc["one_sided", ["deaths_best", "deaths_low", "deaths_high"]],
        *sides[["government", "groups"]],
        *best[["state_based", "non_state"]],
        best.sum(),
    ]
    assert found == expected


@pytest.mark.parametrize(
    ("year", "everything", "state_based"),
    [
        (2011, (4_347, 4_141, 4_974), (1_206, 1_124, 1_454)),
        (2012, (58_046, 55_641, 64_415), (51_691, 49_878, 56_986)),
        (2013, (134_546, 128_327, 146_108), (123_704, 118_476, 133_802)),
        (2014, (213_235, 204_383, 228_943), (189_775, 182_691, 202_946)),
        (2015, (272_844, 261_682, 290_960), (240_873, 231_849, 255_889)),
        (2016, (326_735, 313_706, 347_178), (285_812, 275_318, 302_326)),
    ],
)
def test_b3_syria_added_up(
    tables: Tables, year: int, everything: tuple[int, ...], state_based: tuple[int, ...]
) -> None:
    rows = violence.cumulative_course(tables, "SYR", 2011, year).query("year == @year").set_index("what")
    columns = ["deaths_best", "deaths_low", "deaths_high"]
    assert tuple(rows.loc["All organised violence", columns]) == everything
    assert tuple(rows.loc["State-based conflict alone", columns]) == state_based


def test_b3_battle_deaths_over_syria(tables: Tables) -> None:
    battles = tables["ucdp_battle_deaths"]
    over = battles[(battles["territory_iso3"] == "SYR") & battles["year"].between(2011, 2015)]
    assert over["deaths_best"].sum() == 239_235


@pytest.mark.parametrize(
    ("year", "expected"),
    {
        2011: (4_159, 9, 2_580, 16, 4_207, 2_770),
        2012: (3_654, 9, 2_792, 19, 3_756, 2_950),
        2013: (4_807, 7, 6_775, 25, 4_902, 6_926),
        2014: (999, 9, 14_312, 21, 1_088, 14_439),
        2015: (1_574, 10, 9_309, 21, 1_654, 9_420),
        2016: (1_837, 12, 6_099, 19, 1_913, 6_283),
    }.items(),
)
def test_b4_one_sided_by_perpetrator(tables: Tables, year: int, expected: tuple[int, ...]) -> None:
    listed = violence.actors_by_year(tables, year, year).iloc[0]
    sides = violence.by_perpetrator(tables, year, year).set_index("who")["deaths_best"]
    names = ["government_deaths", "governments", "group_deaths", "groups"]
    assert (*listed[names], *sides[["government", "groups"]]) == expected


def test_b4_actors_by_name_and_sums(tables: Tables) -> None:
    listed = violence.actors(tables, 2014, 2015).set_index(["year", "actor"])["deaths_best"]
    assert listed[2014][["JAS", "IS", "anti-Balaka"]].tolist() == [5_134, 4_598, 1_293]
    assert listed[2015][["IS", "JAS"]].tolist() == [6_335, 1_282]
    assert tables["ucdp_one_sided"]["deaths_best"].sum() == 1_183_039
    places = tables["ucdp_country_years"]
    assert places["one_sided_best"].sum() == 1_193_015
    rwanda = places[(places["iso3"] == "RWA") & (places["year"] == 1994)]
    assert rwanda["one_sided_best"].tolist() == [770_581]
    by_year = violence.actors_by_year(tables, 2014, 2016)
    assert by_year["actors"].tolist() == [30, 31, 31]
    assert by_year["deaths_best"].tolist() == [15_311, 10_883, 7_936]
    share = violence.share_of_actors(tables, ["IS", "JAS"], 2010, 2015).set_index("year")["share"] * 100
    assert share[[2010, 2013, 2014, 2015]].round(1).tolist() == [22.6, 26.7, 63.6, 70.0]


def test_b5_syria_one_sided(tables: Tables) -> None:
    rows = violence.perpetrators_in(tables, ["SYR"], 2011, 2016).pivot(
        index="year", columns="who", values="deaths_best"
    )
    assert rows["government"].tolist() == [3_110, 2_953, 2_722, 464, 264, 135]
    assert rows["groups"].tolist() == [1, 151, 538, 1_741, 1_738, 878]


def test_b7_syria_in_the_country_years_beside_which_old_events_are_too_low(tables: Tables) -> None:
    rows = violence.in_countries(tables, ["SYR"], 2016, 2019).pivot(index="year", columns="kind", values="deaths_best")
    assert rows[["state_based", "non_state", "one_sided"]].to_numpy().tolist() == [
        [44_939, 7_939, 1_013],
        [25_044, 12_496, 977],
        [13_246, 7_689, 795],
        [7_550, 3_485, 173],
    ]


def test_b8_mass_killings(tables: Tables) -> None:
    rows = violence.episodes_by_year(tables, 2003, 2024)
    ongoing = [31, 27, 27, 21, 19, 19, 20, 19, 19, 17, 20, 20, 21, 22, 20, 20, 20, 19, 20, 20, 21, 21]
    assert rows["ongoing"].tolist() == ongoing
    assert rows["begun"].tolist() == [2, 2, 0, 0, 1, 1, 2, 2, 3, 1, 4, 1, 1, 2, 0, 0, 1, 1, 1, 1, 1, 0]
    last = [6, 0, 6, 3, 1, 1, 3, 3, 3, 1, 1, 0, 1, 2, 0, 1, 2, 0, 1, 0, 0]
    assert rows["ended"].tolist()[:-1] == last
    focus = violence.episodes_in(tables, SIX, 2015).set_index("iso3")["ongoing"]
    assert (focus > 0).to_dict() == {**dict.fromkeys(SIX, True), "YEM": False}


def test_d6_2005_is_100(tables: Tables) -> None:
    courses = violence.frequency_and_scale(tables, 2005, 2015)
    compared = violence.compare(courses, 2005, 2015).set_index("measure")
    index = (compared["end"] / compared["start"] * 100).round()
    assert index[["ongoing", "deaths_best", "one_sided_best"]].tolist() == [78, 627, 181]


def test_no_row_and_no_death_is_lost_on_the_way(tables: Tables) -> None:
    table = tables["ucdp_country_years"]
    assert len(table) == 6_936
    assert violence.by_type(tables, 1989, 2024)["deaths_best"].sum() == table["deaths_best"].sum()
    by_type = violence.conflicts_by_type(tables, 1946, 2024)
    assert by_type["conflicts"].sum() == len(tables["ucdp_armed_conflicts"]) == 2_752
    assert (violence.by_perpetrator(tables, 1989, 2024)["deaths_best"].sum()) == table["one_sided_best"].sum()


def test_a_country_without_a_row_is_missing_and_not_zero(tables: Tables) -> None:
    before_independence = violence.in_countries(tables, ["SSD"], 2010, 2011)
    assert before_independence.query("year == 2010")["deaths_best"].isna().all()
    assert before_independence.query("year == 2011")["deaths_best"].notna().all()
    assert violence.cumulative(tables, ["ESH", "TUV"], 2011, 2015)["deaths_best"].fillna(-1).tolist() == [-1, 0]


def test_an_actor_that_is_not_listed_is_missing_and_not_zero(tables: Tables) -> None:
    path = violence.courses(tables, [1051], 2008, 2010).set_index("year")["deaths_best"]
    assert path.isna().tolist() == [True, True, False]


def test_deaths_in_gaza_are_never_deaths_of_israel_alone(tables: Tables) -> None:
    assert violence.units(["PSE", "ISR", "SYR"]) == ["ISR", "SYR"]
    assert "Gaza" in violence.unit_in_text("ISR")
    assert violence.country_year(tables, "PSE", 2024) == violence.country_year(tables, "ISR", 2024)
    rates = violence.one_sided_rates(tables, 2020, 2024).set_index("iso3")
    inhabitants = tables["worldbank_population"].query("year == 2024").set_index("iso3")["population"]
    assert rates.loc["ISR", "population"] == inhabitants["ISR"] + inhabitants["PSE"]


def test_counts_of_others_are_dated_and_none_is_known_before_it_was_stated(tables: Tables) -> None:
    counts = violence.counts_of_war(tables).set_index("id")
    assert counts.loc["syria-killed-ohchr-2014", "at"] == pytest.approx(2013 + 4 / 12)
    known = counts[counts["stated"] <= violence.known_by(2016)]
    assert set(known["value"]) == {191_369, 202_354, 220_000, 250_000, 269_617, 400_000, 470_000}
    later = violence.later_beside(tables, 2016)
    assert set(later.loc[later["what"] == "Stated by others", "value"]) == {300_000, 350_209, 306_887, 494_438}
    assert later["label"].is_unique
    assert violence.later_beside(tables, 2026).empty


def test_printed_figures_stand_beside_current_ones(tables: Tables) -> None:
    rows = violence.printed_and_now(tables, 2015).set_index(["subject", "year", "stated"])
    deaths = rows.loc[("deaths in organised violence", 2014, "2015-10")]
    assert (deaths["printed"], deaths["current"]) == (126_059, 151_630)
    assert rows.loc[("actors in one-sided violence", 2015, "2017-07"), "current"] == 31
    assert rows.loc[("armed conflicts with a state as a party", 2015, "2017-07"), "current"] == 54
    assert rows.index.get_level_values("year").max() == 2015, "an edition shows no later year"
    assert violence.printed_and_now(tables, 2010).empty
    assert violence.then_and_now_rows(violence.printed_and_now(tables, 2010), "wars").empty


def test_standing_finds_the_last_deadlier_year(tables: Tables) -> None:
    assert violence.standing(tables, 2014).more_in == 1994
    assert violence.standing(tables, 2015).more_in == 2014
    assert violence.standing(tables, 1994).more_in is None
    with pytest.raises(MeasureError, match="UCDP has no deaths of 2030"):
        violence.standing(tables, 2030)


def test_directions_follow_the_figures() -> None:
    courses = pd.DataFrame(
        [("a", 2005, 3.0), ("a", 2014, 9.0), ("a", 2015, 4.0), ("b", 2005, 3.0), ("b", 2014, 1.0), ("b", 2015, 3.0)],
        columns=["measure", "year", "value"],
    ).assign(aspect="scale", label="x", unit="deaths")
    compared = violence.compare(courses, 2005, 2015).set_index("measure")
    assert compared["direction"].to_dict() == {"a": "higher", "b": "same"}
    assert compared["peak_year"].to_dict() == {"a": 2014, "b": 2015}
    assert compared["falling"].to_dict() == {"a": True, "b": False}


def test_months_without_an_event_are_zero_and_events_over_months_are_left_out() -> None:
    events = pd.DataFrame(
        {
            "iso3": ["SYR", "SYR", "SYR"],
            "year": [2015, 2015, 2015],
            "month": pd.array([1, 1, None], dtype="Int64"),
            "type": ["state-based", "one-sided", "one-sided"],
            "deaths_best": [5, 2, 100],
            "deaths_low": [4, 2, 90],
            "deaths_high": [9, 2, 110],
        }
    )
    found = violence.by_month(Tables.of({"ucdp_events_months": events}), ["SYR"], 2015, 2015)
    assert found["deaths_best"].tolist() == [7, *[0] * 11]
    assert found["month"].tolist()[7] == "2015-08"


def test_the_deadliest_conflicts_hold_all_pairs_of_parties(tables: Tables) -> None:
    worst = violence.deadliest_conflicts(tables, 2015, 1000)
    battles = tables["ucdp_battle_deaths"].query("year == 2015")
    assert worst["deaths_best"].sum() == battles["deaths_best"].sum() == 104_435
    assert worst["share"].sum() == pytest.approx(1)
    assert worst["label"].iloc[0] == "Syria: government"
    assert worst["conflict_id"].is_unique
    assert violence.deadliest_conflicts(tables, 2024, 1)["label"].tolist() == ["Russia – Ukraine"]


FIRST_AND_NOW = {
    2016: ((40_865, 44_939), (7_125, 7_939), (720, 1_013)),
    2017: ((21_243, 25_044), (11_432, 12_496), (641, 977)),
    2018: ((11_974, 13_246), (7_520, 7_689), (757, 795)),
    2019: ((6_567, 7_550), (3_340, 3_485), (153, 173)),
}


@pytest.mark.parametrize("year", FIRST_AND_NOW)
def test_syria_as_first_counted_lies_below_the_current_release(tables: Tables, year: int) -> None:
    """Totals taken from the superseded file would be too low."""
    found = violence.syria_first_and_now(tables).query("year == @year").set_index("type")
    for kind, (first, now) in zip(("state-based", "non-state", "one-sided"), FIRST_AND_NOW[year], strict=True):
        assert (found.loc[kind, "first"], found.loc[kind, "now"]) == (first, now)
    assert found["whole"].all() == (year < 2019), "half a year is not compared with a whole one"
