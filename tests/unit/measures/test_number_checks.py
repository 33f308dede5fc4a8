"""The figures that the project must reproduce from its embedded tables."""

from __future__ import annotations

import pytest

from r2p_analysis.measures import displacement
from r2p_analysis.measures.displacement import components
from r2p_analysis.store import Tables, sources_of

SIX = ["SYR", "IRQ", "SSD", "CAF", "NGA", "YEM"]


@pytest.mark.parametrize(
    ("component", "people"),
    [
        ("refugees", 16_110_276),
        ("palestine_refugees", 5_241_257),
        ("asylum_seekers", 3_223_460),
        ("conflict_idps", 40_451_900),
    ],
)
def test_components_of_2015(tables: Tables, component: str, people: int) -> None:
    world = displacement.world(tables, 2015, 2015).set_index("component")["people"]
    assert world[component] == people


def test_other_people_in_need_were_not_counted_in_2015(tables: Tables) -> None:
    world = displacement.world(tables, 2015, 2015).set_index("component")["people"]
    assert world.isna()["other_people_in_need"], "a category that did not exist must be null, not zero"


@pytest.mark.parametrize(
    ("year", "people"),
    [
        (2005, 37_112_358), (2008, 41_984_657), (2010, 41_057_823), (2011, 38_538_591), (2012, 42_745_551),
        (2013, 51_232_046), (2014, 59_206_055), (2015, 65_026_893), (2016, 64_173_700), (2017, 67_897_562),
        (2018, 72_556_807), (2019, 78_377_282), (2020, 81_488_922), (2021, 88_231_467), (2022, 107_222_587),
        (2023, 117_552_287), (2024, 124_673_873), (2025, 119_254_738),
    ],
)  # fmt: skip
def test_world_totals(tables: Tables, year: int, people: int) -> None:
    assert displacement.world_total(tables, year, year)["people"].item() == people


def test_total_of_2015_stands_beside_the_65_3_million_printed(tables: Tables) -> None:
    printed = displacement.published_against_current(tables).set_index(["year", "place", "component"])
    row = printed.loc[(2015, "WLD", "forcibly_displaced")]
    assert (row["people"], row["current"], row["difference"]) == (65_300_000, 65_026_893, -273_107)
    assert not row["agrees"], "65.03 million does not round to 65.3 million"


def test_printed_figures_that_still_round_alike(tables: Tables) -> None:
    printed = displacement.published_against_current(tables).set_index(["year", "place", "component"])["agrees"]
    for component in ("refugees", "palestine_refugees", "asylum_seekers", "stateless"):
        assert printed[(2015, "WLD", component)], component
    assert not printed[(2015, "WLD", "conflict_idps")]


def test_2015_is_a_record_only_since_every_group_was_counted(tables: Tables) -> None:
    found = displacement.record(tables, 2015)
    assert found.is_record
    assert found.since == 1993, "asylum-seekers were not counted before"
    assert (found.highest_before_year, found.highest_before) == (2014, 59_206_055)
    assert not displacement.record(tables, 2016).is_record, "2016 was printed as a rise and is now a fall"


def test_syria_at_the_end_of_2015(tables: Tables) -> None:
    row = displacement.by_origin(tables, 2015).set_index("origin_iso3").loc["SYR"]
    assert row["refugees"] == 4_873_236
    assert row["unhcr_idps"] == 6_563_462
    assert row["refugees"] + row["unhcr_idps"] == 11_436_698
    assert row["displaced"] == 11_719_093


def test_syria_at_the_end_of_2014(tables: Tables) -> None:
    row = displacement.by_origin(tables, 2014).set_index("origin_iso3").loc["SYR"]
    assert (row["refugees"], row["asylum_seekers"], row["unhcr_idps"]) == (3_887_490, 79_649, 7_632_500)
    assert row["displaced"] == 11_567_139


def test_top_ten_origins_by_displaced_people(tables: Tables) -> None:
    top = displacement.largest(displacement.by_origin(tables, 2015), "displaced", "origin_iso3")
    assert list(top["origin_iso3"]) == ["SYR", "COL", "AFG", "SDN", "IRQ", "YEM", "SSD", "SOM", "NGA", "COD"]
    assert list(top["displaced"]) == [
        11_719_093, 6_616_995, 4_099_156, 3_851_989, 3_791_254, 2_534_957, 2_479_826, 2_402_808, 2_315_326, 2_117_516,
    ]  # fmt: skip


def test_top_ten_origins_of_refugees(tables: Tables) -> None:
    top = displacement.largest(displacement.by_origin(tables, 2015), "refugees", "origin_iso3")
    assert list(top["origin_iso3"]) == ["SYR", "AFG", "SOM", "SSD", "SDN", "COD", "CAF", "MMR", "ERI", "COL"]
    assert list(top["refugees"].head(3)) == [4_873_236, 2_666_294, 1_123_144]


def test_six_countries_are_366_per_mille_of_the_world(tables: Tables) -> None:
    growth = displacement.group_growth(tables, SIX, 2010, 2015)
    assert (growth.group_end, growth.group_start) == (23_774_183, 5_589_352)
    assert round(growth.share_of_world, 3) == 0.366
    assert round(growth.share_of_change or 0, 3) == 0.759
    assert set(growth.without_base) == {"SSD", "NGA"}, "their growth from nothing overstates the share"
    assert round(growth.share_of_change_with_base or 0, 2) == 0.56


def test_four_countries(tables: Tables) -> None:
    growth = displacement.group_growth(tables, ["SYR", "IRQ", "YEM", "SSD"], 2010, 2015)
    assert (growth.group_end, growth.group_start) == (20_525_130, 5_203_389)
    assert round(growth.share_of_world, 3) == 0.316
    assert round(growth.share_of_change or 0, 3) == 0.639


def test_growth_is_not_told_from_years_without_countries_of_internal_displacement(tables: Tables) -> None:
    growth = displacement.group_growth(tables, SIX, 2004, 2009)
    assert growth.group_start is None
    assert growth.share_of_change is None


def test_one_in_114(tables: Tables) -> None:
    row = displacement.one_in(tables, 2015, 2015).iloc[0]
    assert row["population"] == 7_441_677_465
    assert round(row["one_in"], 1) == 114.4


def test_inhabitants_of_the_last_year_stand_in_for_2025(tables: Tables) -> None:
    row = displacement.one_in(tables, 2025, 2025).iloc[0]
    assert row["population_year"] == 2024


def test_asylum_figures(tables: Tables) -> None:
    years = displacement.asylum_by_year(tables, 2015, 2015).set_index("counted_as")
    assert years.at["P", "applications"] == 2_234_674
    assert years.at["C", "applications"] == 114_348, "cases are never added to persons"
    all_rows = tables["unhcr_asylum_applications"]
    assert all_rows.loc[all_rows["year"] == 2024, "applications"].sum() == 3_421_776


def test_decisions_of_2024_at_first_instance(tables: Tables) -> None:
    rows = tables["unhcr_asylum_decisions"]
    kept = rows[(rows["year"] == 2024) & (rows["procedure_type"] == "G") & (rows["decision_level"] == "FI")]
    assert kept.loc[kept["counted_as"] == "P", "decisions"].sum() == 1_376_566


def test_recognition_of_syrians_in_germany_2015(tables: Tables) -> None:
    row = displacement.asylum_by_year(tables, 2015, 2015, origin="SYR", asylum="DEU").iloc[0]
    found = [row[name] for name in ("recognized", "other_protection", "rejected", "closed", "decisions")]
    assert found == [101_365, 297, 72, 7_724, 109_458]
    assert round(row["recognition_rate"] * 100, 2) == 99.64


def test_solutions_of_2025(tables: Tables) -> None:
    row = displacement.solutions_by_year(tables, 2025, 2025).iloc[0]
    found = [row[name] for name in ("returned_refugees", "resettlement", "naturalisation", "returned_idps")]
    assert found == [4_362_272, 81_766, 93_296, 10_308_567]


def test_vintage_of_2017(tables: Tables) -> None:
    vintage = tables["unhcr_world_in_2017"]
    people = vintage[vintage["year"] == 2015].set_index("component")["people"]
    assert (people["refugees"], people["asylum_seekers"], people["unhcr_idps"]) == (16_111_285, 3_224_966, 37_494_172)


def test_integrity_of_the_population_table(tables: Tables) -> None:
    table = tables["unhcr_population"]
    assert len(table) == 138_893
    first = {
        "refugees": 1951,
        "asylum_seekers": 1993,
        "unhcr_idps": 1993,
        "stateless": 2004,
        "other_people_in_need": 2018,
    }
    for name, year in first.items():
        assert table.loc[table[name].notna(), "year"].min() == year, name
    assert not table["refugees"].between(1, 4).any()
    assert len(tables["idmc_conflict_idps"].query("year == 2015")) == 52


def test_asylum_seekers_of_unknown_origin_are_kept(tables: Tables) -> None:
    unknown = displacement.by_origin(tables, 2015).set_index("origin_iso3").at["UNK", "asylum_seekers"]
    assert unknown == 1_047_315


def test_editions_that_can_be_made(tables: Tables) -> None:
    years = displacement.reference_years(tables)
    assert (years[0], years[-1]) == (2009, 2025)


def test_unrwa_is_a_source_only_where_it_counts_anybody(tables: Tables) -> None:
    """It stood under the charts of every country, as if its figures were in them."""
    unrwa = tables["unrwa_palestine_refugees"]
    assert set(unrwa["origin_iso3"]) == {displacement.UNRWA_ORIGIN}
    assert set(unrwa["asylum_iso3"]) - {"UNK"} == components.UNRWA_HOSTS
    used = {
        (measured.__name__, iso3): "unrwa_palestine_refugees" in sources_of(measured(tables, iso3, 2010, 2015))
        for measured in (displacement.displaced_from, displacement.hosted_in)
        for iso3 in ("COD", "JOR", "PSE")
    }
    assert [key for key, unrwas in used.items() if unrwas] == [
        ("displaced_from", "PSE"),
        ("hosted_in", "JOR"),
        ("hosted_in", "PSE"),
    ]


def test_the_two_counts_of_displaced_inside_stand_where_both_count_and_name_no_third(tables: Tables) -> None:
    both = displacement.inside_by_both_counts(tables, 2015)
    assert sources_of(both) == ["idmc_conflict_idps", "unhcr_population"]
    iraq = both.set_index("origin_iso3").loc["IRQ"]
    assert (iraq["unhcr_idps"], iraq["conflict_idps"]) == (4_403_287, 3_290_000)
    assert (both[["unhcr_idps", "conflict_idps"]] > 0).all(axis=None)


def test_shares_of_a_handful_of_people_are_not_given(tables: Tables) -> None:
    """South Sudan's line began with the age of a few in 2011 and seemed to rise fourfold in a year."""
    frame = displacement.age_and_sex(tables, 2001, 2025, origin="SSD")
    few = frame["age_known"] < 100
    assert few.any()
    assert frame.loc[few, "child_share"].isna().all()
    assert frame.loc[frame["year"] == 2015, "child_share"].notna().all()
