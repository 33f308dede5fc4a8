"""Phrases that the headlines of one country share: numbers of people with their nouns and verbs."""

from __future__ import annotations

from r2p_analysis.exhibits.headlines.finding import name
from r2p_analysis.exhibits.words import numeral, people, percent

FEW = 100
"""Of fewer people than these a percentage says no more than the number does."""


def came_from(iso3: str) -> str:
    """Say from where people came, after "who" or "whom"."""
    kinds = {"UNK": "were of unknown origin", "XXA": "were stateless", "TIB": "were Tibetans"}
    return kinds.get(iso3) or f"had fled {name(iso3)}"


def persons(count: float) -> str:
    """Name people by their number."""
    return "person" if round(count) == 1 else "people"


def were(count: float) -> str:
    """Give the verb of a number of people."""
    return "was" if round(count) == 1 else "were"


def were_count(count: float) -> str:
    """Tell a number of people with its verb."""
    return "nobody was" if not count else f"{people(count)} {were(count)}"


def part(count: float, total: float) -> str:
    """Tell a part of people with its verb: a share, or of few a number."""
    return f"{numeral(round(count))} {were(count)}" if total < FEW else f"{percent(count / total)} were"


def times(ratio: float) -> str:
    """Say how many times as much: exactly enough that the two numbers beside it bear it out."""
    whole = round(ratio, 1) == round(ratio)
    if ratio >= 9.95 or whole:
        return "twice" if round(ratio) == 2 else f"{numeral(round(ratio))} times"
    return f"{ratio:.1f} times"


def area(subregion: str) -> str:
    """Write a subregion as it stands in a sentence.

    Examples
    --------
    >>> area("Caribbean"), area("Western Asia")
    ('the Caribbean', 'Western Asia')
    """
    return f"the {subregion}" if subregion == "Caribbean" else subregion


def rate(value: float | None) -> str:
    """Write a rate as exactly as it is worth."""
    if value is None:
        return "no figure"
    if value == 0:
        return "0"
    return f"{value:,.0f}" if value >= 10 else (f"{value:.1f}" if value >= 0.05 else "under 0.1")
