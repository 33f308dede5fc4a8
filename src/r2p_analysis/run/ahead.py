"""What every country's page asks of the whole world, computed once before processes are forked to make those pages."""

from __future__ import annotations

from contextlib import suppress
from functools import cache

from r2p_analysis.measures import accountability, council, law
from r2p_analysis.measures.displacement import COMPONENTS
from r2p_analysis.measures.displacement.population import inhabitants
from r2p_analysis.store import open_tables
from r2p_analysis.workspace import find_workspace


@cache
def measure_the_world(edition: int) -> None:
    """Compute measures of the whole world, so that processes forked from this one find them computed.

    Parameters
    ----------
    edition : int
        Year of the report.
    """
    year = edition - 1
    # What cannot be computed is the matter of the notebook that asks for it.
    with suppress(Exception):
        tables = open_tables(find_workspace().data)
        law.treaties(tables)
        inhabitants(tables, COMPONENTS["asylum_seekers"].by_country_since or year, year)
        accountability.accused_by_situation(tables, year)
        council.covered_until(tables)
        council.drafts(tables, f"{council.FIRST_YEAR}-01-01", f"{year}-12-31")
        council.named(tables, council.edition_day(tables, edition))
