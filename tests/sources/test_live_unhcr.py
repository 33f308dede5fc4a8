"""UNHCR's service: what is asked, that all pages make the stored tables again, and what is refused."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pytest_httpserver import HTTPServer

from fakes import ENDPOINTS, QUICK, Handler, Patience, Unhcr, envelope, says, stored
from r2p_analysis.errors import ContractError, R2PError, SourceError
from r2p_analysis.sources import LiveModule, idmc, source_of, unhcr, unhcr_service, unrwa
from r2p_analysis.sources.http import Http
from r2p_analysis.sources.politeness import FetchSettings
from r2p_analysis.sources.raw import NOTES
from r2p_analysis.store.contracts import check

YEARS = (2014, 2015)
ROWS = 4_000


@pytest.fixture(scope="module")
def frames() -> dict[str, pd.DataFrame]:
    return {endpoint: stored(table, YEARS) for endpoint, table in ENDPOINTS.items()}


@pytest.fixture
def service(httpserver: HTTPServer, frames: dict[str, pd.DataFrame], monkeypatch: pytest.MonkeyPatch) -> Unhcr:
    monkeypatch.setattr(unhcr_service, "PAGE_ROWS", ROWS)
    return Unhcr(httpserver, frames)


def take(service: Unhcr, folder: Path, table: str) -> list[Path]:
    module, _ = source_of(table)
    assert isinstance(module, LiveModule)
    settings = FetchSettings(environment={"R2P_UNHCR_URL": service.base}, limits=QUICK)
    with Http(settings, Patience().timing()) as session:
        return module.download(table, folder, session)


@pytest.mark.parametrize("table", ENDPOINTS.values())
def test_all_pages_make_the_stored_table_again(
    service: Unhcr, tmp_path: Path, frames: dict[str, pd.DataFrame], table: str
) -> None:
    files = take(service, tmp_path, table)
    module, contract = source_of(table)
    made = check(module.parse(table, files), contract)
    before = check(next(frames[e] for e, t in ENDPOINTS.items() if t == table), contract)
    pd.testing.assert_frame_equal(made, before)
    assert len(files) == -(-len(before) // ROWS)
    notes = json.loads((tmp_path / NOTES).read_text())
    assert [note["file"] for note in notes] == [path.name for path in files]


@pytest.mark.slow
@pytest.mark.parametrize("table", ENDPOINTS.values())
def test_whole_series_of_all_years_are_equal_to_the_embedded_ones(
    httpserver: HTTPServer, tmp_path: Path, table: str
) -> None:
    endpoint = next(e for e, t in ENDPOINTS.items() if t == table)
    files = take(Unhcr(httpserver, {endpoint: stored(table)}), tmp_path, table)
    module, contract = source_of(table)
    pd.testing.assert_frame_equal(check(module.parse(table, files), contract), check(stored(table), contract))


def test_the_question_is_put_so_that_the_service_cannot_mistake_it(service: Unhcr, tmp_path: Path) -> None:
    take(service, tmp_path, "unhcr_population")
    pages = [request.args for request in service.asked]
    assert len(pages) > 1
    for number, asked in enumerate(pages, start=1):
        assert asked["yearFrom"] == "1951"
        assert asked["yearTo"] == str(datetime.now(UTC).year), "one bound alone would be ignored"
        assert (asked["coo_all"], asked["coa_all"], asked["cf_type"]) == ("true", "true", "ISO")
        assert (asked["limit"], asked["page"]) == (str(ROWS), str(number))
    take(service, tmp_path, "unhcr_demographics")
    assert service.asked[-1].args["ptype_show"] == "true"


def test_flows_are_not_served(service: Unhcr, tmp_path: Path) -> None:
    assert take(service, tmp_path, "unhcr_flows") == []
    assert service.asked == []


def page_of(items: list[dict[str, Any]], pages: int = 3) -> Handler:
    return says(200, envelope(items, 1, pages))


@pytest.mark.parametrize(
    ("turn", "handler", "words"),
    [
        (0, page_of([], 0), "holds no rows"),
        (1, page_of([]), "page 2: the answer holds no rows"),
        (0, says(200, b"[]"), "expected items and maxPages"),
        (0, says(200, b'{"items": [1], "maxPages": 1}'), "expected items and maxPages"),
        (0, page_of([{"year": 2015}], 10**9), "at most 1,000 pages"),
        (1, page_of([{"year": 2015}], 7), "expected 3 pages as on page 1, got 7"),
        (1, page_of([{"year": 2015}], 3), "expected 4,000 rows as on page 1, got 1"),
        (0, page_of([{"year": 1066}]), "expected years 1951 to"),
        (0, page_of([{"jahr": 2015}]), "got None"),
    ],
)
def test_pages_that_are_no_whole_are_refused(
    service: Unhcr, tmp_path: Path, turn: int, handler: Handler, words: str
) -> None:
    service.instead[turn] = handler
    with pytest.raises(SourceError) as caught:
        take(service, tmp_path, "unhcr_population")
    assert words in str(caught.value)


def renamed(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{("refugees_new" if key == "refugees" else key): cell for key, cell in row.items()} for row in items]


def unknown_country(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [items[0] | {"coo_iso": "QQQ"}, *items[1:]]


def twice(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [items[1], *items[1:]]


def words_for_numbers(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [items[0] | {"refugees": "many"}, *items[1:]]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (renamed, "missing refugees"),
        (unknown_country, "unknown codes QQQ"),
        (twice, "not unique"),
        (words_for_numbers, 'got "many"'),
    ],
)
def test_rows_that_break_the_contract_are_refused(service: Unhcr, tmp_path: Path, change: Any, words: str) -> None:
    service.change = change
    files = take(service, tmp_path, "unhcr_population")
    with pytest.raises((SourceError, ContractError)) as caught:
        check(unhcr.parse("unhcr_population", files), unhcr.SOURCE.table("unhcr_population"))
    assert words in str(caught.value)


def test_a_new_column_does_no_harm(service: Unhcr, tmp_path: Path, frames: dict[str, pd.DataFrame]) -> None:
    service.change = lambda items: [row | {"climate": 5} for row in items]
    made = idmc.parse("idmc_conflict_idps", take(service, tmp_path, "idmc_conflict_idps"))
    assert made["conflict_idps"].tolist() == frames["idmc"]["conflict_idps"].tolist()


def test_html_with_success_in_the_middle_heals(service: Unhcr, tmp_path: Path, frames: dict[str, pd.DataFrame]) -> None:
    service.instead[1] = says(200, b"<html>edge</html>")
    files = take(service, tmp_path, "unhcr_population")
    assert len(unhcr.parse("unhcr_population", files)) == len(frames["population"])


def test_no_answer_of_any_shape_is_more_than_an_error_of_the_project(service: Unhcr, tmp_path: Path) -> None:
    for body in ("null", "3", '"x"', "{}", '{"items": {}, "maxPages": "2"}', '{"items": null, "maxPages": null}'):
        service.always = says(200, body)
        with pytest.raises(R2PError):
            take(service, tmp_path, "unrwa_palestine_refugees")
    assert unrwa.SOURCE.service == unhcr_service.SERVICE.base
