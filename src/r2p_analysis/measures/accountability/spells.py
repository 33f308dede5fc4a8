"""Spells of quiet and of violence, how long quiet lasted, and where violence came back."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from r2p_analysis.measures.accountability.levels import VIOLENT_FROM, last_year, levels, of_group
from r2p_analysis.store import Tables, measure

LONG_QUIET = 5
"""Quiet years from which a return of violence is called one after a long quiet."""
_FEW = 5
"""Spells below which no share is told."""
_95_PERCENT = 1.96
"""Standard deviations to either side that hold 95 % of a normal distribution."""


@measure
def spells(
    tables: Tables, last: int, group: Sequence[str] | None = None, *, threshold: int = VIOLENT_FROM
) -> pd.DataFrame:
    """Cut the years of each country into spells of quiet and of violence.

    Parameters
    ----------
    tables : Tables
        Needs ucdp_country_years.
    last : int
        Last year known; what comes later is not looked at.
    group : sequence of str, optional
        ISO3 codes; all countries unless told.
    threshold : int
        Deaths in organised violence, best estimate, from which a year is violent.

    Returns
    -------
    pandas.DataFrame
        iso3, violent, start, end, years, deaths, one_sided, peak (deaths of its worst year), peak_year, first_deaths
        (deaths of its first year), before_years and before_peak (length and peak of the spell before; null: the figures
        begin with this one), open (whether it goes on in the last year). Years without a row part spells.
    """
    if group is not None:
        return of_group(spells(tables, last, threshold=threshold), group)
    frame = levels(tables, 1989, last)
    frame["violent"] = frame["deaths_best"] >= threshold
    before = frame.shift()
    cut = (
        (frame["iso3"] != before["iso3"])
        | (frame["violent"] != before["violent"])
        | (frame["year"] - before["year"] != 1).fillna(True)
    )
    frame["spell"] = cut.cumsum()
    worst = frame.sort_values("deaths_best", ascending=False, kind="stable").drop_duplicates("spell")
    out = (
        frame.groupby("spell")
        .agg(
            iso3=("iso3", "first"),
            violent=("violent", "first"),
            start=("year", "min"),
            end=("year", "max"),
            years=("year", "count"),
            deaths=("deaths_best", "sum"),
            one_sided=("one_sided_best", "sum"),
            peak=("deaths_best", "max"),
            first_deaths=("deaths_best", "first"),
        )
        .join(worst.set_index("spell")["year"].rename("peak_year"))
    )
    earlier = out.shift()
    follows = (earlier["iso3"] == out["iso3"]) & (earlier["end"] == out["start"] - 1)
    for name in ("years", "peak"):
        out[f"before_{name}"] = earlier[name].where(follows.fillna(False)).astype("Int64")
    out["open"] = out["end"] == min(last, last_year(tables))
    whole = dict.fromkeys(("years", "deaths", "one_sided", "peak", "first_deaths", "start", "end"), "Int64")
    return out.astype(whole).reset_index(drop=True)


@measure
def returns(tables: Tables, last: int, group: Sequence[str] | None = None) -> pd.DataFrame:
    """List the times when violence came back to a country after it had been violent and then quiet.

    Returns
    -------
    pandas.DataFrame
        iso3, year (of the return), quiet_years before it, first_deaths (of that year), peak, peak_year, deaths and
        years of the spell that began. In the order of year and country.
    """
    if group is not None:
        return of_group(returns(tables, last), group)
    frame = spells(tables, last)
    violent = frame["violent"].astype(int)
    earlier_violence = violent.groupby(frame["iso3"]).cumsum() > violent
    back = frame[frame["violent"] & earlier_violence & frame["before_years"].notna()]
    out = back.rename(columns={"start": "year", "before_years": "quiet_years"})
    wanted = ["iso3", "year", "quiet_years", "first_deaths", "peak", "peak_year", "deaths", "years"]
    return out[wanted].sort_values(["year", "iso3"], ignore_index=True)


@measure
def countries_by_year(tables: Tables, first: int, last: int) -> pd.DataFrame:
    """Count the violent countries of each year by what they were before.

    Returns
    -------
    pandas.DataFrame
        year, kind ("went on", "came back", "for the first time"), countries. First means first since 1989, when the
        figures begin, or since the country existed.
    """
    frame = spells(tables, last)
    frame = frame[frame["violent"]]
    seen: set[str] = set()
    rows: list[tuple[int, str]] = []
    for spell in frame.sort_values(["start", "iso3"]).to_dict("records"):
        # A spell with which the figures begin is no first time: what was before is not known.
        began = "went on" if pd.isna(spell["before_years"]) and spell["start"] == 1989 else "for the first time"
        began = "came back" if spell["iso3"] in seen else began
        seen.add(spell["iso3"])
        kinds = [began, *["went on"] * (int(spell["years"]) - 1)]
        rows += list(zip(range(int(spell["start"]), int(spell["end"]) + 1), kinds, strict=True))
    long = pd.DataFrame(rows, columns=["year", "kind"])
    kinds = ["went on", "came back", "for the first time"]
    index = pd.MultiIndex.from_product([range(first, min(last, last_year(tables)) + 1), kinds], names=["year", "kind"])
    return long.groupby(["year", "kind"]).size().reindex(index, fill_value=0).rename("countries").reset_index()


@measure
def quiet_survival(tables: Tables, last: int, longest: int = 15) -> pd.DataFrame:
    """Follow quiet after violence: what share of quiet spells still held after so many years.

    Spells that still hold in the last year count as long as they are known (Kaplan and Meier's estimate).

    Parameters
    ----------
    tables : Tables
        Needs ucdp_country_years.
    last : int
        Last year known.
    longest : int
        Years to follow.

    Returns
    -------
    pandas.DataFrame
        after ("any violence", "a year of 1,000 deaths or more"), years (0 to `longest`), at_risk (spells followed that
        long), returned (spells that ended then), holding_pct, and holding_low and holding_high, its 95 % confidence
        interval (Greenwood's variance of the logarithm's logarithm, which keeps within 0 and 100; spells of one country
        count as independent). Null where fewer than five spells are followed.
    """
    frame = spells(tables, last)
    quiet = frame[~frame["violent"] & frame["before_years"].notna()]
    groups = {"any violence": quiet, "a year of 1,000 deaths or more": quiet[quiet["before_peak"] >= 1000]}
    return pd.concat([_survival(rows, longest).assign(after=name) for name, rows in groups.items()], ignore_index=True)


def _survival(quiet: pd.DataFrame, longest: int) -> pd.DataFrame:
    share, variance = 1.0, 0.0
    rows: list[tuple[int, int, int, float | None, float | None, float | None]] = []
    for n in range(longest + 1):
        # A spell of n quiet years ended when violence came back in the year after; an open one is not known to have.
        at_risk = int((quiet["years"] >= n).sum()) - int(((quiet["years"] == n) & quiet["open"]).sum())
        returned = int(((quiet["years"] == n) & ~quiet["open"]).sum())
        if at_risk:
            share *= 1 - returned / at_risk
        if at_risk > returned:
            variance += returned / (at_risk * (at_risk - returned))
        known = (100 * share, *_interval(share, variance)) if at_risk >= _FEW else (None, None, None)
        rows.append((n, at_risk, returned, *known))
    shares = ["holding_pct", "holding_low", "holding_high"]
    out = pd.DataFrame(rows, columns=["years", "at_risk", "returned", *shares])
    return out.astype(dict.fromkeys(shares, "Float64"))


def _interval(share: float, variance: float) -> tuple[float, float]:
    """Give the bounds of a share that still holds, in per cent."""
    if share in (0.0, 1.0):
        return 100 * share, 100 * share
    width = _95_PERCENT * math.sqrt(variance) / math.log(share)
    return 100 * share ** math.exp(-width), 100 * share ** math.exp(width)
