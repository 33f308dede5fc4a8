"""Texts taken out of a spec before it is drawn, and put into the picture afterwards.

The converter shapes every text to know its width, and that takes longer than all the rest of the drawing. On a sheet of
fixed size (see `charts.sheet`) nothing depends on the width of a text. So the converter is given empty ones, which it
does not shape, and the SVG is what it would have been.
"""

from __future__ import annotations

import re
from typing import Any
from xml.sax.saxutils import escape

Spec = dict[str, Any]
_ATTRIBUTES = r'(?: [\w:-]+="[^"]*")*'
_TEXT = re.compile(rf"<text({_ATTRIBUTES})(?:/>|>(.*?)</text>)")
_LINE = re.compile(rf"<tspan({_ATTRIBUTES})/>")
_WITHOUT_GUIDE = {"x2", "y2", "description", "detail", "order", "longitude", "latitude", "text"}
"""Channels that bring neither an axis nor a legend, whatever they show."""


class Lettering:
    """The texts of one spec, in the order in which they are drawn."""

    def __init__(self) -> None:
        self._texts: list[str] = []

    def take_out(self, spec: Spec) -> Spec:
        """Give a spec without its texts; as it is, unless nothing but its data brings texts into it."""
        layers = spec.get("layer", [])
        sheet = layers and spec.get("autosize") == {"type": "none"} and not spec.keys() & {"title", "mark", "encoding"}
        if not sheet or not all(map(_is_plain, layers)):
            return spec
        return {**spec, "layer": [self._layer(layer) for layer in layers]}

    def put_back(self, svg: str) -> str:
        """Give an SVG with its texts.

        Raises
        ------
        LookupError
            When it has more texts than were taken out, or fewer, or lines.
        """
        if not self._texts:
            return svg
        left = iter(self._texts)
        whole = _TEXT.sub(lambda found: _filled(found, next(left, None)), svg)
        if next(left, None) is not None:
            raise LookupError("not every text was drawn")
        return whole

    def _layer(self, layer: Spec) -> Spec:
        if layer["mark"]["type"] != "text":
            return layer
        name = layer["encoding"]["text"]["field"]
        rows = layer["data"]["values"]
        self._texts += [row[name] for row in rows]
        return {**layer, "data": {"values": [{**row, name: "\n" * row[name].count("\n")} for row in rows]}}


def _filled(element: re.Match[str], text: str | None) -> str:
    """Give an element of text as it is with its text."""
    drawn = element[2] or ""
    lines = [] if text is None else text.split("\n")
    if text is None or _LINE.sub("", drawn) or drawn.count("<tspan") != (len(lines) if len(lines) > 1 else 0):
        raise LookupError(f"nothing fits {element[0]}")
    if not text:
        return element[0]
    said = escape(text)
    if len(lines) > 1:
        each = iter(map(escape, lines))
        said = _LINE.sub(lambda found: f"<tspan{found[1]}>{next(each)}</tspan>", drawn)
    return f"<text{element[1]}>{said}</text>"


def _is_plain(layer: Spec) -> bool:
    """Whether a layer has no axis, legend or title, and texts whose looks depend on what they say in no way."""
    mark, encoding = layer.get("mark"), layer.get("encoding", {})
    if not isinstance(mark, dict) or layer.keys() - {"data", "mark", "encoding", "projection", "transform"}:
        return False
    if any(_has_guide(channel) for name, channel in encoding.items() if name not in _WITHOUT_GUIDE):
        return False
    if mark.get("type") != "text":
        return True
    name = encoding.get("text", {}).get("field")
    others = [channel for channel in encoding.values() if channel.get("field") == name]
    rows = layer.get("data", {}).get("values")
    return (
        len(others) == 1
        and "order" not in encoding
        and "transform" not in layer
        and not {"limit", "dir", "format"} & {*mark, *encoding["text"]}
        and isinstance(rows, list)
        and all(isinstance(row.get(name), str) and _is_kept_as_it_is(row[name]) for row in rows)
    )


def _has_guide(channel: Spec) -> bool:
    return "field" in channel and channel.get("scale", "one") is not None and channel.get("axis", "one") is not None


def _is_kept_as_it_is(text: str) -> bool:
    # Of white space at the ends of a line, and of an empty line among others, the converter makes something else.
    return not text or all(line and line == line.strip() for line in text.split("\n"))
