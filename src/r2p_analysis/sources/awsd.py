"""Attacks on aid workers: Humanitarian Outcomes' Aid Worker Security Database, by country and in three vintages.

Of the database's file, with one row an incident, only places, years and numbers are read: no story of an attack.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from r2p_analysis import countries
from r2p_analysis.errors import SourceError, UsageError
from r2p_analysis.sources.cadence import QUARTER, Fixed, Rolling
from r2p_analysis.sources.contract import ByHand, Column, Source, Table
from r2p_analysis.sources.files import read_delimited, require_columns, shown, whole_numbers
from r2p_analysis.sources.guard import one_line_errors
from r2p_analysis.sources.politeness import Service

if TYPE_CHECKING:
    from r2p_analysis.sources.http import Http

SERVICE = Service("awsd", "https://www.aidworkersecurity.org/", interval=2.0, pause=5.0)
# All incidents of all countries. The service is not known to heed its own filters by year: none is sent.
_PATH = "incidents/search?detail=1&format=csv"
INCIDENT = "Incident ID"
"""The column by which the database's own file, with one row an incident, is known."""
_INCIDENT_COUNTS = {
    "killed": "Total killed",
    "wounded": "Total wounded",
    "kidnapped": "Total kidnapped",
    "affected": "Total affected",
}
_INCIDENT_COLUMNS = [INCIDENT, "Year", "Country Code", "Country", *_INCIDENT_COUNTS.values()]

_COUNTS = ["incidents", "killed", "wounded", "kidnapped", "affected"]
# Units of the database that are no country of the table, and the place under which their figures are kept.
_AREAS = {"Chechnya": "RUS", "Kashmir": "UNK", "Kosovo": "XKX"}
NOT_TOLD = "not told"

_COUNT_COLUMNS = (
    Column("incidents", "integer", "attacks on aid workers", minimum=0),
    Column("killed", "integer", "aid workers killed", minimum=0),
    Column("wounded", "integer", "aid workers wounded", minimum=0),
    Column("kidnapped", "integer", "aid workers kidnapped", minimum=0),
    Column("affected", "integer", "all victims, with those detained or harmed otherwise", minimum=0),
)


def _victims_add_up(frame: pd.DataFrame) -> str | None:
    short = frame[frame["affected"] < frame["killed"] + frame["wounded"] + frame["kidnapped"]]
    return f"{len(short)} rows have fewer victims than killed, wounded and kidnapped together" if len(short) else None


_CAVEATS = (
    "Major attacks only, from public sources and agencies; lesser ones and most threats are not counted.",
    "Incidents from 2023 on are not yet verified with agencies; the release of December 2025 holds cases of detention.",
    "Numbers follow the number of aid workers in the field, which is not known by year.",
)

SOURCE = Source(
    name="awsd",
    producer="Humanitarian Outcomes",
    licence="open download, terms not confirmed",
    licence_url="",
    attribution="Humanitarian Outcomes, Aid Worker Security Database, aidworkersecurity.org",
    cadence=Rolling("continuously; a report in August", QUARTER),
    url="https://www.aidworkersecurity.org/",
    service=SERVICE.base,
    by_hand=(
        ByHand(
            "security_incidents*.csv",
            SERVICE.base + _PATH,
            ("awsd_attacks",),
            "The page https://www.aidworkersecurity.org/incidents offers the same file: choose all, then CSV.",
        ),
        ByHand(
            "awsd_year_vintages.csv",
            "https://www.aidworkersecurity.org/incidents",
            ("awsd_vintages",),
            "Sums by year of a copy that you kept: columns year, incidents, killed, wounded, kidnapped, affected, "
            "vintage (the date of the copy) and complete_year. Vintages stored before stay.",
        ),
    ),
    redistribution="aggregates only",
    tables=(
        Table(
            name="awsd_attacks",
            title="Attacks on aid workers by country and year",
            columns=(
                Column("year", "integer", "calendar year", minimum=1997, maximum=2100),
                Column("iso3", "text", "where it happened; UNK is not told or disputed", place=True),
                Column("area", "text", "the producer's unit, where it is no country; else empty", nullable=True),
                *_COUNT_COLUMNS,
                Column("complete_year", "boolean", "whether the year was over and covered"),
            ),
            key=("year", "iso3", "area"),
            stems=("awsd_year_country", "security_incidents"),
            checks=(_victims_add_up,),
            caveats=(
                *_CAVEATS,
                "A country without a row had no recorded attack in that year.",
                "Attacks in Chechnya are kept under Russia and those in Kashmir under no country.",
            ),
        ),
        Table(
            name="awsd_vintages",
            title="Attacks on aid workers, year totals as known at three dates",
            columns=(
                Column("vintage", "date", "when the database stood so: YYYY-MM or YYYY-MM-DD"),
                Column("year", "integer", "calendar year", minimum=1997, maximum=2100),
                *_COUNT_COLUMNS,
                Column("complete_year", "boolean", "whether the year was over and covered"),
            ),
            key=("vintage", "year"),
            stems=("awsd_year_vintages",),
            checks=(_victims_add_up,),
            caveats=_CAVEATS,
            grows_by="vintage",
            cadence=Fixed("kept as published at those dates"),
        ),
    ),
)


def download(table: str, folder: Path, session: Http) -> list[Path]:
    """Download the database's file of incidents; none for the vintages, which a fetch leaves as they are."""
    from r2p_analysis.sources.bulk import take_text

    if table != "awsd_attacks":
        return []
    return take_text(session, SERVICE, _PATH, folder / "security_incidents.csv")


@one_line_errors
def parse(table: str, files: list[Path]) -> pd.DataFrame:
    """Read the database's own file, with one row an incident, or sums by country and year, or by vintage and year.

    Returns
    -------
    pandas.DataFrame
        Columns of the contract; incidents and people.

    Raises
    ------
    SourceError
        When columns are missing, an incident stands twice or lacks a number, a country is unknown, or counts are not
        whole numbers.
    """
    contract = SOURCE.table(table)
    where = files[0].name
    frame = pd.concat([_read(path) for path in files], ignore_index=True)
    keys = ["vintage", "complete_year"] if table == "awsd_vintages" else ["iso3", "country"]
    require_columns(frame, ["year", *keys, *_COUNTS], where)
    for name in ("year", *_COUNTS):
        frame[name] = whole_numbers(frame[name], where)
    if table == "awsd_attacks":
        frame = _placed(frame, where)
    return frame[contract.column_names].sort_values(list(contract.key), ignore_index=True)


def _read(path: Path) -> pd.DataFrame:
    frame = read_delimited(path, only=_worth_reading)
    return _incidents(frame, path.name) if INCIDENT in frame.columns else frame


def _worth_reading(column: str) -> bool:
    """Tell columns of numbers and places from those that tell what was done to whom."""
    return column in (*_INCIDENT_COLUMNS, "year", "iso3", "country", "vintage", "complete_year", *_COUNTS)


def _incidents(frame: pd.DataFrame, where: str) -> pd.DataFrame:
    """Give one row an incident in the columns of the sums; each counts once."""
    require_columns(frame, _INCIDENT_COLUMNS, where)
    # A second header of tags stands under the first.
    frame = frame[~frame[INCIDENT].astype("string").str.startswith("#").fillna(False)].reset_index(drop=True)
    identity = frame[INCIDENT].astype("string").str.strip()
    if identity.isna().any() or identity.duplicated().any():
        odd = identity[identity.isna() | identity.duplicated()].iloc[0]
        raise SourceError(
            f"{where}: expected each incident once, with a number of its own; got {shown(odd)} again or none"
        )
    counts = {ours: whole_numbers(frame[theirs], where) for ours, theirs in _INCIDENT_COUNTS.items()}
    out = pd.DataFrame({"year": whole_numbers(frame["Year"], where), **counts, "incidents": 1})
    if out.isna().any().any():
        row = identity[out.isna().any(axis=1)].iloc[0]
        raise SourceError(
            f"{where}: incident {shown(row)} lacks its year or a number of people; nothing is taken for zero"
        )
    out["country"] = frame["Country"].astype("string").str.strip().astype("object")
    out["iso3"] = [_from_iso2(code, where) for code in frame["Country Code"]]
    return out


def _from_iso2(code: object, where: str) -> str | None:
    if not isinstance(code, str) or not code.strip():
        return None
    try:
        return countries.from_iso2(code.strip()).iso3
    except UsageError as error:
        raise SourceError(f"{where}: {error}") from None


def _placed(frame: pd.DataFrame, where: str) -> pd.DataFrame:
    pairs = [_place(code, name, where) for code, name in zip(frame["iso3"], frame["country"], strict=True)]
    frame = frame.assign(iso3=[code for code, _ in pairs], area=pd.Series([area for _, area in pairs], dtype="string"))
    summed = frame.groupby(["year", "iso3", "area"], as_index=False, dropna=False)[_COUNTS].sum()
    # The database is downloaded within a year: its last year is not over.
    summed["complete_year"] = summed["year"] < summed["year"].max()
    return summed


def _place(code: object, name: object, where: str) -> tuple[str, str | None]:
    if isinstance(code, str):
        try:
            return countries.get(code).iso3, None
        except UsageError as error:
            raise SourceError(f"{where}: {error}") from None
    if not isinstance(name, str):
        return "UNK", NOT_TOLD
    if name not in _AREAS:
        raise SourceError(
            f'{where}: "{shown(name)}" has no code; say in awsd.py under which place its figures are kept'
        )
    return _AREAS[name], name
