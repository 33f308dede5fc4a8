"""What others stated at the time, beside what UCDP's data say."""

from __future__ import annotations

import calendar
from collections.abc import Callable

import pandas as pd

from r2p_analysis.measures.violence.actors import actors_by_year
from r2p_analysis.measures.violence.conflicts import conflicts_by_year
from r2p_analysis.measures.violence.kinds import ESTIMATES
from r2p_analysis.measures.violence.world import totals
from r2p_analysis.store import Tables, measure

WAR_IN_SYRIA = "Deaths in the war in Syria since March 2011"
WAR_PLACE, WAR_SINCE = "SYR", 2011
_MONTH_OF_THE_REPORT = "07"
_PRINTED = "UCDP: "
_BESIDE = ["label", "what", "at", "value", "low", "high", "publisher", "counts", "stated", "url"]
_SHORT = {"Syrian Observatory for Human Rights": "SOHR", "UN, Secretary-General": "UN"}
_ALL = "All organised violence"
_CUMULATED = {_ALL: "deaths", "State-based conflict alone": "state_based"}


def known_by(edition: int) -> str:
    """Give the last month of which an edition could know, "YYYY-MM": the Secretary-General reports in July."""
    return f"{edition}-{_MONTH_OF_THE_REPORT}"


@measure
def cumulative_course(tables: Tables, place: str, first: int, last: int) -> pd.DataFrame:
    """Add deaths in a country up from year to year.

    Parameters
    ----------
    tables : Tables
        Needs ucdp_country_years.
    place : str
        ISO3 code.
    first, last : int
        Years, inclusive.

    Returns
    -------
    pandas.DataFrame
        year, what ("All organised violence", "State-based conflict alone"), deaths_best, deaths_low, deaths_high: all
        deaths from the beginning of `first` to the end of the year. Low and high are plain sums of the yearly ones.
    """
    table = tables["ucdp_country_years"]
    rows = table[(table["iso3"] == place) & table["year"].between(first, last)].sort_values("year")
    parts = []
    for what, stem in _CUMULATED.items():
        sums = rows[[f"{stem}_{estimate}" for estimate in ESTIMATES]].cumsum()
        sums.columns = pd.Index([f"deaths_{estimate}" for estimate in ESTIMATES])
        parts.append(sums.assign(year=rows["year"], what=what))
    frame = pd.concat(parts, ignore_index=True)
    return frame[["year", "what", *(f"deaths_{estimate}" for estimate in ESTIMATES)]]


@measure
def counts_of_war(tables: Tables) -> pd.DataFrame:
    """List the dated counts of deaths in the war in Syria.

    Returns
    -------
    pandas.DataFrame
        Columns of the table statements, `at` (the date that it counts to in years, where the end of 2015 is 2015.0) and
        `label` (who counted, and to when), in the order of that date.
    """
    table = tables["statements"]
    rows = table[table["subject"] == WAR_IN_SYRIA].copy()
    rows["at"] = [_end_of(str(date)) for date in rows["as_of"]]
    rows["label"] = [
        f"{who}, to {_said(str(date))}" for who, date in zip(rows["publisher"], rows["as_of"], strict=True)
    ]
    return rows.sort_values(["at", "stated", "id"], ignore_index=True)


@measure
def later_beside(tables: Tables, edition: int) -> pd.DataFrame:
    """Set counts of the war in Syria stated after an edition beside UCDP's deaths up to the ends of the same years.

    Returns
    -------
    pandas.DataFrame
        label, what ("Stated by others", "UCDP, current release"), at, value, low, high (null where none is given),
        publisher, counts, stated, url, in the order of the date to which they count; empty when none was stated later.
    """
    later = counts_of_war(tables)
    later = later[later["stated"] > known_by(edition)]
    if later.empty:
        return later.assign(what=later["label"], low=later["value"], high=later["value"])[_BESIDE]
    last = int(tables["ucdp_country_years"]["year"].max())
    ends = sorted({min(int(at), last) for at in later["at"]})
    course = cumulative_course(tables, WAR_PLACE, WAR_SINCE, last)
    course = course[(course["what"] == _ALL) & course["year"].isin(ends)]
    measured = pd.DataFrame(
        {
            "label": [f"UCDP, to the end of {year}" for year in course["year"]],
            "what": "UCDP, current release",
            "at": course["year"].astype(float),
            "value": course["deaths_best"].astype(float),
            "low": course["deaths_low"].astype(float),
            "high": course["deaths_high"].astype(float),
        }
    )
    short = [_SHORT.get(who, who) for who in later["publisher"]]
    stated = later.assign(
        label=[f"{who}, to {_said(str(date))}" for who, date in zip(short, later["as_of"], strict=True)],
        what="Stated by others",
    )
    both = pd.concat([stated, measured]).reindex(columns=_BESIDE)
    # The same producer can have counted to one date twice, of different people.
    same = both["label"].duplicated(keep=False)
    both["label"] = both["label"].where(~same, both["label"] + ", stated in " + both["stated"].astype(str).str[:4])
    return both.sort_values(["at", "label"], ignore_index=True)


def then_and_now_rows(frame: pd.DataFrame, subject: str) -> pd.DataFrame:
    """Give one row a figure as printed and one a figure of the current release, for a chart.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `printed_and_now` gives it.
    subject : str
        The one to take.

    Returns
    -------
    pandas.DataFrame
        label, what ("As printed", "Current release"), value, low, high, year by year.
    """
    rows = []
    for year, part in frame[frame["subject"] == subject].groupby("year"):
        for _, row in part.iterrows():
            label = f"{year}, printed in {str(row['stated'])[:4]}"
            rows.append({"label": label, "what": "As printed", "value": row["printed"], "low": None, "high": None})
        now = part.iloc[0]
        bounds = {"value": now["current"], "low": now["current_low"], "high": now["current_high"]}
        rows.append({"label": f"{year}, current release", "what": "Current release", **bounds})
    return pd.DataFrame(rows, columns=["label", "what", "value", "low", "high"])


@measure
def printed_and_now(tables: Tables, year: int) -> pd.DataFrame:
    """Set figures of UCDP as printed at the time beside those of the release stored here.

    Parameters
    ----------
    tables : Tables
        Needs statements, ucdp_country_years, ucdp_one_sided, ucdp_armed_conflicts.
    year : int
        Figures of this year and earlier ones.

    Returns
    -------
    pandas.DataFrame
        subject, year, stated, printed, current, current_low, current_high (null where there is no range), publisher,
        url, in the order of subject and year.
    """
    table = tables["statements"]
    rows = table[table["subject"].str.startswith(_PRINTED) & table["as_of"].str.fullmatch(r"\d{4}")].copy()
    rows["year"] = rows["as_of"].astype(int)
    rows = rows[rows["year"] <= year]
    found = [_current(tables, str(subject), int(of)) for subject, of in zip(rows["subject"], rows["year"], strict=True)]
    now = pd.DataFrame(found, columns=["current", "current_low", "current_high"], index=rows.index, dtype="Float64")
    rows = rows.rename(columns={"value": "printed"}).join(now).sort_values(["subject", "year", "stated"])
    rows["subject"] = rows["subject"].str.removeprefix(_PRINTED)
    columns = ["subject", "year", "stated", "printed", *now.columns, "publisher", "url"]
    return rows[columns].reset_index(drop=True)


def _current(tables: Tables, subject: str, year: int) -> tuple[float | None, float | None, float | None]:
    reads: dict[str, tuple[Callable[[Tables, int, int], pd.DataFrame], str]] = {
        "deaths in organised violence": (totals, "deaths"),
        "deaths in one-sided violence": (actors_by_year, "deaths"),
        "actors in one-sided violence": (actors_by_year, "actors"),
        "armed conflicts with a state as a party": (conflicts_by_year, "conflicts"),
        "wars": (conflicts_by_year, "wars"),
    }
    read, column = reads[subject.removeprefix(_PRINTED)]
    frame = read(tables, year, year)
    if frame.empty:
        return None, None, None
    row = frame.iloc[0]
    if column != "deaths":
        return float(row[column]), None, None
    return float(row["deaths_best"]), float(row["deaths_low"]), float(row["deaths_high"])


def _said(date: str) -> str:
    """Write a date for readers.

    >>> _said("2015"), _said("2016-03")
    ('the end of 2015', 'March 2016')
    """
    year, _, rest = date.partition("-")
    return f"{calendar.month_name[int(rest[:2])]} {year}" if rest else f"the end of {year}"


def _end_of(date: str) -> float:
    """Place the end of a year or month among years, the end of 2015 being 2015.0.

    >>> _end_of("2015"), _end_of("2016-03")
    (2015.0, 2015.25)
    """
    year, _, rest = date.partition("-")
    return float(year) if not rest else int(year) - 1 + int(rest[:2]) / 12
