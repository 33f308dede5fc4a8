"""Headline on whether the context is more challenging than ten years before."""

from __future__ import annotations

import pandas as pd

from r2p_analysis.exhibits.headlines.finding import Finding
from r2p_analysis.exhibits.words import exact, listed, numeral, way


def harder(frame: pd.DataFrame, year: int) -> Finding:
    """Say how many series stand above their base and which do not; `frame` is context_change."""
    known = frame.dropna(subset=["index"])
    moved = {row["label"]: way(float(row["base"]), float(row["value"])) for row in known.to_dict("records")}
    rose = [label for label, verb in moved.items() if verb == "rose"]
    fell = [label for label, verb in moved.items() if verb == "fell"]
    same = [label for label in moved if label not in (*rose, *fell)]
    base = year - 10 if frame.empty else int(frame["base_year"].iloc[0])
    higher = numeral(len(rose)) if rose else "none"
    head = f"Of {numeral(len(known))} measures of harm, {higher} stood higher than in {base}"
    if fell:
        head += f"; {listed([_told(known, label) for label in fell])} had fallen"
    if same:
        head += f"; {listed([_told(known, label) for label in same])} had stayed about the same"
    top = known.iloc[0]
    ends = f"{_lower(top['label'])} end highest at {float(top['index']):,.0f}, with {base} as 100"
    return Finding(head, ends, f"{len(rose)} of {len(known)}")


def _told(frame: pd.DataFrame, label: str) -> str:
    row = frame[frame["label"] == label].iloc[0]
    return f"{_lower(label)} (from {exact(row['base'])} to {exact(row['value'])} in {int(row['last_year'])})"


def _lower(label: str) -> str:
    return label if label.startswith("UN ") else label[:1].lower() + label[1:]
