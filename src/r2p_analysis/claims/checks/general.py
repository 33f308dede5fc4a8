"""Checks that fit any topic."""

from __future__ import annotations

from r2p_analysis.claims.outcome import CANNOT, Outcome
from r2p_analysis.store import Tables


def undecidable(_: Tables, reason: str) -> Outcome:
    """Say that no open data decide this part, and why."""
    return Outcome(CANNOT, reason)
