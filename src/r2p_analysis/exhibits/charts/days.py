"""Dates on a straight line: what charts of events and of dated counts share."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from r2p_analysis.errors import ExhibitError


def decimal_years(chart: str, frame: pd.DataFrame, column: str) -> list[float]:
    """Turn a column of ISO dates into years with a fraction, which no time zone can move.

    Raises
    ------
    ExhibitError
        Of one line, when a date is not written YYYY-MM-DD.
    """
    return [decimal_year(chart, str(text)) for text in frame[column]]


def decimal_year(chart: str, text: str) -> float:
    """Turn one ISO date into a year with a fraction.

    Examples
    --------
    >>> decimal_year("events", "2016-01-01"), round(decimal_year("events", "2016-07-02"), 2)
    (2016.0, 2016.5)
    """
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        raise ExhibitError(f'{chart}: "{text}" is no date; write dates such as 2016-07-22') from None
    first, after = dt.date(day.year, 1, 1), dt.date(day.year + 1, 1, 1)
    return day.year + (day - first).days / (after - first).days
