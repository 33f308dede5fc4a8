"""Headlines of where displaced people come from and where they are."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from r2p_analysis.exhibits.headlines.finding import Finding, name, row_of
from r2p_analysis.exhibits.words import about_share, exact, listed, numeral, people, percent, plural
from r2p_analysis.measures.displacement import GroupGrowth


def top_origins(top: pd.DataFrame, focus: Sequence[str], year: int) -> Finding:
    """Name the largest origins and how many of the focus countries are among them."""
    first = top.iloc[0]
    among = [code for code in top["origin_iso3"] if code in set(focus)]
    head = (
        f"{name(first['origin_iso3'])} had the most displaced people at the end of {year}, {people(first['displaced'])}"
    )
    if focus:
        named = plural(len(set(focus)), "country", "countries")
        largest = f"{numeral(len(top))} largest origins"
        if len(among) == len(set(focus)):
            head += f"; all {numeral(len(among))} countries in focus are among the {largest}"
        elif among:
            head += f"; {numeral(len(among))} of the {named} in focus {_is(among)} among the {largest}"
        else:
            head += f"; none of the {named} in focus is among the {largest}"
    order = ", ".join(f"{name(row.origin_iso3)} {people(row.displaced)}" for row in top.head(3).itertuples())
    return Finding(head, f"the longest bars are {order}", people(first["displaced"]))


def group(growth: GroupGrowth, codes: Sequence[str]) -> Finding:
    """Say what share of the world's total, and of its growth, a group accounts for."""
    who = listed([name(code) for code in codes])
    verb = "accounts" if len(codes) == 1 else "account"
    share = about_share(growth.share_of_world)
    head = f"{who} {verb} for {share} of the world's displaced people at the end of {growth.end}"
    if growth.group_start is None:
        head += f"; their part in the change since {growth.start} is not known, as IDPs were not yet counted by country"
    elif growth.share_of_change is None:
        head += f"; the world's total did not rise from {growth.start} to {growth.end}"
    elif growth.share_of_change >= 1:
        head += f" and added more people than the whole rise since {growth.start}"
    elif growth.share_of_change > 0:
        head += f" and for {_share_of_rise(growth)} of the rise since {growth.start}"
    else:
        head += f", and for none of the rise since {growth.start}"
    then = f"{exact(growth.group_start)} in {growth.start}" if growth.group_start is not None else "an unknown number"
    shows = f"their people go from {then} to {exact(growth.group_end)} in {growth.end}"
    return Finding(head, shows, percent(growth.share_of_world))


def where_group_is(places: pd.DataFrame, codes: Sequence[str], year: int) -> Finding:
    """Say how many of a group's people stayed inside, and where most of the others are."""
    total, inside = float(places["people"].sum()), float(places.loc[places["inside"], "people"].sum())
    abroad = places[~places["inside"]].groupby("place_iso3")["people"].sum().sort_values(ascending=False)
    who = "the country in focus" if len(codes) == 1 else f"the {numeral(len(codes))} countries in focus"
    head = (
        f"{percent(inside / total)} of the displaced people of {who} were inside their own country at the end of {year}"
    )
    if len(abroad):
        most = people(float(abroad.iloc[0]))
        head += f"; of those abroad, the largest number was in {name(str(abroad.index[0]))} ({most})"
    return Finding(head, f"{exact(inside)} of {exact(total)} people are inside their own country")


def top_hosts(top: pd.DataFrame, world_hosted: float, year: int) -> Finding:
    """Name the largest host and the share of the ten."""
    first, share = top.iloc[0], float(top["hosted"].sum()) / world_hosted
    head = (
        f"{name(first['asylum_iso3'])} hosted the most people from other countries at the end of {year}, "
        f"{people(first['hosted'])}; the {numeral(len(top))} largest hosts had {about_share(share)} of all"
    )
    shows = f"the longest bar is {name(first['asylum_iso3'])} with {exact(first['hosted'])}"
    return Finding(head, shows, people(first["hosted"]))


def hosts_per_inhabitant(top: pd.DataFrame, year: int) -> Finding:
    """Name the largest host relative to its population."""
    first = top.iloc[0]
    rate = float(first["hosted_per_100k"])
    head = (
        f"Relative to its population, {name(first['asylum_iso3'])} hosted the most at the end of {year}: "
        f"one displaced person for every {_inhabitants(100_000 / rate)}"
    )
    return Finding(head, f"the longest bar is {name(first['asylum_iso3'])} with {rate:,.0f} per 100,000 inhabitants")


def origin_map(rates: pd.DataFrame, year: int) -> Finding:
    """Name the origin with the highest rate and how many exceed one in a hundred."""
    known = rates.dropna(subset=["displaced_per_100k"]).sort_values("displaced_per_100k", ascending=False)
    first = known.iloc[0]
    many = int((known["displaced_per_100k"] >= 1000).sum())
    head = (
        f"{plural(many, 'country or territory', 'countries and territories')} had more than one displaced person to a "
        f"hundred inhabitants at the end of {year}; {name(first['origin_iso3'])} had the most"
    )
    return Finding(
        head,
        f"the highest rate is that of {name(first['origin_iso3'])}, {first['displaced_per_100k']:,.0f} per 100,000",
    )


def host_map(hosts: pd.DataFrame, year: int) -> Finding:
    """Say how concentrated hosting was."""
    sizes = hosts["hosted"].dropna().astype(float).sort_values(ascending=False)
    half = int((sizes.cumsum() < sizes.sum() / 2).sum()) + 1
    head = (
        f"Half of all people hosted outside their country at the end of {year} were in "
        f"{plural(half, 'country', 'countries')}"
    )
    return Finding(
        head, f"the largest circles are {listed([name(c) for c in hosts.nlargest(3, 'hosted')['asylum_iso3']])}"
    )


def two_counts(frame: pd.DataFrame, year: int) -> Finding:
    """Name the country where UNHCR's and IDMC's counts of internally displaced people differ most."""
    known = frame.dropna(subset=["unhcr_idps", "conflict_idps"])
    known = known[(known["unhcr_idps"] > 0) & (known["conflict_idps"] > 0)]
    gap = (known["unhcr_idps"] - known["conflict_idps"]).astype(float)
    worst = row_of(known, gap.abs().idxmax())
    head = (
        f"UNHCR and IDMC count different people: for {name(worst['origin_iso3'])} at the end of {year}, "
        f"{people(float(worst['unhcr_idps']))} against {people(float(worst['conflict_idps']))}"
    )
    return Finding(head, f"the widest gap is {exact(gap.abs().max())} people")


def _share_of_rise(growth: GroupGrowth) -> str:
    """Write the share of the rise, as a range when countries without a figure at the start overstate it."""
    high, low = growth.share_of_change or 0, growth.share_of_change_with_base or 0
    if growth.without_base and 0 < low < high:
        return f"between {percent(low)} and {percent(high)}"
    return about_share(high)


def _inhabitants(ratio: float) -> str:
    """Write how many inhabitants there are to one person; few are given with a decimal."""
    if ratio >= 10:
        return f"{ratio:,.0f} inhabitants"
    return f"{ratio:.1f} inhabitants"


def _is(items: Sequence[str]) -> str:
    return "is" if len(items) == 1 else "are"
