"""Headlines of the world's displacement."""

from r2p_analysis.exhibits.headlines.displacement.people import age, asylum, recognition, solutions
from r2p_analysis.exhibits.headlines.displacement.places import (
    group,
    host_map,
    hosts_per_inhabitant,
    origin_map,
    top_hosts,
    top_origins,
    two_counts,
    where_group_is,
)
from r2p_analysis.exhibits.headlines.displacement.world import (
    one_in,
    revisions,
    then_and_now,
    trend_reversals,
    world_total,
)

__all__ = [
    "age",
    "asylum",
    "group",
    "host_map",
    "hosts_per_inhabitant",
    "one_in",
    "origin_map",
    "recognition",
    "revisions",
    "solutions",
    "then_and_now",
    "top_hosts",
    "top_origins",
    "trend_reversals",
    "two_counts",
    "where_group_is",
    "world_total",
]
