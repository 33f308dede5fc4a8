"""Deliveries of major arms to the states that formed the coalition in Yemen, from SIPRI's arms transfers database.

SIPRI's terms allow non-commercial use of less than a tenth of the data with a credit line: only sums by recipient,
supplier and year are carried, for ten recipients.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from r2p_analysis import countries
from r2p_analysis.errors import SourceError, UsageError
from r2p_analysis.sources.cadence import Releases
from r2p_analysis.sources.contract import ByHand, Column, Source, Table
from r2p_analysis.sources.files import read_delimited, require_columns
from r2p_analysis.sources.guard import one_line_errors
from r2p_analysis.sources.sipri_register import read_register

if TYPE_CHECKING:
    from r2p_analysis.sources.http import Http

RECIPIENTS = ("ARE", "BHR", "EGY", "JOR", "KWT", "MAR", "QAT", "SAU", "SDN", "SEN")
"""The ten states that formed the coalition in Yemen in 2015."""

SOURCE = Source(
    name="sipri",
    producer="Stockholm International Peace Research Institute (SIPRI)",
    licence="SIPRI's terms: non-commercial, under 10% of the data, with credit",
    licence_url="https://www.sipri.org/about/terms-and-conditions",
    attribution="SIPRI Arms Transfers Database, © SIPRI",
    cadence=Releases("yearly in March", month=3),
    url="https://www.sipri.org/databases/armstransfers",
    service="https://atbackend.sipri.org/api/p/",
    by_hand=(
        ByHand(
            "trade-register*.csv",
            "https://armstransfers.sipri.org/ArmsTransfer/TransferRegister",
            ("sipri_coalition_deliveries",),
            "Choose the ten recipients, all suppliers, deliveries from 2010 to the last year, and download as CSV. "
            "SIPRI's terms allow less than a tenth of the data.",
        ),
    ),
    redistribution="non-commercial",
    tables=(
        Table(
            name="sipri_coalition_deliveries",
            title="Deliveries of major arms to ten states of the coalition in Yemen, by supplier",
            columns=(
                Column("year", "integer", "year of delivery", minimum=1950, maximum=2100),
                Column("recipient_iso3", "text", "to whom", place=True, allowed=RECIPIENTS),
                Column("supplier_iso3", "text", "from whom; UNK is an unknown supplier", place=True),
                Column("tiv_millions", "number", "volume in SIPRI trend-indicator values, millions", minimum=0),
            ),
            key=("year", "recipient_iso3", "supplier_iso3"),
            stems=("sipri_coalition_supplier_year", "trade-register", "trade_register_response"),
            caveats=(
                "SIPRI's trend-indicator value is a volume of major arms, not money, and no price.",
                "The volume of a deal is spread evenly over the years in which it was delivered.",
                "What was delivered to a state was not thereby used in Yemen.",
                "Small arms, ammunition, parts and services are not counted.",
            ),
        ),
    ),
)


def download(table: str, folder: Path, session: Http) -> list[Path]:
    """Download the register of deals with the ten recipients, and with no others: SIPRI's terms set bounds."""
    from r2p_analysis.sources.sipri_service import download_register

    return download_register(session, folder, RECIPIENTS)


@one_line_errors
def parse(table: str, files: list[Path]) -> pd.DataFrame:
    """Read sums by supplier and year, or SIPRI's register of deals.

    Returns
    -------
    pandas.DataFrame
        year, recipient_iso3, supplier_iso3, tiv_millions; one row where something was delivered.

    Raises
    ------
    SourceError
        When columns are missing or a name is no country.
    """
    frame = pd.concat([_read(path) for path in files], ignore_index=True)
    names = {name: _place(name, files[0].name) for name in {*frame["recipient"], *frame["supplier"]}}
    frame = frame.assign(
        year=frame["year"].astype("Int64"),
        recipient_iso3=frame["recipient"].map(names),
        supplier_iso3=frame["supplier"].map(names),
    )
    contract = SOURCE.table(table)
    frame = frame[frame["recipient_iso3"].isin(RECIPIENTS)]
    return frame.groupby(list(contract.key))[["tiv_millions"]].sum().reset_index()


def _read(path: Path) -> pd.DataFrame:
    if not path.name.endswith(".csv") or "register" in path.name:
        return read_register(path)
    frame = read_delimited(path)
    require_columns(frame, ["recipient", "supplier", "year", "tiv_m"], path.name)
    return frame.rename(columns={"tiv_m": "tiv_millions"})


def _place(name: str, where: str) -> str:
    if name.startswith("unknown"):
        return "UNK"
    try:
        return countries.find(name).iso3
    except UsageError as error:
        raise SourceError(f"{where}: {error}") from None
