"""The funding figures that the project must reproduce from its embedded tables, and the rules of the measures."""

from __future__ import annotations

import pandas as pd
import pytest

from r2p_analysis.errors import MeasureError
from r2p_analysis.measures import funding
from r2p_analysis.store import Tables, sources_of

D1 = [
    (2000, 15, 1_265, 756, 59.8, 1_404, None), (2001, 19, 2_245, 1_286, 57.3, 2_918, None),
    (2002, 24, 3_668, 2_313, 63.1, 4_081, None), (2003, 29, 5_034, 3_874, 77.0, 6_889, None),
    (2004, 29, 3_243, 2_067, 63.7, 4_052, None), (2005, 21, 3_702, 2_195, 59.3, 7_573, 204),
    (2006, 31, 5_529, 3_620, 65.5, 6_496, 165), (2007, 36, 5_328, 3_875, 72.7, 6_808, 159),
    (2008, 33, 7_957, 5_704, 71.7, 9_981, 238), (2009, 26, 9_727, 7_118, 73.2, 10_482, 255),
    (2010, 26, 12_727, 7_991, 62.8, 14_609, 356), (2011, 24, 8_733, 5_632, 64.5, 10_199, 265),
    (2012, 25, 10_008, 6_015, 60.1, 10_705, 250), (2013, 23, 13_139, 8_378, 63.8, 12_481, 244),
    (2014, 31, 17_725, 11_676, 65.9, 19_880, 336), (2015, 31, 19_307, 10_330, 53.5, 17_133, 263),
    (2016, 37, 20_184, 12_193, 60.4, 20_247, 315), (2017, 36, 24_324, 14_108, 58.0, 19_202, 283),
    (2018, 30, 26_429, 16_176, 61.2, 23_877, 329), (2019, 32, 26_708, 17_836, 66.8, 22_885, 292),
    (2020, 60, 34_830, 18_572, 53.3, 25_117, 308), (2021, 47, 37_758, 20_078, 53.2, 28_071, 318),
    (2022, 47, 50_104, 30_194, 60.3, 37_613, 351), (2023, 46, 55_727, 25_173, 45.2, 33_011, 281),
    (2024, 50, 49_123, 24_881, 50.7, 31_674, 254), (2025, 45, 45_271, 15_525, 34.3, 22_773, 191),
]  # fmt: skip


@pytest.fixture(scope="module")
def years(tables: Tables) -> pd.DataFrame:
    return funding.by_year(tables).set_index("year")


@pytest.fixture(scope="module")
def per_person(tables: Tables) -> pd.DataFrame:
    return funding.per_displaced(tables, 2000, 2025).set_index("year")


@pytest.mark.parametrize(("year", "plans", "asked", "got", "coverage", "reported", "each"), D1)
def test_d1(
    years: pd.DataFrame, per_person: pd.DataFrame,
    year: int, plans: int, asked: int, got: int, coverage: float, reported: int, each: int | None,
) -> None:  # fmt: skip
    row = years.loc[year]
    assert row["plans"] == plans
    millions = [round(row[name] / 1e6) for name in ("requirements_usd", "plan_funding_usd", "reported_usd")]
    assert millions == [asked, got, reported]
    assert round(row["coverage"] * 100, 1) == coverage
    if each is not None:
        assert round(per_person.loc[year, "reported_per_person_usd"]) == each


def test_2015_was_the_lowest_coverage_until_then(tables: Tables) -> None:
    found = funding.coverage_rank(tables, 2015)
    assert found.is_lowest
    assert found.since == 2000
    assert (found.lowest_year, round(found.lowest or 0, 3)) == (2001, 0.573)
    assert not funding.coverage_rank(tables, 2016).is_lowest
    assert funding.coverage_rank(tables, 2025).is_lowest


def test_all_money_is_in_or_outside_plans(tables: Tables, years: pd.DataFrame) -> None:
    raw = tables["fts_appeals"].groupby("year")["funding_usd"].sum()
    for year in years.index:
        assert years.loc[year, "reported_usd"] == pytest.approx(raw[year])


def test_pledges_for_years_ahead_are_not_added_to_years_gone(tables: Tables) -> None:
    assert funding.by_year(tables, last=2025)["year"].max() == 2025
    assert funding.is_open(tables, 2025)
    assert not funding.is_open(tables, 2024)


def test_two_questions_of_2008_and_2015(tables: Tables) -> None:
    rows = funding.two_questions(tables, 2008, 2015).set_index("amount")
    assert rows.loc["reported_usd", "change"] == pytest.approx(0.7166, abs=1e-4)
    assert rows.loc["unmet_usd", "end_usd"] == pytest.approx(8_976_716_677)
    for amount in funding.AMOUNTS:
        row = rows.loc[amount]
        assert row["start_real_usd"] / row["start_usd"] == pytest.approx(237.017 / 215.303, abs=1e-5)
        assert row["change_real"] < row["change"], "prices rose"


def test_a_year_without_plans_or_prices_is_an_error(tables: Tables) -> None:
    with pytest.raises(MeasureError, match="no humanitarian plan of 1999"):
        funding.coverage_rank(tables, 1999)
    with pytest.raises(MeasureError, match="no price index for 2026"):
        funding.deflate(tables, pd.DataFrame({"year": [2015], "usd": [1.0]}), ["usd"], 2026)


def test_dollars_of_a_year_are_themselves_in_that_year(tables: Tables) -> None:
    frame = funding.deflate(tables, pd.DataFrame({"year": [1990, 2000, 2015], "usd": [1.0, 1.0, 1.0]}), ["usd"], 2015)
    assert pd.isna(frame["usd_real"].iloc[0]), "no index is no factor of one"
    assert frame["usd_real"].iloc[1] == pytest.approx(237.017 / 172.2, abs=1e-3)
    assert frame["usd_real"].iloc[2] == 1.0


def test_regional_plans_stand_as_one_and_sum_to_the_year(tables: Tables, years: pd.DataFrame) -> None:
    top = funding.largest(tables, 2015, 100)
    assert top["plan_id"].is_unique
    assert top["requirements_usd"].sum() == pytest.approx(years.loc[2015, "requirements_usd"])
    first = top.iloc[0]
    assert (first["plan_id"], first["countries"]) == (480, 5)
    assert ((top["met_usd"] + top["unmet_usd"]) == top["requirements_usd"]).all()


def test_countries_sum_to_the_year(tables: Tables, years: pd.DataFrame) -> None:
    spread = funding.by_country(tables, 2000, 2025)
    sums = spread.groupby("year")[["requirements_usd", "reported_usd"]].sum()
    for name in sums.columns:
        pd.testing.assert_series_equal(
            sums[name].astype(float), years.loc[2000:2025, name].astype(float), check_names=False
        )


def test_requirements_blank_by_country_are_not_zero(tables: Tables) -> None:
    guinea = funding.country_by_year(tables, "GIN", 2013, 2015).set_index("year")
    assert pd.isna(guinea.loc[2014, "requirements_usd"]), "the Ebola plan does not say how much was for Guinea"
    assert guinea.loc[2014, "plan_funding_usd"] == 226_509_411
    assert pd.isna(guinea.loc[2014, "coverage"])
    tuvalu = funding.country_by_year(tables, "TUV", 2000, 2015)
    assert tuvalu["reported_usd"].isna().all(), "nothing recorded is not a measured zero"


def test_years_running_stop_at_a_gap() -> None:
    rows = [(2013, "SYR", 1), (2014, "SYR", 2), (2015, "SYR", 3), (2012, "MLI", 4), (2015, "MLI", 5), (2014, "TCD", 6)]
    table = pd.DataFrame(rows, columns=["year", "iso3", "plan_id"]).assign(requirements_usd=1.0, funding_usd=1.0)
    running = funding.years_running(Tables.of({"fts_appeals": table}), 2015).set_index("iso3")
    assert running["years"].to_dict() == {"SYR": 3, "MLI": 1}


def test_printed_figures_stand_beside_current_ones(tables: Tables) -> None:
    rows = funding.then_and_now(tables, 2015).set_index("what")
    assert rows.loc["unmet_pct", "printed"] == 45
    assert rows.loc["unmet_pct", "current"] == pytest.approx(46.5, abs=0.05)
    assert rows.loc["requirements_usd", "difference"] == pytest.approx(-193_410_361)
    assert funding.then_and_now(tables, 2014).empty


def test_figures_know_their_tables(tables: Tables) -> None:
    assert sources_of(funding.money_and_gap(tables, 2000, 2015)) == ["fts_appeals", "prices"]
    assert "unhcr_population" in sources_of(funding.per_displaced(tables, 2005, 2015))
