"""IDMC's stock of people internally displaced by conflict and violence, as UNHCR republishes it."""

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

COUNTRIES_SINCE = 2009


def _stays_in_country(frame: pd.DataFrame) -> str | None:
    by_country = frame[frame["year"] < COUNTRIES_SINCE]
    odd = by_country[by_country["origin_iso3"] != "UNK"]
    return f"{len(odd)} rows name a country before {COUNTRIES_SINCE}" if len(odd) else None


SOURCE = Source(
    name="idmc",
    producer="IDMC, republished by UNHCR",
    licence="CC BY 4.0 as republished; IDMC's own terms: credit, non-commercial use",
    licence_url="https://www.internal-displacement.org/terms-and-conditions/",
    attribution="Internal Displacement Monitoring Centre (IDMC), via UNHCR Refugee Population Statistics Database",
    cadence=Releases("yearly in May (IDMC), June (UNHCR)", month=6),
    url="https://www.internal-displacement.org/database/",
    service="https://api.unhcr.org/population/v1/",
    tables=(
        Table(
            name="idmc_conflict_idps",
            title="People internally displaced by conflict and violence, end of year",
            columns=(
                Column("year", "integer", "stock at 31 December", minimum=1990, maximum=2100),
                Column("origin_iso3", "text", "country; UNK is the world or not told", place=True),
                Column("conflict_idps", "integer", "people internally displaced by conflict", minimum=0),
            ),
            key=("year", "origin_iso3"),
            stems=("idmc_conflict_idps", "idmc"),
            checks=(_stays_in_country,),
            caveats=(
                f"One figure for the world a year before {COUNTRIES_SINCE}; countries from then on.",
                "A country without a row has no figure: that is not zero. Nigeria has none before 2013.",
                "The series is revised: later releases changed figures of past years.",
                "Serbia includes Kosovo; Abyei is counted apart.",
            ),
        ),
    ),
    by_hand=(
        ByHand(
            "idmc-0001.json",
            first_page("idmc", 1990),
            ("idmc_conflict_idps",),
            "Raise page by one until maxPages of the answer, and number the files alike.",
        ),
    ),
)


def download(table: str, folder: Path, session: Http) -> list[Path]:
    """Download the series from UNHCR's service into the raw folder."""
    from r2p_analysis.sources.unhcr_service import download_pages

    return download_pages(session, folder, "idmc", 1990)


@one_line_errors
def parse(table: str, files: list[Path]) -> pd.DataFrame:
    """Read IDMC's stock from UNHCR's service or a table in its shape.

    Returns
    -------
    pandas.DataFrame
        year, origin_iso3, conflict_idps (persons, 31 December).

    Raises
    ------
    SourceError
        When columns are missing, cells are not whole numbers, or rows are summed over countries.
    """
    frame = between_countries(read_records(files), ["total"], where=files[0].name)
    frame = frame.rename(columns={"total": "conflict_idps"})
    contract = SOURCE.table(table)
    return frame[contract.column_names].sort_values(list(contract.key), ignore_index=True)
