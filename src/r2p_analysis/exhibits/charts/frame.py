"""Frames to what a chart draws: columns checked and read, names put in order and given colours."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import pandas as pd

from r2p_analysis.errors import ExhibitError
from r2p_analysis.exhibits import theme


def check(chart: str, frame: pd.DataFrame, *columns: str | None) -> None:
    """Raise an error of one line unless the frame has rows and every named column."""
    missing = [name for name in columns if name is not None and name not in frame.columns]
    if missing:
        have = ", ".join(map(str, frame.columns))
        raise ExhibitError(f"{chart}: no column {', '.join(map(repr, missing))}; the frame has {have}")
    if frame.empty:
        raise ExhibitError(f"{chart}: the frame has no rows; show a gap with its reason instead")


def numbers(chart: str, frame: pd.DataFrame, column: str) -> list[float | None]:
    """A column as floats, with None where a value is missing."""
    try:
        values = [float(v) if pd.notna(v) else None for v in pd.to_numeric(frame[column])]
    except (TypeError, ValueError) as error:
        raise ExhibitError(f"{chart}: column {column!r} must hold numbers: {error}") from None
    done = [v if v is not None and math.isfinite(v) else None for v in values]
    if all(v is None for v in done):
        raise ExhibitError(f"{chart}: column {column!r} holds no number; show a gap with its reason instead")
    return done


def years(chart: str, frame: pd.DataFrame, column: str) -> list[int]:
    """A column of years as integers; dates are refused, for they would depend on the time zone."""
    try:
        values = [int(v) if float(v) == int(v) else None for v in frame[column]]
    except (TypeError, ValueError):
        values = [None]
    if None in values:
        raise ExhibitError(f"{chart}: column {column!r} must hold whole years such as 2015, not {frame[column].dtype}")
    return [v for v in values if v is not None]


def texts(frame: pd.DataFrame, column: str) -> list[str]:
    """A column as text."""
    return [str(v) for v in frame[column]]


def names(values: Iterable[str], order: Sequence[str] | None) -> list[str]:
    """The distinct names in the order asked for, then as they come."""
    found = list(dict.fromkeys(values))
    return [n for n in (order or []) if n in found] + [n for n in found if n not in (order or [])]


def flags(chart: str, frame: pd.DataFrame, label: str, highlight: str | Iterable[str] | None) -> set[str]:
    """The labels to pick out, given as the name of a boolean column or as labels."""
    if highlight is None:
        return set()
    if isinstance(highlight, str):
        check(chart, frame, highlight)
        return set(frame.loc[frame[highlight].fillna(False).astype(bool), label].astype(str))
    return {str(name) for name in highlight}


def palette(series: Sequence[str], colours: dict[str, str] | None) -> dict[str, str]:
    """A colour for each series: the one given, or the next of the theme that is not taken; for one alone the accent."""
    given = colours or {}
    if len(series) == 1 and not given:
        return {series[0]: theme.ACCENT}
    free = [c for c in theme.SERIES if c not in given.values()] or list(theme.SERIES)
    rest = [name for name in series if name not in given]
    return {
        **{name: free[i % len(free)] for i, name in enumerate(rest)},
        **{name: given[name] for name in series if name in given},
    }
