"""Headlines of one country: attacks on protected people there."""

from __future__ import annotations

import pandas as pd

from r2p_analysis import countries
from r2p_analysis.exhibits.headlines.finding import Finding, name
from r2p_analysis.exhibits.headlines.protection.phrases import since
from r2p_analysis.exhibits.words import exact, listed, numeral, plural, sentence
from r2p_analysis.measures.protection import COVERAGE, UNIT_OF, Recorded


def country_aid(frame: pd.DataFrame, iso3: str) -> Finding:
    """Say how many aid workers were attacked in a country in the last year and over the period; `frame` is aid_in."""
    totals = frame.groupby("year")["people"].sum()
    killed = int(frame.loc[frame["harm"] == "killed", "people"].sum())
    first, year = int(totals.index.min()), int(totals.index.max())
    total, now = int(totals.sum()), int(totals[year])
    if now:
        head = f"{plural(now, 'aid worker was', 'aid workers were')} attacked in {name(iso3)} in {year}"
    else:
        head = f"No attack on an aid worker was recorded in {name(iso3)} in {year}"
    if total > now:
        head += f"; {since(first, year)}, {_of_all(total, killed)}"
    shows = f"the bar of {year} adds up to {exact(now)}" if now else f"{year} has no bar"
    return Finding(head, f"{shows} and all bars add up to {exact(total)}", exact(now))


def country_others(frame: pd.DataFrame, iso3: str, year: int) -> Finding:
    """Say which other attacks are recorded in a country; `frame` is others_in."""
    there = frame[frame["five_years"].fillna(0) > 0]
    where = name(iso3)
    people = there[there["unit"] == "people"]
    events = _attacks(there[there["unit"] != "people"])
    dead = int(people["five_years"].sum())
    together = f" in {countries.get(UNIT_OF[iso3]).in_text} together" if iso3 in UNIT_OF else ""
    killed = f"{plural(dead, 'journalist')} killed for their work{together}"
    if events:
        head = f"Recorded in {where} in the last five years known: {listed([*events, killed] if dead else events)}"
    elif dead:
        were = plural(dead, "journalist was", "journalists were")
        there_killed = f"{were} killed for their work{together or f' in {where}'}"
        head = f"{there_killed} in the five years to {int(people['last_year'].max())}"
    else:
        head = f"No attack of the kinds covered by {year} is recorded in {where} in the last five years"
    kinds = f"{numeral(len(there))} of {numeral(len(frame))} kinds of attack"
    return Finding(head, f"{kinds} {'is' if len(there) == 1 else 'are'} recorded")


def country_nothing(frame: pd.DataFrame, iso3: str, year: int) -> str:
    """Say why there is nothing to show on other attacks in a country; `frame` is others_in."""
    covered = frame[frame["coverage"] != COVERAGE["not covered"]]
    text = f"Not recorded in {name(iso3)} in the last five years known up to {year}: {_names(covered)}."
    return " ".join([text, *not_begun(frame)])


def not_begun(frame: pd.DataFrame) -> list[str]:
    """Name the series that begin after the year; `frame` is others_in."""
    absent = frame[frame["coverage"] == COVERAGE["not covered"]]
    if absent.empty:
        return []
    return [f"Not covered yet, as the series begin in {int(absent['since'].min())} or later: {_names(absent)}."]


def country_summary(found: Recorded, iso3: str) -> str:
    """Give one sentence on attacks on protected people in a country; `found` is recorded_in.

    Examples
    --------
    >>> country_summary(Recorded(2011, 2015, 0, 0, 0, ""), "TUV")
    'No attack on an aid worker and no confirmed killing of a journalist was recorded in Tuvalu from 2011 to 2015.'
    """
    where, when = name(iso3), since(found.first, found.last)
    if not found.aid_victims and not found.journalists:
        kin = f" ({found.together} together)" if found.together else ""
        return sentence(
            f"no attack on an aid worker and no confirmed killing of a journalist was recorded in {where}{kin} {when}"
        )
    if found.journalists:
        link = f"{plural(found.journalists, 'journalist was', 'journalists were')} killed for their work"
    else:
        link = "no confirmed killing of a journalist was recorded"
    if found.together:
        link += f" in {found.together} together"
    return sentence(f"{when}, {_attacked(found, where)}, and {link}")


def country_finding(found: Recorded, iso3: str) -> Finding:
    """Give the summary with its number: aid workers attacked."""
    return Finding(country_summary(found, iso3), "", exact(found.aid_victims))


def _attacked(found: Recorded, where: str) -> str:
    victims, killed = found.aid_victims, found.aid_killed
    if not victims:
        return f"no attack on an aid worker was recorded in {where}"
    if victims == 1:
        return f"one aid worker was {'killed' if killed else 'attacked'} in {where}{'' if killed else ' (not killed)'}"
    return f"{numeral(victims)} aid workers were attacked in {where} ({_of_them(victims, killed)} killed)"


def _of_them(victims: int, killed: int) -> str:
    if killed == victims:
        return "both" if killed == 2 else "all of them"
    return f"{numeral(killed)} of them" if killed else "none of them"


def _of_all(victims: int, killed: int) -> str:
    if victims == 1:
        return f"one was {'killed' if killed else 'attacked, and not killed'}"
    return f"{numeral(victims)} were attacked, {_of_them(victims, killed)} killed"


_ATTACKS = {
    "Health care": "on health care",
    "Education": "on education",
    "Explosive weapons": "with explosive weapons",
    "Camps and protection": "on camps and protection",
}


def _attacks(frame: pd.DataFrame) -> list[str]:
    """Tell numbers of recorded events by what was attacked, or how; the first of them says that they are attacks."""
    told: list[str] = []
    for label, events in zip(frame["label"], frame["five_years"], strict=True):
        count, phrase = int(events), _ATTACKS.get(label)
        if phrase is None:
            told.append(f"{plural(count, 'case')} of {_lower(label)}")
        else:
            told.append(f"{numeral(count) if told else plural(count, 'attack')} {phrase}")
    return told


def _names(frame: pd.DataFrame) -> str:
    return "; ".join(_lower(label) for label in frame["label"])


def _lower(label: object) -> str:
    text = str(label)
    return text[:1].lower() + text[1:]
