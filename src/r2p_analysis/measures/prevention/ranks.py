"""How the Early Warning Project ranked countries by the risk of a new mass killing, and what then happened."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from r2p_analysis.store import Tables, measure

HIGH_RANK = 30
"""The project's own reports list the thirty countries of highest risk: who stands there had been pointed out."""
FIRST_EDITION = 2013
"""No earlier ranking is published."""
STATE_LED = "state-led"
LED_BY = {STATE_LED: "state", "non-state-led": "armed group"}
"""Who led a mass killing, as readers are told."""
NOT_CODED = ("YEM",)
"""Countries in which the list codes no episode of recent decades, whatever happened: nothing is said of them."""


@measure
def ranks(tables: Tables, codes: Sequence[str], last: int) -> pd.DataFrame:
    """Give the ranks of countries, edition by edition.

    Parameters
    ----------
    tables : Tables
        Needs ewp_risk, ewp_mass_killings.
    codes : sequence of str
        Countries, ISO3.
    last : int
        Last edition to give.

    Returns
    -------
    pandas.DataFrame
        iso3, edition, base_year (last year of the data behind it), rank (1 is the highest risk; null where a country is
        listed without a score), ranked (countries with a rank), lower_risk (percent of the other ranked countries that
        rank lower), target, method, ongoing (episodes of mass killing going on in the last year of the data; null where
        the list does not code the country). A country that an edition leaves out has no row.
    """
    table = tables["ewp_risk"]
    rows = table[table["iso3"].isin(list(codes)) & (table["edition"] <= last)].copy()
    order = {code: place for place, code in enumerate(codes)}
    rows["lower_risk"] = (rows["ranked"] - rows["rank"]) / (rows["ranked"] - 1) * 100
    rows = rows.sort_values(
        ["iso3", "edition"], key=lambda column: column.map(order) if column.name == "iso3" else column
    )
    rows["ongoing"] = pd.Series(
        [_ongoing(tables, iso3, int(base)) for iso3, base in zip(rows["iso3"], rows["base_year"], strict=True)],
        index=rows.index,
        dtype="Int64",
    )
    kept = ["iso3", "edition", "base_year", "rank", "ranked", "lower_risk", "target", "method", "ongoing"]
    return rows[kept].reset_index(drop=True)


def latest_edition(tables: Tables, year: int) -> int | None:
    """Give the latest edition up to a year; None before the first."""
    editions = tables["ewp_risk"]["edition"]
    known = editions[editions <= year]
    return int(known.max()) if len(known) else None


@measure
def top(tables: Tables, edition: int, count: int = 15) -> pd.DataFrame:
    """Give the countries that an edition ranks highest, and whether a mass killing was going on there.

    Returns
    -------
    pandas.DataFrame
        iso3, rank, ranked, ongoing (episodes going on in the last year of the edition's data; null where the list
        does not code the country).
    """
    table = tables["ewp_risk"]
    rows = table[(table["edition"] == edition) & table["rank"].notna()].sort_values(["rank", "iso3"]).head(count)
    base = int(rows["base_year"].iloc[0])
    ongoing = [_ongoing(tables, iso3, base) for iso3 in rows["iso3"]]
    rows = rows.assign(ongoing=pd.Series(ongoing, index=rows.index, dtype="Int64"))
    return rows[["iso3", "rank", "ranked", "ongoing"]].reset_index(drop=True)


@measure
def onsets(tables: Tables, first: int, last: int) -> pd.DataFrame:
    """Put every onset of a mass killing beside the rank that its country had in the forecast for that year.

    Parameters
    ----------
    tables : Tables
        Needs ewp_mass_killings, ewp_risk.
    first, last : int
        Years of onsets, inclusive.

    Returns
    -------
    pandas.DataFrame
        episode, iso3, start_year, perpetrator, edition (the latest up to the year of the onset; its data end before),
        base_year, rank, ranked, foreseen_kind (whether that edition forecast killings of this perpetrator at all),
        high (rank among the `HIGH_RANK` highest). Edition and rank are null before the first edition, and where the
        country is not ranked.
    """
    episodes = tables["ewp_mass_killings"]
    begun = episodes[episodes["start_year"].between(first, last)]
    editions = begun["start_year"].map(lambda year: latest_edition(tables, int(year)))
    return _with_ranks(tables, begun.assign(edition=editions.astype("Int64")))


def coded_until(tables: Tables) -> int:
    """Give the last year that the list of mass killings reaches."""
    episodes = tables["ewp_mass_killings"]
    return int(episodes[["start_year", "end_year"]].max().max())


@measure
def onsets_after(tables: Tables, edition: int, first: int, last: int) -> pd.DataFrame:
    """Put onsets of later years beside the rank that an edition gave: a look back from now.

    Returns
    -------
    pandas.DataFrame
        Columns of `onsets`, for onsets from `first` to `last`, with the ranks of `edition`.
    """
    episodes = tables["ewp_mass_killings"]
    begun = episodes[episodes["start_year"].between(first, last)]
    return _with_ranks(tables, begun.assign(edition=pd.Series(edition, index=begun.index, dtype="Int64")))


def _ongoing(tables: Tables, iso3: str, year: int) -> int | None:
    """Count the episodes going on in a country and year; its last year counts."""
    count = _ongoing_by_country(tables, year).get(iso3, 0)
    return None if iso3 in NOT_CODED and not count else count


@measure
def _ongoing_by_country(tables: Tables, year: int) -> dict[str, int]:
    episodes = tables["ewp_mass_killings"]
    going = (episodes["start_year"] <= year) & (episodes["end_year"].fillna(year) >= year)
    return {str(iso3): int(count) for iso3, count in episodes.loc[going, "iso3"].value_counts().items()}


def _with_ranks(tables: Tables, begun: pd.DataFrame) -> pd.DataFrame:
    table = tables["ewp_risk"][["edition", "iso3", "base_year", "rank", "ranked", "target"]]
    rows = begun.merge(table, on=["edition", "iso3"], how="left")
    only_states = rows["target"].fillna("").str.contains("of a state-led")
    rows["foreseen_kind"] = rows["edition"].notna() & (~only_states | (rows["perpetrator"] == STATE_LED))
    rows["high"] = (rows["rank"] <= HIGH_RANK).fillna(False).astype(bool)
    kept = [
        *("episode", "iso3", "start_year", "perpetrator", "edition", "base_year", "rank", "ranked"),
        *("foreseen_kind", "high"),
    ]
    return rows[kept].sort_values(["start_year", "iso3", "perpetrator"], ignore_index=True)
