"""The kinds of violence and of those who kill, as UCDP defines them, and how far its tables reach."""

from __future__ import annotations

from r2p_analysis.store import Tables

ESTIMATES = ("best", "low", "high")
KINDS = {
    "state_based": "State-based conflict",
    "non_state": "Non-state conflict",
    "one_sided": "One-sided violence",
}
"""UCDP's three types, which do not overlap, and what readers see."""
PERPETRATORS = {"government": "Governments", "groups": "Armed groups"}
"""Those behind one-sided violence."""
TYPES = {
    "extrasystemic": "Colonial and other extrasystemic",
    "interstate": "Between states",
    "intrastate": "Within a state",
    "internationalised intrastate": "Within a state, foreign troops take part",
}
"""UCDP/PRIO's types of armed conflict, and what readers see."""
SINCE = 1989
"""First year of UCDP's deaths."""
CONFLICTS_SINCE = 1946
DRAWN_SINCE = 1995
"""Charts of deaths begin here: 1994, with Rwanda, is eight times the next largest year and would flatten all others."""


def covered_until(tables: Tables, year: int) -> int:
    """Give the last year with UCDP's deaths that is not after `year`."""
    return min(year, int(tables["ucdp_country_years"]["year"].max()))
