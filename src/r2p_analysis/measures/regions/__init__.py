"""Regions: every strand by UN region and subregion, and whether the context is harder than ten years before."""

from r2p_analysis.measures.regions.areas import (
    INHABITANTS,
    NOT_TOLD,
    appeals,
    area_of,
    areas,
    by_area,
    over_years,
    people_by_area,
    ratification,
    shares,
)
from r2p_analysis.measures.regions.context import (
    CONTEXT,
    INDEXED,
    SPAN,
    context_change,
    context_index,
    context_series,
)
from r2p_analysis.measures.regions.strands import STRANDS, VETO_YEARS, by_place

__all__ = [
    "CONTEXT",
    "INDEXED",
    "INHABITANTS",
    "NOT_TOLD",
    "SPAN",
    "STRANDS",
    "VETO_YEARS",
    "appeals",
    "area_of",
    "areas",
    "by_area",
    "by_place",
    "context_change",
    "context_index",
    "context_series",
    "over_years",
    "people_by_area",
    "ratification",
    "shares",
]
