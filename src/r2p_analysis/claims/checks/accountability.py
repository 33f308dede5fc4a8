"""Checks on recurrence and accountability."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from r2p_analysis import countries
from r2p_analysis.claims.outcome import FAILS, HOLDS, Outcome
from r2p_analysis.claims.relations import Course, Figure
from r2p_analysis.errors import UsageError
from r2p_analysis.exhibits.headlines.accountability import day, standing
from r2p_analysis.exhibits.words import listed, numeral, plural, sentence
from r2p_analysis.measures import accountability
from r2p_analysis.store import Tables


def recurrence_deaths(tables: Tables, country: str) -> Course:
    """Give the deaths in organised violence on a country's territory by year."""
    place = countries.get(country)
    frame = accountability.levels(tables, 1989, accountability.last_year(tables), [place.iso3])
    points, low, high = (
        {int(year): float(count) for year, count in zip(frame["year"], frame[name], strict=True)}
        for name in ("deaths_best", "deaths_low", "deaths_high")
    )
    return Course(f"Deaths in organised violence in {place.in_text} (UCDP)", "deaths", points, low, high)


def recurrence_quiet_before(tables: Tables, country: str, year: int) -> Figure:
    """Give the number of quiet years in a row just before a violent year."""
    place = countries.get(country)
    row = accountability.quiet_years(tables, [place.iso3], year - 1).iloc[0]
    what = f"Years in a row with fewer than 25 deaths in organised violence in {place.in_text} just before {year}"
    quiet = row["quiet_years"]
    number = None if pd.isna(quiet) else float(quiet)
    return Figure(what, number, "years", missing=f"{place.in_text} has no figure for {year - 1}")


def recurrence_quiet_up_to(tables: Tables, country: str, year: int) -> Figure:
    """Give the number of quiet years in a row up to a year, that year included."""
    place = countries.get(country)
    row = accountability.quiet_years(tables, [place.iso3], year).iloc[0]
    what = f"Years in a row with fewer than 25 deaths in organised violence in {place.in_text} up to {year}"
    quiet = row["quiet_years"]
    number = None if pd.isna(quiet) else float(quiet)
    return Figure(what, number, "years", missing=f"{place.in_text} has no figure for {year}")


def recurrence_displaced(tables: Tables, country: str, first: int, last: int) -> Course:
    """Give the people displaced from a country by year, where those displaced inside have a figure."""
    place = countries.get(country)
    frame = accountability.before_and_after(tables, [place.iso3], first, last).dropna(subset=["displaced"])
    points = {int(year): float(people) for year, people in zip(frame["year"], frame["displaced"], strict=True)}
    return Course(f"People displaced from {place.in_text}", "people", points, when="at the end of {year}")


def recurrence_onsets(tables: Tables, group: Sequence[str], first: int, last: int) -> Outcome:
    """Judge whether a mass killing began in every country of a group in a period."""
    begun = accountability.onsets(tables, first, last)
    told, all_found = [], True
    for place in (countries.get(code) for code in group):
        years = [int(year) for year in begun.loc[begun["iso3"] == place.iso3, "year"]]
        all_found = all_found and bool(years)
        when = f" ({listed([str(year) for year in sorted(set(years))])})" if years else ""
        told.append(f"{plural(len(years), 'onset')} in {place.in_text}{when}")
    evidence = f"Mass killings begun from {first} to {last} (Early Warning Project): {listed(told)}"
    return Outcome(HOLDS if all_found else FAILS, sentence(evidence))


def convictions_standing(tables: Tables, persons: Sequence[str], on: str) -> Figure:
    """Give the number of some persons whose convictions stood on a day, YYYY-MM-DD."""
    standing = [person for person in persons if conviction_stood(tables, person, on).word == HOLDS]
    table = tables["convictions"]
    rows = table[table["person"].isin(list(persons)) & (table["date"] <= on)]
    what = f"Convictions of {listed(list(persons))} that stood on {day(on)}"
    return Figure(what, len(standing), "convictions", vintage="; ".join(dict.fromkeys(rows["publisher"].astype(str))))


def conviction_stood(tables: Tables, person: str, on: str) -> Outcome:
    """Judge whether a person's conviction stood on a day, YYYY-MM-DD, by the decisions recorded."""
    return _conviction(tables, person, on, f"On {day(on)}")


def conviction_stands(tables: Tables, person: str) -> Outcome:
    """Judge whether a person's conviction stands by the latest decision recorded."""
    retrieved = tables.provenance("convictions").retrieved or "9999-12-31"
    return _conviction(tables, person, retrieved, "Now")


def _conviction(tables: Tables, person: str, until: str, when: str) -> Outcome:
    table = tables["convictions"]
    if person not in set(table["person"]):
        known = ", ".join(sorted(set(table["person"])))
        raise UsageError(f'no judgement against "{person}" is recorded: recorded are {known}')
    named_in = int(table.loc[table["person"] == person, "named_in"].iloc[0])
    frame = accountability.convictions(tables, named_in, until)
    own = frame[frame["person"] == person]
    if own.empty:
        return Outcome(FAILS, f"{when}, no trial judgement against {person} is recorded.")
    row = own.iloc[0]
    told = "" if row["publisher"] == row["decided_by"] else f"; {row['publisher']}"
    evidence = f"{when}: {standing(row)} ({row['decided_by']}, {day(row['decided_on'])}{told})."
    word = HOLDS if row["stands"] else FAILS
    return Outcome(word, evidence, current=standing(row), vintage=str(row["publisher"]))


def deaths_fell_after_warrants(tables: Tables, year: int) -> Figure:
    """Give the share of situations in which fewer people died in the five years after the first warrant than before."""
    known = accountability.deaths_around_warrants(tables, year).dropna(subset=["before", "after"])
    what = (
        f"Share of the {numeral(len(known))} situations before the International Criminal Court with fewer deaths a "
        f"year in the five years after the first warrant than in the five before, up to {year}"
    )
    number = 100 * float(known["fell"].sum()) / len(known) if len(known) else None
    return Figure(what, number, "%", missing="no situation is known for long enough on both sides")


def quiet_spells_ended(tables: Tables, year: int, after: int) -> Figure:
    """Give the share of spells of quiet after violence that ended in new violence after so many years or fewer."""
    frame = accountability.quiet_survival(tables, year)
    row = frame[(frame["after"] == "any violence") & (frame["years"] == after)].iloc[0]
    what = (
        f"Share of spells of quiet after violence that had ended in new violence after {after} years or fewer, all "
        f"countries, 1989 to {year}"
    )
    if pd.isna(row["holding_pct"]):
        return Figure(what, None, "%", missing="too few spells are known")
    number, low, high = (100 - float(row[f"holding_{name}"]) for name in ("pct", "high", "low"))
    return Figure(what, number, "%", low, high)
