"""UCDP's API: a token, pages from zero, text for numbers, and names of columns other than the downloads'."""

from __future__ import annotations

import io
import json
import math
import re
from typing import Any

import pandas as pd
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from fakes.base import Fake, serves, stored
from fakes.ucdp import as_ucdp_publishes
from r2p_analysis.sources.ucdp_api import RESOURCES
from r2p_analysis.sources.ucdp_releases import this_year

TOKEN = "secret-of-uppsala"
_IN_API = {"side_a_id": "side_a_Id", "side_b_id": "side_b_Id"}
_PLACES = ("country_id", "gwnoa", "gwno_loc")
# Resources of which every field is text; the others write numbers as numbers, but for ids of actors.
_ALL_TEXT = ("battledeaths", "ucdpprioconflict")
_TEXT = ("actor_id", "actor_name", "actor_name_fulltext", "gwnoa", "os_dyad_names", "version")
EVENTS = "ucdp_events_months"


def some_events(number: int) -> pd.DataFrame:
    """Events as the API gives them, two to a month."""
    months = [1 + place // 2 % 12 for place in range(number)]
    return pd.DataFrame(
        {
            "id": range(1, number + 1),
            "year": 2015,
            "active_year": [place % 9 != 0 for place in range(number)],
            "type_of_violence": [1 + place % 3 for place in range(number)],
            "where_prec": 6,
            "where_description": "a\nb, c",
            "country_id": 652,
            "date_start": [f"2015-{month:02}-03T00:00:00" for month in months],
            "date_end": [f"2015-{month:02}-04T00:00:00" for month in months],
            "deaths_civilians": 1,
            "best": 5,
            "high": 3,
            "low": 7,
        }
    )


def as_api_gives(table: str, frame: pd.DataFrame, release: str) -> list[dict[str, Any]]:
    """A stored table, or events, as rows of the API."""
    resource = RESOURCES[table]
    if table == EVENTS:
        return frame.astype(object).to_dict("records")
    text = pd.read_csv(
        io.BytesIO(as_ucdp_publishes(table, frame)), dtype="string", keep_default_na=False, encoding="utf-8-sig"
    )
    text = text.rename(columns=lambda name: _IN_API.get(name, name.removesuffix("_cy").replace("main_govt_", "govt_")))
    text["version"] = release
    rows = []
    for row in text.to_dict("records"):
        cells = {name: cell if cell != "" else None for name, cell in row.items()}
        if resource not in _ALL_TEXT:
            cells = {n: int(c) if n not in _TEXT and c is not None else c for n, c in cells.items()}
        if resource == "organizedviolencecy":
            cells["Version"] = cells.pop("version")
        rows.append(cells)
    return rows


class UcdpApi(Fake):
    """UCDP's API: 401 without the token, 200 without pages for a release that is not out."""

    variable = "R2P_UCDP_API_URL"
    token = "R2P_UCDP_API_TOKEN"
    secret = TOKEN

    def __init__(self, server: HTTPServer, frames: dict[str, pd.DataFrame], release: str) -> None:
        super().__init__(server.url_for("/api/"))
        self.unknown: Response | None = None
        self.largest = 1_000
        self.rows: dict[str, list[dict[str, Any]]] = {}
        self.publish(frames, release)
        server.expect_request(re.compile("/api/.*")).respond_with_handler(self.answer)

    def publish(self, frames: dict[str, pd.DataFrame], release: str) -> None:
        """Bring out a release."""
        for table, frame in frames.items():
            self.rows[f"{RESOURCES[table]}/{release}"] = as_api_gives(table, frame, release)

    def truth(self, request: Request) -> Response:
        if request.headers.get("x-ucdp-access-token") != TOKEN:
            return Response("API token required. Add header: x-ucdp-access-token: <your-token>", 401)
        path = request.path.removeprefix("/api/")
        if path not in self.rows and self.unknown:
            return self.unknown
        rows = _damaged(self.rows.get(path, []), self.damage)
        size, page = min(int(request.args.get("pagesize", 100)), self.largest), int(request.args.get("page", 0))
        pages = math.ceil(len(rows) / size)
        total = len(rows) + (10 if self.damage == "total off by ten" else 0)
        envelope = {
            "TotalCount": total,
            "TotalPages": pages,
            "PreviousPageUrl": self._address(path, size, page - 1) if page else "",
            "NextPageUrl": self._address(path, size, page + 1) if page + 1 < pages else "",
            "Result": rows[page * size : (page + 1) * size],
        }
        return Response(json.dumps(envelope), content_type="application/json")

    def _address(self, path: str, size: int, page: int) -> str:
        return f"{self.base}{path}?pagesize={size}&page={page}"


def _damaged(rows: list[dict[str, Any]], damage: str) -> list[dict[str, Any]]:
    """Rows with something wrong in them."""
    match damage:
        case "empty":
            return []
        case "renamed column":
            return [{{"year": "calendar_year", "id": "event"}.get(n, n): c for n, c in row.items()} for row in rows]
        case "new column":
            return [row | {"climate_related": 5} for row in rows]
        case "duplicate key":
            return [*rows, *rows[:1]]
        case "unknown country":
            return [rows[0] | {name: "1234" for name in _PLACES if name in rows[0]}, *rows[1:]] if rows else rows
    return rows


@serves("ucdp:api")
def start(server: HTTPServer) -> UcdpApi:
    """Start it with the figures of two years, as this year's release."""
    frames = {table: stored(table, (2014, 2015)) for table in RESOURCES if table != EVENTS}
    return UcdpApi(server, frames | {EVENTS: some_events(40)}, f"{this_year() % 100}.1")


@serves("ucdp:api", whole=True)
def start_whole(server: HTTPServer) -> UcdpApi:
    """Start it with the figures of all years, as this year's release."""
    frames = {table: stored(table) for table in RESOURCES if table != EVENTS}
    return UcdpApi(server, frames, f"{this_year() % 100}.1")
