"""Numbers as words: the vocabulary from which headlines and prose are computed.

Every word that judges (rose, fell, record, nearly, more than half) is chosen here by the numbers.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

_NUMERALS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_MULTIPLIED = {2: "doubled", 3: "tripled", 4: "quadrupled"}
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
# Below this share two figures are called the same: UNHCR's rounding moves sums by less.
SAME_SHARE = 0.005


def people(count: Any, missing: str = "no figure") -> str:
    """Write a count of people for prose.

    Examples
    --------
    >>> people(65_026_893), people(933_727), people(4_104), people(12), people(0), people(None)
    ('65.0 million', '934,000', '4,100', '12', 'none', 'no figure')
    """
    if count is None or count != count:
        return missing
    count = round(count)
    if count == 0:
        return "none"
    if count >= 999_500:
        return f"{count / 1e6:,.1f} million"
    if count >= 10_000:
        return f"{round(count, -3):,}"
    if count >= 1_000:
        return f"{round(count, -2):,}"
    return f"{count:,}"


def exact(count: Any, missing: str = "no figure") -> str:
    """Write a count in full, with separators.

    Examples
    --------
    >>> exact(65026893)
    '65,026,893'
    """
    return missing if count is None or count != count else f"{round(count):,}"


def percent(share: float | None, decimals: int = 0, missing: str = "an unknown share") -> str:
    """Write a share of one as a percentage; what is not quite 0 or 100 does not round to them.

    Examples
    --------
    >>> percent(0.366), percent(0.9964), percent(0.0004), percent(1.0), percent(0.759, 1)
    ('37%', 'over 99%', 'under 1%', '100%', '75.9%')
    """
    if share is None or share != share:
        return missing
    smallest = 10**-decimals
    value = round(share * 100, decimals)
    if share > 0 and value < smallest:
        return f"under {smallest:.{decimals}f}%"
    if share < 1 and value >= 100:
        return f"over {100 - smallest:.{decimals}f}%"
    return f"{value:.{decimals}f}%"


def about_share(share: float) -> str:
    """Write a share of one in words a reader keeps.

    Examples
    --------
    >>> [about_share(s) for s in (0.08, 0.366, 0.49, 0.55, 0.76, 0.97)]
    ['8%', '37%', 'nearly half', 'more than half', 'three quarters', 'almost all']
    """
    if 0.47 <= share < 0.5:
        return "nearly half"
    if 0.5 < share <= 0.57:
        return "more than half"
    if share == 0.5:
        return "half"
    if 0.735 <= share <= 0.77:
        return "three quarters"
    if 0.95 <= share < 1:
        return "almost all"
    return percent(share)


def way(before: float | None, after: float | None, same: float = SAME_SHARE) -> str:
    """Say which way a figure moved, not by how much; below the share `same` it did not.

    Examples
    --------
    >>> way(100, 130), way(100, 210), way(100, 40), way(100, 100.2), way(None, 5)
    ('rose', 'rose', 'fell', 'stayed about the same', 'cannot be compared')
    """
    if before is None or after is None or before != before or after != after:
        return "cannot be compared"
    if before == after or (before and abs(after / before - 1) < same):
        return "stayed about the same"
    return "fell" if after < before else "rose"


def change(before: float | None, after: float | None, same: float = SAME_SHARE) -> str:
    """Choose the verb for a change, by the numbers; below the share `same` there is none.

    Examples
    --------
    >>> change(100, 130), change(100, 70), change(100, 100.2), change(100, 210), change(0, 5), change(None, 5)
    ('rose', 'fell', 'stayed about the same', 'more than doubled', 'rose', 'cannot be compared')
    """
    moved = way(before, after, same)
    if before is None or after is None:
        return moved
    if moved == "fell" and after < before / 2:
        return "more than halved"
    return "more than doubled" if moved == "rose" and before and after > 2 * before else moved


def change_in_words(before: float | None, after: float | None, same: float = SAME_SHARE) -> str:
    """Say a change as `change` does, and by how many times where it is more than the double.

    Examples
    --------
    >>> [change_in_words(10, after) for after in (9, 21, 30, 31, 45)]
    ['fell', 'more than doubled', 'more than doubled', 'more than tripled', 'more than quadrupled']
    >>> change_in_words(10, 56), change_in_words(10, 130)
    ('rose more than fivefold', 'rose more than 12-fold')
    """
    verb = change(before, after, same)
    if verb != "more than doubled" or not before or after is None:
        return verb
    # The whole number that the change exceeds: three times is not more than tripled.
    times = math.ceil(after / before) - 1
    if times in _MULTIPLIED:
        return f"more than {_MULTIPLIED[times]}"
    return f"rose more than {numeral(times)}{'fold' if times <= 10 else '-fold'}"


def numeral(count: int) -> str:
    """Write a whole number, in words up to ten.

    Examples
    --------
    >>> numeral(6), numeral(11)
    ('six', '11')
    """
    return _NUMERALS[count] if 0 <= count <= 10 else f"{count:,}"


def listed(items: Sequence[str]) -> str:
    """Write a list with commas and a last "and".

    Examples
    --------
    >>> listed(["Syria"]), listed(["Syria", "Iraq"]), listed(["Syria", "Iraq", "Yemen"])
    ('Syria', 'Syria and Iraq', 'Syria, Iraq and Yemen')
    """
    if len(items) <= 1:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def plural(count: int, one: str, many: str | None = None) -> str:
    """Put a number before its noun.

    Examples
    --------
    >>> plural(1, "country", "countries"), plural(6, "country", "countries")
    ('one country', 'six countries')
    """
    return f"{numeral(count)} {one if count == 1 else (many or one + 's')}"


def day_in_words(date: str) -> str:
    """Write an ISO date for readers, as exactly as it is known, in English whatever the locale.

    Examples
    --------
    >>> day_in_words("2016-07-22"), day_in_words("2025-05"), day_in_words("2017")
    ('22 July 2016', 'May 2025', '2017')
    """
    year, *rest = date.split("-")
    month = [_MONTHS[int(rest[0]) - 1]] if rest else []
    day = [str(int(rest[1]))] if len(rest) > 1 else []
    return " ".join([*day, *month, year])


def sentence(text: str) -> str:
    """Begin with a capital and end with a full stop.

    Examples
    --------
    >>> sentence("the Philippines hosts none")
    'The Philippines hosts none.'
    """
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")


def possessive(name: str) -> str:
    """Put a name into the possessive.

    Examples
    --------
    >>> possessive("Syria"), possessive("the Philippines")
    ("Syria's", "the Philippines'")
    """
    return f"{name}'" if name.endswith("s") else f"{name}'s"
