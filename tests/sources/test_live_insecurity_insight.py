"""Insecurity Insight's service: six overviews or none, and the stored table again."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest
from pytest_httpserver import HTTPServer

from fakes import DAMAGES, QUICK, Handler, Patience, Sind, says, stored
from r2p_analysis.errors import R2PError, SourceError
from r2p_analysis.sources import insecurity_insight as source
from r2p_analysis.sources.http import Http
from r2p_analysis.sources.politeness import FetchSettings
from r2p_analysis.store.contracts import check

CONTRACT = source.SOURCE.table("insecurity_insight_events")
THEMES = 6
YEARS = (2023, 2025)


@pytest.fixture
def sind(httpserver: HTTPServer) -> Sind:
    return Sind(httpserver, stored(CONTRACT.name, YEARS))


def take(sind: Sind, folder: Path) -> list[Path]:
    settings = FetchSettings(environment={sind.variable: sind.base}, limits=QUICK)
    with Http(settings, Patience().timing()) as session:
        return source.download(CONTRACT.name, folder, session)


def of(sind: Sind, folder: Path) -> pd.DataFrame:
    return check(source.parse(CONTRACT.name, take(sind, folder)), CONTRACT)


@pytest.mark.parametrize("newer", [False, True], ids=["keys of 2024", "keys of 2025"])
def test_all_overviews_make_the_embedded_table_again(httpserver: HTTPServer, tmp_path: Path, newer: bool) -> None:
    made = of(Sind(httpserver, stored(CONTRACT.name), newer=newer), tmp_path)
    pd.testing.assert_frame_equal(made, check(stored(CONTRACT.name), CONTRACT))


def test_each_overview_is_asked_for_once(sind: Sind, tmp_path: Path) -> None:
    files = take(sind, tmp_path)
    assert len({request.path for request in sind.asked}) == len(sind.asked) == len(files) == THEMES
    assert not [request for request in sind.asked if "foodSecurity" in request.path]
    assert source.SERVICE.interval >= 1


@pytest.mark.parametrize(
    ("handler", "words"),
    [
        (says(200, b"[]"), "holds no rows"),
        (says(200, b'{"error": "no"}'), "expected a list of rows"),
        (says(200, b'["x"]'), "expected a list of rows"),
        (says(200, json.dumps([{"Year": "1066"}])), "got 1066"),
        (says(200, json.dumps([{"Year": str(datetime.now(UTC).year + 1)}])), f"got {datetime.now(UTC).year + 1}"),
        (says(200, json.dumps([{"Jahr": "2020"}])), "got None"),
        (says(503, b"waking up"), "503"),
        (says(200, b"<html>sleeping</html>"), "HTML"),
    ],
)
@pytest.mark.parametrize("turn", [0, THEMES - 1])
def test_a_theme_that_fails_fails_all(sind: Sind, tmp_path: Path, turn: int, handler: Handler, words: str) -> None:
    sind.instead = dict.fromkeys(range(turn, turn + QUICK.tries), handler)
    with pytest.raises(SourceError) as caught:
        take(sind, tmp_path)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_service_that_wakes_up_is_waited_for(sind: Sind, tmp_path: Path) -> None:
    sind.instead[0] = says(503, b"waking up")
    assert len(of(sind, tmp_path)) == len(stored(CONTRACT.name, YEARS))


@pytest.mark.parametrize("damage", [damage for damage in DAMAGES if damage != "new column"])
def test_damaged_answers_are_refused_in_one_line(sind: Sind, tmp_path: Path, damage: str) -> None:
    sind.damage = damage
    with pytest.raises(R2PError) as caught:
        of(sind, tmp_path)
    assert "\n" not in str(caught.value)


def test_a_new_column_does_no_harm(sind: Sind, tmp_path: Path) -> None:
    sind.damage = "new column"
    assert len(of(sind, tmp_path)) == len(stored(CONTRACT.name, YEARS))
