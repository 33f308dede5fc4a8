"""Vetoed drafts of the Security Council: the Dag Hammarskjöld Library's list, and after July 2022 a secondary list.

Fetched, the later drafts are those of the UN Peace and Security Data Hub in place of the secondary list.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from r2p_analysis.errors import SourceError
from r2p_analysis.sources.cadence import QUARTER, Rolling
from r2p_analysis.sources.contract import ByHand, Column, Source, Table
from r2p_analysis.sources.files import read_delimited, require_columns
from r2p_analysis.sources.guard import one_line_errors
from r2p_analysis.sources.hdx import OnHdx, data_files, download_listed, release_listed
from r2p_analysis.sources.psdata_service import SERVICE, download_dataset
from r2p_analysis.sources.veto_subjects import KINDS, subject_of
from r2p_analysis.sources.vetoes_hub import DATASET, drafts_of_hub, is_hub_file, last_update

if TYPE_CHECKING:
    from r2p_analysis.sources.http import Http

WAYS = ("psdata", "hdx")
ON_HDX = OnHdx("f67cf146-1cda-44e3-b468-2b086d85cb5a", "12377ab6-e4de-46cb-98b5-7c89ba18115b", f"{DATASET.lower()}.csv")
MEMBERS = ("CHN", "FRA", "GBR", "RUS", "SUN", "USA")
"""Who has had a veto; SUN is the Soviet Union, whose seat Russia continued in December 1991."""
BASES = ("library list", "secondary list", "hub list")
_RAW = ["date", "draft", "meeting_record", "agenda_item", "topic", "vetoed_by", "basis", "note"]
_STEMS = ("unsc_vetoes", DATASET, DATASET.lower(), f"data_{DATASET}")
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
    attribution="Dag Hammarskjöld Library, Security Council vetoes, as coded by the World Politics Data Lab; "
    "rows marked hub list: United Nations Peace and Security Data Hub, DPPA-SCVETOES",
    cadence=Rolling("as drafts are vetoed; the library keeps its list current", QUARTER),
    url="https://research.un.org/en/docs/sc/quick/veto",
    service=SERVICE.base,
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
                "Rows marked hub list are of the UN Peace and Security Data Hub, which counts votes on amendments too.",
                "Some rows of the 1940s are votes on preliminary questions; drafts not put to a vote are in no list.",
            ),
            caveats_of_carried=(
                "From September 2022 rows are of a public list, not the library's; it ends on 18 September 2025.",
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
    by_hand=(
        ByHand(
            f"{DATASET}.csv",
            f"{SERVICE.base}data/{DATASET}/CSV",
            ("sc_vetoes", "sc_vetoes_cast", "sc_veto_places"),
            "The hub's list: drafts after 8 July 2022 are taken from it, those before are the library's.",
        ),
        ByHand(
            ON_HDX.name,
            f"https://data.humdata.org/dataset/{ON_HDX.dataset}/resource/{ON_HDX.resource}/download/{ON_HDX.name}",
            ("sc_vetoes", "sc_vetoes_cast", "sc_veto_places"),
            "The same list on HDX.",
        ),
        ByHand(
            "unsc_vetoes.csv",
            "https://github.com/world-politics-datalab/vetoes-un-security-council",
            ("sc_vetoes", "sc_vetoes_cast", "sc_veto_places"),
            "The coded list, with later vetoes added by hand from https://research.un.org/en/docs/sc/quick/veto: "
            "columns date, draft, meeting_record, agenda_item, topic, vetoed_by, basis and note.",
        ),
    ),
)


def download(table: str, folder: Path, session: Http) -> list[Path]:
    """Download the hub's list, from the hub itself or by way of HDX; one download serves the three tables."""
    way = session.way(SOURCE.name, WAYS)
    stem = DATASET if way == "psdata" else DATASET.lower()
    taken = sorted(path for path in folder.glob(f"{stem}*") if not path.name.endswith(f"{DATASET}.csv"))
    if taken:
        return taken
    if way == "hdx":
        return download_listed(session, folder, ON_HDX)
    return download_dataset(session, folder, DATASET, "id")


def release(table: str, files: list[Path]) -> str:
    """Give the day on which the hub's list, or HDX's file of it, was last changed; empty when it is not told."""
    return release_listed(files, ON_HDX) or last_update(files)


@one_line_errors
def parse(table: str, files: list[Path]) -> pd.DataFrame:
    """Read a list of vetoes: the carried one, or that of the UN Peace and Security Data Hub.

    Returns
    -------
    pandas.DataFrame
        Columns of the contract. Every vetoed draft has one row in sc_vetoes and at least one in sc_vetoes_cast; drafts
        on general matters have none in sc_veto_places.

    Raises
    ------
    SourceError
        When columns are missing, a topic or member is unknown, or the hub's rows cannot be read for certain.
    """
    files = data_files(files)
    hub = is_hub_file(files[0])
    raw = drafts_of_hub(files) if hub else pd.concat([_listed(path) for path in files], ignore_index=True)
    raw = raw.sort_values(["date", "draft", "agenda_item"], kind="stable", ignore_index=True, na_position="last")
    raw["veto"] = raw.index + 1
    contract = SOURCE.table(table)
    if table == "sc_vetoes":
        return raw.assign(year=raw["date"].str[:4].astype(int))[contract.column_names]
    ours, theirs = {"sc_vetoes_cast": ("member_iso3", "vetoed_by"), "sc_veto_places": ("iso3", "places")}[table]
    long = raw.dropna(subset=theirs).assign(**{ours: raw[theirs].str.split("+")}).explode(ours)
    return long[contract.column_names].sort_values(list(contract.key), ignore_index=True)


def _listed(path: Path) -> pd.DataFrame:
    """Read the carried list, and say of each draft what it was about."""
    raw = _read(path)
    try:
        subjects = [subject_of(t, i, d) for t, i, d in zip(raw["topic"], raw["agenda_item"], raw["date"], strict=True)]
    except SourceError as error:
        raise SourceError(f"{path.name}: {error}") from None
    return raw.assign(
        record=raw["meeting_record"],
        crisis=[subject.crisis for subject in subjects],
        kind=[subject.kind for subject in subjects],
        places=pd.Series(["+".join(subject.places) or None for subject in subjects], dtype="string"),
        basis=[basis.split(",")[0] for basis in raw["basis"]],
        amendment=raw["note"].fillna("").str.contains("amendment"),
    )


def _read(path: Path) -> pd.DataFrame:
    frame = read_delimited(path)
    require_columns(frame, _RAW, path.name)
    for codes in frame["vetoed_by"]:
        unknown = sorted(set(str(codes).split("+")) - set(MEMBERS))
        if unknown:
            raise SourceError(f'{path.name}: "{unknown[0]}" has no veto; expected {", ".join(MEMBERS)}')
    return frame[_RAW]
