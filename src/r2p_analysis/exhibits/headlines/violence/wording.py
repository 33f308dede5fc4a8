"""Words that headlines on violence share."""

from __future__ import annotations

from r2p_analysis.exhibits.words import exact, people


def persons(count: float) -> str:
    """Write a count of people with its noun.

    >>> persons(1), persons(0), persons(131_906)
    ('1 person', 'nobody', '132,000 people')
    """
    whole = round(count)
    return "nobody" if not whole else f"{people(whole)} {'person' if whole == 1 else 'people'}"


def civilians(count: float) -> str:
    """Write a count of civilians with its noun.

    >>> civilians(1), civilians(0), civilians(11_074)
    ('1 civilian', 'no civilian', '11,000 civilians')
    """
    whole = round(count)
    return "no civilian" if not whole else f"{people(whole)} civilian{'' if whole == 1 else 's'}"


def between(low: float, high: float, best: float | None = None) -> str:
    """Write the range of an estimate in brackets, nothing when it has none or the range does not hold the best.

    >>> between(125_905, 150_429), between(5, 5), between(6_460, 5_969), between(208, 268, best=196)
    (' (between 126,000 and 150,000)', '', '', '')
    """
    if low > high or (best is not None and not low <= best <= high):
        return ""
    if round(low) == round(high) or people(low) == people(high):
        return ""
    return f" (between {people(low)} and {people(high)})"


def span(first: int, last: int) -> str:
    """Write a period inside a sentence.

    >>> span(2011, 2015), span(2011, 2011)
    ('from 2011 to 2015', 'in 2011')
    """
    return f"from {first} to {last}" if first < last else f"in {first}"


def times_or_percent(before: float, after: float) -> str:
    """Say how much more or less a figure is than an earlier one: "13% fewer than", "more than twice".

    >>> times_or_percent(151_630, 131_906), times_or_percent(100, 300), times_or_percent(100, 100.1)
    ('13% fewer than', '3.0 times as many as', 'about as many as')
    """
    if not before:
        return "more than the none of" if after else "as many as"
    ratio = after / before
    if abs(ratio - 1) < 0.005:
        return "about as many as"
    if ratio >= 2:
        return f"{ratio:,.{1 if ratio < 10 else 0}f} times as many as"
    share = max(1, round(abs(ratio - 1) * 100))
    return f"{share}% {'more' if ratio > 1 else 'fewer'} than"


def number_of(count: int, one: str, many: str) -> str:
    """Write a count in figures before its noun, fit to begin a sentence with.

    >>> number_of(54, "conflict", "conflicts"), number_of(1, "war", "wars"), number_of(0, "war", "wars")
    ('54 conflicts', 'One war', 'No war')
    """
    if count == 0:
        return f"No {one}"
    return f"One {one}" if count == 1 else f"{exact(count)} {many}"
