"""Headlines of the Security Council and of political commitments."""

from r2p_analysis.exhibits.headlines.council.commitments import (
    checklist,
    counts,
    decisions,
    names_known,
    recorded_votes,
    reports,
)
from r2p_analysis.exhibits.headlines.council.country import country_commitments, country_drafts, country_summary
from r2p_analysis.exhibits.headlines.council.days import day_text, known_on, on_day, ordinal
from r2p_analysis.exhibits.headlines.council.vetoes import (
    by_crisis,
    by_seat,
    by_year,
    later_list,
    on_crisis,
    timeline,
    veto_map,
)

__all__ = [
    "by_crisis",
    "by_seat",
    "by_year",
    "checklist",
    "country_commitments",
    "country_drafts",
    "country_summary",
    "counts",
    "day_text",
    "decisions",
    "known_on",
    "later_list",
    "names_known",
    "on_crisis",
    "on_day",
    "ordinal",
    "recorded_votes",
    "reports",
    "timeline",
    "veto_map",
]
