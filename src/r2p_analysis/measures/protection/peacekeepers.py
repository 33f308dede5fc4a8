"""Deaths of United Nations mission personnel by malicious acts."""

from __future__ import annotations

import pandas as pd

from r2p_analysis.measures.protection.series import SERIES
from r2p_analysis.store import Tables, measure

SERVED_IN = {
    "MICAH": "Haiti",
    "MINUSCA": "Central African Republic",
    "MINUSMA": "Mali",
    "MINUSTAH": "Haiti",
    "MONUC": "Congo, 1999–2010",
    "MONUSCO": "Congo, since 2010",
    "ONUB": "Burundi",
    "UNAMA": "Afghanistan",
    "UNAMI": "Iraq",
    "UNAMID": "Darfur",
    "UNAMSIL": "Sierra Leone",
    "UNDOF": "Golan",
    "UNIFIL": "Lebanon",
    "UNISFA": "Abyei",
    "UNMIK": "Kosovo",
    "UNMIL": "Liberia",
    "UNMIS": "Sudan",
    "UNMISET": "Timor-Leste",
    "UNMISS": "South Sudan",
    "UNOCI": "Côte d'Ivoire",
    "UNOHCI": "Iraq",
    "UNOMIG": "Georgia",
    "UNSMIL": "Libya",
    "UNTAET": "Timor-Leste",
}
"""Where missions serve or served, for those who do not know their abbreviations; Congo: the Democratic Republic."""
ALL_OTHERS = "All other missions"
COMPLETE_SINCE = 2000
"""First year of which the United Nations' figures are called complete."""


@measure
def attack_deaths_by_mission(tables: Tables, first: int, last: int, most: int | None = None) -> pd.DataFrame:
    """Count deaths by malicious acts, by mission.

    Parameters
    ----------
    tables : Tables
        Needs un_fatalities.
    first, last : int
        Years, inclusive; a year that was not over is left out.
    most : int, optional
        How many missions to name, those with most deaths in the period; the others are put together. All unless told.

    Returns
    -------
    pandas.DataFrame
        year, mission (with the place where it serves, where known here), deaths; every year has a row for every mission
        named, 0 where none was recorded. Missions with most deaths first, the others last.
    """
    table = tables["un_fatalities"]
    table = table[table["complete_year"] & table["year"].between(first, last)]
    years = range(first, int(table["year"].max()) + 1)
    attacks = table[table["incident_type"] == SERIES["peacekeepers"].incident_type]
    wide = attacks.pivot_table(index="year", columns="mission", values="deaths", aggfunc="sum", fill_value=0)
    wide = wide.reindex(years, fill_value=0)
    order = wide.sum().reset_index(name="sum").sort_values(["sum", "mission"], ascending=[False, True])["mission"]
    named = list(order if most is None else order.head(most))
    out = wide[named]
    if len(named) < len(order):
        out = out.assign(**{ALL_OTHERS: wide.drop(columns=named).sum(axis=1)})
    long = out.reset_index().melt("year", var_name="mission", value_name="deaths")
    long["mission"] = [f"{name} ({SERVED_IN[name]})" if name in SERVED_IN else name for name in long["mission"]]
    return long.astype({"year": int, "deaths": "Int64"})
