"""UCDP's downloads and the answers of its API."""

from __future__ import annotations

import gzip
import io

import pandas as pd
from rough import Files, as_json, as_parquet, as_rows, seed, some

from fakes import as_ucdp_publishes, zipped

_STEMS = {
    "ucdp_country_years": "organizedviolencecy",
    "ucdp_one_sided": "ucdp-onesided",
    "ucdp_battle_deaths": "ucdp-brd-dyadic",
    "ucdp_armed_conflicts": "ucdp-prio-acd",
    "ucdp_events_months": "GEDEvent_v26",
}
_API = {
    "ucdp_one_sided": "onesided",
    "ucdp_battle_deaths": "battledeaths",
    "ucdp_armed_conflicts": "ucdpprioconflict",
    "ucdp_events_months": "gedevents",
}
_EVENTS = pd.DataFrame(
    {
        "id": [4, 5, 6],
        "country_id": [652, 652, 645],
        "type_of_violence": [1, 3, 2],
        "date_start": ["2013-01-03 00:00:00.000", "2013-01-30 00:00:00.000", "2014-05-01 00:00:00.000"],
        "date_end": ["2013-01-03 00:00:00.000", "2013-02-02 00:00:00.000", "2014-05-02 00:00:00.000"],
        "deaths_civilians": [0, 12, 1],
        "best": [3, 12, 2],
        "low": [2, 10, 2],
        "high": [5, 15, 4],
        "source_article": ['"A; ""B""', "C\nD", ""],
    }
)


def _content(table: str) -> bytes:
    if table == "ucdp_events_months":
        return _EVENTS.to_csv(index=False).encode()
    return as_ucdp_publishes(table, some(table))


@seed(*_STEMS)
def archive(table: str) -> Files:
    return {f"{_STEMS[table]}-261-csv.zip": zipped((f"{table}_v26_1.csv", _content(table)))}


@seed(*_STEMS)
def packed(table: str) -> Files:
    return {f"{_STEMS[table]}_v26_1.csv.gz": gzip.compress(_content(table), mtime=0)}


@seed(*_API)
def pages(table: str) -> Files:
    frame = pd.read_csv(io.BytesIO(_content(table)), encoding="utf-8-sig", dtype=str)
    # The API writes some numbers as numbers and most as text.
    typed = {name: frame[name].astype(int) for name in ("year", "best", "bd_best") if name in frame}
    rows = as_rows(frame.assign(**typed))
    halves = (rows[:2], rows[2:])
    return {
        f"{_API[table]}-{number}.json": as_json({"TotalCount": len(rows), "TotalPages": 2, "Result": half})
        for number, half in enumerate(halves)
    }


@seed("ucdp_syria_beta")
def syria(table: str) -> Files:
    frame = _EVENTS.assign(year=[2016, 2017, 2019])[["year", "type_of_violence", "best"]]
    return {"GED_Syria_beta_652_1601_1911.parquet": as_parquet(frame)}
