"""Asylum applications and decisions. Persons and cases are never added together."""

from __future__ import annotations

import pandas as pd

from r2p_analysis.store import Tables, measure

_OUTCOMES = ("recognized", "other_protection", "rejected", "closed", "decisions")


def recognition_rate(frame: pd.DataFrame) -> pd.DataFrame:
    """Add the rates of recognition and of protection to counts of decisions.

    Parameters
    ----------
    frame : pandas.DataFrame
        With recognized, other_protection, rejected.

    Returns
    -------
    pandas.DataFrame
        `frame` with decided (the three added), recognition_rate = recognized / decided and protection_rate =
        (recognized + other_protection) / decided, 0 to 1, null where nothing was decided.
    """
    decided = frame["recognized"] + frame["other_protection"] + frame["rejected"]
    denominator = decided.where(decided > 0).astype("Float64")
    return frame.assign(
        decided=decided,
        recognition_rate=frame["recognized"].astype("Float64") / denominator,
        protection_rate=(frame["recognized"] + frame["other_protection"]).astype("Float64") / denominator,
    )


@measure
def asylum_by_year(
    tables: Tables, first: int, last: int, *, origin: str | None = None, asylum: str | None = None
) -> pd.DataFrame:
    """Count applications and decisions a year, persons and cases apart.

    Parameters
    ----------
    tables : Tables
        Needs unhcr_asylum_applications, unhcr_asylum_decisions.
    first, last : int
        Years, inclusive.
    origin, asylum : str, optional
        ISO3 codes to restrict to.

    Returns
    -------
    pandas.DataFrame
        year, counted_as (P persons, C cases), applications, the outcomes of decisions, decided, recognition_rate,
        protection_rate. A year without rows is absent.
    """
    if origin is not None and asylum is None:
        rows = _by_origin(tables)
        rows = rows[(rows["origin_iso3"] == origin) & rows["year"].between(first, last)]
        return rows.drop(columns="origin_iso3").reset_index(drop=True)
    applications = _restrict(tables["unhcr_asylum_applications"], first, last, origin, asylum)
    decisions = _restrict(tables["unhcr_asylum_decisions"], first, last, origin, asylum)
    return _counted(applications, decisions, ["year", "counted_as"])


@measure
def _by_origin(tables: Tables) -> pd.DataFrame:
    """Count as `asylum_by_year` does, for every origin and year: origin_iso3 comes first."""
    applications, decisions = tables["unhcr_asylum_applications"], tables["unhcr_asylum_decisions"]
    return _counted(applications, decisions, ["origin_iso3", "year", "counted_as"])


def _counted(applications: pd.DataFrame, decisions: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    claimed = applications.groupby(by)[["applications"]].sum(min_count=1)
    decided = decisions.groupby(by)[list(_OUTCOMES)].sum(min_count=1)
    return recognition_rate(claimed.join(decided, how="outer").reset_index())


@measure
def decisions_by_origin(tables: Tables, year: int, least: int = 0) -> pd.DataFrame:
    """Count decisions on persons of a year by origin, with rates.

    Parameters
    ----------
    tables : Tables
        Needs unhcr_asylum_decisions.
    year : int
        Year of the decisions.
    least : int
        Leave out origins with fewer decisions on the merits.

    Returns
    -------
    pandas.DataFrame
        origin_iso3, outcomes, decided, recognition_rate, protection_rate; persons only.
    """
    decisions = _restrict(tables["unhcr_asylum_decisions"], year, year, None, None)
    persons = decisions[decisions["counted_as"] == "P"]
    sums = recognition_rate(persons.groupby("origin_iso3")[list(_OUTCOMES)].sum(min_count=1).reset_index())
    return sums[sums["decided"] >= least].reset_index(drop=True)


def _restrict(table: pd.DataFrame, first: int, last: int, origin: str | None, asylum: str | None) -> pd.DataFrame:
    keep = table["year"].between(first, last)
    if origin is not None:
        keep &= table["origin_iso3"] == origin
    if asylum is not None:
        keep &= table["asylum_iso3"] == asylum
    return table[keep]
