"""Pictures in fewer bytes: what every mark says of its colour becomes a class, and the style sheet says it once."""

from __future__ import annotations

import re

_TAG = re.compile(r"<[a-z]+ [^<>]*>")
_PAINT = re.compile(r' (fill|stroke)="var\(--r2p-([a-z0-9-]+), #[0-9a-f]+\)"')
_NAME = re.compile(r"--r2p-([a-z0-9-]+):")


def compact(svg: str) -> str:
    """Return a picture with classes in place of colours.

    Examples
    --------
    >>> compact('<path d="M0,0" fill="var(--r2p-ink, #1c2731)" stroke="var(--r2p-paper, #ffffff)"/>')
    '<path class="f-ink s-paper" d="M0,0"/>'
    """
    return _TAG.sub(_classed, svg)


def _classed(tag: re.Match[str]) -> str:
    paints = _PAINT.findall(tag[0])
    if not paints or " class=" in tag[0]:
        return tag[0]
    classes = " ".join(f"{kind[0]}-{name}" for kind, name in paints)
    return re.sub(r"^<[a-z]+", lambda name: f'{name[0]} class="{classes}"', _PAINT.sub("", tag[0]))


def paint_rules(variables: str) -> str:
    """Return the rules of these classes for every colour that the variables name."""
    names = dict.fromkeys(_NAME.findall(variables))
    return "".join(f".f-{name}{{fill:var(--r2p-{name})}}.s-{name}{{stroke:var(--r2p-{name})}}\n" for name in names)
