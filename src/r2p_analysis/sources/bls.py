"""Consumer prices of the United States, by which nominal dollars are made comparable over the years."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from r2p_analysis.errors import SourceError
from r2p_analysis.sources.cadence import Releases
from r2p_analysis.sources.contract import Column, Source, Table
from r2p_analysis.sources.files import require_columns

SERIES = "CUUR0000SA0"
"""All items, US city average, all urban consumers, not seasonally adjusted; 1982-84 = 100."""
ANNUAL = "M13"
"""The period under which the Bureau publishes the average of a year."""

SOURCE = Source(
    name="bls",
    producer="US Bureau of Labor Statistics",
    licence="public domain (work of the United States government)",
    licence_url="https://www.bls.gov/opub/copyright-information.htm",
    attribution="US Bureau of Labor Statistics, Consumer Price Index for All Urban Consumers, series CUUR0000SA0",
    cadence=Releases("monthly; the average of a year in January", month=1),
    url="https://www.bls.gov/cpi/",
    service="https://download.bls.gov/pub/time.series/cu/",
    tables=(
        Table(
            name="prices",
            title="Consumer prices in the United States, average of the year",
            columns=(
                Column("year", "integer", "calendar year", minimum=1913, maximum=2100),
                Column("price_index", "number", "average of the year, 1982-84 = 100", minimum=1),
                Column("months", "integer", "months with a published index", minimum=1, maximum=12),
            ),
            key=("year",),
            stems=("bls_cpi_u", "cu.data.1.AllItems"),
            caveats=(
                "What US households buy, not what aid agencies buy.",
                "No index was published for October 2025.",
            ),
        ),
    ),
)


def parse(table: str, files: list[Path]) -> pd.DataFrame:
    """Read the Bureau's flat file: series_id, year, period, value, with commas or tabs between.

    Returns
    -------
    pandas.DataFrame
        year, price_index (the Bureau's own average of the year), months. A year without a published average has no row.

    Raises
    ------
    SourceError
        When columns are missing, the series is not in the file, or a value is not a number.
    """
    where = files[0].name
    raw = pd.concat([pd.read_csv(path, sep=r"[,\t]", engine="python", dtype=str) for path in files])
    raw.columns = raw.columns.str.strip()
    require_columns(raw, ["series_id", "year", "period", "value"], where)
    raw = raw[raw["series_id"].str.strip() == SERIES]
    if raw.empty:
        raise SourceError(f"{where}: no series {SERIES}; give the Bureau's file of all items")
    raw = raw.assign(
        value=pd.to_numeric(raw["value"], errors="coerce"),
        year=raw["year"].astype(int),
        period=raw["period"].str.strip(),
    )
    averages = raw[raw["period"] == ANNUAL].set_index("year")
    if averages["value"].isna().any():
        raise SourceError(f"{where}: the average of {averages.index[averages['value'].isna()][0]} is not a number")
    monthly = raw[(raw["period"] != ANNUAL) & raw["period"].str.startswith("M")].dropna(subset=["value"])
    counted = monthly.groupby("year")["period"].nunique()
    out = pd.DataFrame({"price_index": averages["value"], "months": counted.reindex(averages.index)}).reset_index()
    contract = SOURCE.table(table)
    return out[contract.column_names].sort_values("year", ignore_index=True)
