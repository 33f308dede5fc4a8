"""The words of the ledger: how a part of a claim came out, and the verdict on the whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

HOLDS = "holds"
REVISED = "holds with revised data"
FAILS = "does not hold"
CANNOT = "cannot be decided"

SUPPORTED = "supported"
SUPPORTED_REVISED = "supported with revised data"
PARTLY = "partly supported"
CONTRADICTED = "contradicted"
UNDECIDED = "cannot be decided with open data"
VERDICTS = (SUPPORTED, SUPPORTED_REVISED, PARTLY, CONTRADICTED, UNDECIDED)


@dataclass(frozen=True)
class Outcome:
    """How one part of a claim came out.

    Attributes
    ----------
    word : str
        One of "holds", "holds with revised data", "does not hold", "cannot be decided".
    evidence : str
        Sentence with the figures, or with the reason why it cannot be decided.
    published, current : str
        The figure as printed and as the data give it now; empty when the part is not about one figure.
    number, low, high : float or None
        The number found and its range; None when the part is not about one number, or there is no range.
    unit : str
        Unit of the number.
    subject : str
        What the number counts, where and when.
    vintage : str
        Releases of the data on which it rests.
    """

    word: str
    evidence: str
    published: str = ""
    current: str = ""
    number: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str = ""
    subject: str = ""
    vintage: str = ""


def verdict(words: Sequence[str]) -> str:
    """Combine the outcomes of all parts.

    Parameters
    ----------
    words : sequence of str
        Outcome words, at least one.

    Returns
    -------
    str
        "cannot be decided with open data" when no part can be; "contradicted" when no part holds and one fails;
        "partly supported" when some parts hold and others fail or cannot be decided; "supported with revised data" when
        all hold but one only with figures revised since; else "supported".

    Examples
    --------
    >>> verdict(["holds", "holds with revised data"]), verdict(["holds", "cannot be decided"])
    ('supported with revised data', 'partly supported')
    >>> verdict(["does not hold"]), verdict(["cannot be decided"]), verdict(["holds"])
    ('contradicted', 'cannot be decided with open data', 'supported')
    """
    found = set(words)
    if found <= {CANNOT}:
        return UNDECIDED
    if not found & {HOLDS, REVISED}:
        return CONTRADICTED
    if found & {FAILS, CANNOT}:
        return PARTLY
    return SUPPORTED_REVISED if REVISED in found else SUPPORTED
