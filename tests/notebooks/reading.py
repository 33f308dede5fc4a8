"""Reading what notebooks say as a careful reader would: does each sentence agree with its own numbers and period?"""

from __future__ import annotations

import re
from typing import Any

from r2p_analysis.exhibits.words import SAME_SHARE

_SCALE = {"million": 1e6, "billion": 1e9, "m": 1e6, "bn": 1e9, "k": 1e3}
_NUMBER = r"(?:USD |US\$|\$)?(−?\d[\d,]*(?:\.\d+)?)(?:\s?(million|billion|m|bn|k)\b)?"
_MOVE = re.compile(
    r"\b(rose|fell|more than (?:doubled|tripled|quadrupled|halved)|stayed about the same|grew|shrank)\b"
    rf"(?P<between>[^;:.]*?)\bfrom {_NUMBER}%?(?P<middle>[^;:]*?)\bto {_NUMBER}"
)
DOCUMENTS = {"report-series"}
"""Exhibits that list documents: the edition's own is of the year after its figures."""
LATER = re.compile(
    r"\b(later|since then|as it stands|now|as known|afterwards|after the report|came after)\b", re.IGNORECASE
)
YEAR = re.compile(r"\b(19|20)\d\d\b")


def moves(text: str) -> list[tuple[str, float, float]]:
    """Find every "rose from A to B": verb, A, B. Years are no quantities."""
    found = []
    for match in _MOVE.finditer(text):
        verb, before, scale, after, scale_after = match[1], match[3], match[4], match[6], match[7]
        if _is_year(before, scale) or _is_year(after, scale_after):
            continue
        found.append((verb, _value(before, scale), _value(after, scale_after)))
    return found


def wrong_direction(text: str) -> str:
    """Say which movement of a sentence its own numbers contradict; empty when none is."""
    for verb, before, after in moves(text):
        # The numbers are rounded for reading: what they cannot tell apart may have moved either way.
        near = abs(after - before) <= max(abs(before), abs(after), 1e-12) * 0.02
        right = {
            "rose": after >= before,
            "grew": after >= before,
            "fell": after <= before,
            "shrank": after <= before,
            "more than doubled": after >= 2 * before * (1 - 0.02),
            "more than tripled": after >= 3 * before * (1 - 0.02),
            "more than quadrupled": after >= 4 * before * (1 - 0.02),
            "more than halved": after <= before / 2 * (1 + 0.02),
            "stayed about the same": near or abs(after - before) <= SAME_SHARE * abs(before),
        }[verb]
        if not right and not (near and verb in ("rose", "grew", "fell", "shrank")):
            return f"{verb} from {before:g} to {after:g}"
    return ""


def wrong_period(exhibit: dict[str, Any], reference_year: int) -> str:
    """Say what is wrong with the period of an exhibit: data end early, or go beyond the edition, without a word."""
    names = [column["name"] for column in exhibit["columns"]]
    if exhibit["kind"] == "gap" or "year" not in names:
        return ""
    place = names.index("year")
    years = [row[place] for row in exhibit["rows"] if _known(row, exhibit["columns"]) and isinstance(row[place], int)]
    if not years:
        return ""
    text = " ".join([exhibit["headline"], exhibit["subtitle"], *exhibit["notes"]])
    last = max(years)
    if exhibit["id"] in DOCUMENTS:
        reference_year += 1
    if last < reference_year and str(last) not in text:
        return f"its figures end in {last}, before {reference_year}, and nothing says so"
    if last > reference_year and not LATER.search(text):
        return f"it shows {last}, after {reference_year}, and nothing says that this came later"
    return ""


def _known(row: list[Any], columns: list[dict[str, Any]]) -> bool:
    """Whether a row holds any figure besides its year; rows of text alone count as known."""
    figures = [v for v, c in zip(row, columns, strict=True) if c["type"] != "text" and c["name"] != "year"]
    return not figures or any(value is not None for value in figures)


def _is_year(number: str, scale: str | None) -> bool:
    return scale is None and bool(re.fullmatch(r"(19|20)\d\d", number))


def _value(number: str, scale: str | None) -> float:
    return float(number.replace(",", "").replace("−", "-")) * _SCALE.get(scale or "", 1)
