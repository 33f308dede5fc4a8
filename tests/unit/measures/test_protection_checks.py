"""The figures on attacks that the project must reproduce from its embedded tables, and what measures must keep."""

from __future__ import annotations

import pandas as pd
import pytest

from r2p_analysis import countries
from r2p_analysis.errors import MeasureError
from r2p_analysis.measures import protection
from r2p_analysis.store import Tables

# D2: AWSD incidents in three vintages, victims in two, UN malicious acts in two, CPJ confirmed in two.
D2 = {
    2005: (74, 74, 74, 172, 172, 25, 25, 50, 51), 2006: (107, 107, 107, 240, 240, 18, 18, 57, 57),
    2007: (123, 124, 124, 220, 221, 11, 11, 70, 70), 2008: (165, 165, 165, 278, 278, 16, 16, 42, 42),
    2009: (155, 156, 156, 296, 300, 16, 16, 76, 76), 2010: (130, 132, 132, 254, 252, 11, 11, 44, 44),
    2011: (152, 152, 152, 309, 309, 16, 16, 49, 49), 2012: (170, 170, 170, 277, 277, 22, 22, 74, 74),
    2013: (265, 265, 265, 475, 474, 36, 36, 74, 74), 2014: (190, 194, 194, 329, 340, 39, 39, 62, 62),
    2015: (148, 150, 157, 287, 297, 35, 35, 73, 73), 2016: (73, 164, 166, 101, 298, 34, 35, 51, 50),
    2017: (None, 160, 162, None, 322, 59, 62, 47, 48), 2018: (None, 229, 234, None, 414, 27, 27, 56, 58),
    2019: (None, 276, 279, None, 484, 29, 30, 26, 28), 2020: (None, 283, 288, None, 503, 14, 14, 18, 33),
    2021: (None, 272, 315, None, 590, 25, 26, None, 30), 2022: (None, 247, 273, None, 505, 32, 33, None, 42),
    2023: (None, 281, 443, None, 654, 7, 7, None, 82), 2024: (None, 353, 611, None, 894, None, 5, None, 103),
    2025: (None, 47, 355, None, 742, None, 4, None, 46),
}  # fmt: skip
COLUMNS = (
    ("awsd_vintages", "2016-10-03", "incidents"), ("awsd_vintages", "2025-04", "incidents"),
    ("awsd_vintages", "2025-12", "incidents"), ("awsd_vintages", "2016-10-03", "affected"),
    ("awsd_vintages", "2025-12", "affected"), ("un_fatalities_vintages", "2023-11-28", "deaths"),
    ("un_fatalities_vintages", "2025-04-04", "deaths"), ("cpj_vintages", "2020-11", "journalists_confirmed"),
    ("cpj_vintages", "2025-08-25", "journalists_confirmed"),
)  # fmt: skip
D3 = {
    "health_care": (2016, (474, 354, 434, 582, 792, 1526, 2040, 2417, 454)),
    "education": (2020, (359, 657, 509, 748, 153)),
    "explosive_weapons": (2020, (296, 387, 1135, 1881, 4074, 101)),
    "camps": (2020, (50, 207, 218, 722, 217)),
    "sexual_violence": (2020, (147, 384, 323, 341, 18)),
    "aid_workers": (2020, (292, 269, 307, 386, 45)),
}


@pytest.mark.parametrize("column", range(len(COLUMNS)))
def test_every_figure_of_the_vintages(tables: Tables, column: int) -> None:
    name, vintage, count = COLUMNS[column]
    table = tables[name]
    table = table[(table["vintage"] == vintage) & table["year"].between(2005, 2025)]
    if "incident_type" in table.columns:
        table = table[table["incident_type"] == "Malicious Act"]
    found = {int(year): int(value) for year, value in table.groupby("year")[count].sum().items()}
    assert found == {year: row[column] for year, row in D2.items() if row[column] is not None}


@pytest.mark.parametrize(
    ("series", "column"), [("aid_incidents", 2), ("aid_victims", 4), ("peacekeepers", 6), ("journalists", 8)]
)
def test_current_series_are_those_of_the_last_vintage_without_the_running_year(
    tables: Tables, series: str, column: int
) -> None:
    found = protection.yearly(tables, series, 2005).set_index("year")["value"]
    assert {int(year): int(value) for year, value in found.items()} == {
        y: row[column] for y, row in D2.items() if y < 2025
    }


def test_aid_workers_as_known_in_october_2016(tables: Tables) -> None:
    table = tables["awsd_vintages"]
    rows = table[table["vintage"] == "2016-10-03"].set_index("year")
    found = [tuple(rows.loc[year, ["killed", "wounded", "kidnapped"]]) for year in (2013, 2014, 2015)]
    assert found == [(156, 178, 141), (121, 88, 120), (109, 110, 68)]
    known = protection.yearly(tables, "aid_incidents", 2013, vintage="2016-10-03")
    assert list(known["value"]) == [265, 190, 148], "2016 was not over and is left out"


def test_peacekeepers_in_mali_and_before(tables: Tables) -> None:
    missions = protection.attack_deaths_by_mission(tables, 2000, 2016).set_index(["mission", "year"])["deaths"]
    assert (missions["MINUSMA (Mali)", 2014], missions["MINUSMA (Mali)", 2016]) == (28, 27)
    assert protection.yearly(tables, "peacekeepers", 2008, 2011)["value"].mean() == 14.75
    assert int(tables["un_fatalities"]["deaths"].sum()) == 4429


@pytest.mark.parametrize("theme", D3)
def test_recorded_events(tables: Tables, theme: str) -> None:
    table = tables["insecurity_insight_events"]
    found = table[table["theme"] == theme].groupby("year")["events"].sum()
    first, counts = D3[theme]
    assert {int(y): int(n) for y, n in found.items()} == dict(zip(range(first, 2026), counts, strict=False))
    complete = protection.events_by_year(tables, None, (theme,))
    assert list(complete["events"]) == list(counts[:-1]), "the running year is no year"


def test_health_workers_killed(tables: Tables) -> None:
    table = tables["insecurity_insight_events"]
    found = table[table["theme"] == "health_care"].groupby("year")["killed"].sum()
    assert list(found) == [178, 130, 90, 164, 180, 183, 255, 479, 49]


@pytest.mark.parametrize(
    ("series", "base", "end", "index"),
    [("aid_incidents", 74, 157, 212), ("peacekeepers", 25, 35, 140), ("journalists", 51, 73, 143)],
)
def test_2015_with_2005_as_100(tables: Tables, series: str, base: int, end: int, index: int) -> None:
    rows = protection.indexed(tables, 2015).set_index(["series", "year"])
    assert (rows.at[(series, 2005), "value"], rows.at[(series, 2015), "value"]) == (base, end)
    assert round(rows.at[(series, 2015), "index"]) == index


@pytest.mark.parametrize("year", range(2009, 2026))
def test_no_series_reaches_into_a_year_that_was_not_over(tables: Tables, year: int) -> None:
    assert protection.index_end(tables, year) == min(year, 2024)
    assert int(protection.indexed(tables, year)["year"].max()) == min(year, 2024)


@pytest.mark.parametrize("year", [1999, 2003, 2015, 2024])
def test_every_place_is_kept_so_that_sums_over_regions_are_whole(tables: Tables, year: int) -> None:
    aid = protection.aid_by_country(tables, year, year)
    assert int(aid["affected"].sum()) == int(protection.yearly(tables, "aid_victims", year, year)["value"].iloc[0])
    assert (aid["affected"] == aid[["killed", "wounded", "kidnapped", "other"]].sum(axis=1)).all()
    press = protection.journalists_by_country(tables, year, year)
    total = protection.yearly(tables, "journalists", year, year)["value"].iloc[0]
    assert int(press["journalists_confirmed"].sum()) == int(total)
    for frame in (aid, press):
        regions = countries.attach(frame[["iso3"]].assign(n=1), columns=("region",)).groupby("region")["n"].sum()
        assert int(regions.sum()) == len(frame)


def test_an_unknown_vintage_and_a_year_before_the_series_are_refused(tables: Tables) -> None:
    with pytest.raises(MeasureError, match="1999-01"):
        protection.yearly(tables, "aid_incidents", vintage="1999-01")
    with pytest.raises(MeasureError, match="no complete year"):
        protection.covered_until(tables, "journalists", 1980)


def test_media_workers_are_not_zero_before_they_were_counted(tables: Tables) -> None:
    press = protection.journalists_by_year(tables, 1992, 2004).set_index(["case", "year"])["people"]
    assert press["media_workers"].loc[:2002].isna().all()
    assert press["media_workers", 2004] > 0


def test_none_recorded_is_told_from_not_covered_yet(tables: Tables) -> None:
    then = protection.others_in(tables, "TUV", 2015).set_index("label")
    assert then.at["Health care", "coverage"] == protection.COVERAGE["not covered"]
    assert then[["in_year", "five_years"]].isna().loc["Health care"].all()
    press = then.loc["Journalists killed, motive confirmed"]
    assert (press["coverage"], press["five_years"]) == (protection.COVERAGE["none"], 0)
    now = protection.others_in(tables, "TUV", 2023).set_index("label")
    assert (now.at["Health care", "coverage"], now.at["Health care", "five_years"]) == (protection.COVERAGE["none"], 0)


@pytest.mark.parametrize("iso3", ["ISR", "PSE"])
def test_journalists_of_a_common_unit_are_not_said_to_be_none(tables: Tables, iso3: str) -> None:
    row = protection.others_in(tables, iso3, 2024).iloc[0]
    assert (row["in_year"], row["coverage"]) == (76, protection.COVERAGE["unit"])
    assert "together" in row["label"]
    assert protection.recorded_in(tables, iso3, 2024).together


def test_a_year_without_an_attack_is_zero_in_a_country_that_the_database_covers(tables: Tables) -> None:
    frame = protection.aid_in(tables, "SYR", 1997, 2015).groupby("year")["people"].sum()
    assert (frame[2005], frame[2015]) == (0, 21)
    assert protection.aid_in(tables, "TUV", 1997, 2015).empty


def test_dated_figures_are_those_stated_by_the_year_of_the_edition(tables: Tables) -> None:
    assert set(protection.stated(tables, 2016)["publisher"]) == {"WHO", "GCPEA"}
    assert protection.stated(tables, 2016)["stated"].str[:4].astype(int).max() <= 2016
    assert protection.stated(tables, 2010).empty
    until = protection.besieged(tables, "2016-07")
    assert list(until.loc[until["publisher"] == "OCHA", "value"]) == [486_700, 590_200]


def test_one_more_attack_moves_every_measure_that_counts_it(tables: Tables) -> None:
    more = tables["awsd_attacks"].copy()
    row = more[(more["iso3"] == "SYR") & (more["year"] == 2015)].index[0]
    more.loc[row, ["incidents", "killed", "affected"]] += 1
    changed = Tables.of({"awsd_attacks": more})
    assert int(protection.yearly(changed, "aid_incidents", 2015, 2015)["value"].iloc[0]) == 158
    assert int(protection.aid_in(changed, "SYR", 2015, 2015)["people"].sum()) == 22
    assert isinstance(protection.aid_by_year(changed, 2015, 2015), pd.DataFrame)
    assert int(protection.aid_by_year(changed, 2015, 2015)["people"].sum()) == 298
