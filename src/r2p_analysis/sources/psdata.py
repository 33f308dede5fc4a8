"""Deaths of personnel of United Nations missions, from the UN Peace and Security Data Hub."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from r2p_analysis.errors import SourceError
from r2p_analysis.sources.cadence import MONTH, Fixed, Rolling
from r2p_analysis.sources.contract import Column, Source, Table
from r2p_analysis.sources.files import read_delimited, read_json, require_columns, whole_numbers

INCIDENTS = ("Accident", "Illness", "Malicious Act", "Self-Inflicted", "To Be Determined", "Unknown")
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
            stems=("un_mission_fatalities_year_mission_type", "data_DPPADPOSS-FATALITIES", "DPPADPOSS-FATALITIES"),
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
            caveats=_CAVEATS,
            cadence=Fixed("kept as published at those dates"),
        ),
    ),
)


def parse(table: str, files: list[Path]) -> pd.DataFrame:
    """Read sums by mission, sums by vintage, or the hub's own answer with one row a death.

    Returns
    -------
    pandas.DataFrame
        Columns of the contract; deaths. Of single deaths only their number is kept.

    Raises
    ------
    SourceError
        When columns are missing, a date cannot be read, or counts are not whole numbers.
    """
    contract = SOURCE.table(table)
    if table == "un_fatalities_vintages":
        frame = _vintages(files)
    else:
        rows = pd.concat([_one(path) for path in files], ignore_index=True)
        # Pages of one answer are taken together: what counts is when the latest was.
        rows["taken"] = rows["taken"].max()
        frame = pd.DataFrame(rows.groupby([*_KEY, "taken"])["deaths"].sum().reset_index())
        frame["complete_year"] = frame["year"] < frame["taken"]
    return frame[contract.column_names].sort_values(list(contract.key), ignore_index=True)


def _one(path: Path) -> pd.DataFrame:
    frame = pd.DataFrame(read_json(path)) if path.name.endswith(".json") else read_delimited(path)
    if "casualty_id" in frame.columns:
        require_columns(frame, ["incident_date", "last_update", *list(_NAMES)[:3]], path.name)
        frame["year"], frame["fatalities"] = _years(frame["incident_date"], path.name), 1
        frame["taken"] = int(_years(frame["last_update"], path.name).max())
    require_columns(frame, ["year", *_NAMES], path.name)
    frame = frame.rename(columns=_NAMES)
    for name in ("year", "deaths"):
        frame[name] = whole_numbers(frame[name], path.name)
    for name in _KEY[1:]:
        frame[name] = frame[name].astype("string").str.strip()
    if "taken" not in frame.columns:
        frame["taken"] = int(frame["year"].max())
    return frame[[*_KEY, "deaths", "taken"]]


def _years(dates: pd.Series, where: str) -> pd.Series:
    """Give the years of dates: ISO text in the hub's CSV, milliseconds since 1970 in its JSON."""
    if pd.api.types.is_numeric_dtype(dates.dtype):
        read: pd.Series = pd.to_datetime(dates, unit="ms", errors="coerce", utc=True)
    else:
        read = pd.to_datetime(dates, errors="coerce", utc=True)
    if read.isna().any():
        raise SourceError(f'{where}: "{dates[read.isna()].iloc[0]}" is no date; expected ISO text or milliseconds')
    years: pd.Series = read.dt.year.astype("Int64")
    return years


def _vintages(files: list[Path]) -> pd.DataFrame:
    frame = pd.concat([read_delimited(path) for path in files], ignore_index=True)
    require_columns(frame, ["year", "vintage", *INCIDENTS], files[0].name)
    long = frame.melt(["vintage", "year"], list(INCIDENTS), var_name="incident_type", value_name="deaths")
    for name in ("year", "deaths"):
        long[name] = whole_numbers(long[name], files[0].name)
    return long.assign(complete_year=long["year"] < long["vintage"].str[:4].astype(int))
