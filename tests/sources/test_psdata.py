"""Deaths in UN missions: the hub's JSON and CSV with one row a death, and sums, give one table."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from r2p_analysis.errors import ContractError, SourceError
from r2p_analysis.sources import psdata
from r2p_analysis.store.contracts import check

DEATH = {
    "id": 1, "incident_date": -678153600000, "casualty_id": "UNTSO-1948-07-02408", "mission_acronym": "UNTSO",
    "type_of_casualty": "Fatality", "gender": "M", "casualty_nationality": "France",
    "casualty_personnel_type": "Local ", "type_of_incident": "Malicious Act", "m49_code": 250.0, "isocode3": "FRA",
    "last_update": 1701129600000,
}  # fmt: skip
SUMS = "year,mission_acronym,type_of_incident,casualty_personnel_type,fatalities\n"


def deaths(tmp_path: Path, content: str, name: str) -> pd.DataFrame:
    path = tmp_path / name
    path.write_text(content)
    return check(psdata.parse("un_fatalities", [path]), psdata.SOURCE.table("un_fatalities"))


def answer(tmp_path: Path, *changes: dict[str, Any]) -> pd.DataFrame:
    return deaths(tmp_path, json.dumps([DEATH | change for change in changes]), "data_DPPADPOSS-FATALITIES_json.json")


def test_html_instead_of_an_answer_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="HTML"):
        deaths(tmp_path, "<html></html>", "data_DPPADPOSS-FATALITIES.json")


def test_a_date_that_is_none_is_refused(tmp_path: Path) -> None:
    text = ",".join(DEATH) + "\n" + ",".join(map(str, (DEATH | {"incident_date": "soon"}).values())) + "\n"
    with pytest.raises(SourceError, match='"soon"'):
        deaths(tmp_path, text, "data_DPPADPOSS-FATALITIES.csv")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"casualty_id": "UNTSO-1948-07-02408 "}, "stands twice"),
        ({"casualty_id": None}, "has no casualty_id"),
        ({"casualty_id": "2", "mission_acronym": None}, "has no mission_acronym"),
        ({"casualty_id": "2", "type_of_casualty": "Injury"}, 'of type "Injury"'),
        ({"casualty_id": "2", "incident_date": 1893456000000}, "a death of 2030-01-01 is later than the data"),
        ({"casualty_id": "2", "incident_date": "02/09/2014"}, "is no date"),
    ],
)
def test_rows_that_are_no_single_deaths_are_refused(tmp_path: Path, change: dict[str, Any], words: str) -> None:
    with pytest.raises(SourceError) as caught:
        answer(tmp_path, {}, change)
    assert words in str(caught.value)


def test_an_unknown_cause_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContractError, match="incident_type"):
        answer(tmp_path, {"type_of_incident": "Dragon"})


def test_milliseconds_before_1970_are_the_right_year_and_the_dead_are_counted(tmp_path: Path) -> None:
    table = answer(tmp_path, {}, {"casualty_id": "2"}, {"casualty_id": "3", "type_of_incident": "Illness"})
    assert set(table["year"]) == {1948}
    assert dict(zip(table["incident_type"], table["deaths"], strict=True)) == {"Malicious Act": 2, "Illness": 1}
    assert set(table["personnel_type"]) == {"Local"}, "a stray blank is no kind of personnel"
    assert not {"casualty_nationality", "gender", "id"} & set(table.columns), "nothing of single people is kept"


def test_the_year_in_which_the_data_were_taken_is_not_over(tmp_path: Path) -> None:
    table = answer(tmp_path, {"incident_date": 1672617600000}, {"casualty_id": "2", "incident_date": 1640995200000})
    assert dict(zip(table["year"], table["complete_year"], strict=True)) == {2022: True, 2023: False}


def test_iso_dates_of_the_csv_give_the_same_table(tmp_path: Path) -> None:
    row = DEATH | {"incident_date": "1948-07-06", "last_update": "2025-04-04"}
    text = ",".join(DEATH) + "\n" + ",".join(map(str, row.values())) + "\n"
    table = deaths(tmp_path, text, "data_DPPADPOSS-FATALITIES.csv")
    assert (int(table["year"].iloc[0]), int(table["deaths"].iloc[0])) == (1948, 1)


def test_sums_are_read_and_their_last_year_is_partial(tmp_path: Path) -> None:
    rows = "2024,UNIFIL,Illness,Local ,2\n2025,UNIFIL,Malicious Act,Military,1\n"
    table = deaths(tmp_path, SUMS + rows, "un_mission_fatalities_year_mission_type.csv")
    assert dict(zip(table["year"], table["complete_year"], strict=True)) == {2024: True, 2025: False}
    assert int(table["deaths"].sum()) == 3


def test_vintages_keep_zeros_and_mark_their_last_year(tmp_path: Path) -> None:
    path = tmp_path / "un_mission_fatalities_year_vintages.csv"
    path.write_text(
        ",".join(["year", *psdata.INCIDENTS, "vintage"])
        + "\n2022,15,48,32,1,8,3,2023-11-28\n2023,0,0,7,0,0,0,2023-11-28\n"
    )
    contract = psdata.SOURCE.table("un_fatalities_vintages")
    table = check(psdata.parse("un_fatalities_vintages", [path]), contract)
    assert len(table) == 12
    assert int(table["deaths"].sum()) == 114
    assert set(table.loc[~table["complete_year"], "year"]) == {2023}
