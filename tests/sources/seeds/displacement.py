"""UNHCR, and what its service republishes."""

from __future__ import annotations

import pandas as pd
from rough import Files, as_csv, as_gzip, as_parquet, as_rows, seed, some

from fakes import ENDPOINTS, as_served, envelope
from fakes.unhcr import countries_as_served
from r2p_analysis.sources.unhcr_tables import NAMES

_ENDPOINT = {table: endpoint for endpoint, table in ENDPOINTS.items()}


@seed(*_ENDPOINT)
def pages(table: str) -> Files:
    rows = as_rows(as_served(_ENDPOINT[table], some(table)))
    name = _ENDPOINT[table]
    return {
        f"{name}-0001.json": envelope(rows[:3], 1, 2).encode(),
        f"{name}-0002.json": envelope(rows[3:], 2, 2).encode("utf-8-sig"),
    }


@seed(*_ENDPOINT)
def csv(table: str) -> Files:
    return {f"{table}.csv": as_csv(as_served(_ENDPOINT[table], some(table)))}


@seed(*_ENDPOINT, "unhcr_flows")
def parquet(table: str) -> Files:
    return {f"{table}.parquet": as_parquet(_as_carried(table))}


@seed("unhcr_flows")
def flows(table: str) -> Files:
    return {"flows.csv.gz": as_gzip(_as_carried(table))}


def _as_carried(table: str) -> pd.DataFrame:
    """The producer's names of columns, and nullable numbers."""
    frame = some(table)
    ours = {name: theirs for theirs, name in NAMES.get(table, {"total": frame.columns[-1]}).items()}
    frame = frame.rename(columns={**ours, "origin_iso3": "coo_iso", "asylum_iso3": "coa_iso"})
    return frame if "coa_iso" in frame else frame.assign(coa_iso=frame["coo_iso"])


@seed("unhcr_countries")
def list_of_countries(table: str) -> Files:
    return {"countries-0001.json": envelope(countries_as_served()[:8], 1, 1).encode()}


@seed("unhcr_world_in_2017")
def popstats(table: str) -> Files:
    frame = pd.DataFrame(
        {
            "year": [2014, 2014, 2015, 2015],
            "origin": ["Syrian Arab Rep.", "Iraq", "Iraq", "Various"],
            "asylum": ["Germany", "Germany", "Iraq", "Jordan"],
            "population_type": ["refugees", "refugees", "idps", "ooc"],
            "value": pd.array([10, None, 3_000_000, 7], dtype="Int64"),
        }
    )
    return {"unhcr_popstats_vintage2017.parquet": as_parquet(frame)}
