"""Headlines of how many states are parties, and of what states did with treaties."""

from __future__ import annotations

import pandas as pd

from r2p_analysis.exhibits.headlines.finding import Finding, name, row_of
from r2p_analysis.exhibits.words import day_in_words, exact, listed, numeral, plural
from r2p_analysis.measures.law import CLOSEST, IN_TEXT, UNLISTED


def in_text(treaty: str) -> str:
    """Name a treaty inside a sentence."""
    return IN_TEXT[treaty]


def parties_over_time(frame: pd.DataFrame, year: int) -> Finding:
    """Say how many states were parties to the three treaties; `frame` is parties_by_year."""
    said: list[str] = []
    ends: list[str] = []
    current = False
    for treaty in [key for key in CLOSEST if key in set(frame["treaty"])]:
        known = frame[(frame["treaty"] == treaty) & frame["parties"].notna()]
        if known.empty:
            continue
        last = known.iloc[-1]
        count, of = int(last["parties"]), int(last["year"])
        noun = "state was party to" if count == 1 else "states were parties to"
        what = f"{exact(count)} {noun if not said else 'to'} {in_text(treaty)}"
        said.append(what if of == year else f"{what} (end of {of}, the last year known)")
        current |= of == year
        ends.append(f"{in_text(treaty)} at {exact(count)} in {of}")
    if not said:
        return Finding(
            f"None of the treaties followed here had been adopted by the end of {year}", "there are no lines"
        )
    start = f"At the end of {year}" if current else "As far as the lists go"
    return Finding(f"{start}, {listed(said)}", f"the lines end with {listed(ends)}", said[0].split()[0])


def actions(frame: pd.DataFrame, year: int, treaties: int) -> Finding:
    """Say what states did in the last year; `frame` is actions_by_year, up to `year`, for so many treaties."""
    now = frame[frame["year"] == year].set_index("action")["number"]
    known = now.fillna(0)
    signed, left = int(known.get("signed", 0)), int(known.get("withdrew", 0))
    listed_in_full = "signed" not in now.index or pd.notna(now["signed"])
    joined = int(known.drop(["signed", "withdrew"], errors="ignore").sum())
    by_year = frame[~frame["action"].isin(["signed", "withdrew"])].groupby("year")["number"].sum()
    also = (f" and {plural(signed, 'signature')}" if signed else " and no signature") if listed_in_full else ""
    head = (
        f"In {year}, {treaties} treaties together gained "
        f"{plural(joined, 'consent') if joined else 'no consent'} to be bound{also}; "
        f"{'no withdrawal' if not left else plural(left, 'withdrawal')} took effect"
    )
    earlier = by_year[by_year.index < year]
    if len(earlier) >= 9:
        if joined < earlier.min():
            head += f"; consents were fewer than in any year since {int(earlier.index.min())}"
        elif joined > earlier.max():
            head += f"; consents were more than in any year since {int(earlier.index.min())}"
    parts = [
        plural(joined, "consent"),
        *([plural(signed, "signature")] if listed_in_full else []),
        plural(left, "withdrawal"),
    ]
    return Finding(
        head,
        f"the bar of {year} holds {listed(parts)}",
        exact(joined),
    )


def then_and_now(frame: pd.DataFrame, year: int, back: int = 10) -> Finding:
    """Say which treaties gained most; `frame` is then_and_now."""
    both = frame.dropna(subset=["before", "at_end"])
    gain = (both["at_end"] - both["before"]).astype(int)
    grew, shrank = int((gain > 0).sum()), int((gain < 0).sum())
    of = plural(len(both), "treaty", "treaties")
    if both.empty:
        newest = int(frame["complete_until"].max())
        return Finding(
            f"No list of parties reaches the end of {year}: the longest ends with {newest}", "each row ends earlier"
        )
    many = f"all {numeral(grew)} treaties" if grew == len(both) else f"{numeral(grew) if grew else 'none'} of {of}"
    head = (
        f"{many} whose parties are known at both dates gained parties from the end of {year - back} "
        f"to the end of {year}"
    )
    if shrank:
        head += f", and {numeral(shrank)} lost some"
    if grew:
        most = row_of(both, gain.idxmax())
        head += f"; {in_text(str(most['treaty']))} gained most, from {exact(most['before'])} to {exact(most['at_end'])}"
        which = in_text(str(most["treaty"]))
        shows = f"the widest gap is that of {which}, from {exact(most['before'])} to {exact(most['at_end'])}"
        return Finding(head, shows, f"+{int(gain.max())}")
    return Finding(head, "the dots lie on each other")


def completeness(frame: pd.DataFrame, year: int) -> Finding:
    """Say how many lists reach the edition's year; `frame` is treaties."""
    short = frame[frame["complete_until"] < year]
    whole = len(frame) - len(short)
    if short.empty:
        head = f"The lists of parties of all {exact(len(frame))} treaties are complete to the end of {year}"
    else:
        head = (
            f"Of the lists of parties of {exact(len(frame))} treaties, {numeral(whole) if whole else 'none'} "
            f"{'are' if whole > 1 else 'is'} complete to the end of {year}; "
            f"the shortest ends with {int(frame['complete_until'].min())}"
        )
    ends = frame["complete_until"].astype(int)
    return Finding(head, f"the last complete years run from {ends.min()} to {ends.max()}")


def signatures(frame: pd.DataFrame) -> str:
    """Say what it means that no act is listed, and to when signatures are; `frame` has treaty and signatures_until."""
    each = frame.drop_duplicates("treaty")
    without = [in_text(key) for key in each["treaty"] if key in UNLISTED]
    ends = each[~each["treaty"].isin(UNLISTED)].dropna(subset=["signatures_until"])
    if len(each) == 1 and not without and ends.empty:
        return "No act listed: neither a signature nor a consent to be bound."
    said = "No act listed: neither a consent to be bound nor a signature is in the lists."
    if without:
        said += f" Signatures of {listed(without)} are in none of them."
    if len(ends) == 1:
        row = ends.iloc[0]
        said += f" Signatures of {in_text(row['treaty'])} are listed to {day_in_words(row['signatures_until'])}."
    elif len(ends):
        days = ends["signatures_until"].astype(str)
        span = f"days from {day_in_words(days.min())} to {day_in_words(days.max())}"
        said += f" Signatures of {numeral(len(ends))} treaties that were still open are listed to {span}."
    return said


def withdrawals(frame: pd.DataFrame, year: int) -> str:
    """Name those who left; `frame` is left."""
    if frame.empty:
        return f"No withdrawal from any of these treaties took effect up to the end of {year}, as far as the lists go."
    said = [
        f"{name(code)} left {in_text(treaty)} in {day[:4]}"
        for code, treaty, day in zip(frame["iso3"], frame["treaty"], frame["withdrawal_effective"], strict=True)
    ]
    return f"Up to the end of {year}, {plural(len(said), 'withdrawal')} took effect: {listed(said)}."
