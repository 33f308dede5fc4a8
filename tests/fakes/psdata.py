"""The UN Peace and Security Data Hub: bare lists in pages, dates in milliseconds, and the same rows as CSV."""

from __future__ import annotations

import json
from typing import Any, ClassVar

import pandas as pd
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from fakes.base import DATA, Fake, serves, stored
from fakes.hdx import Hdx
from r2p_analysis.sources import vetoes

TAKEN = "2025-04-04"
VETOES = "DPPA-SCVETOES"
SEATS = {
    "china": "CHN",
    "russian_federation_ussr": "RUS",
    "france": "FRA",
    "united_kingdom": "GBR",
    "united_states": "USA",
}


def one_row_a_death(frame: pd.DataFrame, taken: str = TAKEN) -> pd.DataFrame:
    """The stored sums of un_fatalities as the hub's rows: each death in the middle of its year, or before `taken`."""
    rows = frame.loc[frame.index.repeat(frame["deaths"])].reset_index(drop=True)
    number = rows.index.astype("string").str.zfill(5)
    return pd.DataFrame(
        {
            "id": rows.index + 1,
            "incident_date": rows["year"].astype(str) + "-03-15",
            "casualty_id": rows["mission"] + "-" + rows["year"].astype(str) + "-03-" + number,
            "mission_acronym": rows["mission"],
            "type_of_casualty": "Fatality",
            "gender": "M",
            "casualty_nationality": "France",
            "casualty_personnel_type": rows["personnel_type"] + " ",
            "type_of_incident": rows["incident_type"],
            "m49_code": 250.0,
            "isocode3": pd.Series("FRA", index=rows.index).where(rows.index % 50 != 7),
            "last_update": taken,
        }
    )


def as_hub_lists(drafts: pd.DataFrame) -> pd.DataFrame:
    """The stored vetoed drafts as the hub's rows, with two early votes that were on no whole draft."""
    members = drafts["vetoed_by"].str.replace("SUN", "RUS").str.split("+")
    rows = pd.DataFrame(
        {
            "draft_res#": drafts["draft"],
            "date": drafts["date"],
            "year": drafts["year"],
            "record": drafts["record"].str.removeprefix("S/PV."),
            "agenda": drafts["agenda_item"].fillna("An item"),
            "short_agenda": "An item",
            "#_of_pms": members.str.len(),
            **{seat: members.map(lambda cast, code=code: int(code in cast)) for seat, code in SEATS.items()},
            "url_for_res#": "https://undocs.org/x",
            "last_update": TAKEN,
        }
    )
    paragraphs = rows.iloc[[2, 2]].assign(**{"draft_res#": ["", "S/PV.49 (paragraph 2)"]})
    rows = pd.concat([rows.iloc[:3], paragraphs, rows.iloc[3:]], ignore_index=True)
    rows.insert(0, "id", rows.index + 1)
    return rows


def as_milliseconds(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as the hub's JSON has them: dates in milliseconds since 1970, empty cells null."""
    out = frame.copy()
    for name in [name for name in out.columns if "date" in name.lower()]:
        out[name] = pd.to_datetime(out[name], format="ISO8601").astype("datetime64[ms]").astype("int64")
    rows: list[dict[str, Any]] = json.loads(out.to_json(orient="records"))
    return rows


class Hub(Fake):
    """The hub with some of its datasets: all rows unless ``per_page`` is told, an empty list beyond the last page."""

    variable = "R2P_PSDATA_URL"
    formats: ClassVar[frozenset[str]] = frozenset({"json", "csv"})

    def __init__(self, server: HTTPServer, datasets: dict[str, pd.DataFrame], path: str = "/public/") -> None:
        super().__init__(server.url_for(path))
        self.datasets = datasets
        for name in datasets:
            for form in ("json", "CSV"):
                server.expect_request(f"{path}data/{name}/{form}").respond_with_handler(self.answer)

    def damaged(self, name: str, frame: pd.DataFrame, form: str) -> pd.DataFrame:
        """The rows after the damage."""
        of_vetoes = name == VETOES
        if self.damage == "renamed column":
            return frame.rename(columns={"mission_acronym": "mission", "short_agenda": "item"})
        if self.damage == "new column":
            return frame.assign(climate=5)
        if self.damage == "duplicate key":
            return pd.concat([frame, frame.tail(1)], ignore_index=True)
        if self.damage == "total off by ten" and of_vetoes:
            return frame.assign(**{"#_of_pms": frame["#_of_pms"] + 10})
        if self.damage == "total off by ten" and form == "json":
            return frame.iloc[10:]
        if self.damage == "unknown country" and of_vetoes:
            new = {"draft_res#": "S/2031/1", "agenda": "The situation in Atlantis", "id": len(frame) + 1}
            return pd.concat([frame, frame.tail(1).assign(**new, date="2031-01-05")], ignore_index=True)
        if self.damage == "unknown country":
            # Of a death the hub tells the mission and no country: what can be unknown is the cause.
            return frame.assign(type_of_incident="Dragon")
        return frame.head(0) if self.damage == "empty" else frame

    def truth(self, request: Request) -> Response:
        _, name, form = request.path.rsplit("/", 2)
        frame = self.damaged(name, self.datasets[name], form)
        if form == "CSV":
            return Response(frame.to_csv(index=False), content_type="text/csv")
        rows = as_milliseconds(frame)
        if "per_page" in request.args:
            size, page = int(request.args["per_page"]), int(request.args.get("page_num", 1))
            rows = rows[(page - 1) * size : page * size]
        return Response(json.dumps(rows), content_type="application/json")


class HubOnHdx(Hdx):
    """HDX with the hub's list of vetoes."""

    formats: ClassVar[frozenset[str]] = frozenset({"json", "csv"})

    def __init__(self, server: HTTPServer) -> None:
        super().__init__(server, vetoes.ON_HDX, b"")
        # Only to do the damage: it is asked nothing.
        self._hub = Hub(server, {})

    def truth(self, request: Request) -> Response:
        self._hub.damage = self.damage
        rows = self._hub.damaged(VETOES, as_hub_lists(vetoed_drafts()), "CSV")
        self.content = rows.to_csv(index=False).encode()
        return super().truth(request)


def vetoed_drafts() -> pd.DataFrame:
    """The stored list of vetoed drafts."""
    return pd.read_parquet(DATA / "sc_vetoes.parquet")


@serves("psdata", "vetoes")
def start(server: HTTPServer) -> Hub:
    """Start it with the deaths of some years and all vetoes."""
    deaths = one_row_a_death(stored("un_fatalities", (2012, 2015)))
    return Hub(server, {"DPPADPOSS-FATALITIES": deaths, VETOES: as_hub_lists(vetoed_drafts())})


@serves("psdata", "vetoes", whole=True)
def start_whole(server: HTTPServer) -> Hub:
    """Start it with all deaths and all vetoes."""
    deaths = one_row_a_death(stored("un_fatalities"))
    return Hub(server, {"DPPADPOSS-FATALITIES": deaths, VETOES: as_hub_lists(vetoed_drafts())})


@serves("vetoes:hdx")
@serves("vetoes:hdx", whole=True)
def start_on_hdx(server: HTTPServer) -> HubOnHdx:
    """Start HDX with all vetoes."""
    return HubOnHdx(server)
