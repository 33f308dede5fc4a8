"""Humanitarian funding: appeals, what they received, all reported money, and money beside people."""

from r2p_analysis.measures.funding.appeals import (
    FIRST_YEAR,
    Rank,
    by_year,
    coverage_rank,
    is_open,
    largest,
    release_year,
)
from r2p_analysis.measures.funding.austerity import AMOUNTS, CRISIS_YEAR, money_and_gap, two_questions
from r2p_analysis.measures.funding.people import per_displaced
from r2p_analysis.measures.funding.places import by_country, country_by_year, focus, years_running
from r2p_analysis.measures.funding.published import then_and_now
from r2p_analysis.measures.funding.real import deflate

__all__ = [
    "AMOUNTS",
    "CRISIS_YEAR",
    "FIRST_YEAR",
    "Rank",
    "by_country",
    "by_year",
    "country_by_year",
    "coverage_rank",
    "deflate",
    "focus",
    "is_open",
    "largest",
    "money_and_gap",
    "per_displaced",
    "release_year",
    "then_and_now",
    "two_questions",
    "years_running",
]
