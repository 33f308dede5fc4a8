"""How often atrocity crimes occur and how many they kill: measure by measure, for the two are not one."""

from __future__ import annotations

import pandas as pd

from r2p_analysis.measures.violence.actors import actors_by_year
from r2p_analysis.measures.violence.conflicts import conflicts_by_year
from r2p_analysis.measures.violence.episodes import episodes_by_year
from r2p_analysis.measures.violence.world import totals
from r2p_analysis.store import Tables, measure

FREQUENCY, SCALE = "frequency", "scale"
_MEASURES = {
    "ongoing": (FREQUENCY, "Mass killings going on", "episodes"),
    "begun_in_five": (FREQUENCY, "Mass killings begun in 5 years", "episodes"),
    "actors": (FREQUENCY, "Actors killing 25 or more civilians", "actors"),
    "conflicts": (FREQUENCY, "Armed conflicts", "conflicts"),
    "wars": (FREQUENCY, "Wars", "wars"),
    "one_sided_best": (SCALE, "Civilians killed on purpose", "deaths"),
    "civilians": (SCALE, "Civilians killed in all violence", "deaths"),
    "deaths_best": (SCALE, "Deaths in all violence", "deaths"),
}


@measure
def frequency_and_scale(tables: Tables, first: int, last: int) -> pd.DataFrame:
    """Follow each measure of frequency and of scale.

    Parameters
    ----------
    tables : Tables
        Needs ewp_mass_killings, ucdp_one_sided, ucdp_armed_conflicts, ucdp_country_years.
    first, last : int
        Years, inclusive.

    Returns
    -------
    pandas.DataFrame
        measure, aspect ("frequency", "scale"), label, unit, year, value, share_of_highest (of the highest value of
        the measure in these years, 0 to 1).
    """
    wide = totals(tables, first, last).set_index("year")[["one_sided_best", "civilians", "deaths_best"]]
    for frame in (
        actors_by_year(tables, first, last)[["year", "actors"]],
        conflicts_by_year(tables, first, last),
        episodes_by_year(tables, first, last)[["year", "ongoing", "begun_in_five"]],
    ):
        wide = wide.join(frame.set_index("year"))
    parts = []
    for name, (aspect, label, unit) in _MEASURES.items():
        values = wide[name].astype("Float64")
        part = pd.DataFrame({"year": wide.index, "value": values.to_numpy()})
        part = part.assign(measure=name, aspect=aspect, label=label, unit=unit)
        parts.append(part.assign(share_of_highest=part["value"] / part["value"].max()))
    columns = ["measure", "aspect", "label", "unit", "year", "value", "share_of_highest"]
    return pd.concat(parts, ignore_index=True)[columns]


def compare(courses: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
    """Compare the first year of each measure with the last, and find its highest.

    Parameters
    ----------
    courses : pandas.DataFrame
        As `frequency_and_scale` gives it.
    first, last : int
        Years compared.

    Returns
    -------
    pandas.DataFrame
        measure, aspect, label, unit, start, peak_year (the latest, if several), peak, end, before_end (the year before
        the last), direction ("higher", "lower", "same", from the first year to the last), falling (whether the last
        year is below the one before).
    """
    rows = []
    for name, part in courses.groupby("measure", sort=False):
        values = part.set_index("year")["value"].dropna()
        peak = float(values.max())
        start, end, before = (float(values[year]) for year in (first, last, last - 1))
        rows.append(
            {
                "measure": name,
                **{column: part[column].iloc[0] for column in ("aspect", "label", "unit")},
                "start": start,
                "peak_year": int(values.index[values == peak].max()),
                "peak": peak,
                "end": end,
                "before_end": before,
                "direction": "higher" if end > start else ("lower" if end < start else "same"),
                "falling": end < before,
            }
        )
    return pd.DataFrame(rows)
