"""The places that UCDP counts: states, with what lies under them.

UCDP follows the state system of Gleditsch and Ward, in which the State of Palestine has no place of its own: deaths in
the West Bank and Gaza stand under Israel. They are never shown as deaths in Israel alone.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from r2p_analysis import countries

COUNTED_UNDER = {"PSE": "ISR"}
"""Places without a row of their own, and the place whose row holds their deaths."""
_NAMES = {"ISR": "Israel with the West Bank and Gaza"}


def counted_under(iso3: str) -> str:
    """Give the place whose row holds the deaths of a place.

    >>> counted_under("PSE"), counted_under("SYR")
    ('ISR', 'SYR')
    """
    code = countries.get(iso3).iso3
    return COUNTED_UNDER.get(code, code)


def units(codes: Sequence[str]) -> list[str]:
    """Give the places that UCDP counts for some countries, each once, in their order."""
    return list(dict.fromkeys(counted_under(code) for code in codes))


def unit_label(iso3: str) -> str:
    """Give the short name of what a row counts."""
    return _NAMES.get(iso3) or countries.label(iso3)


def unit_in_text(iso3: str) -> str:
    """Give the name of what a row counts as it stands inside a sentence."""
    return _NAMES.get(iso3) or countries.get(iso3).in_text


def named(frame: pd.DataFrame) -> pd.DataFrame:
    """Add the column ``name``: what each row counts, by the code in ``iso3``."""
    return frame.assign(name=[unit_label(code) for code in frame["iso3"]])
