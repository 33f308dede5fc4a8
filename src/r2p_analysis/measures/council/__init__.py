"""The Security Council and the political commitments on the responsibility to protect."""

from r2p_analysis.measures.council.assembly import decisions, members_in, recorded_votes, reports
from r2p_analysis.measures.council.commitments import (
    LABELS,
    Bracket,
    bracket,
    checklist,
    counts,
    latest_counts,
    named,
)
from r2p_analysis.measures.council.country import cast_by_country, commitments_of, drafts_on
from r2p_analysis.measures.council.dates import edition_day, last_day
from r2p_analysis.measures.council.vetoes import (
    FIRST_YEAR,
    GROUPS,
    PERMANENT,
    SEATS,
    by_crisis,
    by_place,
    by_seat,
    by_year,
    cast_by,
    covered_until,
    drafts,
    group_of,
    on_crisis,
    periods,
)

__all__ = [
    "FIRST_YEAR",
    "GROUPS",
    "LABELS",
    "PERMANENT",
    "SEATS",
    "Bracket",
    "bracket",
    "by_crisis",
    "by_place",
    "by_seat",
    "by_year",
    "cast_by",
    "cast_by_country",
    "checklist",
    "commitments_of",
    "counts",
    "covered_until",
    "decisions",
    "drafts",
    "drafts_on",
    "edition_day",
    "group_of",
    "last_day",
    "latest_counts",
    "members_in",
    "named",
    "on_crisis",
    "periods",
    "recorded_votes",
    "reports",
]
