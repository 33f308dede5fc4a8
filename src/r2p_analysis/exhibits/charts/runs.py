"""Lines that break where a value is missing, and the points that they join."""

from __future__ import annotations

import math
from collections.abc import Sequence

from r2p_analysis.exhibits.charts.axes import tooltip
from r2p_analysis.exhibits.charts.placing import Scale
from r2p_analysis.exhibits.charts.sheet import Row, Sheet, fixed, px

MAX_TARGETS = 240
"""So many points at most answer to a pointer, those of lines picked out, evenly thinned: pages stay small."""


def points_of(
    when: list[int], named: list[str], values: list[float | None], paint: dict[str, str], unit: str
) -> list[Row]:
    """What the lines pass through, with what each point says when pointed at."""
    return [
        {
            "year": year,
            "name": name,
            "value": value,
            "colour": paint[name],
            "label": tooltip(name, str(year), value=value, unit=unit),
        }
        for year, name, value in zip(when, named, values, strict=True)
    ]


def runs(points: list[Row]) -> list[list[Row]]:
    """Cut points, sorted by name and year, where a value is missing or a name ends."""
    done: list[list[Row]] = []
    before: Row | None = None
    for point in points:
        if point["value"] is not None:
            if before is None or before["value"] is None or before["name"] != point["name"]:
                done.append([])
            done[-1].append(point)
        before = point
    return done


def draw_bands(sheet: Sheet, points: list[Row], place: Scale, scale: Scale) -> None:
    """Draw the range of an estimate as a band, broken where a bound is missing."""
    known = [{**p, "value": 0 if p.get("low") is not None and p.get("high") is not None else None} for p in points]
    pieces = runs(known)
    rows = [
        {"x": place(p["year"]), "y": scale(p["low"]), "y2": scale(p["high"]), "colour": p["colour"], "run": str(n)}
        for n, run in enumerate(pieces)
        for p in run
        if len(run) > 1
    ]
    sheet.draw(
        "area",
        rows,
        {"x": px("x"), "y": px("y"), "y2": {"field": "y2"}, "fill": fixed("colour"), "detail": {"field": "run"}},
        fillOpacity=0.2,
        strokeWidth=0,
    )
    # A band of one year has no width: an upright bar shows its range.
    alone = [p for run in pieces if len(run) == 1 for p in run]
    sheet.draw(
        "rule",
        [{"x": place(p["year"]), "y": scale(p["low"]), "y2": scale(p["high"]), "colour": p["colour"]} for p in alone],
        {"x": px("x"), "y": px("y"), "y2": {"field": "y2"}, "color": fixed("colour")},
        strokeWidth=6,
        opacity=0.3,
    )


def draw_runs(
    sheet: Sheet, points: list[Row], place: Scale, scale: Scale, picked: Sequence[str], targets: int = MAX_TARGETS
) -> None:
    """Draw lines, a dot where a value stands alone, and the targets for a pointer."""
    pieces = runs(points)
    path = [
        {
            "x": place(p["year"]),
            "y": scale(p["value"]),
            "year": p["year"],
            "value": p["value"],
            "colour": p["colour"],
            "run": str(n),
        }
        for n, run in enumerate(pieces)
        for p in run
    ]
    encoding = {"x": px("x"), "y": px("y"), "color": fixed("colour")}
    quiet = {str(n) for n, run in enumerate(pieces) if run[0]["name"] not in picked}
    for group, width in ((True, 1.2), (False, 2.4)):
        sheet.draw(
            "line",
            [row for row in path if (row["run"] in quiet) is group],
            {**encoding, "detail": {"field": "run"}, "order": {"field": "year"}},
            strokeWidth=width,
            strokeCap="round",
            strokeJoin="round",
        )
    alone = [row for row in path if len(pieces[int(row["run"])]) == 1]
    sheet.draw(
        "point",
        alone,
        {"x": px("x"), "y": px("y"), "fill": fixed("colour")},
        shape="circle",
        size=40,
        opacity=1,
        strokeWidth=0,
    )
    known = [p for p in points if p["value"] is not None]
    if len(known) > targets:
        known = [p for p in known if p["name"] in picked]
    known = known[:: -math.ceil(len(known) / targets) or -1]
    sheet.draw(
        "point",
        [{"x": place(p["year"]), "y": scale(p["value"]), "label": p["label"]} for p in known],
        {"x": px("x"), "y": px("y")},
        shape="circle",
        size=120,
        fill="transparent",
        strokeWidth=0,
    )
