"""Judgements against people whom the Secretary-General's reports name, gathered by hand in ``data/convictions/``.

One row is one decision, with its source: what stood when a report was written can be set beside what stands now.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from r2p_analysis.sources.cadence import Occasional
from r2p_analysis.sources.contract import Column, Source, Table
from r2p_analysis.sources.files import read_delimited, require_columns, whole_numbers
from r2p_analysis.sources.guard import one_line_errors

STAGES = ("trial judgement", "sentence", "appeal judgement")
OUTCOMES = ("convicted", "sentenced", "conviction upheld", "conviction upheld in part", "acquitted")
BASES = ("printed report", "web page")
"""How a row was obtained; rows from memory are not taken."""


def _dates_are_full(frame: pd.DataFrame) -> str | None:
    bad = frame[~frame["date"].str.fullmatch(r"\d{4}-\d{2}-\d{2}")]
    return f'{bad["person"].iloc[0]}: the date "{bad["date"].iloc[0]}" is not YYYY-MM-DD' if len(bad) else None


def _appeals_follow(frame: pd.DataFrame) -> str | None:
    for person, rows in frame.sort_values("date").groupby("person"):
        if rows["stage"].iloc[0] != STAGES[0]:
            return f"{person}: the first decision is no trial judgement"
    return None


SOURCE = Source(
    name="convictions",
    producer="Publishers named row by row",
    licence="facts, cited row by row",
    licence_url="",
    attribution="publishers named in each row",
    cadence=Occasional("by hand"),
    url="https://github.com/r2p-analysis/r2p-analysis/tree/main/data/convictions",
    tables=(
        Table(
            name="convictions",
            title="Judgements of international courts against people named in the report",
            columns=(
                Column("person", "text", "accused, a public figure named in the report"),
                Column("date", "date", "day of the decision, YYYY-MM-DD"),
                Column("named_in", "integer", "year of the report that names the conviction", minimum=2009),
                Column("country_iso3", "text", "country in which the crimes were charged", place=True),
                Column("court", "text", "court or chamber"),
                Column("stage", "text", "kind of decision", allowed=STAGES),
                Column("outcome", "text", "what was decided", allowed=OUTCOMES),
                Column("sentence", "text", "sentence given or left standing; null: none", nullable=True),
                Column(
                    "sentence_years", "integer", "years, where the sentence is not for life", nullable=True, minimum=1
                ),
                Column("note", "text", "what else belongs to it", nullable=True),
                Column("publisher", "text", "who stated it"),
                Column("url", "text", "where it can be read"),
                Column("basis", "text", "how the row was obtained", allowed=BASES),
            ),
            key=("person", "date"),
            stems=("convictions",),
            checks=(_dates_are_full, _appeals_follow),
            caveats=("Decisions up to the day of the list; later ones, such as reviews, may not be in it.",),
        ),
    ),
)


@one_line_errors
def parse(table: str, files: list[Path]) -> pd.DataFrame:
    """Read the hand-made list.

    Returns
    -------
    pandas.DataFrame
        Columns of the contract, one row a decision, in the order of person and date.

    Raises
    ------
    SourceError
        When a column is missing or a number of years is not a whole number.
    """
    contract = SOURCE.table(table)
    where = files[0].name
    frame = pd.concat([read_delimited(path) for path in files], ignore_index=True)
    require_columns(frame, contract.column_names, where)
    frame["date"] = frame["date"].astype("string")
    for name in ("named_in", "sentence_years"):
        frame[name] = whole_numbers(frame[name], where)
    return frame[contract.column_names].sort_values(list(contract.key), ignore_index=True)
