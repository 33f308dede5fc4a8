"""Headlines of attacks on aid workers."""

from __future__ import annotations

import pandas as pd

from r2p_analysis.exhibits.headlines.finding import Finding, name
from r2p_analysis.exhibits.headlines.protection.phrases import counted, ranked, since
from r2p_analysis.exhibits.words import change, exact, listed, numeral, percent
from r2p_analysis.measures.protection import HARM, UNVERIFIED_SINCE

_DONE = {harm: label[:1].lower() + label[1:] for harm, label in HARM.items()}


def aid_workers(frame: pd.DataFrame) -> Finding:
    """Say how many aid workers were killed, wounded or kidnapped in the last year of `frame`, aid_by_year.

    Those detained or harmed otherwise are told apart and left out of the comparison with earlier years: they are
    recorded in later years only.
    """
    main = frame[frame["harm"] != "other"]
    totals = main.groupby("year")["people"].sum()
    year = int(totals.index.max())
    now = main[(main["year"] == year) & (main["people"] > 0)]
    parts = listed([f"{exact(row.people)} {_DONE[str(row.harm)]}" for row in now.itertuples()])
    total = int(totals[year])
    head = f"{counted(total, 'aid worker was', 'aid workers were')} killed, wounded or kidnapped in {year}"
    head += f" ({parts})" if total else ""
    head += ranked(totals.astype(float), year)
    other = int(frame.loc[(frame["harm"] == "other") & (frame["year"] == year), "people"].sum())
    if other:
        head += f"; a further {numeral(other)} {'was' if other == 1 else 'were'} {_DONE['other']}"
    shows = f"the bar of {year} adds up to {exact(total)}: {parts}" if total else f"{year} has no bar"
    return Finding(head, shows, exact(total))


def unverified(year: int) -> list[str]:
    """Warn of figures that the producer has not yet verified, when the period reaches them."""
    if year < UNVERIFIED_SINCE:
        return []
    return [f"Cases of {UNVERIFIED_SINCE} and later are not yet verified with agencies; some are of detention."]


def aid_then_and_now(frame: pd.DataFrame, year: int) -> Finding:
    """Compare the first vintage that covers a year with the latest; `frame` is vintages of aid_incidents.

    The direction over the two years before is told for both.
    """
    covering = frame[frame["year"] == year].sort_values("vintage")
    then, now = covering.iloc[0], covering.iloc[-1]
    gap = int(now["value"]) - int(then["value"])
    head = f"As known in {then['known']}, there were {exact(then['value'])} attacks on aid workers in {year}; "
    if gap:
        more = "more" if gap > 0 else "fewer"
        head += f"the data of {now['known']} have {exact(now['value'])}, {numeral(abs(gap))} {more}"
    else:
        head += f"the data of {now['known']} have as many"
    ways = {vintage: _way(frame, vintage, year) for vintage in (then["vintage"], now["vintage"])}
    was, is_now = ways.values() if len(ways) > 1 else (*ways.values(), *ways.values())
    if was == is_now:
        head += f". By both, they {was} from {year - 2} to {year}"
    else:
        head += f". From {year - 2} to {year} they {was} by the earlier release and {is_now} by the later"
    return Finding(
        head,
        f"the dots of {year} stand at {exact(then['value'])} and {exact(now['value'])}",
        f"{exact(then['value'])} → {exact(now['value'])}",
    )


def _way(frame: pd.DataFrame, vintage: str, year: int) -> str:
    values = frame[frame["vintage"] == vintage].set_index("year")["value"]
    return change(float(values.get(year - 2, float("nan"))), float(values[year]))


def aid_where(frame: pd.DataFrame, countries: list[str], year: int) -> Finding:
    """Say where most were attacked in a year, and how many in the countries in focus; `frame` is aid_by_country."""
    total = int(frame["affected"].sum())
    known = frame[frame["iso3"] != "UNK"]
    first = known.iloc[0]
    share = float(first["affected"]) / total
    head = (
        f"{percent(share)} of the aid workers attacked in {year} were attacked in {name(first['iso3'])} "
        f"({exact(first['affected'])} of {exact(total)})"
    )
    mine = int(frame.loc[frame["iso3"].isin(countries), "affected"].sum())
    head += f"; {_in_focus(mine, total, countries)}"
    return Finding(head, f"the longest bar is {name(first['iso3'])} with {exact(first['affected'])}", percent(share))


def _in_focus(mine: int, total: int, countries: list[str]) -> str:
    where = "the country in focus" if len(countries) == 1 else "the countries in focus"
    return f"{exact(mine)} ({percent(mine / total)}) in {where}" if mine else f"none in {where}"


def aid_map(frame: pd.DataFrame, first: int, last: int) -> Finding:
    """Say in how few places most of the attacks were; `frame` is aid_by_country of several years."""
    total = float(frame["affected"].sum())
    known = frame[frame["iso3"] != "UNK"]
    shares = known["affected"].astype(float).cumsum() / total
    most = int((shares < 0.5).sum()) + 1
    names = [name(code) for code in known.head(min(most, 5))["iso3"]]
    if most > len(names):
        head = f"{most} places account for half of the aid workers attacked {since(first, last)}"
    else:
        verb = "accounts" if most == 1 else "account"
        half = float(shares.iloc[most - 1])
        head = f"{listed(names)} {verb} for {percent(half)} of the aid workers attacked {since(first, last)}"
    head += f"; attacks are recorded in {len(known)} countries and territories"
    return Finding(head, f"the largest circles are {listed([name(code) for code in known.head(3)['iso3']])}")
