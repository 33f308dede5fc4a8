"""Uppsala Conflict Data Program: deaths in organised violence, who killed civilians, armed conflicts since 1946."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from r2p_analysis.sources.cadence import Releases
from r2p_analysis.sources.contract import ByHand, Source
from r2p_analysis.sources.files import require_columns, whole_numbers
from r2p_analysis.sources.guard import one_line_errors
from r2p_analysis.sources.ucdp_events import EVENTS_MONTHS, parse_events
from r2p_analysis.sources.ucdp_records import (
    clean_text,
    counts,
    list_of_words,
    one_place,
    read_records,
    several_places,
    words_of,
)
from r2p_analysis.sources.ucdp_tables import (
    ARMED_CONFLICTS,
    BATTLE_DEATHS,
    CONFLICT_TYPES,
    COUNTRY_YEARS,
    ESTIMATES,
    INCOMPATIBILITIES,
    INTENSITIES,
    ONE_SIDED,
    REGIONS,
)

if TYPE_CHECKING:
    from r2p_analysis.sources.http import Http

_RELEASE_NOTE = "261 is release 26.1: put the newest in its place."
WAYS = ("bulk", "api")
CLIENTS = ("ucdp_api",)
NAMES_TELL_RELEASE = True
# What describes the data sets themselves; the paper of the year comes before them.
_LASTING = "Eck & Hultman 2007; Gleditsch et al. 2002; Sundberg & Melander 2013"

SOURCE = Source(
    name="ucdp",
    producer="Uppsala Conflict Data Program (UCDP)",
    licence="CC BY 4.0",
    licence_url="https://creativecommons.org/licenses/by/4.0/",
    attribution=f"UCDP; Davies, Pettersson, Sollenberg & Öberg 2025, J. Peace Research 62(4); {_LASTING}",
    cadence=Releases("yearly in June", month=6, name="{yy}.1", numbered=r"^(\d{2})\.1\b"),
    url="https://ucdp.uu.se/downloads/",
    service="https://ucdpapi.pcr.uu.se/api/",
    tables=(COUNTRY_YEARS, ONE_SIDED, BATTLE_DEATHS, ARMED_CONFLICTS, EVENTS_MONTHS),
    by_hand=tuple(
        ByHand(file, f"https://ucdp.uu.se/downloads/{folder}/{file.replace('*', '261')}", (table,), _RELEASE_NOTE)
        for table, folder, file in (
            ("ucdp_country_years", "organizedviolencecy", "organizedviolencecy-*-csv.zip"),
            ("ucdp_one_sided", "nsos", "ucdp-onesided-*-csv.zip"),
            ("ucdp_battle_deaths", "brd", "ucdp-brd-dyadic-*-csv.zip"),
            ("ucdp_armed_conflicts", "ucdpprio", "ucdp-prio-acd-*-csv.zip"),
            ("ucdp_events_months", "ged", "ged*-csv.zip"),
        )
    ),
    one_release=True,
)

_COUNTRY_YEAR_STEMS = {
    "state_based": "sb_total_deaths",
    "non_state": "ns_total_deaths",
    "one_sided": "os_total_deaths",
    "one_sided_government": "os_any_govt_killings",
    "one_sided_groups": "os_nsgroup_killings",
    "deaths": "cumulative_total_deaths_in_orgvio",
}


def download(table: str, folder: Path, session: Http) -> list[Path]:
    """Download the newest release of one table: as one archive, or by the API that wants a token."""
    if session.way(SOURCE.name, WAYS) == "api":
        from r2p_analysis.sources.ucdp_api import download_pages

        return download_pages(session, folder, table)
    from r2p_analysis.sources.ucdp_service import download_newest

    return download_newest(session, folder, table)


def release(table: str, files: list[Path]) -> str:
    """Give the release that the names of the files say; empty when they say none."""
    from r2p_analysis.sources.ucdp_releases import release_of

    return release_of(files[0])


def attribution(release: str) -> str:
    """Give the credit line of a release: with its publication where it is known, and else without any.

    Parameters
    ----------
    release : str
        Such as "25.1"; anything else that does not begin with a number is none.
    """
    found = re.match(r"\d{1,2}\.\d+", release)
    if found and found[0] == "25.1":
        return SOURCE.attribution
    which = f"release {found[0]}" if found else "release not told"
    return f"UCDP, {which}, with the publication that ucdp.uu.se/downloads names for it; {_LASTING}"


@one_line_errors
def parse(table: str, files: list[Path]) -> pd.DataFrame:
    """Read one of UCDP's tables from its download (CSV, zipped or not) or from pages of its API.

    Returns
    -------
    pandas.DataFrame
        Columns of the contract, in the order of its key.

    Raises
    ------
    SourceError
        When columns are missing, a code is unknown, a count is not a whole number, or pages are missing.
    """
    if table == EVENTS_MONTHS.name:
        return parse_events(files)
    where = files[0].name
    readers = {
        COUNTRY_YEARS.name: _country_years,
        ONE_SIDED.name: _one_sided,
        BATTLE_DEATHS.name: _battle_deaths,
        ARMED_CONFLICTS.name: _armed_conflicts,
    }
    frame = readers[table](read_records(files), where)
    contract = SOURCE.table(table)
    return frame[contract.column_names].sort_values(list(contract.key), ignore_index=True)


def _country_years(records: pd.DataFrame, where: str) -> pd.DataFrame:
    numbers = {
        f"{ours}_{estimate}": f"{theirs}_{estimate}"
        for ours, theirs in _COUNTRY_YEAR_STEMS.items()
        for estimate in ESTIMATES
    }
    numbers |= {
        "year": "year",
        "civilians": "cumulative_total_deaths_civilians_in_orgvio",
        "unknown_status": "cumulative_total_deaths_unknown_in_orgvio",
    }
    require_columns(records, ["country_id", "os_dyad_names", *numbers.values()], where)
    actors = clean_text(records["os_dyad_names"]).str.replace(r"\s+-\s+[Cc]ivilians(?=;|$)", "", regex=True)
    return counts(records, numbers, where).assign(
        iso3=one_place(records["country_id"], where), one_sided_actors=actors.mask(actors == "NO_DYAD")
    )


def _deaths(stem: str) -> dict[str, str]:
    return {f"deaths_{estimate}": stem.format(estimate) for estimate in ESTIMATES}


def _one_sided(records: pd.DataFrame, where: str) -> pd.DataFrame:
    numbers = {"actor_id": "actor_id", "year": "year", **_deaths("{}_fatality_estimate")}
    require_columns(
        records, ["actor_name", "actor_name_fulltext", "is_government_actor", "gwnoa", *numbers.values()], where
    )
    in_full = clean_text(records["actor_name_fulltext"])
    return counts(records, numbers, where).assign(
        actor=clean_text(records["actor_name"]),
        actor_in_full=in_full.mask(in_full == "n/a"),
        is_government=whole_numbers(records["is_government_actor"], where).astype("boolean"),
        governments_iso3=several_places(records["gwnoa"], where),
    )


def _battle_deaths(records: pd.DataFrame, where: str) -> pd.DataFrame:
    numbers = {"conflict_id": "conflict_id", "dyad_id": "dyad_id", "year": "year", **_deaths("bd_{}")}
    texts = ["side_a", "side_b", "incompatibility", "type_of_conflict", "gwno_loc", "gwno_battle"]
    require_columns(records, [*texts, *numbers.values()], where)
    return counts(records, numbers, where).assign(
        side_a=clean_text(records["side_a"]),
        side_b=clean_text(records["side_b"]),
        incompatibility=words_of(records["incompatibility"], INCOMPATIBILITIES, "incompatibility", where),
        type=words_of(records["type_of_conflict"], CONFLICT_TYPES, "type_of_conflict", where),
        territory_iso3=several_places(records["gwno_loc"], where),
        battle_iso3=several_places(records["gwno_battle"], where),
    )


def _armed_conflicts(records: pd.DataFrame, where: str) -> pd.DataFrame:
    numbers = {"conflict_id": "conflict_id", "year": "year"}
    texts = {
        "location": "location",
        "side_a": "side_a",
        "side_a_secondary": "side_a_2nd",
        "side_b": "side_b",
        "side_b_secondary": "side_b_2nd",
        "territory": "territory_name",
    }
    coded = ["incompatibility", "intensity_level", "type_of_conflict", "gwno_loc", "region"]
    require_columns(records, [*numbers.values(), *texts.values(), *coded], where)
    return counts(records, numbers, where).assign(
        **{ours: clean_text(records[theirs]) for ours, theirs in texts.items()},
        incompatibility=words_of(records["incompatibility"], INCOMPATIBILITIES, "incompatibility", where),
        intensity=words_of(records["intensity_level"], INTENSITIES, "intensity_level", where),
        type=words_of(records["type_of_conflict"], CONFLICT_TYPES, "type_of_conflict", where),
        location_iso3=several_places(records["gwno_loc"], where),
        regions=list_of_words(records["region"], REGIONS, "region", where),
    )
