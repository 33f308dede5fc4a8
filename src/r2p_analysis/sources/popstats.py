"""UNHCR's older Popstats database as it stood in August 2017: what was known soon after the 2016 report.

Only sums over all countries are kept: the terms of the old file are not stated, and it carries names without codes.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pandas as pd

from r2p_analysis.errors import SourceError
from r2p_analysis.parquet import read_parquet
from r2p_analysis.sources.cadence import Fixed
from r2p_analysis.sources.contract import ByHand, Column, Source, Table
from r2p_analysis.sources.files import read_json, require_columns, shown, whole_numbers
from r2p_analysis.sources.guard import one_line_errors

_COMPONENTS = {
    "refugees": "refugees",
    "asylum_seekers": "asylum_seekers",
    "idps": "unhcr_idps",
    "stateless": "stateless",
    "ooc": "others_of_concern",
    "returned_refugees": "returned_refugees",
    "returned_idps": "returned_idps",
}

_THEIR_NAMES = {
    "refugees": "refugees (incl. refugee-like situations)",
    "asylum_seekers": "asylum-seekers",
    "idps": "internally displaced persons",
    "stateless": "stateless",
    "ooc": "others of concern",
    "returned_refugees": "returned refugees",
    "returned_idps": "returned idps",
}
_TYPE, _VALUE = "Population type", "Value"
_WITHHELD = "*"
"""What the database wrote for one to four people."""

SOURCE = Source(
    name="popstats",
    producer="UNHCR",
    licence="terms not stated; sums carried with credit",
    licence_url="",
    attribution="UNHCR Population Statistics (Popstats), August 2017",
    cadence=Fixed("ended; replaced by the Refugee Data Finder"),
    url="https://www.unhcr.org/refugee-statistics/",
    by_hand=(
        ByHand(
            "unhcr_popstats_vintage2017.json",
            "https://github.com/unhcr/dataviz-streamgraph-explorer/blob/master/data/data.json",
            ("unhcr_world_in_2017",),
            "The database is closed; this copy of August 2017 is the one carried. The database's own time_series.csv "
            "of the same month is read as unhcr_popstats_vintage2017.csv.",
        ),
    ),
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


@one_line_errors
def parse(table: str, files: list[Path]) -> pd.DataFrame:
    """Sum the 2017 database over countries.

    Returns
    -------
    pandas.DataFrame
        year, component, people.

    Raises
    ------
    SourceError
        When columns are missing or a category of people is unknown.
    """
    frame = pd.concat([_read(path) for path in files], ignore_index=True)
    require_columns(frame, ["year", "population_type", "value"], files[0].name)
    frame = frame.assign(
        component=frame["population_type"].map(_COMPONENTS).astype("string"),
        people=whole_numbers(frame["value"], files[0].name),
    )
    if frame["component"].isna().any():
        strange = frame.loc[frame["component"].isna(), "population_type"].iloc[0]
        raise SourceError(f'{files[0].name}: "{shown(strange)}" is no category of people known in popstats.py')
    sums: pd.DataFrame = frame.groupby(["year", "component"])[["people"]].sum().reset_index()
    contract = SOURCE.table(table)
    return sums[contract.column_names].sort_values(list(contract.key), ignore_index=True)


def _read(path: Path) -> pd.DataFrame:
    """Read year, population_type and value of each pair of countries; what was withheld is missing."""
    if path.name.endswith(".parquet"):
        return read_parquet(path)
    frame = _of_json(read_json(path), path.name) if path.name.endswith(".json") else _of_csv(path)
    ours = {theirs: code for code, theirs in _THEIR_NAMES.items()}
    types = frame[_TYPE].astype("string").str.strip()
    values = frame[_VALUE].astype("string").str.strip()
    return pd.DataFrame(
        {
            "year": whole_numbers(frame["Year"], path.name),
            "population_type": types.str.casefold().map(ours).fillna(types),
            "value": whole_numbers(values.mask(values == _WITHHELD), path.name),
        }
    )


def _of_csv(path: Path) -> pd.DataFrame:
    lines = path.read_bytes().decode("utf-8-sig", "replace").splitlines()
    # Lines about the table stand before its header.
    start = next((n for n, line in enumerate(lines) if line.replace('"', "").startswith("Year,")), None)
    if start is None:
        raise SourceError(f"{path.name}: expected the database's time series, with a line that begins with Year")
    frame = pd.read_csv(io.StringIO("\n".join(lines[start:])), dtype="string", keep_default_na=False, na_values=[""])
    require_columns(frame, ["Year", _TYPE, _VALUE], path.name)
    return frame


def _of_json(answer: Any, where: str) -> pd.DataFrame:
    """Read the nested form: year, type, origin, asylum, value; null is what was withheld."""
    try:
        rows = [
            (year, kind, None if value is None else str(value))
            for year, kinds in answer["nested"].items()
            for kind, origins in kinds.items()
            for asylums in origins.values()
            for value in asylums.values()
        ]
    except (KeyError, TypeError, AttributeError):
        raise SourceError(
            f'{where}: expected "nested" with year, type, origin and asylum; this is another file'
        ) from None
    return pd.DataFrame(rows, columns=["Year", _TYPE, _VALUE], dtype="string")
