"""Headlines of those who kill civilians, by name."""

from __future__ import annotations

import pandas as pd

from r2p_analysis.exhibits.headlines.finding import Finding, row_of
from r2p_analysis.exhibits.headlines.violence.wording import between, civilians, span
from r2p_analysis.exhibits.words import exact, listed, people, percent, plural
from r2p_analysis.measures.violence import LISTED_FROM

_NAMED_AS = {"Boko Haram (JAS)": "Boko Haram", "Islamic State (IS)": "Islamic State"}


def _named(label: str) -> str:
    name = _NAMED_AS.get(label, label)
    return f"the {name}" if name.startswith("Government of ") else name


def top_actors(listed_actors: pd.DataFrame, by_year: pd.DataFrame, year: int) -> Finding:
    """Say who killed most civilians on purpose in a year; the frames are actors and actors_by_year."""
    rows = listed_actors[listed_actors["year"] == year]
    all_of_year = row_of(by_year.set_index("year"), year)
    first = rows.iloc[0]
    share = float(first["deaths_best"]) / float(all_of_year["deaths_best"])
    name = _named(str(first["label"]))
    name = name.replace("the Government", "The Government", 1)
    head = (
        f"{name} killed {civilians(first['deaths_best'])} on purpose in {year}"
        f"{between(first['deaths_low'], first['deaths_high'])}, {percent(share)} of those killed by the "
        f"{plural(int(all_of_year['actors']), 'actor')} with {LISTED_FROM} or more; "
        f"{plural(int(all_of_year['governments']), 'was a government', 'were governments')}"
    )
    return Finding(
        head, f"the first row is {_named(str(first['label']))} with {exact(first['deaths_best'])}", percent(share)
    )


def leading_groups(leaders: pd.DataFrame, shares: pd.DataFrame, first: int, year: int) -> Finding:
    """Say what share the two groups that killed most have; the frames are leading_groups and share_of_actors of two."""
    rows = shares.set_index("year")["share"]
    names = [_named(str(label)) for label in leaders["label"].head(2)]
    peak = int(rows.index[rows == rows.max()].max())
    now = float(rows[year])
    head = (
        f"{listed(names)}, the armed groups that killed most civilians on purpose {span(first, year)}, account for "
        f"{percent(now)} of such killings by listed actors in {year}"
    )
    start = int(rows.index.min())
    if start < year:
        head += f", against {percent(float(rows[start]))} in {start}"
    if peak not in (start, year):
        head += f" and {percent(float(rows[peak]))} in {peak}"
    figures = [f"{_named(str(r.label))} killed {people(r.deaths_best)}" for r in leaders.head(2).itertuples()]
    return Finding(head, f"{listed(figures)} {span(first, year)}", percent(now))
