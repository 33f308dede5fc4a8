"""Headlines of violence by country."""

from __future__ import annotations

import pandas as pd

from r2p_analysis.exhibits.headlines.finding import Finding, name, number
from r2p_analysis.exhibits.headlines.violence.wording import between, persons, span
from r2p_analysis.exhibits.words import exact, listed, people, percent, plural


def group(frame: pd.DataFrame, first: int, year: int) -> Finding:
    """Say how many died in the countries in focus; `frame` is cumulative."""
    known = frame.dropna(subset=["deaths_best"])
    if known.empty:
        text = f"UCDP has no record of {listed([name(code) for code in frame['iso3']])} {span(first, year)}"
        return Finding(text, "there is no line")
    total = float(known["deaths_best"].sum())
    where = (
        f"in {name(known['iso3'].iloc[0])}"
        if len(known) == 1
        else f"in the {plural(len(known), 'country', 'countries')}"
    )
    if not total:
        return Finding(
            f"No death in organised violence was recorded {where} {span(first, year)}", "the lines are at zero"
        )
    share = float(known["share_of_world"].sum())
    head = (
        f"Organised violence killed {persons(total)} {where} {span(first, year)}, {percent(share)} of the world's dead"
    )
    most = known.sort_values("deaths_best", ascending=False).iloc[0]
    if len(known) > 1:
        head += f"; {percent(float(most['deaths_best']) / total)} of them died in {name(most['iso3'])}"
    return Finding(head, f"{name(most['iso3'])} has most deaths, {exact(most['deaths_best'])}", percent(share))


def cumulative(frame: pd.DataFrame, first: int, year: int) -> Finding:
    """Say in which country of the group most died; `frame` is cumulative, most first, with a figure in each row."""
    most = frame.iloc[0]
    best = float(most["deaths_best"])
    if not best:
        return Finding(f"No death in organised violence was recorded there {span(first, year)}", "all dots are at zero")
    share = float(most["share_of_world"])
    head = (
        f"{persons(best)}{between(most['deaths_low'], most['deaths_high'])} died in organised violence in "
        f"{name(most['iso3'])} {span(first, year)}: {percent(share)} of the world's dead of these years"
    )
    if len(frame) > 1 and float(frame["deaths_best"].iloc[1]):
        second = frame.iloc[1]
        head += f"; next is {name(second['iso3'])} with {people(second['deaths_best'])}"
    return Finding(head, f"the first row is {name(most['iso3'])} with {exact(best)}", people(best))


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
        sides[side].append(name(row["iso3"]))
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
    missing = [name(code) for code in frame["iso3"] if code not in set(known["iso3"])]
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
        return Finding(f"No killing of civilians on purpose was recorded {span(first, year)}", "all countries are pale")
    top = known.iloc[0]
    head = (
        f"{name(top['iso3'])} had the highest rate of civilians killed on purpose {span(first, year)}, "
        f"{_rate(number(top['one_sided_per_100k']))} per 100,000 inhabitants; such killings were recorded in "
        f"{plural(hit, 'country', 'countries')}"
    )
    leaders = [name(code) for code in known["iso3"].head(3)]
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
    head = (
        f"The deadliest month {span(first, year)} was {worst['month']} in {name(worst['iso3'])}, with "
        f"{exact(worst['deaths_best'])} deaths{between(worst['deaths_low'], worst['deaths_high'])}"
    )
    return Finding(head, f"the highest point is {exact(worst['deaths_best'])} in {worst['month']}")
