"""The World Bank's indicators API."""

from __future__ import annotations

import json
import math

import pandas as pd
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from fakes.base import Fake, damaged, serves, stored


class WorldBank(Fake):
    """The World Bank's API: a byte-order mark, numbers as text, groups among countries, missing values as null."""

    variable = "R2P_WORLDBANK_URL"
    PATH = "/v2/country/all/indicator/SP.POP.TOTL"

    def __init__(self, server: HTTPServer, frame: pd.DataFrame) -> None:
        super().__init__(server.url_for("/v2/"))
        self.headers: dict[str, str] = {}
        self.serve(frame)
        server.expect_request(self.PATH).respond_with_handler(self.answer)

    def serve(self, frame: pd.DataFrame) -> None:
        """Have these figures from now on."""
        rows = list(zip(frame["iso3"], frame["year"], frame["population"], strict=True))
        rows += [("ARB", 2015, 400_000_000), ("CHI", 2015, 160_000), ("", 2015, 5), ("ERI", 2015, None)]
        self._rows = [
            {"countryiso3code": code, "date": str(year), "value": None if value is None else int(value), "unit": ""}
            for code, year, value in sorted(rows, key=lambda row: (str(row[0]), -row[1]))
        ]

    def truth(self, request: Request) -> Response:
        if request.args.get("format") != "json":
            return Response("<wb:countries/>", content_type="text/xml")
        limit, page = int(request.args.get("per_page", 50)), int(request.args.get("page", 1))
        rows = self._rows[(page - 1) * limit : page * limit]
        total = len(self._rows) + (10 if self.damage == "total off by ten" else 0)
        if page == 1:
            rows = damaged(rows, self.damage, count="value", place="countryiso3code")
        if self.damage == "empty":
            return Response(json.dumps([{"page": 0, "pages": 0, "per_page": None, "total": 0}, None]))
        meta = {"page": page, "pages": math.ceil(len(self._rows) / limit), "per_page": str(limit)}
        meta |= {"total": total, "sourceid": "2", "lastupdated": "2026-02-24"}
        return Response(("\ufeff" + json.dumps([meta, rows])).encode(), headers=self.headers)


@serves("worldbank")
def start(server: HTTPServer) -> WorldBank:
    """Start it with the figures of two years about a few countries."""
    frame = stored("worldbank_population", (2014, 2015))
    return WorldBank(server, frame[frame["iso3"].isin(["BDI", "SYR", "WLD"])])


@serves("worldbank", whole=True)
def start_whole(server: HTTPServer) -> WorldBank:
    """Start it with the figures of all years."""
    return WorldBank(server, stored("worldbank_population"))
