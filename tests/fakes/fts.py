"""OCHA's Financial Tracking Service: the file of requirements and funding on HDX, and the service's public paths."""

from __future__ import annotations

import json
import math
import re
from typing import Any, ClassVar

import pandas as pd
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from fakes.base import Fake, serves, stored
from fakes.hdx import Hdx
from r2p_analysis import countries
from r2p_analysis.sources.fts import ON_HDX

Json = dict[str, Any]


def as_hdx_publishes(frame: pd.DataFrame, damage: str = "", *, tags: bool = False) -> bytes:
    """The stored table as HDX's file."""
    share = frame["funding_usd"] / frame["requirements_usd"].mask(frame["requirements_usd"] <= 0) * 100
    out = pd.DataFrame(
        {
            "countryCode": frame["iso3"],
            "id": frame["plan_id"],
            "name": frame["plan_name"],
            "typeName": frame["plan_type"],
            "year": frame["year"],
            "requirements": frame["requirements_usd"],
            "funding": frame["funding_usd"],
            "percentFunded": [None if pd.isna(one) else math.floor(one + 0.5) for one in share],
        }
    )
    if damage == "renamed column":
        out = out.rename(columns={"requirements": "asked"})
    elif damage == "new column":
        out["cluster"] = "x"
    elif damage == "duplicate key":
        out = pd.concat([out.iloc[:1], out])
    elif damage == "total off by ten":
        out["percentFunded"] += 10
    elif damage == "unknown country":
        out["countryCode"] = out["countryCode"].replace(out["countryCode"].iloc[0], "XQX")
    elif damage == "empty":
        out = out.iloc[:0]
    text = out.to_csv(index=False)
    if tags:
        head, _, rest = text.partition("\n")
        text = head + "\n" + ",".join(["#country+code", *["#x"] * (len(out.columns) - 1)]) + "\n" + rest
    return text.encode()


class FtsOnHdx(Hdx):
    """HDX with FTS's file."""

    formats: ClassVar[frozenset[str]] = frozenset({"json", "csv"})

    def __init__(self, server: HTTPServer, frame: pd.DataFrame) -> None:
        super().__init__(server, ON_HDX, as_hdx_publishes(frame, tags=True))
        self._frame = frame

    def truth(self, request: Request) -> Response:
        self.content = as_hdx_publishes(self._frame, self.damage, tags=True)
        return super().truth(request)


class FtsApi(Fake):
    """The service's public paths, for the years of a table: numbers as text here and there, a place without code."""

    variable = "R2P_FTS_URL"
    NOWHERE = 9999

    def __init__(self, server: HTTPServer, frame: pd.DataFrame) -> None:
        super().__init__(server.url_for("/hpc/"))
        self._frame = frame
        self._ids = {place.iso3: number for number, place in enumerate(countries.all_countries(), start=1)}
        server.expect_request(re.compile("/hpc/v1/public/.*")).respond_with_handler(self.answer)

    def truth(self, request: Request) -> Response:
        path, asked = request.path.removeprefix("/hpc/v1/public/"), request.args
        if path == "location":
            data: Any = self._locations()
        elif path.startswith("plan/year/"):
            data = self._plans(int(path.rpartition("/")[2]))
        elif path == "fts/flow" and asked.get("groupby") == "location":
            data = self._money(int(asked["year"])) if "year" in asked else self._plan(int(asked["planId"]))
        else:
            return Response(json.dumps({"status": "error", "message": "not found"}), 404)
        return Response(json.dumps({"status": "ok", "data": data}), content_type="application/json")

    def _locations(self) -> list[Json]:
        known = [{"id": number, "iso3": code, "name": code, "adminLevel": 0} for code, number in self._ids.items()]
        if self.damage == "unknown country":
            known[self._ids[self._frame["iso3"].iloc[0]] - 1]["iso3"] = "XQX"
        return [{"id": self.NOWHERE, "iso3": None, "name": "World", "adminLevel": 0}, *known]

    def _plans(self, year: int) -> list[Json]:
        rows = self._frame[(self._frame["year"] == year) & self._frame["plan_id"].notna()]
        plans: list[Json] = []
        for number, group in rows.groupby("plan_id"):
            places = [{"id": self._ids[code], "iso3": code, "adminLevel": 0} for code in group["iso3"]]
            if len(places) > 1:
                places += [{"id": self.NOWHERE, "iso3": None, "adminLevel": 0}, {"id": 5555, "adminLevel": 1}]
            kind = {"id": 4, "name": group["plan_type"].iloc[0], "group": "planType"}
            kinds = {"planType": kind} if number % 2 else {"categories": [{"name": "Other", "group": "x"}, kind]}
            name = {"planVersion": {"name": group["plan_name"].iloc[0]}, "locations": places}
            plans.append({"id": str(number) if number % 3 else int(number), **name, **kinds})
        if year == 2020:
            covid = {"id": 952, "planVersion": {"name": "COVID-19", "customLocationCode": "COVD"}, "code": "HCOVD20"}
            plans.append({**covid, "locations": [{"id": 1, "iso3": "AFG"}, {"id": 2, "iso3": "AGO"}]})
        return [*plans, plans[0]] if self.damage == "duplicate key" and plans else plans

    def _plan(self, number: int) -> Json:
        rows = self._frame[self._frame["plan_id"] == number]
        alone = len(rows) == 1
        known = rows[rows["requirements_usd"].notna()]
        whole = known["requirements_usd"].sum() + (0 if alone else 1000)
        asked = [(self._ids[r.iso3], float(r.requirements_usd)) for r in known.itertuples()]
        if known.empty:
            # What the service does with plans that are not split: the whole, for each country.
            asked = [] if alone else [(self._ids[code], whole) for code in rows["iso3"]]
        objects = [{"id": place, "revisedRequirements": amount} for place, amount in asked]
        total = None if alone and known.empty else whole
        flow = self._flow(rows.set_index("iso3")["funding_usd"].dropna().to_dict(), unplaced=0 if alone else 7.0)
        return {"requirements": {"totalRevisedReqs": total, "objects": objects}, **flow}

    def _money(self, year: int) -> Json:
        rows = self._frame[self._frame["year"] == year]
        outside = rows[rows["plan_id"].isna() & rows["funding_usd"].notna()]["iso3"]
        money = rows[rows["iso3"].isin(outside)].groupby("iso3")["funding_usd"].sum()
        return self._flow(money.to_dict(), unplaced=1000.0)

    def _flow(self, money: dict[str, float], unplaced: float) -> Json:
        name = "fundsTotal" if self.damage == "renamed column" else "totalFunding"
        more = {"newField": 1} if self.damage == "new column" else {}
        entries: list[Json] = [{"id": str(self._ids[c]), "name": c, name: v, **more} for c, v in money.items()]
        if unplaced:
            entries += [{"name": "Not specified", name: unplaced}, {"id": str(self.NOWHERE), "name": "World", name: 3}]
        if self.damage == "empty":
            return {}
        stated = sum(one[name] for one in entries) + (10 if self.damage == "total off by ten" else 0)
        group = {"type": "Location", "objectsBreakdown": entries, "totalBreakdown": {"objectsSum": stated}}
        objects = [group] if entries else []
        return {"report3": {"fundingTotals": {"total": stated, "objects": objects}}}


@serves("fts")
def start(server: HTTPServer) -> FtsOnHdx:
    """Start HDX with the figures of two years."""
    return FtsOnHdx(server, stored("fts_appeals", (2014, 2015)))


@serves("fts:api")
def start_api(server: HTTPServer) -> FtsApi:
    """Start the service with the figures of a year about a few countries."""
    frame = stored("fts_appeals", (2015, 2015))
    return FtsApi(server, frame[frame["iso3"].isin(["BDI", "CMR", "SYR", "LBN"])].reset_index(drop=True))


@serves("fts", whole=True)
def start_whole(server: HTTPServer) -> FtsOnHdx:
    """Start HDX with all figures."""
    return FtsOnHdx(server, stored("fts_appeals"))


@serves("fts:api", whole=True)
def start_api_whole(server: HTTPServer) -> FtsApi:
    """Start the service with all figures."""
    return FtsApi(server, stored("fts_appeals"))
