"""Small reshaping steps that several notebooks need before they draw."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from r2p_analysis import countries
from r2p_analysis.measures.displacement import COMPONENTS


def with_names(frame: pd.DataFrame, place: str) -> pd.DataFrame:
    """Add the column ``name``: the short name of each place, pseudo codes included.

    Parameters
    ----------
    frame : pandas.DataFrame
        Any frame.
    place : str
        Column of ISO3 codes.
    """
    named = frame.copy()
    named["name"] = [countries.label(code) for code in frame[place]]
    return named


def with_points(frame: pd.DataFrame, place: str, also: str | None = None) -> pd.DataFrame:
    """Add what a map needs: name, iso3, lon, lat and whether the place is too small to see.

    The place `also` gets a row without figures when it has none, so that a map can mark it. Places without a position,
    such as unknown origins, are left out: they cannot stand on a map.
    """
    if also is not None and also not in set(frame[place]):
        frame = pd.concat([frame, pd.DataFrame({place: [also]})], ignore_index=True)
    found = with_names(frame, place)
    points = [countries.get(code) for code in found[place]]
    found = found.assign(
        iso3=[point.iso3 for point in points],
        lon=pd.Series([point.lon for point in points], index=found.index, dtype="Float64"),
        lat=pd.Series([point.lat for point in points], index=found.index, dtype="Float64"),
        small=[point.small for point in points],
    )
    real = pd.Series([point.kind != "pseudo" for point in points], index=found.index, dtype=bool)
    return found[found["lon"].notna() & real].reset_index(drop=True)


def labelled_components(frame: pd.DataFrame) -> pd.DataFrame:
    """Add the column ``kind``: what readers see for each value of ``component``.

    Components without a figure in any row are left out: a key names only what is drawn.
    """
    counted = frame.groupby("component")["people"].transform("count") > 0
    named = frame[counted].reset_index(drop=True)
    named["kind"] = [COMPONENTS[name].label for name in named["component"]]
    return named


def by_component(frame: pd.DataFrame, place: str, components: Sequence[str]) -> pd.DataFrame:
    """Turn one column a component into one row a component, in the order of places and components.

    Returns
    -------
    pandas.DataFrame
        `place`, component, people and kind; rows without a figure are kept as missing.
    """
    long = frame[[place, *components]].melt(place, var_name="component", value_name="people")
    long = labelled_components(long)
    order = {code: number for number, code in enumerate(frame[place])}
    kinds = {name: number for number, name in enumerate(components)}
    long["_place"], long["_kind"] = long[place].map(order), long["component"].map(kinds)
    return long.sort_values(["_place", "_kind"], ignore_index=True).drop(columns=["_place", "_kind"])
