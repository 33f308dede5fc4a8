"""Headlines over all long series: how they moved beside each other, and what their vintages say."""

from __future__ import annotations

import pandas as pd

from r2p_analysis.exhibits.headlines.finding import Finding, number, row_of
from r2p_analysis.exhibits.headlines.protection.phrases import of_them
from r2p_analysis.exhibits.words import change, exact, listed, numeral

_ROSE = ("rose", "more than doubled")
_FELL = ("fell", "more than halved")


def dashboard(frame: pd.DataFrame) -> Finding:
    """Say which series rose over the decade and which in the last two years; `frame` is moves."""
    base, before, end = (int(frame[column].iloc[0]) for column in ("base_year", "before_year", "end_year"))
    decade = [change(number(row.base), number(row.end)) for row in frame.itertuples()]
    recent = [change(number(row.before), number(row.end)) for row in frame.itertuples()]
    count = len(frame)
    up, lately, down = (sum(word in words for word in moves) for moves, words in _pairs(decade, recent))
    labels = [str(label)[:1].lower() + str(label)[1:] for label in frame["label"]]
    tops = [f"{label} at {exact(_index(row))}" for label, row in zip(labels, frame.itertuples(), strict=True)]
    head = (
        f"Of {numeral(count)} yearly series of attacks, {of_them(up, count)} {'was' if up == 1 else 'were'} higher in "
        f"{end} than in {base}; from {before} to {end}, {of_them(lately, count)} rose and {of_them(down, count)} fell"
    )
    return Finding(head, f"with {base} as 100, the lines end with {listed(tops)}", f"{up} of {count}")


def _pairs(decade: list[str], recent: list[str]) -> list[tuple[list[str], tuple[str, ...]]]:
    return [(decade, _ROSE), (recent, _ROSE), (recent, _FELL)]


def _index(row: object) -> float | None:
    base, end = number(row.base), number(row.end)  # type: ignore[attr-defined]  # a row of moves
    return end / base * 100 if base and end is not None else None


def vintages(frame: pd.DataFrame) -> Finding:
    """Say how many figures moved between the first and the last vintage that have them; `frame` is vintages."""
    ordered = frame.sort_values("vintage").groupby(["series", "label", "year"])["value"]
    both = pd.DataFrame({"first": ordered.first(), "last": ordered.last(), "known": ordered.count()}).reset_index()
    both = both[both["known"] > 1]
    if both.empty:
        return Finding("No figure is stored as it was known at two dates", "each figure stands once")
    gap = (both["last"] - both["first"]).astype(float)
    moved = int((gap != 0).sum())
    head = f"{exact(moved) if moved else 'None'} of {exact(len(both))} figures changed between the vintages at hand"
    if moved:
        worst = row_of(both, gap.abs().idxmax())
        label = str(worst["label"])[:1].lower() + str(worst["label"])[1:]
        head += (
            f"; most of all, the {label} of {int(worst['year'])} went from {exact(worst['first'])} to "
            f"{exact(worst['last'])}"
        )
    return Finding(head, f"{exact(moved)} of {exact(len(both))} rows differ between the first and the last vintage")
