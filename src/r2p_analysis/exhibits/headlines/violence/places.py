"""Headlines of violence by country."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from r2p_analysis.exhibits.headlines.finding import Finding, number
from r2p_analysis.exhibits.headlines.violence.wording import between, persons, span
from r2p_analysis.exhibits.words import day_in_words, exact, listed, numeral, people, percent, plural
from r2p_analysis.measures.violence import unit_in_text


def group(frame: pd.DataFrame, first: int, year: int) -> Finding:
    """Say how many died in the countries in focus; `frame` is cumulative."""
    known = frame.dropna(subset=["deaths_best"])
    if known.empty:
        text = f"UCDP has no record of {listed([unit_in_text(code) for code in frame['iso3']])} {span(first, year)}"
        return Finding(text, "there is no line")
    total = float(known["deaths_best"].sum())
    if len(frame) == 1:
        where = f"in {unit_in_text(known['iso3'].iloc[0])}"
    else:
        where = f"in the {plural(len(frame), 'country', 'countries')}"
        where = where if len(known) == len(frame) else f"{where}, as far as UCDP covers them,"
    if not total:
        return Finding(
            f"No death in organised violence was recorded {where} {span(first, year)}", "the lines are at zero"
        )
    share = float(known["share_of_world"].sum())
    head = (
        f"Organised violence killed {persons(total)} {where} {span(first, year)}"
        f"{between(float(known['deaths_low'].sum()), float(known['deaths_high'].sum()))}, {percent(share)} of "
        "all such deaths in the world"
    )
    most = known.sort_values("deaths_best", ascending=False).iloc[0]
    if len(known) > 1:
        head += f"; {percent(float(most['deaths_best']) / total)} of them died in {unit_in_text(most['iso3'])}"
    return Finding(head, f"{unit_in_text(most['iso3'])} has most deaths, {exact(most['deaths_best'])}", percent(share))


def added_up(frame: pd.DataFrame) -> dict[str, str]:
    """Write beside each place's name how many died there in all, nothing where none is known; `frame` is cumulative."""
    pairs = zip(frame["iso3"], frame["deaths_best"], strict=True)
    return {str(code): "" if pd.isna(count) else f": {people(count)}" for code, count in pairs}


def who_kills(frame: pd.DataFrame, first: int, year: int) -> Finding:
    """Say where governments and where armed groups killed more civilians on purpose; `frame` is cumulative."""
    known = frame.dropna(subset=["one_sided_best"])
    sides: dict[str, list[str]] = {"government": [], "groups": [], "even": [], "none": []}
    for _, row in known.iterrows():
        government, groups = float(row["one_sided_government_best"]), float(row["one_sided_groups_best"])
        if not government and not groups:
            side = "none"
        else:
            side = "even" if government == groups else ("government" if government > groups else "groups")
        sides[side].append(unit_in_text(row["iso3"]))
    parts = []
    if sides["government"]:
        parts.append(f"governments killed more civilians on purpose than armed groups in {listed(sides['government'])}")
    if sides["groups"]:
        middle = "more in" if parts else "more civilians on purpose than governments in"
        parts.append(f"armed groups killed {middle} {listed(sides['groups'])}")
    if sides["even"]:
        parts.append(f"both killed as many in {listed(sides['even'])}")
    if sides["none"]:
        parts.append(f"no such killing is recorded in {listed(sides['none'])}")
    missing = [unit_in_text(code) for code in frame["iso3"] if code not in set(known["iso3"])]
    if missing:
        parts.append(f"UCDP has no record of {listed(missing)}")
    total = float(known["one_sided_best"].sum())
    opening = span(first, year)
    return Finding(
        f"{opening}, {'; '.join(parts)}", f"the lines add up to {exact(total)} civilians killed", people(total)
    )


def rates_map(frame: pd.DataFrame, first: int, year: int) -> Finding:
    """Say where most civilians were killed on purpose per inhabitant; `frame` is one_sided_rates."""
    known = frame.dropna(subset=["one_sided_per_100k"]).sort_values("one_sided_per_100k", ascending=False)
    hit = int((frame["one_sided"] > 0).sum())
    if known.empty or not float(known["one_sided_per_100k"].iloc[0]):
        return Finding(
            f"No killing of civilians on purpose was recorded {span(first, year)}",
            "every country is in the lowest class",
        )
    top = known.iloc[0]
    head = (
        f"{unit_in_text(top['iso3'])} had the highest rate of civilians killed on purpose {span(first, year)}, "
        f"{_rate(number(top['one_sided_per_100k']))} per 100,000 inhabitants; such killings were recorded in "
        f"{plural(hit, 'country', 'countries')}"
    )
    leaders = [unit_in_text(code) for code in known["iso3"].head(3)]
    return Finding(
        head, f"the highest rates are those of {listed(leaders)}", f"{_rate(number(top['one_sided_per_100k']))}"
    )


def _rate(value: float | None) -> str:
    if value is None:
        return "no figure"
    return f"{value:,.0f}" if value >= 10 else f"{value:,.1f}" if value >= 0.1 else "under 0.1"


def months(frame: pd.DataFrame, first: int, year: int) -> Finding:
    """Name the deadliest month of the countries in focus; `frame` is by_month."""
    worst = frame.sort_values(["deaths_best", "iso3", "month"], ascending=[False, True, True]).iloc[0]
    if not float(worst["deaths_best"]):
        return Finding(f"No death is recorded by month {span(first, year)}", "all lines are at zero")
    when = day_in_words(str(worst["month"]))
    head = (
        f"The deadliest month {span(first, year)} was {when} in {unit_in_text(worst['iso3'])}, with "
        f"{exact(worst['deaths_best'])} deaths{between(worst['deaths_low'], worst['deaths_high'])}"
    )
    return Finding(head, f"the highest point is {exact(worst['deaths_best'])} in {when}")


def top_countries(frame: pd.DataFrame, total: float, focus: Sequence[str], year: int) -> Finding:
    """Say where most died in a year; `frame` is most_deaths, `total` the world's deaths, `focus` codes picked out."""
    first = frame.iloc[0]
    share = float(first["deaths_best"]) / total
    head = (
        f"{people(first['deaths_best'])} of the {persons(total)} killed by organised violence in {year} died in "
        f"{unit_in_text(first['iso3'])}, {percent(share)}"
    )
    inside = [code for code in frame["iso3"] if code in set(focus)]
    if len(focus) > 1:
        of_focus = plural(len(focus), "country", "countries")
        head += f"; of the {of_focus} in focus, {plural(len(inside), 'is', 'are') if inside else 'none is'} among the "
        head += f"{numeral(len(frame))} with most deaths"
    return Finding(
        head, f"the longest bar is {unit_in_text(first['iso3'])} with {exact(first['deaths_best'])}", percent(share)
    )
