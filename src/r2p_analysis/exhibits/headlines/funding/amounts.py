"""Amounts of money in words, and how two amounts compare."""

from __future__ import annotations

import math

from r2p_analysis.exhibits.words import change_in_words, way

# Reports are voluntary and the price index is not that of aid: below this share two amounts are called the same.
SAME_SHARE = 0.02


def usd(value: float | None) -> str:
    """Write an amount in US dollars for prose.

    Examples
    --------
    >>> usd(19_306_589_639), usd(640_123_456), usd(18_400_000), usd(238.4), usd(0.4), usd(0), usd(None)
    ('$19.3 billion', '$640 million', '$18 million', '$238', 'under $1', '$0', 'no figure')
    >>> usd(999_600_000), usd(1_234_567), usd(123_456), usd(-349_234_272)
    ('$1.0 billion', '$1.2 million', '$123,000', '-$349 million')
    """
    if value is None or math.isnan(value):
        return "no figure"
    if value < 0:
        return f"-{usd(-value)}"
    if value >= 999_500_000:
        return f"${value / 1e9:,.1f} billion"
    if value >= 999_500:
        return f"${value / 1e6:,.{1 if value < 9_950_000 else 0}f} million"
    if value >= 1_000:
        return f"${round(value, -3):,.0f}"
    return "under $1" if 0 < value < 1 else f"${value:,.0f}"


def direction(before: float, after: float) -> str:
    """Say "up", "down" or "same" for a change.

    Examples
    --------
    >>> direction(1, 2), direction(2, 1), direction(100, 101)
    ('up', 'down', 'same')
    """
    return {"rose": "up", "fell": "down"}.get(way(before, after, SAME_SHARE), "same")


def moved(before: float, real: float, after: float, start: int, end: int) -> str:
    """Write how an amount moved, in dollars of the day and after inflation.

    Parameters
    ----------
    before, after : float
        Nominal amounts of the two years.
    real : float
        The first amount in dollars of the second year.
    start, end : int
        The years.

    Examples
    --------
    >>> moved(10, 11, 17, 2008, 2015)
    'rose from $10 in 2008 to $17 in 2015, and rose after inflation too (from $11 in dollars of 2015)'
    >>> moved(10, 18, 17, 2008, 2015)
    'rose from $10 in 2008 to $17 in 2015, but fell after inflation (from $18 in dollars of 2015)'
    """
    nominal = f"{change_in_words(before, after, SAME_SHARE)} from {usd(before)} in {start} to {usd(after)} in {end}"
    alike = direction(before, after) == direction(real, after)
    told = change_in_words(real, after, SAME_SHARE)
    joined = f"and {told} after inflation too" if alike else f"but {told} after inflation"
    return f"{nominal}, {joined} (from {usd(real)} in dollars of {end})"
