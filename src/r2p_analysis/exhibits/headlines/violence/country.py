"""Headlines of one country's violence."""

from __future__ import annotations

import pandas as pd

from r2p_analysis.exhibits.headlines.finding import UNKNOWN, Finding
from r2p_analysis.exhibits.headlines.violence.wording import between, civilians, persons, times_or_percent
from r2p_analysis.exhibits.words import exact, listed, numeral, people, plural, sentence
from r2p_analysis.measures.violence import CountryYear, unit_in_text

UNDER_ISRAEL = "UCDP records deaths in the West Bank and Gaza under Israel, not apart: the figures are of all three."
_MOST_NAMED = 12
# "1,294 times as many" as one death says less than the two numbers do.
_FEW = 25


def country_deaths(found: CountryYear) -> Finding:
    """Say how many died in the country."""
    where = unit_in_text(found.iso3)
    if not found.best:
        head = f"No death in organised violence was recorded in {where} in {found.year}"
        if found.last_year and found.last_year == found.worst_year:
            deaths = numeral(found.worst) if found.worst <= 10 else people(found.worst)
            head += f"; the last was in {found.last_year}, the deadliest year since {found.since}, with {deaths}"
            return Finding(head, f"the line is at zero in {found.year}", "0")
        head += f"; the last was in {found.last_year}" if found.last_year else f", nor in any year since {found.since}"
        return Finding(head + _deadliest(found), f"the line is at zero in {found.year}", "0")
    head = f"{_counted(found.best)} in organised violence in {where} in {found.year}"
    if found.before is not None:
        head += f", {_five_years(found)}"
    head += _deadliest(found)
    parts = [f"{exact(count)} in {_KIND[kind]}" for kind, count in (found.by_kind or {}).items() if count]
    lines = "line" if len(parts) == 1 else "lines"
    verb = "is" if len(parts) == 1 else "are"
    return Finding(head, f"the {lines} of {found.year} {verb} at {listed(parts)}", people(found.best))


_KIND = {"state_based": "state-based conflict", "non_state": "non-state conflict", "one_sided": "one-sided violence"}


def peaks_apart(frame: pd.DataFrame, found: CountryYear) -> list[str]:
    """Give a note where the deadliest year is not that of the highest line, which is of one type; `frame` is drawn."""
    known = frame[frame["deaths_best"].fillna(0) > 0].sort_values("deaths_best", kind="stable")
    if known.empty or found.worst_year is None or int(known["year"].iloc[-1]) == found.worst_year:
        return []
    top = known.iloc[-1]
    alone = str(top["label"])
    note = (
        f"Deaths of all types together were most in {found.worst_year}; those in {alone[:1].lower()}{alone[1:]} alone, "
        f"the highest point of any line, in {int(top['year'])}."
    )
    return [note]


def _counted(count: int) -> str:
    return f"{people(count)} death{'' if count == 1 else 's'}"


def _deadliest(found: CountryYear) -> str:
    """Set the year beside the deadliest one: what dwarfs all other years in the chart is named."""
    if found.worst_year is None or found.since == found.year:
        return ""
    if found.worst_year == found.year:
        return f"; no year since {found.since} was deadlier"
    return f"; the deadliest year since {found.since} was {found.worst_year}, with {people(found.worst)}"


def _killed(found: CountryYear) -> str:
    where, spread = unit_in_text(found.iso3), between(found.low, found.high, found.best)
    return f"Organised violence killed {persons(found.best)} in {where} in {found.year}{spread}"


def _five_years(found: CountryYear) -> str:
    then = found.year - 5
    if not found.before:
        return f"against none on record in {then}"
    if found.before < _FEW < found.best:
        return f"against {numeral(found.before)} in {then}"
    return f"{times_or_percent(found.before, found.best)} in {then}"


def country_perpetrators(found: CountryYear) -> Finding:
    """Say who killed civilians on purpose in the country."""
    where, total = unit_in_text(found.iso3), found.government + found.groups
    if not total:
        text = f"No killing of civilians on purpose was recorded in {where} in {found.year}"
        return Finding(text, f"both lines are at zero in {found.year}", "0")
    head = f"{civilians(total)} {'was' if total == 1 else 'were'} killed on purpose in {where} in {found.year}"
    if found.government and found.groups:
        head += f", {people(found.government)} by governments and {people(found.groups)} by armed groups"
    else:
        head += ", all" if total > 1 else ","
        head += " by governments" if found.government else " by armed groups"
    shows = f"governments are at {exact(found.government)} and armed groups at {exact(found.groups)} in {found.year}"
    return Finding(head, shows, people(total))


def actors_named(found: CountryYear) -> list[str]:
    """Give a note that names those behind the killings of civilians in the country; none when there were none."""
    if not found.actors:
        return []
    names = list(found.actors)
    shown = names[:_MOST_NAMED]
    more = f" and {plural(len(names) - len(shown), 'other')}" if len(names) > len(shown) else ""
    each = " It does not say how many each killed in this country." if len(names) > 1 else ""
    return [f"UCDP names behind the killings of civilians there in {found.year}: {'; '.join(shown)}{more}.{each}"]


def not_covered(iso3: str) -> str:
    """Say why a place has no record."""
    return f"UCDP covers states: it has no row of {unit_in_text(iso3)}, which is not a record of no deaths."


def country_summary(found: CountryYear) -> str:
    """Sum up the country's violence in one sentence."""
    where = unit_in_text(found.iso3)
    if not found.covered:
        return not_covered(found.iso3)
    if not found.ever:
        return sentence(f"UCDP records no death in organised violence in {where} from {found.since} to {found.year}")
    if not found.best:
        return sentence(
            f"UCDP records no death in organised violence in {where} in {found.year}; the last was in {found.last_year}"
        )
    text = f"{_killed(found)}{_of_them_civilians(found)}"
    if found.conflicts:
        fought = plural(found.conflicts, "armed conflict was", "armed conflicts were")
        text += f"; {fought} fought over its government or territory{_wars(found)}"
    return sentence(text)


def country_finding(found: CountryYear) -> Finding:
    """Give the summary with its number: deaths in the year, a dash where the place is not covered."""
    return Finding(country_summary(found), "", _figure(found))


def _figure(found: CountryYear) -> str:
    if not found.covered:
        return UNKNOWN
    return people(found.best) if found.best else "0"


def _of_them_civilians(found: CountryYear) -> str:
    """Say how many civilians died and how many on purpose: counted apart, neither figure is part of the other."""
    killed = found.government + found.groups
    if killed and (killed >= found.civilians or people(killed) == people(found.civilians)):
        if killed == found.best:
            return (
                ", a civilian, on purpose"
                if killed == 1
                else f", {'both' if killed == 2 else 'all'} of them civilians killed on purpose"
            )
        return f", {people(killed)} of them {'a civilian' if killed == 1 else 'civilians'} killed on purpose"
    if not found.civilians:
        return ""
    if found.civilians == found.best:
        text = ", a civilian" if found.best == 1 else ", all of them civilians"
    else:
        text = f", {civilians(found.civilians)} among them"
    return text + (f"; {civilians(killed)} {'was' if killed == 1 else 'were'} killed on purpose" if killed else "")


def ranges_apart(frame: pd.DataFrame) -> list[str]:
    """Give a note on the years whose range, as published, does not hold the best estimate; `frame` is in_countries."""
    known = frame.dropna(subset=["deaths_low", "deaths_best", "deaths_high"])
    apart = (known["deaths_low"] > known["deaths_best"]) | (known["deaths_high"] < known["deaths_best"])
    years = [str(year) for year in sorted(set(known.loc[apart, "year"]))]
    if not years:
        return []
    return [
        f"For {listed(years)} the range that UCDP publishes does not hold its best estimate; it is shown as published."
    ]


def _wars(found: CountryYear) -> str:
    if not found.wars:
        return ""
    if found.wars == found.conflicts:
        return ", a war" if found.wars == 1 else ", each of them a war"
    return f", {plural(found.wars, 'of them a war', 'of them wars')}"


def has_any(frame: pd.DataFrame) -> bool:
    """Tell whether any death is in a frame of in_countries or perpetrators_in."""
    return bool(frame["deaths_best"].fillna(0).sum() > 0)
