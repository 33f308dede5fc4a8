"""Dates and ordinals as words."""

from __future__ import annotations

from r2p_analysis.exhibits.words import day_in_words

day_text = day_in_words
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def on_day(date: str) -> str:
    """Write when something happened, with the preposition that fits.

    Examples
    --------
    >>> on_day("2016-07-22"), on_day("2025-05"), on_day("2017")
    ('on 22 July 2016', 'in May 2025', 'in 2017')
    """
    return f"{'on' if date.count('-') == 2 else 'in'} {day_text(date)}"


def known_on(date: str, means: str) -> str:
    """Write the date of a row and what it is: the day itself, a day by which it was known, or a year.

    Examples
    --------
    >>> known_on("2015-10-23", "on the day"), known_on("2015-12-20", "by the day"), known_on("2015", "in the year")
    ('on 23 October 2015', 'by 20 December 2015', 'in 2015')
    """
    if not date:
        return ""
    return f"by {day_text(date)}" if means == "by the day" else on_day(date)


def ordinal(number: int) -> str:
    """Write an ordinal, in words up to ten.

    Examples
    --------
    >>> ordinal(8), ordinal(11), ordinal(17), ordinal(21), ordinal(22), ordinal(23)
    ('eighth', '11th', '17th', '21st', '22nd', '23rd')
    """
    if 1 <= number <= len(_ORDINALS):
        return _ORDINALS[number - 1]
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
