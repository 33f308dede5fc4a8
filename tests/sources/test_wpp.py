"""World Population Prospects in the producer's own files: people and not thousands, countries and the world."""

from __future__ import annotations

import gzip
from pathlib import Path

import pandas as pd
import pytest

from r2p_analysis.errors import R2PError, SourceError
from r2p_analysis.sources import archives, wpp
from r2p_analysis.store.contracts import check

HEAD = "SortOrder,LocID,ISO3_code,LocTypeName,Location,Variant,Time,TPopulation1Jan,TPopulation1July\n"
ROWS = (
    "1,900,,World,World,Medium,2023,1,4663.096\n"
    "1,900,,World,World,Medium,2024,1,3030.131\n"
    "2,947,,SDG region,Sub-Saharan Africa,Medium,2023,1,1.5\n"
    "3,516,NAM,Country/Area,Namibia,Medium,2023,1,2963.095\n"
    "3,516,NAM,Country/Area,Namibia,High,2023,1,9999\n"
    "3,516,NAM,Country/Area,Namibia,Medium,2024,1,3030.131\n"
    "3,516,NAM,Country/Area,Namibia,Medium,2025,1,3092.816\n"
    "4,412,XKX,Country/Area,Kosovo (under UNSC res. 1244),Medium,2023,1,1700.0005\n"
)
NAME = "WPP2024_Demographic_Indicators_Medium.csv.gz"


def populations(tmp_path: Path, text: str, name: str = NAME, packed: bool = True) -> pd.DataFrame:
    path = tmp_path / name
    raw = text.encode("utf-8-sig")
    path.write_bytes(gzip.compress(raw) if packed else raw)
    return check(wpp.parse("wpp_population", [path]), wpp.SOURCE.table("wpp_population"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD + ROWS + "3,516,NAM,Country/Area,Namibia,Medium,2022,1,\n", "NAM has a year without"),
        (HEAD + ROWS + "3,516,NAM,Country/Area,Namibia,Medium,2022,1,...\n", "NAM has a year without"),
        (HEAD + ROWS + "3,516,NAM,Country/Area,Namibia,Medium,2023,1,17\n", "NAM in 2023 has two numbers"),
        (HEAD + ROWS.replace("NAM,", "NAN,"), 'codes, got "NAN"'),
        (HEAD + ROWS.replace("NAM,", ","), "Namibia is a country without a code"),
        (HEAD + ROWS.replace("NAM,Country/Area", ",Region"), "countries of 2023 add up to 1,700,000 people, and the"),
        (HEAD + ROWS.replace("4663.096", "4653.096"), "add up to 4,663,095 people, and the world has 4,653,096"),
        (HEAD + ROWS.replace("1,900,,World,World,Medium,2024,1,3030.131\n", ""), "2024 has countries and no world"),
        (HEAD.replace("TPopulation1July", "Persons") + ROWS, "missing TPopulation1July"),
        (HEAD.replace("ISO3_code", "Code") + ROWS, "missing ISO3_code"),
    ],
)
def test_figures_that_are_missing_or_two_are_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(R2PError, match=said):
        populations(tmp_path, text)


def test_a_file_broken_off_and_one_that_bursts_are_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / NAME
    path.write_bytes(gzip.compress((HEAD + ROWS * 50).encode())[:-9])
    with pytest.raises(SourceError, match="cannot be unpacked"):
        wpp.parse("wpp_population", [path])
    monkeypatch.setattr(archives, "_SMALL", 1_000)
    path.write_bytes(gzip.compress(b"0" * 10_000_000))
    with pytest.raises(SourceError, match="bursts"):
        wpp.parse("wpp_population", [path])


@pytest.mark.parametrize("packed", [True, False])
def test_people_of_mid_year_not_thousands_of_countries_and_the_world(tmp_path: Path, packed: bool) -> None:
    found = populations(tmp_path, HEAD + ROWS, packed=packed)
    assert {(row.iso3, row.year): row.population for row in found.itertuples()} == {
        ("WLD", 2023): 4_663_096,
        ("WLD", 2024): 3_030_131,
        ("NAM", 2023): 2_963_095,
        ("NAM", 2024): 3_030_131,
        ("XKX", 2023): 1_700_000,
    }


def test_the_file_of_populations_by_sex_gives_the_same(tmp_path: Path) -> None:
    text = (HEAD + ROWS).replace("TPopulation1July", "PopTotal")
    found = populations(tmp_path, text, "WPP2024_TotalPopulationBySex.csv.gz")
    assert len(found) == 5
