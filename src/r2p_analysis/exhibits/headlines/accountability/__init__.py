"""Headlines of the topic recurrence and accountability."""

from r2p_analysis.exhibits.headlines.accountability.country import (
    country_court,
    country_summary,
    country_years,
    not_covered,
)
from r2p_analysis.exhibits.headlines.accountability.justice import (
    around_warrants,
    convictions_now,
    convictions_then,
    court_by_year,
    court_itself,
    day,
    mass_killings,
    note_on,
    onsets_again,
    situations,
    standing,
)
from r2p_analysis.exhibits.headlines.accountability.recurrence import (
    by_year,
    course,
    displaced,
    holding,
    largest_returns,
    quiet,
    ranking,
    strips,
    territory,
)

__all__ = [
    "around_warrants",
    "by_year",
    "convictions_now",
    "convictions_then",
    "country_court",
    "country_summary",
    "country_years",
    "course",
    "court_by_year",
    "court_itself",
    "day",
    "displaced",
    "holding",
    "largest_returns",
    "mass_killings",
    "not_covered",
    "note_on",
    "onsets_again",
    "quiet",
    "ranking",
    "situations",
    "standing",
    "strips",
    "territory",
]
