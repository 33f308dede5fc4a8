"""A finding: the headline over an exhibit and what the alt text says of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from r2p_analysis import countries
from r2p_analysis.exhibits.words import sentence

UNKNOWN = "–"
"""Beside a sentence in place of its number, where there is none: as in tables, it is not zero."""


@dataclass(frozen=True)
class Finding:
    """What the figures say.

    Attributes
    ----------
    headline : str
        One sentence for the reader.
    shows : str
        End of the alt text "<kind> of <subject> where <shows>": starts in lower case, no full stop.
    figure : str
        The one number to show large beside it, with its unit; empty for none.
    """

    headline: str
    shows: str
    figure: str = ""

    def __post_init__(self) -> None:
        """Make the headline a sentence."""
        object.__setattr__(self, "headline", sentence(self.headline))


def name(iso3: object) -> str:
    """Give a place's name as it stands inside a sentence, with its article."""
    return countries.get(str(iso3)).in_text


def number(value: Any) -> float | None:
    """Give a figure as a float, or None when it is missing."""
    return None if pd.isna(value) else float(value)


def row_of(frame: pd.DataFrame, label: object) -> pd.Series:
    """Give one row of a frame by its label, which must be there once."""
    position = frame.index.get_loc(label)
    if not isinstance(position, int):
        raise KeyError(f"{label} is there more than once")
    return frame.iloc[position]
