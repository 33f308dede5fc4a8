"""Recurrence of violence, and accountability for it: quiet and violent spells, mass killings begun again, the Court."""

from r2p_analysis.measures.accountability.country import Recurrence, covered, recurrence, stages_of
from r2p_analysis.measures.accountability.court import (
    STAGES,
    Accused,
    accused,
    accused_by_situation,
    accused_by_year,
    convictions,
    counted_by_the_court,
    deaths_around_warrants,
)
from r2p_analysis.measures.accountability.killings import (
    killings_known_until,
    mass_killings,
    ongoing_by_country,
    onsets,
)
from r2p_analysis.measures.accountability.levels import (
    LEVELS,
    MANY_FROM,
    RELAPSED,
    TRANSITIONS,
    VIOLENT_FROM,
    before_and_after,
    last_year,
    level_of,
    levels,
    quiet_years,
    with_onsets,
)
from r2p_analysis.measures.accountability.spells import LONG_QUIET, countries_by_year, quiet_survival, returns, spells

__all__ = [
    "LEVELS",
    "LONG_QUIET",
    "MANY_FROM",
    "RELAPSED",
    "STAGES",
    "TRANSITIONS",
    "VIOLENT_FROM",
    "Accused",
    "Recurrence",
    "accused",
    "accused_by_situation",
    "accused_by_year",
    "before_and_after",
    "convictions",
    "counted_by_the_court",
    "countries_by_year",
    "covered",
    "deaths_around_warrants",
    "killings_known_until",
    "last_year",
    "level_of",
    "levels",
    "mass_killings",
    "ongoing_by_country",
    "onsets",
    "quiet_survival",
    "quiet_years",
    "recurrence",
    "returns",
    "spells",
    "stages_of",
    "with_onsets",
]
