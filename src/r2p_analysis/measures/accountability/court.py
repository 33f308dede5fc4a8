"""Cases before the International Criminal Court by stage, and what became of convictions that a report named."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from r2p_analysis.store import Tables, measure

STAGES = {
    "warrant": "Warrant or summons only",
    "appearance": "Arrested or appeared",
    "charges": "Charges decided",
    "proceedings": "Trial begun",
    "withdrawn": "Withdrawn, dismissed or ended by death",
}
"""Stages of a case, in order, by what readers see; one that was withdrawn after its trial began stands with those.

A trial begun may have ended since: the list holds no verdicts.
"""
_YEARS = {
    "withdrawn": "withdrawn_year",
    "proceedings": "proceedings_year",
    "charges": "charges_confirmed_year",
    "appearance": "appearance_year",
    "warrant": "warrant_year",
}
_SPAN = 5
_LEAST = 3


@dataclass(frozen=True)
class Accused:
    """How many stand accused before the Court at the end of a year, and how far their cases came.

    Attributes
    ----------
    year : int
        The year.
    listed : int
        Accused whose warrant or summons was issued by then; a person in two cases counts twice.
    tried : int
        Of them, those whose trial had begun, whatever became of it.
    withdrawn : int
        Of them, those whose case had been withdrawn, dismissed or ended by death.
    tried_and_withdrawn : int
        Those who are among both.
    """

    year: int
    listed: int
    tried: int
    withdrawn: int
    tried_and_withdrawn: int


def accused(tables: Tables, year: int) -> Accused:
    """Count the accused by the end of a year and how far their cases came; `tables` needs tjet_icc_accused."""
    table = tables["tjet_icc_accused"]
    table = table[table["warrant_year"] <= year]
    tried, gone = ((table[name] <= year).fillna(False) for name in ("proceedings_year", "withdrawn_year"))
    return Accused(year, len(table), int(tried.sum()), int(gone.sum()), int((tried & gone).sum()))


def _stages_at_end(tables: Tables, year: int) -> pd.DataFrame:
    table = tables["tjet_icc_accused"]
    table = table[table["warrant_year"] <= year].copy()
    stage = pd.Series("warrant", index=table.index)
    for name, column in reversed(_YEARS.items()):
        stage = stage.mask((table[column] <= year).fillna(False), name)
    table["stage"] = stage.map(STAGES)
    return table


@measure
def accused_by_year(tables: Tables, year: int) -> pd.DataFrame:
    """Count the accused by the year of their warrant and the stage that their case had reached.

    Parameters
    ----------
    tables : Tables
        Needs tjet_icc_accused.
    year : int
        Stages as they stood at the end of this year; later warrants are left out.

    Returns
    -------
    pandas.DataFrame
        year (of the warrant or summons), stage (labels of `STAGES`), accused. Every year from the first warrant to
        `year` has every stage.
    """
    table = _stages_at_end(tables, year)
    first = int(tables["tjet_icc_accused"]["warrant_year"].min())
    index = pd.MultiIndex.from_product([range(first, year + 1), STAGES.values()], names=["year", "stage"])
    counts = table.groupby(["warrant_year", "stage"]).size()
    counts.index.names = ["year", "stage"]
    return counts.reindex(index, fill_value=0).rename("accused").reset_index()


@measure
def accused_by_situation(tables: Tables, year: int) -> pd.DataFrame:
    """Count the accused by the country of the situation and the stage that their case had reached.

    Returns
    -------
    pandas.DataFrame
        iso3, stage, accused, all_accused (of the situation); situations with most accused first.
    """
    table = _stages_at_end(tables, year)
    counts = table.groupby(["situation_iso3", "stage"]).size().rename("accused").reset_index()
    counts = counts.rename(columns={"situation_iso3": "iso3"})
    counts["all_accused"] = counts.groupby("iso3")["accused"].transform("sum")
    order = {label: n for n, label in enumerate(STAGES.values())}
    counts["_stage"] = counts["stage"].map(order)
    counts = counts.sort_values(["all_accused", "iso3", "_stage"], ascending=[False, True, True], ignore_index=True)
    return counts.drop(columns="_stage")


@measure
def counted_by_the_court(tables: Tables, year: int) -> pd.DataFrame:
    """Give what the Court itself stated of its warrants and summonses up to the end of a year; empty when nothing is.

    Returns
    -------
    pandas.DataFrame
        stated, as_of, value, unit, counts, url.
    """
    table = tables["statements"]
    mine = table["subject"] == "International Criminal Court: warrants and summonses"
    chosen = table[mine & (table["stated"] <= f"{year}-12-31")]
    return chosen[["stated", "as_of", "value", "unit", "counts", "url"]].reset_index(drop=True)


@measure
def deaths_around_warrants(tables: Tables, year: int) -> pd.DataFrame:
    """Compare deaths in the five years before a situation's first warrant with those in the five after.

    It describes; it does not say what the warrants caused. Deaths are those of the whole country, of every kind.

    Returns
    -------
    pandas.DataFrame
        iso3, warrant_year (first), before, after (mean deaths a year, best estimates, in the five years on each side,
        the year itself left out), years_before, years_after (how many are known), fell. A side with fewer than three
        years known is null.
    """
    firsts = tables["tjet_icc_accused"].groupby("situation_iso3")["warrant_year"].min()
    deaths = tables["ucdp_country_years"].set_index(["iso3", "year"])["deaths_best"]
    rows = []
    for iso3, first in [(str(code), int(first)) for code, first in firsts[firsts <= year].items()]:
        own = deaths[iso3] if iso3 in deaths.index else pd.Series(dtype="Int64")
        before = own[(own.index >= first - _SPAN) & (own.index < first)]
        after = own[(own.index > first) & (own.index <= min(first + _SPAN, year))]
        means = [float(side.mean()) if len(side) >= _LEAST else None for side in (before, after)]
        rows.append((iso3, first, *means, len(before), len(after)))
    out = pd.DataFrame(rows, columns=["iso3", "warrant_year", "before", "after", "years_before", "years_after"])
    out = out.astype({"before": "Float64", "after": "Float64", "warrant_year": "Int64"})
    out["fell"] = out["after"] < out["before"]
    return out.sort_values(["warrant_year", "iso3"], ignore_index=True)


@measure
def convictions(tables: Tables, named_in: int, until: str) -> pd.DataFrame:
    """Say how the convictions that a report named stood on a day.

    Parameters
    ----------
    tables : Tables
        Needs convictions.
    named_in : int
        Year of the report.
    until : str
        YYYY-MM-DD; later decisions are not looked at.

    Returns
    -------
    pandas.DataFrame
        person, iso3 (country of the crimes charged), court and convicted_on (of the trial judgement), decided_on and
        decided_by (of the latest decision), outcome, sentence (null after an acquittal, or when none was given yet),
        stands (whether anything of the conviction stands), note, publisher, url (of the latest decision). In the order
        of the trial judgements; people whose trial judgement came later have no row.
    """
    table = tables["convictions"]
    table = table[(table["named_in"] == named_in) & (table["date"] <= until)].sort_values(["person", "date"])
    rows = []
    for person, own in table.groupby("person", sort=False):
        first, last = own.iloc[0], own.iloc[-1]
        stands = last["outcome"] != "acquitted"
        given = own["sentence"].dropna()
        rows.append(
            {
                "person": person,
                "iso3": first["country_iso3"],
                "court": first["court"],
                "convicted_on": first["date"],
                "decided_on": last["date"],
                "decided_by": last["court"],
                "outcome": last["outcome"],
                "sentence": given.iloc[-1] if stands and len(given) else None,
                "stands": stands,
                "note": last["note"] if pd.notna(last["note"]) else None,
                "publisher": last["publisher"],
                "url": last["url"],
            }
        )
    columns = ["person", "iso3", "court", "convicted_on", "decided_on", "decided_by", "outcome", "sentence", "stands"]
    out = pd.DataFrame(rows, columns=[*columns, "note", "publisher", "url"])
    return out.sort_values("convicted_on", ignore_index=True)
