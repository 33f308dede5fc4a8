"""Headlines of who is a party and who is missing."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from r2p_analysis.exhibits.headlines.finding import Finding, name
from r2p_analysis.exhibits.headlines.law.world import in_text
from r2p_analysis.exhibits.words import day_in_words, exact, listed, numeral, percent, plural
from r2p_analysis.measures.law import CLOSEST, STATUSES


def when(as_of: str, year: int) -> str:
    """Write the day of a standing: the end of the edition's year, or of the last year known in full."""
    of = int(as_of[:4])
    return f"at the end of {year}" if of >= year else f"at the end of {of}, the last year known in full,"


def focus_matrix(frame: pd.DataFrame, codes: Sequence[str], year: int) -> Finding:
    """Say how many of the focus countries are parties to the three treaties; `frame` is standing."""
    three = [key for key in CLOSEST if key in set(frame["treaty"])]
    counts = {key: int(((frame["treaty"] == key) & (frame["status"] == "party")).sum()) for key in three}
    total = len(dict.fromkeys(codes))
    late = [key for key in three if int(frame.loc[frame["treaty"] == key, "complete_until"].iloc[0]) < year]
    if total == 1:
        who = name(codes[0])
        joined = [in_text(key) for key in three if counts[key]]
        not_joined = [in_text(key) for key in three if not counts[key]]
        head = (
            f"At the end of {year} {who} was a party to {listed(joined) if joined else 'none of ' + listed(not_joined)}"
        )
        head += f" and not to {_or(not_joined)}" if joined and not_joined else ""
    else:
        said = [f"{_some(counts[key], total)} to {in_text(key)}" for key in three]
        were = "was a party" if counts[three[0]] == 1 else "were parties"
        said[0] = f"{_some(counts[three[0]], total)} {were} to {in_text(three[0])} at the end of {year}"
        head = f"Of the {numeral(total)} countries in focus, {listed(said)}"
    if late:
        ends = [int(frame.loc[frame["treaty"] == key, "complete_until"].iloc[0]) for key in late]
        lists = "the list" if len(late) == 1 else "the lists"
        known = listed([str(end) for end in ends]) if len(set(ends)) > 1 else str(ends[0])
        verb = "is" if len(late) == 1 else "are"
        head += f"; {lists} of {listed([in_text(key) for key in late])} {verb} known to {known}"
    states = frame[frame["status"] == "party"].groupby("treaty_name")["iso3"].nunique()
    every = [str(treaty) for treaty, count in states.items() if count == total]
    shows = f"{plural(len(every), 'row')} {'shows' if len(every) == 1 else 'show'} all as parties"
    return Finding(head, shows, f"{counts[three[0]]} of {total}")


def status_map(frame: pd.DataFrame, treaty: str, year: int) -> Finding:
    """Count parties, signatories and the others; `frame` is standing of all states towards one treaty."""
    counts = frame["status"].value_counts()
    parties, signed, left, outside = (int(counts.get(key, 0)) for key in STATUSES)
    as_of, listed_to = str(frame["as_of"].iloc[0]), frame["signatures_until"].iloc[0]
    head = (
        f"{exact(parties)} of {exact(len(frame))} states were parties to {in_text(treaty)} {when(as_of, year)}".rstrip(
            ","
        )
    )
    if pd.notna(listed_to) and listed_to < as_of:
        known_to = day_in_words(listed_to)
        head += f"; {numeral(signed)} of the others are known to have signed by {known_to}, where the list ends"
    else:
        rest = [f"{numeral(signed)} had only signed"] if signed else []
        rest += [f"{numeral(left)} had left"] if left else []
        rest += [f"{numeral(outside)} had {'done neither' if signed else 'not joined'}"] if outside else []
        head += f"; {listed(rest)}" if rest else ""
    only_signed = plural(signed, "state")
    shows = f"{exact(parties)} states are parties, {only_signed} had only signed and {outside + left} stand outside"
    return Finding(head, shows, exact(parties))


def missing(frame: pd.DataFrame, keys: Sequence[str], year: int, known_until: Sequence[int]) -> Finding:
    """Say how many states are missing from each treaty and from all; `frame` is missing, known so far by treaty."""
    none = frame[frame["lacks"] == len(keys)]
    counts = [int((frame[key] != STATUSES["party"]).sum()) for key in keys]
    said = [
        f"{exact(count)}{' states were missing' if not n else ''} from {in_text(key)}"
        for n, (key, count) in enumerate(zip(keys, counts, strict=True))
    ]
    short = "" if min(known_until) >= year else ", as far as each list goes"
    head = f"At the end of {year}{short}, {listed(said)}"
    if len(keys) > 1:
        number = "both" if len(keys) == 2 else f"all {numeral(len(keys))}"
        head += (
            f"; {exact(len(none)) if len(none) else 'none'} {'was' if len(none) == 1 else 'were'} missing from {number}"
        )
    bars = [f"{exact(count)} for {in_text(key)}" for key, count in zip(keys, counts, strict=True)]
    shows = f"the bars are {listed(bars)}"
    return Finding(head, shows, exact(len(none)))


def by_region(frame: pd.DataFrame, treaty: str, year: int, as_of: str) -> Finding:
    """Name the regions with the largest and the smallest share of parties to a treaty; `frame` is by_region."""
    rows = frame[frame["treaty"] == treaty].sort_values("share_pct")
    low, high = rows.iloc[0], rows.iloc[-1]
    head = (
        f"{percent(high['share_pct'] / 100)} of the states of {high['region']} were parties to {in_text(treaty)} "
        f"{when(as_of, year)} against {percent(low['share_pct'] / 100)} of those of {low['region']}"
    )
    lowest, highest = (percent(row["share_pct"] / 100) for row in (low, high))
    shows = f"the dots of {in_text(treaty)} run from {lowest} to {highest}"
    return Finding(head, shows, percent(low["share_pct"] / 100))


def _some(count: int, total: int) -> str:
    return f"all {numeral(total)}" if count == total else ("none" if not count else numeral(count))


def _or(items: Sequence[str]) -> str:
    return f"{', '.join(items[:-1])} or {items[-1]}" if len(items) > 1 else items[0]
