"""Headlines of organised violence and atrocity crimes."""

from r2p_analysis.exhibits.headlines.violence.actors import leading_groups, top_actors
from r2p_analysis.exhibits.headlines.violence.country import (
    UNDER_ISRAEL,
    actors_named,
    country_deaths,
    country_finding,
    country_perpetrators,
    country_summary,
    has_any,
    not_covered,
    peaks_apart,
    ranges_apart,
)
from r2p_analysis.exhibits.headlines.violence.places import (
    added_up,
    group,
    months,
    rates_map,
    top_countries,
    who_kills,
)
from r2p_analysis.exhibits.headlines.violence.stated import (
    cumulative_counts,
    later_counts,
    printed_then,
    syria_first_and_now,
)
from r2p_analysis.exhibits.headlines.violence.trends import episodes, episodes_in_focus, frequency_and_scale
from r2p_analysis.exhibits.headlines.violence.wording import between
from r2p_analysis.exhibits.headlines.violence.world import (
    civilian_share,
    conflicts,
    deadliest_conflicts,
    perpetrators,
    types,
    wars,
    world_deaths,
)

__all__ = [
    "UNDER_ISRAEL",
    "actors_named",
    "added_up",
    "between",
    "civilian_share",
    "conflicts",
    "country_deaths",
    "country_finding",
    "country_perpetrators",
    "country_summary",
    "cumulative_counts",
    "deadliest_conflicts",
    "episodes",
    "episodes_in_focus",
    "frequency_and_scale",
    "group",
    "has_any",
    "later_counts",
    "leading_groups",
    "months",
    "not_covered",
    "peaks_apart",
    "perpetrators",
    "printed_then",
    "ranges_apart",
    "rates_map",
    "syria_first_and_now",
    "top_actors",
    "top_countries",
    "types",
    "wars",
    "who_kills",
    "world_deaths",
]
