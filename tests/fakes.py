"""Local servers that behave as the producers' services are known to, quirks included, with the figures of data/."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from r2p_analysis.sources.politeness import Limits, Timing
from r2p_analysis.sources.unhcr_tables import COLLECTED_SINCE, NAMES

DATA = Path(__file__).parents[1] / "data"
QUICK = Limits(connect=2, read=2, total=20, tries=3)
ENDPOINTS = {
    "population": "unhcr_population",
    "asylum-applications": "unhcr_asylum_applications",
    "asylum-decisions": "unhcr_asylum_decisions",
    "solutions": "unhcr_solutions",
    "demographics": "unhcr_demographics",
    "idmc": "idmc_conflict_idps",
    "unrwa": "unrwa_palestine_refugees",
}
Handler = Callable[[Request], Response]


class Patience:
    """A clock that stands and a sleep that only counts, so that tests wait for nothing."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    def timing(self) -> Timing:
        return Timing(sleep=self.slept.append, dice=lambda: 0.5)


def stored(table: str, years: tuple[int, int] = (0, 9999)) -> pd.DataFrame:
    frame = pd.read_parquet(DATA / f"{table}.parquet")
    return frame[frame["year"].between(*years)].reset_index(drop=True)


def as_served(endpoint: str, frame: pd.DataFrame) -> pd.DataFrame:
    """A stored table in the columns and with the cells of UNHCR's service."""
    table = ENDPOINTS[endpoint]
    columns: dict[str, Any] = {"year": frame["year"].astype(int)}
    asylum = frame["asylum_iso3"] if "asylum_iso3" in frame else frame["origin_iso3"]
    for end, codes in (("coo", frame["origin_iso3"]), ("coa", asylum)):
        columns |= {f"{end}_id": 1, f"{end}_name": codes + " ", end: "AUS", f"{end}_iso": codes}
    names = NAMES.get(table, {"total": frame.columns[-1]})
    for theirs, ours in names.items():
        cells = frame[ours].astype("object")
        blank: Any = "0" if endpoint == "demographics" else "-"
        cells = cells.where(frame[ours].notna(), blank).where(cells != 0, "0")
        if ours in COLLECTED_SINCE and endpoint == "population":
            cells = cells.mask(frame["year"] < COLLECTED_SINCE[ours], "0")
        columns[theirs] = cells
    return pd.DataFrame(columns)


def envelope(items: list[dict[str, Any]], page: int, pages: int) -> str:
    return json.dumps({"page": page, "short-url": "x", "maxPages": pages, "total": [], "items": items})


class Unhcr:
    """UNHCR's Refugee Data Finder: ignores what it does not understand, sums over what it is not asked to part."""

    def __init__(self, server: HTTPServer, frames: dict[str, pd.DataFrame], path: str = "/population/v1/") -> None:
        self.base = server.url_for(path)
        self.asked: list[Request] = []
        # What to answer in place of the true answer, by turn of the request from 0 on.
        self.instead: dict[int, Handler] = {}
        self.always: Handler | None = None
        self.change: Callable[[list[dict[str, Any]]], list[dict[str, Any]]] = lambda items: items
        self._frames = {endpoint: as_served(endpoint, frame) for endpoint, frame in frames.items()}
        for endpoint in self._frames:
            server.expect_request(path + endpoint).respond_with_handler(self._answer)

    def _answer(self, request: Request) -> Response:
        turn = len(self.asked)
        self.asked.append(request)
        handler = self.instead.get(turn) or self.always
        return handler(request) if handler else self.truth(request)

    def truth(self, request: Request) -> Response:
        asked = request.args
        endpoint = request.path.rpartition("/")[2]
        frame = self._frames[endpoint]
        if "yearFrom" in asked and "yearTo" in asked:
            frame = frame[frame["year"].between(int(asked["yearFrom"]), int(asked["yearTo"]))]
        if endpoint == "demographics" and "ptype_show" not in asked:
            frame = frame.drop(columns="pop_type")
        limit, page = int(asked.get("limit", 100)), int(asked.get("page", 1))
        items: list[dict[str, Any]] = frame[(page - 1) * limit : page * limit].to_dict("records")
        for end in ("coo", "coa"):
            if asked.get(f"{end}_all") != "true":
                items = [row | dict.fromkeys((f"{end}_id", f"{end}_name", end, f"{end}_iso"), "-") for row in items]
            if asked.get("cf_type", "").upper() != "ISO":
                items = [row | {f"{end}_iso": row[end]} for row in items]
        pages = math.ceil(len(frame) / limit)
        return Response(envelope(self.change(items), page, pages), content_type="application/json")


class WorldBank:
    """The World Bank's API: a byte-order mark, numbers as text, groups among countries, missing values as null."""

    PATH = "/v2/country/all/indicator/SP.POP.TOTL"

    def __init__(self, server: HTTPServer, frame: pd.DataFrame) -> None:
        self.base = server.url_for("/v2/")
        self.asked: list[Request] = []
        self.instead: dict[int, Handler] = {}
        self.always: Handler | None = None
        self.headers: dict[str, str] = {}
        self.serve(frame)
        server.expect_request(self.PATH).respond_with_handler(self._answer)

    def serve(self, frame: pd.DataFrame) -> None:
        """Have these figures from now on."""
        rows = list(zip(frame["iso3"], frame["year"], frame["population"], strict=True))
        rows += [("ARB", 2015, 400_000_000), ("CHI", 2015, 160_000), ("", 2015, 5), ("ERI", 2015, None)]
        self._rows = [
            {"countryiso3code": code, "date": str(year), "value": None if value is None else int(value), "unit": ""}
            for code, year, value in sorted(rows, key=lambda row: (str(row[0]), -row[1]))
        ]

    def _answer(self, request: Request) -> Response:
        turn = len(self.asked)
        self.asked.append(request)
        handler = self.instead.get(turn) or self.always
        return handler(request) if handler else self.truth(request)

    def truth(self, request: Request) -> Response:
        if request.args.get("format") != "json":
            return Response("<wb:countries/>", content_type="text/xml")
        limit, page = int(request.args.get("per_page", 50)), int(request.args.get("page", 1))
        rows = self._rows[(page - 1) * limit : page * limit]
        meta = {"page": page, "pages": math.ceil(len(self._rows) / limit), "per_page": str(limit)}
        meta |= {"total": len(self._rows), "sourceid": "2", "lastupdated": "2026-02-24"}
        return Response(("\ufeff" + json.dumps([meta, rows])).encode(), headers=self.headers)


def says(status: int, body: bytes | str = b"", **headers: str) -> Handler:
    """A handler that answers the same to everybody."""
    return lambda _: Response(body, status, {name.replace("_", "-"): value for name, value in headers.items()})
