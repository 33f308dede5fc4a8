"""UCDP's beta file of 2019 for Syria, summed by year and type: what was counted first, before later releases."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from r2p_analysis.errors import SourceError
from r2p_analysis.sources.cadence import Fixed
from r2p_analysis.sources.contract import ByHand, Column, Source, Table
from r2p_analysis.sources.files import require_columns, whole_numbers
from r2p_analysis.sources.guard import one_line_errors
from r2p_analysis.sources.ucdp_events import TYPES
from r2p_analysis.sources.ucdp_records import read_records

SOURCE = Source(
    name="ucdp_syria",
    producer="Uppsala Conflict Data Program (UCDP), beta file for Syria",
    licence="CC BY 4.0",
    licence_url="https://creativecommons.org/licenses/by/4.0/",
    attribution="UCDP GED; Sundberg & Melander 2013",
    cadence=Fixed("superseded"),
    url="https://ucdp.uu.se/downloads/",
    tables=(
        Table(
            name="ucdp_syria_beta",
            title="Deaths in Syria by type as in UCDP's beta file of 2019",
            columns=(
                Column("year", "integer", "year of the events", minimum=2016, maximum=2019),
                Column("type", "text", "kind of violence", allowed=tuple(TYPES.values())),
                Column("deaths_best", "integer", "deaths, best estimate as known in 2019", minimum=0),
            ),
            key=("year", "type"),
            stems=("GED_Syria_beta",),
            caveats=(
                "Superseded: it shows how far a first count lay below the current one, and gives no totals.",
                "The file ends with November 2019.",
            ),
        ),
    ),
    by_hand=(
        ByHand(
            "GED_Syria_beta*.csv",
            "https://ucdp.uu.se/downloads/olddw.html",
            ("ucdp_syria_beta",),
            "The beta file 652.1601.1911 is superseded and may no longer be offered; the table needs no newer one.",
        ),
    ),
)


@one_line_errors
def parse(table: str, files: list[Path]) -> pd.DataFrame:
    """Sum the events by year and type; nothing of a single event is kept.

    Returns
    -------
    pandas.DataFrame
        year, type, deaths_best.

    Raises
    ------
    SourceError
        When columns are missing or a type of violence is unknown.
    """
    frame = read_records(files)
    require_columns(frame, ["year", "type_of_violence", "best"], files[0].name)
    where = files[0].name
    kinds = whole_numbers(frame["type_of_violence"], where).astype("string").map(TYPES)
    if kinds.isna().any():
        raise SourceError(f"{files[0].name}: unknown type_of_violence; expected {', '.join(TYPES)}")
    events = pd.DataFrame(
        {
            "year": whole_numbers(frame["year"], where),
            "type": kinds.astype("string"),
            "deaths_best": whole_numbers(frame["best"], where),
        }
    )
    return events.groupby(["year", "type"], as_index=False)[["deaths_best"]].sum()
