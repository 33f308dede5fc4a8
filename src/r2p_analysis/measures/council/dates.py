"""Dates that are known to the day, the month or the year, and the day by which an edition was written."""

from __future__ import annotations

import calendar

from r2p_analysis.store import Tables, measure


def last_day(date: str) -> str:
    """Give the last day that a date may mean: what is known of a year is known at its end.

    Parameters
    ----------
    date : str
        YYYY, YYYY-MM or YYYY-MM-DD.

    Examples
    --------
    >>> last_day("2016"), last_day("2016-02"), last_day("2016-07-22")
    ('2016-12-31', '2016-02-29', '2016-07-22')
    """
    parts = [int(part) for part in date.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    day = parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1]
    return f"{year:04d}-{month:02d}-{day:02d}"


@measure
def edition_day(tables: Tables, edition: int) -> str:
    """Give the day up to which an edition may know of decisions.

    Parameters
    ----------
    tables : Tables
        Needs sg_reports.
    edition : int
        Year of the report.

    Returns
    -------
    str
        The date of that year's report where its month is known, else the last day of the year before.
    """
    reports = tables["sg_reports"]
    found = reports.loc[reports["year"] == edition, "date"]
    if len(found) and len(found.iloc[0]) > 4:
        return last_day(str(found.iloc[0]))
    return f"{edition - 1}-12-31"
