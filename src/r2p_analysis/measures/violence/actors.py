"""Who kills civilians on purpose: governments and armed groups by name.

UCDP's list of actors holds those that killed 25 or more civilians in a year, over all countries: an actor that is not
listed killed fewer, or none, and its deaths cannot be placed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from r2p_analysis.errors import MeasureError
from r2p_analysis.measures.violence.kinds import ESTIMATES
from r2p_analysis.store import Tables, measure

LISTED_FROM = 25
"""So many civilians killed in a year put an actor on the list."""
# Names by which readers know groups better than by the ones that UCDP translates.
_KNOWN_AS = {"JAS": "Boko Haram (JAS)", "al-Qaida": "al-Qaida", "Taleban": "Taliban"}
_DEATHS = [f"deaths_{estimate}" for estimate in ESTIMATES]
_LONGEST_SHORT_NAME = 12
_LONGEST_FULL_NAME = 34
_ACUTE, _APOSTROPHE = "\u00b4", "\u2019"
"""UCDP writes one for the other."""


def actor_label(actor: str, in_full: str | None) -> str:
    """Name an actor for readers.

    Examples
    --------
    >>> actor_label("IS", "Islamic State"), actor_label("Government of Russia (Soviet Union)", None)
    ('Islamic State (IS)', 'Government of Russia')
    """
    if actor in _KNOWN_AS:
        return _KNOWN_AS[actor]
    if actor.startswith("Government of "):
        return re.sub(r" \([^)]*\)", "", actor)
    if not in_full or in_full.casefold() == actor.casefold():
        return actor
    if len(actor) > _LONGEST_SHORT_NAME or len(in_full) > _LONGEST_FULL_NAME:
        return actor
    return f"{in_full.replace(_ACUTE, _APOSTROPHE)} ({actor})"


@measure
def actors(tables: Tables, first: int, last: int) -> pd.DataFrame:
    """List actors by year.

    Parameters
    ----------
    tables : Tables
        Needs ucdp_one_sided.
    first, last : int
        Years, inclusive.

    Returns
    -------
    pandas.DataFrame
        year, actor_id, actor, label, in_full (null where UCDP has none), who ("government", "groups"), deaths_best,
        deaths_low, deaths_high; most deaths first in each year.
    """
    table = tables["ucdp_one_sided"]
    table = table[table["year"].between(first, last)]
    full = [None if pd.isna(text) else str(text) for text in table["actor_in_full"]]
    named = table.assign(
        label=[actor_label(str(actor), text) for actor, text in zip(table["actor"], full, strict=True)],
        in_full=pd.Series(full, index=table.index, dtype="string").str.replace(_ACUTE, _APOSTROPHE),
        who=table["is_government"].map({True: "government", False: "groups"}),
    )
    columns = ["year", "actor_id", "actor", "label", "in_full", "who", *_DEATHS]
    return named[columns].sort_values(
        ["year", "deaths_best", "actor_id"], ascending=[True, False, True], ignore_index=True
    )


@measure
def actors_by_year(tables: Tables, first: int, last: int) -> pd.DataFrame:
    """Count actors and their killings.

    Returns
    -------
    pandas.DataFrame
        year, actors, governments, groups, deaths_best, deaths_low, deaths_high, government_deaths, group_deaths.
    """
    listed = actors(tables, first, last)
    government = listed["who"] == "government"
    listed = listed.assign(
        actors=1,
        governments=government.astype("Int64"),
        groups=(~government).astype("Int64"),
        government_deaths=listed["deaths_best"].where(government, 0),
        group_deaths=listed["deaths_best"].where(~government, 0),
    )
    columns = ["actors", "governments", "groups", *_DEATHS, "government_deaths", "group_deaths"]
    sums: pd.DataFrame = listed.groupby("year")[columns].sum().reset_index()
    return sums


@measure
def leading_groups(tables: Tables, first: int, last: int, count: int) -> pd.DataFrame:
    """Name the armed groups that killed most civilians over some years.

    Returns
    -------
    pandas.DataFrame
        actor_id, actor, label, deaths_best, deaths_low, deaths_high (sums over the years), most first.
    """
    listed = actors(tables, first, last)
    groups = listed[listed["who"] == "groups"]
    sums = groups.groupby(["actor_id", "actor", "label"], as_index=False)[_DEATHS].sum()
    ordered = sums.sort_values(["deaths_best", "actor_id"], ascending=[False, True], ignore_index=True)
    return ordered.head(count)


@measure
def courses(tables: Tables, ids: Sequence[int], first: int, last: int) -> pd.DataFrame:
    """Follow actors over the years.

    Returns
    -------
    pandas.DataFrame
        year, actor_id, label, in_full, deaths_best, deaths_low, deaths_high in the order of `ids`; deaths are null in a
        year in which the actor is not listed: it killed fewer than 25, or did not exist.
    """
    listed = actors(tables, first, last)
    labels, full = (dict(zip(listed["actor_id"], listed[name], strict=True)) for name in ("label", "in_full"))
    grid = pd.MultiIndex.from_product([list(ids), range(first, last + 1)], names=["actor_id", "year"])
    found = listed.set_index(["actor_id", "year"])[_DEATHS].reindex(grid).reset_index()
    return found.assign(
        label=[labels.get(actor, str(actor)) for actor in found["actor_id"]],
        in_full=found["actor_id"].map(full),
    )


@measure
def share_of_actors(tables: Tables, names: Sequence[str], first: int, last: int) -> pd.DataFrame:
    """Give the share that some actors have in the killings of all listed actors.

    Parameters
    ----------
    tables : Tables
        Needs ucdp_one_sided.
    names : sequence of str
        UCDP's names of actors.
    first, last : int
        Years, inclusive.

    Returns
    -------
    pandas.DataFrame
        year, deaths (theirs), all_deaths, share (0 to 1).

    Raises
    ------
    MeasureError
        When a name is not on the list in any year.
    """
    known = set(tables["ucdp_one_sided"]["actor"])
    unknown = [name for name in names if name not in known]
    if unknown:
        raise MeasureError(f'no actor "{unknown[0]}" in UCDP\'s list; it writes names such as IS or JAS')
    listed = actors(tables, first, last)
    listed = listed.assign(deaths=listed["deaths_best"].where(listed["actor"].isin(list(names)), 0))
    sums = listed.groupby("year", as_index=False).agg(deaths=("deaths", "sum"), all_deaths=("deaths_best", "sum"))
    return sums.assign(share=sums["deaths"].astype(float) / sums["all_deaths"].astype(float))
