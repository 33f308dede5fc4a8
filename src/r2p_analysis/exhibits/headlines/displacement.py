"""Headlines of the world's displacement."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from r2p_analysis.exhibits.headlines.finding import Finding, name, number, row_of
from r2p_analysis.exhibits.words import about_share, change, exact, listed, numeral, people, percent, plural
from r2p_analysis.measures.displacement import COMPONENTS, GroupGrowth, Record

_SHORT = {
    "refugees": "refugees",
    "palestine_refugees": "Palestine refugees",
    "asylum_seekers": "asylum-seekers",
    "other_people_in_need": "other people in need of protection",
    "conflict_idps": "people displaced inside their country",
}


def world_total(record: Record, parts: pd.DataFrame) -> Finding:
    """Say how many, and whether that is a record; `parts` is the world by component."""
    count = f"{people(record.people)} people were forcibly displaced at the end of {record.year}"
    if record.highest_before is None:
        rest = ", the first year in which every group was counted"
    elif record.is_record:
        rest = f", the most since {record.since}, the first year in which every group was counted"
    else:
        below = record.highest_before - record.people
        rest = f", {people(below)} fewer than the {people(record.highest_before)} of {record.highest_before_year}"
    now = parts[(parts["year"] == record.year) & parts["people"].notna()].sort_values("people", ascending=False)
    pairs = zip(now["people"].head(3), now["component"].head(3), strict=True)
    largest = [f"{people(count)} {_SHORT[component]}" for count, component in pairs]
    shows = f"the bar of {record.year} adds up to {exact(record.people)}, with {listed(largest)}"
    return Finding(count + rest, shows, people(record.people))


def then_and_now(frame: pd.DataFrame, year: int) -> Finding:
    """Compare the printed components with the current ones; `frame` is world_then_and_now."""
    rows = frame.set_index("component")
    total = row_of(rows, "forcibly_displaced")
    printed, current = float(total["printed"]), number(total["current"])
    if current is None:
        text = f"{people(printed)} displaced people were printed for the end of {year}; the current data have no total"
        return Finding(text, "no current figure stands beside the printed one")
    moved = current - printed
    figure = f"{'−' if moved < 0 else '+'}{percent(abs(moved) / printed, 1)}"
    if abs(moved) < 50_000:
        head = f"The printed total for the end of {year}, {people(printed)}, still stands"
    else:
        way = "fewer" if moved < 0 else "more"
        head = (
            f"Printed as {people(printed)}, the total for the end of {year} is now {people(current)}: "
            f"{people(abs(moved))} {way} ({percent(abs(moved) / printed, 1)})"
        )
    parts = rows.drop(index="forcibly_displaced")
    gaps = (parts["current"] - parts["printed"]).abs().dropna()
    if len(gaps) and gaps.max() >= 50_000:
        head += f", mostly from {_SHORT.get(str(gaps.idxmax()), str(gaps.idxmax()))}"
    shows = f"the bar of the total stands at {exact(moved)} people: {exact(printed)} printed, {exact(current)} now"
    return Finding(head, shows.replace("-", "−"), figure)


def revisions(frame: pd.DataFrame) -> Finding:
    """Name the printed world total that moved most; `frame` has year, people (printed), current."""
    known = frame.dropna(subset=["current"]).sort_values("year")
    gap = (known["current"] - known["people"]).astype(float)
    worst = row_of(known, gap.abs().idxmax())
    down = int((gap < 0).sum())
    head = (
        f"Later revisions lowered {numeral(down)} of {plural(len(known), 'printed world total')}; that of "
        f"{int(worst['year'])} moved most, from {people(float(worst['people']))} to {people(float(worst['current']))}"
    )
    return Finding(head, f"the widest gap is in {int(worst['year'])}, {exact(abs(gap.abs().max()))} people")


def trend_reversals(frame: pd.DataFrame) -> list[str]:
    """Say for which years the printed change and the current one point in opposite ways."""
    known = frame.dropna(subset=["current"]).set_index("year").sort_index()
    sentences = []
    for year in (int(label) for label in known.index):
        if year - 1 not in known.index:
            continue
        steps = known["people"].diff(), known["current"].diff()
        was, now = (float(step[year]) for step in steps)
        if was > 0 > now:
            sentences.append(f"The printed figures rose from {year - 1} to {year}; the current ones fall.")
        elif was < 0 < now:
            sentences.append(f"The printed figures fell from {year - 1} to {year}; the current ones rise.")
    return sentences


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
    """Name the largest host beside its inhabitants."""
    first = top.iloc[0]
    rate = float(first["hosted_per_100k"])
    head = (
        f"Beside its inhabitants, {name(first['asylum_iso3'])} hosted the most at the end of {year}: "
        f"one displaced person to {_inhabitants(100_000 / rate)}"
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
    return Finding(head, f"the darkest is {name(first['origin_iso3'])}, {first['displaced_per_100k']:,.0f} per 100,000")


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


def one_in(frame: pd.DataFrame) -> Finding:
    """Say how many inhabitants there are to one displaced person, and how that moved."""
    ordered = frame.sort_values("year")
    first, last = ordered.iloc[0], ordered.iloc[-1]
    ratio = round(last["one_in"])
    head = f"One person in {ratio:,} worldwide was displaced at the end of {int(last['year'])}"
    if len(ordered) > 1:
        then = round(first["one_in"])
        lowest = ordered["one_in"].min()
        head += f", against one in {then:,} at the end of {int(first['year'])}"
        if last["one_in"] == lowest:
            head += ": the highest share of the period"
    return Finding(head, f"the line ends at one in {ratio:,}", f"1 in {ratio:,}")


def asylum(frame: pd.DataFrame, year: int) -> Finding:
    """Say how many applied and how decisions went, persons only; `frame` is asylum_by_year."""
    persons = frame[frame["counted_as"] == "P"].set_index("year").sort_index()
    row = persons.loc[year]
    applied = number(row["applications"])
    head = f"{people(applied)} asylum applications by persons were recorded in {year}"
    rate = number(row["recognition_rate"])
    if rate is not None:
        head += f"; {about_share(rate)} of those decided on the merits were recognised as refugees"
    before = number(persons["applications"].get(year - 1))
    if before:
        head = head.replace(" were recorded", f", {_against(before, applied)} {year - 1}, were recorded", 1)
    shows = f"applications reach {exact(applied)} in {year} and decisions {exact(number(row['decided']))}"
    return Finding(head, shows, people(applied))


def recognition(rates: pd.DataFrame, year: int) -> Finding:
    """Contrast the origins with the highest and the lowest recognition rate; `rates` is ordered by decisions."""
    known = rates.dropna(subset=["recognition_rate"]).sort_values("recognition_rate", ascending=False)
    high, low = known.iloc[0], known.iloc[-1]
    head = (
        f"In {year} {percent(float(high['recognition_rate']))} of decided claims from {name(high['origin_iso3'])} "
        f"led to refugee status"
    )
    if len(known) > 1:
        head += f", but {percent(float(low['recognition_rate']))} of those from {name(low['origin_iso3'])}"
    return Finding(
        head, f"rates run from {percent(float(low['recognition_rate']))} to {percent(float(high['recognition_rate']))}"
    )


def solutions(frame: pd.DataFrame, year: int) -> Finding:
    """Set solutions beside new displacement across borders."""
    row = frame.set_index("year").loc[year]
    new, solved = number(row["newly_displaced_abroad"]), number(row["solutions_abroad"])
    if not new or solved is None:
        return Finding(f"Solutions and new displacement of {year} cannot be compared", f"a figure of {year} is missing")
    head = (
        f"In {year} {people(new)} people newly fled across a border or sought asylum; "
        f"{people(solved)} refugees returned, were resettled or naturalised"
    )
    if solved < new:
        ratio = new / solved if solved else 0
        many = f"{ratio:,.0f}" if ratio >= 10 else f"{ratio:.1f}"
        head += f", one for every {many} newly displaced" if ratio >= 1.5 else ", fewer than fled"
    else:
        head += ", more than fled"
    shows = f"new displacement is at {exact(new)} in {year} and the solutions add up to {exact(solved)}"
    return Finding(head, shows, people(new))


def age(frame: pd.DataFrame, year: int, column: str = "child_share") -> Finding:
    """Contrast the shares of children among the people of several origins."""
    known = frame.dropna(subset=[column]).sort_values(column, ascending=False)
    if known.empty:
        return Finding(f"The age of the focus countries' refugees was not known for {year}", "no share is known")
    high, low = known.iloc[0], known.iloc[-1]
    head = (
        f"{percent(float(high[column]))} of refugees and asylum-seekers from {name(high['origin_iso3'])} were children"
    )
    if len(known) > 1:
        head += f" at the end of {year}, against {percent(float(low[column]))} of those from {name(low['origin_iso3'])}"
    return Finding(head, f"shares run from {percent(float(low[column]))} to {percent(float(high[column]))}")


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


def components_in_words() -> str:
    """Name the components that add up to the world's total."""
    return listed([_SHORT[component] for component in COMPONENTS])


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


def _against(before: float, after: float | None) -> str:
    word = change(before, after)
    return {
        "rose": "more than in",
        "more than doubled": "more than twice as many as in",
        "fell": "fewer than in",
        "more than halved": "less than half as many as in",
    }.get(word, "about as many as in")
