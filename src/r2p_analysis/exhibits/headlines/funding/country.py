"""Headlines on the appeals for one country."""

from __future__ import annotations

import pandas as pd

from r2p_analysis.exhibits.headlines.finding import UNKNOWN, Finding, name, number, row_of
from r2p_analysis.exhibits.headlines.funding.amounts import usd
from r2p_analysis.exhibits.words import numeral, percent, sentence


def country_appeals(frame: pd.DataFrame, iso3: str, year: int) -> Finding:
    """Say what appeals for a country asked for and received; `frame` is country_by_year."""
    where = name(iso3)
    row = row_of(frame.set_index("year"), year)
    asked, got = number(row["requirements_usd"]), number(row["plan_funding_usd"])
    if asked:
        share = percent((got or 0) / asked)
        head = (
            f"Appeals for {where} received {share} of what they asked for in {year}{_years_before(frame, year, share)}"
        )
        return Finding(head, f"the bar of {year} is made of {usd(asked)} asked for, {share} of it received", share)
    planned = frame[frame["requirements_usd"].fillna(0) > 0]
    if got:
        head = (
            f"Appeals of {year} that cover {where} do not say how much of their requirements is for it; "
            f"it received {usd(got)}"
        )
    else:
        head = f"No appeal for {where} is recorded for {year}"
    if len(planned):
        head += f"; the last with stated requirements is of {int(planned['year'].max())}"
    return Finding(head, f"there is no bar for {year}")


def country_summary(frame: pd.DataFrame, iso3: str, year: int) -> str:
    """Give one sentence on a country's appeals and money; `frame` is country_by_year."""
    where = name(iso3)
    row = row_of(frame.set_index("year"), year)
    asked, got, all_money = (number(row[part]) for part in ("requirements_usd", "plan_funding_usd", "reported_usd"))
    if asked:
        return sentence(
            f"humanitarian appeals for {where} received {usd(got or 0)} in {year}, {percent((got or 0) / asked)} of "
            f"the {usd(asked)} that they asked for"
        )
    if all_money and all_money > 0:
        return sentence(
            f"no appeal of {year} states requirements for {where}; {usd(all_money)} of humanitarian money was reported "
            "for it"
        )
    return sentence(f"no humanitarian appeal and no humanitarian money is recorded for {where} in {year}")


def country_finding(frame: pd.DataFrame, iso3: str, year: int) -> Finding:
    """Give the summary with its number: the share received, a dash where nothing was asked for."""
    row = row_of(frame.set_index("year"), year)
    asked, got = number(row["requirements_usd"]), number(row["plan_funding_usd"])
    return Finding(country_summary(frame, iso3, year), "", percent((got or 0) / asked) if asked else UNKNOWN)


def _years_before(frame: pd.DataFrame, year: int, now: str) -> str:
    """Set a year's share, `now`, against all years before it that had appeals."""
    before = frame[(frame["year"] < year) & (frame["requirements_usd"].fillna(0) > 0)]
    if before.empty:
        return ", the first with appeals on record"
    asked, got = before["requirements_usd"].astype(float), before["plan_funding_usd"].fillna(0).astype(float)
    share, first = float(got.sum() / asked.sum()), int(before["year"].min())
    as_much = f", against {percent(share)}" if percent(share) != now else ", as much as"
    if len(before) == 1:
        return f"{as_much} in {first}, the only earlier year with appeals"
    return f"{as_much} over the {numeral(len(before))} earlier years with appeals, since {first}"
