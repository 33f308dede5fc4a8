"""The sheet on which charts are drawn.

A `Sheet` is one layout of one chart: a plot of known size with margins of known size, so that every label can
be placed without overlaps before anything is rendered. It writes a Vega-Lite spec.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

from r2p_analysis.exhibits import theme
from r2p_analysis.exhibits.graphic import Spec

_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
Row = dict[str, Any]

_PX: Spec = {"type": "quantitative", "scale": None}
"""The encoding of a field that already holds pixels."""


def px(name: str) -> Spec:
    """Encode a field that already holds pixels."""
    return {"field": name, **_PX}


def fixed(name: str, kind: str = "nominal") -> Spec:
    """Encode a field whose values are what is drawn: a colour, a shape, a text."""
    return {"field": name, "type": kind, "scale": None, "legend": None}


@dataclass
class Sheet:
    """A plot of known size with margins of known size, and the layers drawn on it."""

    outer: int
    height: float
    left: float = 0
    right: float = 0
    top: float = 0
    bottom: float = 0
    layers: list[Spec] = field(default_factory=list)

    @property
    def width(self) -> float:
        """The width of the plot."""
        return self.outer - math.ceil(self.left) - math.ceil(self.right)

    def draw(self, mark: str, rows: list[Row], encoding: Spec, **look: Any) -> None:
        """Add a layer; rows with a "label" are named for tooltips."""
        if not rows:
            return
        named = "label" in rows[0]
        channels = {**encoding, "description": {"field": "label"}} if named else encoding
        self.layers.append(
            {"data": {"values": rows}, "mark": {"type": mark, "aria": named, **look}, "encoding": channels}
        )

    def write(self, rows: list[Row], **look: Any) -> None:
        """Add texts at pixels: rows of x, y, text and, if all have it, colour."""
        encoding = {"x": px("x"), "y": px("y"), "text": {"field": "text"}}
        if rows and "colour" in rows[0]:
            encoding["color"] = fixed("colour")
        style = {
            "color": theme.INK,
            "fontSize": theme.TEXT_SIZE,
            "baseline": "middle",
            "align": "left",
            "lineBreak": "\n",
            **look,
        }
        style.setdefault("lineHeight", round(style["fontSize"] * 1.2, 1))
        self.draw("text", _centred(rows, style) if style["baseline"] == "middle" else rows, encoding, **style)

    def rule(self, rows: list[Row], **look: Any) -> None:
        """Add straight lines at pixels: rows of x, y, x2, y2."""
        self.draw(
            "rule",
            rows,
            {"x": px("x"), "y": px("y"), "x2": {"field": "x2"}, "y2": {"field": "y2"}},
            **{"color": theme.GRID, "strokeWidth": 1, **look},
        )

    def spec(self) -> Spec:
        """The Vega-Lite spec of the sheet."""
        return {
            "$schema": _SCHEMA,
            "width": self.width,
            "height": self.height,
            "autosize": {"type": "none"},
            "padding": {
                "left": math.ceil(self.left),
                "right": math.ceil(self.right),
                "top": math.ceil(self.top),
                "bottom": math.ceil(self.bottom),
            },
            "background": "transparent",
            "config": {"view": {"stroke": None}, "font": theme.FONT},
            "layer": self.layers,
        }


def _centred(rows: list[Row], style: Spec) -> list[Row]:
    """Lift texts of several lines so that their middle, not their first line, is at y."""
    return [{**row, "y": round(row["y"] - row["text"].count("\n") * style["lineHeight"] / 2, 2)} for row in rows]
