"""The two cases in which, the report says, prevention worked: election violence in Kenya and in Guinea."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from r2p_analysis.measures import displacement
from r2p_analysis.store import Tables, measure

KINDS = ("one_sided", "non_state", "state_based")
"""Types of organised violence, those of election violence first."""


@dataclass(frozen=True)
class Case:
    """A country with violence round an election, and the election after.

    Attributes
    ----------
    iso3 : str
        Country.
    crisis : tuple of int
        Years of the violence.
    next_election : int
        Year of the election that the report points to.
    what : str
        What happened, for a heading.
    """

    iso3: str
    crisis: tuple[int, ...]
    next_election: int
    what: str


CASES = {
    "KEN": Case("KEN", (2007, 2008), 2013, "violence after the election of December 2007"),
    "GIN": Case("GIN", (2009,), 2010, "the massacre of 28 September 2009"),
}


@measure
def deaths(tables: Tables, iso3: str, first: int, last: int) -> pd.DataFrame:
    """Give deaths in organised violence by type, with their bounds.

    Returns
    -------
    pandas.DataFrame
        year, kind (of `KINDS`), deaths_best, deaths_low, deaths_high. Zero is a count of zero; a year that the table
        does not reach has no row.
    """
    table = tables["ucdp_country_years"]
    rows = table[(table["iso3"] == iso3) & table["year"].between(first, last)].sort_values("year")
    parts = [
        rows[["year"]].assign(
            kind=kind, **{f"deaths_{bound}": rows[f"{kind}_{bound}"] for bound in ("best", "low", "high")}
        )
        for kind in KINDS
    ]
    return pd.concat(parts, ignore_index=True)


def killed(
    tables: Tables, iso3: str, years: Sequence[int], kinds: Sequence[str] = ("one_sided", "non_state")
) -> tuple[int, int, int] | None:
    """Sum deaths over years and types: best, low, high. None when a year has no row."""
    rows = deaths(tables, iso3, min(years), max(years))
    rows = rows[rows["year"].isin(list(years)) & rows["kind"].isin(list(kinds))]
    if set(rows["year"]) != set(years):
        return None
    best, low, high = (int(rows[f"deaths_{bound}"].sum()) for bound in ("best", "low", "high"))
    return best, low, high


@measure
def displaced_inside(tables: Tables, iso3: str, first: int, last: int) -> pd.DataFrame:
    """Give people displaced inside a country by two counts, and returns of them.

    Returns
    -------
    pandas.DataFrame
        year, conflict_idps (IDMC), unhcr_idps (UNHCR), returned_idps (UNHCR, during the year). UNHCR's zeros are null
        here: the table has zeros also for groups that it did not follow.
    """
    rows = displacement.inside(tables, iso3, first, last)[["year", "conflict_idps", "unhcr_idps"]].copy()
    rows["unhcr_idps"] = rows["unhcr_idps"].where(rows["unhcr_idps"] > 0)
    table = tables["unhcr_population"]
    back = table[table["origin_iso3"] == iso3].groupby("year")["returned_idps"].sum(min_count=1)
    rows["returned_idps"] = rows["year"].map(back.where(back > 0)).astype("Int64")
    return rows


@measure
def printed_beside_counted(tables: Tables, last: int) -> pd.DataFrame:
    """Put what others stated about the two cases beside the counts of open data.

    Returns
    -------
    pandas.DataFrame
        subject, iso3, stated_value, publisher, url, counted (null where no count stands beside it), counted_low,
        counted_high, counted_what. Statements about dates after `last`, or made after the year that follows it, are
        left out.
    """
    table = tables["statements"]
    about, made = (table[when].str.slice(0, 4).astype(int) for when in ("as_of", "stated"))
    rows = table[table["id"].isin(list(_BESIDE)) & (about <= last) & (made <= last + 1)]
    out = rows[["id", "subject", "place", "value", "publisher", "url"]].rename(
        columns={"place": "iso3", "value": "stated_value"}
    )
    found = [_counted(tables, name, last) for name in out["id"]]
    for place, name in enumerate(("counted", "counted_low", "counted_high")):
        out[name] = pd.Series([row[place] for row in found], index=out.index, dtype="Int64")
    out["counted_what"] = [_BESIDE[name] for name in out["id"]]
    return out.sort_values("id", ascending=False, ignore_index=True)


_BESIDE = {
    "kenya-2007-killed": "UCDP: killed by one-sided and non-state violence, 2007 and 2008",
    "kenya-2007-displaced": "UNHCR: displaced inside at the end of 2008 and returned during it",
    "guinea-2009-killed": "UCDP: civilians killed on purpose, 2009",
}


def _counted(tables: Tables, name: str, last: int) -> tuple[int | None, int | None, int | None]:
    if name == "kenya-2007-displaced":
        rows = displaced_inside(tables, "KEN", 2008, min(last, 2008))
        both = rows[["unhcr_idps", "returned_idps"]]
        return (None, None, None) if both.isna().to_numpy().any() else (int(both.to_numpy().sum()), None, None)
    case = CASES["KEN" if name.startswith("kenya") else "GIN"]
    kinds = ("one_sided", "non_state") if case.iso3 == "KEN" else ("one_sided",)
    return killed(tables, case.iso3, case.crisis, kinds) or (None, None, None)
