"""Journalists killed: counts of the Committee to Protect Journalists, by country and in two vintages."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from r2p_analysis import countries
from r2p_analysis.errors import SourceError, UsageError
from r2p_analysis.sources.cadence import QUARTER, Fixed, Rolling
from r2p_analysis.sources.contract import ByHand, Column, Source, Table
from r2p_analysis.sources.cpj_people import counts_by_country, is_list_of_people, worth_reading
from r2p_analysis.sources.files import read_delimited, require_columns, whole_numbers
from r2p_analysis.sources.guard import one_line_errors

_COUNTS = ["journalists_confirmed", "journalists_unconfirmed", "media_workers"]
MEDIA_WORKERS_SINCE = 2003
_UNITS = {"Israel and the Occupied Palestinian Territory": "XIP"}

_COUNT_COLUMNS = (
    Column("journalists_confirmed", "integer", "journalists killed for their work, motive confirmed", minimum=0),
    Column("journalists_unconfirmed", "integer", "journalists killed, motive not confirmed", minimum=0),
    Column(
        "media_workers",
        "integer",
        f"drivers, translators and other media workers; counted since {MEDIA_WORKERS_SINCE}",
        nullable=True,
        minimum=0,
    ),
    Column("complete_year", "boolean", "whether the year was over when the list was taken"),
)
_CAVEATS = (
    "Confirmed means that the motive, the person's work, is confirmed; cases are reclassified for years after.",
    f"Media workers are counted since {MEDIA_WORKERS_SINCE}.",
    "Figures are of the place where the person was killed.",
)

SOURCE = Source(
    name="cpj",
    producer="Committee to Protect Journalists",
    licence="terms not confirmed (CPJ's content is usually CC BY-NC-ND)",
    licence_url="",
    attribution="Committee to Protect Journalists, cpj.org/data",
    cadence=Rolling("continuously; a census in January", QUARTER),
    url="https://cpj.org/data/",
    by_hand=(
        ByHand(
            "cpj_export.csv",
            "https://cpj.org/data/",
            ("cpj_killed",),
            "Choose killed, all years, journalists and media workers, motive confirmed and unconfirmed, and export as "
            "CSV. Only status, date, country, role and motive are read: no name.",
        ),
        ByHand(
            "cpj_killed_year_vintages.csv",
            "https://cpj.org/data/",
            ("cpj_vintages",),
            "Sums by year of a copy that you kept: columns year, journalists_confirmed, journalists_unconfirmed, "
            "media_workers and vintage (the date of the copy). Vintages stored before stay.",
        ),
    ),
    redistribution="aggregates only",
    tables=(
        Table(
            name="cpj_killed",
            title="Journalists and media workers killed by country and year",
            columns=(
                Column("year", "integer", "calendar year", minimum=1992, maximum=2100),
                Column("iso3", "text", "where it happened; XIP is CPJ's one unit of Israel and the OPT", place=True),
                *_COUNT_COLUMNS,
            ),
            key=("year", "iso3"),
            stems=("cpj_killed_year_country", "cpj_export"),
            caveats=(
                *_CAVEATS,
                "Israel and the Occupied Palestinian Territory are one unit: neither can be given alone.",
                "A country without a row had no recorded killing in that year.",
            ),
        ),
        Table(
            name="cpj_vintages",
            title="Journalists and media workers killed, year totals as known at two dates",
            columns=(
                Column("vintage", "date", "when the list stood so: YYYY-MM or YYYY-MM-DD"),
                Column("year", "integer", "calendar year", minimum=1992, maximum=2100),
                *_COUNT_COLUMNS,
            ),
            key=("vintage", "year"),
            stems=("cpj_killed_year_vintages",),
            caveats=_CAVEATS,
            grows_by="vintage",
            cadence=Fixed("kept as published at those dates"),
        ),
    ),
)


@one_line_errors
def parse(table: str, files: list[Path]) -> pd.DataFrame:
    """Read CPJ's own list, with one row a person, or sums of it by country and year, or by vintage and year.

    Returns
    -------
    pandas.DataFrame
        Columns of the contract; people. Media workers are null before they were counted.

    Raises
    ------
    SourceError
        When columns are missing, a place, a role or a vintage cannot be read, or counts are not whole numbers.
    """
    contract = SOURCE.table(table)
    where = files[0].name
    frame = pd.concat([_read(path) for path in files], ignore_index=True)
    keys = ["vintage"] if table == "cpj_vintages" else ["iso3", "country"]
    require_columns(frame, ["year", *keys, *_COUNTS], where)
    for name in ("year", *_COUNTS):
        frame[name] = whole_numbers(frame[name], where)
    frame["media_workers"] = frame["media_workers"].mask(frame["year"] < MEDIA_WORKERS_SINCE)
    if table == "cpj_vintages":
        frame["vintage"] = [_date(text, where) for text in frame["vintage"]]
        frame["complete_year"] = frame["year"] < frame["vintage"].str[:4].astype(int)
    else:
        codes = zip(frame["iso3"], frame["country"], strict=True)
        frame["iso3"] = [_place(code, name, where) for code, name in codes]
        # The list is taken within a year: its last year is not over.
        frame["complete_year"] = frame["year"] < frame["year"].max()
    return frame[contract.column_names].sort_values(list(contract.key), ignore_index=True)


def _read(path: Path) -> pd.DataFrame:
    known = {"year", "iso3", "country", "vintage", *_COUNTS}
    frame = read_delimited(path, only=lambda name: name in known or worth_reading(name))
    return counts_by_country(frame, path.name) if is_list_of_people(frame) else frame


def _date(text: object, where: str) -> str:
    """Give the most exact ISO date in a vintage such as "2025 (last entry 2025-08-25)"."""
    dates = re.findall(r"\d{4}-\d{2}(?:-\d{2})?", str(text))
    if not dates:
        raise SourceError(f'{where}: vintage "{text}" holds no date; expected YYYY-MM or YYYY-MM-DD')
    return str(max(dates, key=len))


def _place(code: object, name: object, where: str) -> str:
    if not isinstance(code, str) and name in _UNITS:
        return _UNITS[str(name)]
    try:
        return (countries.get(code) if isinstance(code, str) else countries.find(str(name), countries.KINDS)).iso3
    except UsageError as error:
        raise SourceError(f"{where}: {error}") from None
