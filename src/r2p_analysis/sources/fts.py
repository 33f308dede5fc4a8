"""Humanitarian appeals and reported funding from OCHA's Financial Tracking Service (FTS).

The usual way is the file that HDX hands out; ``--via api`` makes the same table from the service's own answers.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from r2p_analysis.errors import SourceError
from r2p_analysis.sources.cadence import MONTH, Rolling
from r2p_analysis.sources.contract import ByHand, Column, Source, Table
from r2p_analysis.sources.files import read_delimited, require_columns, whole_numbers
from r2p_analysis.sources.fts_records import rows_of_answers
from r2p_analysis.sources.fts_service import WAYS, download_answers
from r2p_analysis.sources.guard import one_line_errors
from r2p_analysis.sources.hdx import OnHdx, data_files, download_listed, release_listed

if TYPE_CHECKING:
    from r2p_analysis.sources.http import Http

ON_HDX = OnHdx(
    "b2bbb33c-2cfb-4809-8dd3-6bbdc080cbb9",
    "b3232da8-f1e4-41ab-9642-b22dae10a1d7",
    "fts_requirements_funding_global.csv",
)

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
    service="https://data.humdata.org/",
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
            stems=("fts_requirements_funding_global", "fts_api"),
            checks=(_outside_is_named, _outside_is_there),
            caveats=(
                "Money that donors and receivers report of their own will; nominal US dollars.",
                "Rows are by country: regional plans are split among countries, or their requirements are left blank.",
                "A year's figures go on changing after its end; years ahead hold parts of multi-year pledges.",
                "Money outside plans can be negative where FTS took back more than was given.",
            ),
        ),
    ),
    by_hand=(
        ByHand(
            "fts_requirements_funding_global.csv",
            "https://data.humdata.org/dataset/b2bbb33c-2cfb-4809-8dd3-6bbdc080cbb9",
            ("fts_appeals",),
            "The resource b3232da8-f1e4-41ab-9642-b22dae10a1d7 of that page.",
        ),
    ),
)


def download(table: str, folder: Path, session: Http) -> list[Path]:
    """Download the file from HDX, or by way of "api" the service's answers of which such a file is made.

    Raises
    ------
    SourceError
        When HDX or the service does not give it whole.
    """
    if session.way("fts", WAYS) == "api":
        return download_answers(session, folder)
    return download_listed(session, folder, ON_HDX, begins=b"countryCode")


def release(table: str, files: list[Path]) -> str:
    """Give the day on which HDX's file was last changed; empty for the service's answers, which state none."""
    return release_listed(files, ON_HDX)


@one_line_errors
def parse(table: str, files: list[Path]) -> pd.DataFrame:
    """Read HDX's file of requirements and funding, with or without HXL tags below its header, or the service's answers.

    Returns
    -------
    pandas.DataFrame
        Columns of the contract; one row a year, country and plan, and one for money outside plans. Nothing is filled: a
        missing requirement is one that was not stated by country.

    Raises
    ------
    SourceError
        When columns are missing, a cell is not a number, or an answer that belongs to the others is lacking.
    """
    contract = SOURCE.table(table)
    data = data_files(files)
    if data and all(path.name.startswith("fts_api") for path in data):
        frame = pd.DataFrame(rows_of_answers(data), columns=contract.column_names)
        for name in ("year", "plan_id"):
            frame[name] = frame[name].astype("Int64")
        for name in ("requirements_usd", "funding_usd"):
            frame[name] = frame[name].astype("Float64")
    else:
        frame = pd.concat([_read_one(path) for path in data], ignore_index=True)
    return frame[contract.column_names].sort_values(list(contract.key), ignore_index=True)


def _read_one(path: Path) -> pd.DataFrame:
    if path.name.endswith(".json"):
        raise SourceError(f"{path.name}: one answer of the service has no money outside plans; give the file from HDX")
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
    _check_percentages(frame, raw.reset_index(drop=True), path.name)
    return frame


def _check_percentages(frame: pd.DataFrame, raw: pd.DataFrame, where: str) -> None:
    """Compare amounts with the rounded share that the file states beside them: its only sum to check by."""
    if "percentFunded" not in raw.columns:
        return
    stated = pd.to_numeric(raw["percentFunded"], errors="coerce").astype("Float64")
    asked = frame["requirements_usd"].mask(frame["requirements_usd"] <= 0)
    off = ((frame["funding_usd"] / asked * 100 - stated).abs() > 1.01).fillna(False)
    if off.any():
        row = frame[off].iloc[0]
        raise SourceError(
            f"{where}: the amounts of {row['plan_name']} ({row['iso3']}, {row['year']}) do not give the "
            f"{stated[off].iloc[0]:g} percent that the file states; fetch it again"
        )
