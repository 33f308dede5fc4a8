"""Checks on the context and on regions."""

from __future__ import annotations

from r2p_analysis.claims.relations import Course
from r2p_analysis.measures import regions
from r2p_analysis.store import Tables


def context_course(tables: Tables, series: str) -> Course:
    """Give one measure of how challenging the context is, by year: a key of `regions.CONTEXT`."""
    frame = regions.context_series(tables, series)
    points = {int(year): float(value) for year, value in zip(frame["year"], frame["value"], strict=True)}
    found = regions.CONTEXT[series]
    low: dict[int, float] = {}
    high: dict[int, float] = {}
    columns = {"deaths": ("deaths_low", "deaths_high"), "one_sided": ("one_sided_low", "one_sided_high")}.get(series)
    if columns:
        sums = tables["ucdp_country_years"].groupby("year")[list(columns)].sum()
        low, high = ({int(str(year)): float(count) for year, count in sums[name].items()} for name in columns)
    when = "at the end of {year}" if series == "displaced" else "in {year}"
    return Course(f"World: {found.what}", found.unit, points, low, high, when=when)
