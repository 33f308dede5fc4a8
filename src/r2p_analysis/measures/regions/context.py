"""Whether the context is more challenging than ten years before: series of every strand, each with its base as 100."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from r2p_analysis.errors import MeasureError
from r2p_analysis.measures import accountability, displacement, protection
from r2p_analysis.store import Tables, measure

SPAN = 10
"""Years from the base to the end: the report of 2016 looks back to 2005."""


@dataclass(frozen=True)
class ContextSeries:
    """One series of the world by year.

    Attributes
    ----------
    label : str
        What readers see.
    what : str
        What is counted and by whom, inside a sentence.
    unit : str
        Unit of the values.
    values : callable
        Tables to year and value.
    """

    label: str
    what: str
    unit: str
    values: Callable[[Tables], pd.DataFrame]


def _displaced(tables: Tables) -> pd.DataFrame:
    totals = displacement.world_total(tables)
    return totals[totals["complete"]].rename(columns={"people": "value"})


def _protected(name: str) -> Callable[[Tables], pd.DataFrame]:
    return lambda tables: protection.yearly(tables, name)


def _killings(tables: Tables) -> pd.DataFrame:
    known = accountability.killings_known_until(tables)
    return accountability.mass_killings(tables, 1945, known).rename(columns={"ongoing": "value"})


def _deaths(column: str) -> Callable[[Tables], pd.DataFrame]:
    def values(tables: Tables) -> pd.DataFrame:
        sums = tables["ucdp_country_years"].groupby("year")[[column]].sum().reset_index()
        return sums.rename(columns={column: "value"})

    return values


def _vetoed(tables: Tables) -> pd.DataFrame:
    drafts = tables["sc_vetoes"]
    counts = drafts.groupby("year").size()
    span = range(int(counts.index.min()), int(counts.index.max()) + 1)
    return counts.reindex(span, fill_value=0).rename_axis("year").rename("value").reset_index()


CONTEXT: dict[str, ContextSeries] = {
    "displaced": ContextSeries("Forcibly displaced people", "people forcibly displaced", "people", _displaced),
    "aid_incidents": ContextSeries(
        "Attacks on aid workers", "attacks on aid workers (AWSD)", "attacks", _protected("aid_incidents")
    ),
    "peacekeepers": ContextSeries(
        "UN personnel killed", "UN mission personnel killed by malicious acts", "deaths", _protected("peacekeepers")
    ),
    "journalists": ContextSeries(
        "Journalists killed", "journalists killed for their work (CPJ)", "people", _protected("journalists")
    ),
    "deaths": ContextSeries(
        "Deaths in organised violence", "deaths in organised violence (UCDP)", "deaths", _deaths("deaths_best")
    ),
    "one_sided": ContextSeries(
        "Deaths in one-sided violence", "deaths in one-sided violence (UCDP)", "deaths", _deaths("one_sided_best")
    ),
    "killings": ContextSeries(
        "Mass killings ongoing", "mass killings ongoing (Early Warning Project)", "episodes", _killings
    ),
    "vetoes": ContextSeries("Vetoed drafts", "drafts vetoed in the Security Council", "drafts", _vetoed),
}
"""Series by key, in the order in which they are shown."""
INDEXED = tuple(key for key in CONTEXT if key != "vetoes")
"""Vetoes had no case in 2005, so that they cannot be laid on 100."""


@measure
def context_series(tables: Tables, key: str) -> pd.DataFrame:
    """Give one series of the world.

    Returns
    -------
    pandas.DataFrame
        year, value; years that are not complete are left out.

    Raises
    ------
    MeasureError
        When there is no such series.
    """
    if key not in CONTEXT:
        raise MeasureError(f'no series "{key}": there are {", ".join(CONTEXT)}')
    out = CONTEXT[key].values(tables)[["year", "value"]]
    return out.astype({"year": "Int64", "value": "Int64"}).sort_values("year", ignore_index=True)


@measure
def context_index(tables: Tables, year: int, span: int = SPAN) -> pd.DataFrame:
    """Lay the series beside each other, each with its value `span` years before `year` as 100.

    Parameters
    ----------
    tables : Tables
        Those of all series.
    year : int
        Last year wanted.
    span : int
        Years from the base to `year`.

    Returns
    -------
    pandas.DataFrame
        series, label, unit, year (from the base to `year`; a series that ends earlier ends there), value, index (100 in
        the base year; null when the base is 0 or unknown).
    """
    frames = []
    for key in INDEXED:
        own = context_series(tables, key)
        own = own[own["year"].between(year - span, year)].copy()
        base = own.loc[own["year"] == year - span, "value"]
        start = float(base.iloc[0]) if len(base) else 0.0
        # A base of nothing, or none at all, cannot be 100.
        own["index"] = own["value"].astype("Float64") / start * 100 if start else pd.Series(pd.NA, own.index, "Float64")
        frames.append(own.assign(series=key, label=CONTEXT[key].label, unit=CONTEXT[key].unit))
    return pd.concat(frames, ignore_index=True)[["series", "label", "unit", "year", "value", "index"]]


@measure
def context_change(tables: Tables, year: int, span: int = SPAN) -> pd.DataFrame:
    """Say where each series stood at the base and stands at its last year.

    Returns
    -------
    pandas.DataFrame
        series, label, unit, base_year, base, last_year, value, index; the largest index first, null last.
    """
    frame = context_index(tables, year, span)
    rows = []
    for key, own in frame.groupby("series", sort=False):
        last = own.sort_values("year").iloc[-1]
        base = own.loc[own["year"] == year - span, "value"]
        rows.append(
            {
                "series": key,
                "label": last["label"],
                "unit": last["unit"],
                "base_year": year - span,
                "base": base.iloc[0] if len(base) else pd.NA,
                "last_year": last["year"],
                "value": last["value"],
                "index": last["index"],
            }
        )
    out = pd.DataFrame(rows).astype(
        {"base": "Int64", "value": "Int64", "last_year": "Int64", "base_year": "Int64", "index": "Float64"}
    )
    return out.sort_values("index", ascending=False, na_position="last", kind="stable", ignore_index=True)
