"""People accused before the International Criminal Court, from the Transitional Justice Evaluation Team (TJET)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from r2p_analysis.errors import SourceError
from r2p_analysis.sources.cadence import Occasional
from r2p_analysis.sources.contract import ByHand, Column, Source, Table
from r2p_analysis.sources.files import read_delimited, require_columns, whole_numbers
from r2p_analysis.sources.guard import one_line_errors
from r2p_analysis.sources.politeness import Service

if TYPE_CHECKING:
    from r2p_analysis.sources.http import Http

SERVICE = Service("tjet", "https://raw.githubusercontent.com/tjetdata/tjet-db/HEAD/tjet_datasets/", interval=1.0)
_FILE = "tjet_icc_accused.csv"

SITUATIONS = {
    432: "MLI",
    437: "CIV",
    482: "CAF",
    490: "COD",
    500: "UGA",
    501: "KEN",
    620: "LBY",
    625: "SDN",
    840: "PHL",
}
"""TJET names countries by Correlates of War numbers; here are those it uses, as ISO 3166-1 alpha-3."""
_VERSION = "tjet_version"
_STAGES = {
    "warrant_year": "ICC_arrest_warrant",
    "appearance_year": "ICC_arrestAppear",
    "charges_confirmed_year": "ICC_confirm_charges",
    "proceedings_year": "ICC_proceedings",
    "withdrawn_year": "ICC_withdrawnDismissed",
}


def _stages_follow_the_warrant(frame: pd.DataFrame) -> str | None:
    for name in list(_STAGES)[1:]:
        wrong = frame[frame[name] < frame["warrant_year"]]
        if len(wrong):
            return f"accused {wrong['accused_id'].iloc[0]}: {name} lies before the warrant"
    return None


def _year(name: str, about: str, *, nullable: bool = True) -> Column:
    return Column(name, "integer", about, nullable=nullable, minimum=2002, maximum=2100)


SOURCE = Source(
    name="tjet",
    producer="Transitional Justice Evaluation Team (TJET)",
    licence="not stated",
    licence_url="",
    attribution="Transitional Justice Evaluation Team (TJET), 2025",
    cadence=Occasional("now and then"),
    url="https://transitionaljusticedata.org/",
    service=SERVICE.base,
    by_hand=(
        ByHand(
            _FILE,
            SERVICE.base + _FILE,
            ("tjet_icc_accused",),
            "From TJET's public repository. Names and positions of the accused are not read.",
        ),
    ),
    tables=(
        Table(
            name="tjet_icc_accused",
            title="People accused before the International Criminal Court, by the stages of their cases",
            columns=(
                Column("accused_id", "integer", "TJET's number of a person in a case; no name is carried", minimum=1),
                Column("situation_iso3", "text", "country of the situation before the Court", place=True),
                _year("warrant_year", "year of the arrest warrant or of the summons to appear", nullable=False),
                _year("appearance_year", "year of arrest or first appearance"),
                _year("charges_confirmed_year", "year of the hearing or decision on the charges, as TJET dates it"),
                _year("proceedings_year", "year in which the trial or its proceedings began"),
                _year("withdrawn_year", "year in which the case was withdrawn, dismissed, or ended by death"),
            ),
            key=("accused_id",),
            stems=("tjet_icc_accused",),
            checks=(_stages_follow_the_warrant,),
            caveats=(
                "One row is one person in one case: a person accused in two cases stands twice.",
                "The list holds stages and no verdicts. A stage without a year: not reached, as far as recorded.",
                "The list is not complete: it has nobody in the situations of Ukraine and Palestine, for example.",
                "Decisions about charges are dated whether or not they were confirmed.",
            ),
        ),
    ),
    redistribution="aggregates only",
)


def download(table: str, folder: Path, session: Http) -> list[Path]:
    """Download TJET's list from its public repository."""
    from r2p_analysis.sources.bulk import take_text

    return take_text(session, SERVICE, _FILE, folder / _FILE)


def release(table: str, files: list[Path]) -> str:
    """Tell TJET's release, which its file repeats in every row; empty when it does not."""
    frame = read_delimited(files[0], only=lambda name: name == _VERSION)
    versions = set(frame[_VERSION].dropna()) if _VERSION in frame.columns else set()
    return str(versions.pop()) if len(versions) == 1 else ""


@one_line_errors
def parse(table: str, files: list[Path]) -> pd.DataFrame:
    """Read TJET's list of the accused; names are left behind.

    Returns
    -------
    pandas.DataFrame
        accused_id, situation_iso3, and the year of each stage (null: not reached, as far as recorded).

    Raises
    ------
    SourceError
        When columns are missing, or a country number is unknown.
    """
    where = files[0].name
    wanted = ["accusedID", "ccode_target", *_STAGES.values()]
    frame = pd.concat([read_delimited(path, only=wanted.__contains__) for path in files], ignore_index=True)
    require_columns(frame, wanted, where)
    number = whole_numbers(frame["ccode_target"], where)
    if len(unknown := number[~number.isin(SITUATIONS)]):
        raise SourceError(f"{where}: Correlates of War number {unknown.iloc[0]} is not in tjet.py: add its country")
    accused = whole_numbers(frame["accusedID"], where)
    out = pd.DataFrame({"accused_id": accused, "situation_iso3": number.map(SITUATIONS).astype("string")})
    for ours, theirs in _STAGES.items():
        out[ours] = whole_numbers(frame[theirs], where)
    contract = SOURCE.table(table)
    return out[contract.column_names].sort_values(list(contract.key), ignore_index=True)
