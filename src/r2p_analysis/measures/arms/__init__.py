"""Arms: who delivered major arms to the coalition in Yemen, under which treaty; and other states in internal wars."""

from r2p_analysis.measures.arms.conflicts import internationalised
from r2p_analysis.measures.arms.deliveries import (
    COALITION,
    COALITION_SINCE,
    LEADERS,
    QATAR_LEFT,
    PartyShare,
    before_and_after,
    by_recipient,
    by_status,
    by_supplier,
    deliveries,
    party_share,
    share_by_year,
    years_of_data,
)
from r2p_analysis.measures.arms.treaty import (
    STATUSES,
    bound_from,
    first_year,
    known_until,
    signatures_until,
    standing_in,
)

__all__ = [
    "COALITION",
    "COALITION_SINCE",
    "LEADERS",
    "QATAR_LEFT",
    "STATUSES",
    "PartyShare",
    "before_and_after",
    "bound_from",
    "by_recipient",
    "by_status",
    "by_supplier",
    "deliveries",
    "first_year",
    "internationalised",
    "known_until",
    "party_share",
    "share_by_year",
    "signatures_until",
    "standing_in",
    "years_of_data",
]
