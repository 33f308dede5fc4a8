"""UCDP's georeferenced events, summed by country, month and type of violence; only with a user's own file."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from r2p_analysis.errors import SourceError
from r2p_analysis.sources.contract import Column, Table
from r2p_analysis.sources.files import require_columns
from r2p_analysis.sources.ucdp_records import counts, one_place, read_records, words_of

TYPES = {"1": "state-based", "2": "non-state", "3": "one-sided"}
_NEEDED = ["id", "country_id", "type_of_violence", "date_start", "date_end", "deaths_civilians", "best", "low", "high"]
# Releases by their two digits, latest first; the fixed names keep samples and old excerpts of the data out.
_RELEASES = range(40, 16, -1)

EVENTS_MONTHS = Table(
    name="ucdp_events_months",
    title="Deaths in organised violence by country, month and type",
    columns=(
        Column("iso3", "text", "country in which the deaths occurred", place=True),
        Column("year", "integer", "year in which the event began", minimum=1989, maximum=2100),
        Column(
            "month", "integer", "month; missing where the event spans several", nullable=True, minimum=1, maximum=12
        ),
        Column("type", "text", "kind of violence", allowed=tuple(TYPES.values())),
        Column("events", "integer", "events", minimum=1),
        Column("deaths_best", "integer", "deaths, best estimate", minimum=0),
        Column("deaths_low", "integer", "deaths, low estimate", minimum=0),
        Column("deaths_high", "integer", "deaths, high estimate", minimum=0),
        Column("civilians", "integer", "civilians among the best estimate", minimum=0),
    ),
    key=("iso3", "year", "month", "type"),
    stems=(
        *(f"GEDEvent_v{release}" for release in _RELEASES),
        *(f"ged{release}1-csv" for release in _RELEASES),
        "gedevents",
    ),
    carried=False,
    caveats=(
        "Events whose dates span months are in no month: they stand in the year's row without a month.",
        "Single events can have a low above the best estimate, or a high below it; sums keep them as they are.",
        "Versions up to 19.1 leave Syria out: sums of those years are far too low.",
    ),
)


def parse_events(files: list[Path]) -> pd.DataFrame:
    """Sum events by country, month and type; no place, text or source of an event is kept.

    Returns
    -------
    pandas.DataFrame
        Columns of the contract.

    Raises
    ------
    SourceError
        When columns are missing, a date cannot be read, or an event is there twice.
    """
    where = files[0].name
    records = read_records(files)
    require_columns(records, _NEEDED, where)
    twice = records["id"][records["id"].duplicated()]
    if len(twice):
        raise SourceError(f"{where}: event {twice.iloc[0]} is there twice; give the files of one release only")
    begins, ends = (_days(records[name], where) for name in ("date_start", "date_end"))
    same_month = (begins.dt.year == ends.dt.year) & (begins.dt.month == ends.dt.month)
    events = pd.DataFrame(
        {
            "iso3": one_place(records["country_id"], where),
            "year": begins.dt.year.astype("Int64"),
            "month": begins.dt.month.astype("Int64").where(same_month),
            "type": words_of(records["type_of_violence"], TYPES, "type_of_violence", where),
            "events": 1,
        }
    )
    numbers = {
        "deaths_best": "best",
        "deaths_low": "low",
        "deaths_high": "high",
        "civilians": "deaths_civilians",
    }
    events = events.join(counts(records, numbers, where))
    sums = events.groupby(list(EVENTS_MONTHS.key), as_index=False, dropna=False).sum()
    return sums[EVENTS_MONTHS.column_names].sort_values(list(EVENTS_MONTHS.key), ignore_index=True)


def _days(cells: pd.Series, where: str) -> pd.Series:
    """Read dates by their first ten characters: the forms differ in what follows."""
    days = pd.to_datetime(cells.str.slice(0, 10), format="%Y-%m-%d", errors="coerce")
    bad = cells[days.isna()]
    if len(bad):
        raise SourceError(f'{where}: "{bad.iloc[0]}" is not a date such as 2015-08-21')
    return days
