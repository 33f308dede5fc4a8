"""UCDP's releases by the names of files: none is taken for another, and candidates for none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from r2p_analysis.errors import SourceError
from r2p_analysis.sources import ucdp
from r2p_analysis.sources.files import matching
from r2p_analysis.sources.ucdp_releases import release_of

HEADER = "id,country_id,type_of_violence,date_start,date_end,deaths_civilians,best,low,high\n"


@pytest.mark.parametrize(
    ("name", "release"),
    [
        ("ged261-csv.zip", "26.1"),
        ("ged261-csv (1).zip", "26.1"),
        ("ged261-csv(2).zip", "26.1"),
        ("ucdp-brd-dyadic-251-csv.zip", "25.1"),
        ("organizedviolencecy-261-csv (1).zip", "26.1"),
        ("GEDEvent_v26_1.csv", "26.1"),
        ("OneSided_v25_1.csv.gz", "25.1"),
        ("gedevents-26.1-0417.json", "26.1"),
        ("GEDEvent_v26_0_8.csv", ""),
        ("page0.json", ""),
    ],
)
def test_names_tell_their_release_also_as_a_browser_saves_them(name: str, release: str) -> None:
    assert release_of(Path(name)) == release


def test_copies_of_a_browser_are_found_and_strangers_are_not(tmp_path: Path) -> None:
    for name in ("ged261-csv (1).zip", "ged261-csv of mine.zip", "ged261-csv (draft).zip"):
        (tmp_path / name).touch()
    stems = ucdp.SOURCE.table("ucdp_events_months").stems
    assert [path.name for path in matching(tmp_path, stems)] == ["ged261-csv (1).zip"]


@pytest.mark.parametrize("name", ["GEDEvent_v26_0_8.csv", "GEDEvent_v26_01_26_06.csv", "GEDEvent_v26_9_7.csv"])
def test_candidate_events_are_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(HEADER + "1,652,1,2026-01-03,2026-01-04,0,2,3,1\n")
    with pytest.raises(SourceError, match="candidate events, which are preliminary"):
        ucdp.parse("ucdp_events_months", [path])


def test_candidate_events_are_known_by_the_address_of_the_next_page(tmp_path: Path) -> None:
    path = tmp_path / "gedevents.json"
    following = "https://ucdpapi.pcr.uu.se/api/gedevents/26.0.8?pagesize=1&page=1"
    path.write_text(json.dumps({"TotalCount": 2, "TotalPages": 2, "NextPageUrl": following, "Result": [{"id": 1}]}))
    with pytest.raises(SourceError, match="candidate events"):
        ucdp.parse("ucdp_events_months", [path])


def test_events_without_figures_are_not_summed_as_none(tmp_path: Path) -> None:
    path = tmp_path / "GEDEvent_v26_1.csv"
    path.write_text(HEADER + "1,652,1,2025-01-03,2025-01-04,0,,3,1\n")
    with pytest.raises(SourceError, match="an event has no best"):
        ucdp.parse("ucdp_events_months", [path])
    path.write_text(HEADER)
    with pytest.raises(SourceError, match="expected events, got none"):
        ucdp.parse("ucdp_events_months", [path])


def test_two_releases_in_one_folder_are_refused(tmp_path: Path) -> None:
    files = [tmp_path / "GEDEvent_v26_1.csv", tmp_path / "GEDEvent_v25_1.csv"]
    with pytest.raises(SourceError, match=r"got 25\.1 and 26\.1"):
        ucdp.parse("ucdp_events_months", files)


def test_a_credit_line_never_invents_a_publication() -> None:
    assert "Öberg 2025" in ucdp.attribution("25.1")
    for release in ("26.1", "25.10", "release not told", ""):
        assert "Davies" not in ucdp.attribution(release)
