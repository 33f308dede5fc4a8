"""Attacks on aid workers: Humanitarian Outcomes' Aid Worker Security Database, by country and in three vintages."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from r2p_analysis import countries
from r2p_analysis.errors import SourceError, UsageError
from r2p_analysis.sources.cadence import QUARTER, Fixed, Rolling
from r2p_analysis.sources.contract import Column, Source, Table
from r2p_analysis.sources.files import read_delimited, require_columns, whole_numbers

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
            stems=("awsd_year_country",),
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
            cadence=Fixed("kept as published at those dates"),
        ),
    ),
)


def parse(table: str, files: list[Path]) -> pd.DataFrame:
    """Read sums of the database by country and year, or by vintage and year.

    Returns
    -------
    pandas.DataFrame
        Columns of the contract; incidents and people.

    Raises
    ------
    SourceError
        When columns are missing, a country is unknown, or counts are not whole numbers.
    """
    contract = SOURCE.table(table)
    where = files[0].name
    frame = pd.concat([read_delimited(path) for path in files], ignore_index=True)
    keys = ["vintage", "complete_year"] if table == "awsd_vintages" else ["iso3", "country"]
    require_columns(frame, ["year", *keys, *_COUNTS], where)
    for name in ("year", *_COUNTS):
        frame[name] = whole_numbers(frame[name], where)
    if table == "awsd_attacks":
        frame = _placed(frame, where)
    return frame[contract.column_names].sort_values(list(contract.key), ignore_index=True)


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
        raise SourceError(f'{where}: "{name}" has no code; say in awsd.py under which place its figures are kept')
    return _AREAS[name], name
