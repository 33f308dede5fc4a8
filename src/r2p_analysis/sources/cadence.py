"""When producers bring newer figures: in words for readers, and in a form by which the age of a table is judged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
# Days after which what changes all the time counts as no longer new.
MONTH, TWO_MONTHS, QUARTER = 31, 62, 92


@dataclass(frozen=True)
class Releases:
    """Figures that come out in a known month.

    Attributes
    ----------
    words : str
        What readers see.
    month : int
        Month of the release, 1 to 12. It is missed from the first day of the month after.
    lag : int
        Years by which the last year covered lies before the year of the release.
    every : int
        Years from one release to the next.
    anchor : int
        A year with a release; told when `every` is more than one.
    name : str
        What a release is called; ``{year}`` and ``{yy}`` are its year, ``{covers}`` the last year that it covers.
    numbered : str
        Regular expression whose group gives the year of a release (two or four digits) out of what a table's version
        says; empty when versions do not tell it.
    between : int
        Month of smaller releases between, such as mid-year figures; 0 when there is none. Missing one of them makes a
        table due and never stale: its years stay as they are, or are revised a little.
    between_name : str
        What such a release is called.
    """

    words: str
    month: int
    lag: int = 1
    every: int = 1
    anchor: int = 0
    name: str = "figures of {covers}"
    numbered: str = ""
    between: int = 0
    between_name: str = "the mid-year release of {year}"

    def called(self, year: int) -> str:
        """Give the name of the release of a year."""
        return self.name.format(year=year, yy=f"{year % 100:02}", covers=year - self.lag)

    def years(self, first: int, last: int) -> Iterator[int]:
        """Go through the years with a release, from `first` to `last`."""
        return (year for year in range(first, last + 1) if (year - self.anchor) % self.every == 0)


@dataclass(frozen=True)
class Rolling:
    """Figures that change all the time.

    Attributes
    ----------
    words : str
        What readers see.
    days : int
        Days after which a table is due.
    """

    words: str
    days: int = MONTH


@dataclass(frozen=True)
class Occasional:
    """Figures, or lists made by hand, that change at no set time: nobody can say that a newer one exists.

    Attributes
    ----------
    words : str
        What readers see.
    look_after : int
        Days after which somebody should look again: the table is then due, never stale.
    """

    words: str
    look_after: int = 365


@dataclass(frozen=True)
class Fixed:
    """What stays as it is: a document, or figures kept as they once stood.

    Attributes
    ----------
    words : str
        What readers see.
    """

    words: str


Cadence = Releases | Rolling | Occasional | Fixed


def day_after_month(year: int, month: int) -> date:
    """Give the first day after a month."""
    return date(year + month // 12, month % 12 + 1, 1)


def day_in_words(day: date) -> str:
    """Write a date for readers.

    Examples
    --------
    >>> day_in_words(date(2025, 4, 4))
    '4 April 2025'
    """
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
