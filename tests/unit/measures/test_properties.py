"""What must hold of the measures whatever the tables say."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from r2p_analysis.errors import MeasureError
from r2p_analysis.measures import accountability, displacement, funding, law, prevention, violence
from r2p_analysis.measures.accountability.spells import spells
from r2p_analysis.measures.displacement.components import COMPONENTS
from r2p_analysis.store import Tables, open_tables, sources_of
from r2p_analysis.workspace import find_workspace

CODES = ["SYR", "IRQ", "TUR", "DEU", "UNK", "XXA", "NAM"]
COUNT = st.one_of(st.none(), st.integers(0, 5_000_000))


def population_table(rows: list[tuple[int, str, str, int | None, int | None]]) -> pd.DataFrame:
    names = ["year", "origin_iso3", "asylum_iso3", "refugees", "asylum_seekers"]
    frame = pd.DataFrame(rows, columns=names).drop_duplicates(names[:3])
    frame["other_people_in_need"] = None
    frame["unhcr_idps"] = None
    counts = ["year", "refugees", "asylum_seekers", "other_people_in_need", "unhcr_idps"]
    return frame.astype(dict.fromkeys(counts, "Int64"))


def tables_of(
    rows: list[tuple[int, str, str, int | None, int | None]], idps: dict[tuple[int, str], int], unrwa: int = 100
) -> Tables:
    idmc = pd.DataFrame([(y, c, n) for (y, c), n in idps.items()], columns=["year", "origin_iso3", "conflict_idps"])
    registered = pd.DataFrame(
        [(2015, "PSE", "JOR", unrwa)], columns=["year", "origin_iso3", "asylum_iso3", "palestine_refugees"]
    )
    return Tables.of(
        {
            "unhcr_population": population_table(rows),
            "idmc_conflict_idps": idmc.astype({"year": "Int64", "conflict_idps": "Int64"}),
            "unrwa_palestine_refugees": registered.astype({"year": "Int64", "palestine_refugees": "Int64"}),
        }
    )


ROWS = st.lists(
    st.tuples(st.just(2015), st.sampled_from(CODES), st.sampled_from(CODES), COUNT, COUNT), min_size=1, max_size=30
)
IDPS = st.dictionaries(st.tuples(st.just(2015), st.sampled_from(CODES[:5])), st.integers(0, 5_000_000), min_size=1)


@settings(deadline=None, max_examples=60)
@given(ROWS, IDPS)
def test_origins_add_up_to_the_world(rows: list, idps: dict) -> None:
    tables = tables_of(rows, idps)
    origins = displacement.by_origin(tables, 2015)
    world = displacement.world(tables, 2015, 2015)
    assert origins["displaced_with_unrwa"].sum() == world["people"].sum()
    assert origins[list(COMPONENTS)].sum().sum() == origins["displaced_with_unrwa"].sum()


@settings(deadline=None, max_examples=60)
@given(ROWS, IDPS)
def test_hosts_add_up_to_all_who_crossed_a_border(rows: list, idps: dict) -> None:
    tables = tables_of(rows, idps)
    assert displacement.by_asylum(tables, 2015)["hosted"].sum() == displacement.by_origin(tables, 2015)["abroad"].sum()


@settings(deadline=None, max_examples=40)
@given(ROWS, IDPS)
def test_order_of_rows_does_not_matter(rows: list, idps: dict) -> None:
    table = population_table(rows)
    there = tables_of(rows, idps)
    shuffled = Tables.of({**dict(there), "unhcr_population": table.iloc[::-1].reset_index(drop=True)})
    for measured in (displacement.by_origin, displacement.by_asylum):
        pd.testing.assert_frame_equal(measured(there, 2015), measured(shuffled, 2015))


@settings(deadline=None, max_examples=40)
@given(ROWS, IDPS, st.integers(0, 1_000_000))
def test_adding_a_country_never_lowers_a_total(rows: list, idps: dict, more: int) -> None:
    before = displacement.world_total(tables_of(rows, idps), 2015, 2015)["people"].item()
    after = displacement.world_total(tables_of([*rows, (2015, "ERI", "SDN", more, 0)], idps), 2015, 2015)[
        "people"
    ].item()
    assert after == before + more


@settings(deadline=None, max_examples=40)
@given(ROWS, IDPS)
def test_places_of_a_group_add_up_to_its_displaced_people(rows: list, idps: dict) -> None:
    tables = tables_of(rows, idps)
    placed = displacement.where_group_is(tables, ["SYR", "IRQ"], 2015)["people"].sum()
    origins = displacement.by_origin(tables, 2015)
    assert placed == origins.loc[origins["origin_iso3"].isin(["SYR", "IRQ"]), "displaced"].sum()


def test_what_nobody_counted_is_missing_and_not_zero() -> None:
    tables = tables_of([(2015, "SYR", "TUR", 10, None)], {(2015, "IRQ"): 5})
    origins = displacement.by_origin(tables, 2015).set_index("origin_iso3")
    assert pd.isna(origins.at["SYR", "conflict_idps"])
    assert pd.isna(origins.at["IRQ", "refugees"])
    assert origins.at["SYR", "displaced"] == 10


def test_unknown_and_stateless_are_counted_but_never_ranked() -> None:
    tables = tables_of(
        [(2015, "UNK", "TUR", 900, 0), (2015, "XXA", "TUR", 800, 0), (2015, "SYR", "TUR", 10, 0)], {(2015, "SYR"): 1}
    )
    origins = displacement.by_origin(tables, 2015)
    assert list(displacement.largest(origins, "displaced", "origin_iso3")["origin_iso3"]) == ["SYR"]
    assert origins["displaced"].sum() == 1711


def test_an_incomplete_year_is_no_record() -> None:
    tables = tables_of([(2015, "SYR", "TUR", 10, None)], {(2015, "SYR"): 1})
    with pytest.raises(MeasureError, match="not complete"):
        displacement.record(tables, 2015)


def test_an_empty_group_and_reversed_years_are_refused() -> None:
    tables = tables_of([(2015, "SYR", "TUR", 10, 1)], {(2015, "SYR"): 1})
    with pytest.raises(MeasureError, match="empty"):
        displacement.group_growth(tables, [], 2010, 2015)
    with pytest.raises(MeasureError, match="earlier start"):
        displacement.group_growth(tables, ["SYR"], 2015, 2010)


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 10**6))
def test_recognition_lies_within_protection_within_one(recognized: int, other: int, rejected: int) -> None:
    frame = pd.DataFrame({"recognized": [recognized], "other_protection": [other], "rejected": [rejected]}).astype(
        "Int64"
    )
    row = displacement.recognition_rate(frame).iloc[0]
    if recognized + other + rejected == 0:
        assert pd.isna(row["recognition_rate"]), "a rate of nothing is not zero"
    else:
        assert 0 <= row["recognition_rate"] <= row["protection_rate"] <= 1


def test_a_frame_remembers_the_tables_behind_it_and_behind_what_it_was_given() -> None:
    tables = tables_of([(2015, "SYR", "TUR", 10, 1)], {(2015, "SYR"): 1})
    people = pd.DataFrame([(2015, "SYR", 100)], columns=["year", "iso3", "population"])
    both = Tables.of({**dict(tables), "worldbank_population": people, "wpp_population": people})
    origins = displacement.by_origin(both, 2015)
    rates = displacement.per_100k(both, origins, 2015, place="origin_iso3", people="displaced")
    assert set(sources_of(origins)) < set(sources_of(rates))
    assert "worldbank_population" in sources_of(rates)


def test_age_known_of_few_says_nothing_of_the_others() -> None:
    ages = {
        f"{sex}_{age}": [0] for sex in ("female", "male") for age in ("0_4", "5_11", "12_17", "18_59", "60", "other")
    }
    row = {"year": [2015], "origin_iso3": ["SYR"], "asylum_iso3": ["TUR"], "population_type": ["REF"], **ages}
    row |= {"female_0_4": [1000], "female_total": [1000], "male_total": [0], "total": [100_000]}
    share = displacement.age_and_sex(Tables.of({"unhcr_demographics": pd.DataFrame(row)}), 2015, 2015)
    assert pd.isna(share["child_share"].item())
    assert share["age_known"].item() == 1000


BY_COUNTRY: dict[str, tuple[list[str], str, Callable[[Tables, str], pd.DataFrame]]] = {
    "levels": (["ucdp_country_years"], "iso3", lambda t, c: accountability.levels(t, 1989, 2015, [c])),
    "spells": (["ucdp_country_years"], "iso3", lambda t, c: spells(t, 2015, [c])),
    "returns": (["ucdp_country_years"], "iso3", lambda t, c: accountability.returns(t, 2015, [c])),
    "deaths": (["ucdp_country_years"], "iso3", lambda t, c: violence.in_countries(t, [c], 1989, 2015)),
    "appeals": (["fts_appeals"], "iso3", lambda t, c: funding.country_by_year(t, c, funding.FIRST_YEAR, 2015)),
    "treaties": (["treaty_participation"], "iso3", lambda t, c: law.country_record(t, c, 2015)),
    "ranks": (["ewp_risk", "ewp_mass_killings"], "iso3", lambda t, c: prevention.ranks(t, [c], 2016)),
    "destinations": (["unhcr_population"], "origin_iso3", lambda t, c: displacement.destinations(t, c, 2015)),
    "origins": (["unhcr_population"], "asylum_iso3", lambda t, c: displacement.origins_of_hosted(t, c, 2015)),
    "inside": (
        ["unhcr_population", "idmc_conflict_idps"],
        "origin_iso3",
        lambda t, c: displacement.inside(t, c, 1990, 2015),
    ),
    "asylum": (
        ["unhcr_asylum_applications", "unhcr_asylum_decisions"],
        "origin_iso3",
        lambda t, c: displacement.asylum_by_year(t, 2000, 2015, origin=c),
    ),
    "age": (["unhcr_demographics"], "origin_iso3", lambda t, c: displacement.age_and_sex(t, 2001, 2015, origin=c)),
    "flows": (
        ["unhcr_solutions", "unhcr_flows"],
        "origin_iso3",
        lambda t, c: displacement.solutions_by_year(t, 1993, 2015, origin=c),
    ),
}


@pytest.mark.parametrize("name", BY_COUNTRY)
def test_what_is_said_of_a_country_rests_on_its_own_rows_alone(name: str) -> None:
    everything = open_tables(find_workspace().data)
    needed, column, ask = BY_COUNTRY[name]
    seen = 0
    for code in ("SYR", "COL", "LKA", "TUV", "SSD"):
        frames = {table: everything[table] for table in (*needed, "treaties")}
        for table in needed:
            frames[table] = frames[table][frames[table][column] == code]
        if frames[needed[0]].empty:
            continue
        seen += 1
        of_all, of_its_own = ask(everything, code), ask(Tables.of(frames), code)
        pd.testing.assert_frame_equal(of_all, of_its_own, check_dtype=False)
    assert seen >= 3
