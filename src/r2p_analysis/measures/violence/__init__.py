"""Organised violence and atrocity crimes: deaths by type, who kills civilians, conflicts and mass killings."""

from r2p_analysis.measures.violence.actors import (
    LISTED_FROM,
    actor_label,
    actors,
    actors_by_year,
    courses,
    leading_groups,
    share_of_actors,
)
from r2p_analysis.measures.violence.conflicts import (
    conflicts_by_type,
    conflicts_by_year,
    conflicts_in,
    deadliest_conflicts,
)
from r2p_analysis.measures.violence.country import CountryYear, country_year
from r2p_analysis.measures.violence.episodes import NOT_CODED, episodes_by_year, episodes_in, episodes_until
from r2p_analysis.measures.violence.first_counts import syria_first_and_now
from r2p_analysis.measures.violence.kinds import (
    CONFLICTS_SINCE,
    DRAWN_SINCE,
    KINDS,
    PERPETRATORS,
    SINCE,
    TYPES,
    covered_until,
)
from r2p_analysis.measures.violence.months import by_month
from r2p_analysis.measures.violence.places import (
    cumulative,
    in_countries,
    most_deaths,
    one_sided_rates,
    perpetrators_in,
)
from r2p_analysis.measures.violence.stated import (
    WAR_PLACE,
    WAR_SINCE,
    counts_of_war,
    cumulative_course,
    known_by,
    later_beside,
    printed_and_now,
    then_and_now_rows,
)
from r2p_analysis.measures.violence.trends import FREQUENCY, SCALE, compare, frequency_and_scale
from r2p_analysis.measures.violence.units import counted_under, named, unit_in_text, units
from r2p_analysis.measures.violence.world import Standing, by_perpetrator, by_type, standing, totals

__all__ = [
    "CONFLICTS_SINCE",
    "DRAWN_SINCE",
    "FREQUENCY",
    "KINDS",
    "LISTED_FROM",
    "NOT_CODED",
    "PERPETRATORS",
    "SCALE",
    "SINCE",
    "TYPES",
    "WAR_PLACE",
    "WAR_SINCE",
    "CountryYear",
    "Standing",
    "actor_label",
    "actors",
    "actors_by_year",
    "by_month",
    "by_perpetrator",
    "by_type",
    "compare",
    "conflicts_by_type",
    "conflicts_by_year",
    "conflicts_in",
    "counted_under",
    "country_year",
    "counts_of_war",
    "courses",
    "covered_until",
    "cumulative",
    "cumulative_course",
    "deadliest_conflicts",
    "episodes_by_year",
    "episodes_in",
    "episodes_until",
    "frequency_and_scale",
    "in_countries",
    "known_by",
    "later_beside",
    "leading_groups",
    "most_deaths",
    "named",
    "one_sided_rates",
    "perpetrators_in",
    "printed_and_now",
    "share_of_actors",
    "standing",
    "syria_first_and_now",
    "then_and_now_rows",
    "totals",
    "unit_in_text",
    "units",
]
