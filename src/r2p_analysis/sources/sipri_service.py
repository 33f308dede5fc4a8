"""SIPRI's register of deals, from the service behind its web page, which SIPRI does not document.

Only the recipients asked for are taken: SIPRI's terms allow less than a tenth of the data.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from r2p_analysis import countries
from r2p_analysis.errors import SourceError, UsageError
from r2p_analysis.sources.politeness import Service
from r2p_analysis.sources.sipri_register import read_register

if TYPE_CHECKING:
    from r2p_analysis.sources.http import Http

# An answer takes about ten seconds to make.
SERVICE = Service("sipri", "https://atbackend.sipri.org/api/p/", interval=10.0, pause=10.0)
COUNTRIES, REGISTER = "countries/getAllCountriesTrimmed", "trades/trade-register-csv/"
FIRST_YEAR = 2010


def download_register(session: Http, folder: Path, recipients: tuple[str, ...]) -> list[Path]:
    """Download the register of deals that were delivered to some states since `FIRST_YEAR`.

    Parameters
    ----------
    session : Http
        Asks.
    folder : Path
        Raw folder.
    recipients : tuple of str
        ISO 3166-1 alpha-3.

    Returns
    -------
    list of Path
        The answer: CSV inside JSON.

    Raises
    ------
    SourceError
        When SIPRI's list of countries lacks a recipient, or the register holds others than asked for.
    """
    listed = session.page(SERVICE, COUNTRIES, (), folder / "countries.json")
    numbers = _numbers(listed, recipients)
    target = folder / "trade_register_response.json"
    session.page(SERVICE, REGISTER, (), target, fault=_no_register, body=_question(sorted(numbers.values())))
    strange = set(read_register(target)["recipient"]) - set(numbers)
    if strange:
        raise SourceError(
            f"{SERVICE.base}{REGISTER}: expected deals of {len(numbers)} recipients, got {min(strange)} as well; the "
            "service did not heed the question: try again later, or use --from"
        )
    session.progress("trade register", 1, 1)
    return [target]


def _numbers(listed: Any, recipients: tuple[str, ...]) -> dict[str, int]:
    """Find SIPRI's number of each recipient by the name that SIPRI gives it."""
    rows = listed if isinstance(listed, list) else []
    named = {row.get("Name"): row.get("EntityId") for row in rows if isinstance(row, dict)}
    found = {
        name: number
        for name, number in named.items()
        if isinstance(name, str) and isinstance(number, int) and _code(name) in recipients
    }
    missing = sorted(set(recipients) - {_code(name) for name in found})
    if missing or len(found) != len(recipients):
        raise SourceError(
            f"{SERVICE.base}{COUNTRIES}: expected EntityId and Name of {', '.join(recipients)}, "
            f"got none or several of {', '.join(missing) or 'one of them'}; the service changed: use --from"
        )
    return found


def _code(name: str) -> str:
    try:
        return countries.find(name.strip()).iso3
    except UsageError:
        # Armed groups and former states are in the list as well.
        return ""


def _question(numbers: list[int]) -> dict[str, Any]:
    years = {
        "field": "Year range 1",
        "condition": "contains",
        "value1": FIRST_YEAR,
        "value2": _this_year(),
        "listData": [],
    }
    whom = {"field": "Recipient", "condition": "", "value1": "", "value2": "", "listData": numbers}
    return {"filters": [years, whom], "logic": "AND"}


def _this_year() -> int:
    return datetime.now(UTC).year


def _no_register(answer: Any) -> str | None:
    has_bytes = isinstance(answer, dict) and isinstance(answer.get("bytes"), str) and answer["bytes"]
    return None if has_bytes else 'expected a register in "bytes", got an answer without'
