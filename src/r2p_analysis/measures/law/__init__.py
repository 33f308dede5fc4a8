"""Treaties: who signed, joined and left, on a day and over the years, and how far this is known."""

from r2p_analysis.measures.law.country import can_join, country_record
from r2p_analysis.measures.law.counts import (
    ACTIONS,
    PartyCount,
    actions_by_year,
    covered,
    parties_by_year,
    parties_on,
    signatures_listed_to,
    then_and_now,
)
from r2p_analysis.measures.law.participation import STATUSES, UNLISTED, end_of, participation, standing_on
from r2p_analysis.measures.law.places import by_region, left, missing, standing, states_on
from r2p_analysis.measures.law.treaties import CLOSEST, CORE, IN_TEXT, SHORT, short_name, treaties

__all__ = [
    "ACTIONS",
    "CLOSEST",
    "CORE",
    "IN_TEXT",
    "SHORT",
    "STATUSES",
    "UNLISTED",
    "PartyCount",
    "actions_by_year",
    "by_region",
    "can_join",
    "country_record",
    "covered",
    "end_of",
    "left",
    "missing",
    "participation",
    "parties_by_year",
    "parties_on",
    "short_name",
    "signatures_listed_to",
    "standing",
    "standing_on",
    "states_on",
    "then_and_now",
    "treaties",
]
