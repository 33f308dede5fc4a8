"""Prevention and early warning: risk ranks before crises, the cases of Kenya and Guinea, the framework's factors."""

from r2p_analysis.measures.prevention.cases import (
    CASES,
    KINDS,
    Case,
    deaths,
    displaced_inside,
    killed,
    printed_beside_counted,
)
from r2p_analysis.measures.prevention.factors import FRAMEWORK_YEAR, risk_factors
from r2p_analysis.measures.prevention.ranks import (
    FIRST_EDITION,
    HIGH_RANK,
    LED_BY,
    coded_until,
    latest_edition,
    onsets,
    onsets_after,
    ranks,
    top,
)

__all__ = [
    "CASES",
    "FIRST_EDITION",
    "FRAMEWORK_YEAR",
    "HIGH_RANK",
    "KINDS",
    "LED_BY",
    "Case",
    "coded_until",
    "deaths",
    "displaced_inside",
    "killed",
    "latest_edition",
    "onsets",
    "onsets_after",
    "printed_beside_counted",
    "ranks",
    "risk_factors",
    "top",
]
