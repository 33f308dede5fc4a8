"""Figures and courses that checks give, and the relations by which a claim is held against them.

A check says what was found; the ledger says which relation to the claim's own number makes the part hold. The best
estimate decides; where its range lies on both sides of the claimed number, the evidence says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from r2p_analysis.claims.outcome import CANNOT, FAILS, HOLDS, REVISED, Outcome
from r2p_analysis.errors import UsageError
from r2p_analysis.exhibits.words import SAME_SHARE, change_in_words, sentence, way

# A figure revised by no more than this share of the stated one still says the same.
REVISION_TOLERANCE = 0.05


@dataclass(frozen=True)
class Figure:
    """One number that a measure found.

    Attributes
    ----------
    what : str
        What was counted, where, when and by whom: the subject of the evidence.
    number : float or None
        The best estimate; None when there is none.
    unit : str
        Such as "deaths", "states", "%" or "USD".
    low, high : float or None
        Bounds of the estimate, where the producer gives them.
    vintage : str
        The release, when it is not that of the tables read.
    missing : str
        Why there is no number.
    """

    what: str
    number: float | None
    unit: str
    low: float | None = None
    high: float | None = None
    vintage: str = ""
    missing: str = ""


@dataclass(frozen=True)
class Course:
    """A number by year that a measure found.

    Attributes
    ----------
    what, unit, vintage : str
        As of a `Figure`.
    points : mapping of int to float
        Best estimates by year; a year without a figure is not in it.
    low, high : mapping of int to float
        Bounds by year, where the producer gives them.
    when : str
        How a point's time is written: a stock stands "at the end of {year}".
    same : float
        Two points that differ by less than this share are the same.
    """

    what: str
    unit: str
    points: Mapping[int, float]
    low: Mapping[int, float] = field(default_factory=dict)
    high: Mapping[int, float] = field(default_factory=dict)
    vintage: str = ""
    when: str = "in {year}"
    same: float = SAME_SHARE


FIGURE_RELATIONS = ("at least", "more than", "at most", "fewer than", "about", "equals", "between")
COURSE_RELATIONS = ("rose", "fell", "did not rise", "did not fall", "largest since", "lowest since")
_ONE = {"people": "person", "countries": "country"}
_KEYS = {
    **{name: ({"value"}, {"tolerance"} if name == "about" else set()) for name in FIGURE_RELATIONS},
    "between": ({"value", "upper"}, set()),
    **{name: ({"from", "to"}, {"times"} if name == "rose" else set()) for name in COURSE_RELATIONS},
    "largest since": ({"year", "since"}, set()),
    "lowest since": ({"year", "since"}, set()),
}


def check_relation(relation: Mapping[str, Any], kind: str, where: str) -> None:
    """Make sure that a relation is known, fits what the check gives, and has all that it needs.

    Raises
    ------
    UsageError
        Of one line, with the relations that fit.
    """
    known = FIGURE_RELATIONS if kind == "Figure" else COURSE_RELATIONS
    name = str(relation.get("is", ""))
    if name not in known:
        raise UsageError(f'{where}: relation "{name}": a {kind.lower()} takes {", ".join(known)}')
    needed, optional = _KEYS[name]
    given = set(relation) - {"is"}
    if not needed <= given <= needed | optional:
        raise UsageError(
            f'{where}: relation "{name}" needs {", ".join(sorted(needed))}; got {", ".join(sorted(given)) or "nothing"}'
        )


def judge(found: Figure | Course, relation: Mapping[str, Any]) -> Outcome:
    """Hold a figure or a course against a claim.

    Parameters
    ----------
    found : Figure or Course
        What a measure gave.
    relation : mapping
        ``is`` and the numbers that it needs.

    Returns
    -------
    Outcome
        With the number, its range and one computed sentence.
    """
    return _judge_figure(found, relation) if isinstance(found, Figure) else _judge_course(found, relation)


def written(value: float | None, unit: str = "") -> str:
    """Write a number with its unit: in full, but money from a million on rounded as reports of it are exact.

    Examples
    --------
    >>> written(272844, "deaths"), written(1, "deaths"), written(53.51, "%"), written(None)
    ('272,844 deaths', '1 death', '53.5%', 'no figure')
    >>> written(17.134e9, "USD"), written(8_460_000, "USD"), written(263.48, "USD")
    ('USD 17.1 billion', 'USD 8.5 million', 'USD 263.5')
    """
    if value is None:
        return "no figure"
    for size, name in ((1e9, "billion"), (1e6, "million")) if unit == "USD" else ():
        if abs(value) >= size:
            return f"USD {value / size:,.1f} {name}"
    number = f"{value:,.0f}" if abs(value) >= 1000 or float(value).is_integer() else f"{value:,.1f}"
    if unit == "%":
        return f"{number}%"
    if unit == "USD":
        return f"USD {number}"
    return f"{number} {_ONE.get(unit, unit.removesuffix('s')) if number == '1' else unit}".strip()


def _judge_figure(found: Figure, relation: Mapping[str, Any]) -> Outcome:
    if found.number is None:
        return Outcome(CANNOT, sentence(found.missing or f"{found.what}: no figure"), vintage=found.vintage)
    value = float(relation["value"])
    evidence = f"{found.what}: {written(found.number, found.unit)}{_range(found.low, found.high)}"
    word = _word(found.number, relation)
    if _straddles(found, relation["is"], value):
        evidence += f"; the range lies on both sides of {written(value, found.unit)}"
    return Outcome(
        word,
        sentence(evidence),
        current=written(found.number, found.unit) + _range(found.low, found.high),
        subject=sentence(found.what).rstrip("."),
        number=found.number,
        low=found.low,
        high=found.high,
        unit=found.unit,
        vintage=found.vintage,
    )


def _word(number: float, relation: Mapping[str, Any]) -> str:
    name, value = relation["is"], float(relation["value"])
    if name == "equals":
        if number == value:
            return HOLDS
        return REVISED if value and abs(number / value - 1) <= REVISION_TOLERANCE else FAILS
    holds = {
        "at least": number >= value,
        "more than": number > value,
        "at most": number <= value,
        "fewer than": number < value,
        "about": bool(value) and abs(number / value - 1) <= float(relation.get("tolerance", REVISION_TOLERANCE)),
        "between": value <= number <= float(relation.get("upper", value)),
    }
    return HOLDS if holds[name] else FAILS


def _straddles(found: Figure, name: str, value: float) -> bool:
    if found.low is None or found.high is None or name not in ("at least", "more than", "at most", "fewer than"):
        return False
    return found.low < value < found.high


def _judge_course(found: Course, relation: Mapping[str, Any]) -> Outcome:
    name = relation["is"]
    if name in ("largest since", "lowest since"):
        return _extreme(found, int(relation["year"]), int(relation["since"]), largest=name == "largest since")
    start, end = int(relation["from"]), int(relation["to"])
    lacking = [year for year in (start, end) if year not in found.points]
    if lacking:
        return Outcome(CANNOT, sentence(f"{found.what}: no figure for {lacking[0]}"), vintage=found.vintage)
    before, after = found.points[start], found.points[end]
    moved = way(before, after, found.same)
    rose, fell = moved == "rose", moved == "fell"
    times = float(relation.get("times", 0))
    holds = {
        "rose": rose and after >= times * before,
        "fell": fell,
        "did not rise": not rose,
        "did not fall": not fell,
    }[name]
    evidence = (
        f"{found.what} {change_in_words(before, after, found.same)}: "
        f"{written(before, found.unit)}{_range_in(found, start)} {_when(found, start)}, "
        f"{written(after, found.unit)}{_range_in(found, end)} {_when(found, end)}"
    )
    if _overlap(found, start, end):
        evidence += "; the two ranges overlap"
    return _outcome_of_year(found, end, HOLDS if holds else FAILS, evidence)


def _extreme(found: Course, year: int, since: int, *, largest: bool) -> Outcome:
    earlier = {y: v for y, v in found.points.items() if since <= y < year}
    if year not in found.points or not earlier:
        lacking = year if year not in found.points else since
        return Outcome(CANNOT, sentence(f"{found.what}: no figure for {lacking}"), vintage=found.vintage)
    value = found.points[year]
    extreme = max(earlier.values()) if largest else min(earlier.values())
    rival = next(y for y, v in sorted(earlier.items()) if v == extreme)
    first = min(earlier)
    word = HOLDS if (value > extreme if largest else value < extreme) else FAILS
    kind = "largest" if largest else "lowest"
    evidence = (
        f"{found.what}: {written(value, found.unit)}{_range_in(found, year)} {_when(found, year)}; the {kind} earlier "
        f"figure since {first} is {written(extreme, found.unit)} {_when(found, rival)}"
    )
    return _outcome_of_year(found, year, word, evidence)


def _outcome_of_year(found: Course, year: int, word: str, evidence: str) -> Outcome:
    return Outcome(
        word,
        sentence(evidence),
        current=written(found.points[year], found.unit) + _range_in(found, year),
        subject=f"{sentence(found.what).rstrip('.')} {_when(found, year)}",
        number=found.points[year],
        low=found.low.get(year),
        high=found.high.get(year),
        unit=found.unit,
        vintage=found.vintage,
    )


def _range(low: float | None, high: float | None) -> str:
    return "" if low is None or high is None or low == high else f" ({written(low)} to {written(high)})"


def _range_in(found: Course, year: int) -> str:
    return _range(found.low.get(year), found.high.get(year))


def _when(found: Course, year: int) -> str:
    return found.when.format(year=year)


def _overlap(found: Course, start: int, end: int) -> bool:
    bounds = [(found.low.get(year), found.high.get(year)) for year in (start, end)]
    (low1, high1), (low2, high2) = bounds
    if low1 is None or high1 is None or low2 is None or high2 is None:
        return False
    return low1 <= high2 and low2 <= high1
