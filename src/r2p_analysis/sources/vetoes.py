"""Vetoed drafts of the Security Council: the Dag Hammarskjöld Library's list, and a secondary list after July 2022."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from r2p_analysis.errors import SourceError
from r2p_analysis.sources.cadence import QUARTER, Rolling
from r2p_analysis.sources.contract import Column, Source, Table
from r2p_analysis.sources.files import read_delimited, require_columns
from r2p_analysis.sources.veto_subjects import KINDS, subject_of

MEMBERS = ("CHN", "FRA", "GBR", "RUS", "SUN", "USA")
"""Who has had a veto; SUN is the Soviet Union, whose seat Russia continued in December 1991."""
BASES = ("library list", "secondary list")
_RAW = ["date", "draft", "meeting_record", "agenda_item", "topic", "vetoed_by", "basis", "note"]
_STEMS = ("unsc_vetoes",)
_NUMBER = Column("veto", "integer", "number of the vetoed draft, in order of date", minimum=1)


def _dates_are_days(frame: pd.DataFrame) -> str | None:
    bad = frame[~frame["date"].str.fullmatch(r"\d{4}-\d{2}-\d{2}")]
    if len(bad):
        return f'date of draft {bad["draft"].iloc[0]} is "{bad["date"].iloc[0]}"; expected YYYY-MM-DD'
    wrong = frame[frame["date"].str[:4].astype(int) != frame["year"]]
    return f"year of draft {wrong['draft'].iloc[0]} is not that of its date" if len(wrong) else None


SOURCE = Source(
    name="vetoes",
    producer="Dag Hammarskjöld Library, coded by C. Yordan",
    licence="MIT for the coded list to July 2022; later rows are facts from a public list",
    licence_url="https://github.com/world-politics-datalab/vetoes-un-security-council",
    attribution="Dag Hammarskjöld Library, Security Council vetoes, as coded by the World Politics Data Lab",
    cadence=Rolling("as drafts are vetoed; the library keeps its list current", QUARTER),
    url="https://research.un.org/en/docs/sc/quick/veto",
    tables=(
        Table(
            name="sc_vetoes",
            title="Vetoed drafts of the Security Council",
            columns=(
                _NUMBER,
                Column("date", "date", "day of the vote"),
                Column("year", "integer", "year of the vote", minimum=1946, maximum=2100),
                Column("draft", "text", "symbol of the draft; that of the meeting's record where it has none"),
                Column("record", "text", "symbol of the meeting's record"),
                Column("agenda_item", "text", "agenda item, as the list words it", nullable=True),
                Column("crisis", "text", "what the draft was about, in the project's words"),
                Column("kind", "text", "situation, admission of a member, or a general matter", allowed=KINDS),
                Column("vetoed_by", "text", "members that vetoed it, ISO 3166 alpha-3 joined by +"),
                Column("basis", "text", "which list the row is from", allowed=BASES),
                Column("amendment", "boolean", "a veto of an amendment, not of a whole draft"),
            ),
            key=("veto",),
            stems=_STEMS,
            checks=(_dates_are_days,),
            caveats=(
                "One row a vetoed draft: a draft that two members vetoed is one draft and two vetoes.",
                "From September 2022 rows are of a public list, not the library's; it ends on 18 September 2025.",
                "Some rows of the 1940s are votes on preliminary questions; drafts not put to a vote are in no list.",
            ),
        ),
        Table(
            name="sc_vetoes_cast",
            title="Vetoes cast, by member",
            columns=(
                _NUMBER,
                Column("member_iso3", "text", "member that vetoed", allowed=MEMBERS, place=True),
            ),
            key=("veto", "member_iso3"),
            stems=_STEMS,
            caveats=("A draft that two members vetoed has two rows.",),
        ),
        Table(
            name="sc_veto_places",
            title="Vetoed drafts, by the place that they concerned",
            columns=(_NUMBER, Column("iso3", "text", "place concerned, by its code of today", place=True)),
            key=("veto", "iso3"),
            stems=_STEMS,
            caveats=("Which place a draft concerned is this project's coding of topic and item; it can be several.",),
        ),
    ),
)


def parse(table: str, files: list[Path]) -> pd.DataFrame:
    """Read the list of vetoes.

    Returns
    -------
    pandas.DataFrame
        Columns of the contract. Every vetoed draft has one row in sc_vetoes and at least one in sc_vetoes_cast; drafts
        on general matters have none in sc_veto_places.

    Raises
    ------
    SourceError
        When columns are missing, or a topic or member is unknown.
    """
    raw = pd.concat([_read(path) for path in files], ignore_index=True)
    raw = raw.sort_values(["date", "draft", "agenda_item"], kind="stable", ignore_index=True, na_position="last")
    raw["veto"] = raw.index + 1
    contract = SOURCE.table(table)
    if table == "sc_vetoes_cast":
        long = raw.assign(member_iso3=raw["vetoed_by"].str.split("+")).explode("member_iso3")
        return long[contract.column_names].sort_values(list(contract.key), ignore_index=True)
    subjects = [subject_of(t, i, d) for t, i, d in zip(raw["topic"], raw["agenda_item"], raw["date"], strict=True)]
    if table == "sc_veto_places":
        places = [(number, code) for number, s in zip(raw["veto"], subjects, strict=True) for code in s.places]
        found = pd.DataFrame(places, columns=contract.column_names)
        return found.sort_values(list(contract.key), ignore_index=True)
    frame = raw.assign(
        year=raw["date"].str[:4].astype(int),
        record=raw["meeting_record"],
        crisis=[subject.crisis for subject in subjects],
        kind=[subject.kind for subject in subjects],
        basis=[basis.split(",")[0] for basis in raw["basis"]],
        amendment=raw["note"].fillna("").str.contains("amendment"),
    )
    return frame[contract.column_names]


def _read(path: Path) -> pd.DataFrame:
    frame = read_delimited(path)
    require_columns(frame, _RAW, path.name)
    for codes in frame["vetoed_by"]:
        unknown = sorted(set(str(codes).split("+")) - set(MEMBERS))
        if unknown:
            raise SourceError(f'{path.name}: "{unknown[0]}" has no veto; expected {", ".join(MEMBERS)}')
    return frame[_RAW]
