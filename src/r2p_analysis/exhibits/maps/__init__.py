"""Maps of the world in the Equal Earth projection: rates as classes of colour, counts as circles."""

from r2p_analysis.exhibits.maps.choropleth import choropleth, class_texts
from r2p_analysis.exhibits.maps.circles import proportional_circles

__all__ = ["choropleth", "class_texts", "proportional_circles"]
