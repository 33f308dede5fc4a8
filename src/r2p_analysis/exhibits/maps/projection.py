"""The sheet of a world map, in the Equal Earth projection."""

from __future__ import annotations

import math
from collections.abc import Sequence

from r2p_analysis.exhibits import theme
from r2p_analysis.exhibits.charts.key import Entry, draw_key, key_height
from r2p_analysis.exhibits.charts.sheet import Sheet
from r2p_analysis.exhibits.graphic import WIDTHS, Spec

_NORTH, _SOUTH = 84.0, -57.0
_A = (1.340264, -0.081106, 0.000893, 0.003796)
_HALF_WIDTH = 2.706629


def equal_earth(lon: float, lat: float) -> tuple[float, float]:
    """Project a point; the world is about 5.41 wide and 2.63 high around (0, 0), y downwards."""
    t = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(lat)))
    x = (
        2
        * math.sqrt(3)
        * math.radians(lon)
        * math.cos(t)
        / (3 * (9 * _A[3] * t**8 + 7 * _A[2] * t**6 + 3 * _A[1] * t**2 + _A[0]))
    )
    return x, -(_A[3] * t**9 + _A[2] * t**7 + _A[1] * t**3 + _A[0] * t)


class World:
    """A sheet with the projection that fills its width, without the Antarctic."""

    def __init__(self, layout: str, entries: Sequence[Entry], title: str) -> None:
        outer = WIDTHS[layout]
        self.scale = (outer - 4) / (2 * _HALF_WIDTH)
        self.middle = -equal_earth(0, _NORTH)[1] * self.scale
        height = math.ceil(self.middle + equal_earth(0, _SOUTH)[1] * self.scale)
        heads = theme.wrap(title, outer, bold=True, lines=3)
        lines = 1 + heads.count("\n") if heads else 0
        self.sheet = Sheet(outer, height, 0, 0, key_height(entries, outer) + 17 * lines + 12, 0)
        self.sheet.write(
            [{"x": 0, "y": 17 * lines / 2 - self.sheet.top, "text": heads}] if heads else [], fontWeight="bold"
        )
        draw_key(self.sheet, entries, 17 * lines)

    def place(self, lon: float, lat: float) -> tuple[float, float]:
        """The pixel of a point."""
        x, y = equal_earth(lon, lat)
        return round(self.sheet.width / 2 + x * self.scale, 2), round(self.middle + y * self.scale, 2)

    def shapes(self, name: str, transform: list[Spec], encoding: Spec, named: bool, **look: object) -> None:
        """Draw polygons of the geometry called `name`."""
        self.sheet.layers.append(
            {
                "data": {"url": f"r2p:{name}", "format": {"type": "json", "property": "features"}},
                "transform": transform,
                "mark": {"type": "geoshape", "aria": named, **look},
                "encoding": encoding,
            }
        )

    def spec(self) -> Spec:
        """The spec, with the projection fixed rather than fitted to what is drawn."""
        width, height = self.sheet.width, self.sheet.height
        return {
            **self.sheet.spec(),
            "projection": {
                "type": "equalEarth",
                "scale": round(self.scale, 4),
                "translate": [width / 2, round(self.middle, 2)],
                "clipExtent": [[0, 0], [width, height]],
            },
        }
