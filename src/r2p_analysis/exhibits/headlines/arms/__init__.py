"""Headlines of arms supplies and of other states in internal wars."""

from r2p_analysis.exhibits.headlines.arms.conflicts import internationalised
from r2p_analysis.exhibits.headlines.arms.deliveries import (
    before_and_after,
    group_in_text,
    over_time,
    party_share,
    recipients,
    share_over_time,
    suppliers,
    volume,
    whom,
)

__all__ = [
    "before_and_after",
    "group_in_text",
    "internationalised",
    "over_time",
    "party_share",
    "recipients",
    "share_over_time",
    "suppliers",
    "volume",
    "whom",
]
