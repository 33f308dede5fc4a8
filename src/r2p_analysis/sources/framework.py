"""The fourteen risk factors of the UN Framework of Analysis for Atrocity Crimes, listed by hand in ``data/framework/``.

Each row has the title, how it was checked, which open series come near the factor, and which tables of this project
follow it. How far a factor can be counted is the project's judgement, not the United Nations'.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from r2p_analysis.sources.cadence import Fixed
from r2p_analysis.sources.contract import Column, Source, Table
from r2p_analysis.sources.files import read_delimited, require_columns, whole_numbers
from r2p_analysis.sources.guard import one_line_errors

CRIMES = ("all atrocity crimes", "genocide", "crimes against humanity", "war crimes")
COUNTABLE = ("mostly", "in part", "hardly", "not")
"""How far open figures can follow a factor."""


def _numbered_without_gaps(frame: pd.DataFrame) -> str | None:
    found = sorted(int(number) for number in frame["number"])
    return None if found == list(range(1, len(found) + 1)) else f"factors are numbered {found}"


SOURCE = Source(
    name="framework",
    producer="UN Office on Genocide Prevention and the Responsibility to Protect; compiled by the project",
    licence="facts, cited row by row",
    licence_url="",
    attribution="United Nations, Framework of Analysis for Atrocity Crimes (A/70/741-S/2016/71)",
    cadence=Fixed("by hand"),
    url="https://un.org/en/genocideprevention/analyzing-atrocity-crimes.shtml",
    tables=(
        Table(
            name="risk_factors",
            title="Risk factors of the Framework of Analysis for Atrocity Crimes",
            columns=(
                Column("number", "integer", "number in the framework", minimum=1, maximum=20),
                Column("applies_to", "text", "crimes that it speaks of", allowed=CRIMES),
                Column("factor", "text", "title"),
                Column("title_basis", "text", "how the title was checked", allowed=("web page", "unverified")),
                Column("url", "text", "where the framework, or the title, can be read"),
                Column("open_series", "text", "open figures that come near it"),
                Column("countable", "text", "how far they follow it, as the project judges", allowed=COUNTABLE),
                Column("tables", "text", "tables of this project that follow it, set apart by ; ", nullable=True),
                Column("shows", "text", "what those tables show of it", nullable=True),
            ),
            key=("number",),
            stems=("risk_factors",),
            checks=(_numbered_without_gaps,),
            caveats=("How far a factor can be counted is the project's judgement.",),
        ),
    ),
)


@one_line_errors
def parse(table: str, files: list[Path]) -> pd.DataFrame:
    """Read the list.

    Returns
    -------
    pandas.DataFrame
        Columns of the contract, in the order of the framework.

    Raises
    ------
    SourceError
        When a column is missing or a number is none.
    """
    contract = SOURCE.table(table)
    frame = pd.concat([read_delimited(path) for path in files], ignore_index=True)
    require_columns(frame, contract.column_names, files[0].name)
    frame["number"] = whole_numbers(frame["number"], files[0].name)
    return frame[contract.column_names].sort_values("number", ignore_index=True)
