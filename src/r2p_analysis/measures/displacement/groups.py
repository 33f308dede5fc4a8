"""Shares and growth of a set of countries, and where their people are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from r2p_analysis import countries
from r2p_analysis.errors import MeasureError
from r2p_analysis.measures.displacement.places import by_origin
from r2p_analysis.measures.displacement.world import world_total
from r2p_analysis.store import Tables, measure


@dataclass(frozen=True)
class GroupGrowth:
    """How much of the world's change a set of countries accounts for.

    Attributes
    ----------
    start, end : int
        Years compared.
    group_start : int or None
        People displaced from the group at `start`; None when internally displaced people were not yet known by country.
    group_end, world_start, world_end : int
        People displaced from the group at `end`, and in the world.
    share_of_world : float
        Of the world's total at `end`, 0 to 1.
    share_of_change : float or None
        Of the world's change from `start` to `end`; None when the world's total did not rise, or `group_start` is None.
    without_base : tuple of str
        Countries of the group without a figure of internally displaced people at `start`, so that their growth is
        overstated.
    share_of_change_with_base : float or None
        The same share from the other countries alone: a lower bound.
    """

    start: int
    end: int
    group_start: int | None
    group_end: int
    world_start: int
    world_end: int
    share_of_world: float
    share_of_change: float | None
    without_base: tuple[str, ...]
    share_of_change_with_base: float | None


def _check_group(group: Sequence[str]) -> list[str]:
    if not group:
        raise MeasureError("a group of countries is empty: give at least one ISO 3166 code")
    return [countries.get(code).iso3 for code in dict.fromkeys(group)]


@measure
def share_of_world(tables: Tables, group: Sequence[str], year: int) -> pd.DataFrame:
    """Give each country of a group its displaced people and its share of the world's total.

    Returns
    -------
    pandas.DataFrame
        origin_iso3, components, displaced, share (0 to 1) in the order of `group`.

    Raises
    ------
    MeasureError
        When the group is empty.
    """
    codes = _check_group(group)
    frame = by_origin(tables, year).set_index("origin_iso3").reindex(codes).rename_axis("origin_iso3").reset_index()
    total = _world(tables, year)
    frame["share"] = frame["displaced"].astype("Float64") / total
    return frame


def group_growth(tables: Tables, group: Sequence[str], start: int, end: int) -> GroupGrowth:
    """Compare a group's growth with the world's.

    Parameters
    ----------
    tables : Tables
        Needs unhcr_population, idmc_conflict_idps, unrwa_palestine_refugees.
    group : sequence of str
        ISO3 codes.
    start, end : int
        Years, `start` before `end`.

    Raises
    ------
    MeasureError
        When the group is empty or the years are reversed.
    """
    codes = _check_group(group)
    if start >= end:
        raise MeasureError(f"growth needs an earlier start: got {start} to {end}; swap them")
    before, after = (by_origin(tables, year).set_index("origin_iso3") for year in (start, end))
    without = tuple(c for c in codes if not _has_idp_figure(before, c) and _has_idp_figure(after, c))
    with_base = [c for c in codes if c not in without]

    def people(frame: pd.DataFrame, which: list[str]) -> int:
        return int(frame["displaced"].reindex(which).sum())

    world_start, world_end = _world(tables, start), _world(tables, end)
    change = world_end - world_start
    # Without countries in IDMC's table, a group's people at the start lack all who were displaced inside.
    by_country = bool(before.drop(index="UNK", errors="ignore")["conflict_idps"].notna().any())
    comparable = by_country and change > 0
    grown = people(after, codes) - people(before, codes)
    grown_with_base = people(after, with_base) - people(before, with_base)
    return GroupGrowth(
        start=start,
        end=end,
        group_start=people(before, codes) if by_country else None,
        group_end=people(after, codes),
        world_start=world_start,
        world_end=world_end,
        share_of_world=people(after, codes) / world_end,
        share_of_change=grown / change if comparable else None,
        without_base=without,
        share_of_change_with_base=grown_with_base / change if comparable else None,
    )


@measure
def where_group_is(tables: Tables, group: Sequence[str], year: int) -> pd.DataFrame:
    """Say where the displaced people of a group are: inside their country, or in which other.

    Returns
    -------
    pandas.DataFrame
        origin_iso3, place_iso3, people, inside (whether displaced within the country). Its sum is the group's
        displaced people.
    """
    codes = _check_group(group)
    unhcr = tables["unhcr_population"]
    unhcr = unhcr[(unhcr["year"] == year) & unhcr["origin_iso3"].isin(codes)]
    abroad = unhcr.assign(
        people=unhcr[["refugees", "asylum_seekers", "other_people_in_need"]].sum(axis=1, min_count=1), inside=False
    ).rename(columns={"asylum_iso3": "place_iso3"})
    idmc = tables["idmc_conflict_idps"]
    idmc = idmc[(idmc["year"] == year) & idmc["origin_iso3"].isin(codes)]
    inside = idmc.assign(place_iso3=idmc["origin_iso3"], people=idmc["conflict_idps"], inside=True)
    wanted = ["origin_iso3", "place_iso3", "people", "inside"]
    both = pd.concat([abroad[wanted], inside[wanted]])
    both = both[both["people"].fillna(0) > 0]
    return both.sort_values(["people", "origin_iso3", "place_iso3"], ascending=[False, True, True], ignore_index=True)


def _has_idp_figure(frame: pd.DataFrame, code: str) -> bool:
    return code in frame.index and bool(frame["conflict_idps"].notna()[code])


def _world(tables: Tables, year: int) -> int:
    totals = world_total(tables, year, year)
    if totals.empty:
        raise MeasureError(f"no count of displaced people in {year}; ask for another year")
    return int(totals["people"].iloc[0])
