"""Mass killings as the Early Warning Project counts them: episodes that go on, begin and end."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from r2p_analysis.store import Tables, measure

EPISODES_SINCE = 1945
NOT_CODED = {"YEM"}
"""Countries in which the project has coded no episode of these decades, whatever happened there."""


def episodes_until(tables: Tables, year: int) -> int:
    """Give the last year that the list of episodes covers and that is not after `year`.

    The list says no last year itself; it is published with an edition of the ranking, about the year before.
    """
    return min(year, int(tables["ewp_risk"]["edition"].max()) - 1)


@measure
def episodes_by_year(tables: Tables, first: int, last: int) -> pd.DataFrame:
    """Count episodes of mass killing.

    Parameters
    ----------
    tables : Tables
        Needs ewp_mass_killings.
    first, last : int
        Years, inclusive.

    Returns
    -------
    pandas.DataFrame
        year, ongoing (an episode counts in its first and in its last year), begun, ended (last year of an episode),
        begun_in_five (begun in the five years to then; null before 1949, when fewer are known).
    """
    table = tables["ewp_mass_killings"]
    ends = table["end_year"].fillna(9999)
    rows = []
    for year in range(first, last + 1):
        begun_in_five = int(table["start_year"].between(year - 4, year).sum())
        rows.append(
            {
                "year": year,
                "ongoing": int(((table["start_year"] <= year) & (ends >= year)).sum()),
                "begun": int((table["start_year"] == year).sum()),
                "ended": int((ends == year).sum()),
                "begun_in_five": begun_in_five if year - 4 >= EPISODES_SINCE else None,
            }
        )
    return pd.DataFrame(rows).astype("Int64").astype({"year": int})


@measure
def episodes_in(tables: Tables, codes: Sequence[str], year: int) -> pd.DataFrame:
    """Count episodes that go on in a year, by country.

    Returns
    -------
    pandas.DataFrame
        iso3, ongoing, state_led, first_year (of the earliest that goes on; null when none does), in the order of
        `codes`.
    """
    table = tables["ewp_mass_killings"]
    on = table[(table["start_year"] <= year) & (table["end_year"].fillna(9999) >= year)]
    on = on.assign(state_led=(on["perpetrator"] == "state-led").astype("Int64"))
    counts = on.groupby("iso3").agg(
        ongoing=("episode", "count"), state_led=("state_led", "sum"), first_year=("start_year", "min")
    )
    counts = counts.reindex(list(dict.fromkeys(codes)))
    counts[["ongoing", "state_led"]] = counts[["ongoing", "state_led"]].fillna(0)
    return counts.astype("Int64").rename_axis("iso3").reset_index()
