"""Headlines on the ranking of countries by the risk of a new mass killing."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from r2p_analysis.exhibits.headlines.finding import Finding, name, number
from r2p_analysis.exhibits.words import listed, numeral, plural
from r2p_analysis.measures.prevention.ranks import HIGH_RANK


def focus_ranks(frame: pd.DataFrame, codes: Sequence[str], edition: int) -> Finding:
    """Say how an edition ranked the countries in focus; `frame` is ranks."""
    rows = frame[(frame["edition"] == edition) & frame["rank"].notna()].sort_values("rank")
    if rows.empty:
        text = f"The edition of {edition} ranks none of {listed([name(code) for code in codes])}"
        return Finding(text, f"no cell of {edition} has a rank")
    high = int((rows["rank"] <= HIGH_RANK).sum())
    of = int(rows["ranked"].iloc[0])
    first, last = rows.iloc[0], rows.iloc[-1]
    if len(rows) == 1:
        head = f"{name(first['iso3'])} ranked {ordinal(int(first['rank']))} of {of} countries by risk in {edition}"
        return Finding(head, f"the cell of {edition} holds rank {int(first['rank'])}", ordinal(int(first["rank"])))
    among = _all(high, len(rows))
    head = (
        f"Of the {plural(len(rows), 'country', 'countries')} in focus, {among} stood among the {HIGH_RANK} of highest "
        f"risk in the edition of {edition}: from {name(first['iso3'])}, {ordinal(int(first['rank']))} of {of}, to "
        f"{name(last['iso3'])}, {ordinal(int(last['rank']))}"
    )
    shows = f"in {edition} ranks go from {int(first['rank'])} to {int(last['rank'])}"
    return Finding(head, shows, f"{high} of {len(rows)}")


def onsets(frame: pd.DataFrame, first: int, last: int) -> Finding:
    """Say where onsets ranked beforehand; `frame` is onsets, of which at least one has a rank."""
    rows = frame[frame["rank"].notna()]
    high = int(rows["high"].sum())
    period = f"in {last}" if first == last else f"from {first} to {last}"
    head = (
        f"Of {plural(len(rows), 'mass killing')} that began {period}, {_all(high, len(rows))} began in "
        f"{'a country' if high == 1 else 'countries'} ranked among the {HIGH_RANK} of highest risk for that year"
    )
    kinds = rows[~rows["foreseen_kind"]]
    if len(kinds):
        were = "was" if len(kinds) == 1 else "were"
        groups = "an armed group" if len(kinds) == 1 else "armed groups"
        head += f"; {numeral(len(kinds))} {were} led by {groups}, though only killings led by a state were forecast"
    worst = rows.sort_values("rank", ascending=False).iloc[0]
    shows = f"the longest bar is {name(worst['iso3'])} in {int(worst['start_year'])}, which ranked {int(worst['rank'])}"
    return Finding(head, shows, f"{high} of {len(rows)}")


def onsets_after(frame: pd.DataFrame, edition: int, first: int, last: int) -> Finding:
    """Say where later onsets had ranked; `frame` is onsets_after."""
    rows = frame[frame["rank"].notna()]
    high = int(rows["high"].sum())
    period = f"in {last}" if first == last else f"from {first} to {last}"
    head = (
        f"Seen from now: of {plural(len(rows), 'mass killing')} that began {period}, {_all(high, len(rows))} began in "
        f"{'a country' if high == 1 else 'countries'} that the edition of {edition} had ranked among the "
        f"{HIGH_RANK} of highest risk"
    )
    best = rows.sort_values("rank").iloc[0]
    shows = f"the shortest bar is {name(best['iso3'])}, which ranked {int(best['rank'])}"
    return Finding(head, shows, f"{high} of {len(rows)}")


def top(frame: pd.DataFrame, edition: int) -> Finding:
    """Say which countries an edition ranked highest; `frame` is top."""
    names = [name(code) for code in frame.head(3)["iso3"]]
    uncoded = [name(code) for code in frame.loc[frame["ongoing"].isna(), "iso3"]]
    going = int((frame["ongoing"].fillna(0) > 0).sum())
    head = (
        f"{listed(names)} ranked highest in {edition}; in {_all(going, len(frame))} of the "
        f"{plural(len(frame), 'country', 'countries')} ranked highest a mass killing was already going on"
    )
    if uncoded:
        head += f", and for {listed(uncoded)} that is not coded"
    return Finding(head, f"the first row is {names[0]}")


def country_ranks(frame: pd.DataFrame, iso3: str) -> Finding:
    """Say how a country ranked last; `frame` is ranks of it, with a rank in at least one edition."""
    rows = frame[frame["rank"].notna()].sort_values("edition")
    last = rows.iloc[-1]
    edition, rank, of = int(last["edition"]), int(last["rank"]), int(last["ranked"])
    head = f"{name(iso3)} ranked {ordinal(rank)} of {of} countries by the risk of a new mass killing in {edition}"
    if len(rows) > 1:
        best = int(rows["rank"].min())
        if best < rank:
            when = [str(edition) for edition in rows.loc[rows["rank"] == best, "edition"]]
            head += f"; its highest rank was {ordinal(best)}, in {listed(when)}"
        elif int((rows["rank"] == rank).sum()) == 1:
            head += f", its highest rank since {int(rows['edition'].iloc[0])}"
    if number(last["ongoing"]):
        head += f"; a mass killing was going on there in {int(last['base_year'])}"
    return Finding(head, f"the last edition, of {edition}, has it at rank {rank} of {of}", f"{ordinal(rank)} of {of}")


def country_summary(frame: pd.DataFrame, iso3: str, year: int) -> str:
    """Give one sentence on a country's rank; `frame` is ranks of it up to `year`."""
    rows = frame[frame["rank"].notna()].sort_values("edition")
    if rows.empty:
        where = name(iso3)
        return Finding(f"No risk rank of {where} is published up to {year}", "nothing is shown").headline
    last = rows.iloc[-1]
    text = (
        f"{name(iso3)} ranked {ordinal(int(last['rank']))} of {int(last['ranked'])} countries by the Early Warning "
        f"Project's risk of a new mass killing in {int(last['edition'])}"
    )
    if number(last["ongoing"]):
        text += f"; in {int(last['base_year'])} one was going on there"
    return Finding(text, "a rank").headline


def ordinal(number: int) -> str:
    """Write a rank.

    Examples
    --------
    >>> [ordinal(n) for n in (1, 2, 3, 4, 11, 12, 21, 103, 111)]
    ['1st', '2nd', '3rd', '4th', '11th', '12th', '21st', '103rd', '111th']
    """
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _all(part: int, whole: int) -> str:
    if part == whole:
        return "it" if whole == 1 else "all"
    return "none" if part == 0 else numeral(part)
