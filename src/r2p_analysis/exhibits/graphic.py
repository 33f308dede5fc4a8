"""The drawing that an exhibit carries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

WIDTHS = {"wide": 720, "narrow": 343}
"""The width of each layout in pixels."""
Spec = dict[str, Any]


@dataclass(frozen=True)
class Graphic:
    """A chart or map: its kind in words and one Vega-Lite spec a layout.

    Parameters
    ----------
    kind
        What a reader would call it, such as "Stacked bar chart"; alt text begins with it.
    layouts
        Specs by layout: "wide" is 720 pixels across, "narrow" 343.
    geometry
        Names of the geometry that the specs point to as ``r2p:<name>``.
    """

    kind: str
    layouts: dict[str, Spec]
    geometry: tuple[str, ...] = ()


def both(kind: str, draw: Callable[[str], Spec], geometry: tuple[str, ...] = ()) -> Graphic:
    """Draw the wide and the narrow layout."""
    return Graphic(kind, {layout: draw(layout) for layout in WIDTHS}, geometry)
