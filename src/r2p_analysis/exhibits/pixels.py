"""SVG to PNG, in the processes that render: at twice the size, and with few colours, so that files stay small."""

from __future__ import annotations

import io

from r2p_analysis.exhibits.compiling import told_as_value_error

PIXELS_VERSION = 2
"""To be raised whenever the same SVG would give another PNG."""
SCALE = 2
COLOURS = 192


def to_png(svg: str) -> bytes:
    """Draw an SVG document.

    Parameters
    ----------
    svg : str
        With width and height, and without CSS variables.

    Returns
    -------
    bytes
        A PNG with a palette: charts have few colours, and a palette is a tenth of the size.

    Raises
    ------
    ValueError
        When it cannot be drawn.
    """
    import vl_convert
    from PIL import Image

    with told_as_value_error():
        full = vl_convert.svg_to_png(svg, scale=SCALE)
    with Image.open(io.BytesIO(full)) as image:
        few = image.convert("RGB").quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    out = io.BytesIO()
    # Without "optimize": it takes longer than all the rest but the drawing, and spares a twentieth of the size.
    few.save(out, "PNG")
    return out.getvalue()
