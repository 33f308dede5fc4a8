"""Status matrices: where each of some places stands towards each of some rules, by sign, colour and year."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import pandas as pd

from r2p_analysis.errors import ExhibitError
from r2p_analysis.exhibits import theme
from r2p_analysis.exhibits.charts.frame import check, names, palette, texts
from r2p_analysis.exhibits.charts.key import Entry, draw_key, key_height
from r2p_analysis.exhibits.charts.rows import LABEL_ROOM
from r2p_analysis.exhibits.charts.sheet import Row, Sheet, fixed, px
from r2p_analysis.exhibits.graphic import WIDTHS, Graphic, Spec, both

SHAPES = ("circle", "diamond", "cross", "square")
"""The sign of each status, in the order of the statuses: colour is never alone."""
_ROW, _LINE, _HEAD, _SIGN = 24, 13, 54, 12


@dataclass(frozen=True)
class _Matrix:
    rows: list[str]
    columns: list[str]
    cells: dict[tuple[str, str], Row]
    entries: list[Entry]


def status_matrix(
    frame: pd.DataFrame,
    *,
    row: str,
    column: str,
    status: str,
    order: Sequence[str],
    text: str | None = None,
    colours: dict[str, str] | None = None,
) -> Graphic:
    """Draw a table of signs, one for each row and column.

    Parameters
    ----------
    frame
        One row a cell, in the order of rows and columns; a cell without a row stays empty.
    row, column, status
        Columns of row names, column names and statuses.
    order
        The statuses, at most four, in the order in which they take signs.
    text
        A column of what to write beside the sign, such as a year; a missing one is left out.
    colours
        Colours by status.

    Returns
    -------
    Graphic
        A "Status matrix". Where columns do not fit side by side they go on below.
    """
    chart = "status matrix"
    check(chart, frame, row, column, status, text)
    found = texts(frame, status)
    unknown = sorted(set(found) - set(order))
    if unknown or len(order) > len(SHAPES):
        raise ExhibitError(
            f"{chart}: statuses must be among the at most {len(SHAPES)} of order; got {unknown or order}"
        )
    paint, shape = palette(order, colours), dict(zip(order, SHAPES, strict=False))
    said = ["" if pd.isna(v) else str(v) for v in frame[text]] if text else [""] * len(frame)
    cells: dict[tuple[str, str], Row] = {}
    for key, word, beside in zip(zip(texts(frame, row), texts(frame, column), strict=True), found, said, strict=True):
        if key in cells:
            raise ExhibitError(f"{chart}: a cell has more than one row in the frame: {key[0]}, {key[1]}")
        label = f"{key[1]}, {key[0]}: {word}" + (f", {beside}" if beside else "")
        cells[key] = {"colour": paint[word], "shape": shape[word], "text": beside, "label": label}
    matrix = _Matrix(
        names(texts(frame, row), None),
        names(texts(frame, column), None),
        cells,
        [Entry(word, paint[word], shape[word]) for word in order if word in found],
    )
    return both("Status matrix", lambda layout: _draw(layout, matrix))


def _draw(layout: str, matrix: _Matrix) -> Spec:
    outer, size = WIDTHS[layout], theme.SMALL_SIZE
    wrapped = {name: theme.wrap(name, LABEL_ROOM[layout], lines=4) for name in matrix.rows}
    left = math.ceil(max(theme.block_width(t) for t in wrapped.values()) + 10)
    room = _SIGN + 8 + max(theme.width_of(c["text"], size) for c in matrix.cells.values())
    room = max(room, 54 if layout == "narrow" else 70)
    abreast = max(1, min(len(matrix.columns), int((outer - left) / room)))
    abreast = math.ceil(len(matrix.columns) / math.ceil(len(matrix.columns) / abreast))
    # Two columns alone would stand far apart on a wide page.
    wide = min((outer - left) / abreast, 130)
    heads = {name: theme.wrap(name, wide - 6, size, lines=3, bold=True) for name in matrix.columns}
    below = list(accumulate((_ROW + _LINE * text.count("\n") for text in wrapped.values()), initial=0))
    middles = [(a + b) / 2 for a, b in pairwise(below)]
    block = _HEAD + below[-1] + 12
    blocks = math.ceil(len(matrix.columns) / abreast)
    sheet = Sheet(outer, blocks * block - 8, left, 0, key_height(matrix.entries, outer) + 4, 0)
    draw_key(sheet, matrix.entries)
    signs: list[Row] = []
    for n, head in enumerate(matrix.columns):
        middle, top = (n % abreast + 0.5) * wide, n // abreast * block + _HEAD
        sheet.write(
            [{"x": round(middle, 2), "y": top - 24, "text": heads[head]}],
            align="center",
            fontWeight="bold",
            fontSize=size,
        )
        found = [(at, matrix.cells.get((name, head))) for at, name in zip(middles, matrix.rows, strict=True)]
        signs += [_placed(cell, middle, top + at, size) for at, cell in found if cell]
        if n % abreast == 0:
            width = round(wide * min(abreast, len(matrix.columns) - n), 2)
            sheet.rule([{"x": -left, "x2": width, "y": top + y, "y2": top + y} for y in below])
            sheet.write(
                [{"x": -10, "y": top + at, "text": t} for at, t in zip(middles, wrapped.values(), strict=True)],
                align="right",
            )
    sheet.draw(
        "point",
        [{k: v for k, v in sign.items() if k not in ("text", "at")} for sign in signs],
        {"x": px("x"), "y": px("y"), "fill": fixed("colour"), "shape": fixed("shape")},
        size=95,
        opacity=1,
        strokeWidth=0,
    )
    sheet.write([{"x": s["at"], "y": s["y"], "text": s["text"]} for s in signs if s["text"]], fontSize=size)
    return sheet.spec()


def _placed(cell: Row, middle: float, y: float, size: float) -> Row:
    """Put a sign, and what stands beside it, around the middle of a column."""
    half = (_SIGN + 3 + theme.width_of(cell["text"], size)) / 2 if cell["text"] else _SIGN / 2
    return {**cell, "x": round(middle - half + _SIGN / 2, 2), "y": y, "at": round(middle - half + _SIGN + 3, 2)}
