"""Headlines of what became of one country's people: how their claims were decided, who returned, who they are."""

from __future__ import annotations

import pandas as pd

from r2p_analysis.exhibits.headlines.finding import Finding, name, number, row_of
from r2p_analysis.exhibits.words import exact, listed, people, percent


def decisions(frame: pd.DataFrame, iso3: str) -> Finding:
    """Say how claims of the country's people were decided in the last year of `frame`, asylum_by_year of the origin."""
    persons = frame[frame["counted_as"] == "P"].set_index("year").sort_index()
    decided = persons[persons["decided"].fillna(0) > 0]
    where = name(iso3)
    if decided.empty:
        return Finding(f"No decision on claims of people from {where} is recorded", "there is no point")
    last = int(decided.index.max())
    row = row_of(decided, last)
    head = (
        f"{percent(float(row['recognition_rate']))} of {exact(float(row['decided']))} decided claims of people "
        f"from {where} led to refugee status in {last}"
    )
    other = float(row["protection_rate"]) - float(row["recognition_rate"])
    if other >= 0.01:
        head += f", and {percent(other)} to another form of protection"
    return Finding(head, f"the line of recognition is at {percent(float(row['recognition_rate']))} in {last}")


def returns(frame: pd.DataFrame, iso3: str, first: int, year: int) -> Finding:
    """Say how many returned; `frame` is solutions_by_year of the origin."""
    refugees, idps = float(frame["returned_refugees"].sum()), float(frame["returned_idps"].sum())
    where = name(iso3)
    if not refugees and not idps:
        return Finding(f"No return to {where} was recorded from {first} to {year}", "there is no bar")
    parts = []
    if refugees:
        parts.append(f"{people(refugees)} refugee {'return' if refugees == 1 else 'returns'}")
    if idps:
        parts.append(f"{people(idps)} {'return' if idps == 1 else 'returns'} of internally displaced people")
    verb = "was" if refugees + idps == 1 else "were"
    return Finding(
        f"{listed(parts)} to {where} {verb} recorded from {first} to {year}",
        f"the bars add up to {exact(refugees + idps)}",
    )


def age_and_sex(frame: pd.DataFrame, iso3: str, year: int) -> Finding:
    """Give the shares of children and of women and girls; `frame` is age_and_sex of the origin."""
    row = frame.set_index("year").reindex([year]).iloc[0]
    child, female = number(row["child_share"]), number(row["female_share"])
    who = f"refugees and asylum-seekers from {name(iso3)}"
    if child is None and female is None:
        return Finding(f"Age and sex of {who} were not known for {year}", "no share is known")
    parts = []
    if child is not None:
        parts.append(f"{percent(child)} were children")
    if female is not None:
        parts.append(f"{percent(female)} were women or girls")
    return Finding(f"Of {who} at the end of {year}, {listed(parts)}, where this is known", listed(parts))
