"""Headlines on Kenya and Guinea, and on the framework's risk factors."""

from __future__ import annotations

import pandas as pd

from r2p_analysis.exhibits.headlines.finding import Finding, name, number, row_of
from r2p_analysis.exhibits.words import exact, numeral, people, plural
from r2p_analysis.measures.prevention.cases import Case

_ELECTION_KINDS = ("one_sided", "non_state")


def case_deaths(frame: pd.DataFrame, case: Case) -> Finding:
    """Compare the crisis with the year of the next election; `frame` is deaths of the country."""
    where = name(case.iso3)
    rows = frame[frame["kind"].isin(_ELECTION_KINDS)]
    counts = rows.groupby("year")["deaths_best"].sum()
    inside = rows[rows["year"].isin(list(case.crisis))]
    crisis, low, high = (int(inside[f"deaths_{bound}"].sum()) for bound in ("best", "low", "high"))
    when = " and ".join(str(year) for year in case.crisis)
    head = f"One-sided and non-state violence killed {_dead(crisis)}{_range(low, high)} in {where} in {when}"
    shows = f"the bars of {when} add up to {exact(crisis)} by those two types"
    if case.next_election in counts.index:
        later = int(counts[case.next_election])
        head += f" and {_dead(later)} in {case.next_election}, the year of the next election"
        shows += f" and that of {case.next_election} to {exact(later)}"
    return Finding(head, shows, exact(crisis))


def displaced(frame: pd.DataFrame, iso3: str) -> Finding:
    """Say how many were displaced and how many returned in 2008; `frame` is displaced_inside."""
    rows = frame.set_index("year")
    known = rows.dropna(subset=["unhcr_idps"])
    first = int(known.index.min())
    row = row_of(rows, first)
    still, back = number(row["unhcr_idps"]), number(row["returned_idps"])
    head = f"{people(still)} people were still displaced inside {name(iso3)} at the end of {first}"
    if back:
        head += f", after {people(back)} had gone back during it, by UNHCR's count"
    idmc = rows["conflict_idps"].dropna()
    if len(idmc):
        last = int(idmc.index.max())
        head += f"; IDMC counts {people(float(idmc[last]))} at the end of {last}"
    return Finding(head, f"UNHCR's line begins at {exact(still)} in {first}", people(still))


def printed(frame: pd.DataFrame) -> Finding:
    """Compare what was stated with what is counted; `frame` is printed_beside_counted."""
    parts = []
    for row in frame[~frame["id"].str.contains("displaced")].to_dict("records"):
        counted = number(row["counted"])
        if counted is not None:
            bounds = _range(int(row["counted_low"]), int(row["counted_high"]))
            stated = exact(row["stated_value"])
            parts.append(f"{exact(counted)}{bounds} killed in {name(row['iso3'])} beside {stated} stated")
    if not parts:
        return Finding("No open count stands beside what was stated", "no count is given")
    return Finding(f"UCDP counts {'; '.join(parts)}", f"UCDP counts {'; '.join(parts)}")


def risk_factors(frame: pd.DataFrame) -> Finding:
    """Say how many factors open data can follow; `frame` is risk_factors."""
    total, followed = len(frame), int(frame["followed"].sum())
    mostly, partly = (int((frame["countable"] == how).sum()) for how in ("mostly", "in part"))
    head = (
        f"Of {exact(total)} risk factors, open data can follow {numeral(mostly)} mostly and {numeral(partly)} in part, "
        f"as we judge; this report follows something of {numeral(followed) if followed else 'none'}"
    )
    shows = f"{plural(followed, 'row')} of {exact(total)} {'says' if followed == 1 else 'say'} what this report follows"
    return Finding(head, shows, f"{followed} of {total}")


def _range(low: int, high: int) -> str:
    return f" ({exact(low)} to {exact(high)})" if low < high else ""


def _dead(count: int) -> str:
    return "nobody" if count == 0 else f"{exact(count)} {'person' if count == 1 else 'people'}"
