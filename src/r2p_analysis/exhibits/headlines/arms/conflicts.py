"""Headlines of other states in internal wars."""

from __future__ import annotations

import pandas as pd

from r2p_analysis.exhibits.headlines.finding import Finding
from r2p_analysis.exhibits.words import exact, percent, plural


def internationalised(frame: pd.DataFrame, year: int, back: int = 10) -> Finding:
    """Say in how many internal conflicts another state's troops fought; `frame` is internationalised, up to `year`."""
    last = frame.iloc[-1]
    of, count, all_of = int(last["year"]), int(last["internationalised"]), int(last["all_internal"])
    head = f"Troops of other states fought in {exact(count)} of {plural(all_of, 'internal conflict')} in {of}"
    if of < year:
        head += ", the last year known"
    by = frame.set_index("year")["internationalised"]
    earlier = by[by.index < of]
    if of - back in by.index:
        before = int(by[of - back])
        head += ", as many as" if before == count else f", against {exact(before)}"
        head += f" in {of - back}"
    if len(earlier) and count > int(earlier.max()):
        head += f"; that is the most of any year since {int(earlier.index.min())}"
    share = percent(float(last["share_pct"]) / 100) if pd.notna(last["share_pct"]) else "no share"
    return Finding(head, f"the line ends at {exact(count)} in {of}, {share} of all internal conflicts", exact(count))
