"""Attacks on health care, education, aid, camps, and sexual violence in conflict, by Insecurity Insight."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from r2p_analysis import countries
from r2p_analysis.errors import SourceError, UsageError
from r2p_analysis.sources.cadence import TWO_MONTHS, Rolling
from r2p_analysis.sources.contract import ByHand, Column, Source, Table
from r2p_analysis.sources.files import read_delimited, read_json, require_columns, whole_numbers
from r2p_analysis.sources.guard import one_line_errors
from r2p_analysis.sources.politeness import Service

if TYPE_CHECKING:
    from r2p_analysis.sources.http import Http

# A small application that wakes up slowly and says 503 meanwhile: wait long enough for it.
SERVICE = Service("insecurity_insight", "https://sind-api.herokuapp.com/hdx/v1/", interval=1.0, pause=10.0)
FIRST_YEAR = 2016
Names = tuple[str, ...]


@dataclass(frozen=True)
class _Theme:
    """One overview of the producer: its name, and which of its columns are ours."""

    name: str
    events: Names = ("Number Of Events",)
    people: dict[str, Names] = field(default_factory=dict)


# Column names keep the producer's slips. The service mended one and gave another column a new name between early 2024
# and 2025: both are known.
_THEMES = {
    "healthcareOverview": _Theme(
        "health_care",
        people={
            "killed": ("Health Workers Killed",),
            "wounded": ("Health Workers Injured",),
            "kidnapped": ("Health Workers Kidnapped",),
            "arrested": ("Health Workers Arrested",),
            "sites": (
                "Number of Attacks on Health Facilities Reporting Damage or Dest",
                "Number of Attacks on Health Facilities Reporting Damege or Dest",
            ),
        },
    ),
    "educationOverview": _Theme(
        "education",
        people={
            "killed": ("Educators Killed",),
            "wounded": ("Educators Injured",),
            "kidnapped": ("Educators Kidnapped",),
            "arrested": ("Educators Arrested",),
            "sites": ("Damage/Destruction To School Event",),
        },
    ),
    "explosiveWeaponsOverview": _Theme("explosive_weapons"),
    "protectionOverview": _Theme(
        "camps",
        people={
            "killed": ("Total number of camp residents killed",),
            "sites": ("Total number of camp infastructure damaged/destroyed",),
        },
    ),
    "svOverview": _Theme("sexual_violence", events=("Number Of Events", "Recorded SV Events")),
    "aidWorkerKIKAOverview": _Theme(
        "aid_workers",
        people={
            "killed": ("Total Aid Workers Killed",),
            "wounded": ("Total Aid Workers Injured",),
            "kidnapped": ("Total Aid Workers Kidnapped",),
            "arrested": ("Total Aid Workers Arrested",),
        },
    ),
}
_PEOPLE = ("killed", "wounded", "kidnapped", "arrested", "sites")
_VICTIMS = "Total Aid Workers KIKA Victims"
_PREFIX = "insecurity_insight_"

SOURCE = Source(
    name="insecurity_insight",
    producer="Insecurity Insight",
    licence="CC BY as recorded by HDX (workbooks say CC BY-SA)",
    licence_url="",
    attribution="Insecurity Insight, via HDX",
    cadence=Rolling("monthly", TWO_MONTHS),
    url="https://insecurityinsight.org/",
    service=SERVICE.base,
    tables=(
        Table(
            name="insecurity_insight_events",
            title="Recorded attacks on health care, education, aid, camps, and sexual violence in conflict",
            columns=(
                Column("theme", "text", "what was attacked", allowed=tuple(t.name for t in _THEMES.values())),
                Column("year", "integer", "calendar year", minimum=FIRST_YEAR, maximum=2100),
                Column("iso3", "text", "where it happened", place=True),
                Column("area", "text", "the producer's unit, where it is part of a country; else empty", nullable=True),
                Column("events", "integer", "recorded events", minimum=0),
                Column("killed", "integer", "health workers, educators, aid workers, camp residents", True, 0),
                Column("wounded", "integer", "people of the same group wounded", True, 0),
                Column("kidnapped", "integer", "people of the same group kidnapped", True, 0),
                Column("arrested", "integer", "people of the same group arrested", True, 0),
                Column("sites", "integer", "events, or camp sites, with damage or destruction", True, 0),
                Column("complete_year", "boolean", "whether the year was over when the data were taken"),
            ),
            key=("theme", "year", "iso3", "area"),
            stems=tuple(stem for name in _THEMES for stem in (_PREFIX + name, name)),
            every_stem=True,
            caveats=(
                "Events found in open sources and given by partners: not comprehensive, and uneven between countries.",
                "Coverage widened in 2021: a rise over that year is partly one of monitoring.",
                "Health care is covered from 2016, the other themes from 2020. The last year of each theme is partial.",
                "One event can stand in several themes: themes must not be added up.",
            ),
        ),
    ),
    by_hand=tuple(
        ByHand(f"{name}.json", f"https://sind-api.herokuapp.com/hdx/v1/{name}", ("insecurity_insight_events",))
        for name in _THEMES
    ),
)


def download(table: str, folder: Path, session: Http) -> list[Path]:
    """Download the six overviews into the raw folder.

    Raises
    ------
    SourceError
        When one of them is no list of rows, is empty, or holds other years than there can be: none is taken then.
    """
    files: list[Path] = []
    for number, name in enumerate(_THEMES, start=1):
        target = folder / f"{name}.json"
        _check_rows(session.page(SERVICE, name, (), target), target.name)
        files.append(target)
        session.progress("overviews", number, len(_THEMES))
    return files


def _check_rows(answer: Any, where: str) -> None:
    if not isinstance(answer, list) or not all(isinstance(row, dict) for row in answer):
        raise SourceError(f"{where}: expected a list of rows, got another shape; the service changed")
    if not answer:
        raise SourceError(f"{where}: the answer holds no rows; the service is ill: try again later")
    last = datetime.now(UTC).year
    possible = {str(year) for year in range(FIRST_YEAR, last + 1)}
    other = next((row.get("Year") for row in answer if str(row.get("Year")) not in possible), "")
    if other != "":
        raise SourceError(f"{where}: expected years {FIRST_YEAR} to {last}, got {other}; the service changed")


@one_line_errors
def parse(table: str, files: list[Path]) -> pd.DataFrame:
    """Read the producer's overviews by country and year, as its service gives them or as tables of the same shape.

    Returns
    -------
    pandas.DataFrame
        Columns of the contract; events and people. Null: the overview of that theme does not hold it.

    Raises
    ------
    SourceError
        When a file is of no known theme, columns are missing, a country is unknown or counts are not whole numbers.
    """
    contract = SOURCE.table(table)
    frame = pd.concat([_one(path) for path in files], ignore_index=True)
    if frame.duplicated(list(contract.key)).any():
        twice = frame[frame.duplicated(list(contract.key))].iloc[0]
        raise SourceError(
            f"{files[0].name}: {twice['iso3']} {twice['year']} stands twice among the files of {twice['theme']}; "
            "fetch them again"
        )
    # The service always gives the running year: the last one of each theme is not over.
    frame["complete_year"] = frame["year"] < frame.groupby("theme")["year"].transform("max")
    return frame[contract.column_names].sort_values(list(contract.key), ignore_index=True)


def _one(path: Path) -> pd.DataFrame:
    stem = path.name.removeprefix(_PREFIX)
    theme = next((theme for name, theme in _THEMES.items() if stem.startswith(name)), None)
    if theme is None:
        raise SourceError(f"{path.name}: of no known theme; expected a name such as healthcareOverview.json")
    raw = pd.DataFrame(read_json(path)) if path.name.endswith(".json") else read_delimited(path)
    require_columns(raw, ["Country", "Country ISO", "Year"], path.name)
    pairs = [_place(code, name, path.name) for code, name in zip(raw["Country ISO"], raw["Country"], strict=True)]
    out = pd.DataFrame({"theme": theme.name, "year": whole_numbers(raw["Year"], path.name)})
    out["iso3"] = [code for code, _ in pairs]
    out["area"] = pd.Series([area for _, area in pairs], dtype="string")
    out["events"] = _counts(raw, theme.events, path.name)
    for name in _PEOPLE:
        values = _counts(raw, theme.people[name], path.name) if name in theme.people else pd.NA
        out[name] = pd.Series(values, index=out.index, dtype="Int64")
    _check_people(raw, out, path.name)
    return out


def _counts(raw: pd.DataFrame, names: Names, where: str) -> pd.Series:
    """Read the column that has one of these names."""
    present = [name for name in names if name in raw.columns]
    if len(present) != 1:
        require_columns(raw, list(names[:1]), where)
        raise SourceError(f"{where}: expected one of the columns {', '.join(names)}, got {len(present)}")
    return whole_numbers(raw[present[0]], where)


def _check_people(raw: pd.DataFrame, out: pd.DataFrame, where: str) -> None:
    """Hold the kinds of harm against the number of people harmed, where it is told; one person can meet several."""
    if _VICTIMS not in raw.columns:
        return
    victims = whole_numbers(raw[_VICTIMS], where)
    kinds = out[["killed", "wounded", "kidnapped", "arrested"]]
    odd = out[((victims > kinds.sum(axis=1)) | (victims < kinds.max(axis=1))).fillna(False)]
    if len(odd):
        row = odd.iloc[0]
        raise SourceError(
            f"{where}: {row['iso3']} {row['year']}: people killed, injured, kidnapped and arrested do not fit "
            f"{_VICTIMS}; look before storing it"
        )


def _place(code: object, name: object, where: str) -> tuple[str, str | None]:
    """Give the code, and the producer's name where it is that of a part of the country or of no country."""
    if not isinstance(code, str):
        return "UNK", str(name)
    try:
        place = countries.get(code)
    except UsageError as error:
        raise SourceError(f"{where}: {error}") from None
    try:
        whole = countries.find(str(name)) is place
    except UsageError:
        whole = False
    return place.iso3, None if whole else str(name)
