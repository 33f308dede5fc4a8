"""Population of areas from the UN's World Population Prospects, for what the World Bank lacks."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from r2p_analysis.sources.cadence import Releases
from r2p_analysis.sources.contract import Column, Source, Table
from r2p_analysis.sources.files import read_delimited, require_columns, whole_numbers

SOURCE = Source(
    name="wpp",
    producer="UN DESA Population Division",
    licence="CC BY 3.0 IGO",
    licence_url="https://creativecommons.org/licenses/by/3.0/igo/",
    attribution="United Nations, DESA, Population Division, World Population Prospects 2024",
    cadence=Releases(
        "every two years in July", month=7, lag=0, every=2, anchor=2024, name="WPP {year}", numbered=r"WPP (\d{4})"
    ),
    url="https://population.un.org/wpp/",
    tables=(
        Table(
            name="wpp_population",
            title="Population of areas, mid-year, World Population Prospects 2024",
            columns=(
                Column("year", "integer", "mid-year", minimum=1950, maximum=2100),
                Column("iso3", "text", "country or territory; WLD is the world"),
                Column("population", "integer", "people", minimum=1),
            ),
            key=("year", "iso3"),
            stems=("wpp2024_population_derived", "wpp"),
            caveats=(
                "Computed backwards from the population of 31 December 2024 and the annual changes.",
                "Used only where the World Bank has no figure; for most countries the two differ by under 1.1 %.",
            ),
        ),
    ),
)


def parse(table: str, files: list[Path]) -> pd.DataFrame:
    """Read mid-year populations.

    Returns
    -------
    pandas.DataFrame
        year, iso3, population (people at mid-year).

    Raises
    ------
    SourceError
        When columns are missing.
    """
    frame = pd.concat([read_delimited(path) for path in files], ignore_index=True)
    require_columns(frame, ["iso3", "year", "population_midyear"], files[0].name)
    out = pd.DataFrame(
        {
            "year": whole_numbers(frame["year"], files[0].name),
            "iso3": frame["iso3"].astype("string").str.strip(),
            "population": whole_numbers(frame["population_midyear"], files[0].name),
        }
    )
    contract = SOURCE.table(table)
    return out[contract.column_names].sort_values(list(contract.key), ignore_index=True)
