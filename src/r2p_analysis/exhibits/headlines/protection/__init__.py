"""Headlines of attacks on protected people."""

from r2p_analysis.exhibits.headlines.protection.aid import (
    aid_map,
    aid_then_and_now,
    aid_where,
    aid_workers,
    unverified,
)
from r2p_analysis.exhibits.headlines.protection.country import (
    country_aid,
    country_finding,
    country_nothing,
    country_others,
    country_summary,
    not_begun,
)
from r2p_analysis.exhibits.headlines.protection.others import (
    journalists,
    journalists_where,
    peacekeepers,
)
from r2p_analysis.exhibits.headlines.protection.overview import dashboard, vintages
from r2p_analysis.exhibits.headlines.protection.phrases import coverage, left_out
from r2p_analysis.exhibits.headlines.protection.young import (
    besieged,
    events_where,
    health_care,
    later,
    siege_lines,
    stated,
    themes,
)

__all__ = [
    "aid_map",
    "aid_then_and_now",
    "aid_where",
    "aid_workers",
    "besieged",
    "country_aid",
    "country_finding",
    "country_nothing",
    "country_others",
    "country_summary",
    "coverage",
    "dashboard",
    "events_where",
    "health_care",
    "journalists",
    "journalists_where",
    "later",
    "left_out",
    "not_begun",
    "peacekeepers",
    "siege_lines",
    "stated",
    "themes",
    "unverified",
    "vintages",
]
