"""Phrases that the headlines of one country share: numbers of people with their nouns and verbs."""

from __future__ import annotations

from collections.abc import Iterable

from r2p_analysis import countries
from r2p_analysis.exhibits.headlines.finding import name
from r2p_analysis.exhibits.words import listed, numeral, people, percent, sentence
from r2p_analysis.measures.displacement.components import COMPONENTS

FEW = 100
"""Of fewer people than these a percentage says no more than the number does."""
_SHORT = {
    "conflict_idps": "internally displaced people",
    "asylum_seekers": "asylum-seekers",
    "other_people_in_need": "others in need of protection",
}


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


def begun(place: countries.Country) -> str:
    """Say from when on a state that is younger than the figures has some of its own; its treaties may be older."""
    since = f"{sentence(place.in_text).rstrip('.')} has been independent since {place.exists_from}"
    if place.member_since and place.exists_from and place.member_since < place.exists_from:
        since += f", and a member of the United Nations since {place.member_since}"
    return (
        f"{since}; its figures of people and of violence begin in {place.exists_from}. People who fled before, or soon "
        "after, may be counted under the state that it was part of."
    )


def apart_since(components: Iterable[str]) -> str:
    """Say from when on components are told apart by country; years before have no figure, which is not zero."""
    known = [f"{_SHORT[each]} from {COMPONENTS[each].by_country_since}" for each in components]
    return f"Told apart by country are {listed(known)}. An empty cell means no figure, not zero."
