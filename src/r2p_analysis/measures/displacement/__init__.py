"""Forced displacement: who fled, where to, who hosts them, since when, and what became of it."""

from r2p_analysis.measures.displacement.asylum import asylum_by_year, decisions_by_origin, recognition_rate
from r2p_analysis.measures.displacement.components import COMPONENTS, GAZA_TWICE_SINCE, UNRWA_ORIGIN, Component
from r2p_analysis.measures.displacement.country import (
    abroad_per_100k_beside_region,
    destinations,
    displaced_from,
    hosted_in,
    inside,
    listed_apart,
    origins_of_hosted,
)
from r2p_analysis.measures.displacement.groups import GroupGrowth, group_growth, share_of_world, where_group_is
from r2p_analysis.measures.displacement.people import age_and_sex, age_and_sex_by_group
from r2p_analysis.measures.displacement.places import by_asylum, by_origin, inside_by_both_counts, largest
from r2p_analysis.measures.displacement.population import one_in, per_100k, population
from r2p_analysis.measures.displacement.published import published_against_current, world_then_and_now
from r2p_analysis.measures.displacement.solutions import solutions_by_year
from r2p_analysis.measures.displacement.world import Record, complete_since, record, reference_years, world, world_total

__all__ = [
    "COMPONENTS",
    "GAZA_TWICE_SINCE",
    "UNRWA_ORIGIN",
    "Component",
    "GroupGrowth",
    "Record",
    "abroad_per_100k_beside_region",
    "age_and_sex",
    "age_and_sex_by_group",
    "asylum_by_year",
    "by_asylum",
    "by_origin",
    "complete_since",
    "decisions_by_origin",
    "destinations",
    "displaced_from",
    "group_growth",
    "hosted_in",
    "inside",
    "inside_by_both_counts",
    "largest",
    "listed_apart",
    "one_in",
    "origins_of_hosted",
    "per_100k",
    "population",
    "published_against_current",
    "recognition_rate",
    "record",
    "reference_years",
    "share_of_world",
    "solutions_by_year",
    "where_group_is",
    "world",
    "world_then_and_now",
    "world_total",
]
