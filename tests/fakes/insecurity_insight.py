"""Insecurity Insight's overviews: bare lists in which all numbers are text, with slips in the keys."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from fakes.base import Fake, serves, stored
from r2p_analysis import countries
from r2p_analysis.sources.insecurity_insight import _THEMES

THEMES = {name: theme.name for name, theme in _THEMES.items()}
VICTIMS = "Total Aid Workers KIKA Victims"


def as_sind_serves(name: str, frame: pd.DataFrame, *, newer: bool = False) -> list[dict[str, Any]]:
    """One theme of the stored table as the service gives it: by country, the latest year first."""
    theme = _THEMES[name]
    frame = frame[frame["theme"] == theme.name].sort_values(["iso3", "year"], ascending=[True, False])
    place = 0 if newer else -1
    rows = []
    for row in frame.to_dict("records"):
        named = {"PSE": "OPT"}.get(row["iso3"]) or countries.get(row["iso3"]).name
        out: dict[str, Any] = {
            "Country": named if pd.isna(row["area"]) else row["area"],
            "Year": str(row["year"]),
            "Country ISO": None if row["iso3"] == "UNK" else row["iso3"],
            theme.events[place]: str(row["events"]),
            **{names[place]: str(row[ours]) for ours, names in theme.people.items()},
        }
        if name == "educationOverview":
            out["Attacks on Students and Teachers"] = row["events"] > 2
        if name == "aidWorkerKIKAOverview":
            out[VICTIMS] = str(sum(int(out[names[0]]) for names in theme.people.values()))
        rows.append(out)
    return rows


class Sind(Fake):
    """The service with all themes, also the one that is not fetched."""

    variable = "R2P_INSECURITY_INSIGHT_URL"

    def __init__(self, server: HTTPServer, frame: pd.DataFrame, path: str = "/hdx/v1/", *, newer: bool = False) -> None:
        super().__init__(server.url_for(path))
        self.themes = {name: as_sind_serves(name, frame, newer=newer) for name in THEMES}
        for name in THEMES:
            server.expect_request(path + name).respond_with_handler(self.answer)

    def truth(self, request: Request) -> Response:
        name = request.path.rpartition("/")[2]
        return Response(json.dumps(self.damaged(name, self.themes[name])), content_type="application/json")

    def damaged(self, name: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The rows of one theme after the damage, which is done to aid workers alone."""
        if name != "aidWorkerKIKAOverview" or not self.damage:
            return rows
        first, others = rows[0], rows[1:]
        killed = "Total Aid Workers Killed"
        damages: dict[str, list[dict[str, Any]]] = {
            "renamed column": [{("Killed" if key == killed else key): cell for key, cell in r.items()} for r in rows],
            "new column": [row | {"Climate": "5"} for row in rows],
            "duplicate key": [first, *rows],
            "total off by ten": [first | {VICTIMS: str(int(first[VICTIMS]) + 10)}, *others],
            "unknown country": [first | {"Country ISO": "QQQ"}, *others],
            "empty": [],
        }
        return damages[self.damage]


@serves("insecurity_insight")
def start(server: HTTPServer) -> Sind:
    """Start it with the figures of some years."""
    return Sind(server, stored("insecurity_insight_events", (2022, 2025)))


@serves("insecurity_insight", whole=True)
def start_whole(server: HTTPServer) -> Sind:
    """Start it with the figures of all years."""
    return Sind(server, stored("insecurity_insight_events"))
