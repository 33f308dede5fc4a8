"""Headlines of peacekeepers and journalists."""

from __future__ import annotations

import pandas as pd

from r2p_analysis.exhibits.headlines.finding import Finding, name
from r2p_analysis.exhibits.headlines.protection.phrases import counted, ranked
from r2p_analysis.exhibits.words import exact, numeral, percent


def peacekeepers(frame: pd.DataFrame) -> Finding:
    """Say how many members of UN missions malicious acts killed in the last year of `frame`, and in which mission most.

    `frame` is attack_deaths_by_mission of all missions from the first year of complete figures on.
    """
    totals = frame.groupby("year")["deaths"].sum()
    year = int(totals.index.max())
    total = int(totals[year])
    people = counted(total, "member of a UN mission was", "members of UN missions were")
    head = f"{people} killed by malicious acts in {year}"
    head += ranked(totals.astype(float), year, "the first year of complete figures")
    if not total:
        return Finding(head, f"{year} has no bar", "0")
    now = frame[(frame["year"] == year) & (frame["deaths"] > 0)].sort_values("deaths", ascending=False)
    most = int(now["deaths"].iloc[0])
    if most == total:
        head += f"; {'all of them' if total > 1 else 'the one'} served in {now['mission'].iloc[0]}"
    elif int((now["deaths"] == most).sum()) == 1:
        head += f"; {numeral(most)} of them served in {now['mission'].iloc[0]}"
    return Finding(head, f"the bar of {year} adds up to {exact(total)}", exact(total))


def journalists(frame: pd.DataFrame) -> Finding:
    """Say how many journalists were killed for their work in the last year of `frame`, journalists_by_year."""
    wide = frame.pivot_table(index="year", columns="case", values="people", aggfunc="sum", observed=True)
    confirmed = wide["journalists_confirmed"].astype(float)
    year = int(max(confirmed.index))
    total = int(confirmed[year])
    head = (
        f"{counted(total, 'journalist was', 'journalists were')} killed in {year} with a confirmed link to their work"
    )
    head += ranked(confirmed, year)
    return Finding(head, f"the line of confirmed killings ends at {exact(total)} in {year}", exact(total))


def journalists_where(frame: pd.DataFrame, year: int) -> Finding:
    """Say where most journalists were killed in a year; `frame` is journalists_by_country."""
    total = int(frame["journalists_confirmed"].sum())
    first = frame.iloc[0]
    if not total:
        return Finding(f"No confirmed killing of a journalist was recorded in {year}", "no bar is confirmed")
    most = int(first["journalists_confirmed"])
    ties = int((frame["journalists_confirmed"] == most).sum())
    where = name(first["iso3"])
    if ties > 1:
        head = (
            f"No country had more than {exact(most)} of the {exact(total)} confirmed killings of journalists in {year}"
        )
        return Finding(head, f"{ties} bars share the first place with {exact(most)}")
    share = percent(most / total)
    head = (
        f"{share} of the confirmed killings of journalists in {year} were in {where} ({exact(most)} of {exact(total)})"
    )
    return Finding(head, f"the longest bar is {where} with {exact(most)}", share)
