"""The hub's deaths: whole pages, each death once, the rows of the CSV; and the stored table again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from fakes import DAMAGES, QUICK, Handler, Hub, Patience, one_row_a_death, says, stored
from r2p_analysis.errors import R2PError, SourceError
from r2p_analysis.sources import psdata, psdata_service
from r2p_analysis.sources.http import Http
from r2p_analysis.sources.politeness import FetchSettings
from r2p_analysis.store.contracts import check

CONTRACT = psdata.SOURCE.table("un_fatalities")


@pytest.fixture
def hub(httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> Hub:
    monkeypatch.setattr(psdata_service, "PAGE_ROWS", 200)
    return Hub(httpserver, {psdata.DATASET: one_row_a_death(stored(CONTRACT.name, (2012, 2015)))})


def take(hub: Hub, folder: Path, table: str = CONTRACT.name) -> list[Path]:
    settings = FetchSettings(environment={hub.variable: hub.base}, limits=QUICK)
    with Http(settings, Patience().timing()) as session:
        return psdata.download(table, folder, session)


def of(hub: Hub, folder: Path) -> pd.DataFrame:
    return check(psdata.parse(CONTRACT.name, take(hub, folder)), CONTRACT)


def rows(*numbers: int, **cells: Any) -> Handler:
    return says(200, json.dumps([{"casualty_id": f"X-{number}", **cells} for number in numbers]))


def test_every_death_of_all_years_makes_the_embedded_table_again(httpserver: HTTPServer, tmp_path: Path) -> None:
    whole = stored(CONTRACT.name)
    made = of(Hub(httpserver, {psdata.DATASET: one_row_a_death(whole)}), tmp_path)
    pd.testing.assert_frame_equal(made, check(whole, CONTRACT))
    assert set(made.loc[~made["complete_year"], "year"]) == {2025}


def test_pages_are_asked_for_until_one_is_not_full(hub: Hub, tmp_path: Path) -> None:
    files = take(hub, tmp_path)
    number = len(hub.datasets[psdata.DATASET])
    assert len(files) == number // 200 + 1 > 2
    assert [request.args.get("page_num") for request in hub.asked] == [*map(str, range(1, len(files) + 1)), None]
    assert {request.args["per_page"] for request in hub.asked[:-1]} == {"200"}
    assert psdata.release(CONTRACT.name, files) == "updated 2025-04-04"


def test_a_last_page_that_is_full_is_followed_by_an_empty_one(
    hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(psdata_service, "PAGE_ROWS", len(hub.datasets[psdata.DATASET]))
    assert len(take(hub, tmp_path)) == 1
    assert len(hub.asked) == 3


def test_a_service_that_gives_all_rows_at_once_is_asked_no_further(hub: Hub, tmp_path: Path) -> None:
    hub.instead[0] = lambda request: hub.truth(Request({**request.environ, "QUERY_STRING": ""}))
    assert len(take(hub, tmp_path)) == 1
    assert len(hub.asked) == 2


@pytest.mark.parametrize(
    ("turn", "handler", "words"),
    [
        (0, says(200, b"[]"), "holds no rows"),
        (0, says(200, b'{"rows": []}'), "expected a list of rows"),
        (0, says(200, b"[1]"), "expected a list of rows"),
        (0, says(200, b'[{"id": 1}]'), "expected casualty_id in each row"),
        (0, rows(1, 2, 1), "casualty_id X-1 stands twice"),
        (1, rows(1), "expected 201 rows as in the JSON"),
        (-1, says(200, b"<html>ill</html>"), "got something else with HTTP 200"),
        (-1, says(200, b""), "not a CSV file"),
    ],
)
def test_answers_that_are_no_whole_are_refused(
    hub: Hub, tmp_path: Path, turn: int, handler: Handler, words: str
) -> None:
    last = len(hub.datasets[psdata.DATASET]) // 200 + 1
    # An answer of another kind is asked for again: it stays as it is.
    hub.instead = dict.fromkeys(range(last, last + 5), handler) if turn < 0 else {turn: handler}
    with pytest.raises(SourceError) as caught:
        take(hub, tmp_path)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_rows_that_move_between_pages_are_noticed(hub: Hub, tmp_path: Path) -> None:
    def moved(request: Request) -> Response:
        hub.datasets = {psdata.DATASET: hub.datasets[psdata.DATASET].sort_values("id", ascending=False)}
        return hub.truth(request)

    hub.instead[2] = moved
    with pytest.raises(SourceError, match="stands twice; the data moved"):
        take(hub, tmp_path)


def test_pages_without_end_are_given_up(hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(psdata_service, "MOST_PAGES", 2)
    with pytest.raises(SourceError, match="at most 2 pages"):
        take(hub, tmp_path)


@pytest.mark.parametrize("damage", [damage for damage in DAMAGES if damage != "new column"])
def test_damaged_answers_are_refused_in_one_line(hub: Hub, tmp_path: Path, damage: str) -> None:
    hub.damage = damage
    with pytest.raises(R2PError) as caught:
        of(hub, tmp_path)
    assert "\n" not in str(caught.value)


def test_a_new_column_does_no_harm(hub: Hub, tmp_path: Path) -> None:
    hub.damage = "new column"
    assert int(of(hub, tmp_path)["deaths"].sum()) == len(hub.datasets[psdata.DATASET])


def test_older_states_of_the_data_are_not_served(hub: Hub, tmp_path: Path) -> None:
    assert take(hub, tmp_path, "un_fatalities_vintages") == []
    assert hub.asked == []


def test_html_with_success_in_the_middle_heals(hub: Hub, tmp_path: Path) -> None:
    hub.instead[1] = says(200, b"<html>edge</html>")
    assert int(of(hub, tmp_path)["deaths"].sum()) == len(hub.datasets[psdata.DATASET])
