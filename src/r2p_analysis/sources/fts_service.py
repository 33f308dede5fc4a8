"""OCHA's own service of the Financial Tracking Service: the answers of which the file on HDX is made.

By year its public plans and, by country, all money; by plan the requirements and the money by country. A few hundred
calls, so what an interrupted fetch took is not asked for again on the same day. That the money of each year comes whole
from one call by year, grouped by location, is how the public paths are described; it was not tried on the service.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from r2p_analysis.errors import R2PError
from r2p_analysis.sources.fts_records import locations_of, money_of, plan_of, plans_of
from r2p_analysis.sources.politeness import Service

if TYPE_CHECKING:
    from collections.abc import Callable

    from r2p_analysis.sources.http import Http

SERVICE = Service("fts", "https://api.hpc.tools/", interval=1.0, pause=2.0)
WAYS = ("hdx", "api")
FIRST_YEAR = 1999
YEARS_AHEAD = 5
"""Parts of pledges over several years are booked for years to come."""


def this_year() -> int:
    """Give the last year that can have plans."""
    return datetime.now(UTC).year


def download_answers(session: Http, folder: Path) -> list[Path]:
    """Download locations, and year by year its plans, what each plan asks for and gets, and all money by country.

    Parameters
    ----------
    session : Http
        Asks.
    folder : Path
        Raw folder.

    Returns
    -------
    list of Path
        One file an answer, named after what it was asked.

    Raises
    ------
    SourceError
        When the service reports an error, or an answer has not its shape.
    """
    files: list[Path] = []
    asked: set[int] = set()

    def ask(path: str, query: list[tuple[str, str]], name: str, check: Callable[[Any, str], object]) -> Any:
        target = folder / f"fts_api-{name}.json"
        answer = session.page(SERVICE, path, query, target, frozen=True)
        try:
            check(answer, target.name)
        except R2PError:
            # Kept, it would be taken for good by the next fetch of the day.
            target.unlink()
            raise
        files.append(target)
        return answer

    ask("v1/public/location", [], "locations", locations_of)
    years = range(FIRST_YEAR, this_year() + YEARS_AHEAD + 1)
    for done, year in enumerate(years, start=1):
        by_country = [("year", str(year)), ("groupby", "location")]
        ask("v1/public/fts/flow", by_country, f"money-{year}", money_of)
        if year <= this_year():
            answer = ask(f"v1/public/plan/year/{year}", [], f"plans-{year}", plans_of)
            # A plan may lie in several years.
            new = {plan.number for plan in plans_of(answer, f"plans-{year}")} - asked
            asked |= new
            for plan in sorted(new):
                query = [("planId", str(plan)), ("groupby", "location")]
                ask("v1/public/fts/flow", query, f"plan-{plan}", plan_of)
        session.progress("appeals by year", done, len(years))
    return files
