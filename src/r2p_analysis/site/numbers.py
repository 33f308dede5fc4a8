"""How numbers are written on the pages, and how the telling number of a sentence is found."""

from __future__ import annotations

import re
from typing import Any

MISSING = "–"
MINUS = "\N{MINUS SIGN}"

_TELLING = re.compile(
    r"(?P<ratio>\b(?:one|1) in (?:every )?\d[\d,]*)"
    r"|(?<![\w.,–-])(?P<number>[−-]?\d[\d,]*(?:\.\d+)?)"
    r"(?P<unit>[ \u00a0\u202f]?(?:%|per cent\b|percent\b|million\b|billion\b|thousand\b|m\b|bn\b|k\b)|)"
)


def write_number(value: float, decimals: int = 0, grouped: bool = True) -> str:
    """Write a number with thousands separators and a true minus sign.

    Examples
    --------
    >>> write_number(16110276), write_number(-36.55, 1), write_number(2015, grouped=False)
    ('16,110,276', '−36.5', '2015')
    """
    text = f"{value:,.{decimals}f}" if grouped else f"{value:.{decimals}f}"
    if not text.strip("-0.,"):
        return text.lstrip("-")
    return text.replace("-", MINUS)


def write_size(size: int) -> str:
    """Write the size of a file as people say it.

    Examples
    --------
    >>> write_size(312), write_size(5_400), write_size(2_340_000)
    ('312 bytes', '5 kB', '2.3 MB')
    """
    if size < 1000:
        return f"{size} bytes"
    return f"{size / 1000:.0f} kB" if size < 999_500 else f"{size / 1_000_000:.1f} MB"


def telling_number(sentence: str) -> tuple[str, str]:
    """Find the number of a sentence that is worth showing large, and the unit that follows it.

    Only a number that tells by itself counts: one with a unit, one in N, or one of four and more figures with
    separators. Years and small counts do not.

    Examples
    --------
    >>> telling_number("At the end of 2015, 65.0 million people were displaced.")
    ('65.0', 'million')
    >>> telling_number("That is one in 113 people.")
    ('1 in 113', '')
    >>> telling_number("Six of the 10 largest hosts changed from 1990 to 2015.")
    ('', '')
    """
    for match in _TELLING.finditer(sentence):
        if match["ratio"]:
            return "1 in " + match["ratio"].rsplit(" ", 1)[1].rstrip(","), ""
        number, unit = match["number"].rstrip(","), match["unit"].strip()
        if unit or re.fullmatch(r"[−-]?\d{1,3}(,\d{3})+(\.\d+)?", number):
            unit = {"m": "million", "bn": "billion", "k": "thousand", "per cent": "%", "percent": "%"}.get(unit, unit)
            return number.replace("-", MINUS), unit
    return "", ""


def is_year(name: str, unit: str = "") -> bool:
    """Whether a column holds years, which take no thousands separator."""
    return unit == "year" or name == "year" or name.endswith("_year") or name.startswith("year_")


def write_cell(value: Any, kind: str, decimals: int = 0, year: bool = False) -> str:
    """Write one cell of a data table; a missing value is a dash, never 0."""
    if value is None:
        return MISSING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float) and kind != "text":
        return write_number(value, 0 if kind == "integer" else decimals, grouped=not year)
    return str(value)
