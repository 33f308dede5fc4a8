"""The axes that charts share, and how they say what a value is."""

from __future__ import annotations

import math

from r2p_analysis.exhibits import theme
from r2p_analysis.exhibits.charts.placing import Scale
from r2p_analysis.exhibits.charts.sheet import Sheet

HEIGHTS = {"wide": 360, "narrow": 280}
_ONE = {
    "people": "person", "deaths": "death", "civilians": "civilian", "countries": "country", "states": "state",
    "events": "event", "attacks": "attack", "incidents": "incident", "drafts": "draft", "parties": "party",
}  # fmt: skip


def value_axis(sheet: Sheet, scale: Scale, values: list[float], unit: str) -> None:
    """Draw grid lines and their values, and name the unit once above them."""
    left = -math.ceil(sheet.left)
    lines = [{"x": 0, "x2": sheet.width, "y": scale(v), "y2": scale(v)} for v in values]
    sheet.rule([line for line, v in zip(lines, values, strict=True) if v != 0])
    sheet.rule([line for line, v in zip(lines, values, strict=True) if v == 0], color=theme.AXIS)
    labels = theme.tick_labels(values)
    sheet.write(
        [{"x": -8, "y": scale(v), "text": t} for v, t in zip(values, labels, strict=True)],
        align="right",
        color=theme.MUTED,
        fontSize=theme.SMALL_SIZE,
    )
    if unit:
        sheet.write(
            [{"x": left, "y": scale(max(values)) - 20, "text": capital(unit)}],
            color=theme.MUTED,
            fontSize=theme.SMALL_SIZE,
        )


def axis_margin(values: list[float]) -> float:
    """The room that the values of an axis take to the left of the plot."""
    return max(theme.width_of(t, theme.SMALL_SIZE) for t in theme.tick_labels(values)) + 10


def year_axis(sheet: Sheet, place: dict[int, float], base: float) -> None:
    """Write as many years under the plot as fit without turning them."""
    shown = years_shown(list(place), sheet.width / max(len(place), 1))
    sheet.rule([{"x": place[y], "x2": place[y], "y": base, "y2": base + 4} for y in shown], color=theme.AXIS)
    half = theme.width_of("2000", theme.SMALL_SIZE) / 2
    right = sheet.width + math.ceil(sheet.right) - half
    sheet.write(
        [{"x": min(place[y], right), "y": base + 14, "text": str(y)} for y in shown],
        align="center",
        color=theme.MUTED,
        fontSize=theme.SMALL_SIZE,
    )


def years_shown(found: list[int], step: float) -> list[int]:
    """The years to write: the first, the last and round ones between, at least 40 pixels apart."""
    first, last = min(found), max(found)
    every = next(n for n in (1, 2, 5, 10, 20, 50, 100, 1000, 10_000) if n * step >= 40)
    room = 40 / step if step else math.inf
    inner = [y for y in found if y % every == 0 and y - first >= room and last - y >= room]
    return sorted({first, *inner, last} if last - first >= room else {last})


def capital(text: str) -> str:
    """The text with a capital letter first."""
    return text[:1].upper() + text[1:]


def tooltip(*parts: str, value: float | None, unit: str) -> str:
    """What a mark says when pointed at: ``Syria, 2015: 4.87m people``.

    Examples
    --------
    >>> tooltip("Nigeria", "2015", value=1, unit="people"), tooltip("Mali", value=1, unit="civilians killed on purpose")
    ('Nigeria, 2015: 1 person', 'Mali: 1 civilian killed on purpose')
    """
    head = ", ".join(part for part in parts if part)
    counted, *rest = unit.split(" ")
    if value == 1:
        unit = " ".join([_ONE.get(counted, counted), *rest])
    return f"{head}: {theme.short(value)} {unit}".strip()
