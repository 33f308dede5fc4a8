"""Local servers that behave as the producers' services are known to, quirks included, with the figures of data/."""

from __future__ import annotations

import io
import json
import math
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from r2p_analysis import countries
from r2p_analysis.sources.politeness import Limits, Timing
from r2p_analysis.sources.ucdp import _COUNTRY_YEAR_STEMS
from r2p_analysis.sources.ucdp_service import PATHS
from r2p_analysis.sources.ucdp_tables import CONFLICT_TYPES, ESTIMATES, INCOMPATIBILITIES, INTENSITIES, REGIONS
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


def _coded(words: dict[str, str], cells: pd.Series) -> pd.Series:
    """Words of a codebook back to its numbers, also in lists."""
    numbers = {word: number for number, word in words.items()}
    return cells.map(lambda cell: ", ".join(numbers[word] for word in cell.split("; ")), na_action="ignore")


def as_ucdp_publishes(table: str, frame: pd.DataFrame) -> bytes:
    """A stored table as the CSV of UCDP's download."""
    gwno = {place.iso3: str(place.gwno) for place in countries.all_countries() if place.gwno} | {"UNK": "751"}
    out: dict[str, Any] = {"version": "26.1", "year": frame["year"]}
    if table == "ucdp_country_years":
        out |= {"country_id": _coded({v: k for k, v in gwno.items()}, frame["iso3"])}
        out |= {f"main_{t}_{e}": frame[f"{o}_{e}"] for o, t in _COUNTRY_YEAR_STEMS.items() for e in ESTIMATES}
        out = {name.removeprefix("main_"): cells for name, cells in out.items()}
        out |= {
            "cumulative_total_deaths_civilians_in_orgvio": frame["civilians"],
            "cumulative_total_deaths_unknown_in_orgvio": frame["unknown_status"],
            "os_dyad_names": frame["one_sided_actors"].fillna("NO_DYAD"),
        }
        out = {f"{name}_cy": cells for name, cells in out.items()}
    elif table == "ucdp_one_sided":
        out |= {
            "actor_id": frame["actor_id"],
            "actor_name": frame["actor"],
            "actor_name_fulltext": frame["actor_in_full"].fillna("n/a"),
            "is_government_actor": frame["is_government"].astype(int),
            "gwnoa": _coded({v: k for k, v in gwno.items()}, frame["governments_iso3"]),
            **{f"{e}_fatality_estimate": frame[f"deaths_{e}"] for e in ESTIMATES},
        }
    else:
        out |= {name: frame[name] for name in ("conflict_id", "side_a", "side_b")}
        out["incompatibility"] = _coded(INCOMPATIBILITIES, frame["incompatibility"])
        out["type_of_conflict"] = _coded(CONFLICT_TYPES, frame["type"])
        place = "location_iso3" if "location_iso3" in frame else "territory_iso3"
        out["gwno_loc"] = _coded({v: k for k, v in gwno.items()}, frame[place])
        if table == "ucdp_battle_deaths":
            out |= {"dyad_id": frame["dyad_id"], **{f"bd_{e}": frame[f"deaths_{e}"] for e in ESTIMATES}}
            out["gwno_battle"] = _coded({v: k for k, v in gwno.items()}, frame["battle_iso3"])
        else:
            out |= {"location": frame["location"], "territory_name": frame["territory"]}
            out |= {"side_a_2nd": frame["side_a_secondary"], "side_b_2nd": frame["side_b_secondary"]}
            out["intensity_level"] = _coded(INTENSITIES, frame["intensity"])
            out["region"] = _coded(REGIONS, frame["regions"])
    return pd.DataFrame(out).to_csv(index=False).encode("utf-8-sig")


def zipped(*members: tuple[str, bytes]) -> bytes:
    """An archive of these files."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members:
            archive.writestr(name, body)
    return content.getvalue()


class Ucdp:
    """UCDP's downloads: one ZIP a table and release, 404 for a release that is not out."""

    def __init__(self, server: HTTPServer, frames: dict[str, pd.DataFrame], release: str) -> None:
        self.base = server.url_for("/downloads/")
        self.asked: list[str] = []
        self.files: dict[str, bytes] = {}
        self.publish(frames, release)
        server.expect_request(re.compile("/downloads/.*")).respond_with_handler(self._answer)

    def publish(self, frames: dict[str, pd.DataFrame], release: str) -> None:
        """Bring out a release."""
        for table, frame in frames.items():
            content = zipped((f"{table}_v{release}.csv", as_ucdp_publishes(table, frame)))
            self.files[PATHS[table].format(release)] = content

    def _answer(self, request: Request) -> Response:
        path = request.path.removeprefix("/downloads/")
        self.asked.append(path)
        if path not in self.files:
            return Response("<html>404</html>", 404)
        return Response(self.files[path], content_type="application/zip")


def says(status: int, body: bytes | str = b"", **headers: str) -> Handler:
    """A handler that answers the same to everybody."""
    return lambda _: Response(body, status, {name.replace("_", "-"): value for name, value in headers.items()})
