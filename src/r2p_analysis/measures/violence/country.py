"""One country: deaths in it, who killed its civilians, the conflicts over it."""

from __future__ import annotations

from dataclasses import dataclass

from r2p_analysis.measures.violence.actors import actor_label
from r2p_analysis.measures.violence.conflicts import conflicts_in
from r2p_analysis.measures.violence.kinds import SINCE, covered_until
from r2p_analysis.measures.violence.units import counted_under
from r2p_analysis.store import Tables


@dataclass(frozen=True)
class CountryYear:
    """What UCDP records in one country in one year.

    Attributes
    ----------
    iso3 : str
        The place whose row it is: Israel for the State of Palestine, whose deaths UCDP records there.
    year : int
        The year, at most the last one that UCDP covers.
    covered : bool
        Whether UCDP has a row: it covers states from when they existed, not territories.
    best, low, high : int
        Deaths of all types.
    by_kind : dict of str to int
        Best estimates by type.
    civilians : int
        Civilians among the best estimate of all types, as far as their status is known.
    government, groups : int
        Civilians killed on purpose by governments of any country, and by armed groups.
    actors : tuple of str
        Governments and groups behind these killings, by name.
    before : int or None
        Best estimate five years earlier; None where there is no row.
    last_year : int or None
        Latest year, up to this one, with any death; None when none is recorded since `since`.
    worst_year, worst : int or None, int
        The year with most deaths up to this one, the latest of equals, and its best estimate; None when none died.
    since : int
        First year with a row.
    ever : int
        Deaths since then.
    conflicts, wars : int
        Armed conflicts over the country's government or territory in the year.
    """

    iso3: str
    year: int
    covered: bool
    best: int = 0
    low: int = 0
    high: int = 0
    by_kind: dict[str, int] | None = None
    civilians: int = 0
    government: int = 0
    groups: int = 0
    actors: tuple[str, ...] = ()
    before: int | None = None
    last_year: int | None = None
    worst_year: int | None = None
    worst: int = 0
    since: int = SINCE
    ever: int = 0
    conflicts: int = 0
    wars: int = 0


def country_year(tables: Tables, iso3: str, year: int) -> CountryYear:
    """Sum up a country in a year.

    Parameters
    ----------
    tables : Tables
        Needs ucdp_country_years, ucdp_armed_conflicts, ucdp_one_sided.
    iso3 : str
        The country.
    year : int
        The year asked for; the last one that UCDP covers when it is later.
    """
    until = covered_until(tables, year)
    code = counted_under(iso3)
    table = tables["ucdp_country_years"]
    rows = table[(table["iso3"] == code) & (table["year"] <= until)].set_index("year").sort_index()
    if until not in rows.index:
        return CountryYear(code, until, covered=False)
    row = rows.loc[[until]].iloc[0]
    deadly = rows.index[rows["deaths_best"] > 0]
    deaths = rows["deaths_best"].astype(int)
    most = int(deaths.max())
    conflicts = conflicts_in(tables, code, until, until)
    names = row["one_sided_actors"]
    return CountryYear(
        iso3=code,
        year=until,
        covered=True,
        best=int(row["deaths_best"]),
        low=int(row["deaths_low"]),
        high=int(row["deaths_high"]),
        by_kind={kind: int(row[f"{kind}_best"]) for kind in ("state_based", "non_state", "one_sided")},
        civilians=int(row["civilians"]),
        government=int(row["one_sided_government_best"]),
        groups=int(row["one_sided_groups_best"]),
        actors=_labels(tables, names.split("; ")) if isinstance(names, str) else (),
        before=int(deaths[until - 5]) if until - 5 in rows.index else None,
        last_year=int(deadly.max()) if len(deadly) else None,
        worst_year=int(deaths.index[deaths == most].max()) if most else None,
        worst=most,
        since=int(rows.index.min()),
        ever=int(rows["deaths_best"].sum()),
        conflicts=int(conflicts["conflict_id"].nunique()),
        wars=int(conflicts.loc[conflicts["intensity"] == "war", "conflict_id"].nunique()),
    )


def _labels(tables: Tables, names: list[str]) -> tuple[str, ...]:
    table = tables["ucdp_one_sided"].dropna(subset=["actor_in_full"]).drop_duplicates("actor", keep="last")
    full = dict(zip(table["actor"], table["actor_in_full"], strict=True))
    return tuple(actor_label(name, full.get(name)) for name in names)
