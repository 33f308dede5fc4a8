"""The strands that regions are compared by: what is counted, by place, and for which years it is known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from r2p_analysis.errors import MeasureError
from r2p_analysis.measures import accountability, displacement, protection
from r2p_analysis.store import Tables, measure

VETO_YEARS = 10
"""Vetoes are few: those of so many years are taken together."""
_Count = Callable[[Tables, int, int], pd.DataFrame]


@dataclass(frozen=True)
class Strand:
    """One thing counted by place.

    Attributes
    ----------
    label : str
        What readers see.
    unit : str
        What is counted.
    years : int
        How many years are taken together; 1 for a stock or a single year.
    counts : callable
        Tables, first and last year to iso3 and value; a place without a row has none.
    last : callable
        Tables and a year to the last year known that is not later.
    first : int
        First year with figures by place.
    """

    label: str
    unit: str
    years: int
    counts: _Count
    last: Callable[[Tables, int], int]
    first: int


def _renamed(frame: pd.DataFrame, place: str, value: str) -> pd.DataFrame:
    return frame[[place, value]].rename(columns={place: "iso3", value: "value"}).dropna(subset=["value"])


def _origins(tables: Tables, _: int, last: int) -> pd.DataFrame:
    return _renamed(displacement.by_origin(tables, last), "origin_iso3", "displaced_with_unrwa")


def _hosts(tables: Tables, _: int, last: int) -> pd.DataFrame:
    return _renamed(displacement.by_asylum(tables, last), "asylum_iso3", "hosted_with_unrwa")


def _deaths(column: str) -> _Count:
    def counts(tables: Tables, first: int, last: int) -> pd.DataFrame:
        table = tables["ucdp_country_years"]
        table = table[table["year"].between(first, last)]
        return _renamed(table.groupby("iso3")[[column]].sum().reset_index(), "iso3", column)

    return counts


def _attacks(tables: Tables, first: int, last: int) -> pd.DataFrame:
    return _renamed(protection.aid_by_country(tables, first, last), "iso3", "incidents")


def _killings(tables: Tables, _: int, last: int) -> pd.DataFrame:
    return _renamed(accountability.ongoing_by_country(tables, last), "iso3", "ongoing")


def _vetoes(tables: Tables, first: int, last: int) -> pd.DataFrame:
    drafts = tables["sc_vetoes"]
    drafts = drafts[drafts["year"].between(first, last)]
    places = drafts[["veto"]].merge(tables["sc_veto_places"], on="veto", how="left").fillna({"iso3": "UNK"})
    # A draft on several countries is shared out among them, so that regions add up to the number of drafts.
    share = 1 / places.groupby("veto")["iso3"].transform("count")
    return _renamed(places.assign(value=share).groupby("iso3")[["value"]].sum().reset_index(), "iso3", "value")


def _last_stock(tables: Tables, year: int) -> int:
    return min(year, displacement.reference_years(tables)[-1])


def _last_deaths(tables: Tables, year: int) -> int:
    return accountability.covered(tables, year)


def _last_attacks(tables: Tables, year: int) -> int:
    return protection.covered_until(tables, "aid_incidents", year)


def _last_killings(tables: Tables, year: int) -> int:
    return min(year, accountability.killings_known_until(tables))


def _last_veto(tables: Tables, year: int) -> int:
    return min(year, int(tables["sc_vetoes"]["year"].max()))


def _apart(component: str) -> int:
    return displacement.COMPONENTS[component].by_country_since


STRANDS: dict[str, Strand] = {
    "displaced": Strand("Displaced from there", "people", 1, _origins, _last_stock, _apart("conflict_idps")),
    "hosted": Strand("People hosted", "people", 1, _hosts, _last_stock, _apart("asylum_seekers")),
    "deaths": Strand("Deaths in violence", "deaths", 5, _deaths("deaths_best"), _last_deaths, 1989),
    "one_sided": Strand("Of them one-sided", "deaths", 5, _deaths("one_sided_best"), _last_deaths, 1989),
    "attacks": Strand("Attacks on aid workers", "attacks", 5, _attacks, _last_attacks, 1997),
    "killings": Strand("Mass killings", "episodes", 1, _killings, _last_killings, 1945),
    "vetoes": Strand("Vetoed drafts", "drafts", VETO_YEARS, _vetoes, _last_veto, 1946),
}
"""Strands by key, in the order in which they are shown."""


@measure
def by_place(tables: Tables, strand: str, year: int, years: int | None = None) -> pd.DataFrame:
    """Count one strand by place.

    Parameters
    ----------
    tables : Tables
        Those of the strand.
    strand : str
        Key of `STRANDS`.
    year : int
        Last year wanted; the last that is known and not later is taken.
    years : int, optional
        Years taken together; those of the strand unless told.

    Returns
    -------
    pandas.DataFrame
        iso3 (pseudo codes included), value, first_year, last_year. A place without a row has none.

    Raises
    ------
    MeasureError
        When the strand is unknown.
    """
    if strand not in STRANDS:
        raise MeasureError(f'no strand "{strand}": there are {", ".join(STRANDS)}')
    found = STRANDS[strand]
    last = found.last(tables, year)
    first = last - (years or found.years) + 1
    return found.counts(tables, first, last).assign(first_year=first, last_year=last).reset_index(drop=True)
