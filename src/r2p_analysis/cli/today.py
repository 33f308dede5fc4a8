"""The day for which the age of data is judged: the one place that asks the clock for it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, date, datetime

from r2p_analysis.errors import UsageError

EPOCH_VARIABLE = "SOURCE_DATE_EPOCH"


def today() -> date:
    """Give the present day in UTC."""
    return datetime.now(UTC).date()


def judged_on(as_of: str = "", environment: Mapping[str, str] | None = None) -> date:
    """Give the day for which the age of data is judged.

    Parameters
    ----------
    as_of : str
        ISO date that the user gave; empty when none was given.
    environment : mapping, optional
        The environment variables; those of the process unless told. ``SOURCE_DATE_EPOCH`` (seconds since 1970) is
        heeded, as by other tools whose outputs can be made again byte for byte.

    Returns
    -------
    date
        The date given, else that of ``SOURCE_DATE_EPOCH``, else today.

    Raises
    ------
    UsageError
        When either is no date.
    """
    if as_of:
        try:
            return date.fromisoformat(as_of)
        except ValueError:
            raise UsageError(f'--as-of expects an ISO date such as 2026-06-25, got "{as_of}"') from None
    epoch = (os.environ if environment is None else environment).get(EPOCH_VARIABLE, "").strip()
    if not epoch:
        return today()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError):
        raise UsageError(f'{EPOCH_VARIABLE} expects seconds since 1970, got "{epoch}"; mend or unset it') from None
