"""UNHCR's Refugee Data Finder, which also serves IDMC's and UNRWA's series."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import pandas as pd
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from fakes.base import DATA, Fake, damaged, serves, stored
from r2p_analysis.sources.unhcr_tables import COLLECTED_SINCE, NAMES

ENDPOINTS = {
    "population": "unhcr_population",
    "asylum-applications": "unhcr_asylum_applications",
    "asylum-decisions": "unhcr_asylum_decisions",
    "solutions": "unhcr_solutions",
    "demographics": "unhcr_demographics",
    "idmc": "idmc_conflict_idps",
    "unrwa": "unrwa_palestine_refugees",
}


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


def countries_as_served() -> list[dict[str, Any]]:
    """The stored list of countries as the service gives it: the pseudo countries without a code, or with their own."""
    frame = pd.read_parquet(DATA / "unhcr_countries.parquet")
    rows = []
    for number, row in enumerate(json.loads(frame.to_json(orient="records")), start=1):
        iso = None if row["iso3"] == "TIB" else row["iso3"]
        named = dict.fromkeys(("name", "nameOrigin", "nameFr"), row["name"] + " ")
        area = {"majorArea": row["major_area"], "region": row["region"], "regionFr": row["region"]}
        rows.append({"0": 1, "id": number, "code": row["unhcr_code"], "iso": iso, "iso2": "XX", **named, **area})
    return rows


# Columns whose sums over the whole question stand in the envelope; of the other series it says nothing.
SUMMED = {
    "asylum-applications": ("applied",),
    "asylum-decisions": ("dec_recognized", "dec_other", "dec_rejected", "dec_closed", "dec_total"),
    "solutions": ("returned_refugees", "resettlement", "naturalisation", "returned_idps"),
}


def envelope(items: list[dict[str, Any]], page: int, pages: int, total: dict[str, int] | None = None) -> str:
    return json.dumps({"page": page, "short-url": "x", "maxPages": pages, "total": total or [], "items": items})


class Unhcr(Fake):
    """UNHCR's Refugee Data Finder: ignores what it does not understand, sums over what it is not asked to part."""

    variable = "R2P_UNHCR_URL"

    def __init__(self, server: HTTPServer, frames: dict[str, pd.DataFrame], path: str = "/population/v1/") -> None:
        super().__init__(server.url_for(path))
        self.change: Callable[[list[dict[str, Any]]], list[dict[str, Any]]] = lambda items: items
        self._frames = {endpoint: as_served(endpoint, frame) for endpoint, frame in frames.items()}
        for endpoint in self._frames:
            server.expect_request(path + endpoint).respond_with_handler(self.answer)
        server.expect_request(path + "countries").respond_with_handler(self.answer)

    def truth(self, request: Request) -> Response:
        asked = request.args
        endpoint = request.path.rpartition("/")[2]
        if endpoint == "countries":
            rows = self.change(countries_as_served()) if request.args.get("page", "1") == "1" else []
            return Response(envelope(rows, 1, 1), content_type="application/json")
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
        pages = 0 if self.damage == "empty" else math.ceil(len(frame) / limit)
        total = {name: int(pd.to_numeric(frame[name], errors="coerce").sum()) for name in SUMMED.get(endpoint, ())}
        if page == 1 or self.damage == "renamed column":
            items = damaged(items, self.damage, count=str(frame.columns[-1]), place="coo_iso")
            if self.damage == "total off by ten":
                _miscount(endpoint, items, total)
        return Response(envelope(self.change(items), page, pages, total), content_type="application/json")


def _miscount(endpoint: str, items: list[dict[str, Any]], total: dict[str, int]) -> None:
    """Make a total that the service gives differ by ten from its parts, where it gives any."""
    if endpoint == "demographics":
        row = next(row for row in items if row["f_5_11"] != "0")
        row["f_total"] = int(row["f_total"]) - 10
    for name in list(total)[-1:]:
        total[name] += 10


class Series(Unhcr):
    """The same service, asked for a series of another producer."""

    lacks: ClassVar[Mapping[str, str]] = {
        "total off by ten": "Such a series has one figure a row, and its envelope gives no sums.",
    }


def _few(table: str) -> pd.DataFrame:
    """The figures of one year about a few countries of origin, of which some have age and sex."""
    frame = stored(table, (2015, 2015))
    return frame[frame["origin_iso3"].isin(["BDI", "PSE", "SYR"])].reset_index(drop=True)


@serves("unhcr")
def start(server: HTTPServer) -> Unhcr:
    """Start it with the figures of one year about a few countries of origin."""
    return Unhcr(server, {endpoint: _few(table) for endpoint, table in ENDPOINTS.items()})


@serves("idmc", "unrwa")
def start_series(server: HTTPServer) -> Series:
    """Start it for the series of other producers."""
    return Series(server, {endpoint: _few(table) for endpoint, table in ENDPOINTS.items()})


@serves("unhcr", "idmc", "unrwa", whole=True)
def start_whole(server: HTTPServer) -> Unhcr:
    """Start it with the figures of all years."""
    return Unhcr(server, {endpoint: stored(table) for endpoint, table in ENDPOINTS.items()})
