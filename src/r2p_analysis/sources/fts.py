"""Humanitarian appeals and reported funding from OCHA's Financial Tracking Service (FTS), as HDX hands them out."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from r2p_analysis.errors import SourceError
from r2p_analysis.sources.cadence import MONTH, Rolling
from r2p_analysis.sources.contract import Column, Source, Table
from r2p_analysis.sources.files import read_delimited, require_columns, whole_numbers

OUTSIDE_PLANS = "Not specified"
"""What FTS calls the row of a country's money outside its plans; such a row has no plan id."""
_COLUMNS = {
    "year": "year",
    "countryCode": "iso3",
    "id": "plan_id",
    "name": "plan_name",
    "typeName": "plan_type",
    "requirements": "requirements_usd",
    "funding": "funding_usd",
}


def _outside_is_named(frame: pd.DataFrame) -> str | None:
    outside = frame["plan_id"].isna()
    wrong = frame[outside != (frame["plan_name"] == OUTSIDE_PLANS)]
    if len(wrong):
        return f'"{wrong["plan_name"].iloc[0]}" of {wrong["year"].iloc[0]}: only money outside plans has no plan id'
    asked = frame[outside & frame["requirements_usd"].notna()]
    return f"{len(asked)} rows of money outside plans have requirements" if len(asked) else None


def _outside_is_there(frame: pd.DataFrame) -> str | None:
    """Plans alone would make all reported money look like the money of appeals."""
    return None if frame["plan_id"].isna().any() else "no row of money outside plans: this is not the whole file"


SOURCE = Source(
    name="fts",
    producer="OCHA Financial Tracking Service",
    licence="CC BY-IGO, as stated on HDX",
    licence_url="https://creativecommons.org/licenses/by/3.0/igo/",
    attribution="OCHA Financial Tracking Service (FTS), via the Humanitarian Data Exchange (HDX)",
    cadence=Rolling("daily; a year goes on changing for long after its end", MONTH),
    url="https://data.humdata.org/dataset/b2bbb33c-2cfb-4809-8dd3-6bbdc080cbb9",
    service="https://api.hpc.tools/v1/public/",
    tables=(
        Table(
            name="fts_appeals",
            title="Humanitarian appeals and reported funding by country, plan and year",
            columns=(
                Column("year", "integer", "year of the plan or of the money", minimum=1990, maximum=2100),
                Column("iso3", "text", "country that the money is for", place=True),
                Column("plan_id", "integer", "FTS's number of the plan; missing: money outside plans", nullable=True),
                Column("plan_name", "text", "name of the plan"),
                Column("plan_type", "text", "kind of plan", nullable=True),
                Column("requirements_usd", "number", "what the plan asks for, nominal", nullable=True, minimum=0),
                Column("funding_usd", "number", "what was reported as given, nominal", nullable=True),
            ),
            key=("year", "iso3", "plan_id"),
            stems=("fts_requirements_funding_global",),
            checks=(_outside_is_named, _outside_is_there),
            caveats=(
                "Money that donors and receivers report of their own will; nominal US dollars.",
                "Rows are by country: regional plans are split among countries, or their requirements are left blank.",
                "A year's figures go on changing after its end; years ahead hold parts of multi-year pledges.",
                "Money outside plans can be negative where FTS took back more than was given.",
            ),
        ),
    ),
)


def parse(table: str, files: list[Path]) -> pd.DataFrame:
    """Read the file of requirements and funding, with or without HXL tags below its header.

    Returns
    -------
    pandas.DataFrame
        Columns of the contract; one row a year, country and plan, and one for money outside plans. Nothing is summed
        and nothing filled: a missing requirement is one that was not stated by country.

    Raises
    ------
    SourceError
        When columns are missing, a cell is not a number, or the file is the service's JSON, which has no money
        outside plans.
    """
    frames = [_read_one(path) for path in files]
    contract = SOURCE.table(table)
    frame = pd.concat(frames, ignore_index=True)
    return frame[contract.column_names].sort_values(list(contract.key), ignore_index=True)


def _read_one(path: Path) -> pd.DataFrame:
    if path.name.endswith(".json"):
        raise SourceError(f"{path.name}: the service's answers have no money outside plans; give the file from HDX")
    raw = read_delimited(path)
    require_columns(raw, list(_COLUMNS), path.name)
    # HXL tags stood under the header in some releases.
    raw = raw[~raw["countryCode"].astype("string").str.startswith("#").fillna(False)]
    frame = raw[list(_COLUMNS)].rename(columns=_COLUMNS).reset_index(drop=True)
    frame["year"] = whole_numbers(frame["year"], path.name)
    frame["plan_id"] = whole_numbers(frame["plan_id"], path.name)
    for name in ("requirements_usd", "funding_usd"):
        numbers = pd.to_numeric(frame[name], errors="coerce").astype("Float64")
        bad = frame[numbers.isna() & frame[name].notna()]
        if len(bad):
            raise SourceError(f'{path.name}: {name} of {bad["year"].iloc[0]} is "{bad[name].iloc[0]}", not a number')
        frame[name] = numbers
    return frame
