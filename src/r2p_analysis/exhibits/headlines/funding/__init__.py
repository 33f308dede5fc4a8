"""Headlines on humanitarian funding."""

from r2p_analysis.exhibits.headlines.funding.amounts import direction, moved, usd
from r2p_analysis.exhibits.headlines.funding.country import country_appeals, country_finding, country_summary
from r2p_analysis.exhibits.headlines.funding.world import (
    appeals,
    by_country,
    coverage,
    focus,
    gap,
    largest,
    money,
    open_year,
    people_beside,
    per_person,
    then_and_now,
    two_answers,
    years_running,
)

__all__ = [
    "appeals",
    "by_country",
    "country_appeals",
    "country_finding",
    "country_summary",
    "coverage",
    "direction",
    "focus",
    "gap",
    "largest",
    "money",
    "moved",
    "open_year",
    "people_beside",
    "per_person",
    "then_and_now",
    "two_answers",
    "usd",
    "years_running",
]
