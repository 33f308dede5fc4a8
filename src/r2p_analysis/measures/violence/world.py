"""The world's deaths in organised violence, by type, by who killed civilians, and the civilians among them."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from r2p_analysis.errors import MeasureError
from r2p_analysis.measures.violence.kinds import ESTIMATES, KINDS, PERPETRATORS
from r2p_analysis.store import Tables, measure


@dataclass(frozen=True)
class Standing:
    """How a year's deaths stand among those of the years before.

    Attributes
    ----------
    year, best, low, high : int
        The year and its deaths.
    before : int or None
        Best estimate of the year before; None when there is none.
    more_in : int or None
        Latest earlier year with more deaths; None when no year since `since` had as many.
    since : int
        First year known.
    peak_year, peak : int
        Year with most deaths among the last ten, and its best estimate.
    """

    year: int
    best: int
    low: int
    high: int
    before: int | None
    more_in: int | None
    since: int
    peak_year: int
    peak: int


@measure
def by_type(tables: Tables, first: int, last: int) -> pd.DataFrame:
    """Count the world's deaths by type of violence.

    Parameters
    ----------
    tables : Tables
        Needs ucdp_country_years.
    first, last : int
        Years, inclusive.

    Returns
    -------
    pandas.DataFrame
        year, kind, label, deaths_best, deaths_low, deaths_high. Low and high are sums of those of the countries.
    """
    return _long(_of(tables, first, last), KINDS, "kind", "")


@measure
def by_perpetrator(tables: Tables, first: int, last: int) -> pd.DataFrame:
    """Count civilians killed on purpose by governments of any country, and by armed groups.

    Returns
    -------
    pandas.DataFrame
        year, who, label, deaths_best, deaths_low, deaths_high, by the country in which they died.
    """
    return _long(_of(tables, first, last), PERPETRATORS, "who", "one_sided_")


@measure
def totals(tables: Tables, first: int, last: int) -> pd.DataFrame:
    """Give the world's deaths of all types and the civilians among them.

    Returns
    -------
    pandas.DataFrame
        year, deaths_best, deaths_low, deaths_high, one_sided_best, one_sided_low, one_sided_high, civilians (of the
        best estimate), unknown_status, civilian_share (0 to 1, of deaths_best) and civilian_share_most, to which it
        would rise were all people of unknown status civilians.
    """
    columns = [f"{stem}_{e}" for stem in ("deaths", "one_sided") for e in ESTIMATES] + ["civilians", "unknown_status"]
    sums: pd.DataFrame = _of(tables, first, last).groupby("year")[columns].sum().reset_index()
    return shares(sums)


def shares(frame: pd.DataFrame) -> pd.DataFrame:
    """Add the civilians' share of deaths; where nobody died there is none."""
    deaths = frame["deaths_best"].astype("Float64").mask(frame["deaths_best"] == 0)
    civilians, unknown = frame["civilians"].astype("Float64"), frame["unknown_status"].astype("Float64")
    return frame.assign(civilian_share=civilians / deaths, civilian_share_most=(civilians + unknown) / deaths)


def standing(tables: Tables, year: int, stem: str = "deaths") -> Standing:
    """Set a year's deaths beside those of all earlier years.

    Parameters
    ----------
    tables : Tables
        Needs ucdp_country_years.
    year : int
        A year that UCDP covers.
    stem : {"deaths", "one_sided", "state_based", "non_state"}
        Which deaths.

    Raises
    ------
    MeasureError
        When the year is not covered.
    """
    sums = tables["ucdp_country_years"].groupby("year")[[f"{stem}_{e}" for e in ESTIMATES]].sum()
    if year not in sums.index:
        raise MeasureError(f"UCDP has no deaths of {year}: it covers {sums.index.min()} to {sums.index.max()}")
    best, low, high = (sums[f"{stem}_{estimate}"].astype(int) for estimate in ESTIMATES)
    value, earlier = int(best[year]), best[best.index < year]
    more = earlier[earlier > value]
    recent = best[(best.index > year - 10) & (best.index <= year)]
    return Standing(
        year=year,
        best=value,
        low=int(low[year]),
        high=int(high[year]),
        before=int(best[year - 1]) if year - 1 in best.index else None,
        more_in=int(more.index.max()) if len(more) else None,
        since=int(best.index.min()),
        peak_year=int(recent.index[recent == recent.max()].max()),
        peak=int(recent.max()),
    )


def _of(tables: Tables, first: int, last: int) -> pd.DataFrame:
    table = tables["ucdp_country_years"]
    return table[table["year"].between(first, last)]


def _long(table: pd.DataFrame, names: dict[str, str], column: str, prefix: str) -> pd.DataFrame:
    """Sum over countries and turn one column a kind into one row a kind."""
    parts = []
    for name, label in names.items():
        sums = table.groupby("year")[[f"{prefix}{name}_{estimate}" for estimate in ESTIMATES]].sum()
        sums.columns = pd.Index([f"deaths_{estimate}" for estimate in ESTIMATES])
        parts.append(sums.reset_index().assign(**{column: name, "label": label}))
    long = pd.concat(parts, ignore_index=True)
    ordered = [column, "label", *(f"deaths_{estimate}" for estimate in ESTIMATES)]
    return long[["year", *ordered]].sort_values("year", kind="stable", ignore_index=True)
