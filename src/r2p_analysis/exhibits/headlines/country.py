"""Headlines of one country's profile."""

from __future__ import annotations

import pandas as pd

from r2p_analysis import countries
from r2p_analysis.exhibits.headlines.became import age_and_sex, decisions, returns
from r2p_analysis.exhibits.headlines.finding import UNKNOWN, Finding, name, number
from r2p_analysis.exhibits.headlines.phrases import (
    FEW,
    apart_since,
    area,
    begun,
    came_from,
    part,
    persons,
    rate,
    times,
    were,
    were_count,
)
from r2p_analysis.exhibits.words import exact, listed, numeral, people, percent, plural, possessive
from r2p_analysis.measures.displacement.components import COMPONENTS, GAZA_TWICE_SINCE, UNRWA_ORIGIN

__all__ = [
    "age_and_sex",
    "apart_since",
    "area",
    "begun",
    "beside_region",
    "decisions",
    "destinations",
    "displaced",
    "hosted",
    "inside",
    "origins_of_hosted",
    "returns",
    "spread",
    "summary",
]

_LABELS = {
    "refugees": "refugees",
    "palestine_refugees": "Palestine refugees under UNRWA",
    "asylum_seekers": "asylum-seekers",
    "other_people_in_need": "other people in need of protection",
    "conflict_idps": "people displaced inside the country",
}
_INTRODUCED = {name for name, component in COMPONENTS.items() if component.introduced}


def displaced(frame: pd.DataFrame, iso3: str, year: int) -> Finding:
    """Say how many people are displaced from a country; `frame` is displaced_from."""
    total = _total(frame, year)
    where = name(iso3)
    if not total:
        return Finding(
            f"No displaced person from {where} was recorded at the end of {year}", f"there is no bar for {year}"
        )
    twice = _counted_twice(frame, iso3, year)
    if twice:
        head = (
            f"Between {people(total - twice)} and {people(total)} people from {where} were displaced at the end of "
            f"{year}, as refugees under UNRWA displaced in Gaza are counted twice"
        )
        return Finding(head, _bar(frame, year), f"up to {people(total)}")
    head = f"{people(total)} {persons(total)} from {where} {were(total)} displaced at the end of {year}"
    inside_known = frame.loc[(frame["component"] == "conflict_idps") & frame["people"].notna(), "year"]
    if len(inside_known) and year not in set(inside_known):
        head += ", without those displaced inside, of whom there is no figure"
    head += _five_years_before(frame, year)
    return Finding(head, _bar(frame, year), people(total))


def summary(frame: pd.DataFrame, iso3: str, year: int, *, listed_apart: bool = True) -> Finding:
    """Say in one sentence how many are displaced inside and abroad; `frame` is displaced_from.

    Parameters
    ----------
    frame : pandas.DataFrame
        Of displaced_from.
    iso3 : str
        The country.
    year : int
        The year.
    listed_apart : bool
        Whether UNHCR's figures have a place of their own for the country.
    """
    if not listed_apart:
        text = f"UNHCR's figures do not list {name(iso3)} apart, which is not a record of nobody displaced"
        return Finding(text, "", UNKNOWN)
    if not countries.get(iso3).existed_in(year) and not _total(frame, year):
        return Finding(f"{name(iso3)} did not exist at the end of {year}, so nobody is counted apart", "", UNKNOWN)
    total = _total(frame, year)
    # Palestine refugees under UNRWA live inside and outside their country: the parts do not divide so.
    if not total:
        return Finding(displaced(frame, iso3, year).headline, "", "0")
    if iso3 == UNRWA_ORIGIN:
        return displaced(frame, iso3, year)
    inside_of_year = frame[(frame["year"] == year) & (frame["component"] == "conflict_idps")]["people"].dropna()
    where, within = name(iso3), float(inside_of_year.sum())
    if inside_of_year.empty:
        head = (
            f"{people(total)} {persons(total)} from {where} {were(total)} under protection or seeking it abroad at "
            f"the end of {year}; no figure of people displaced inside is recorded"
        )
    elif within in (0, total):
        head = f"{people(total)} {persons(total)} from {where} {were(total)} displaced at the end of {year}, "
        head += "all inside the country" if within else "all abroad"
        head = head.replace("all ", "", 1) if round(total) == 1 else head
    else:
        head = (
            f"{people(total)} people from {where} were displaced at the end of {year}, "
            f"{_parted(within, total - within)}"
        )
    return Finding(head, "", people(total))


def _parted(within: float, abroad: float) -> str:
    """Divide a total; a part that is lost in its rounding is told as what lacks of all."""
    total = people(within + abroad)
    if people(abroad) == total:
        return f"all but {people(within)} of them abroad"
    if people(within) == total:
        return f"all but {people(abroad)} of them inside the country"
    return f"{people(within)} inside the country and {people(abroad)} abroad"


def inside(frame: pd.DataFrame, iso3: str, year: int) -> Finding:
    """Say how many are displaced inside the country, by IDMC's count; `frame` has year, conflict_idps, unhcr_idps."""
    row = frame.set_index("year").reindex([year]).iloc[0]
    idmc, unhcr = number(row["conflict_idps"]), number(row["unhcr_idps"])
    where = name(iso3)
    if idmc is None:
        known = frame.dropna(subset=["conflict_idps"])
        last = int(known["year"].max()) if len(known) else None
        head = f"IDMC has no figure of people displaced by conflict inside {where} for the end of {year}"
        head += f"; its last is of {last}" if last else ""
        return Finding(head, f"IDMC has no figure for {year}")
    if not idmc:
        return Finding(
            f"IDMC counted nobody displaced by conflict inside {where} at the end of {year}", f"IDMC has 0 in {year}"
        )
    head = f"{people(idmc)} {persons(idmc)} {were(idmc)} displaced by conflict inside {where} at the end of {year}"
    if unhcr:
        head += f"; UNHCR protected or assisted {people(unhcr)}"
    return Finding(head, f"IDMC has {exact(idmc)} in {year}", people(idmc))


def destinations(frame: pd.DataFrame, iso3: str, year: int) -> Finding:
    """Say where those who left are; `frame` is destinations."""
    total = float(frame["people"].sum())
    first = frame.iloc[0]
    share = float(first["people"]) / total
    where = name(first["asylum_iso3"])
    sought = f"{persons(total)} from {name(iso3)} who sought protection abroad"
    if share == 1:
        everyone = "the one" if round(total) == 1 else f"all {numeral(round(total)) if total <= 10 else people(total)}"
        head = f"{everyone} {sought} {were(total)} in {where} at the end of {year}"
    else:
        head = f"Of {people(total)} {sought}, {part(first['people'], total)} in {where} at the end of {year}"
    return Finding(head, f"the longest bar is {where} with {exact(first['people'])}", percent(share))


def spread(frame: pd.DataFrame, iso3: str, year: int) -> Finding:
    """Say how many countries hold nine tenths of those who left; `frame` is destinations."""
    sizes = frame["people"].astype(float)
    most = int((sizes.cumsum() < sizes.sum() * 0.9).sum()) + 1
    where = f"{name(frame['asylum_iso3'].iloc[0])} alone" if most == 1 else plural(most, "country", "countries")
    head = (
        f"At least nine in ten of the people from {name(iso3)} who sought protection abroad were in {where} "
        f"at the end of {year}; they are recorded in "
        f"{plural(len(frame), 'country', 'countries')}"
    )
    return Finding(head, f"the largest circles are {listed([name(code) for code in frame.head(3)['asylum_iso3']])}")


def hosted(frame: pd.DataFrame, iso3: str, year: int) -> Finding:
    """Say how many people under protection the country hosts; `frame` is hosted_in."""
    total = _total(frame, year)
    where = name(iso3)
    if not total:
        return Finding(
            f"No refugee or asylum-seeker was recorded in {where} at the end of {year}", f"there is no bar for {year}"
        )
    # UNRWA's refugees in the State of Palestine did not come from another country.
    elsewhere = "another country" if round(total) == 1 else "other countries"
    who = "refugees" if iso3 == UNRWA_ORIGIN else f"{persons(total)} from {elsewhere}"
    registered = " registered or recorded" if iso3 == UNRWA_ORIGIN else ""
    head = f"{people(total)} {who} {were(total)}{registered} in {where} at the end of {year}"
    head += _five_years_before(frame, year)
    return Finding(head, _bar(frame, year), people(total))


def origins_of_hosted(frame: pd.DataFrame, iso3: str, year: int) -> Finding:
    """Say where the hosted come from; `frame` is origins_of_hosted."""
    total, first = float(frame["people"].sum()), frame.iloc[0]
    came = came_from(first["origin_iso3"])
    kind = "refugee or asylum-seeker" if round(total) == 1 else "refugees and asylum-seekers"
    hosts = f"{kind} whom {name(iso3)} hosted at the end of {year}"
    if float(first["people"]) == total:
        head = f"the one {hosts} {came.replace('were', 'was')}" if round(total) == 1 else f"all {hosts} {came}"
    elif total < FEW:
        head = f"{numeral(round(first['people']))} of the {exact(total)} {hosts} {came}"
    else:
        head = f"{percent(float(first['people']) / total)} of the {hosts} {came}"
    return Finding(head, f"the longest bar is that of {exact(first['people'])} who {came}")


def beside_region(frame: pd.DataFrame, iso3: str, subregion: str, year: int) -> Finding:
    """Compare the rate of people abroad with the median of the subregion."""
    row = frame.set_index("year").reindex([year]).iloc[0]
    own, median = number(row["abroad_per_100k"]), number(row["median_per_100k"])
    where, subregion = name(iso3), area(subregion)
    if own is None or median is None:
        return Finding(f"{where} cannot be set beside its region for {year}: its inhabitants are not known", "no line")
    if own == 0:
        text = f"Nobody from {where} is recorded as seeking protection abroad at the end of {year}"
        return Finding(
            f"{text}; the median of {subregion} is {rate(median)} per 100,000 inhabitants", "the line is at zero"
        )
    if own == median:
        relation = f"which is the median of {subregion}"
    elif median > 0 and own >= 2 * median:
        relation = f"{times(own / median)} the median of {subregion} ({rate(median)})"
    else:
        relation = f"{'above' if own > median else 'below'} the median of {subregion} ({rate(median)})"
    own_rate = f"{rate(own)} people per 100,000 inhabitants of {where}"
    head = f"{own_rate} sought protection abroad at the end of {year}, {relation}"
    return Finding(head, f"{possessive(where)} line is at {rate(own)} and the median's at {rate(median)}")


def _total(frame: pd.DataFrame, year: int) -> float | None:
    people_of_year = frame.loc[frame["year"] == year, "people"].dropna()
    return float(people_of_year.sum()) if len(people_of_year) else None


def _counted_twice(frame: pd.DataFrame, iso3: str, year: int) -> float:
    """Give the largest number of people who may stand in two components; 0 where that does not occur."""
    if iso3 != UNRWA_ORIGIN or year < GAZA_TWICE_SINCE:
        return 0
    counts = frame[frame["year"] == year].set_index("component")["people"].fillna(0)
    return float(min(counts.get("conflict_idps", 0), counts.get("palestine_refugees", 0)))


def _bar(frame: pd.DataFrame, year: int) -> str:
    """Say of what the bar of a year is made."""
    parts = frame[(frame["year"] == year) & (frame["people"].fillna(0) > 0)].sort_values("people", ascending=False)
    pairs = zip(parts["people"], parts["component"], strict=True)
    return f"the bar of {year} is made of {listed([f'{exact(count)} {_LABELS[part]}' for count, part in pairs])}"


def _five_years_before(frame: pd.DataFrame, year: int) -> str:
    """Compare with five years before, if the same groups were counted then."""
    now, then = (_counted(frame, y) for y in (year, year - 5))
    before = _total(frame, year - 5)
    if before is None:
        return ""
    if (now ^ then) - _INTRODUCED:
        return f"; the figure for {year - 5} is not comparable, as other groups were counted then"
    if before and people(before) == people(_total(frame, year)):
        return ", as many as five years before"
    return f"; five years before, {were_count(before)}"


def _counted(frame: pd.DataFrame, year: int) -> set[str]:
    return set(frame.loc[(frame["year"] == year) & frame["people"].notna(), "component"])
