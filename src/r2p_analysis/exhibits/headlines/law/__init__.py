"""Headlines of treaties and commitments in law."""

from r2p_analysis.exhibits.headlines.law.country import (
    checklist,
    country_finding,
    country_summary,
    timeline,
)
from r2p_analysis.exhibits.headlines.law.places import by_region, focus_matrix, missing, status_map
from r2p_analysis.exhibits.headlines.law.world import (
    actions,
    completeness,
    in_text,
    parties_over_time,
    signatures,
    then_and_now,
    withdrawals,
)

__all__ = [
    "actions",
    "by_region",
    "checklist",
    "completeness",
    "country_finding",
    "country_summary",
    "focus_matrix",
    "in_text",
    "missing",
    "parties_over_time",
    "signatures",
    "status_map",
    "then_and_now",
    "timeline",
    "withdrawals",
]
