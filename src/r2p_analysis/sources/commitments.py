"""Political commitments, votes and reports on the responsibility to protect: dated lists in ``data/commitments/``.

Gathered by hand from public pages; every row names its publisher and its address. Lists of names are incomplete.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from r2p_analysis.sources.cadence import Occasional
from r2p_analysis.sources.contract import Column, Source, Table
from r2p_analysis.sources.files import read_delimited, require_columns, whole_numbers
from r2p_analysis.sources.guard import one_line_errors

COMMITMENTS = ("code_of_conduct", "veto_declaration", "kigali_principles", "focal_points", "group_of_friends")
ATTENDED = "sent a senior official to the first meeting"
STANDINGS = ("named as supporter", "named as member", "sponsor", ATTENDED)
BASES = ("web page", "quoted elsewhere")
"""How a row was obtained; rows from memory are not taken."""
_DATE = r"\d{4}(-\d{2}(-\d{2})?)?"

_CITED = (
    Column("publisher", "text", "who published it"),
    Column("url", "text", "where it can be read"),
    Column("basis", "text", "how the row was obtained", allowed=BASES),
)
_COMMITMENT = Column("commitment", "text", "which commitment", allowed=COMMITMENTS)
_WHOLE = ("states", "in_favour", "against", "abstaining", "pages", "year")


def _dates_are_iso(frame: pd.DataFrame) -> str | None:
    bad = frame[~frame["date"].str.fullmatch(_DATE)]
    return f'date "{bad["date"].iloc[0]}"; expected YYYY, YYYY-MM or YYYY-MM-DD' if len(bad) else None


def _urls_are_addresses(frame: pd.DataFrame) -> str | None:
    bad = frame[~frame["url"].str.fullmatch(r"https?://\S+")]
    return f'url "{bad["url"].iloc[0]}" is no address' if len(bad) else None


def _recorded_votes_add_up(frame: pd.DataFrame) -> str | None:
    votes = frame[["in_favour", "against", "abstaining"]]
    recorded = frame["how"] == "recorded vote"
    wrong = frame[(votes.notna().all(axis=1) != recorded) | (votes.notna().any(axis=1) != recorded)]
    if len(wrong):
        return f"{wrong['id'].iloc[0]}: a recorded vote has three counts, an adoption without a vote none"
    # More votes than the Assembly has members is a slip of the pen.
    return "a vote has more than 193 votes" if (votes.sum(axis=1) > 193).any() else None


_RULES = (_dates_are_iso, _urls_are_addresses)
SOURCE = Source(
    name="commitments",
    producer="Publishers named row by row",
    licence="facts, cited row by row",
    licence_url="",
    attribution="publishers named in each row, gathered by this project",
    cadence=Occasional("by hand"),
    url="https://www.globalr2p.org/",
    tables=(
        Table(
            name="commitments",
            title="States named in support of a commitment",
            columns=(
                _COMMITMENT,
                Column("iso3", "text", "state, or EUE for the European Union", place=True),
                Column("standing", "text", "what the publisher says of it", allowed=STANDINGS),
                Column("date", "date", "when it joined, or by when it is known to have"),
                Column("date_means", "text", "what the date is", allowed=("on the day", "by the day", "in the year")),
                *_CITED,
            ),
            key=("commitment", "iso3", "standing"),
            stems=("commitments",),
            checks=_RULES,
            caveats=(
                "Lists of names are incomplete: a state that is not named may have joined.",
                "Counts are firmer than names: of 112 supporters of the Code of Conduct in 2016, 32 are named here.",
            ),
        ),
        Table(
            name="commitment_counts",
            title="Number of states that support a commitment, by date",
            columns=(
                _COMMITMENT,
                Column("date", "date", "date of the count"),
                Column("states", "integer", "states counted", minimum=1, maximum=200),
                Column("more_than", "boolean", 'the publisher says "more than"'),
                Column("note", "text", "what else the publisher says", nullable=True),
                *_CITED,
            ),
            key=("commitment", "date"),
            stems=("commitment_counts",),
            checks=_RULES,
            caveats=("Counts are those of supporters of the commitment; no independent list confirms them.",),
        ),
        Table(
            name="ga_votes",
            title="Decisions of the General Assembly on the responsibility to protect",
            columns=(
                Column("id", "text", "name of the row"),
                Column("date", "date", "date of the decision"),
                Column("kind", "text", "what was decided", allowed=("resolution", "agenda item")),
                Column("symbol", "text", "resolution, or session whose agenda it was"),
                Column("subject", "text", "what it is about"),
                Column("how", "text", "how it was adopted", allowed=("without a vote", "recorded vote")),
                Column("in_favour", "integer", "votes in favour", nullable=True, minimum=0),
                Column("against", "integer", "votes against", nullable=True, minimum=0),
                Column("abstaining", "integer", "abstentions", nullable=True, minimum=0),
                *_CITED,
            ),
            key=("id",),
            stems=("ga_votes",),
            checks=(*_RULES, _recorded_votes_add_up),
            caveats=("Votes on the agenda of 2020 and of other years may be missing.",),
        ),
        Table(
            name="sg_reports",
            title="Reports of the Secretary-General on the responsibility to protect",
            columns=(
                Column("year", "integer", "year of the report", minimum=2009, maximum=2100),
                Column("symbol", "text", "symbol as a document of the Assembly; empty where not known", nullable=True),
                Column("council_symbol", "text", "symbol as a document of the Council", nullable=True),
                Column("date", "date", "date of the document; the year where no page gives the day"),
                Column("secretary_general", "text", "whose report it is"),
                Column("title", "text", "title"),
                Column("pages", "integer", "pages, where known", nullable=True, minimum=1),
                Column("assembly_format", "text", "how the Assembly took it up"),
                *_CITED,
            ),
            key=("year",),
            stems=("reports_on_r2p",),
            checks=_RULES,
        ),
        Table(
            name="r2p_milestones",
            title="Dated steps beside the reports",
            columns=(
                Column("id", "text", "name of the row"),
                Column("date", "date", "when"),
                Column("kind", "text", "what it is", allowed=("commitment", "initiative", "review", "Charter")),
                Column("what", "text", "what happened"),
                *_CITED,
            ),
            key=("id",),
            stems=("milestones",),
            checks=_RULES,
        ),
    ),
)


@one_line_errors
def parse(table: str, files: list[Path]) -> pd.DataFrame:
    """Read one of the hand-made lists.

    Returns
    -------
    pandas.DataFrame
        Columns of the contract, in the order of the key and date.

    Raises
    ------
    SourceError
        When a column is missing or a count is not a whole number.
    """
    contract = SOURCE.table(table)
    frames = []
    for path in files:
        frame = read_delimited(path)
        require_columns(frame, contract.column_names, path.name)
        for name in set(_WHOLE) & set(contract.column_names):
            frame[name] = whole_numbers(frame[name], f"{path.name}, {name}")
        frame["date"] = frame["date"].astype("string")
        if "more_than" in frame:
            frame["more_than"] = frame["more_than"] == "yes"
        frames.append(frame[contract.column_names])
    whole = pd.concat(frames, ignore_index=True)
    return whole.sort_values(["date", *contract.key], ignore_index=True)
