"""Where things stand: values to pixels, and labels kept apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class Scale:
    """A straight line from values to pixels."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """The pixel of a value."""
        share = (value - self.low) / (self.high - self.low) if self.high > self.low else 0.5
        return round(self.start + share * (self.end - self.start), 2)


def spread(wanted: Sequence[float], gap: float | Sequence[float], low: float, high: float) -> list[float]:
    """Move positions as little as it takes to keep them apart and within limits.

    Parameters
    ----------
    wanted
        Where each label would like to be, in any order.
    gap
        The room that each label needs, one number for all or one for each.
    low, high
        The limits; when there is too little room in them, gaps shrink.

    Returns
    -------
    list of float
        The new positions, in the order of `wanted`.

    Examples
    --------
    >>> spread([10, 11, 50], 10, 0, 100)
    [5.5, 15.5, 50.0]
    """
    count = len(wanted)
    rooms = [float(gap)] * count if isinstance(gap, int | float) else [float(g) for g in gap]
    order = sorted(range(count), key=lambda i: (wanted[i], i))
    offsets = [0.0]
    for a, b in pairwise(order):
        offsets.append(offsets[-1] + (rooms[a] + rooms[b]) / 2)
    shrink = min(1.0, max(high - low, 0.0) / offsets[-1]) if offsets[-1] > 0 else 1.0
    offsets = [o * shrink for o in offsets]
    pools: list[tuple[float, int]] = []
    for index, offset in zip(order, offsets, strict=False):
        pools.append((wanted[index] - offset, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (m1, n1), (m2, n2) = pools[-2:]
            pools[-2:] = [((m1 * n1 + m2 * n2) / (n1 + n2), n1 + n2)]
    bases = [mean for mean, size in pools for _ in range(size)]
    placed = [0.0] * count
    for index, base, offset in zip(order, bases, offsets, strict=False):
        placed[index] = round(min(max(base, low), high - offsets[-1]) + offset, 2)
    return placed
