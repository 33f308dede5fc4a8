"""Attacks on protected people: aid workers, peacekeepers, journalists, health care, schools, camps, besieged people."""

from r2p_analysis.measures.protection.aid import HARM, aid_by_country, aid_by_year
from r2p_analysis.measures.protection.country import COVERAGE, Recorded, aid_in, others_in, recorded_in
from r2p_analysis.measures.protection.journalists import (
    KINDS,
    UNIT_OF,
    journalists_by_country,
    journalists_by_year,
)
from r2p_analysis.measures.protection.monitored import (
    THEMES,
    WIDENED,
    events_by_country,
    events_by_year,
    long_enough,
    theme_until,
)
from r2p_analysis.measures.protection.peacekeepers import ALL_OTHERS, COMPLETE_SINCE, attack_deaths_by_mission
from r2p_analysis.measures.protection.series import (
    SERIES,
    UNVERIFIED_SINCE,
    Series,
    covered_until,
    index_end,
    indexed,
    moves,
    revisions,
    vintage_name,
    vintages,
    yearly,
)
from r2p_analysis.measures.protection.stated import besieged, stated

__all__ = [
    "ALL_OTHERS",
    "COMPLETE_SINCE",
    "COVERAGE",
    "HARM",
    "KINDS",
    "SERIES",
    "THEMES",
    "UNIT_OF",
    "UNVERIFIED_SINCE",
    "WIDENED",
    "Recorded",
    "Series",
    "aid_by_country",
    "aid_by_year",
    "aid_in",
    "attack_deaths_by_mission",
    "besieged",
    "covered_until",
    "events_by_country",
    "events_by_year",
    "index_end",
    "indexed",
    "journalists_by_country",
    "journalists_by_year",
    "long_enough",
    "moves",
    "others_in",
    "recorded_in",
    "revisions",
    "stated",
    "theme_until",
    "vintage_name",
    "vintages",
    "yearly",
]
