"""The World Bank's service: that all pages make the stored table again, and what it says with success."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from pytest_httpserver import HTTPServer

from fakes import QUICK, Handler, Patience, WorldBank, says, stored
from r2p_analysis.errors import SourceError
from r2p_analysis.sources import worldbank
from r2p_analysis.sources.http import Http
from r2p_analysis.sources.politeness import FetchSettings
from r2p_analysis.store.contracts import check

TABLE = "worldbank_population"
NO_DATA = '[{"page":0,"pages":0,"per_page":null,"total":0},null]'
MESSAGE = '[{"message":[{"id":"%s","key":"k","value":"%s"}]}]'


@pytest.fixture
def service(httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> WorldBank:
    monkeypatch.setattr(worldbank, "PAGE_ROWS", 5_000)
    return WorldBank(httpserver, stored(TABLE))


def take(service: WorldBank, folder: Path, patience: Patience | None = None) -> list[Path]:
    settings = FetchSettings(environment={"R2P_WORLDBANK_URL": service.base}, limits=QUICK)
    with Http(settings, (patience or Patience()).timing()) as session:
        return worldbank.download(TABLE, folder, session)


def test_all_pages_make_the_stored_table_again(service: WorldBank, tmp_path: Path) -> None:
    files = take(service, tmp_path)
    contract = worldbank.SOURCE.table(TABLE)
    assert len(files) == 3
    pd.testing.assert_frame_equal(check(worldbank.parse(TABLE, files), contract), check(stored(TABLE), contract))
    assert worldbank.release(TABLE, files) == "updated 2026-02-24"
    assert all(request.args["format"] == "json" for request in service.asked), "its own default is XML"


def test_400_is_throttling_and_waited_out(service: WorldBank, tmp_path: Path) -> None:
    service.instead[1] = says(400)
    patience = Patience()
    assert len(take(service, tmp_path, patience)) == 3
    assert 3 <= max(patience.slept) <= 6


def test_unavailable_with_success_is_waited_out(service: WorldBank, tmp_path: Path) -> None:
    service.instead[0] = says(200, MESSAGE % (105, "Service currently unavailable"))
    assert len(take(service, tmp_path)) == 3


@pytest.mark.parametrize(
    ("turn", "handler", "words"),
    [
        (0, says(200, MESSAGE % (120, "The provided parameter value is not valid")), "is not valid"),
        (0, says(200, MESSAGE % (105, "Service currently unavailable")), "currently unavailable"),
        (0, says(200, NO_DATA), "holds no rows"),
        (1, says(200, NO_DATA), "holds no rows"),
        (0, says(200, '[{"pages": 1, "total": 2}, [{"date": "2015"}]]'), "expected 2 rows on 1 pages, got 1"),
        (0, says(200, '[{"pages": null, "total": 2}, [{"date": "2015"}]]'), "expected a number of pages"),
        (0, says(200, '[["page"], [{"date": "2015"}]]'), "expected a number of pages"),
        (0, says(200, "<?xml version='1.0'?>"), "got HTML or XML"),
        (0, says(200, "null"), "holds no rows"),
        (0, says(400), "got 400, 3 times"),
    ],
)
def test_what_is_no_table_is_refused(
    service: WorldBank, tmp_path: Path, turn: int, handler: Handler, words: str
) -> None:
    if turn == 0:
        service.always = handler
    service.instead[turn] = handler
    with pytest.raises(SourceError) as caught:
        take(service, tmp_path)
    assert words in str(caught.value)
