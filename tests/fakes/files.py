"""Producers that publish one file: aid workers, consumer prices, populations, shapes, the accused, deliveries of arms.

Incidents, people and deals are made up so that their sums are the figures of data/; no name in them is anybody's.
"""

from __future__ import annotations

import base64
import gzip
import json
import re
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, ClassVar

import geopandas as gpd
import pandas as pd
import shapely
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from fakes.base import DATA, Fake, serves, stored, zipped
from r2p_analysis import countries
from r2p_analysis.sources.bls import SERIES
from r2p_analysis.sources.natural_earth import UNDETERMINED
from r2p_analysis.sources.tjet import _STAGES, SITUATIONS

HXL = "#event+id,#date+year,#country+code,#country+name+i_en,#affected+total+killed,,,,#description+i_en\n"
NO_TOTAL = "Neither the file nor its page gives a total to compare with."
REGISTER_HEAD = (
    "Transfers of major conventional arms from All countries  to All countries .\n"
    "A '?' in a column indicates uncertain data.\n\n"
)


def incidents(attacks: pd.DataFrame) -> pd.DataFrame:
    """One row an incident: all people of a country and year are those of its first."""
    rows: list[dict[str, Any]] = []
    for attack in attacks.itertuples():
        place = countries.get(attack.iso3)
        told = "" if attack.area == "not told" else attack.area
        area = pd.notna(attack.area)
        for turn in range(attack.incidents):
            people = [0 if turn else n for n in (attack.killed, attack.wounded, attack.kidnapped, attack.affected)]
            names = ("", told) if area else (place.iso2, place.name)
            rows.append(
                {
                    "Incident ID": len(rows) + 1,
                    "Year": attack.year,
                    "Country Code": names[0],
                    "Country": names[1],
                    **dict(
                        zip(("Total killed", "Total wounded", "Total kidnapped", "Total affected"), people, strict=True)
                    ),
                    "Details": "A made-up story,\nover two lines",
                }
            )
    return pd.DataFrame(rows)


def as_awsd_publishes(frame: pd.DataFrame) -> bytes:
    """The database's file: a header, a second one of tags, and the incidents."""
    head, _, rows = frame.to_csv(index=False).partition("\n")
    return f"{head}\n{HXL}{rows}".encode()


def as_bureau_publishes(prices: pd.DataFrame) -> bytes:
    """The Bureau's flat file: tabs, cells filled up with blanks, another series beside the one wanted."""
    lines = ["series_id        \tyear\tperiod\t       value\tfootnote_codes"]
    for row in prices.itertuples():
        months = [f"M{month:02}" for month in range(1, row.months + 1)]
        missing = [f"M{month:02}" for month in range(row.months + 1, 13)]
        for series in (SERIES, "CUSR0000SA0"):
            lines += [f"{series:17}\t{row.year}\t{month}\t{row.price_index:12}\t" for month in months]
            lines += [f"{series:17}\t{row.year}\t{month}\t{'-':>12}\tX" for month in missing]
            lines += [f"{series:17}\t{row.year}\tM13\t{row.price_index:12}\t"]
            lines += [f"{series:17}\t{row.year}\tS01\t{1.0:12}\t"]
    return ("\n".join(lines) + "\n").encode()


def as_wpp_publishes(population: pd.DataFrame, last: int = 2030) -> pd.DataFrame:
    """The file of all indicators: thousands, projections to come, groups of countries, a world without a code."""
    frame = pd.DataFrame(
        {
            "LocID": 1,
            "ISO3_code": population["iso3"].where(population["iso3"] != "WLD"),
            "LocTypeName": "Country/Area",
            "Location": population["iso3"].where(population["iso3"] != "WLD", "World"),
            "Variant": "Medium",
            "Time": population["year"],
            "TPopulation1Jan": 1.0,
            "TPopulation1July": population["population"] / 1000,
        }
    )
    later = frame[frame["Time"] == frame["Time"].max()].assign(Time=last, TPopulation1July=1.0)
    group = frame.iloc[:1].assign(ISO3_code=None, Location="Africa")
    return pd.concat([frame, later, group], ignore_index=True)


def as_natural_earth_publishes(
    shapes: pd.DataFrame, name: str = "ne_10m_admin_0_countries_deu", damage: str = ""
) -> bytes:
    """A shapefile in a ZIP; Abyei and the Golan Heights are gaps, Kosovo has no code of ISO."""
    drawn = shapes[~shapes["iso3"].isin(UNDETERMINED)]
    codes = drawn["iso3"].replace({"XKX": "-99"})
    frame = gpd.GeoDataFrame(
        {"ISO_A3_EH": codes, "ADM0_A3": drawn["iso3"].replace({"XKX": "KOS"})},
        geometry=list(shapely.from_wkb(drawn["geometry"].to_numpy())),
        crs=4326,
    )
    if damage == "unknown country":
        frame.loc[frame.index[0], "ISO_A3_EH"] = "QQQ"
    frame = frame.rename(columns={"ISO_A3_EH": "ISO_CODE"}) if damage == "renamed column" else frame
    frame = frame.assign(NEW=1) if damage == "new column" else frame
    frame = frame[:0] if damage == "empty" else frame
    with tempfile.TemporaryDirectory() as folder:
        frame.to_file(Path(folder) / f"{name}.shp")
        members = [(path.name, path.read_bytes()) for path in sorted(Path(folder).iterdir())]
    return zipped(*members, (f"{name}.VERSION.txt", b"9.9.9\n"))


def as_tjet_publishes(accused: pd.DataFrame) -> pd.DataFrame:
    """The list of the accused, with names that nobody has, and the error that the project mends."""
    numbers = {iso3: number for number, iso3 in SITUATIONS.items()}
    places = accused["situation_iso3"].where(accused["accused_id"] != 10692, "COD").map(numbers)
    stages = {theirs: accused[ours] for ours, theirs in _STAGES.items()}
    return pd.DataFrame(
        {
            "accusedID": accused["accused_id"],
            "trialID": 1,
            "ccode_target": places,
            "name": "A Person, Made Up",
            "position_desc": "",
            **stages,
            "tjet_version": "2026-01-31",
        }
    )


def as_register(deliveries: pd.DataFrame, name_of: Callable[[str], str]) -> str:
    """SIPRI's register: each delivery is a deal of one year."""
    head = (
        "Recipient,Supplier,Year of order, ,Number ordered, ,Weapon designation,Weapon description,Number delivered, ,"
        "Year(s) of delivery,status,Comments,SIPRI TIV per unit,SIPRI TIV for total order,"
        "SIPRI TIV of delivered weapons\n"
    )
    lines = [
        f"{name_of(row.recipient_iso3)},{name_of(row.supplier_iso3)},2009,?,1,,X,radar,1,?,{row.year},New,caf\xe9,1,1,"
        f"{float(row.tiv_millions)!r}\n"
        for row in deliveries.itertuples()
    ]
    return REGISTER_HEAD + head + "".join(lines)


def damaged(frame: pd.DataFrame, damage: str, counted: str, place: str) -> pd.DataFrame:
    """Do to a producer's table what `damage` says."""
    if damage == "renamed column":
        return frame.rename(columns={counted: "figures"})
    if damage == "new column":
        return frame.assign(**{"new this year": "?"})
    if damage == "duplicate key":
        return pd.concat([frame, frame.iloc[:1]], ignore_index=True)
    if damage == "unknown country":
        strange = "XQ" if frame[place].astype(str).str.len().max() == 2 else 9999
        return frame.assign(**{place: [strange, *frame[place].iloc[1:]]})
    return frame[:0] if damage == "empty" else frame


class OneFile(Fake):
    """A producer whose file lies at one address."""

    path = ""
    """Of the file, below the base address."""
    formats: ClassVar[frozenset[str]] = frozenset({"csv"})
    lacks: ClassVar[Mapping[str, str]] = {"total off by ten": NO_TOTAL}

    def __init__(self, server: HTTPServer, make: Callable[[str], bytes]) -> None:
        folder = f"/{type(self).__name__.lower()}/"
        super().__init__(server.url_for(folder))
        self._make = make
        server.expect_request(re.compile(folder + re.escape(self.path))).respond_with_handler(self.answer)

    def truth(self, request: Request) -> Response:
        return Response(self._make(self.damage), content_type="text/plain")


class Incidents(OneFile):
    """The Aid Worker Security Database."""

    variable = "R2P_AWSD_URL"
    path = "incidents/search"


class Bureau(OneFile):
    """The US Bureau of Labor Statistics."""

    variable = "R2P_BLS_URL"
    path = "cu.data.1.AllItems"
    lacks: ClassVar[Mapping[str, str]] = {
        "total off by ten": NO_TOTAL,
        "unknown country": "The series is of the United States alone and names no country.",
    }


class Prospects(OneFile):
    """UN DESA's World Population Prospects."""

    variable = "R2P_WPP_URL"
    path = "WPP2024_Demographic_Indicators_Medium.csv.gz"
    lacks: ClassVar[Mapping[str, str]] = {
        "total off by ten": "The world holds places that the carried countries lack, so that ten people cannot be seen."
    }


class Shapes(OneFile):
    """Natural Earth."""

    variable = "R2P_NATURAL_EARTH_URL"
    path = "ne_10m_admin_0_countries_deu.zip"
    formats: ClassVar[frozenset[str]] = frozenset({"zip"})
    lacks: ClassVar[Mapping[str, str]] = {
        "total off by ten": NO_TOTAL,
        "duplicate key": "Places of one code are drawn as one, such as a base that is part of a country.",
    }


class Accused(OneFile):
    """The Transitional Justice Evaluation Team."""

    variable = "R2P_TJET_URL"
    path = "tjet_icc_accused.csv"


class Sipri(Fake):
    """The service behind SIPRI's page: a list of countries, and a register for a question put by POST."""

    variable = "R2P_SIPRI_URL"
    lacks: ClassVar[Mapping[str, str]] = {
        "total off by ten": "The register gives no total of the volumes that it lists.",
        "duplicate key": "Two deals may be alike in all that the register tells of them.",
    }

    def __init__(self, server: HTTPServer, deliveries: pd.DataFrame) -> None:
        super().__init__(server.url_for("/api/p/"))
        self.heeds = True
        self.listed: list[dict[str, Any]] = [{"EntityId": 1, "Name": "Hezbollah (Lebanon)*"}]
        self._deliveries = deliveries
        for number, code in enumerate(
            ("ARE", "BHR", "EGY", "JOR", "KWT", "MAR", "QAT", "SAU", "SDN", "SEN", "PER"), 10
        ):
            self.listed.append({"EntityId": number, "Name": self.name_of(code)})
        server.expect_request(re.compile("/api/p/.*")).respond_with_handler(self.answer)

    @staticmethod
    def name_of(code: str) -> str:
        names = {"ARE": "UAE", "UNK": "unknown supplier(s)", "TUR": "Turkiye"}
        return names.get(code, countries.get(code).name.replace(",", ""))

    def truth(self, request: Request) -> Response:
        if request.path.endswith("getAllCountriesTrimmed"):
            return Response(json.dumps(self.listed), content_type="application/json")
        asked = {part["field"]: part for part in json.loads(request.data)["filters"]}
        wanted = {row["Name"] for row in self.listed if row["EntityId"] in asked["Recipient"]["listData"]}
        frame = self._deliveries
        frame = frame[frame["recipient_iso3"].map(self.name_of).isin(wanted)] if self.heeds else frame
        years = asked["Year range 1"]
        frame = frame[frame["year"].between(years["value1"], years["value2"])]
        text = as_register(frame, self.name_of)
        if not self.heeds:
            text += "Peru,Spain,2014,,,,X,radar,2,,2015,New,,,,5\n"
        text = self._damaged(text)
        answer = {"bytes": base64.b64encode(text.encode("latin-1")).decode()}
        return Response(json.dumps(answer), content_type="application/json")

    def _damaged(self, text: str) -> str:
        head, _, rows = text.partition("delivered weapons\n")
        match self.damage:
            case "renamed column":
                return text.replace("Recipient,", "Receiver,")
            case "new column":
                return "\n".join(line + ",new" if "," in line else line for line in text.splitlines()) + "\n"
            case "unknown country":
                return text + "UAE,Nowhereland,2014,,,,X,radar,2,,2015,New,,,,5\n"
            case "empty":
                return head + "delivered weapons\n"
            case _:
                return head + "delivered weapons\n" + rows


@serves("awsd")
def awsd(server: HTTPServer, frame: pd.DataFrame | None = None) -> Incidents:
    """Start it with the figures of two years."""
    rows = incidents(stored("awsd_attacks", (2014, 2015)) if frame is None else frame)

    def make(damage: str) -> bytes:
        return as_awsd_publishes(damaged(rows, damage, "Total killed", "Country Code"))

    return Incidents(server, make)


@serves("bls")
def bls(server: HTTPServer) -> Bureau:
    """Start it with all figures."""

    def make(damage: str) -> bytes:
        text = as_bureau_publishes(stored("prices")).decode()
        text = text.replace("period", "figures") if damage == "renamed column" else text
        text += text.splitlines()[1] + "\n" if damage == "duplicate key" else ""
        return (text.partition("\n")[0] + "\n" if damage == "empty" else text).encode()

    return Bureau(server, make)


@serves("wpp")
def wpp(server: HTTPServer, years: tuple[int, int] = (2014, 2015)) -> Prospects:
    """Start it with the figures of two years."""
    frame = as_wpp_publishes(stored("wpp_population", years))

    def make(damage: str) -> bytes:
        # Two areas of one code are two figures only if they differ.
        twice = pd.concat([frame, frame.iloc[:1].assign(TPopulation1July=1.5)]) if damage == "duplicate key" else frame
        content = damaged(twice if damage == "duplicate key" else frame, damage, "TPopulation1July", "ISO3_code")
        return gzip.compress(content.to_csv(index=False).encode("utf-8-sig"), mtime=0)

    return Prospects(server, make)


@serves("natural_earth")
def natural_earth(server: HTTPServer) -> Shapes:
    """Start it with all shapes."""
    shapes = pd.read_parquet(DATA / "world_shapes.parquet")
    made: dict[str, bytes] = {}

    def make(damage: str) -> bytes:
        if damage not in made:
            made[damage] = as_natural_earth_publishes(shapes, damage=damage)
        return made[damage]

    return Shapes(server, make)


@serves("tjet")
def tjet(server: HTTPServer) -> Accused:
    """Start it with all figures."""
    frame = as_tjet_publishes(pd.read_parquet(DATA / "tjet_icc_accused.parquet"))

    def make(damage: str) -> bytes:
        return damaged(frame, damage, "ICC_arrest_warrant", "ccode_target").to_csv(index=False).encode()

    return Accused(server, make)


@serves("sipri")
def sipri(server: HTTPServer) -> Sipri:
    """Start it with all figures."""
    return Sipri(server, stored("sipri_coalition_deliveries"))
