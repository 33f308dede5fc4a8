"""Mass killings as the Early Warning Project codes them: ongoing, begun, and begun again."""

from __future__ import annotations

import pandas as pd

from r2p_analysis.store import Tables, measure


def killings_known_until(tables: Tables) -> int:
    """Give the last year that the list of episodes covers: that of the data behind the newest forecast."""
    return int(tables["ewp_risk"]["base_year"].max())


@measure
def mass_killings(tables: Tables, first: int, last: int) -> pd.DataFrame:
    """Count the mass killings of each year.

    An episode is ongoing from its first year to its last, both counted; one without a last year goes on.

    Parameters
    ----------
    tables : Tables
        Needs ewp_mass_killings and ewp_risk.
    first, last : int
        Years, inclusive; none beyond the last that the list covers.

    Returns
    -------
    pandas.DataFrame
        year, ongoing, state_led (of them), begun, ended (in their last year that year; null in the last year covered,
        as an end in it may yet be taken back).
    """
    episodes = tables["ewp_mass_killings"]
    known = killings_known_until(tables)
    end = episodes["end_year"].fillna(known)
    rows = []
    for year in range(first, min(last, known) + 1):
        going_on = (episodes["start_year"] <= year) & (end >= year)
        rows.append(
            {
                "year": year,
                "ongoing": int(going_on.sum()),
                "state_led": int((going_on & (episodes["perpetrator"] == "state-led")).sum()),
                "begun": int((episodes["start_year"] == year).sum()),
                "ended": int((episodes["end_year"] == year).sum()) if year < known else None,
            }
        )
    columns = ["year", "ongoing", "state_led", "begun", "ended"]
    return pd.DataFrame(rows, columns=columns).astype("Int64")


@measure
def onsets(tables: Tables, first: int, last: int) -> pd.DataFrame:
    """List the mass killings begun, and whether the country had seen one before.

    Returns
    -------
    pandas.DataFrame
        iso3, year, perpetrator, earlier ("while another went on", "after an earlier one had ended", "the first since
        1945"), quiet_years (between the last year of the latest earlier one and this; null otherwise).
    """
    episodes = tables["ewp_mass_killings"].sort_values(["start_year", "iso3", "episode"])
    known = killings_known_until(tables)
    rows = []
    for row in episodes[episodes["start_year"].between(first, min(last, known))].itertuples():
        before = episodes[(episodes["iso3"] == row.iso3) & (episodes["start_year"] < row.start_year)]
        ends = before["end_year"].fillna(known)
        gap = None
        if before.empty:
            earlier = "the first since 1945"
        elif (ends >= row.start_year).any():
            earlier = "while another went on"
        else:
            earlier, gap = "after an earlier one had ended", int(row.start_year - ends.max() - 1)
        rows.append((row.iso3, row.start_year, row.perpetrator, earlier, gap))
    out = pd.DataFrame(rows, columns=["iso3", "year", "perpetrator", "earlier", "quiet_years"])
    return out.astype({"year": "Int64", "quiet_years": "Int64"})


@measure
def ongoing_by_country(tables: Tables, year: int) -> pd.DataFrame:
    """Count the mass killings ongoing in a year by country.

    Returns
    -------
    pandas.DataFrame
        iso3, ongoing. Countries without one have no row; empty beyond the last year that the list covers.
    """
    episodes = tables["ewp_mass_killings"]
    known = killings_known_until(tables)
    end = episodes["end_year"].fillna(known)
    going_on = episodes[(episodes["start_year"] <= year) & (end >= year) & (year <= known)]
    return going_on.groupby("iso3").size().rename("ongoing").astype("Int64").reset_index()
