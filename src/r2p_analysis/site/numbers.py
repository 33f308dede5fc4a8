"""How numbers are written on the pages."""

from __future__ import annotations

from typing import Any

MISSING = "–"
MINUS = "\N{MINUS SIGN}"


def write_number(value: float, decimals: int = 0, grouped: bool = True) -> str:
    """Write a number with thousands separators and a true minus sign; what is above zero never reads as zero.

    Examples
    --------
    >>> write_number(16110276), write_number(-36.55, 1), write_number(2015, grouped=False)
    ('16,110,276', '−36.5', '2015')
    >>> write_number(0.04, 1), write_number(0, 1)
    ('<0.1', '0.0')
    """
    text = f"{value:,.{decimals}f}" if grouped else f"{value:.{decimals}f}"
    if not text.strip("-0.,"):
        return f"<{text[:-1]}1" if value > 0 else text.lstrip("-")
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
