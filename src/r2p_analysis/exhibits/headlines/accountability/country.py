"""Headlines on recurrence in one country."""

from __future__ import annotations

from r2p_analysis import countries
from r2p_analysis.exhibits.headlines.accountability.recurrence import territory
from r2p_analysis.exhibits.headlines.finding import Finding, name
from r2p_analysis.exhibits.words import exact, listed, numeral, plural, sentence
from r2p_analysis.measures.accountability.country import Recurrence


def country_years(found: Recurrence) -> Finding:
    """Say how many years of a country were violent, and since when it is quiet."""
    where = territory(found.iso3)
    if found.first is None or found.last is None:
        return Finding(f"Deaths in organised violence in {where} are not counted apart", "there is no strip")
    if not found.violent_years:
        return Finding(
            f"No year of {where} from {found.first} to {found.last} saw 25 or more deaths in organised violence",
            "every year is at the lowest level",
        )
    years = found.last - found.first + 1
    saw = f"from {found.first} to {found.last} saw 25 or more deaths in organised violence in {where}"
    if years == 1:
        head = f"{found.last}, the only year counted, saw 25 or more deaths in organised violence in {where}"
    elif found.violent_years == years:
        head = f"all {numeral(years)} years {saw}"
    else:
        head = f"{numeral(found.violent_years)} of the {years} years {saw}; {_since(found)}"
    shows = f"the worst year is {found.worst_year} with {exact(found.worst_deaths)} deaths"
    return Finding(sentence(head), shows)


def country_court(found: Recurrence, last: int) -> str:
    """Say how many people stand accused before the Court in the country's situation; empty when nobody is listed."""
    if not found.accused:
        return ""
    who = plural(found.accused, "person is", "people are")
    text = f"{who} listed as accused before the International Criminal Court in a situation in {name(found.iso3)}"
    return sentence(f"{text} by the end of {last}")


def not_covered(iso3: str, year: int) -> str:
    """Say why no year of a country can be told."""
    place = countries.get(iso3)
    if not place.existed_in(year):
        return sentence(f"{place.in_text} did not exist at the end of {year}")
    text = f"UCDP has no row of its own for {place.in_text} up to {year}, which is not a measured zero"
    return sentence(
        f"{text}: deaths in Gaza and the West Bank are counted with those in Israel" if iso3 == "PSE" else text
    )


def country_summary(found: Recurrence, year: int) -> str:
    """Give one sentence on recurrence and accountability in the country."""
    where = territory(found.iso3)
    if found.first is None or found.last is None:
        return not_covered(found.iso3, year)
    if not found.violent_years:
        text = f"No year from {found.first} to {found.last} saw 25 or more deaths in organised violence in {where}"
    else:
        text = (
            f"{plural(found.violent_years, 'year')} from {found.first} to {found.last} saw 25 or more deaths in "
            f"organised violence in {where}; {_since(found)}"
        )
    extra = []
    if found.onsets:
        extra.append(f"{plural(found.onsets, 'mass killing')} began there in these years")
    if found.accused:
        who = plural(found.accused, "person is", "people are")
        extra.append(f"{who} listed as accused before the International Criminal Court")
    return sentence("; ".join([text, listed(extra)] if extra else [text]))


def _since(found: Recurrence) -> str:
    if found.violent_years == 1:
        return f"it was {found.last_violent_year}"
    if found.last_violent_year != found.last:
        return f"the last was {found.last_violent_year}"
    back = f", and violence had come back {_times(found.returns)} since {found.first}" if found.returns else ""
    return f"{found.last} was one of them{back}"


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{numeral(count)} times")
