"""How numbers read, and the round values of axes and classes."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from itertools import pairwise

_SCALES = ((1e12, "tn"), (1e9, "bn"), (1e6, "m"), (1e3, "k"))


def short(value: float | None) -> str:
    """Write a number with three figures: 65.0m, 873k, 0.034; a missing one is a dash.

    Examples
    --------
    >>> short(65_026_893), short(4_873), short(12), short(0.0342), short(None)
    ('65.0m', '4,873', '12', '0.034', '–')
    """
    if value is None or not math.isfinite(value):
        return "–"
    size = abs(value)
    for index, (scale, sign) in enumerate(_SCALES):
        if size >= (scale * 10 if sign == "k" else scale * 0.9995):
            figures = _figures(size / scale)
            if figures == "1,000" and index:
                scale, sign = _SCALES[index - 1]
                figures = _figures(size / scale)
            return f"{'−' if value < 0 else ''}{figures}{sign}"
    return f"{'−' if value < 0 else ''}{_figures(size)}"


def signed(value: float | None) -> str:
    """Write a change with three figures and its sign: +10.3k, −348k; none is 0.

    Examples
    --------
    >>> signed(10_319), signed(-348_000), signed(0), signed(None)
    ('+10.3k', '−348k', '0', '–')
    """
    return f"+{short(value)}" if value is not None and value > 0 else short(value)


def _figures(size: float) -> str:
    if size >= 99.95 or size == int(size):
        return f"{size:,.0f}"
    if size >= 9.995:
        return f"{size:.1f}"
    if size >= 1:
        return f"{size:.2f}"
    return f"{size:.2g}" if size >= 1e-4 else f"{size:.0e}"


def tick_labels(values: list[float]) -> list[str]:
    """Write the values of an axis alike and as short as their step allows.

    Examples
    --------
    >>> tick_labels([0.0, 20e6, 40e6])
    ['0', '20m', '40m']
    """
    size = max(abs(value) for value in values)
    step = min((abs(b - a) for a, b in pairwise(values)), default=size) or 1.0
    scale, sign = next(((s, sign) for s, sign in _SCALES if size >= s * (10 if sign == "k" else 1)), (1.0, ""))
    decimals = next((n for n in range(12) if abs(round(step / scale, n) * scale - step) <= step * 1e-6), 12)
    return ["0" if value == 0 else f"{value / scale:,.{decimals}f}{sign}".replace("-", "−") for value in values]


NumberFormat = str | Callable[[float], str]


def formatted(value: float | None, how: NumberFormat | None) -> str:
    """Write a value as a chart asks: by a function, by a format such as ``,.1f``, or in short.

    What is above zero never reads as zero.

    Examples
    --------
    >>> formatted(0.04, ".1f"), formatted(0.0, ".1f"), formatted(0.4, ",.0f"), formatted(-3.2, "+.0f")
    ('<0.1', '0.0', '<1', '−3')
    """
    if value is None or not math.isfinite(value):
        return "–"
    if how is None:
        return short(value)
    text = format(value, how) if isinstance(how, str) else how(value)
    if value > 0 and re.fullmatch(r"\+?0(\.0+)?", text):
        return f"<{text.removeprefix('+')[:-1]}1"
    return text.replace("-", "−")


def ticks(low: float, high: float, count: int = 5, *, whole: bool = False) -> list[float]:
    """Round values that cover low to high, about `count` steps of them; of what comes whole, whole numbers.

    Examples
    --------
    >>> ticks(0, 65_026_893, 4)
    [0.0, 20000000.0, 40000000.0, 60000000.0, 80000000.0]
    >>> ticks(0, 2), ticks(0, 2, whole=True)
    ([0.0, 0.5, 1.0, 1.5, 2.0], [0.0, 1.0, 2.0])
    """
    if high <= low:
        high = low + (abs(low) or 1.0)
    rough = (high - low) / max(count, 1)
    power = 10.0 ** math.floor(math.log10(rough))
    # Between whole numbers no half: a count has none.
    steps = (1, 2, 5, 10) if power == 1 else (1, 2, 2.5, 5, 10)
    step = next(m * power for m in steps if m * power >= rough * 0.8)
    step = max(step, 1.0) if whole else step
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [float(f"{n * step:.12g}") for n in range(first, last + 1)]


def thresholds(values: list[float], count: int = 5) -> list[float]:
    """Round numbers that part positive values into at most `count` classes of like size.

    Examples
    --------
    >>> thresholds([3, 14, 30, 77, 160, 420, 900, 2100, 5200, 11000])
    [25.0, 100.0, 500.0, 5000.0]
    """
    known = sorted(v for v in values if math.isfinite(v) and v > 0)
    cuts: list[float] = []
    for n in range(1, count):
        if known:
            cut = round_down(known[min(len(known) - 1, len(known) * n // count)])
            if cut > (cuts[-1] if cuts else 0):
                cuts.append(cut)
    return cuts


def round_down(value: float) -> float:
    """The largest of 1, 2, 2.5 and 5 times a power of ten that is not above a positive value."""
    power = 10.0 ** math.floor(math.log10(value))
    return float(f"{max(m * power for m in (1, 2, 2.5, 5) if m * power <= value * (1 + 1e-9)):.12g}")
