"""Texts drawn as single letters and put back afterwards.

The converter shapes every text to know its width, and that takes longer than all the rest of the drawing. On a sheet of
fixed size (see `charts.sheet`) nothing depends on the width of a text. So the converter is given a letter for each, and
the SVG is what it would have been.
"""

from __future__ import annotations

import re
from typing import Any
from xml.sax.saxutils import escape

Spec = dict[str, Any]
# The narrow ones first: they are shaped soonest.
_LETTERS = "ijlrtf1Icsvxyz023456789abdeghkmnopquwJLTFEPSBKXYVZACDGHNORUQMW"
_TEXT = re.compile(r"(<(?:text|tspan)\b[^>]*>)([^<]+)(?=<)")
_WITHOUT_GUIDE = {"x2", "y2", "description", "detail", "order", "longitude", "latitude", "text"}
"""Channels that bring neither an axis nor a legend, whatever they show."""


class Lettering:
    """The texts of one spec and the letters that stand for them."""

    def __init__(self) -> None:
        self._letters: dict[str, str] = {}

    def shorten(self, spec: Spec) -> Spec:
        """Give a spec with letters for its texts; as it is, unless nothing but its data brings texts into it."""
        layers = spec.get("layer", [])
        if spec.get("autosize") != {"type": "none"} or "title" in spec or not all(map(_is_plain, layers)):
            return spec
        return {**spec, "layer": [self._layer(layer) for layer in layers]}

    def restore(self, svg: str) -> str:
        """Give an SVG with the texts in the place of their letters.

        Raises
        ------
        LookupError
            When it has a text that no letter stands for.
        """
        if not self._letters:
            return svg
        texts = {letter: escape(text) for text, letter in self._letters.items()}
        return _TEXT.sub(lambda found: found[1] + texts[found[2]], svg)

    def _layer(self, layer: Spec) -> Spec:
        if layer["mark"]["type"] != "text":
            return layer
        name = layer["encoding"]["text"]["field"]
        rows = [{**row, name: "\n".join(map(self._letter, row[name].split("\n")))} for row in layer["data"]["values"]]
        return {**layer, "data": {"values": rows}}

    def _letter(self, line: str) -> str:
        return self._letters.setdefault(line, _number(len(self._letters))) if line else line


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


def _number(value: int) -> str:
    letter = _LETTERS[value % len(_LETTERS)]
    return letter if value < len(_LETTERS) else _number(value // len(_LETTERS) - 1) + letter
