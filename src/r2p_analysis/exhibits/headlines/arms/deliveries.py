"""Headlines of deliveries of major arms to the states of the coalition in Yemen."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from r2p_analysis.exhibits.headlines.finding import Finding, name
from r2p_analysis.exhibits.words import change, exact, listed, numeral, percent, plural
from r2p_analysis.measures.arms import COALITION_SINCE, QATAR_LEFT, PartyShare


def group_in_text(year: int) -> str:
    """Name the ten states: before 2015 there was no coalition, and from 2017 on one of them had left."""
    if year < COALITION_SINCE:
        return "the ten states that later formed the coalition in Yemen"
    if year < QATAR_LEFT:
        return "the ten states of the coalition in Yemen"
    return "the ten founding states of the coalition in Yemen"


def over_time(frame: pd.DataFrame, year: int) -> Finding:
    """Say how much was delivered in the last year, and whether that is a record; `frame` is by_status."""
    totals = frame.groupby("year")["tiv_millions"].sum()
    now, before = float(totals.loc[year]), totals[totals.index < year]
    head = f"SIPRI put major arms delivered in {year} to {group_in_text(year)} at a volume of {volume(now)}"
    if len(before):
        year_before = float(before.iloc[-1])
        verb = change(year_before, now)
        if verb == "stayed about the same":
            head += f", about the same as in {year - 1}"
        else:
            share = abs(now / year_before - 1)
            head += f", {percent(share)} {'more' if now > year_before else 'less'} than in {year - 1}"
    if len(before) >= 3 and now > before.max():
        head += f" and the most since {int(before.index.min())}, where the data begin"
    elif len(before) >= 3 and now < before.min():
        head += f" and the least since {int(before.index.min())}, where the data begin"
    return Finding(head, f"the bar of {year} adds up to {exact(now)} million TIV", volume(now))


def party_share(found: PartyShare, who: str) -> Finding:
    """Say what share came from parties to the treaty."""
    least = "" if found.complete else "at least "
    span = str(found.first) if found.first == found.last else f"{found.first}–{found.last}"
    head = (
        f"{plural(found.parties, 'state')} bound by the Arms Trade Treaty delivered {least}{percent(found.share, 1)} "
        f"of the volume of major arms that went to {who} in {span}"
    )
    return Finding(
        head,
        f"{exact(found.from_parties)} of {exact(found.total)} million TIV came from parties",
        percent(found.share, 1),
    )


def share_over_time(frame: pd.DataFrame, year: int) -> Finding:
    """Say how the share of parties moved; `frame` is share_by_year of the ten states."""
    first, last = frame.iloc[0], frame.iloc[-1]
    least = "" if last["complete"] else "at least "
    now = f"{least}{percent(last['share_pct'] / 100)}"
    head = (
        f"{plural(int(last['parties']), 'state')} bound by the Arms Trade Treaty delivered {now} of the volume of "
        f"major arms that went to {group_in_text(year)} in {int(last['year'])}"
    )
    if len(frame) > 1:
        head += f", against {percent(first['share_pct'] / 100)} in {int(first['year'])}"
    mark = "bar of the ten states is" if len(frame) == 1 else "line of the ten states ends"
    shows = f"the {mark} at {percent(last['share_pct'] / 100, 1)}"
    return Finding(head, shows, now)


def suppliers(frame: pd.DataFrame, year: int, since: int | None = None) -> Finding:
    """Name the largest suppliers and how they stood towards the treaty; `frame` is by_supplier."""
    first = frame.iloc[0]
    span = f"in {year}" if since is None else f"from {since} to {year}"
    standing = {
        "party": ", a party to the Arms Trade Treaty,",
        "signatory": ", which signed the Arms Trade Treaty but is not bound by it,",
    }
    head = (
        f"{name(first['supplier_iso3'])}{standing.get(first['status'], '')} delivered "
        f"{percent(first['share_pct'] / 100)} of the volume of major arms that {group_in_text(year)} received {span}"
    )
    parties = frame[(frame["status"] == "party") & (frame["supplier_iso3"] != first["supplier_iso3"])]
    if len(parties):
        named = [f"{name(row.supplier_iso3)} ({percent(row.share_pct / 100)})" for row in parties.head(3).itertuples()]
        other = "other " if first["status"] == "party" else ""
        treaty = "it" if first["status"] in standing else "the Arms Trade Treaty"
        are = f"supplier bound by {treaty} was" if len(named) == 1 else f"suppliers bound by {treaty} were"
        head += f"; the largest {other}{are} {listed(named)}"
    return Finding(
        head,
        f"the longest bar is {name(first['supplier_iso3'])} with {exact(first['tiv_millions'])} million TIV",
        percent(first["share_pct"] / 100),
    )


def recipients(frame: pd.DataFrame, year: int) -> Finding:
    """Say who received most; `frame` is by_recipient."""
    totals = frame.drop_duplicates("recipient_iso3")
    first, whole = totals.iloc[0], float(totals["total_millions"].sum())
    share = float(first["total_millions"]) / whole
    two = float(totals["total_millions"].head(2).sum()) / whole
    head = (
        f"{name(first['recipient_iso3'])} received {percent(share)} of the volume of major arms that went to "
        f"{group_in_text(year)} in {year}"
    )
    if len(totals) > 1:
        head += f"; with {name(totals.iloc[1]['recipient_iso3'])} it is {percent(two)}"
    if year > QATAR_LEFT and "QAT" in set(totals["recipient_iso3"].head(2)):
        head += f"; Qatar left the coalition in {QATAR_LEFT}"
    return Finding(
        head,
        f"the longest bar is {name(first['recipient_iso3'])} with {exact(first['total_millions'])} million TIV",
        percent(share),
    )


def before_and_after(frame: pd.DataFrame, year: int, start: int) -> Finding:
    """Say how many parties delivered more a year since the treaty than before; `frame` is before_and_after."""
    parties = frame[frame["status"] == "party"]
    more, less = int((parties["since"] > parties["before"]).sum()), int((parties["since"] < parties["before"]).sum())
    span = f"in {year}" if year == start else f"a year in {start}–{year}"
    head = (
        f"Of the {numeral(len(frame))} largest suppliers of {group_in_text(year)}, {_many(len(parties))} "
        f"{'was' if len(parties) == 1 else 'were'} bound by the Arms Trade Treaty in {year}"
    )
    if len(parties):
        head += (
            f"; {_many(more)} of these delivered more {span} than in an average year before {start}, {_many(less)} less"
        )
    rises = f"{plural(more, 'row')} of parties {'goes' if more == 1 else 'go'} up"
    falls = f"{plural(less, 'row')} {'goes' if less == 1 else 'go'} down"
    return Finding(head, f"{rises} and {falls}")


def volume(millions: float) -> str:
    """Write a volume: it is no money, and its unit says so.

    Examples
    --------
    >>> volume(7615.9), volume(512.2)
    ('7.6 billion TIV', '512 million TIV')
    """
    return f"{millions / 1000:,.1f} billion TIV" if millions >= 999.5 else f"{millions:,.0f} million TIV"


def _many(count: int) -> str:
    return numeral(count) if count else "none"


def whom(codes: Sequence[str]) -> str:
    """Name recipients."""
    return listed([name(code) for code in codes])
