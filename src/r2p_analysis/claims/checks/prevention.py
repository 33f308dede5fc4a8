"""Checks on early warning, on the cases of Kenya and Guinea, and on the Framework of Analysis."""

from __future__ import annotations

from collections.abc import Sequence

from r2p_analysis import countries
from r2p_analysis.claims.relations import Course, Figure
from r2p_analysis.exhibits.words import listed
from r2p_analysis.measures import prevention
from r2p_analysis.store import Tables


def prevention_rank(tables: Tables, country: str, edition: int) -> Figure:
    """Give the rank of a country by the risk of a new mass killing."""
    rows = prevention.ranks(tables, [country], edition)
    rows = rows[(rows["edition"] == edition) & rows["rank"].notna()]
    where = countries.get(country).in_text
    if rows.empty:
        first = prevention.FIRST_EDITION
        reason = (
            f"the rankings begin with the edition of {first}"
            if edition < first
            else f"{where} has no rank in {edition}"
        )
        return Figure(f"rank of {where} in {edition}", None, "", missing=reason)
    row = rows.iloc[0]
    what = f"rank of {where} among {int(row['ranked'])} countries in {edition}, forecast of the {row['target']}"
    return Figure(what, float(row["rank"]), "")


def prevention_onset(tables: Tables, country: str, year: int) -> Figure:
    """Count the mass killings that began in a country and year, as coded today."""
    episodes = tables["ewp_mass_killings"]
    begun = episodes[(episodes["iso3"] == country) & (episodes["start_year"] == year)]
    return Figure(
        f"mass killings that began in {countries.get(country).in_text} in {year}", float(len(begun)), "onsets"
    )


def prevention_onsets_ranked_high(tables: Tables, first: int, last: int) -> Figure:
    """Give the share of onsets in countries that ranked among the highest in the forecast for that year."""
    rows = prevention.onsets(tables, first, last)
    rows = rows[rows["rank"].notna()]
    share = float(rows["high"].mean() * 100) if len(rows) else None
    what = (
        f"share of the {len(rows)} mass killings that began from {first} to {last} in a country ranked among the "
        f"{prevention.HIGH_RANK} of highest risk"
    )
    return Figure(what, share, "%", missing=f"no onset from {first} to {last} is in a ranked country")


def prevention_killed(tables: Tables, country: str, years: Sequence[int], kinds: Sequence[str]) -> Figure:
    """Give the deaths in a country over some years by UCDP's types, with their range."""
    found = prevention.killed(tables, country, years, kinds)
    when = listed([str(year) for year in years])
    what = f"{_deaths_by(country, kinds)} in {when}"
    if found is None:
        return Figure(what, None, "deaths", missing=f"UCDP has no row for {when}")
    best, low, high = found
    return Figure(what, float(best), "deaths", float(low), float(high))


def prevention_killed_by_year(tables: Tables, country: str, first: int, last: int, kinds: Sequence[str]) -> Course:
    """Give the deaths in a country by year and UCDP's types together, with their range."""
    rows = prevention.deaths(tables, country, first, last)
    sums = rows[rows["kind"].isin(list(kinds))].groupby("year")[["deaths_best", "deaths_low", "deaths_high"]].sum()
    years = [int(year) for year in sums.index.to_list()]
    best, low, high = (
        dict(zip(years, map(float, sums[f"deaths_{bound}"]), strict=True)) for bound in ("best", "low", "high")
    )
    return Course(_deaths_by(country, kinds), "deaths", best, low, high)


def _deaths_by(country: str, kinds: Sequence[str]) -> str:
    types = listed([kind.replace("_", "-") for kind in kinds])
    return f"deaths by {types} violence in {countries.get(country).in_text}"


def prevention_displaced_in_kenya(tables: Tables) -> Figure:
    """Give the people displaced inside Kenya at the end of 2008 and those returned during it, by UNHCR's count."""
    rows = prevention.printed_beside_counted(tables, 2015).set_index("id")
    unhcr = tables.provenance("unhcr_population")
    return Figure(
        "people displaced inside Kenya at the end of 2008 and returned during it, by UNHCR's count",
        float(rows.loc[["kenya-2007-displaced"], "counted"].iloc[0]),
        "people",
        vintage=f"{unhcr.producer}: {unhcr.version}",
    )


def prevention_risk_factors(tables: Tables) -> Figure:
    """Count the risk factors of the Framework of Analysis."""
    return Figure("risk factors in the Framework of Analysis", float(len(prevention.risk_factors(tables))), "factors")


def prevention_factors_followed(tables: Tables) -> Figure:
    """Count the risk factors of which a table of this report follows something."""
    followed = int(prevention.risk_factors(tables)["followed"].sum())
    return Figure("risk factors of which a table here follows something", float(followed), "factors")
