"""Headlines of vetoes."""

from __future__ import annotations

import pandas as pd

from r2p_analysis.exhibits.headlines.council.days import day_text
from r2p_analysis.exhibits.headlines.finding import Finding, name
from r2p_analysis.exhibits.words import listed, numeral, plural
from r2p_analysis.measures.council.vetoes import PERMANENT

_SEAT = {
    "Soviet Union or Russia": "Russia",
    "United States": "the United States",
    "United Kingdom": "the United Kingdom",
    "China": "China",
    "France": "France",
}


def by_year(frame: pd.DataFrame, year: int, until: str) -> Finding:
    """Say how many drafts were vetoed in the year and in ten years; `frame` is by_year, `until` the list's last day."""
    sums = frame.groupby("year")["drafts"].sum()
    now = int(sums.get(year, 0))
    decade, before = (int(sums.reindex(range(last - 9, last + 1)).sum()) for last in (year, year - 10))
    if decade == before:
        compared = "as many as in the ten years before"
    else:
        compared = f"{'more' if decade > before else 'fewer'} than the {numeral(before)} of the ten years before"
    were = "was" if now == 1 else "were"
    head = f"{plural(now, 'draft')} {were} vetoed in {year}, which makes {numeral(decade)} in ten years, {compared}"
    if until < f"{year}-12-31" and until[:4] == str(year):
        head = f"By {day_text(until)}, when the list ends, {head}"
    most = int(sums.max())
    tallest = [str(y) for y in sums.index[sums == most]]
    bars = f"the tallest bar{'s are' if len(tallest) > 1 else ' is'} {listed(tallest)} with {plural(most, 'draft')}"
    return Finding(head, f"{bars} and {year} has {numeral(now)}", f"{decade} in ten years")


def by_seat(frame: pd.DataFrame, year: int) -> Finding:
    """Say which seats cast most vetoes, of all time and of the last ten years; `frame` is by_seat."""
    totals = frame.groupby("seat")["vetoes"].sum()
    moscow, washington = int(totals["Soviet Union or Russia"]), int(totals["United States"])
    last = frame.groupby("seat")["vetoes"].last()
    most = int(last.max())
    leaders = listed([_SEAT[seat] for seat in last.index[last == most]])
    each = " each" if (last == most).sum() > 1 else ""
    head = (
        f"The Soviet Union and Russia cast {moscow} vetoes from 1946 to {year} and the United States {washington}; "
        f"in the last ten of these years, {leaders} cast the most, {numeral(most)}{each}"
    )
    top = frame.iloc[int(frame["vetoes"].to_numpy().argmax())]
    return Finding(head, f"the highest cell is {top['seat']}, {top['period']}, with {top['vetoes']} vetoes")


def by_crisis(frame: pd.DataFrame, year: int) -> Finding:
    """Say over which crisis most drafts were vetoed of late; `frame` is by_crisis with the last ten years apart."""
    total, most = int(frame["recent"].sum()), int(frame["recent"].max())
    first = frame.iloc[0]
    shows = f"the longest bar is {first['crisis']} with {plural(int(first['drafts']), 'draft')} since 1946"
    if not total:
        return Finding(f"No draft was vetoed in the ten years to {year}", shows)
    leaders = [str(crisis) for crisis in frame.loc[frame["recent"] == most, "crisis"]]
    of = f"Of {plural(total, 'draft')} vetoed in the ten years to {year}"
    if len(leaders) > 3:
        return Finding(f"{of}, no crisis stands out: none had more than {numeral(most)}", shows)
    each = " each" if len(leaders) > 1 else ""
    return Finding(f"{of}, {numeral(most)}{each} concerned {listed(leaders)}, the most", shows, f"{most} of {total}")


def timeline(frame: pd.DataFrame, year: int) -> Finding:
    """Say which permanent members vetoed the drafts of ten years; `frame` is drafts."""
    total = len(frame)
    cast = {
        code: int(frame["vetoed_by"].str.split("+").map(lambda codes, c=code: c in codes).sum()) for code in PERMANENT
    }
    used = sorted((code for code in PERMANENT if cast[code]), key=lambda code: (-cast[code], code))
    spared = [name(code) for code in PERMANENT if not cast[code]]
    parts = [f"{name(code)} {numeral(cast[code])}" for code in used]
    parts[0] = f"{name(used[0])} vetoed {numeral(cast[used[0]])}"
    head = f"Of {plural(total, 'draft')} vetoed in the ten years to {year}, {listed(parts)}"
    if spared:
        head += f"; {listed(spared)} vetoed none"
    last = frame.iloc[-1]
    return Finding(head, f"the last mark is {last['crisis']} on {day_text(str(last['date']))}")


def on_crisis(frame: pd.DataFrame, crisis: str, day: str) -> Finding:
    """Say how many drafts on a crisis were vetoed by a day and since; `frame` is on_crisis, of all time."""
    then, later = frame[frame["date"] <= day], frame[frame["date"] > day]
    begin, end = (day_text(str(frame["date"].iloc[n])) for n in (0, -1))
    ends = f"the first mark is at {begin}, the last at {end}"
    if then.empty:
        have = "has" if len(later) == 1 else "have"
        first = day_text(str(later["date"].iloc[0]))
        head = f"No draft on {crisis} had been vetoed by {day_text(day)}; "
        head += f"{plural(len(later), 'draft')} {have} been since, "
        head += f"the first on {first}" if len(later) > 1 else f"on {first}"
        return Finding(head, ends)
    head = f"{plural(len(then), 'draft')} on {crisis} had been vetoed by {day_text(day)}, {_whom(then)}"
    if len(later):
        have = "has" if len(later) == 1 else "have"
        last = day_text(str(later["date"].iloc[-1]))
        tail = f"the last on {last}" if len(later) > 1 else f"on {last}"
        head += f"; {numeral(len(later))} more {have} been since, {tail}"
    return Finding(head, ends, f"{len(then)} draft{'' if len(then) == 1 else 's'}")


def _whom(frame: pd.DataFrame) -> str:
    """Say who vetoed: all alike, or how often each member did."""
    sets = list(frame["vetoed_by"])
    members = sorted({code for codes in sets for code in codes.split("+")}, key=PERMANENT.index)
    everyone = listed([name(code) for code in members])
    if len(set(sets)) == 1:
        return f"{'each ' if len(sets) > 1 else ''}by {everyone}"
    count = {code: sum(code in codes.split("+") for codes in sets) for code in members}
    ordered = sorted(members, key=lambda code: (-count[code], code))
    parts = [f"{'all' if count[c] == len(sets) else numeral(count[c])} by {name(c)}" for c in ordered]
    return listed(parts)


def veto_map(frame: pd.DataFrame, year: int) -> Finding:
    """Say which countries most vetoed drafts concerned; `frame` is by_place."""
    first = frame.iloc[0]
    rest = listed([f"{name(row.iso3)} ({row.drafts})" for row in frame.iloc[1:3].itertuples()])
    head = (
        f"From 1946 to {year}, {first['drafts']} vetoed drafts concerned {name(first['iso3'])}, "
        f"more than any other country; {rest} came next"
    )
    return Finding(head, f"the largest circle is {name(first['iso3'])}")


def later_list(frame: pd.DataFrame) -> str:
    """Say of which list the drafts after the library's are, and how many are amendments; `frame` holds all drafts.

    Follows on "later rows come from".
    """
    later = frame[frame["basis"] != "library list"]
    if (later["basis"] == "hub list").any():
        origin = "the UN Peace and Security Data Hub"
    else:
        origin = "a public list without author and are unconfirmed"
    amendments = int(later["amendment"].sum())
    votes = "is a veto of an amendment" if amendments == 1 else "are vetoes of amendments"
    return f"{origin}; {numeral(amendments) if amendments else 'none'} of them {votes}"
