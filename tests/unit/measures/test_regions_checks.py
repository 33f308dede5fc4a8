"""Regions add up to the world, nothing without a country is lost, and the context's index is that of the checks."""

from __future__ import annotations

import pytest

from r2p_analysis import countries
from r2p_analysis.errors import MeasureError
from r2p_analysis.measures import accountability, displacement, funding, law, protection, regions
from r2p_analysis.store import Tables

AREAS = ("region", "subregion")


def test_an_unknown_strand_or_series_is_refused(tables: Tables) -> None:
    with pytest.raises(MeasureError, match="no strand"):
        regions.by_place(tables, "happiness", 2015)
    with pytest.raises(MeasureError, match="no series"):
        regions.context_series(tables, "happiness")


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize("year", [2009, 2015, 2025])
def test_displaced_people_of_all_areas_are_the_worlds(tables: Tables, area: str, year: int) -> None:
    frame = regions.by_area(tables, "displaced", year, area)
    assert frame["value"].sum() == displacement.world_total(tables, year, year)["people"].item()
    outside = frame.set_index("area")["value"][regions.NOT_TOLD]
    assert outside > 0, "people of unknown origin and stateless people are in no region, and must be there"


@pytest.mark.parametrize("area", AREAS)
def test_hosted_people_of_all_areas_are_the_worlds(tables: Tables, area: str) -> None:
    components = displacement.world(tables, 2015, 2015).set_index("component")["people"]
    expected = components.drop("conflict_idps").sum()
    assert regions.by_area(tables, "hosted", 2015, area)["value"].sum() == expected


@pytest.mark.parametrize("area", AREAS)
def test_deaths_of_all_areas_are_the_worlds(tables: Tables, area: str) -> None:
    """B1: the sums over countries of 2011 to 2015."""
    assert regions.by_area(tables, "deaths", 2015, area)["value"].sum() == 41_251 + 90_759 + 115_131 + 151_630 + 131_906
    assert regions.by_area(tables, "one_sided", 2015, area)["value"].sum() == 6_977 + 6_706 + 11_828 + 15_527 + 11_074
    assert regions.by_area(tables, "deaths", 2015, area, years=1)["value"].sum() == 131_906


@pytest.mark.parametrize("area", AREAS)
def test_attacks_killings_and_vetoes_of_all_areas_are_the_worlds(tables: Tables, area: str) -> None:
    attacks = protection.yearly(tables, "aid_incidents", 2011, 2015)["value"].sum()
    assert regions.by_area(tables, "attacks", 2015, area)["value"].sum() == attacks == 152 + 170 + 265 + 194 + 157
    assert regions.by_area(tables, "killings", 2015, area)["value"].sum() == 21
    drafts = tables["sc_vetoes"]
    of_decade = drafts[(drafts["kind"] == "situation") & drafts["year"].between(2006, 2015)]
    assert regions.by_area(tables, "vetoes", 2015, area)["value"].sum() == pytest.approx(len(of_decade))
    later = drafts[drafts["year"].between(2015, 2024)]
    assert len(later) == 37
    shared = regions.by_area(tables, "vetoes", 2024, area).set_index("area")["value"]
    assert shared.sum() == pytest.approx(37), "drafts on general matters and on admission are drafts too"
    assert shared[regions.NOT_TOLD] == 3, "terrorism, climate and weapons in outer space concern no one country"


@pytest.mark.parametrize("area", AREAS)
def test_requirements_and_funding_of_all_areas_are_the_worlds(tables: Tables, area: str) -> None:
    """D1."""
    frame = regions.appeals(tables, 2015, area)
    by_year = funding.by_country(tables, 2015, 2015)
    assert frame["requirements_usd"].sum() == pytest.approx(by_year["requirements_usd"].sum())
    assert round(frame["requirements_usd"].sum() / 1e6) == 19_307
    assert round(frame["funding_usd"].sum() / 1e6) == 10_330


def test_every_area_is_there_even_when_it_has_nothing(tables: Tables) -> None:
    frame = regions.by_area(tables, "deaths", 2015)
    assert set(frame["area"]) == {*countries.subregions(), regions.NOT_TOLD}
    assert frame.set_index("area")["value"]["Polynesia"] == 0


@pytest.mark.parametrize("year", [2009, 2015, 2025])
def test_shares_of_each_strand_add_up_to_all(tables: Tables, year: int) -> None:
    for _, own in regions.shares(tables, year).groupby("strand"):
        assert own["share_pct"].sum() == pytest.approx(100)


def test_inhabitants_of_all_areas_are_about_the_worlds(tables: Tables) -> None:
    world = displacement.population(tables, 2015).set_index("iso3")["population"]["WLD"]
    assert regions.people_by_area(tables, 2015)["value"].sum() == pytest.approx(world, rel=0.005)


def test_a_strand_that_ends_earlier_says_its_years(tables: Tables) -> None:
    frame = regions.shares(tables, 2025).groupby("strand")[["first_year", "last_year"]].max()
    deaths = regions.STRANDS["deaths"].label
    assert tuple(frame.loc[deaths]) == (2020, accountability.last_year(tables))
    assert frame.loc[regions.STRANDS["displaced"].label, "last_year"] == 2025


def test_a_rate_is_that_of_a_year(tables: Tables) -> None:
    row = regions.by_area(tables, "deaths", 2015).set_index("area").loc["Western Asia"]
    assert row["per_million"] == pytest.approx(row["value"] / 5 / row["inhabitants"] * 1e6)


def test_over_the_years_regions_add_up_too(tables: Tables) -> None:
    frame = regions.over_years(tables, "deaths", 2010, 2030)
    sums = frame.groupby("year")["value"].sum()
    table = tables["ucdp_country_years"].groupby("year")["deaths_best"].sum()
    assert sums.to_dict() == table.loc[2010:].to_dict()
    assert regions.NOT_TOLD not in set(frame["area"])
    assert regions.over_years(tables, "displaced", 1990, 2015)["year"].min() == 2009


def test_former_states_have_their_region() -> None:
    assert regions.area_of("YUG", "region") == "Europe"
    assert regions.area_of("UNK", "subregion") == regions.NOT_TOLD


def test_treaties_joined_never_exceed_those_that_could_be(tables: Tables) -> None:
    frame = regions.ratification(tables, 2015)
    assert frame["states"].sum() == len(law.states_on("2015-12-31"))
    assert (frame["joined"] <= frame["possible"]).all()
    assert frame["until"].iloc[0] == 2015


@pytest.mark.parametrize(
    ("series", "base", "value", "index"),
    [
        ("displaced", 37_112_358, 65_026_893, 175),
        ("aid_incidents", 74, 157, 212),
        ("peacekeepers", 25, 35, 140),
        ("journalists", 51, 73, 143),
        ("killings", 27, 21, 78),
        ("deaths", 21_041, 131_906, 627),
        ("one_sided", 6_127, 11_074, 181),
    ],
)
def test_the_index_with_2005_as_100(tables: Tables, series: str, base: int, value: int, index: int) -> None:
    """D6."""
    row = regions.context_change(tables, 2015).set_index("series").loc[series]
    assert (row["base"], row["value"], round(row["index"])) == (base, value, index)


def test_a_base_that_is_not_known_gives_no_index(tables: Tables) -> None:
    frame = regions.context_index(tables, 1995)
    assert frame[frame["series"] == "displaced"]["index"].isna().all()


def test_a_series_ends_with_its_last_complete_year(tables: Tables) -> None:
    frame = regions.context_change(tables, 2025).set_index("series")
    assert frame.loc["deaths", "last_year"] == 2024
    assert frame.loc["displaced", "last_year"] == 2025
