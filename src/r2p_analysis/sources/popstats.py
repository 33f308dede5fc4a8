"""UNHCR's older Popstats database as it stood in August 2017: what was known soon after the 2016 report.

Only sums over all countries are kept: the terms of the old file are not stated, and it carries names without codes.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from r2p_analysis.sources.cadence import Fixed
from r2p_analysis.sources.contract import Column, Source, Table
from r2p_analysis.sources.files import require_columns, whole_numbers

_COMPONENTS = {
    "refugees": "refugees",
    "asylum_seekers": "asylum_seekers",
    "idps": "unhcr_idps",
    "stateless": "stateless",
    "ooc": "others_of_concern",
    "returned_refugees": "returned_refugees",
    "returned_idps": "returned_idps",
}

SOURCE = Source(
    name="popstats",
    producer="UNHCR",
    licence="terms not stated; sums carried with credit",
    licence_url="",
    attribution="UNHCR Population Statistics (Popstats), August 2017",
    cadence=Fixed("ended; replaced by the Refugee Data Finder"),
    url="https://www.unhcr.org/refugee-statistics/",
    tables=(
        Table(
            name="unhcr_world_in_2017",
            title="World totals as UNHCR's database gave them in August 2017",
            columns=(
                Column("year", "integer", "stock at 31 December", minimum=1951, maximum=2016),
                Column("component", "text", "category of people", allowed=tuple(_COMPONENTS.values())),
                Column("people", "integer", "people in the world", minimum=0),
            ),
            key=("year", "component"),
            stems=("unhcr_popstats_vintage2017",),
            caveats=("Cells of 1 to 4 were withheld in that release and are missing from the sums.",),
        ),
    ),
)


def parse(table: str, files: list[Path]) -> pd.DataFrame:
    """Sum the 2017 database over countries.

    Returns
    -------
    pandas.DataFrame
        year, component, people.

    Raises
    ------
    SourceError
        When columns are missing.
    """
    frame = pd.concat([pd.read_parquet(path) for path in files], ignore_index=True)
    require_columns(frame, ["year", "population_type", "value"], files[0].name)
    frame = frame.assign(
        component=frame["population_type"].map(_COMPONENTS).astype("string"),
        people=whole_numbers(frame["value"], files[0].name),
    )
    sums: pd.DataFrame = frame.groupby(["year", "component"])[["people"]].sum().reset_index()
    contract = SOURCE.table(table)
    return sums[contract.column_names].sort_values(list(contract.key), ignore_index=True)
