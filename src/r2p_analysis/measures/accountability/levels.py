"""How violent each year of a country was: deaths in organised violence on its territory, and mass killings begun."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from r2p_analysis import countries
from r2p_analysis.errors import MeasureError
from r2p_analysis.store import Tables, measure

VIOLENT_FROM = 25
"""Deaths in organised violence from which a year counts as violent; UCDP's own threshold for a conflict."""
MANY_FROM = 1000
"""Deaths from which a year counts among the worst; UCDP's own threshold for a war."""
QUIET, VIOLENT, MANY = "fewer than 25 deaths", "25 to 999 deaths", "1,000 deaths or more"
LEVELS = (QUIET, VIOLENT, MANY)
"""What readers see for each level of violence, from the lowest."""
RELAPSED = ("CAF", "IRQ", "SSD")
"""Countries whose relapse the Secretary-General's report of 2016 names."""
TRANSITIONS = ("CIV", "TLS", "GIN", "KEN")
"""Countries whose transitions the report of 2016 names as possible lessons."""


def last_year(tables: Tables) -> int:
    """Give the last year of UCDP's deaths by country."""
    return int(tables["ucdp_country_years"]["year"].max())


@measure
def levels(tables: Tables, first: int, last: int, group: Sequence[str] | None = None) -> pd.DataFrame:
    """Say how violent each year of each country was.

    Parameters
    ----------
    tables : Tables
        Needs ucdp_country_years.
    first, last : int
        Years, inclusive.
    group : sequence of str, optional
        ISO3 codes; all countries unless told.

    Returns
    -------
    pandas.DataFrame
        iso3, year, deaths_best, deaths_low, deaths_high (on its territory, all three types of organised violence),
        one_sided_best, one_sided_low, one_sided_high, level (by the best estimate) and unsure (whether low and high lie
        on both sides of 25). Years before a state existed, and after UCDP's last, have no row.

    Raises
    ------
    MeasureError
        When a code is unknown or the years are reversed.
    """
    if first > last:
        raise MeasureError(f"levels need an earlier first year: got {first} to {last}; swap them")
    if group is not None:
        return of_group(levels(tables, first, last), group)
    table = tables["ucdp_country_years"]
    chosen = table[table["year"].between(first, last)]
    deaths = ["deaths_best", "deaths_low", "deaths_high", "one_sided_best", "one_sided_low", "one_sided_high"]
    out = chosen[["iso3", "year", *deaths]].sort_values(["iso3", "year"], ignore_index=True)
    out["level"] = [level_of(count) for count in out["deaths_best"]]
    bounds = out[["deaths_low", "deaths_high"]]
    out["unsure"] = (bounds.min(axis=1) < VIOLENT_FROM) & (bounds.max(axis=1) >= VIOLENT_FROM)
    return out


def of_group(frame: pd.DataFrame, group: Sequence[str]) -> pd.DataFrame:
    """Take the rows of some countries out of those of all.

    Raises
    ------
    MeasureError
        When a code is unknown.
    """
    wanted = [countries.get(code).iso3 for code in dict.fromkeys(group)]
    return frame[frame["iso3"].isin(wanted)].reset_index(drop=True)


@measure
def with_onsets(tables: Tables, frame: pd.DataFrame) -> pd.DataFrame:
    """Add the mass killings begun in each country and year.

    Parameters
    ----------
    tables : Tables
        Needs ewp_mass_killings.
    frame : pandas.DataFrame
        iso3 and year, such as `levels` gives.

    Returns
    -------
    pandas.DataFrame
        The frame with onsets, a count; zero where none began.
    """
    begun = _onsets(tables)
    keys = zip(frame["iso3"], frame["year"], strict=True)
    return frame.assign(onsets=pd.Series([int(begun.get(key, 0)) for key in keys], index=frame.index, dtype="Int64"))


@measure
def _onsets(tables: Tables) -> dict[tuple[str, int], int]:
    """Count the mass killings by the country and year in which they began."""
    return dict(tables["ewp_mass_killings"].groupby(["iso3", "start_year"]).size())


def level_of(deaths: int) -> str:
    """Name the level of a number of deaths.

    Examples
    --------
    >>> level_of(24), level_of(25), level_of(1000)
    ('fewer than 25 deaths', '25 to 999 deaths', '1,000 deaths or more')
    """
    return QUIET if deaths < VIOLENT_FROM else (VIOLENT if deaths < MANY_FROM else MANY)


@measure
def quiet_years(tables: Tables, group: Sequence[str], year: int, *, below: int = VIOLENT_FROM) -> pd.DataFrame:
    """Count the years in a row, up to `year`, with fewer deaths than a threshold.

    Parameters
    ----------
    tables : Tables
        Needs ucdp_country_years.
    group : sequence of str
        ISO3 codes.
    year : int
        Last year; years beyond UCDP's last are not counted.
    below : int
        Deaths in organised violence, best estimate, under which a year is quiet.

    Returns
    -------
    pandas.DataFrame
        iso3 in the order of `group`, quiet_years, last_violent_year and deaths_in_it (null: none since the figures of
        the country begin), since (first year with a figure). quiet_years is null where UCDP has no row for the last
        year.
    """
    table = tables["ucdp_country_years"]
    table = table[table["year"] <= year]
    end = min(year, last_year(tables))
    rows: list[tuple[str, int | None, int | None, int | None, int | None]] = []
    for code in dict.fromkeys(group):
        own = table[table["iso3"] == countries.get(code).iso3].set_index("year")["deaths_best"].sort_index()
        if end not in own.index:
            rows.append((code, None, None, None, None))
            continue
        violent = own[own >= below]
        since = int(own.index.min())
        worst = None if violent.empty else int(violent.index.max())
        quiet = end - (worst if worst is not None else since - 1)
        rows.append((code, quiet, worst, None if worst is None else int(own[worst]), since))
    columns = ["iso3", "quiet_years", "last_violent_year", "deaths_in_it", "since"]
    return pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(columns[1:], "Int64"))


@measure
def before_and_after(tables: Tables, group: Sequence[str], first: int, last: int) -> pd.DataFrame:
    """Follow deaths and displaced people of countries side by side.

    Returns
    -------
    pandas.DataFrame
        iso3, year, deaths_best, one_sided_best (null: no row), displaced (refugees, asylum-seekers, others in need and
        internally displaced people at the end of the year; null where those displaced inside have no figure, as the
        rest alone would not compare).
    """
    from r2p_analysis.measures import displacement

    frames = []
    deaths = levels(tables, first, last, group).set_index(["iso3", "year"])[["deaths_best", "one_sided_best"]]
    for code in dict.fromkeys(group):
        people = displacement.displaced_from(tables, code, first, last)
        people = people[people["component"] != "palestine_refugees"]
        wide = people.pivot_table(index="year", columns="component", values="people", aggfunc="sum", min_count=1)
        wide = wide.reindex(range(first, last + 1)).reindex(columns=[*wide.columns.union(["conflict_idps"])])
        displaced = wide.sum(axis=1, min_count=1).where(wide["conflict_idps"].notna())
        frames.append(pd.DataFrame({"iso3": code, "year": wide.index, "displaced": displaced.array}))
    out = pd.concat(frames, ignore_index=True).astype({"year": "Int64", "displaced": "Int64"})
    return out.join(deaths, on=["iso3", "year"])
