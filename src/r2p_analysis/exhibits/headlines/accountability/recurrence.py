"""Headlines on violence that came back, and on quiet that held."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from r2p_analysis.exhibits.headlines.finding import Finding, name, row_of
from r2p_analysis.exhibits.words import change_in_words, exact, listed, numeral, people, percent, plural
from r2p_analysis.measures.accountability.levels import MANY, QUIET
from r2p_analysis.measures.violence import unit_in_text


def strips(frame: pd.DataFrame, group: Sequence[str], first: int, last: int) -> Finding:
    """Count quiet and worst years of a group in a period; `frame` is levels."""
    rows = frame[frame["year"].between(first, last)]
    quiet, many = int((rows["level"] == QUIET).sum()), int((rows["level"] == MANY).sum())
    absent = [territory(code) for code in group if code not in set(rows["iso3"])]
    names = listed([territory(code) for code in group if code in set(rows["iso3"])])
    head = (
        f"Of the {len(rows)} years recorded for {names} from {first} to {last}, {_none(quiet)} {_was(quiet)} quiet, "
        f"with fewer than 25 deaths, and {_none(many)} saw 1,000 deaths or more"
    )
    if absent:
        head += f"; {listed(absent)} {'has' if len(absent) == 1 else 'have'} no figure"
    shows = f"{plural(many, 'year')} {_is(many)} at the highest level and {_none(quiet)} at the lowest"
    return Finding(head, shows)


def course(frame: pd.DataFrame, group: Sequence[str]) -> Finding:
    """Say from what low to what peak deaths went in each country, and where they ended; `frame` is levels."""
    rose, others = [], []
    for code in group:
        own = frame[frame["iso3"] == code].set_index("year")["deaths_best"].astype(int)
        if own.empty:
            continue
        peak_year = int(str(own.idxmax()))
        before = own[own.index < peak_year]
        if before.empty:
            others.append(f"in {territory(code)} {_they_were_highest(own, peak_year)}")
            continue
        low_year = int(str(before.idxmin()))
        last = int(own.index.max())
        now = "" if last == peak_year else f" ({exact(own[last])} in {last})"
        low = f"{exact(before[low_year])} in {low_year}"
        rose.append(f"in {territory(code)} from {low} to {exact(own[peak_year])} in {peak_year}{now}")
    clauses = [f"Deaths in organised violence rose {listed(rose)}"] if rose else []
    clauses += others
    head = "; ".join(clauses) or "No deaths in organised violence are recorded"
    worst = frame.sort_values("deaths_best", ascending=False, kind="stable").head(1)
    shows = "there is no line"
    if len(worst):
        row = worst.iloc[0]
        shows = f"the highest point is {territory(row['iso3'])} in {row['year']} with {exact(row['deaths_best'])}"
    return Finding(head, shows)


def displaced(frame: pd.DataFrame, group: Sequence[str]) -> Finding:
    """Compare the first and the last known number of displaced people; `frame` is before_and_after."""
    told, points = [], []
    for code in group:
        own = frame[(frame["iso3"] == code) & frame["displaced"].notna()].sort_values("year")
        if len(own) < 2:
            continue
        first, last = own.iloc[0], own.iloc[-1]
        verb = change_in_words(float(first["displaced"]), float(last["displaced"]))
        low_between = ""
        low = row_of(own, own["displaced"].astype(float).idxmin())
        if first["year"] < low["year"] < last["year"]:
            low_between = f", after a low of {people(low['displaced'])} in {low['year']}"
        told.append(
            f"from {name(code)} {verb} ({people(first['displaced'])} in {first['year']}, {people(last['displaced'])} "
            f"in {last['year']}{low_between})"
        )
        points.append(f"{name(code)} ends at {exact(last['displaced'])}")
    if not told:
        return Finding("The number of displaced people cannot be followed over these years", "there is no line")
    return Finding(f"The number of people displaced {listed(told)}", listed(points))


def quiet(frame: pd.DataFrame, last: int) -> Finding:
    """Say since when each country was quiet; `frame` is quiet_years."""
    told = []
    for row in frame.to_dict("records"):
        where = territory(row["iso3"])
        if pd.isna(row["quiet_years"]):
            told.append(f"{where} has no figure")
        elif pd.isna(row["last_violent_year"]):
            told.append(f"{where} had no violent year since {row['since']}, when its figures begin")
        elif row["quiet_years"] == 0:
            told.append(f"{where} was not quiet ({exact(row['deaths_in_it'])} deaths in {last})")
        else:
            told.append(f"{where} had been quiet for {plural(int(row['quiet_years']), 'year')}")
    known = frame.dropna(subset=["quiet_years"])
    longest = known.sort_values("quiet_years", ascending=False, kind="stable").head(1)
    shows = "there is no bar"
    if len(longest):
        most = plural(int(longest["quiet_years"].iloc[0]), "year")
        shows = f"the longest quiet is that of {territory(longest['iso3'].iloc[0])} with {most}"
    return Finding(f"By the end of {last}, {listed(told)}", shows)


def ranking(frame: pd.DataFrame, last: int, long: int) -> Finding:
    """Say how many of the countries shown had been quiet for long; `frame` is quiet_years."""
    known = frame.dropna(subset=["quiet_years"])
    held, broken = known[known["quiet_years"] >= long], known[known["quiet_years"] == 0]
    head = (
        f"By the end of {last}, {numeral(len(held))} of {plural(len(known), 'country', 'countries')} had been quiet "
        f"for {numeral(long)} years or longer"
    )
    head += f" ({listed([territory(code) for code in held['iso3']])})" if len(held) else ""
    head += f"; {numeral(len(broken))} had not been quiet in {last}"
    first = known.sort_values("quiet_years", ascending=False, kind="stable").head(1)
    shows = "there is no bar"
    if len(first):
        shows = f"the longest bar is {territory(first['iso3'].iloc[0])} with {int(first['quiet_years'].iloc[0])}"
    return Finding(head, shows)


def by_year(frame: pd.DataFrame) -> Finding:
    """Say in how many countries violence came back in the last year; `frame` is countries_by_year."""
    wide = frame.pivot_table(index="year", columns="kind", values="countries")
    last = int(wide.index.max())
    row = row_of(wide, last)
    total, back = int(row.sum()), int(row["came back"])
    most = int(wide["came back"].max())
    head = (
        f"In {last}, {plural(total, 'country', 'countries')} saw 25 deaths in organised violence or more; in "
        f"{numeral(back)} of them violence had come back after a quiet year or longer"
    )
    if back == most and back:
        earlier = wide.index[(wide["came back"] >= back) & (wide.index < last)]
        head += f", as many as in {int(earlier.max())}" if len(earlier) else f", the most since {int(wide.index.min())}"
    return Finding(head, f"the bar of {last} is made of {total} countries, {back} of them returns", f"{back}")


def holding(frame: pd.DataFrame, last: int, after: int = 5) -> Finding:
    """Say what share of quiet spells ended within some years; `frame` is quiet_survival."""
    every = frame[frame["after"] == "any violence"].set_index("years")
    spells, held = int(every["at_risk"].iloc[0]), every["holding_pct"].get(after)
    if held is None or pd.isna(held):
        return Finding(
            f"Too few spells of quiet are known by {last} to say how long quiet holds", "the lines are short"
        )
    ended = 1 - float(held) / 100
    least, most = (percent(1 - float(every[f"holding_{name}"][after]) / 100) for name in ("high", "low"))
    head = (
        f"Of {spells} spells of quiet that followed violence from 1989 to {last}, an estimated {percent(ended)} "
        f"({least} to {most}) had ended in new violence after {numeral(after)} years or fewer"
    )
    return Finding(
        head, f"the line of all spells is at {float(held):.0f}% after {numeral(after)} years", percent(ended)
    )


def largest_returns(frame: pd.DataFrame, first: int, last: int) -> Finding:
    """Name the worst return of violence of a period; `frame` is returns of that period, the worst first."""
    if frame.empty:
        return Finding(f"Violence came back to no country from {first} to {last}", "there is no bar")
    row = frame.iloc[0]
    quiet_for = plural(int(row["quiet_years"]), "quiet year")
    head = (
        f"Violence came back {_times(len(frame))} from {first} to {last}; the worst was in {territory(row['iso3'])}, "
        f"where {exact(row['peak'])} people died in {row['peak_year']}, after {quiet_for} up to {int(row['year']) - 1}"
    )
    return Finding(head, f"the longest bar is {territory(row['iso3'])} with {exact(row['peak'])} deaths")


def territory(iso3: str) -> str:
    """Give the name under which UCDP's deaths stand: those in Israel and in Palestine are counted together."""
    return unit_in_text(iso3)


def _they_were_highest(own: pd.Series, year: int) -> str:
    if int(own[year]) == 0:
        return "none were recorded"
    return f"they were highest in {year}, the first year shown, with {exact(int(own[year]))}"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{numeral(count)} times"


def _none(count: int) -> str:
    return numeral(count) if count else "none"


def _was(count: int) -> str:
    return "was" if count <= 1 else "were"


def _is(count: int) -> str:
    return "is" if count == 1 else "are"
