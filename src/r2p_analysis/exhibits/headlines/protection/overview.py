"""Headlines over all long series: how they moved beside each other, and what their vintages say."""

from __future__ import annotations

import pandas as pd

from r2p_analysis.exhibits.headlines.finding import Finding, number, row_of
from r2p_analysis.exhibits.words import exact, listed, numeral, way

_KILLINGS = {
    "aid_incidents": "attacks on aid workers",
    "peacekeepers": "killings of UN personnel",
    "journalists": "killings of journalists",
}


def dashboard(frame: pd.DataFrame) -> Finding:
    """Say which series rose and which fell, over the decade and in the last two years; `frame` is moves."""
    base, before, end = (int(frame[column].iloc[0]) for column in ("base_year", "before_year", "end_year"))
    decade = [way(number(row.base), number(row.end)) for row in frame.itertuples()]
    recent = [way(number(row.before), number(row.end)) for row in frame.itertuples()]
    names = [_KILLINGS[str(series)] for series in frame["series"]]
    told = [_told(names, decade, f"from {base} to {end}")]
    # Two years move little: the counts say whether a fall is one of a case or of a hundred.
    counts = [f"{exact(row.before)} to {exact(row.end)}" for row in frame.itertuples()]
    told.append(_told(names, recent, f"from {before} to {end}", counts))
    ends = [f"{label} at {exact(_index(row))}" for label, row in zip(names, frame.itertuples(), strict=True)]
    up = sum(word == "rose" for word in decade)
    return Finding(
        "; ".join(told),
        f"the lines end with {listed(ends)}",
        f"{up} of {len(names)} up since {base}",
    )


def _told(names: list[str], moves: list[str], when: str, counts: list[str] | None = None) -> str:
    """Put the series that moved alike together; a group of all of them needs no names where counts are told."""
    groups = {
        "rose": [place for place, word in enumerate(moves) if word == "rose"],
        "fell": [place for place, word in enumerate(moves) if word == "fell"],
        "stayed about the same": [place for place, word in enumerate(moves) if word not in ("rose", "fell")],
    }
    parts = []
    for verb, group in groups.items():
        if group:
            everyone = counts is not None and len(group) == len(names)
            who = f"all {numeral(len(names))}" if everyone else listed([names[place] for place in group])
            told = f" ({listed([counts[place] for place in group])})" if counts else ""
            parts.append(f"{who} {verb}{told}")
    return f"{when}, {', '.join(parts)}"


def _index(row: object) -> float | None:
    base, end = number(row.base), number(row.end)  # type: ignore[attr-defined]  # a row of moves
    return end / base * 100 if base and end is not None else None


def vintages(frame: pd.DataFrame) -> Finding:
    """Say how many figures moved between the first and the latest release that have them; `frame` is revisions."""
    moved = int((frame["change"] != 0).sum())
    head = (
        f"{numeral(moved).capitalize() if moved else 'Not one'} of {exact(len(frame))} figures changed after the first "
        "release at hand"
    )
    if moved:
        worst = row_of(frame, frame["change"].abs().idxmax())
        label = str(worst["label"])
        # "UN personnel" keeps its capitals.
        label = label if label[:2].isupper() else label[:1].lower() + label[1:]
        head += (
            f"; most of all, the count of {label} in {int(worst['year'])} went from {exact(worst['first_value'])} to "
            f"{exact(worst['last_value'])}"
        )
    return Finding(head, f"{exact(moved)} of {exact(len(frame))} rows show a change")
