"""UNHCR's list of countries: its own codes, which are not ISO's, and the regions that it sorts them into."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from r2p_analysis.errors import SourceError
from r2p_analysis.sources.cadence import Occasional
from r2p_analysis.sources.contract import Column, Table
from r2p_analysis.sources.files import require_columns
from r2p_analysis.sources.unhcr_records import read_records

# The service's names and those of the table that UNHCR carries in its R package.
_NAMES = {
    "code": "unhcr_code",
    "iso": "iso3",
    "majorArea": "major_area",
    "iso_code": "iso3",
    "unsd_region": "major_area",
    "unsd_subregion": "region",
}
# The list has no ISO code for these, or one of its own; the figures have these.
_PSEUDO_CODES = {"UKN": "UNK", "STA": "XXA", "TIB": "TIB"}


def _each_code_once(frame: pd.DataFrame) -> str | None:
    codes = frame["iso3"].dropna()
    twice = codes[codes.duplicated()]
    return f"{twice.iloc[0]} is the ISO code of two rows" if len(twice) else None


TABLE = Table(
    name="unhcr_countries",
    title="Countries and territories as UNHCR lists them",
    columns=(
        Column("unhcr_code", "text", "UNHCR's code: AUS is Austria, ARE Egypt, MAR Martinique"),
        Column("iso3", "text", "ISO 3166-1 alpha-3 or pseudo code, as in the figures", nullable=True, place=True),
        Column("name", "text", "UNHCR's short name"),
        Column("major_area", "text", "part of the world, by the United Nations", nullable=True),
        Column("region", "text", "region of it", nullable=True),
    ),
    key=("unhcr_code",),
    stems=("unhcr_countries", "countries"),
    checks=(_each_code_once,),
    caveats=("UNHCR's codes are never used to join figures: three of them mean another country in ISO 3166.",),
    cadence=Occasional("as countries and their names change"),
)


def parse_countries(files: list[Path]) -> pd.DataFrame:
    """Read the list from the service's pages or a CSV.

    Returns
    -------
    pandas.DataFrame
        Columns of `TABLE`; names without blanks at their ends. Null: the list does not say it.

    Raises
    ------
    SourceError
        When columns or codes are missing.
    """
    frame = read_records(files)
    # "region" of the service is that of the table; a CSV of the package has "unsd_subregion" in its place.
    frame = frame.rename(columns=_NAMES)
    require_columns(frame, TABLE.column_names, files[0].name)
    for name in TABLE.column_names:
        text = frame[name].astype("string").str.strip()
        frame[name] = text.mask(text.isin(["", "-"]))
    if frame["unhcr_code"].isna().any():
        raise SourceError(f"{files[0].name}: a country without a code; look before storing it")
    codes = frame["unhcr_code"].map(_PSEUDO_CODES)
    frame["iso3"] = codes.where(codes.notna(), frame["iso3"])
    return frame[TABLE.column_names].sort_values("unhcr_code", ignore_index=True)
