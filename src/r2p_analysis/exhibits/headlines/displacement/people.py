"""Headlines of asylum, solutions, and who displaced people are."""

from __future__ import annotations

import pandas as pd

from r2p_analysis.exhibits.headlines.finding import Finding, name, number
from r2p_analysis.exhibits.words import about_share, change, exact, people, percent


def asylum(frame: pd.DataFrame, year: int) -> Finding:
    """Say how many applied and how decisions went, persons only; `frame` is asylum_by_year."""
    persons = frame[frame["counted_as"] == "P"].set_index("year").sort_index()
    row = persons.loc[year]
    applied = number(row["applications"])
    head = f"{people(applied)} asylum applications by persons were recorded in {year}"
    rate = number(row["recognition_rate"])
    if rate is not None:
        head += f"; {about_share(rate)} of those decided on the merits led to refugee status"
    before = number(persons["applications"].get(year - 1))
    if before:
        head = head.replace(" were recorded", f", {_against(before, applied)} {year - 1}, were recorded", 1)
    shows = f"applications reach {exact(applied)} in {year} and decisions {exact(number(row['decided']))}"
    return Finding(head, shows, people(applied))


def recognition(rates: pd.DataFrame, year: int) -> Finding:
    """Contrast the origins with the highest and the lowest recognition rate; `rates` is ordered by decisions."""
    known = rates.dropna(subset=["recognition_rate"]).sort_values("recognition_rate", ascending=False)
    high, low = known.iloc[0], known.iloc[-1]
    head = (
        f"In {year}, {percent(float(high['recognition_rate']))} of decided claims from {name(high['origin_iso3'])} "
        f"led to refugee status"
    )
    if len(known) > 1:
        head += f", but {percent(float(low['recognition_rate']))} of those from {name(low['origin_iso3'])}"
    return Finding(
        head, f"rates run from {percent(float(low['recognition_rate']))} to {percent(float(high['recognition_rate']))}"
    )


def solutions(frame: pd.DataFrame, year: int) -> Finding:
    """Set solutions beside new displacement across borders."""
    row = frame.set_index("year").loc[year]
    new, solved = number(row["newly_displaced_abroad"]), number(row["solutions_abroad"])
    if not new or solved is None:
        return Finding(f"Solutions and new displacement of {year} cannot be compared", f"a figure of {year} is missing")
    head = (
        f"In {year}, {people(new)} people newly fled across a border or sought asylum; "
        f"{people(solved)} refugees returned, were resettled or naturalised"
    )
    if solved < new:
        ratio = new / solved if solved else 0
        many = f"{ratio:,.0f}" if ratio >= 10 else f"{ratio:.1f}"
        head += f", one for every {many} newly displaced" if ratio >= 1.5 else ", fewer than fled"
    else:
        head += ", more than fled"
    shows = f"new displacement is at {exact(new)} in {year} and the solutions add up to {exact(solved)}"
    return Finding(head, shows, people(new))


def age(frame: pd.DataFrame, year: int, column: str = "child_share") -> Finding:
    """Contrast the shares of children among the people of several origins."""
    known = frame.dropna(subset=[column]).sort_values(column, ascending=False)
    if known.empty:
        return Finding(f"The age of the focus countries' refugees was not known for {year}", "no share is known")
    high, low = known.iloc[0], known.iloc[-1]
    head = (
        f"{percent(float(high[column]))} of refugees and asylum-seekers from {name(high['origin_iso3'])} were children"
    )
    if len(known) > 1:
        head += f" at the end of {year}, against {percent(float(low[column]))} of those from {name(low['origin_iso3'])}"
    return Finding(head, f"shares run from {percent(float(low[column]))} to {percent(float(high[column]))}")


def _against(before: float, after: float | None) -> str:
    word = change(before, after)
    return {
        "rose": "more than in",
        "more than doubled": "more than twice as many as in",
        "fell": "fewer than in",
        "more than halved": "less than half as many as in",
    }.get(word, "about as many as in")
