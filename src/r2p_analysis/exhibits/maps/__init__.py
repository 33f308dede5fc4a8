"""Maps of the world in the Equal Earth projection: rates as classes of colour, categories, counts as circles."""

from r2p_analysis.exhibits.maps.choropleth import categories, choropleth, class_texts
from r2p_analysis.exhibits.maps.circles import proportional_circles

__all__ = ["categories", "choropleth", "class_texts", "proportional_circles"]
