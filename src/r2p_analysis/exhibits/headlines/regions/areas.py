"""Headlines that lay regions and subregions beside each other."""

from __future__ import annotations

import pandas as pd

from r2p_analysis.exhibits.headlines.finding import Finding
from r2p_analysis.exhibits.headlines.funding.amounts import usd
from r2p_analysis.exhibits.words import exact, listed, numeral, people, percent, way
from r2p_analysis.measures.regions.areas import INHABITANTS, NOT_TOLD
from r2p_analysis.measures.regions.strands import STRANDS


def _told(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[frame["area"] != NOT_TOLD]


def _article(area: str) -> str:
    return f"the {area}" if area in ("Americas", "Caribbean") else area


def heaviest(frame: pd.DataFrame, keys: tuple[str, ...] = ("displaced", "deaths")) -> Finding:
    """Say where the largest shares of strands lie beside the share of inhabitants; `frame` is shares."""
    wide = _told(frame).pivot_table(index="area", columns="strand", values="share_pct", observed=True)
    found: dict[str, list[tuple[str, float]]] = {}
    for key in keys:
        label = STRANDS[key].label
        if label in wide and wide[label].notna().any() and float(wide[label].max()) > 0:
            found.setdefault(str(wide[label].idxmax()), []).append((key, float(wide[label].max())))
    clauses, points = [], []
    for area, shares in found.items():
        own = listed([f"{percent(share / 100)} of {_of(key)}" for key, share in shares])
        clauses.append(
            f"{_article(area)}, with {percent(float(wide[INHABITANTS][area]) / 100)} of the world's people, had {own}"
        )
        points.append(
            f"{_article(area)} has the darkest cell of {listed([STRANDS[key].label.lower() for key, _ in shares])}"
        )
    return Finding("; ".join(clauses), listed(points), percent(next(iter(found.values()))[0][1] / 100))


def _of(key: str) -> str:
    return {
        "displaced": "the displaced by origin",
        "hosted": "the refugees and others hosted",
        "deaths": "the deaths in organised violence",
        "one_sided": "the deaths in one-sided violence",
        "attacks": "the attacks on aid workers",
        "killings": "the mass killings ongoing",
        "vetoes": "the vetoed drafts",
    }[key]


def beside_people(frame: pd.DataFrame, key: str) -> Finding:
    """Say which regions have more than their share of a strand; `frame` is shares by region."""
    wide = _told(frame).pivot_table(index="area", columns="strand", values="share_pct", observed=True)
    label = STRANDS[key].label
    above = wide[(wide[label] > wide[INHABITANTS]).fillna(False)].sort_values(label, ascending=False)
    told = [
        f"{_article(str(area))} ({percent(float(row[label]) / 100)} against {percent(float(row[INHABITANTS]) / 100)})"
        for area, row in above.iterrows()
    ]
    if not told:
        return Finding(f"No region had more than its share of {_of(key)}", "no dot lies right of that of inhabitants")
    head = f"{listed(told)} had a larger share of {_of(key)} than of the world's people"
    if len(told) == 1:
        head = f"Only {head}"
    most = wide[label].idxmax()
    largest = percent(float(wide[label].max()) / 100)
    return Finding(head, f"the largest share of {_of(key)} is that of {_article(str(most))}, {largest}")


def highest_rate(frame: pd.DataFrame, key: str, per: int) -> Finding:
    """Name the subregions with the highest rates; `frame` is by_area, `per` is 100,000 or a million inhabitants."""
    known = _told(frame).dropna(subset=["per_million"]).sort_values("per_million", ascending=False, kind="stable")
    first, last = int(frame["first_year"].iloc[0]), int(frame["last_year"].iloc[0])
    scale = per / 1_000_000
    when = f"at the end of {last}" if first == last else f"a year from {first} to {last}"
    top = [
        f"{_article(row['area'])} ({_rate(float(row['per_million']) * scale)})"
        for row in known.head(3).to_dict("records")
    ]
    none = int((known["value"] == 0).sum())
    every = "million" if per == 1_000_000 else exact(per)
    head = f"For every {every} inhabitants, {listed(top)} had the most {_many(key)} {when}"
    if none:
        head += f"; {numeral(none)} of {len(known)} subregions had none"
    return Finding(head, f"the longest bar is {_article(str(known['area'].iloc[0]))}")


def on_map(frame: pd.DataFrame, above: int = 1000) -> Finding:
    """Count the subregions from which more than so many of 100,000 inhabitants were displaced; `frame` is by_area."""
    known = _told(frame).dropna(subset=["per_million"]).sort_values("per_million", ascending=False, kind="stable")
    many = known[known["per_million"] / 10 > above]
    head = (
        f"From {numeral(len(many)) if len(many) else 'none'} of {len(known)} subregions, more than {exact(above)} "
        f"people for every 100,000 inhabitants were displaced at the end of {int(frame['last_year'].iloc[0])}"
    )
    head += f": {listed([_article(str(area)) for area in many['area']])}" if len(many) else ""
    return Finding(head, f"{_article(str(known['area'].iloc[0]))} is the darkest")


def _many(key: str) -> str:
    return {
        "displaced": "people displaced from there",
        "deaths": "deaths in organised violence",
    }[key]


def _rate(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.1f}"


def years(frame: pd.DataFrame, what: str) -> Finding:
    """Say how each region moved from the first to the last year; `frame` is over_years."""
    first, last = int(frame["year"].min()), int(frame["year"].max())
    regions = _told(frame)
    order = regions[regions["year"] == last].sort_values("value", ascending=False, kind="stable")["area"]
    by_verb: dict[str, list[str]] = {}
    for area in order:
        own = regions[regions["area"] == area].set_index("year")["value"]
        before, after = float(own[first]), float(own[last])
        if max(before, after) == 0:
            continue
        # The numbers beside it tell by how much: one multiple told of several regions is far from true of some.
        verb = way(before, after) if before and after else ("fell to none" if before else "rose from none")
        by_verb.setdefault(verb, []).append(f"{_article(str(area))} ({_count(before)} to {_count(after)})")
    told = [f"{verb} in {listed(found)}" for verb, found in by_verb.items()]
    moves = "; and ".join(["; ".join(told[:-1]), told[-1]]) if len(told) > 1 else "".join(told)
    plain = what.removeprefix("the number of ")
    head = f"From {first} to {last}, {what} {moves}" if told else f"No {plain} are recorded in {first} and in {last}"
    return Finding(head, f"{_article(str(order.iloc[0]))} ends highest in {last}")


def _count(value: float) -> str:
    return people(value) if value >= 1000 else exact(value)


def ratification(frame: pd.DataFrame) -> Finding:
    """Name the subregions that joined most and fewest treaties; `frame` is ratification, sorted."""
    ordered = frame.sort_values("share_pct", ascending=False, kind="stable")
    top, low = ordered.iloc[0], ordered.iloc[-1]
    total = float(frame["joined"].sum()) / float(frame["possible"].sum())
    head = (
        f"States of {_article(str(top['area']))} had joined {percent(float(top['share_pct']) / 100)} of what they "
        f"could of {int(top['treaties'])} treaties by the end of {int(top['until'])}, those of "
        f"{_article(str(low['area']))} {percent(float(low['share_pct']) / 100)}; all states together {percent(total)}"
    )
    return Finding(
        head, f"the longest bar is {_article(str(top['area']))} and the shortest {_article(str(low['area']))}"
    )


def appeals(frame: pd.DataFrame, year: int) -> Finding:
    """Say what share of appeals each area received; `frame` is appeals."""
    asked = _told(frame)
    asked = asked[(asked["requirements_usd"] > 0).fillna(False)]
    total = float(frame["funding_usd"].sum()) / float(frame["requirements_usd"].sum())
    most = asked.sort_values("requirements_usd", ascending=False, kind="stable").iloc[0]
    large = asked[asked["requirements_usd"] >= 1e8].sort_values("coverage_pct", kind="stable")
    head = (
        f"Plans for {_article(str(most['area']))} asked for most in {year} ({usd(float(most['requirements_usd']))}) "
        f"and received {percent(float(most['coverage_pct']) / 100)} of it; all plans together received {percent(total)}"
    )
    if len(large) > 1:
        least = large.iloc[0]
        head += (
            f", and of areas that asked for $100 million or more, {_article(str(least['area']))} received least "
            f"({percent(float(least['coverage_pct']) / 100)})"
        )
    return Finding(head, f"the longest bar is {_article(str(most['area']))}", percent(total))
