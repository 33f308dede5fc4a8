"""Headlines of the world's violence: deaths, conflicts, civilians."""

from __future__ import annotations

import pandas as pd

from r2p_analysis.exhibits.headlines.finding import Finding, row_of
from r2p_analysis.exhibits.headlines.violence.wording import (
    between,
    civilians,
    number_of,
    persons,
    times_or_percent,
)
from r2p_analysis.exhibits.words import change, change_in_words, exact, listed, people, percent, plural, way
from r2p_analysis.measures.violence import Standing

_SHORT = {"state_based": "state-based conflict", "non_state": "non-state conflict", "one_sided": "one-sided violence"}


def world_deaths(found: Standing) -> Finding:
    """Say how many died in organised violence, against the year before and the years since when there were more."""
    head = f"Organised violence killed {persons(found.best)} in {found.year}{between(found.low, found.high)}"
    if found.before is not None:
        head += f", {times_or_percent(found.before, found.best)} in {found.year - 1}"
    if found.more_in is None:
        head += f": the most since counts begin in {found.since}"
    elif found.more_in < found.year - 1:
        head += f": the most since {found.more_in}"
    elif found.peak_year != found.year - 1:
        head += f"; the deadliest of the last ten years was {found.peak_year} with {people(found.peak)}"
    return Finding(head, f"the bar of {found.year} adds up to {exact(found.best)}", people(found.best))


def types(frame: pd.DataFrame, year: int) -> Finding:
    """Say which type killed most in a year; `frame` is by_type."""
    rows = frame[frame["year"] == year].sort_values("deaths_best", ascending=False)
    total = float(rows["deaths_best"].sum())
    parts = [
        f"{_SHORT[kind]} {percent(float(count) / total)}"
        for kind, count in zip(rows["kind"], rows["deaths_best"], strict=True)
    ]
    first = parts[0].rsplit(" ", 1)
    head = f"{first[0]} caused {first[1]} of the deaths of {year}, {listed(parts[1:])}"
    ends = [f"{_SHORT[kind]} at {exact(count)}" for kind, count in zip(rows["kind"], rows["deaths_best"], strict=True)]
    return Finding(head, f"the lines end in {year} with {listed(ends)}", first[1])


def conflicts(frame: pd.DataFrame, by_type: pd.DataFrame, year: int) -> Finding:
    """Say how many armed conflicts there were; `frame` is conflicts_by_year, `by_type` is conflicts_by_type."""
    counts = frame.set_index("year")["conflicts"].astype(int)
    value, earlier = int(counts[year]), counts[counts.index < year]
    head = f"{number_of(value, 'armed conflict', 'armed conflicts')} had a state as a party in {year}"
    as_many = earlier[earlier >= value]
    since = int(counts.index.min())
    if as_many.empty:
        head += f", the most in any year since {since}"
    elif int(as_many.index.max()) < year - 1:
        head += f", the most since {int(as_many.index.max())}"
    else:
        head += f", against {exact(counts[year - 1])} in {year - 1}"
    of_year = by_type[by_type["year"] == year].set_index("type")["conflicts"].astype(int)
    foreign, between_states = int(of_year["internationalised intrastate"]), int(of_year["interstate"])
    head += (
        f"; in {exact(foreign) if foreign else 'none'} of them foreign troops took part in a conflict within a state"
    )
    shows = (
        f"the bar of {year} adds up to {value}: {int(of_year['intrastate'])} within a state, {foreign} within a state "
        f"with foreign troops, {between_states} between states and {int(of_year['extrasystemic'])} extrasystemic"
    )
    return Finding(head, shows, exact(value))


def wars(frame: pd.DataFrame, year: int, before: int) -> Finding:
    """Say how many of the conflicts were wars, against an earlier year; `frame` is conflicts_by_year."""
    counts = frame.set_index("year")["wars"].astype(int)
    now, then, conflicts_now = int(counts[year]), int(counts[before]), int(frame.set_index("year")["conflicts"][year])
    recent = counts[(counts.index > year - 10) & (counts.index <= year)]
    peak = int(recent.index[recent == recent.max()].max())
    head = (
        f"{number_of(now, 'armed conflict was a war', 'armed conflicts were wars')} in {year}, with 1,000 or more "
        f"battle-related deaths, against {exact(then) if then else 'none'} in {before}"
    )
    if peak != year and int(recent.max()) > max(now, then):
        head += f"; there were {exact(recent.max())} in {peak}"
    shows = f"the line of wars is at {now} in {year} and that of all conflicts at {conflicts_now}"
    return Finding(head, shows, exact(now))


def civilian_share(frame: pd.DataFrame, year: int, before: int) -> Finding:
    """Compare the share and the number of civilians killed with those of an earlier year; `frame` is totals.

    Both are of those known to be civilians. What the share would be with all of unknown status is told beside it: the
    two can move apart, and then no one direction is sure.
    """
    rows = frame.set_index("year")
    now, then = row_of(rows, year), row_of(rows, before)
    shares = float(then["civilian_share"]), float(now["civilian_share"])
    most = float(then["civilian_share_most"]), float(now["civilian_share_most"])
    counts = float(then["civilians"]), float(now["civilians"])
    link = "and" if way(*shares) == way(*counts) else "while"
    head = (
        f"Between {before} and {year} the number of dead known to be civilians {change_in_words(*counts)}, from "
        f"{_told(*counts)} to {_told(*counts[::-1])}, {link} their share of all deaths {change(*shares)}, "
        f"{_from_to(shares)}"
    )
    if way(*most) == way(*shares):
        head += f" ({_from_to(most)} with all of unknown status)"
    else:
        head += f"; with all of unknown status it {change(*most)}, {_from_to(most)}"
    shows = f"the line ends at {percent(shares[1])}, or {percent(most[1])} with all of unknown status"
    return Finding(head, shows, people(counts[1]))


def _from_to(shares: tuple[float, float]) -> str:
    return f"from {percent(shares[0])} to {percent(shares[1])}"


def _told(value: float, other: float) -> str:
    """Write a count in full where rounding would make two different ones look alike."""
    return exact(value) if people(value) == people(other) else people(value)


def perpetrators(frame: pd.DataFrame, year: int, before: int) -> Finding:
    """Say who killed more civilians on purpose; `frame` is by_perpetrator."""
    wide = frame.pivot_table(index="year", columns="who", values="deaths_best", aggfunc="sum").astype(float)
    government, groups = wide["government"], wide["groups"]
    total = float(government[year] + groups[year])
    more, less = ("Armed groups", "governments") if groups[year] > government[year] else ("Governments", "armed groups")
    high, low = max(groups[year], government[year]), min(groups[year], government[year])
    # Shares: counts rounded one by one do not add up to the rounded total.
    head = (
        f"{more} killed {_part(high, total)} of the {civilians(total)} killed on purpose in {year}, {less} "
        f"{_part(low, total)}; in {before} the total was {people(government[before] + groups[before])}"
    )
    led = [int(y) for y in wide.index if year - 10 < int(y) <= year and government[y] > groups[y]]
    if led and more == "Armed groups":
        head += f". Governments killed more in {plural(len(led), 'year')} of the ten to {year}"
    shows = f"armed groups are at {exact(groups[year])} and governments at {exact(government[year])} in {year}"
    return Finding(head, shows, people(total))


def _part(count: float, total: float) -> str:
    return percent(count / total) if count else "none"


def deadliest_conflicts(frame: pd.DataFrame, year: int) -> Finding:
    """Say which conflict killed most in battle and how much of all; `frame` is deadliest_conflicts."""
    first = frame.iloc[0]
    head = (
        f"The conflict that killed most in battle in {year} was {_conflict(first['label'])}, with "
        f"{people(first['deaths_best'])} deaths{between(first['deaths_low'], first['deaths_high'])}, "
        f"{percent(float(first['share']))} of all battle-related deaths"
    )
    three = float(frame["share"].head(3).sum())
    if len(frame) > 3:
        head += f"; the three deadliest account for {percent(three)}"
    return Finding(head, f"the first row is {first['label']} with {exact(first['deaths_best'])}", percent(three))


def _conflict(label: str) -> str:
    if ": " not in label:
        return f"that between {label.replace(' – ', ' and ')}"
    where, about = label.split(": ", 1)
    return f"that over {'the government' if about.startswith('government') else about} in {where}"
