"""UCDP's georeferenced events, summed by country, month and type of violence; only on request."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from r2p_analysis.errors import SourceError
from r2p_analysis.sources.contract import Column, Table
from r2p_analysis.sources.files import whole_numbers
from r2p_analysis.sources.ucdp_event_files import event_chunks
from r2p_analysis.sources.ucdp_records import counts, one_place, words_of

TYPES = {"1": "state-based", "2": "non-state", "3": "one-sided"}
_NEEDED = ["id", "country_id", "type_of_violence", "date_start", "date_end", "deaths_civilians", "best", "low", "high"]
_NUMBERS = {"deaths_best": "best", "deaths_low": "low", "deaths_high": "high", "civilians": "deaths_civilians"}
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
    on_request=True,
    caveats=(
        "Events whose dates span months are in no month: they stand in the year's row without a month.",
        "Single events can have a low above the best estimate, or a high below it; sums keep them as they are.",
        "Events count also in years in which the parties killed fewer than 25 and UCDP calls them not active.",
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
        When columns are missing, a date cannot be read, an event is there twice, or the events are candidates.
    """
    sums, numbers = [], []
    for where, records in event_chunks(files, _NEEDED):
        numbers.append(whole_numbers(records["id"], where))
        sums.append(_sums(_of_records(records, where)))
    where = files[0].name
    if not sum(map(len, numbers)):
        raise SourceError(f"{where}: expected events, got none; fetch it again")
    identities = pd.concat(numbers, ignore_index=True)
    twice = identities[identities.duplicated()]
    if len(twice):
        raise SourceError(f"{where}: event {twice.iloc[0]} is there twice; give the files of one release only")
    whole = _sums(pd.concat(sums, ignore_index=True))
    return whole[EVENTS_MONTHS.column_names].sort_values(list(EVENTS_MONTHS.key), ignore_index=True)


def _of_records(records: pd.DataFrame, where: str) -> pd.DataFrame:
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
    found = counts(records, _NUMBERS, where)
    lacking = next((theirs for ours, theirs in _NUMBERS.items() if found[ours].isna().any()), None)
    if lacking is not None or events["iso3"].isna().any():
        raise SourceError(f"{where}: an event has no {lacking or 'country_id'}; it would be left out: fetch it again")
    return events.join(found)


def _sums(events: pd.DataFrame) -> pd.DataFrame:
    return events.groupby(list(EVENTS_MONTHS.key), as_index=False, dropna=False).sum()


def _days(cells: pd.Series, where: str) -> pd.Series:
    """Read dates by their first ten characters: the forms differ in what follows."""
    days = pd.to_datetime(cells.str.slice(0, 10), format="%Y-%m-%d", errors="coerce")
    bad = cells[days.isna()]
    if len(bad):
        raise SourceError(f'{where}: "{bad.iloc[0]}" is not a date such as 2015-08-21')
    return days
