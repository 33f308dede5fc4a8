"""Headlines on prevention and early warning."""

from r2p_analysis.exhibits.headlines.prevention.cases import case_deaths, displaced, printed, risk_factors
from r2p_analysis.exhibits.headlines.prevention.ranks import (
    country_ranks,
    country_summary,
    focus_ranks,
    onsets,
    onsets_after,
    ordinal,
    top,
)

__all__ = [
    "case_deaths",
    "country_ranks",
    "country_summary",
    "displaced",
    "focus_ranks",
    "onsets",
    "onsets_after",
    "ordinal",
    "printed",
    "risk_factors",
    "top",
]
