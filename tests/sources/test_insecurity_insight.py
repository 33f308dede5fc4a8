"""Insecurity Insight: numbers in text, keys with slips, parts of countries, and years that are not over."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from r2p_analysis.errors import SourceError
from r2p_analysis.sources import insecurity_insight as source
from r2p_analysis.sources.files import matching
from r2p_analysis.store.contracts import check

CONTRACT = source.SOURCE.table("insecurity_insight_events")
SLIP = "Number of Attacks on Health Facilities Reporting Damege or Dest"
HEALTH = {
    "Country": "OPT", "Year": "2023", "Country ISO": "PSE", "Number Of Events": "766", SLIP: "0",
    "Health Workers Killed": "4", "Health Workers Injured": "10", "Health Workers Kidnapped": "1",
    "Health Workers Arrested": "5",
}  # fmt: skip
BOMBS = {"Country": "Somalia", "Year": "2023", "Country ISO": "SOM", "Number Of Events": "17"}


def table(tmp_path: Path, **files: list[dict[str, Any]]) -> pd.DataFrame:
    for name, rows in files.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(rows))
    found = matching(tmp_path, CONTRACT.stems, CONTRACT.every_stem)
    assert len(found) == len(files)
    return check(source.parse(CONTRACT.name, found), CONTRACT)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([HEALTH | {"Number Of Events": "several"}], '"several"'),
        ([HEALTH | {"Country ISO": "XQZ"}], "XQZ"),
        ([{k: v for k, v in HEALTH.items() if k != SLIP}], "Damage"),
        ([HEALTH | {SLIP.replace("Damege", "Damage"): "0"}], "one of the columns"),
        ([HEALTH, HEALTH], "stands twice"),
    ],
)
def test_what_cannot_be_read_is_refused(tmp_path: Path, rows: list[dict[str, Any]], said: str) -> None:
    with pytest.raises(SourceError, match=said):
        table(tmp_path, healthcareOverview=rows)


AID = {
    "Country": "Mali", "Year": "2023", "Country ISO": "MLI", "Number Of Events": "6",
    "Total Aid Workers KIKA Victims": "10", "Total Aid Workers Killed": "1", "Total Aid Workers Injured": "2",
    "Total Aid Workers Kidnapped": "0", "Total Aid Workers Arrested": "8",
}  # fmt: skip


@pytest.mark.parametrize("victims", ["20", "7"])
def test_aid_workers_that_do_not_fit_their_own_total_are_refused(tmp_path: Path, victims: str) -> None:
    assert len(table(tmp_path, aidWorkerKIKAOverview=[AID])) == 1
    with pytest.raises(SourceError, match=r"MLI 2023: .*do not fit"):
        table(tmp_path, aidWorkerKIKAOverview=[AID | {"Total Aid Workers KIKA Victims": victims}])


def test_names_of_columns_of_both_years_are_known(tmp_path: Path) -> None:
    mended = {key.replace("Damege", "Damage"): cell for key, cell in HEALTH.items()}
    found = table(tmp_path, healthcareOverview=[mended | {SLIP.replace("Damege", "Damage"): "3"}], svOverview=[BOMBS])
    assert int(found.set_index("theme").at["health_care", "sites"]) == 3
    assert int(found.set_index("theme").at["sexual_violence", "events"]) == 17


def test_a_file_of_another_theme_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "foodSecurityOverview.json"
    path.write_text("[]")
    with pytest.raises(SourceError, match="no known theme"):
        source.parse(CONTRACT.name, [path])


def test_numbers_written_as_text_are_numbers_and_what_a_theme_lacks_is_missing(tmp_path: Path) -> None:
    found = table(tmp_path, healthcareOverview=[HEALTH], explosiveWeaponsOverview=[BOMBS]).set_index("theme")
    assert (found.at["health_care", "events"], found.at["health_care", "killed"]) == (766, 4)
    assert found.isna().at["explosive_weapons", "killed"], "the overview holds no people: missing, not zero"
    assert found.isna().at["health_care", "area"], "OPT is the State of Palestine and no part of it"


def test_parts_of_a_country_under_its_code_are_two_rows_and_none_is_lost(tmp_path: Path) -> None:
    part = BOMBS | {"Country": "Puntland", "Number Of Events": "1"}
    found = table(tmp_path, explosiveWeaponsOverview=[BOMBS, part])
    assert int(found["events"].sum()) == 18
    assert set(found["iso3"]) == {"SOM"}
    assert set(found["area"].dropna()) == {"Puntland"}


def test_events_at_sea_are_kept_under_no_country(tmp_path: Path) -> None:
    found = table(
        tmp_path, healthcareOverview=[HEALTH, HEALTH | {"Country": "International Waters", "Country ISO": None}]
    )
    assert set(found["iso3"]) == {"PSE", "UNK"}


def test_the_last_year_of_each_theme_is_not_over(tmp_path: Path) -> None:
    found = table(
        tmp_path,
        healthcareOverview=[HEALTH, HEALTH | {"Year": "2024"}],
        explosiveWeaponsOverview=[BOMBS, BOMBS | {"Year": "2024"}, BOMBS | {"Year": "2025"}],
    )
    complete = found[found["complete_year"]].groupby("theme")["year"].max()
    assert dict(complete) == {"health_care": 2023, "explosive_weapons": 2024}
