"""Pictures in fewer bytes: what every mark says of its looks becomes a class, and the style sheet says it once."""

from __future__ import annotations

import re

_TAG = re.compile(r"<([a-z]+)( [^<>]*)>")
_NAME = re.compile(r"--r2p-([a-z0-9-]+):")
_LOOKS = {
    "stroke-width": ("0.5", "0.6", "0.7", "0.8", "1", "1.5", "2", "2.4", "14"),
    "font-size": ("11px", "12px", "13px", "14px"),
    "text-anchor": ("start", "middle", "end"),
    "font-weight": ("normal", "bold"),
    "opacity": ("0.5", "0.6", "0.7", "0.8"),
    "fill-opacity": ("0.25", "0.5", "0.75"),
    "stroke-linejoin": ("round",),
    "stroke-linecap": ("round",),
}
"""Attributes and values that marks repeat most; others stay as they are."""
_CLASSES = {(name, value): f"x{n}" for n, (name, value) in enumerate((k, v) for k, vs in _LOOKS.items() for v in vs)}
_SAID = re.compile(r' (?:(fill|stroke)="var\(--r2p-([a-z0-9-]+), #[0-9a-f]+\)"|(' + "|".join(_LOOKS) + ')="([^"]*)")')


def compact(svg: str) -> str:
    """Return a picture with classes in place of colours and of what marks repeat.

    Examples
    --------
    >>> compact('<path d="M0,0" fill="var(--r2p-ink, #1c2731)" stroke="var(--r2p-paper, #ffffff)"/>')
    '<path class="f-ink s-paper" d="M0,0"/>'
    """
    return _TAG.sub(_classed, svg)


def _classed(tag: re.Match[str]) -> str:
    name, attributes = tag.groups()
    if " class=" in attributes:
        return tag[0]
    paints: list[str] = []
    looks: list[str] = []

    def taken(said: re.Match[str]) -> str:
        kind, colour, look, value = said.groups()
        if colour:
            paints.append(f"{kind[0]}-{colour}")
        elif (look, value) in _CLASSES:
            looks.append(_CLASSES[look, value])
        else:
            return said[0]
        return ""

    rest = _SAID.sub(taken, attributes)
    return f'<{name} class="{" ".join(paints + looks)}"{rest}>' if paints or looks else tag[0]


def paint_rules(variables: str) -> str:
    """Return the rules of these classes, for every colour that the variables name."""
    names = dict.fromkeys(_NAME.findall(variables))
    paints = [f".f-{name}{{fill:var(--r2p-{name})}}.s-{name}{{stroke:var(--r2p-{name})}}\n" for name in names]
    looks = [f".{mark}{{{name}:{value}}}" for (name, value), mark in _CLASSES.items()]
    return "".join(paints) + "".join(looks) + "\n"
