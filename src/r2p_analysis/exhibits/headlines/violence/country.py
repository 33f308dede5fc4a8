"""Headlines of one country's violence."""

from __future__ import annotations

import pandas as pd

from r2p_analysis.exhibits.headlines.finding import Finding
from r2p_analysis.exhibits.headlines.violence.wording import between, civilians, persons, times_or_percent
from r2p_analysis.exhibits.words import exact, listed, people, plural, sentence
from r2p_analysis.measures.violence import CountryYear, unit_in_text

UNDER_ISRAEL = "UCDP records deaths in the West Bank and Gaza under Israel, not apart: the figures are of all three."
_MOST_NAMED = 12


def country_deaths(found: CountryYear) -> Finding:
    """Say how many died in the country."""
    where = unit_in_text(found.iso3)
    if not found.best:
        head = f"No death in organised violence was recorded in {where} in {found.year}"
        head += f"; the last was in {found.last_year}" if found.last_year else f", nor in any year since {found.since}"
        return Finding(head, f"the line is at zero in {found.year}", "0")
    head = f"Organised violence killed {persons(found.best)} in {where} in {found.year}{between(found.low, found.high)}"
    if found.before is not None:
        head += f", {_five_years(found)}"
    parts = [f"{exact(count)} in {_KIND[kind]}" for kind, count in (found.by_kind or {}).items() if count]
    return Finding(head, f"the lines of {found.year} are at {listed(parts)}", people(found.best))


_KIND = {"state_based": "state-based conflict", "non_state": "non-state conflict", "one_sided": "one-sided violence"}


def _five_years(found: CountryYear) -> str:
    then = found.year - 5
    if not found.before:
        return f"against nobody in {then}"
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
        head += ", by governments" if found.government else ", by armed groups"
    shows = f"governments are at {exact(found.government)} and armed groups at {exact(found.groups)} in {found.year}"
    return Finding(head, shows, people(total))


def actors_named(found: CountryYear) -> list[str]:
    """Give a note that names those behind the killings of civilians in the country; none when there were none."""
    if not found.actors:
        return []
    names = list(found.actors)
    shown = names[:_MOST_NAMED]
    more = f" and {plural(len(names) - len(shown), 'other')}" if len(names) > len(shown) else ""
    return [
        (
            f"UCDP names behind the killings of civilians there in {found.year}: {', '.join(shown)}{more}. "
            "It does not say how many each killed in this country."
        )
    ]


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
    text = f"Organised violence killed {persons(found.best)} in {where} in {found.year}{between(found.low, found.high)}"
    killed = found.government + found.groups
    if found.civilians:
        text += f", {civilians(found.civilians)} among them"
    if killed:
        text += f"; {civilians(killed)} {'was' if killed == 1 else 'were'} killed on purpose"
    if found.conflicts:
        fought = plural(found.conflicts, "armed conflict was", "armed conflicts were")
        text += f"; {fought} fought over its government or territory{_wars(found)}"
    return sentence(text)


def _wars(found: CountryYear) -> str:
    if not found.wars:
        return ""
    if found.wars == found.conflicts:
        return ", a war" if found.wars == 1 else ", each of them a war"
    return f", {plural(found.wars, 'of them a war', 'of them wars')}"


def has_any(frame: pd.DataFrame) -> bool:
    """Tell whether any death is in a frame of in_countries or perpetrators_in."""
    return bool(frame["deaths_best"].fillna(0).sum() > 0)
