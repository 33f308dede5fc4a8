"""Whether a table is as new as its producer's figures can be: fresh, due or stale.

The judgement rests on what the data are, not on when a file was taken: a table of last year's release that was copied
yesterday is as old as that release. Nothing here knows today's date; who asks gives it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from r2p_analysis.sources.cadence import (
    MONTHS,
    Cadence,
    Fixed,
    Occasional,
    Releases,
    Rolling,
    day_after_month,
    day_in_words,
)

State = Literal["fresh", "due", "stale"]
STATES: tuple[State, ...] = ("fresh", "due", "stale")
# Days for which newer figures may be expected before a table without them counts as stale.
TOLERANCE = 90
# Producers publish a little before the month that they say.
_EARLY = 31
_FIRST_YEAR, _AHEAD, _NO_YEAR = 1990, 100, 2200
_ISO = re.compile(r"(?<![\d-])((?:19|20)\d\d)-(0[1-9]|1[0-2])(?:-(\d\d))?(?![\d-])")
_WORDS = re.compile(rf"(?:\b(\d{{1,2}}) )?\b({'|'.join(MONTHS)}) ((?:19|20)\d\d)\b")


@dataclass(frozen=True)
class Vintage:
    """What is known of how new the figures of a table are.

    Attributes
    ----------
    version : str
        The producer's release, as recorded.
    retrieved : str
        ISO date on which the file was taken.
    last_year : int or None
        Last year covered; None for a table without years.
    """

    version: str
    retrieved: str
    last_year: int | None = None


@dataclass(frozen=True)
class Freshness:
    """How a table stands to what its producer should have published.

    Attributes
    ----------
    state : {"fresh", "due", "stale"}
        "fresh": nothing newer can be expected. "due": newer figures should be out. "stale": they should have been out
        for more than `TOLERANCE` days.
    sentence : str
        Why, in words that follow the state after a colon.
    due_since : date or None
        First day on which newer figures could be missed; None for a fresh table, or when no date is recorded.
    expected : str
        Name of the release that should be out, as "26.1"; empty when releases have no names, or none is missing.
    """

    state: State
    sentence: str
    due_since: date | None = None
    expected: str = ""


def freshness(vintage: Vintage, cadence: Cadence, today: date) -> Freshness:
    """Judge the age of a table.

    Parameters
    ----------
    vintage : Vintage
        What is known of its figures.
    cadence : Cadence
        When its producer brings newer ones.
    today : date
        The day for which it is judged.

    Returns
    -------
    Freshness
        With the same vintage, never fresher on a later day.

    Notes
    -----
    A release is held when the version names it or a later one. Where versions do not tell, the last year covered must
    be the release's, and a date in the version must not lie before it. A table without years is judged by the date in
    its version, else by the date on which it was taken.
    """
    if isinstance(cadence, Fixed):
        return Freshness("fresh", "stays as it is")
    if isinstance(cadence, Occasional):
        return _looked_at(vintage, cadence, today)
    if isinstance(cadence, Rolling):
        return _rolling(vintage, cadence, today)
    return _of_releases(vintage, cadence, today)


def reaches(vintage: Vintage) -> int | None:
    """Give the last year about which a table can say anything; None when nothing tells it."""
    if vintage.last_year is not None:
        return vintage.last_year
    known = _as_of(vintage)
    return known[0].year if known else None


def _of_releases(vintage: Vintage, cadence: Releases, today: date) -> Freshness:
    out = [y for y in cadence.years(_FIRST_YEAR, today.year) if day_after_month(y, cadence.month) <= today]
    missed = [year for year in out if not _holds(vintage, cadence, year)]
    if missed:
        since = day_after_month(missed[0], cadence.month)
        name = cadence.called(missed[-1])
        return Freshness(_state(since, today), f"{name} expected since {_month(cadence, missed[-1])}", since, name)
    between = _between(vintage, cadence, today)
    if between:
        return between
    ahead = cadence.years(_FIRST_YEAR, today.year + _AHEAD)
    coming = next((year for year in ahead if not _holds(vintage, cadence, year)), None)
    if coming is None:
        return Freshness("fresh", "covers years to come")
    return Freshness("fresh", f"{cadence.called(coming)} expected in {_month(cadence, coming)}")


def _holds(vintage: Vintage, cadence: Releases, year: int) -> bool:
    """Say whether the table is of the release of a year, or of a later one."""
    numbered = re.search(cadence.numbered, vintage.version) if cadence.numbered else None
    if numbered:
        digits = next(filter(None, numbered.groups()))
        return int(digits) + (2000 if len(digits) == 2 else 0) >= year
    known = _told(vintage.version) or (_retrieved(vintage) if vintage.last_year is None else None)
    # Smaller releases may hold rows of the year before its figures are out: then only the date tells them apart.
    early = 0 if cadence.between else _EARLY
    if known and known[0] < date(year, cadence.month, 1) - timedelta(days=early):
        return False
    if vintage.last_year is None:
        return known is not None
    return vintage.last_year >= year - cadence.lag


def _between(vintage: Vintage, cadence: Releases, today: date) -> Freshness | None:
    """Judge by the smaller releases: the newest that is out must not be younger than the table."""
    known = _as_of(vintage) if cadence.between else None
    if known is None:
        return None
    out = (
        year
        for year in range(known[0].year, today.year + 1)
        if known[0] < date(year, cadence.between, 1) and day_after_month(year, cadence.between) <= today
    )
    first = next(out, None)
    if first is None:
        return None
    newest = max(out, default=first)
    name = cadence.between_name.format(year=newest)
    sentence = f"{name} expected since {MONTHS[cadence.between - 1]} {newest}"
    return Freshness("due", sentence, day_after_month(first, cadence.between), name)


def _rolling(vintage: Vintage, cadence: Rolling, today: date) -> Freshness:
    known = _as_of(vintage)
    if known is None:
        return Freshness("due", "its date is not recorded")
    day, words = known
    since = day + timedelta(days=cadence.days + 1)
    if today < since:
        return Freshness("fresh", f"as of {words}")
    return Freshness(_state(since, today), f"as of {words}; newer data expected", since)


def _looked_at(vintage: Vintage, cadence: Occasional, today: date) -> Freshness:
    known = _retrieved(vintage)
    if known is None:
        return Freshness("due", "its date is not recorded")
    since = known[0] + timedelta(days=cadence.look_after + 1)
    if today < since:
        return Freshness("fresh", f"taken on {known[1]}; changes come at no set time")
    return Freshness("due", f"taken on {known[1]}, long ago; changes come at no set time", since)


def _state(since: date, today: date) -> State:
    return "stale" if today > since + timedelta(days=TOLERANCE) else "due"


def _month(cadence: Releases, year: int) -> str:
    return f"{MONTHS[cadence.month - 1]} {year}"


def _as_of(vintage: Vintage) -> tuple[date, str] | None:
    """Give the day for which figures can be the newest, and its words.

    That is the latest date that the version tells; else the day on which they were taken, or the end of the last year
    covered when that is earlier.
    """
    told, taken = _told(vintage.version), _retrieved(vintage)
    if told:
        return taken if taken and taken[0] < told[0] else told
    year = vintage.last_year
    if year is not None and 0 < year < (taken[0].year if taken else date.max.year):
        return date(year, 12, 31), f"the end of {year}"
    return taken


def _retrieved(vintage: Vintage) -> tuple[date, str] | None:
    try:
        day = date.fromisoformat(vintage.retrieved)
    except ValueError:
        return None
    return (day, day_in_words(day)) if day.year < _NO_YEAR else None


def _told(version: str) -> tuple[date, str] | None:
    """Find the latest date in a version; one without a day is the last day of its month."""
    found = [(int(y), int(m), int(d or 0)) for y, m, d in _ISO.findall(version)]
    found += [(int(y), MONTHS.index(m) + 1, int(d or 0)) for d, m, y in _WORDS.findall(version)]
    return max((day for parts in found if (day := _day(*parts))), default=None)


def _day(year: int, month: int, day: int) -> tuple[date, str] | None:
    if not day:
        return day_after_month(year, month) - timedelta(days=1), f"{MONTHS[month - 1]} {year}"
    try:
        known = date(year, month, day)
    except ValueError:
        return None
    return known, day_in_words(known)
