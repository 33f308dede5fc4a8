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
            "LocTypeName": (population["iso3"] == "WLD").map({True: "World", False: "Country/Area"}),
            "Location": population["iso3"].where(population["iso3"] != "WLD", "World"),
            "Variant": "Medium",
            "Time": population["year"],
            "TPopulation1Jan": 1.0,
            "TPopulation1July": population["population"] / 1000,
        }
    )
    later = frame[frame["Time"] == frame["Time"].max()].assign(Time=last, TPopulation1July=1.0)
    group = frame.iloc[:1].assign(ISO3_code=None, LocTypeName="Geographic region", Location="Africa")
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
    frame = _redrawn(frame, damage)
    with tempfile.TemporaryDirectory() as folder:
        frame.to_file(Path(folder) / f"{name}.shp")
        members = [(path.name, path.read_bytes()) for path in sorted(Path(folder).iterdir())]
    return zipped(*members, (f"{name}.VERSION.txt", b"9.9.9\n"))


def _redrawn(frame: gpd.GeoDataFrame, damage: str) -> gpd.GeoDataFrame:
    match damage:
        case "renamed column":
            return frame.rename(columns={"ISO_A3_EH": "ISO_A3"})
        case "new column":
            return frame.assign(NEW="?")
        case "duplicate key":
            return pd.concat([frame, frame.iloc[:1]], ignore_index=True)
        case "unknown country":
            return frame.assign(**{name: ["QQQ", *frame[name].iloc[1:]] for name in ("ISO_A3_EH", "ADM0_A3")})
        case "empty":
            return frame.iloc[:0]
    return frame


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
    """A producer whose file lies at one address: a subclass says which, and how the file is made after a damage."""

    path = ""

    def __init__(self, server: HTTPServer) -> None:
        place = type(self).__name__
        super().__init__(server.url_for(f"/{place}/"))
        server.expect_request(re.compile(f"/{place}/{re.escape(self.path)}")).respond_with_handler(self.answer)

    def truth(self, request: Request) -> Response:
        return Response(self.file(), content_type="text/plain")

    def file(self) -> bytes:
        raise NotImplementedError


class Awsd(OneFile):
    """The Aid Worker Security Database: one row an incident, its victims in all the only total."""

    variable, path = "R2P_AWSD_URL", "incidents/search"
    formats: ClassVar[frozenset[str]] = frozenset({"csv"})

    def __init__(self, server: HTTPServer, frame: pd.DataFrame) -> None:
        super().__init__(server)
        self._rows = incidents(frame)

    def file(self) -> bytes:
        rows = damaged(self._rows, self.damage, "Total killed", "Country Code")
        if self.damage == "total off by ten":
            largest = rows["Total affected"].idxmax()
            rows = rows.assign(
                **{"Total affected": rows["Total affected"].where(rows.index != largest, lambda n: n - 10)}
            )
        return as_awsd_publishes(rows)


class Bls(OneFile):
    """The Bureau's flat file: the average of a year stands beside its months."""

    variable, path = "R2P_BLS_URL", "cu.data.1.AllItems"
    formats: ClassVar[frozenset[str]] = frozenset({"csv"})
    lacks: ClassVar[Mapping[str, str]] = {
        "unknown country": "The prices are those of one country, which no cell names."
    }

    def file(self) -> bytes:
        text = as_bureau_publishes(stored("prices")).decode()
        head, _, rest = text.partition("\n")
        match self.damage:
            case "renamed column":
                text = text.replace("period", "figures")
            case "new column":
                text = f"{head}\tnew this year\n" + "".join(f"{line}\t?\n" for line in rest.splitlines())
            case "duplicate key":
                text += f"{rest.splitlines()[0]}\n"
            case "total off by ten":
                average = re.search(r"(?m)^CUUR0000SA0.*\t2015\tM13\t *([0-9.]+)", text)
                assert average is not None
                text = text[: average.start(1)] + str(float(average[1]) + 10) + text[average.end(1) :]
            case "empty":
                text = f"{head}\n"
        return text.encode()


class Wpp(OneFile):
    """World Population Prospects: countries, which add up to the world, and groups of countries."""

    variable, path = "R2P_WPP_URL", "WPP2024_Demographic_Indicators_Medium.csv.gz"
    formats: ClassVar[frozenset[str]] = frozenset({"csv"})

    def __init__(self, server: HTTPServer, population: pd.DataFrame) -> None:
        super().__init__(server)
        self._frame = as_wpp_publishes(population)

    def file(self) -> bytes:
        frame, people = self._frame, "TPopulation1July"
        if self.damage == "duplicate key":
            # Two areas of one code are two figures only if they differ.
            frame = pd.concat([frame, frame.iloc[:1].assign(**{people: 1.5})])
        elif self.damage == "total off by ten":
            # In thousands: the smallest number by which a total can be off and a reader would care.
            frame = frame.assign(**{people: frame[people] + 10 * (frame["Location"] == "World")})
        else:
            frame = damaged(frame, self.damage, people, "ISO3_code")
        return gzip.compress(frame.to_csv(index=False).encode("utf-8-sig"), mtime=0)


class Tjet(OneFile):
    """TJET's list of the accused."""

    variable, path = "R2P_TJET_URL", "tjet_icc_accused.csv"
    formats: ClassVar[frozenset[str]] = frozenset({"csv"})
    lacks: ClassVar[Mapping[str, str]] = {"total off by ten": "The list has one row a person and no sum of anything."}

    def file(self) -> bytes:
        frame = as_tjet_publishes(pd.read_parquet(DATA / "tjet_icc_accused.parquet"))
        return damaged(frame, self.damage, "ICC_arrest_warrant", "ccode_target").to_csv(index=False).encode()


class NaturalEarth(OneFile):
    """Natural Earth's shapefile in its archive."""

    variable, path = "R2P_NATURAL_EARTH_URL", "ne_10m_admin_0_countries_deu.zip"
    formats: ClassVar[frozenset[str]] = frozenset({"zip"})
    lacks: ClassVar[Mapping[str, str]] = {
        "total off by ten": "Boundaries are shapes, and there is no number to add up."
    }

    def file(self) -> bytes:
        return as_natural_earth_publishes(pd.read_parquet(DATA / "world_shapes.parquet"), damage=self.damage)


class Sipri(Fake):
    """The service behind SIPRI's page: a list of countries, and a register for a question put by POST."""

    variable = "R2P_SIPRI_URL"
    formats: ClassVar[frozenset[str]] = frozenset({"json", "csv"})
    lacks: ClassVar[Mapping[str, str]] = {
        "total off by ten": "The register has one volume a deal, and states no sum of volumes.",
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
        start = text.index("Recipient,")
        head, *deals = text[start:].splitlines()
        match self.damage:
            case "renamed column":
                head = head.replace("Recipient,", "Receiver,")
            case "new column":
                head, deals = f"{head},new this year", [f"{deal},?" for deal in deals]
            case "duplicate key":
                deals.append(deals[0])
            case "unknown country":
                recipient, _, rest = deals[0].split(",", 2)
                deals[0] = f"{recipient},Atlantis,{rest}"
            case "empty":
                deals = []
        return text[:start] + "".join(f"{line}\n" for line in (head, *deals))


@serves("awsd")
def awsd(server: HTTPServer, years: tuple[int, int] = (2014, 2015)) -> Awsd:
    """Start it with the figures of two years."""
    return Awsd(server, stored("awsd_attacks", years))


@serves("awsd", whole=True)
def awsd_whole(server: HTTPServer) -> Awsd:
    """Start it with all figures."""
    return Awsd(server, stored("awsd_attacks"))


@serves("bls")
@serves("bls", whole=True)
def bls(server: HTTPServer) -> Bls:
    """Start it with all figures."""
    return Bls(server)


@serves("wpp")
def wpp(server: HTTPServer, years: tuple[int, int] = (2014, 2015)) -> Wpp:
    """Start it with the figures of two years."""
    return Wpp(server, stored("wpp_population", years))


@serves("wpp", whole=True)
def wpp_whole(server: HTTPServer) -> Wpp:
    """Start it with all figures."""
    return Wpp(server, stored("wpp_population"))


@serves("natural_earth")
def natural_earth(server: HTTPServer) -> NaturalEarth:
    """Start it with all shapes."""
    return NaturalEarth(server)


@serves("tjet")
@serves("tjet", whole=True)
def tjet(server: HTTPServer) -> Tjet:
    """Start it with all figures."""
    return Tjet(server)


@serves("sipri")
@serves("sipri", whole=True)
def sipri(server: HTTPServer) -> Sipri:
    """Start it with all figures."""
    return Sipri(server, stored("sipri_coalition_deliveries"))
