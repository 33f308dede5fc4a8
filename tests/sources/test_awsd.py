"""The Aid Worker Security Database: no place lost, no victim lost, a year that is not over is marked."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from r2p_analysis.errors import ContractError, SourceError
from r2p_analysis.sources import awsd
from r2p_analysis.store.contracts import check

HEAD = "year,iso3,country,incidents,killed,wounded,kidnapped,affected,nationals_killed\n"
ROWS = (
    "2003,,Chechnya,4,4,0,0,4,4\n2003,,Kashmir,1,1,0,0,1,1\n2003,,,1,0,1,0,1,0\n2003,RUS,Russia,2,0,1,0,1,0\n"
    "2001,,Kosovo,1,1,1,0,2,1\n2004,NAM,Namibia,1,0,0,0,1,0\n"
)
YEARS = "year,incidents,killed,wounded,kidnapped,affected,vintage,complete_year\n"


def attacks(tmp_path: Path, text: str) -> pd.DataFrame:
    path = tmp_path / "awsd_year_country.csv"
    path.write_text(text)
    return check(awsd.parse("awsd_attacks", [path]), awsd.SOURCE.table("awsd_attacks"))


@pytest.mark.parametrize(
    ("text", "error", "said"),
    [
        (HEAD + "2003,XQZ,Nowhere,1,1,0,0,1,1\n", SourceError, "XQZ"),
        (HEAD + "2003,,Atlantis,1,1,0,0,1,1\n", SourceError, "Atlantis"),
        (HEAD.replace(",affected", "") + "2003,AFG,Afghanistan,1,1,0,0,1\n", SourceError, "missing affected"),
        (HEAD + "2003,AFG,Afghanistan,1,some,0,0,1,1\n", SourceError, '"some"'),
        (HEAD + "2003,AFG,Afghanistan,1,3,0,0,1,1\n", ContractError, "fewer victims"),
    ],
)
def test_what_cannot_be_read_is_refused(tmp_path: Path, text: str, error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        attacks(tmp_path, text)


def test_places_without_a_code_are_kept_and_totals_stay(tmp_path: Path) -> None:
    table = attacks(tmp_path, HEAD + ROWS)
    assert int(table["affected"].sum()) == 10
    kept = table.set_index(["year", "iso3", "area"], drop=False)
    assert set(kept.loc[kept["area"].notna(), "area"]) == {"Chechnya", "Kashmir", "Kosovo", "not told"}
    assert dict(zip(table["area"].fillna(""), table["iso3"], strict=True))["Kosovo"] == "XKX"
    assert int(table.loc[table["iso3"] == "RUS", "incidents"].sum()) == 6, "Chechnya beside the rest of Russia"
    assert set(table.loc[table["iso3"] == "UNK", "area"]) == {"Kashmir", "not told"}


def test_the_last_year_of_a_running_list_is_not_complete(tmp_path: Path) -> None:
    table = attacks(tmp_path, HEAD + ROWS)
    assert set(table.loc[~table["complete_year"], "year"]) == {2004}


def test_vintages_keep_what_the_file_says_of_their_last_year(tmp_path: Path) -> None:
    path = tmp_path / "awsd_year_vintages.csv"
    path.write_text(YEARS + "2015,148,109,110,68,287,2016-10-03,True\n2016,73,43,30,28,101,2016-10-03,False\n")
    table = check(awsd.parse("awsd_vintages", [path]), awsd.SOURCE.table("awsd_vintages"))
    assert list(table["complete_year"]) == [True, False]


def test_terms_are_not_settled_so_that_no_file_is_offered() -> None:
    assert awsd.SOURCE.redistribution == "aggregates only"


# --- the database's own file, with one row an incident

INCIDENTS = (
    "Incident ID,Year,Month,Country Code,Country,Total killed,Total wounded,Total kidnapped,Total detained,"
    "Total affected,Details\n"
    "#event+id,#date+year,#date+month,#country+code,#country+name+i_en,#affected+total+killed,,,,#affected+total,"
    "#description+i_en\n"
)
CASES = (
    '1,2003,5,NA,Namibia,0,1,0,0,1,"A story, told\nover two lines"\n'
    "2,2003,,,Chechnya,2,0,0,0,2,\n"
    "3,2003,6,RU,Russian Federation,0,0,1,1,2,\n"
    "4,2003,,,,1,0,0,0,1,\n"
    "5,2004,1,NA,Namibia,1,0,0,0,1,\n"
    "6,2004,1,NA,Namibia,0,0,0,0,0,\n"
)


def from_incidents(tmp_path: Path, text: str) -> pd.DataFrame:
    path = tmp_path / "security_incidents2026-01-31.csv"
    path.write_text(text, encoding="utf-8-sig")
    return check(awsd.parse("awsd_attacks", [path]), awsd.SOURCE.table("awsd_attacks"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (INCIDENTS + CASES + "6,2004,1,NA,Namibia,0,0,0,0,0,\n", "got 6 again"),
        (INCIDENTS + CASES + ",2004,1,NA,Namibia,0,0,0,0,0,\n", "or none"),
        (INCIDENTS + CASES + "7,2004,1,XQ,Nowhere,0,0,0,0,0,\n", "XQ"),
        (INCIDENTS + CASES + "7,2004,1,,Atlantis,0,0,0,0,0,\n", "Atlantis"),
        (INCIDENTS + CASES + "7,2004,1,NA,Namibia,,0,0,0,0,\n", "incident 7 lacks its year or a number of people"),
        (INCIDENTS + CASES + "7,,1,NA,Namibia,1,0,0,0,1,\n", "incident 7 lacks its year"),
        (INCIDENTS + CASES + "7,2004,1,NA,Namibia,several,0,0,0,1,\n", '"several"'),
        (INCIDENTS.replace("Total affected", "Victims") + CASES, "missing Total affected"),
        ("<html>maintenance</html>\n", "missing year"),
    ],
)
def test_an_incident_that_cannot_be_counted_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        from_incidents(tmp_path, text)


def test_no_incident_and_nobody_is_lost(tmp_path: Path) -> None:
    table = from_incidents(tmp_path, INCIDENTS + CASES)
    assert table[["incidents", "killed", "wounded", "kidnapped", "affected"]].sum().tolist() == [6, 4, 1, 1, 7]
    rows = table.fillna({"area": ""}).set_index(["year", "iso3", "area"])["incidents"].to_dict()
    assert rows == {
        (2003, "NAM", ""): 1,
        (2003, "RUS", ""): 1,
        (2003, "RUS", "Chechnya"): 1,
        (2003, "UNK", "not told"): 1,
        (2004, "NAM", ""): 2,
    }


def test_an_attack_that_harmed_nobody_counts_as_an_attack(tmp_path: Path) -> None:
    table = from_incidents(tmp_path, INCIDENTS + CASES).set_index("year")
    assert table.at[2004, "incidents"] == 2
    assert table.at[2004, "affected"] == 1


def test_stories_of_attacks_are_not_read(tmp_path: Path) -> None:
    path = tmp_path / "security_incidents.csv"
    path.write_text(INCIDENTS + CASES)
    assert "Details" not in awsd._read(path).columns
    assert not any("story" in str(cell) for cell in awsd._read(path).to_numpy().ravel())


def test_a_fetch_leaves_the_vintages_alone(tmp_path: Path) -> None:
    class Nobody:
        """A session that is not to be asked."""

    assert awsd.download("awsd_vintages", tmp_path, Nobody()) == []  # type: ignore[arg-type]
    assert awsd.SOURCE.table("awsd_vintages").grows_by == "vintage"
