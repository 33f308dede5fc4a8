"""Checks on displacement."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from r2p_analysis import countries
from r2p_analysis.claims.outcome import CANNOT, FAILS, HOLDS, REVISED, Outcome
from r2p_analysis.claims.relations import REVISION_TOLERANCE
from r2p_analysis.errors import UsageError
from r2p_analysis.exhibits.words import exact, listed, people, percent
from r2p_analysis.measures import displacement
from r2p_analysis.store import Tables

_COUNTED_BY = {
    "forcibly_displaced": "UNHCR with IDMC and UNRWA",
    "all_refugees": "UNHCR with UNRWA",
    "palestine_refugees": "UNRWA, republished by UNHCR",
    "conflict_idps": "IDMC, republished by UNHCR",
}
_WORLD = "People forcibly displaced in the world at the end of {year}"


def record_year(tables: Tables, year: int) -> Outcome:
    """Judge whether the year's total is the largest since every component was counted."""
    found = displacement.record(tables, year)
    total = f"{exact(found.people)} people at the end of {year}"
    if found.highest_before is None:
        return Outcome(CANNOT, f"{total}; {year} is the first year of the complete series.")
    before = (
        f"the largest earlier total since {found.since} is {exact(found.highest_before)} ({found.highest_before_year})"
    )
    word = HOLDS if found.is_record else FAILS
    return Outcome(
        word,
        f"{total}; {before}.",
        current=exact(found.people),
        number=found.people,
        unit="people",
        subject=_WORLD.format(year=year),
    )


def world_rounds_to(tables: Tables, year: int, millions: int) -> Outcome:
    """Judge whether the world's total rounds to a number of millions."""
    found = displacement.record(tables, year).people
    word = HOLDS if round(found / 1_000_000) == millions else FAILS
    evidence = f"{exact(found)} people at the end of {year}."
    return Outcome(
        word,
        evidence,
        f"{millions} million",
        exact(found),
        number=found,
        unit="people",
        subject=_WORLD.format(year=year),
    )


def published_figure(tables: Tables, year: int, place: str, component: str) -> Outcome:
    """Judge whether a printed figure still stands.

    It holds when the current figure rounds to the printed one, holds with revised data when it lies within 5 % of it,
    and does not hold beyond. A figure that no open table carries cannot be decided.
    """
    row = _printed(tables, year, place, component)
    printed = f"{people(row['people'])} ({row['published_in']})"
    if pd.isna(row["current"]):
        return Outcome(
            CANNOT,
            f"Printed as {printed}; the producer's terms do not let its series be carried here.",
            people(row["people"]),
        )
    share = float(row["difference_share"])
    if row["agrees"]:
        word, text = HOLDS, "which rounds to the printed figure"
    else:
        word = REVISED if abs(share) <= REVISION_TOLERANCE else FAILS
        text = f"{percent(abs(share), 1)} {'more' if share > 0 else 'less'}"
    evidence = f"Printed as {printed}; now {exact(row['current'])}, {text}."
    current = int(row["current"])
    return Outcome(
        word,
        evidence,
        people(row["people"]),
        exact(current),
        number=current,
        unit="people",
        subject="The same figure now",
        vintage=f"{_COUNTED_BY.get(component, 'UNHCR')}: {tables.provenance('unhcr_population').version}",
    )


def published_change(tables: Tables, year: int) -> Outcome:
    """Judge whether the world's total still moves the way it was printed, from the year before to `year`."""
    before, after = (_printed(tables, y, "WLD", "forcibly_displaced") for y in (year - 1, year))
    # Printed totals are rounded alike, so any difference between them was read as a rise or a fall.
    was, now = (_direction(before[kind], after[kind]) for kind in ("people", "current"))
    evidence = (
        f"Printed, the world's total {was} from {year - 1} to {year}; in the current data it {now}, "
        f"from {exact(before['current'])} to {exact(after['current'])}."
    )
    return Outcome(HOLDS if was == now else FAILS, evidence)


def displaced_between(tables: Tables, origin: str, year: int, at_least: int, below: int) -> Outcome:
    """Judge whether a country's displaced people lie in a range by every usual way of counting them."""
    origins = displacement.by_origin(tables, year)
    row = origins[origins["origin_iso3"] == countries.get(origin).iso3]
    sums = {
        "refugees and people displaced inside (UNHCR)": row["refugees"] + row["unhcr_idps"],
        "refugees and people displaced inside (IDMC)": row["refugees"] + row["conflict_idps"],
        "with asylum-seekers (UNHCR)": row["abroad"] + row["unhcr_idps"],
        "with asylum-seekers (IDMC)": row["abroad"] + row["conflict_idps"],
    }
    # A way of counting that lacks one of its figures is no count.
    ways = {label: int(values.iloc[0]) for label, values in sums.items() if values.notna().any()}
    if not ways:
        return Outcome(
            CANNOT,
            f"No complete count of people displaced from {countries.get(origin).in_text} at the end of {year} exists.",
        )
    word = HOLDS if all(at_least <= value < below for value in ways.values()) else FAILS
    counted = listed([f"{exact(value)} {label}" for label, value in ways.items()])
    lowest, highest = min(ways.values()), max(ways.values())
    return Outcome(
        word,
        f"At the end of {year}: {counted}.",
        current=f"{exact(lowest)} to {exact(highest)}",
        # The last way is the fullest: everyone abroad and IDMC's count of those inside.
        number=list(ways.values())[-1],
        low=lowest,
        high=highest,
        unit="people",
        subject=f"People displaced from and inside {countries.get(origin).in_text} at the end of {year}",
    )


def group_share_of_world(tables: Tables, group: Sequence[str], year: int, at_least: float) -> Outcome:
    """Judge whether a group of countries had at least a share of the world's displaced people."""
    total = displacement.record(tables, year).people
    rows = displacement.share_of_world(tables, group, year)
    mine = int(rows["displaced"].sum())
    share = mine / total
    evidence = f"{exact(mine)} of {exact(total)} displaced people at the end of {year}: {percent(share, 1)}."
    word = HOLDS if share >= at_least else FAILS
    return Outcome(
        word,
        evidence,
        current=percent(share, 1),
        number=share * 100,
        unit="%",
        subject=f"Share of the world's displaced people at the end of {year}",
    )


def group_share_of_rise(tables: Tables, group: Sequence[str], start: int, end: int, at_least: float) -> Outcome:
    """Judge whether a group of countries made up at least a share of the world's rise.

    Countries without a figure at the start overstate it; the lower bound leaves them out and must reach the share too.
    """
    growth = displacement.group_growth(tables, group, start, end)
    if growth.share_of_change is None or growth.share_of_change_with_base is None:
        return Outcome(FAILS, f"The world's total did not rise from {start} to {end}.")
    low, high = sorted((growth.share_of_change_with_base, growth.share_of_change))
    evidence = f"{percent(growth.share_of_change, 1)} of the rise from {start} to {end}"
    if growth.without_base:
        names = listed([countries.get(code).in_text for code in growth.without_base])
        evidence += f"; {percent(growth.share_of_change_with_base, 1)} without {names}, for which {start} has no figure"
    word = HOLDS if low >= at_least else (FAILS if high < at_least else CANNOT)
    return Outcome(
        word,
        evidence + ".",
        current=f"{percent(low, 1)} to {percent(high, 1)}" if low < high else percent(high, 1),
        number=growth.share_of_change * 100,
        low=low * 100,
        high=high * 100,
        unit="%",
        subject=f"Share of the world's rise in displacement from {start} to {end}",
    )


def _direction(before: int, after: int) -> str:
    return "rose" if after > before else ("fell" if after < before else "stayed the same")


def _printed(tables: Tables, year: int, place: str, component: str) -> pd.Series:
    rows = displacement.published_against_current(tables)
    found = rows[(rows["year"] == year) & (rows["place"] == place) & (rows["component"] == component)]
    if found.empty:
        raise UsageError(
            f"no printed figure for {component}, {place}, {year} in the table published_figures; add it there"
        )
    return found.iloc[0]
