"""UNHCR Refugee Population Statistics: stocks, asylum procedures, solutions, flows, age and sex.

Reads the answers of the Refugee Data Finder service (pages of JSON) and tables of the same columns as CSV or parquet.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from r2p_analysis.sources import unhcr_countries
from r2p_analysis.sources.cadence import Releases
from r2p_analysis.sources.contract import ByHand, Source
from r2p_analysis.sources.guard import one_line_errors
from r2p_analysis.sources.unhcr_addresses import PAGE_ROWS, first_page
from r2p_analysis.sources.unhcr_records import between_countries, read_records
from r2p_analysis.sources.unhcr_tables import (
    AGE_GROUPS,
    COLLECTED_SINCE,
    DEMOGRAPHICS_NAMES,
    NAMES,
    TABLES,
)

if TYPE_CHECKING:
    from r2p_analysis.sources.http import Http

# Endpoints of the service. Flows are not served: they come as a workbook.
_ENDPOINTS = {
    "unhcr_population": "population",
    "unhcr_asylum_applications": "asylum-applications",
    "unhcr_asylum_decisions": "asylum-decisions",
    "unhcr_solutions": "solutions",
    "unhcr_demographics": "demographics",
}
# The flow workbook writes UNHCR's own codes of the two pseudo countries into its ISO columns.
_FLOW_PSEUDO_CODES = {"UKN": "UNK", "STA": "XXA"}

_PAGES = "Raise page by one until maxPages of the answer, and number the files alike."


def _address_of(table: str, endpoint: str) -> str:
    first = next(c.minimum for one in TABLES if one.name == table for c in one.columns if c.name == "year")
    return first_page(endpoint, int(first or 0), by_type=table == "unhcr_demographics")


SOURCE = Source(
    name="unhcr",
    producer="UNHCR",
    licence="CC BY 4.0",
    licence_url="https://creativecommons.org/licenses/by/4.0/",
    attribution="UNHCR Refugee Population Statistics Database",
    cadence=Releases("yearly in June (end of year), October (mid-year)", month=6, between=10),
    url="https://www.unhcr.org/refugee-statistics/",
    service="https://api.unhcr.org/population/v1/",
    tables=(*TABLES, unhcr_countries.TABLE),
    by_hand=(
        *(
            ByHand(f"{endpoint}-0001.json", _address_of(table, endpoint), (table,), _PAGES)
            for table, endpoint in _ENDPOINTS.items()
        ),
        ByHand(
            "countries-0001.json",
            f"https://api.unhcr.org/population/v1/countries?limit={PAGE_ROWS}&page=1",
            (unhcr_countries.TABLE.name,),
        ),
        ByHand(
            "UNHCR_Flow_Data*.csv",
            "https://unhcr-web.github.io/refugee-statistics/data/UNHCR_Flow_Data.xlsx",
            ("unhcr_flows",),
            "Of the workbook, save the sheet DATA as CSV in UTF-8: columns Year, OriginISO, AsylumISO, PT and Count.",
        ),
    ),
)


def download(table: str, folder: Path, session: Http) -> list[Path]:
    """Download all pages of one table into the raw folder; none for a table that the service does not give."""
    from r2p_analysis.sources.unhcr_service import download_list, download_pages

    if table == unhcr_countries.TABLE.name:
        return download_list(session, folder, "countries")
    if table not in _ENDPOINTS:
        return []
    first = next(column.minimum for column in SOURCE.table(table).columns if column.name == "year")
    return download_pages(session, folder, _ENDPOINTS[table], int(first or 1951), by_type=table == "unhcr_demographics")


@one_line_errors
def parse(table: str, files: list[Path]) -> pd.DataFrame:
    """Read one UNHCR table.

    Parameters
    ----------
    table : str
        Name of a table of `SOURCE`.
    files : list of Path
        Pages of the service's answer, or one file with the same columns.

    Returns
    -------
    pandas.DataFrame
        Columns of the contract; persons unless `counted_as` says cases. A category is null in the years before it was
        collected, though the producer writes 0 there.

    Raises
    ------
    SourceError
        When columns are missing, cells are not whole numbers, or rows are summed over countries.
    """
    if table == unhcr_countries.TABLE.name:
        return unhcr_countries.parse_countries(files)
    names = NAMES[table]
    frame = between_countries(read_records(files), list(names), where=files[0].name)
    frame = frame.rename(columns=names)
    if table == "unhcr_population":
        frame = _mask_before_collection(frame)
    if table == "unhcr_demographics":
        frame = _mask_unknown_ages(frame)
    if table == "unhcr_flows":
        places = ["origin_iso3", "asylum_iso3"]
        frame[places] = frame[places].replace(_FLOW_PSEUDO_CODES)
    contract = SOURCE.table(table)
    return frame[contract.column_names].sort_values(list(contract.key), ignore_index=True)


def _mask_before_collection(frame: pd.DataFrame) -> pd.DataFrame:
    """Make a category null in years before its collection began, where the producer writes zero."""
    masked = {name: frame[name].mask(frame["year"] < first) for name, first in COLLECTED_SINCE.items()}
    return frame.assign(**masked)


def _mask_unknown_ages(frame: pd.DataFrame) -> pd.DataFrame:
    """Make age and sex null where only the total is known, where the producer writes zero."""
    frame = frame.copy()
    cells = [name for name in DEMOGRAPHICS_NAMES.values() if name.startswith(("female_", "male_"))]
    by_sex = frame["female_total"] + frame["male_total"]
    frame[cells] = frame[cells].mask((by_sex == 0) & (frame["total"] > 0))
    for sex in ("female", "male"):
        ages = [f"{sex}_{age}" for age in AGE_GROUPS]
        unknown = (frame[ages].sum(axis=1) == 0) & (frame[f"{sex}_total"] > 0)
        frame[ages] = frame[ages].mask(unknown)
    return frame
