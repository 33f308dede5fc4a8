"""Palestine refugees registered with UNRWA, as UNHCR republishes them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from r2p_analysis.sources.cadence import Releases
from r2p_analysis.sources.contract import ByHand, Column, Source, Table
from r2p_analysis.sources.guard import one_line_errors
from r2p_analysis.sources.unhcr_addresses import first_page
from r2p_analysis.sources.unhcr_records import between_countries, read_records

if TYPE_CHECKING:
    from r2p_analysis.sources.http import Http


def _all_from_palestine(frame: pd.DataFrame) -> str | None:
    others = frame[frame["origin_iso3"] != "PSE"]
    return f"{len(others)} rows have another origin than PSE" if len(others) else None


SOURCE = Source(
    name="unrwa",
    producer="UNRWA, republished by UNHCR",
    licence="CC BY 4.0 as republished",
    licence_url="https://creativecommons.org/licenses/by/4.0/",
    attribution="UNRWA, via UNHCR Refugee Population Statistics Database",
    cadence=Releases("yearly in June", month=6),
    url="https://www.unrwa.org/",
    service="https://api.unhcr.org/population/v1/",
    tables=(
        Table(
            name="unrwa_palestine_refugees",
            title="Palestine refugees under UNRWA's mandate, end of year",
            columns=(
                Column("year", "integer", "stock at 31 December", minimum=1952, maximum=2100),
                Column("origin_iso3", "text", "always PSE", place=True),
                Column("asylum_iso3", "text", "where they are registered", place=True),
                Column("palestine_refugees", "integer", "registered Palestine refugees", minimum=0),
            ),
            key=("year", "asylum_iso3"),
            stems=("unrwa_palestine_refugees", "unrwa"),
            checks=(_all_from_palestine,),
            caveats=(
                "Registered people, including descendants of those displaced in 1948.",
                "From 2023, some are also counted as internally displaced in Gaza: the plain sum counts them twice.",
            ),
        ),
    ),
    by_hand=(
        ByHand(
            "unrwa-0001.json",
            first_page("unrwa", 1952),
            ("unrwa_palestine_refugees",),
            "Raise page by one until maxPages of the answer, and number the files alike.",
        ),
    ),
)


def download(table: str, folder: Path, session: Http) -> list[Path]:
    """Download the series from UNHCR's service into the raw folder."""
    from r2p_analysis.sources.unhcr_service import download_pages

    return download_pages(session, folder, "unrwa", 1952)


@one_line_errors
def parse(table: str, files: list[Path]) -> pd.DataFrame:
    """Read UNRWA's registered refugees from UNHCR's service or a table in its shape.

    Returns
    -------
    pandas.DataFrame
        year, origin_iso3, asylum_iso3, palestine_refugees (persons, 31 December).

    Raises
    ------
    SourceError
        When columns are missing, cells are not whole numbers, or rows are summed over countries.
    """
    frame = between_countries(read_records(files), ["total"], where=files[0].name)
    frame = frame.rename(columns={"total": "palestine_refugees"})
    contract = SOURCE.table(table)
    return frame[contract.column_names].sort_values(list(contract.key), ignore_index=True)
