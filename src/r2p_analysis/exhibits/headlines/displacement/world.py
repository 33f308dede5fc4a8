"""Headlines of the world's total, and of what was printed."""

from __future__ import annotations

import pandas as pd

from r2p_analysis.exhibits.headlines.finding import Finding, number, row_of
from r2p_analysis.exhibits.words import exact, listed, numeral, people, percent, plural
from r2p_analysis.measures.displacement import GAZA_TWICE_SINCE, Record

_SHORT = {
    "refugees": "refugees",
    "palestine_refugees": "Palestine refugees",
    "asylum_seekers": "asylum-seekers",
    "other_people_in_need": "other people in need of protection",
    "conflict_idps": "people displaced inside their country",
}


def world_total(record: Record, parts: pd.DataFrame) -> Finding:
    """Say how many, and whether that is a record; `parts` is the world by component."""
    # Some of UNRWA's refugees are counted twice from then on: the sum is a ceiling.
    most = "Up to " if record.year >= GAZA_TWICE_SINCE else ""
    count = f"{most}{people(record.people)} people were forcibly displaced at the end of {record.year}"
    if record.highest_before is None:
        rest = ", the first year in which every group was counted"
    elif record.is_record:
        rest = f", the most of any year since {record.since}, the first in which every group was counted"
    else:
        below = record.highest_before - record.people
        rest = f", {people(below)} fewer than the {people(record.highest_before)} of {record.highest_before_year}"
    now = parts[(parts["year"] == record.year) & parts["people"].notna()].sort_values("people", ascending=False)
    pairs = zip(now["people"].head(3), now["component"].head(3), strict=True)
    largest = [f"{people(count)} {_SHORT[component]}" for count, component in pairs]
    shows = f"the bar of {record.year} adds up to {exact(record.people)}, with {listed(largest)}"
    return Finding(count + rest, shows, people(record.people))


def one_in(frame: pd.DataFrame) -> Finding:
    """Say how many inhabitants there are to one displaced person, and how that moved."""
    ordered = frame.sort_values("year")
    first, last = ordered.iloc[0], ordered.iloc[-1]
    ratio = round(last["one_in"])
    head = f"One person in {ratio:,} worldwide was displaced at the end of {int(last['year'])}"
    if len(ordered) > 1:
        then = round(first["one_in"])
        lowest = ordered["one_in"].min()
        head += f", against one in {then:,} at the end of {int(first['year'])}"
        if last["one_in"] == lowest:
            head += ": the highest share of the period"
    return Finding(head, f"the line ends at one in {ratio:,}", f"1 in {ratio:,}")


def then_and_now(frame: pd.DataFrame, year: int) -> Finding:
    """Compare the printed components with the current ones; `frame` is world_then_and_now."""
    rows = frame.set_index("component")
    total = row_of(rows, "forcibly_displaced")
    printed, current = float(total["printed"]), number(total["current"])
    if current is None:
        text = f"{people(printed)} displaced people were printed for the end of {year}; the current data have no total"
        return Finding(text, "no current figure stands beside the printed one")
    moved = current - printed
    figure = f"{'−' if moved < 0 else '+'}{percent(abs(moved) / printed, 1)}"
    if abs(moved) < 50_000:
        head = f"The printed total for the end of {year}, {people(printed)}, still stands"
    else:
        way = "fewer" if moved < 0 else "more"
        head = (
            f"Printed as {people(printed)}, the total for the end of {year} is now {people(current)}: "
            f"{people(abs(moved))} {way} ({percent(abs(moved) / printed, 1)})"
        )
    parts = rows.drop(index="forcibly_displaced")
    gaps = (parts["current"] - parts["printed"]).abs().dropna()
    if len(gaps) and gaps.max() >= 50_000:
        head += f", mostly from {_SHORT.get(str(gaps.idxmax()), str(gaps.idxmax()))}"
    shows = f"the bar of the total stands at {exact(moved)} people: {exact(printed)} printed, {exact(current)} now"
    return Finding(head, shows.replace("-", "−"), figure)


def revisions(frame: pd.DataFrame) -> Finding:
    """Name the printed world total that moved most; `frame` has year, people (printed), current."""
    known = frame.dropna(subset=["current"]).sort_values("year")
    gap = (known["current"] - known["people"]).astype(float)
    worst = row_of(known, gap.abs().idxmax())
    down = int((gap < 0).sum())
    head = (
        f"Later revisions lowered {numeral(down)} of {plural(len(known), 'printed world total')}; that of "
        f"{int(worst['year'])} moved most, from {people(float(worst['people']))} to {people(float(worst['current']))}"
    )
    return Finding(head, f"the widest gap is in {int(worst['year'])}, {exact(abs(gap.abs().max()))} people")


def trend_reversals(frame: pd.DataFrame) -> list[str]:
    """Say for which years the printed change and the current one point in opposite ways."""
    known = frame.dropna(subset=["current"]).set_index("year").sort_index()
    sentences = []
    for year in (int(label) for label in known.index):
        if year - 1 not in known.index:
            continue
        steps = known["people"].diff(), known["current"].diff()
        was, now = (float(step[year]) for step in steps)
        if was > 0 > now:
            sentences.append(f"The printed figures rose from {year - 1} to {year}; the current ones fall.")
        elif was < 0 < now:
            sentences.append(f"The printed figures fell from {year - 1} to {year}; the current ones rise.")
    return sentences
