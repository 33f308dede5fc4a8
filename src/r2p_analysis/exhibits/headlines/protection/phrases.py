"""Phrases that the headlines on protected people share."""

from __future__ import annotations

import pandas as pd

from r2p_analysis.exhibits.words import exact, listed, numeral


def counted(count: int, one: str, many: str) -> str:
    """Write a number before its noun and verb, "none" as "no".

    Examples
    --------
    >>> counted(1, "journalist was", "journalists were"), counted(0, "journalist was", "journalists were")
    ('1 journalist was', 'No journalists were')
    """
    return f"{exact(count) if count else 'No'} {one if count == 1 else many}"


def ranked(values: pd.Series, year: int, why: str = "when the figures begin") -> str:
    """Say how the value of a year stands to earlier ones; `why` says why the series begins where it does.

    Examples
    --------
    >>> ranked(pd.Series({2013: 5.0, 2014: 9.0, 2015: 7.0}), 2015), ranked(pd.Series({2014: 5.0, 2015: 9.0}), 2015)
    (', two fewer than in 2014', ', the most since 2014, when the figures begin')
    """
    before = values[values.index < year]
    if before.empty:
        return ""
    now, last, first = float(values[year]), float(before.loc[max(before.index)]), int(min(before.index))
    if now > float(before.max()):
        return f", the most since {first}, {why}"
    if now == last:
        return f", as many as in {year - 1}"
    head = f", {numeral(round(abs(now - last)))} {'more' if now > last else 'fewer'} than in {year - 1}"
    if now < float(before.min()):
        return f"{head} and the fewest since {first}, {why}"
    return head


def since(first: int, last: int) -> str:
    """Write a period.

    Examples
    --------
    >>> since(2011, 2015), since(2015, 2015)
    ('from 2011 to 2015', 'in 2015')
    """
    return f"in {last}" if first == last else f"from {first} to {last}"


def left_out(last: int, year: int) -> list[str]:
    """Say that years are left out, where a series ends before the year of an edition; nothing where it does not.

    Examples
    --------
    >>> left_out(2015, 2015), left_out(2024, 2025)
    ([], ['2025 is left out: the year was not over when the data were taken.'])
    """
    if last >= year:
        return []
    missing = f"{last + 1} is" if last + 1 == year else f"{last + 1} to {year} are"
    over = "the year was" if last + 1 == year else "the data end before, or the years were"
    return [f"{missing} left out: {over} not over when the data were taken."]


def coverage(year: int, ends: dict[str, int]) -> str:
    """Say how far the series of an edition's `year` go; `ends` has the last year of each that is shown.

    Examples
    --------
    >>> coverage(2015, {"aid workers": 2015, "journalists": 2015})
    'This edition speaks of 2015, the last year of these series that is shown here: the data may know later ones.'
    >>> coverage(2025, {"aid workers": 2024, "journalists": 2025})
    'This edition speaks of 2025. The last complete year up to then is 2024 for aid workers and 2025 for journalists.'
    """
    if all(last == year for last in ends.values()):
        return (
            f"This edition speaks of {year}, the last year of these series that is shown here: the data may know later "
            "ones."
        )
    told = listed([f"{last} for {name}" for name, last in ends.items()])
    return f"This edition speaks of {year}. The last complete year up to then is {told}."
