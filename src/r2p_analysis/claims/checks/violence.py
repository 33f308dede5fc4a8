"""Checks on organised violence and mass killings: figures and courses that the relations of a claim judge."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from r2p_analysis import countries
from r2p_analysis.claims.relations import Course, Figure
from r2p_analysis.errors import UsageError
from r2p_analysis.exhibits.words import listed, numeral
from r2p_analysis.measures import violence
from r2p_analysis.store import Tables

WORLD = "WLD"
_WHAT = {
    "deaths": "Deaths in organised violence",
    "state_based": "Deaths in state-based conflict",
    "non_state": "Deaths in non-state conflict",
    "one_sided": "Civilians killed on purpose",
    "one_sided_government": "Civilians killed on purpose by governments",
    "one_sided_groups": "Civilians killed on purpose by armed groups",
}


def violence_cumulative_deaths(tables: Tables, place: str, start: int, end: int, kind: str = "deaths") -> Figure:
    """Add up deaths in a country, or in the world, over some years, with plain sums of low and high estimates."""
    rows = _rows(tables, place, start, end)
    best, low, high = (_sum(rows, f"{_stem(kind)}_{estimate}") for estimate in ("best", "low", "high"))
    what = f"{_WHAT[kind]} in {_where(place)} {_span(start, end)} (UCDP)"
    if rows["year"].nunique() < end - start + 1:
        return Figure(what, None, "deaths", missing=f"{what}: not every year is covered")
    return Figure(what, best, "deaths", low, high)


def violence_deaths_by_year(tables: Tables, kind: str = "deaths", place: str = WORLD) -> Course:
    """Follow deaths of a kind, in the world or in one country."""
    table = _rows(tables, place, violence.SINCE, _last(tables))
    sums = table.groupby("year")[[f"{_stem(kind)}_{estimate}" for estimate in ("best", "low", "high")]].sum()
    points, low, high = (_points(sums[column]) for column in sums.columns)
    return Course(f"{_WHAT[kind]} in {_where(place)} (UCDP)", "deaths", points, low, high)


def violence_civilians_by_year(tables: Tables) -> Course:
    """Follow the civilians among the world's deaths in organised violence; UCDP gives them no range."""
    totals = violence.totals(tables, violence.SINCE, _last(tables)).set_index("year")
    return Course("Civilians killed in organised violence, world (UCDP)", "deaths", _points(totals["civilians"]))


def violence_civilian_share_by_year(tables: Tables) -> Course:
    """Follow the civilians' share of all deaths, up to the share if all of unknown status were civilians."""
    totals = violence.totals(tables, violence.SINCE, _last(tables)).set_index("year")
    share, most = _points(totals["civilian_share"] * 100), _points(totals["civilian_share_most"] * 100)
    return Course("Civilians' share of deaths in organised violence, world (UCDP)", "%", share, share, most)


def violence_one_sided_actors_by_year(tables: Tables) -> Course:
    """Follow the number of governments and groups that killed 25 or more civilians on purpose in a year."""
    counts = violence.actors_by_year(tables, violence.SINCE, _last(tables)).set_index("year")
    what = f"Actors that killed {violence.LISTED_FROM} or more civilians on purpose (UCDP)"
    return Course(what, "actors", _points(counts["actors"]))


def violence_share_of_actors_by_year(tables: Tables, actors: Sequence[str]) -> Course:
    """Follow the share of some actors in the killings of civilians by all listed actors."""
    shares = violence.share_of_actors(tables, actors, violence.SINCE, _last(tables)).set_index("year")
    names = listed([_short_name(tables, actor) for actor in actors])
    what = f"Share of {names} in the civilians killed on purpose by listed actors (UCDP)"
    return Course(what, "%", _points(shares["share"] * 100))


def violence_deaths_by_actors(tables: Tables, actors: Sequence[str]) -> Course:
    """Follow the civilians killed on purpose by some actors; a year in which none is listed has no figure."""
    table = tables["ucdp_one_sided"]
    rows = table[table["actor"].isin(list(actors))]
    if rows.empty:
        raise UsageError(f'no actor "{", ".join(actors)}" in UCDP\'s list; it writes names such as IS or JAS')
    sums = rows.groupby("year")[["deaths_best", "deaths_low", "deaths_high"]].sum()
    names = listed([_short_name(tables, actor) for actor in actors])
    points, low, high = (_points(sums[column]) for column in sums.columns)
    return Course(f"Civilians killed on purpose by {names} (UCDP)", "deaths", points, low, high)


def violence_conflicts_by_year(tables: Tables, wars: bool = False) -> Course:
    """Follow the number of armed conflicts, or of wars."""
    last = int(tables["ucdp_armed_conflicts"]["year"].max())
    counts = violence.conflicts_by_year(tables, violence.CONFLICTS_SINCE, last).set_index("year")
    if wars:
        return Course("Wars (UCDP/PRIO)", "wars", _points(counts["wars"]))
    return Course("Armed conflicts with a state as a party (UCDP/PRIO)", "conflicts", _points(counts["conflicts"]))


def violence_mass_killings_ongoing(tables: Tables) -> Course:
    """Follow the number of mass killings that go on in a year."""
    return Course("Mass killings going on (Early Warning Project)", "episodes", _points(_episodes(tables)["ongoing"]))


def violence_mass_killings_begun(tables: Tables, years: int = 1) -> Course:
    """Follow the number of mass killings begun in a year, or in so many years up to it."""
    begun = _episodes(tables)["begun"].astype(int).rolling(years).sum().dropna()
    when = "in {year}" if years == 1 else f"in the {numeral(years)} years to {{year}}"
    return Course("Mass killings begun (Early Warning Project)", "episodes", _points(begun), when=when)


def _rows(tables: Tables, place: str, start: int, end: int) -> pd.DataFrame:
    table = tables["ucdp_country_years"]
    rows = table[table["year"].between(start, end)]
    return rows if place == WORLD else rows[rows["iso3"] == countries.get(place).iso3]


def _where(place: str) -> str:
    return "the world" if place == WORLD else countries.get(place).in_text


def _episodes(tables: Tables) -> pd.DataFrame:
    last = violence.episodes_until(tables, 9999)
    return violence.episodes_by_year(tables, 1945, last).set_index("year")


def _last(tables: Tables) -> int:
    return violence.covered_until(tables, 9999)


def _stem(kind: str) -> str:
    if kind not in _WHAT:
        raise UsageError(f'unknown kind of deaths "{kind}": the kinds are {", ".join(_WHAT)}')
    return kind


def _points(values: pd.Series) -> dict[int, float]:
    return {int(year): float(value) for year, value in values.dropna().items()}  # type: ignore[call-overload]  # index of years


def _sum(rows: pd.DataFrame, column: str) -> float:
    return float(rows[column].sum())


def _span(start: int, end: int) -> str:
    return f"from {start} to the end of {end}" if start < end else f"in {start}"


def _short_name(tables: Tables, actor: str) -> str:
    table = tables["ucdp_one_sided"]
    full = table.loc[table["actor"] == actor, "actor_in_full"].dropna()
    return violence.actor_label(actor, str(full.iloc[0]) if len(full) else None)
