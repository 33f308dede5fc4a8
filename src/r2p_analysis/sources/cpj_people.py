"""CPJ's list of people, as its site exports it: counted by year and country. Names are not even read."""

from __future__ import annotations

import re

import pandas as pd

from r2p_analysis.errors import SourceError
from r2p_analysis.sources.files import shown, whole_numbers

# What a column is called in exports of several years, in lower case without blanks and signs; the first found holds.
_COLUMNS = {
    "status": ("status",),
    "year": ("year", "entrydate", "startdisplay"),
    "country": ("country",),
    "role": ("type", "role"),
    "motive": ("motiveconfirmed", "motive"),
}
_WORTH = frozenset(name for names in _COLUMNS.values() for name in names)
_KILLED = "killed"
_COUNTED = {
    ("journalist", "confirmed"): "journalists_confirmed",
    ("journalist", "unconfirmed"): "journalists_unconfirmed",
}
_CENTURY_TURNS = 92
"""The list begins in 1992: of years written with two digits, 92 to 99 are of the last century."""


def worth_reading(column: str) -> bool:
    """Tell whether a column is one of the five that are counted."""
    return _plain(column) in _WORTH


def is_list_of_people(frame: pd.DataFrame) -> bool:
    """Tell CPJ's own list from sums of it."""
    return {_plain(name) for name in frame.columns} & {"role", "type"} != set()


def counts_by_country(frame: pd.DataFrame, where: str) -> pd.DataFrame:
    """Count people by year and country.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row a person. Those who are imprisoned or missing are no part of the table, and left.
    where : str
        File to name in an error.

    Returns
    -------
    pandas.DataFrame
        year, iso3 (empty: the list has no codes), country, journalists_confirmed, journalists_unconfirmed,
        media_workers.

    Raises
    ------
    SourceError
        When a column is missing, nobody was killed, a date has no year, or a role or motive is unknown.
    """
    people = _five_columns(frame, where)
    people = people[people["status"].str.casefold() == _KILLED]
    if people.empty:
        raise SourceError(f"{where}: expected people with the status Killed, got none; export the list of those killed")
    counted = [_counted(role, motive, where) for role, motive in zip(people["role"], people["motive"], strict=True)]
    table = pd.DataFrame({"year": _years(people["year"], where), "country": people["country"], "counted": counted})
    if table["country"].isna().any():
        raise SourceError(f"{where}: {int(table['country'].isna().sum())} people have no country; nobody may be lost")
    for name in (*_COUNTED.values(), "media_workers"):
        table[name] = (table["counted"] == name).astype("Int64")
    sums = table.drop(columns="counted").groupby(["year", "country"], as_index=False).sum()
    return sums.assign(iso3=None, country=sums["country"].astype("object"))


def _five_columns(frame: pd.DataFrame, where: str) -> pd.DataFrame:
    named = {_plain(name): name for name in frame.columns}
    found = {ours: next((named[n] for n in names if n in named), None) for ours, names in _COLUMNS.items()}
    if missing := [name for name, theirs in found.items() if theirs is None]:
        raise SourceError(
            f"{where}: expected columns for {', '.join(_COLUMNS)}; missing {', '.join(missing)}: "
            "CPJ changed its export, or this is another file"
        )
    return pd.DataFrame({ours: frame[theirs].astype("string").str.strip() for ours, theirs in found.items()})


def _counted(role: object, motive: object, where: str) -> str:
    kind, known = str(role).casefold(), str(motive).casefold()
    if kind == "media worker":
        return "media_workers"
    if (kind, known) not in _COUNTED:
        raise SourceError(
            f'{where}: expected journalists, confirmed or unconfirmed, and media workers; got "{shown(role)}" with '
            f'motive "{shown(motive)}"; say in cpj_people.py how they are counted'
        )
    return _COUNTED[kind, known]


def _years(dates: pd.Series, where: str) -> pd.Series:
    """Give years of "2014", "2014-06-30", "June 30, 2014" and "6/30/14"."""
    four = dates.str.extract(r"(?<!\d)((?:19|20)\d{2})(?!\d)")[0]
    two = pd.to_numeric(dates.str.extract(r"^\d{1,2}/\d{1,2}/(\d{2})$")[0]).astype("Int64")
    of_two = two.where(two >= _CENTURY_TURNS, two + 100) + 1900
    years = whole_numbers(four, where).fillna(of_two)
    if years.isna().any():
        raise SourceError(f'{where}: expected a date with its year, got "{shown(dates[years.isna()].iloc[0])}"')
    return years


def _plain(name: str) -> str:
    return re.sub(r"[^a-z]", "", str(name).casefold())
