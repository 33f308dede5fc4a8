"""What was printed at the time beside what the data say now."""

from __future__ import annotations

import pandas as pd

from r2p_analysis.measures.displacement.components import COMPONENTS
from r2p_analysis.measures.displacement.places import by_origin
from r2p_analysis.measures.displacement.world import world
from r2p_analysis.store import Tables, measure

_WORLD = "WLD"


@measure
def published_against_current(tables: Tables) -> pd.DataFrame:
    """Put every printed figure beside the current one for the same thing.

    Parameters
    ----------
    tables : Tables
        Needs published_figures, unhcr_population, idmc_conflict_idps, unrwa_palestine_refugees.

    Returns
    -------
    pandas.DataFrame
        The rows of published_figures with current (people; null when no open table carries it), difference,
        difference_share (of the printed figure) and agrees (whether the current figure rounds to the printed one).
    """
    printed = tables["published_figures"].copy()
    about = zip(printed["year"], printed["place"], printed["component"], strict=True)
    printed["current"] = pd.Series([_current(tables, *what) for what in about], index=printed.index, dtype="Int64")
    printed["difference"] = printed["current"] - printed["people"]
    printed["difference_share"] = printed["difference"].astype("Float64") / printed["people"].astype("Float64")
    # Half up, as printers round; integer arithmetic keeps the edge exact.
    unit = printed["printed_to"]
    printed["agrees"] = ((printed["current"] + unit // 2) // unit * unit == printed["people"]).astype("boolean")
    return printed


@measure
def world_then_and_now(tables: Tables, year: int) -> pd.DataFrame:
    """Compare the components of one year: printed, in UNHCR's database of August 2017, and now.

    Returns
    -------
    pandas.DataFrame
        component, printed, in_2017, current (people; null where a vintage has no figure), in the order of components,
        the total last. Empty when nothing was printed for the year.
    """
    printed = published_against_current(tables)
    printed = printed[(printed["year"] == year) & (printed["place"] == _WORLD)].set_index("component")
    vintage = tables["unhcr_world_in_2017"]
    then = vintage[vintage["year"] == year].set_index("component")["people"]
    order = [name for name in (*COMPONENTS, "forcibly_displaced") if name in printed.index]
    return pd.DataFrame(
        {
            "component": order,
            "printed": printed["people"].reindex(order).to_numpy(),
            "in_2017": then.reindex(order).to_numpy(),
            "current": printed["current"].reindex(order).to_numpy(),
        }
    ).astype({"printed": "Int64", "in_2017": "Int64", "current": "Int64"})


def _current(tables: Tables, year: int, place: str, component: str) -> int | None:
    if place != _WORLD:
        origins = by_origin(tables, year)
        parts = origins.loc[origins["origin_iso3"] == place, component]
    elif component == "stateless":
        table = tables["unhcr_population"]
        parts = table.loc[table["year"] == year, component]
    else:
        wholes = {"forcibly_displaced": list(COMPONENTS), "all_refugees": ["refugees", "palestine_refugees"]}
        names = wholes.get(component, [component])
        parts = world(tables, year, year).set_index("component")["people"].reindex(names)
    return int(parts.sum()) if parts.notna().any() else None
