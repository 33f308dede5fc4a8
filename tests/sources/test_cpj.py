"""CPJ's counts: the unit without a code is kept, media workers are missing before they were counted."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from r2p_analysis import countries
from r2p_analysis.errors import SourceError
from r2p_analysis.sources import cpj
from r2p_analysis.store.contracts import check

HEAD = "year,iso3,country,journalists_confirmed,journalists_unconfirmed,media_workers\n"
UNIT = "2014,,Israel and the Occupied Palestinian Territory,4,0,3\n"


def killed(tmp_path: Path, text: str) -> pd.DataFrame:
    path = tmp_path / "cpj_killed_year_country.csv"
    path.write_text(text)
    return check(cpj.parse("cpj_killed", [path]), cpj.SOURCE.table("cpj_killed"))


def test_a_new_unit_without_a_code_is_refused_and_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="Atlantis"):
        killed(tmp_path, HEAD + "2014,,Atlantis,4,0,3\n")


def test_an_unknown_code_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="XQZ"):
        killed(tmp_path, HEAD + "2014,XQZ,Nowhere,4,0,3\n")


def test_a_vintage_without_a_date_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cpj_killed_year_vintages.csv"
    path.write_text(HEAD.replace("iso3,country,", "").strip() + ",vintage\n2014,4,0,3,latest\n")
    with pytest.raises(SourceError, match="latest"):
        cpj.parse("cpj_vintages", [path])


def test_israel_and_the_opt_stay_one_place_of_their_own(tmp_path: Path) -> None:
    table = killed(tmp_path, HEAD + UNIT + "2014,SYR,Syria,17,0,0\n1999,YUG,Yugoslavia,6,0,0\n")
    assert set(table["iso3"]) == {"XIP", "SYR", "YUG"}
    assert int(table["journalists_confirmed"].sum()) == 27
    assert countries.get("XIP").in_text == "Israel and the Occupied Palestinian Territory"
    assert countries.get("XIP").kind == "pseudo", "no page is made for it"


def test_media_workers_are_missing_and_not_zero_before_2003(tmp_path: Path) -> None:
    table = killed(tmp_path, HEAD + "2002,SYR,Syria,1,0,0\n2003,SYR,Syria,1,0,0\n").set_index("year")
    assert table.isna().at[2002, "media_workers"]
    assert table.at[2003, "media_workers"] == 0


def test_the_date_of_a_vintage_tells_which_years_were_over(tmp_path: Path) -> None:
    path = tmp_path / "cpj_killed_year_vintages.csv"
    head = "year,journalists_confirmed,journalists_unconfirmed,media_workers,vintage\n"
    rows = "2019,26,1,1,2020-11\n2020,18,1,1,2020-11\n2025,46,15,1,2025 (last entry 2025-08-25)\n"
    path.write_text(head + rows)
    table = check(cpj.parse("cpj_vintages", [path]), cpj.SOURCE.table("cpj_vintages"))
    assert list(table["vintage"]) == ["2020-11", "2020-11", "2025-08-25"]
    assert list(table["complete_year"]) == [True, False, False]


# --- CPJ's own list, with one row a person

NEWER = "status,entry_date,ambiguous_entry_date,journalist/media worker_name,role,country,motive\n"
OLDER = '"year","combinedStatus","fullName","type","status","country","motiveConfirmed","motive"\n'
PEOPLE = (
    "Killed,6/30/14,,A. Person,Journalist,Syria,Confirmed\n"
    "Killed,1/1/99,,B. Person,Journalist,Yugoslavia,Unconfirmed\n"
    "Killed,2014-02-03,,C. Person,Media Worker,Syria,N/A\n"
    'Killed,"May 1, 2014",,D. Person,Media Worker,Israel and the Occupied Palestinian Territory,Confirmed\n'
    "Imprisoned,6/30/14,,E. Person,Journalist,Syria,Confirmed\n"
    "Killed,8/25/25,,F. Person,Journalist,Namibia,Confirmed\n"
)


def from_people(tmp_path: Path, text: str) -> pd.DataFrame:
    path = tmp_path / "cpj_export.csv"
    path.write_text(text, encoding="utf-8")
    return check(cpj.parse("cpj_killed", [path]), cpj.SOURCE.table("cpj_killed"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (NEWER + PEOPLE + "Killed,6/30/14,,G. Person,Journalist,Atlantis,Confirmed\n", "Atlantis"),
        (NEWER + PEOPLE + "Killed,6/30/14,,G. Person,Journalist,,Confirmed\n", "1 people have no country"),
        (NEWER + PEOPLE + "Killed,6/30/14,,G. Person,Blogger,Syria,Confirmed\n", '"Blogger" with motive "Confirmed"'),
        (NEWER + PEOPLE + "Killed,6/30/14,,G. Person,Journalist,Syria,\n", "with motive"),
        (NEWER + PEOPLE + "Killed,last summer,,G. Person,Journalist,Syria,Confirmed\n", "last summer"),
        (NEWER.replace("motive", "cause") + PEOPLE, "missing motive"),
        (NEWER + "Imprisoned,6/30/14,,E. Person,Journalist,Syria,Confirmed\n", "status Killed, got none"),
    ],
)
def test_a_person_who_cannot_be_counted_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        from_people(tmp_path, text)


def test_everybody_killed_is_counted_once_and_nobody_else(tmp_path: Path) -> None:
    table = from_people(tmp_path, NEWER + PEOPLE)
    counted = table[["journalists_confirmed", "journalists_unconfirmed", "media_workers"]].sum().sum()
    assert int(counted) == 5
    rows = table.fillna(-1).set_index(["year", "iso3"]).drop(columns="complete_year").T.to_dict("list")
    assert rows == {
        (1999, "YUG"): [0, 1, -1],
        (2014, "SYR"): [1, 0, 1],
        (2014, "XIP"): [0, 0, 1],
        (2025, "NAM"): [1, 0, 0],
    }
    assert set(table.loc[~table["complete_year"], "year"]) == {2025}


def test_the_motive_of_an_older_export_is_not_the_charge_of_a_prisoner(tmp_path: Path) -> None:
    rows = '"2014","Confirmed","A. Person","Journalist","Killed","Syria","Confirmed",""\n'
    rows += '"2014","Unconfirmed","B. Person","Journalist","Killed","Syria","Unconfirmed",""\n'
    rows += '"2014","Killed","C. Person","Media Worker","Killed","Syria","N/A",""\n'
    table = from_people(tmp_path, OLDER + rows)
    assert table.loc[0, ["journalists_confirmed", "journalists_unconfirmed", "media_workers"]].tolist() == [1, 1, 1]


def test_names_are_not_read(tmp_path: Path) -> None:
    path = tmp_path / "cpj_export.csv"
    path.write_text(NEWER + PEOPLE)
    assert not any("Person" in str(cell) for cell in cpj._read(path).to_numpy().ravel())
