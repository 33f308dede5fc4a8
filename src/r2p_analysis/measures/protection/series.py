"""The long yearly series of attacks, their vintages, and how they moved beside each other."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from r2p_analysis.errors import MeasureError
from r2p_analysis.store import Tables, measure

UNVERIFIED_SINCE = 2023
"""First year of which the Aid Worker Security Database holds cases not yet verified with agencies."""
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


@dataclass(frozen=True)
class Series:
    """One yearly series.

    Attributes
    ----------
    label, what : str
        Its name in a chart and in a sentence.
    unit : str
        What it is a number of.
    producer : str
        Who counts.
    table, vintages, column : str
        Where it is stored, where its vintages are, and the column that is summed.
    incident_type : str
        The only class of incidents that is summed; empty for all.
    """

    label: str
    what: str
    unit: str
    producer: str
    table: str
    vintages: str
    column: str
    incident_type: str = ""


_AWSD = ("Aid Worker Security Database", "awsd_attacks", "awsd_vintages")
SERIES = {
    "aid_incidents": Series("Attacks on aid workers", "attacks on aid workers", "incidents", *_AWSD, "incidents"),
    "aid_victims": Series(
        "Aid workers attacked",
        "aid workers killed, wounded, kidnapped or otherwise harmed",
        "people",
        *_AWSD,
        "affected",
    ),
    "aid_killed": Series("Aid workers killed", "aid workers killed", "people", *_AWSD, "killed"),
    "peacekeepers": Series(
        "UN personnel killed",
        "deaths of UN mission personnel by malicious acts",
        "deaths",
        "UN Peace and Security Data Hub",
        "un_fatalities",
        "un_fatalities_vintages",
        "deaths",
        "Malicious Act",
    ),
    "journalists": Series(
        "Journalists killed",
        "journalists killed for their work",
        "people",
        "Committee to Protect Journalists",
        "cpj_killed",
        "cpj_vintages",
        "journalists_confirmed",
    ),
}
INDEXED = ("aid_incidents", "peacekeepers", "journalists")
"""The series that are laid beside each other: one a group of people, so that none counts twice."""


def _rows(frame: pd.DataFrame, series: Series) -> pd.DataFrame:
    return frame[frame["incident_type"] == series.incident_type] if series.incident_type else frame


@measure
def yearly(
    tables: Tables, name: str, first: int | None = None, last: int | None = None, vintage: str = ""
) -> pd.DataFrame:
    """Give one series by year; years that were not over when the data were taken are left out.

    Parameters
    ----------
    tables : Tables
        Needs the table of the series.
    name : str
        One of `SERIES`.
    first, last : int, optional
        Years, inclusive.
    vintage : str
        Date of a stored vintage, as in the vintages table; the current data when empty.

    Returns
    -------
    pandas.DataFrame
        year, value (in the unit of the series). A year inside the series without a row has 0: none was recorded.

    Raises
    ------
    MeasureError
        When there is no such vintage.
    """
    series = SERIES[name]
    table = tables[series.vintages if vintage else series.table]
    if vintage:
        if vintage not in set(table["vintage"]):
            raise MeasureError(f'{name} has no vintage "{vintage}"; have {", ".join(sorted(set(table["vintage"])))}')
        table = table[table["vintage"] == vintage]
    complete = table[table["complete_year"]]
    years = range(int(complete["year"].min()), int(complete["year"].max()) + 1)
    values = _rows(complete, series).groupby("year")[series.column].sum().reindex(years, fill_value=0).loc[first:last]
    return pd.DataFrame({"year": values.index.astype(int), "value": values.to_numpy()}).astype({"value": "Int64"})


def covered_until(tables: Tables, name: str, year: int) -> int:
    """Give the last complete year of a series that is not after `year`.

    Raises
    ------
    MeasureError
        When the series begins after `year`.
    """
    table = tables[SERIES[name].table]
    years = table.loc[table["complete_year"] & (table["year"] <= year), "year"]
    if years.empty:
        raise MeasureError(f"{name} has no complete year up to {year}; ask for a later one")
    return int(years.max())


@measure
def vintages(tables: Tables, first: int, last: int, names: tuple[str, ...] = tuple(SERIES)) -> pd.DataFrame:
    """Give series as they were known at different dates.

    Returns
    -------
    pandas.DataFrame
        series, label, vintage (date), known (what readers see of it), year, value. Only complete years; a vintage that
        ends before a year has no row for it.
    """
    parts = []
    for name in names:
        for vintage in sorted(set(tables[SERIES[name].vintages]["vintage"])):
            part = yearly(tables, name, first, last, vintage)
            parts.append(
                part.assign(series=name, label=SERIES[name].label, vintage=vintage, known=vintage_name(vintage))
            )
    both = pd.concat(parts, ignore_index=True)
    return both[["series", "label", "vintage", "known", "year", "value"]]


@measure
def revisions(tables: Tables, first: int, last: int) -> pd.DataFrame:
    """Set the first release that has a figure beside the latest one, for every series and year.

    Returns
    -------
    pandas.DataFrame
        series, label, year, first_known (month of the release), first_value, last_known, last_value, change. A figure
        that only one release has is left out.
    """
    both = vintages(tables, first, last).sort_values("vintage", kind="stable")
    groups = both.groupby(["series", "label", "year"])
    found = groups.agg(
        first_known=("known", "first"),
        first_value=("value", "first"),
        last_known=("known", "last"),
        last_value=("value", "last"),
        releases=("vintage", "nunique"),
    ).reset_index()
    found = found[found["releases"] > 1].drop(columns="releases")
    found["change"] = found["last_value"] - found["first_value"]
    return found.sort_values(["label", "year"], ignore_index=True)


def vintage_name(vintage: str) -> str:
    """Write the date of a vintage by its month.

    Examples
    --------
    >>> vintage_name("2016-10-03"), vintage_name("2025-12")
    ('October 2016', 'December 2025')
    """
    return f"{_MONTHS[int(vintage[5:7]) - 1]} {vintage[:4]}"


def index_end(tables: Tables, year: int) -> int:
    """Give the last year up to `year` that is complete in every series laid beside the others."""
    return min(covered_until(tables, name, year) for name in INDEXED)


@measure
def indexed(tables: Tables, year: int, span: int = 10) -> pd.DataFrame:
    """Lay the series beside each other, each with its value `span` years earlier as 100.

    Parameters
    ----------
    tables : Tables
        Needs awsd_attacks, un_fatalities, cpj_killed.
    year : int
        Last year wanted; the last that is complete in every series is taken.
    span : int
        Years from the base to the end.

    Returns
    -------
    pandas.DataFrame
        series, label, year, value, index (base = 100; null when the base is 0).
    """
    end = index_end(tables, year)
    parts = []
    for name in INDEXED:
        part = yearly(tables, name, end - span, end)
        base = float(part.loc[part["year"] == end - span, "value"].sum())
        index = part["value"].astype("Float64") / base * 100 if base else pd.Series(pd.NA, part.index, "Float64")
        parts.append(part.assign(series=name, label=SERIES[name].label, index=index))
    return pd.concat(parts, ignore_index=True)[["series", "label", "year", "value", "index"]]


@measure
def moves(tables: Tables, year: int, span: int = 10, recent: int = 2) -> pd.DataFrame:
    """Say where each series stood at the base, two years before the end, and at the end.

    Returns
    -------
    pandas.DataFrame
        series, label, unit, producer, base_year, base, before_year, before, end_year, end.
    """
    end = index_end(tables, year)
    rows = []
    for name in INDEXED:
        values = yearly(tables, name).set_index("year")["value"]
        series = SERIES[name]
        rows.append(
            {
                "series": name,
                "label": series.label,
                "unit": series.unit,
                "producer": series.producer,
                "base_year": end - span,
                "base": values.get(end - span, pd.NA),
                "before_year": end - recent,
                "before": values.get(end - recent, pd.NA),
                "end_year": end,
                "end": values.get(end, pd.NA),
            }
        )
    return pd.DataFrame(rows).astype({"base": "Int64", "before": "Int64", "end": "Int64"})
