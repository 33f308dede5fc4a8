"""Headlines of the topic regions."""

from r2p_analysis.exhibits.headlines.regions.areas import (
    appeals,
    beside_people,
    heaviest,
    highest_rate,
    on_map,
    ratification,
    years,
)
from r2p_analysis.exhibits.headlines.regions.context import harder

__all__ = ["appeals", "beside_people", "harder", "heaviest", "highest_rate", "on_map", "ratification", "years"]
