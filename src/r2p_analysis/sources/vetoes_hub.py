"""The Security Council's vetoes as the UN Peace and Security Data Hub lists them, from where the library's list ends.

The hub counts votes on amendments, paragraphs and procedure as well, without a column that tells them apart, and its
early rows cannot be laid beside the library's one by one. So the drafts to July 2022 stay those of the library as they
are coded (``codes/vetoes_1946_2022.csv``), and the hub gives those since, once it is seen to reach back over that list.
"""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pandas as pd

from r2p_analysis.errors import SourceError
from r2p_analysis.sources.files import read_delimited, require_columns, whole_numbers
from r2p_analysis.sources.psdata_service import read_rows
from r2p_analysis.sources.veto_subjects import AMENDMENTS, subject_of_draft

DATASET = "DPPA-SCVETOES"
# Names in the hub's description of the dataset differ from those in its files.
_NAMES = {
    "draft_res#": "draft",
    "draft_res": "draft",
    "draft_resolution_number": "draft",
    "#_of_pms": "vetoes",
    "number_of_vetoes": "vetoes",
    "topic": "short_agenda",
    "china": "CHN",
    "france": "FRA",
    "united_kingdom": "GBR",
    "united_kingdom_of_great_britain_and_northern_ireland": "GBR",
    "russian_federation_ussr": "RUS",
    "russian_federation_or_ussr": "RUS",
    "united_states": "USA",
    "united_states_of_america": "USA",
}
_MEMBERS = ["CHN", "FRA", "GBR", "RUS", "USA"]
_WANTED = ["date", "draft", "record", "agenda", "short_agenda", "vetoes", *_MEMBERS]
_DRAFT = r"S/\d{4}/\d+(?:/(?:Rev|Corr|Add)\.\d+)*"
_DAY = 86_400_000


def is_hub_file(path: Path) -> bool:
    """Tell by its name whether a raw file is the hub's list."""
    return DATASET in path.name.upper()


def drafts_of_hub(files: list[Path]) -> pd.DataFrame:
    """Read the hub's list and put its later drafts behind the library's.

    Returns
    -------
    pandas.DataFrame
        date, draft, record, agenda_item, crisis, kind, places and vetoed_by (codes joined by +), basis, amendment; one
        row a vetoed draft, in order of date.

    Raises
    ------
    SourceError
        When the list does not reach back over the library's, or a later row cannot be read for certain: other
        columns, members that are not as many as its own count, no single draft, a draft that nobody has coded.
    """
    where = files[0].name
    rows = pd.concat([_read(path) for path in files], ignore_index=True)
    twice = rows.loc[rows["id"].notna() & rows["id"].duplicated(), "id"]
    if len(twice):
        raise SourceError(f"{where}: id {twice.iloc[0]} stands twice; the data moved between pages: fetch again")
    library = library_drafts()
    last = library.iloc[-1]
    _check_joins(rows, library, where)
    later = rows[rows["date"] > last["date"]].reset_index(drop=True)
    coded = library.assign(basis="library list", amendment=False)
    return pd.concat([coded, _drafts(later, where)], ignore_index=True)


def last_update(files: list[Path]) -> str:
    """Give the day on which the hub last updated its list, such as "updated 2026-11-24"; empty when it does not say."""
    frame = pd.concat([read_rows(path) for path in files if path.name.endswith(".json")] or [pd.DataFrame()])
    if "last_update" not in frame:
        return ""
    return f"updated {_days(frame['last_update'], files[0].name).max()}"


def library_drafts() -> pd.DataFrame:
    """Give the drafts vetoed from 1946 to July 2022: the library's list, with the project's coding."""
    with resources.files("r2p_analysis").joinpath("codes/vetoes_1946_2022.csv").open(encoding="utf-8") as stream:
        return pd.read_csv(stream, keep_default_na=False, na_values=[""], dtype="string")


def _read(path: Path) -> pd.DataFrame:
    frame = read_rows(path) if path.name.endswith(".json") else read_delimited(path)
    frame.columns = [str(name).strip().lower() for name in frame.columns]
    frame = frame.rename(columns=_NAMES)
    require_columns(frame, _WANTED, path.name)
    if frame.columns.duplicated().any():
        twice = frame.columns[frame.columns.duplicated()][0]
        raise SourceError(f"{path.name}: two columns both hold {twice}; the hub changed the format")
    if frame.empty:
        raise SourceError(f"{path.name}: holds no rows; fetch it again")
    # HDX may put a row of tags under the header.
    frame = frame[~frame["date"].astype("string").str.startswith("#", na=False)].reset_index(drop=True)
    out = pd.DataFrame({"date": _days(frame["date"], path.name)})
    out["id"] = frame["id"].astype("string").str.removesuffix(".0") if "id" in frame else pd.NA
    for name in ("draft", "record", "agenda", "short_agenda"):
        out[name] = frame[name].astype("string").str.split().str.join(" ")
    for name in ("vetoes", *_MEMBERS):
        out[name] = whole_numbers(frame[name], path.name)
    return out


def _days(dates: pd.Series, where: str) -> pd.Series:
    """Give dates as YYYY-MM-DD; a moment within a day is refused, for it could be another day elsewhere."""
    if pd.api.types.is_numeric_dtype(dates.dtype):
        odd = dates[dates.isna() | (dates % _DAY != 0)]
        text = pd.to_datetime(dates, unit="ms", errors="coerce").dt.strftime("%Y-%m-%d").astype("string")
    else:
        text = dates.astype("string").str.strip().str.removesuffix("T00:00:00").str.removesuffix(" 00:00:00")
        real = pd.to_datetime(text, format="%Y-%m-%d", errors="coerce").notna() & text.str.fullmatch(r"\d{4}-\d\d-\d\d")
        odd = dates[~real.fillna(False).astype(bool)]
    if len(odd):
        raise SourceError(f'{where}: "{odd.iloc[0]}" is no day; expected YYYY-MM-DD or its milliseconds since 1970')
    return text


def _check_joins(rows: pd.DataFrame, library: pd.DataFrame, where: str) -> None:
    """Refuse a list that does not reach back over the library's: part of it, or one whose rows mean something else."""
    last = library.iloc[-1]
    early = rows[rows["date"] <= last["date"]]
    if len(early) < len(library):
        raise SourceError(
            f"{where}: expected at least {len(library)} vetoes to {last['date']}, got {len(early)}; "
            "the list is not whole: fetch it again"
        )
    known = early[(early["date"] == last["date"]) & (early["draft"] == last["draft"])]
    if [_vetoed_by(row) for _, row in known.iterrows()] != [last["vetoed_by"]]:
        raise SourceError(
            f"{where}: expected {last['draft']} of {last['date']}, vetoed by {last['vetoed_by']}, where the library's "
            "list ends; the hub's rows do not join it: the stored list stays"
        )


def _drafts(rows: pd.DataFrame, where: str) -> pd.DataFrame:
    """Make one row a draft of the hub's votes after the library's list."""
    _check_counts(rows, where)
    rows = _votes_on_drafts(rows, where)
    # Votes on parts of one text on one day are one vetoed draft.
    found = [_draft(votes, where) for _, votes in rows.groupby(["date", "draft"], sort=True)]
    return pd.DataFrame(found)


def _check_counts(rows: pd.DataFrame, where: str) -> None:
    """Refuse a vote whose members are not as many as its own count of vetoes."""
    cast = rows[_MEMBERS].fillna(0)
    number = cast.sum(axis=1)
    fits = (number == rows["vetoes"]).fillna(False) & cast.isin([0, 1]).all(axis=1) & (number > 0)
    if not fits.all():
        row = rows[~fits].iloc[0]
        raise SourceError(
            f"{where}: {row['draft']} of {row['date']}: expected {row['vetoes']} vetoes as its own count says, "
            f"got {_vetoed_by(row) or 'none'}; look before storing it"
        )


def _votes_on_drafts(rows: pd.DataFrame, where: str) -> pd.DataFrame:
    """Leave out votes that are said to be on paragraphs or procedure, and refuse those of which it is not plain."""
    said = rows["draft"].fillna("").str.lower()
    rows = rows.assign(
        amendment=said.str.contains("amendment"),
        draft=rows["draft"].fillna("").str.replace(r"\s*\([^()]*\)$", "", regex=True),
    )
    rows = rows[~said.str.contains(r"\bpara(?:graphs?|s)?\b|\bprocedur|\bpreliminary question")]
    odd = rows[~rows["draft"].str.fullmatch(_DRAFT)]
    if len(odd):
        row = odd.iloc[0]
        raise SourceError(
            f'{where}: the vote of {row["date"]} under "{_text(row["agenda"])}" is on "{row["draft"]}"; expected one '
            "draft such as S/2022/538: whether it is on a whole draft must be looked up, the stored list stays"
        )
    return rows


def _draft(votes: pd.DataFrame, where: str) -> dict[str, object]:
    """Describe one vetoed draft by the votes on it."""
    vote = votes.iloc[0]
    agenda = _text(vote["agenda"])
    subject = subject_of_draft(vote["draft"], agenda, _text(vote["short_agenda"]), vote["date"])
    return {
        "date": vote["date"],
        "draft": vote["draft"],
        "record": _record(_text(vote["record"]), where),
        "agenda_item": agenda or pd.NA,
        "crisis": subject.crisis,
        "kind": subject.kind,
        "places": "+".join(subject.places) or pd.NA,
        "vetoed_by": _vetoed_by(votes[_MEMBERS].max()),
        "basis": "hub list",
        "amendment": bool(votes["amendment"].any()) or vote["draft"] in AMENDMENTS,
    }


def _text(cell: object) -> str:
    return "" if cell is pd.NA else str(cell)


def _vetoed_by(row: pd.Series) -> str:
    """Join the members that vetoed, in a row of the hub."""
    return "+".join(name for name in _MEMBERS if row[name] == 1)


def _record(text: str, where: str) -> str:
    """Give the symbol of a meeting's record, of which the hub gives the number."""
    number = text.removesuffix(".0").upper().removeprefix("S/PV.")
    if not (number.isascii() and number.isdigit()):
        raise SourceError(f'{where}: "{text}" is no record of a meeting; expected a number such as 9087')
    return f"S/PV.{number}"
