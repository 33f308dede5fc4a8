"""What Insecurity Insight has recorded since 2016 and 2020: series too young to speak of earlier years."""

from __future__ import annotations

import pandas as pd

from r2p_analysis.store import Tables, measure

THEMES = {
    "health_care": "Health care",
    "education": "Education",
    "explosive_weapons": "Explosive weapons",
    "camps": "Camps and protection",
    "sexual_violence": "Sexual violence in conflict",
    "aid_workers": "Aid workers (also arrests)",
}
"""Themes of the producer and what readers see for each."""
WIDENED = 2021
"""Year in which the producer widened its coverage."""
YEARS_FOR_A_TREND = 3
_PEOPLE = ["killed", "wounded", "kidnapped", "arrested", "sites"]


def _complete(tables: Tables, last: int | None) -> pd.DataFrame:
    table = tables["insecurity_insight_events"]
    table = table[table["complete_year"]]
    return table if last is None else table[table["year"] <= last]


def theme_until(tables: Tables, theme: str, year: int) -> int | None:
    """Give the last complete year of a theme that is not after `year`; None when the theme begins later."""
    table = _complete(tables, year)
    years = table.loc[table["theme"] == theme, "year"]
    return int(years.max()) if len(years) else None


def long_enough(tables: Tables, theme: str, year: int) -> bool:
    """Say whether a theme has enough complete years up to `year` to speak of a trend."""
    table = _complete(tables, year)
    return int(table.loc[table["theme"] == theme, "year"].nunique()) >= YEARS_FOR_A_TREND


@measure
def events_by_year(tables: Tables, last: int | None = None, themes: tuple[str, ...] = tuple(THEMES)) -> pd.DataFrame:
    """Count recorded events by theme.

    Parameters
    ----------
    tables : Tables
        Needs insecurity_insight_events.
    last : int, optional
        Last year; years that were not over are left out.
    themes : tuple of str
        Of `THEMES`.

    Returns
    -------
    pandas.DataFrame
        theme, kind (what readers see), year, events, killed, wounded, kidnapped, arrested, sites; null: the producer's
        overview does not hold it. In the order of the themes.
    """
    table = _complete(tables, last)
    table = table[table["theme"].isin(themes)]
    sums = table.groupby(["theme", "year"])[["events", *_PEOPLE]].sum(min_count=1).reset_index()
    sums["kind"] = sums["theme"].map(THEMES)
    order = {theme: place for place, theme in enumerate(THEMES)}
    sums = sums.sort_values(["theme", "year"], key=lambda c: c.map(order) if c.name == "theme" else c)
    return sums[["theme", "kind", "year", "events", *_PEOPLE]].reset_index(drop=True)


@measure
def events_by_country(tables: Tables, theme: str, first: int, last: int) -> pd.DataFrame:
    """Count recorded events of a theme by the place where they happened.

    Returns
    -------
    pandas.DataFrame
        iso3 (UNK: at sea or not told), events, killed, wounded, kidnapped, arrested, sites; most events first. Every
        place is kept. A place without a row had none recorded, which does not mean that there was none.
    """
    table = _complete(tables, last)
    table = table[(table["theme"] == theme) & (table["year"] >= first)]
    sums = table.groupby("iso3")[["events", *_PEOPLE]].sum(min_count=1).reset_index()
    return sums.sort_values(["events", "iso3"], ascending=[False, True], ignore_index=True)
