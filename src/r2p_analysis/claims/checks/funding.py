"""Checks on humanitarian funding: figures and courses that the ledger holds against claims."""

from __future__ import annotations

import pandas as pd

from r2p_analysis.claims.relations import Course, Figure
from r2p_analysis.errors import UsageError
from r2p_analysis.exhibits.headlines.funding.amounts import SAME_SHARE
from r2p_analysis.exhibits.words import numeral
from r2p_analysis.measures import funding
from r2p_analysis.store import Tables

_AMOUNTS = {
    "reported_usd": "all humanitarian money reported",
    "requirements_usd": "what humanitarian appeals asked for",
    "plan_funding_usd": "what humanitarian appeals received",
    "unmet_usd": "what humanitarian appeals asked for and did not receive",
}


def funding_amounts(tables: Tables, amount: str, until: int, real: bool) -> Course:
    """Give an amount by year, in dollars of the day or in dollars of `until`."""
    if amount not in _AMOUNTS:
        raise UsageError(f'no amount "{amount}"; have {", ".join(_AMOUNTS)}')
    years = funding.money_and_gap(tables, funding.FIRST_YEAR, until)
    values = years[f"{amount}_real" if real else amount]
    how = f"in dollars of {until}" if real else "in dollars of the day"
    return Course(f"{_AMOUNTS[amount]}, {how}", "USD", _points(years["year"], values), same=SAME_SHARE)


def funding_coverage(tables: Tables, until: int) -> Course:
    """Give the share of their requirements that appeals received, by year."""
    years = funding.by_year(tables, last=until)
    return Course(
        "share of their requirements that appeals received", "%", _points(years["year"], years["coverage"] * 100)
    )


def funding_unmet_share(tables: Tables, year: int) -> Figure:
    """Give the share of the requirements of a year's appeals that was not received."""
    years = funding.by_year(tables, year, year)
    share = float((1 - years["coverage"].iloc[0]) * 100) if len(years) else None
    return Figure(f"share of the requirements of {year} that appeals did not receive", share, "%")


def funding_requirements(tables: Tables, year: int) -> Figure:
    """Give what the appeals of a year asked for."""
    years = funding.by_year(tables, year, year)
    asked = float(years["requirements_usd"].iloc[0]) if len(years) else None
    return Figure(f"what humanitarian appeals of {year} asked for", asked, "USD")


def funding_per_displaced(tables: Tables, until: int, real: bool) -> Course:
    """Give reported money for each displaced person, by year."""
    rows = funding.per_displaced(tables, funding.FIRST_YEAR, until)
    values = rows["reported_per_person_usd_real" if real else "reported_per_person_usd"]
    how = f"in dollars of {until}" if real else "in dollars of the day"
    return Course(
        f"reported money for each displaced person, {how}", "USD", _points(rows["year"], values), same=SAME_SHARE
    )


def funding_repeated_appeals(tables: Tables, year: int, years: int) -> Figure:
    """Give the share of the countries in an appeal of `year` that had been in one for so many years running."""
    running = funding.years_running(tables, year)
    share = float((running["years"] >= years).mean() * 100) if len(running) else None
    who = f"the {len(running)} countries in an appeal of {year}"
    what = f"share of {who} that had been in one for {numeral(years)} years running"
    return Figure(what, share, "%")


def _points(years: pd.Series, values: pd.Series) -> dict[int, float]:
    return {int(year): float(value) for year, value in zip(years, values, strict=True)}
