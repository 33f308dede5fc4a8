"""One country: its years of quiet and of violence, mass killings begun there, and cases before the Court."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from r2p_analysis import countries
from r2p_analysis.measures.accountability.court import accused_by_situation
from r2p_analysis.measures.accountability.levels import last_year, levels, with_onsets
from r2p_analysis.measures.accountability.spells import returns
from r2p_analysis.store import Tables, measure


@dataclass(frozen=True)
class Recurrence:
    """What is recorded of violence in one country.

    Attributes
    ----------
    iso3 : str
        The country.
    first, last : int or None
        First and last year with a figure, up to the year asked for; None when UCDP has no row for it.
    violent_years : int
        Years with at least 25 deaths.
    quiet_years : int
        Years in a row with fewer, up to `last`.
    last_violent_year, worst_year, worst_deaths : int or None
        None when no year was violent.
    returns : int
        How often violence came back after a quiet year or more.
    onsets : int
        Mass killings begun from `first` to `last`.
    accused : int
        People accused before the International Criminal Court in a situation in the country.
    """

    iso3: str
    first: int | None
    last: int | None
    violent_years: int
    quiet_years: int
    last_violent_year: int | None
    worst_year: int | None
    worst_deaths: int | None
    returns: int
    onsets: int
    accused: int


def recurrence(tables: Tables, iso3: str, year: int) -> Recurrence:
    """Gather what is recorded of one country up to the end of a year.

    Parameters
    ----------
    tables : Tables
        Needs ucdp_country_years, ewp_mass_killings, tjet_icc_accused.
    iso3 : str
        The country.
    year : int
        Last year looked at.
    """
    code = countries.get(iso3).iso3
    own = with_onsets(tables, levels(tables, 1989, year, [code]))
    stages = accused_by_situation(tables, year)
    accused = int(stages.loc[stages["iso3"] == code, "accused"].sum())
    if own.empty:
        return Recurrence(code, None, None, 0, 0, None, None, None, 0, 0, accused)
    last = int(own["year"].max())
    violent = own[own["deaths_best"] >= 25]
    latest = int(violent["year"].max()) if len(violent) else None
    worst = violent.sort_values("deaths_best", ascending=False, kind="stable").head(1)
    return Recurrence(
        iso3=code,
        first=int(own["year"].min()),
        last=last,
        violent_years=len(violent),
        quiet_years=last - latest if latest is not None else len(own),
        last_violent_year=latest,
        worst_year=int(worst["year"].iloc[0]) if len(worst) else None,
        worst_deaths=int(worst["deaths_best"].iloc[0]) if len(worst) else None,
        returns=len(returns(tables, year, [code])),
        onsets=int(own["onsets"].sum()),
        accused=accused,
    )


@measure
def stages_of(tables: Tables, iso3: str, year: int) -> pd.DataFrame:
    """Count the accused of one situation by stage; empty when nobody is.

    Returns
    -------
    pandas.DataFrame
        stage, accused.
    """
    stages = accused_by_situation(tables, year)
    return stages[stages["iso3"] == iso3][["stage", "accused"]].reset_index(drop=True)


def covered(tables: Tables, year: int) -> int:
    """Give the last year of violence that is known and not later than `year`."""
    return min(year, last_year(tables))
