"""The last step of a chart: raw SVG to SVG that may stand in a page beside others.

A pure function of text. Ids are made unique, the description that the converter drops is put in, colours
become CSS variables, and what a strict content security policy forbids is taken out.
"""

from __future__ import annotations

import re
from html import escape

from r2p_analysis.errors import RenderError
from r2p_analysis.exhibits import theme

_ROOT = re.compile(r"<svg\b[^>]*>")
_NUMBER = re.compile(r"-?\d+\.\d{2,}(?:e-?\d+)?")
# What stands before a name is white space. Looking for any beginning of a word takes five times as long.
_COLOUR = re.compile(r' (fill|stroke)="(#[0-9a-fA-F]{6})"')
_IDS = re.compile(r'(\s)id="([^"]+)"')
_NOISE = re.compile(r' (?:role|aria-roledescription|aria-hidden|class|stroke-miterlimit|font-family)="[^"]*"')
_LABEL = re.compile(r' aria-label="([^"]*)"')
_CIRCLE = re.compile(
    r'<path((?: data-label="[^"]*")? transform="[^"]*") d="M([\d.]+),0A\2,\2,0,1,1,-\2,0'
    r'A\2,\2,0,1,1,\2,0"'
)
_OUTLINE = re.compile(r"(?:M-?[\d.e-]+,-?[\d.e-]+(?:L-?[\d.e-]+,-?[\d.e-]+)*Z)+")
_FINE = 6  # tenths of a pixel
_IDLE = re.compile(r' transform="translate\(0,0\)"| opacity="1"| stroke="[^"]*" stroke-width="0"| stroke-width="0"')
_PLATE = re.compile(r'<path class="(?:background|foreground)"[^>]*/>|<rect [^>]*fill="transparent"/>')
_EMPTY = re.compile(r"<g>\s*</g>")
_STYLE = re.compile(r"<style\b.*?</style>|\sstyle=\"[^\"]*\"", re.DOTALL)


def clean(svg: str) -> str:
    """Take out of a rendered SVG what a page forbids or nobody sees, and round its coordinates.

    Parameters
    ----------
    svg
        What the converter gave.

    Returns
    -------
    str
        The same picture in fewer bytes. Marks that answer to a pointer carry their text as ``data-label``. Cleaning it
        again changes nothing.
    """
    root = _ROOT.search(svg)
    if root is None:
        return svg
    body = _IDLE.sub("", _STYLE.sub("", svg[root.end() :]))
    body = _PLATE.sub("", body)
    body = _LABEL.sub(r' data-label="\1"', _NOISE.sub("", body))
    body = _CIRCLE.sub(r'<circle\1 r="\2"', _EMPTY.sub("", body))
    return svg[: root.end()] + _round(body)


def finish(svg: str, *, prefix: str, title: str, description: str) -> str:
    """Make a rendered SVG ready to be put into a page.

    Parameters
    ----------
    svg
        What the renderer gave, cleaned.
    prefix
        Unique in the page, such as the id of the exhibit and the layout; every id begins with it.
    title, description
        What it shows, for those who do not see it.

    Returns
    -------
    str
        An ``<svg>`` element without width, height, inline style or outside reference.
    """
    root = _ROOT.search(svg)
    if root is None:
        raise RenderError(f"{prefix}: the renderer gave no SVG")
    body = number_ids(_colour(svg[root.end() :], prefix), f"{prefix}-")
    return _head(root[0], prefix, title, description, hatched=f"url(#{prefix}-hatch)" in body) + body


def number_ids(svg: str, stem: str) -> str:
    """Name ids by their order in a picture, for the converter names them by what it drew before; references follow."""
    order: dict[str, str] = {}
    for _, name in _IDS.findall(svg):
        order.setdefault(name, f"{stem}{len(order)}")
    if not order:
        return svg
    svg = _IDS.sub(lambda m: f'{m[1]}id="{order[m[2]]}"', svg)
    return re.sub(r'(url\(#|href="#)([^)"]+)', lambda m: m[1] + order.get(m[2], m[2]), svg)


def _head(root: str, prefix: str, title: str, description: str, hatched: bool) -> str:
    box = re.search(r'viewBox="([^"]+)"', root)
    if box is None:
        raise RenderError(f"{prefix}: the SVG has no viewBox")
    name = escape(prefix, quote=True)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="r2p-graphic" viewBox="{box[1]}" role="img" '
        f'aria-labelledby="{name}-title {name}-desc" font-family="{theme.FONT}">'
        f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-desc">{escape(description)}</desc>'
        + (_hatch(prefix) if hatched else "")
    )


def _hatch(prefix: str) -> str:
    return (
        f'<defs><pattern id="{prefix}-hatch" width="5" height="5" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="5" height="5" fill="{variable(theme.NO_DATA)}"/>'
        f'<path d="M0,0V5" stroke="{variable(theme.HATCH)}" stroke-width="1.6"/></pattern></defs>'
    )


def variable(colour: str) -> str:
    """A colour of the theme as its CSS variable, with the light value for those who know no variables."""
    name = theme.VARIABLES.get(colour.lower())
    return f"var({name}, {colour.lower()})" if name else colour


def _colour(body: str, prefix: str) -> str:
    def replaced(match: re.Match[str]) -> str:
        attribute, colour = match[1], match[2].lower()
        if colour == theme.NO_DATA and attribute == "fill":
            return f' fill="url(#{prefix}-hatch)"'
        return f' {attribute}="{variable(colour)}"'

    return _COLOUR.sub(replaced, body)


def _round(body: str) -> str:
    """Round coordinates to a tenth of a pixel; scales and opacities keep their digits."""
    body = re.sub(r' (d|points)="([^"]+)"', lambda m: f' {m[1]}="{_path(m[2])}"', body)
    body = re.sub(r"translate\([^)]*\)", lambda m: _NUMBER.sub(_tenth, m[0]), body)
    return re.sub(
        r' ([xy][12]?|width|height|r|cx|cy|dx|dy)="(-?\d+\.\d{2,}(?:e-?\d+)?)"',
        lambda m: f' {m[1]}="{_NUMBER.sub(_tenth, m[2])}"',
        body,
    )


def _path(path: str) -> str:
    """Round a path; write long outlines in small steps and without what is too fine to be seen."""
    if len(path) < 400 or "Z" not in path or not _OUTLINE.fullmatch(path):
        return _NUMBER.sub(_tenth, path)
    return "".join(filter(None, map(_ring, path.removesuffix("Z").split("Z"))))


def _ring(text: str) -> str:
    """Write one ring in steps of tenths of a pixel; a ring smaller than the pen is left out."""
    points = [tuple(round(float(n) * 10) for n in point.split(",")) for point in text[1:].split("L")]
    at = points[0]
    steps = []
    for x, y in points[1:]:
        dx, dy = x - at[0], y - at[1]
        if dx * dx + dy * dy >= _FINE * _FINE:
            steps.append(f"{_step(dx)}{',' if dy >= 0 else ''}{_step(dy)}")
            at = (x, y)
    return f"M{_step(points[0][0])},{_step(points[0][1])}l{' '.join(steps)}Z" if len(steps) > 1 else ""


def _step(tenths: int) -> str:
    whole, part = divmod(abs(tenths), 10)
    text = f"{whole or ''}.{part}" if part else str(whole)
    return f"-{text}" if tenths < 0 else text


def _tenth(match: re.Match[str]) -> str:
    text = f"{float(match[0]):.1f}"
    text = text.removesuffix(".0")
    return "0" if text in ("-0", "") else text
