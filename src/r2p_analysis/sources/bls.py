"""Consumer prices of the United States, by which nominal dollars are made comparable over the years."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from r2p_analysis.errors import SourceError
from r2p_analysis.sources.cadence import Releases
from r2p_analysis.sources.contract import ByHand, Column, Source, Table
from r2p_analysis.sources.files import require_columns, whole_numbers
from r2p_analysis.sources.guard import one_line_errors
from r2p_analysis.sources.politeness import Service

if TYPE_CHECKING:
    from r2p_analysis.sources.http import Http

SERIES = "CUUR0000SA0"
"""All items, US city average, all urban consumers, not seasonally adjusted; 1982-84 = 100."""
ANNUAL = "M13"
"""The period under which the Bureau publishes the average of a year."""
_ROUNDED, _OF_FEWER = 0.1, 0.005
"""By how much the average of a year may differ from that of its months: early ones are rounded to a tenth, and in some
years one is missing, which is half a percent at most."""

SERVICE = Service("bls", "https://download.bls.gov/pub/time.series/cu/", interval=1.0)
_FILE = "cu.data.1.AllItems"

SOURCE = Source(
    name="bls",
    producer="US Bureau of Labor Statistics",
    licence="public domain (work of the United States government)",
    licence_url="https://www.bls.gov/opub/copyright-information.htm",
    attribution="US Bureau of Labor Statistics, Consumer Price Index for All Urban Consumers, series CUUR0000SA0",
    cadence=Releases("monthly; the average of a year in January", month=1),
    url="https://www.bls.gov/cpi/",
    service=SERVICE.base,
    by_hand=(
        ByHand(
            _FILE,
            SERVICE.base + _FILE,
            ("prices",),
            "A browser shows the text: save it under this name, without another ending.",
        ),
    ),
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
            stems=("bls_cpi_u", "cu.data.1"),
            caveats=(
                "What US households buy, not what aid agencies buy.",
                "No index was published for October 2025.",
            ),
        ),
    ),
)


def download(table: str, folder: Path, session: Http) -> list[Path]:
    """Download the Bureau's flat file of all items; it refuses programs that name no contact."""
    from r2p_analysis.sources.bulk import take_text

    return take_text(session, SERVICE, _FILE, folder / _FILE)


@one_line_errors
def parse(table: str, files: list[Path]) -> pd.DataFrame:
    """Read the Bureau's flat file: series_id, year, period, value, with commas or tabs between.

    Returns
    -------
    pandas.DataFrame
        year, price_index (the Bureau's own average of the year), months. A year without a published average has no row.

    Raises
    ------
    SourceError
        When columns are missing, the series is not in the file, a value is not a number, or the average of a year is
        not that of its months.
    """
    where = files[0].name
    raw = pd.concat([_read(path) for path in files])
    raw.columns = raw.columns.str.strip()
    require_columns(raw, ["series_id", "year", "period", "value"], where)
    raw = raw[raw["series_id"].str.strip() == SERIES]
    if raw.empty:
        raise SourceError(f"{where}: no series {SERIES}; give the Bureau's file of all items")
    raw = raw.assign(
        value=pd.to_numeric(raw["value"], errors="coerce"),
        year=whole_numbers(raw["year"], where),
        period=raw["period"].str.strip(),
    )
    if raw.duplicated(["year", "period"]).any():
        raise SourceError(f"{where}: expected each month of {SERIES} once; the file holds one twice")
    averages = raw[raw["period"] == ANNUAL].set_index("year")
    if averages["value"].isna().any():
        raise SourceError(f"{where}: the average of {averages.index[averages['value'].isna()][0]} is not a number")
    monthly = raw[(raw["period"] != ANNUAL) & raw["period"].str.startswith("M")].dropna(subset=["value"])
    _check_averages(averages["value"], monthly, where)
    counted = monthly.groupby("year")["period"].nunique()
    out = pd.DataFrame({"price_index": averages["value"], "months": counted.reindex(averages.index)}).reset_index()
    contract = SOURCE.table(table)
    return out[contract.column_names].sort_values("year", ignore_index=True)


def _check_averages(averages: pd.Series, monthly: pd.DataFrame, where: str) -> None:
    """Compare the average of a year with its months: the file's only sum to check by."""
    means = monthly.groupby("year")["value"].mean().reindex(averages.index)
    off = (averages - means).abs() > _ROUNDED + _OF_FEWER * means
    if off.any():
        year = averages.index[off][0]
        raise SourceError(
            f"{where}: expected {means[year]:.3f} as the average of the months of {year}, got {averages[year]:.3f}; "
            "get it again"
        )


def _read(path: Path) -> pd.DataFrame:
    """Read text with tabs or commas between its cells, which the Bureau fills up with blanks."""
    try:
        with path.open(encoding="utf-8-sig") as stream:
            separator = "\t" if "\t" in stream.readline() else ","
        return pd.read_csv(path, sep=separator, dtype=str, encoding="utf-8-sig")
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise SourceError(f"{path.name}: not the Bureau's flat file ({type(error).__name__}); get it again") from None
