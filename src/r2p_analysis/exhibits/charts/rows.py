"""Rows with a name each, which ranked bars and dot plots share."""

from __future__ import annotations

import math
from itertools import accumulate

from r2p_analysis.exhibits import theme
from r2p_analysis.exhibits.charts.axes import capital
from r2p_analysis.exhibits.charts.key import Entry, draw_key, key_height
from r2p_analysis.exhibits.charts.sheet import Sheet, px
from r2p_analysis.exhibits.graphic import WIDTHS

LABEL_ROOM = {"wide": 200, "narrow": 108}
LABEL_LINES = {"wide": 3, "narrow": 5}
PICKED = "diamond"


def name_rows(
    layout: str, found: list[str], picked: set[str], entries: list[Entry], unit: str, right: float
) -> tuple[Sheet, dict[str, float]]:
    """Start a sheet with a row for each name, the names written to the left of the plot."""
    room = LABEL_ROOM[layout]
    wrapped = {name: theme.wrap(name, room, lines=LABEL_LINES[layout], bold=name in picked) for name in found}
    tall = {name: 25 + 14 * text.count("\n") for name, text in wrapped.items()}
    sign = 16 if picked else 0
    left = max(theme.block_width(text, bold=name in picked) for name, text in wrapped.items()) + 8 + sign
    sheet = Sheet(WIDTHS[layout], sum(tall.values()), left, right, key_height(entries, WIDTHS[layout]) + 24, 4)
    draw_key(sheet, entries)
    sheet.write(
        [{"x": -math.ceil(left), "y": -13, "text": capital(unit)}], color=theme.MUTED, fontSize=theme.SMALL_SIZE
    )
    at = {name: below - tall[name] / 2 for name, below in zip(found, accumulate(tall.values()), strict=True)}
    for bold in (True, False):
        sheet.write(
            [{"x": -8, "y": at[n], "text": wrapped[n]} for n in found if (n in picked) is bold],
            align="right",
            fontWeight="bold" if bold else "normal",
        )
    sheet.draw(
        "point",
        [{"x": round(-16 - theme.block_width(wrapped[n], bold=True), 2), "y": at[n]} for n in found if n in picked],
        {"x": px("x"), "y": px("y")},
        shape=PICKED,
        size=70,
        fill=theme.ACCENT,
        opacity=1,
        strokeWidth=0,
    )
    return sheet, at
