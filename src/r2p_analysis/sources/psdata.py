"""Deaths of personnel of United Nations missions, from the UN Peace and Security Data Hub."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from r2p_analysis.errors import SourceError
from r2p_analysis.sources.cadence import MONTH, Fixed, Rolling
from r2p_analysis.sources.contract import ByHand, Column, Source, Table
from r2p_analysis.sources.files import read_delimited, require_columns, whole_numbers
from r2p_analysis.sources.guard import one_line_errors
from r2p_analysis.sources.psdata_service import download_dataset, read_rows

if TYPE_CHECKING:
    from r2p_analysis.sources.http import Http

INCIDENTS = ("Accident", "Illness", "Malicious Act", "Self-Inflicted", "To Be Determined", "Unknown")
DATASET = "DPPADPOSS-FATALITIES"
_KEY = ["year", "mission", "incident_type", "personnel_type"]
_NAMES = {
    "mission_acronym": "mission",
    "type_of_incident": "incident_type",
    "casualty_personnel_type": "personnel_type",
    "fatalities": "deaths",
}
_INCIDENT = Column("incident_type", "text", "cause, as the United Nations class it", allowed=INCIDENTS)
_DEATHS = Column("deaths", "integer", "people who died", minimum=0)
_COMPLETE = Column("complete_year", "boolean", "whether the year was over when the data were taken")
_CAVEATS = (
    "All personnel of peacekeeping and political missions: military, police and civilians, also local ones.",
    '"Malicious Act" is the class of attacks. The staff of agencies, funds and programmes are not counted.',
    "Incomplete before 2000. The place of a death is not told, only the mission.",
)

SOURCE = Source(
    name="psdata",
    producer="UN DPPA-DPO-DOS",
    licence="CC BY-IGO as recorded by HDX",
    licence_url="https://creativecommons.org/licenses/by/3.0/igo/",
    attribution="United Nations Peace and Security Data Hub, DPPADPOSS-FATALITIES",
    cadence=Rolling("daily", MONTH),
    url="https://psdata.un.org/dataset/DPPADPOSS-FATALITIES",
    service="https://api.psdata.un.org/public/",
    tables=(
        Table(
            name="un_fatalities",
            title="Deaths of personnel of UN missions by year, mission, cause and kind of personnel",
            columns=(
                Column("year", "integer", "calendar year of the incident", minimum=1948, maximum=2100),
                Column("mission", "text", "acronym of the mission"),
                _INCIDENT,
                Column("personnel_type", "text", "military, police, observers, civilians"),
                _DEATHS,
                _COMPLETE,
            ),
            key=("year", "mission", "incident_type", "personnel_type"),
            stems=("un_mission_fatalities_year_mission_type", f"data_{DATASET}", DATASET, DATASET.lower()),
            caveats=_CAVEATS,
        ),
        Table(
            name="un_fatalities_vintages",
            title="Deaths of personnel of UN missions, year totals as known at two dates",
            columns=(
                Column("vintage", "date", "when the data stood so: YYYY-MM-DD"),
                Column("year", "integer", "calendar year of the incident", minimum=1948, maximum=2100),
                _INCIDENT,
                _DEATHS,
                _COMPLETE,
            ),
            key=("vintage", "year", "incident_type"),
            stems=("un_mission_fatalities_year_vintages",),
            grows_by="vintage",
            caveats=_CAVEATS,
            cadence=Fixed("kept as published at those dates"),
        ),
    ),
    by_hand=(
        ByHand(
            "DPPADPOSS-FATALITIES.csv",
            "https://api.psdata.un.org/public/data/DPPADPOSS-FATALITIES/CSV",
            ("un_fatalities",),
        ),
        ByHand(
            "un_mission_fatalities_year_vintages.csv",
            "https://psdata.un.org/dataset/DPPADPOSS-FATALITIES",
            ("un_fatalities_vintages",),
            "Sums by year and cause of a copy that you kept, with a column vintage (its date). Vintages stored before "
            "stay.",
        ),
    ),
)


def download(table: str, folder: Path, session: Http) -> list[Path]:
    """Download all deaths; none for the vintages: the hub serves the data of today, and no older state of them."""
    return download_dataset(session, folder, DATASET, "casualty_id") if table == "un_fatalities" else []


def release(table: str, files: list[Path]) -> str:
    """Give the day on which the hub last updated the data."""
    return f"updated {_days(read_rows(files[0])['last_update'], files[0].name).max():%Y-%m-%d}"


@one_line_errors
def parse(table: str, files: list[Path]) -> pd.DataFrame:
    """Read sums by mission, sums by vintage, or the hub's own answer with one row a death.

    Returns
    -------
    pandas.DataFrame
        Columns of the contract; deaths. Of single deaths only their number is kept.

    Raises
    ------
    SourceError
        When columns are missing, a date cannot be read, a death stands twice, or counts are not whole numbers.
    """
    contract = SOURCE.table(table)
    if table == "un_fatalities_vintages":
        frame = _vintages(files)
    else:
        rows = pd.concat([_one(path) for path in files], ignore_index=True)
        _check_each_once(rows, files[0].name)
        # Pages of one answer are taken together: what counts is when the latest was.
        rows["taken"] = rows["taken"].max()
        frame = pd.DataFrame(rows.groupby([*_KEY, "taken"])["deaths"].sum().reset_index())
        frame["complete_year"] = frame["year"] < frame["taken"]
    return frame[contract.column_names].sort_values(list(contract.key), ignore_index=True)


def _one(path: Path) -> pd.DataFrame:
    frame = read_rows(path) if path.name.endswith(".json") else read_delimited(path)
    if "casualty_id" in frame.columns or "fatalities" not in frame.columns:
        frame = _single_deaths(frame, path.name)
    else:
        require_columns(frame, ["year", *_NAMES], path.name)
        frame = frame.assign(casualty_id=None, taken=whole_numbers(frame["year"], path.name).max())
    frame = frame.rename(columns=_NAMES)
    for name in ("year", "deaths"):
        frame[name] = whole_numbers(frame[name], path.name)
    for name in ("casualty_id", *_KEY[1:]):
        frame[name] = frame[name].astype("string").str.strip()
    return frame[[*_KEY, "deaths", "taken", "casualty_id"]]


def _single_deaths(frame: pd.DataFrame, where: str) -> pd.DataFrame:
    """Read the hub's rows: each is one person."""
    require_columns(
        frame, ["casualty_id", "type_of_casualty", "incident_date", "last_update", *list(_NAMES)[:3]], where
    )
    for name in ("casualty_id", *list(_NAMES)[:3]):
        if frame[name].isna().any():
            raise SourceError(
                f"{where}: row {frame.index[frame[name].isna()][0]} has no {name}; look before storing it"
            )
    other = frame.loc[frame["type_of_casualty"] != "Fatality", "type_of_casualty"]
    if len(other):
        raise SourceError(f'{where}: expected deaths only, got a casualty of type "{other.iloc[0]}"; the hub changed')
    happened, taken = _days(frame["incident_date"], where), _days(frame["last_update"], where).max()
    if (happened > taken).any():
        raise SourceError(f"{where}: a death of {happened.max():%Y-%m-%d} is later than the data, of {taken:%Y-%m-%d}")
    return frame.assign(year=happened.dt.year.astype("Int64"), fatalities=1, taken=taken.year)


def _check_each_once(rows: pd.DataFrame, where: str) -> None:
    twice = rows.loc[rows["casualty_id"].notna() & rows.duplicated("casualty_id"), "casualty_id"]
    if len(twice):
        raise SourceError(
            f"{where}: casualty_id {twice.iloc[0]} stands twice; the data moved between pages: fetch again"
        )


def _days(dates: pd.Series, where: str) -> pd.Series:
    """Read dates: ISO text in the hub's CSV, milliseconds since 1970 in its JSON."""
    if pd.api.types.is_numeric_dtype(dates.dtype):
        read: pd.Series = pd.to_datetime(dates, unit="ms", errors="coerce", utc=True)
    else:
        # Anything but ISO text, such as 02/09/2014, could be read in two ways.
        text = dates.astype("string").str.strip()
        text = text.where(text.str.match(r"\d{4}-\d{2}-\d{2}(?:$|[T ])").fillna(False).astype(bool))
        read = pd.to_datetime(text, format="ISO8601", errors="coerce", utc=True)
    if read.isna().any():
        raise SourceError(f'{where}: "{dates[read.isna()].iloc[0]}" is no date; expected ISO text or milliseconds')
    return read


def _vintages(files: list[Path]) -> pd.DataFrame:
    frame = pd.concat([read_delimited(path) for path in files], ignore_index=True)
    require_columns(frame, ["year", "vintage", *INCIDENTS], files[0].name)
    long = frame.melt(["vintage", "year"], list(INCIDENTS), var_name="incident_type", value_name="deaths")
    for name in ("year", "deaths"):
        long[name] = whole_numbers(long[name], files[0].name)
    return long.assign(complete_year=long["year"] < long["vintage"].str[:4].astype(int))
