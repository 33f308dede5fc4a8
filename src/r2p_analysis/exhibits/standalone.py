"""A chart as a picture of its own: with its headline, what it measures and where the figures come from.

A picture travels without its page. What a reader must know to quote it goes with it, and colours are plain values, for
programs that draw SVG outside a browser know no CSS variables.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from r2p_analysis.errors import RenderError
from r2p_analysis.exhibits import theme

MARGIN = 24
_VARIABLE = re.compile(r"var\(--r2p-[a-z0-9-]+,\s*(#[0-9a-fA-F]{3,8})\)")
_BOX = re.compile(r'viewBox="([\d.\s-]+)"')
_MOST_LINES = 9


@dataclass(frozen=True)
class _Style:
    """How a text is set: size of letters and height of a line in pixels, weight and colour."""

    size: float
    step: float
    bold: bool = False
    colour: str = theme.MUTED


_HEADLINE, _SUBTITLE, _SMALL = _Style(20, 26, True, theme.INK), _Style(14, 19), _Style(11.5, 16)


def standalone(svg: str, headline: str, subtitle: str, below: Sequence[str]) -> str:
    """Set a finished SVG between its headline and its sources.

    Parameters
    ----------
    svg : str
        As `r2p_analysis.exhibits.svg.finish` gives it.
    headline, subtitle : str
        What it shows, and measure, place, period and unit.
    below : sequence of str
        Lines under it, such as sources; long ones are wrapped.

    Returns
    -------
    str
        An SVG document with width and height, on white, without variables.

    Raises
    ------
    RenderError
        When the SVG has no viewBox.
    """
    box = _BOX.search(svg)
    if box is None:
        raise RenderError("the picture has no viewBox, so its size is not known")
    left, top, width, height = (float(number) for number in box[1].split())
    texts: list[str] = []
    line = MARGIN + 4.0
    for text, style in ((headline, _HEADLINE), (subtitle, _SUBTITLE)):
        line = _lines(texts, text, line, width, style) + 3
    start = line + 6
    line = start + height + 10
    for text in below:
        line = _lines(texts, text, line, width, _SMALL)
    whole_width, whole_height = width + 2 * MARGIN, line + MARGIN - 8
    chart = re.sub(r"<svg\b", f'<svg x="{MARGIN}" y="{start:g}" width="{width:g}" height="{height:g}"', svg, count=1)
    chart = chart.replace(f' viewBox="{box[1]}"', f' viewBox="{left:g} {top:g} {width:g} {height:g}"', 1)
    plain = _VARIABLE.sub(r"\1", chart).replace(' class="r2p-graphic"', "")
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{whole_width:g}" height="{whole_height:g}" '
        f'viewBox="0 0 {whole_width:g} {whole_height:g}" font-family="{theme.FONT}">\n'
        f'<rect width="{whole_width:g}" height="{whole_height:g}" fill="{theme.PAPER}"/>\n'
        + "\n".join([*texts, plain])
        + "\n</svg>\n"
    )


def _lines(texts: list[str], text: str, top: float, width: float, style: _Style) -> float:
    """Add a wrapped text below `top` and give where the next begins."""
    weight = ' font-weight="bold"' if style.bold else ""
    for piece in theme.wrap(text, width, style.size, _MOST_LINES, style.bold).split("\n") if text else ():
        top += style.step
        texts.append(
            f'<text x="{MARGIN}" y="{top - style.step * 0.25:g}" font-size="{style.size:g}px" '
            f'fill="{style.colour}"{weight}>'
            f"{escape(piece, quote=False)}</text>"
        )
    return top
