"""Mid-year population of countries from the World Bank's World Development Indicators."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from r2p_analysis.errors import SourceError
from r2p_analysis.sources.contract import Column, Source, Table
from r2p_analysis.sources.files import read_delimited, read_json, require_columns, whole_numbers

# Groups of economies; the service mixes them with countries and only /v2/country tells them apart.
AGGREGATES = frozenset(
    "AFE AFW ARB CEB CSS EAP EAR EAS ECA ECS EMU EUU FCS HIC HPC IBD IBT IDA IDB IDX LAC LCN LDC LIC LMC LMY LTE MEA "
    "MIC MNA NAC OED OSS PRE PSS PST SAS SSA SSF SST TEA TEC TLA TMN TSA TSS UMC WLD".split()
)
# Jersey and Guernsey together; the parts have no figure of their own.
CHANNEL_ISLANDS = "CHI"

SOURCE = Source(
    name="worldbank",
    producer="World Bank",
    licence="CC BY 4.0",
    licence_url="https://www.worldbank.org/en/about/legal/terms-of-use-for-datasets",
    attribution="World Bank, World Development Indicators, SP.POP.TOTL",
    cadence="yearly in July, small updates between",
    url="https://data.worldbank.org/indicator/SP.POP.TOTL",
    service="https://api.worldbank.org/v2/",
    tables=(
        Table(
            name="worldbank_population",
            title="Population, mid-year",
            columns=(
                Column("year", "integer", "mid-year", minimum=1960, maximum=2100),
                Column("iso3", "text", "country or territory; WLD is the world", place=False),
                Column("population", "integer", "people", minimum=1),
            ),
            key=("year", "iso3"),
            stems=("worldbank_sp_pop_totl", "sp_pop_totl"),
            caveats=("Has no figure for Taiwan, Western Sahara, the Holy See and the smallest territories.",),
        ),
    ),
)


def parse(table: str, files: list[Path]) -> pd.DataFrame:
    """Read SP.POP.TOTL from the service's pages or from a CSV of the flattened rows.

    Returns
    -------
    pandas.DataFrame
        year, iso3, population (people at mid-year). ``WLD`` is kept as the world; other groups and the Channel
        Islands, which are no ISO 3166 code, are left out. Years without a value have no row.

    Raises
    ------
    SourceError
        When the service answered with a message or without rows, or columns are missing.
    """
    frame = pd.concat([_read_one(path) for path in files], ignore_index=True)
    require_columns(frame, ["countryiso3code", "date", "value"], files[0].name)
    codes = frame["countryiso3code"].astype("string").str.strip()
    out = pd.DataFrame(
        {
            "year": whole_numbers(frame["date"], files[0].name),
            "iso3": codes,
            "population": whole_numbers(frame["value"], files[0].name),
        }
    )
    left_out = (AGGREGATES - {"WLD"}) | {CHANNEL_ISLANDS, ""}
    out = out[out["population"].notna() & ~out["iso3"].isin(left_out)]
    contract = SOURCE.table(table)
    return out[contract.column_names].sort_values(list(contract.key), ignore_index=True)


def _read_one(path: Path) -> pd.DataFrame:
    if not path.name.endswith(".json"):
        return read_delimited(path)
    answer: Any = read_json(path)
    if isinstance(answer, list) and len(answer) == 1 and "message" in answer[0]:
        message = answer[0]["message"][0]
        raise SourceError(f'{path.name}: the World Bank answered "{message.get("value")}"; check the address')
    if not isinstance(answer, list) or len(answer) != 2 or not answer[1]:
        raise SourceError(f"{path.name}: the World Bank's answer holds no rows; check countries and years")
    return pd.DataFrame(answer[1])
