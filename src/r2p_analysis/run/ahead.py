"""What countries' pages ask of the world and of regions, computed once before processes are forked to make them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache, partial

from r2p_analysis.countries import members_of, states, subregions
from r2p_analysis.measures import accountability, council, displacement, funding, law, prevention, protection, violence
from r2p_analysis.store import Tables, open_tables
from r2p_analysis.workspace import find_workspace

_PAGES: Counter[int] = Counter()
"""Pages of countries that this process has made or makes, by edition."""


def before_a_page(edition: int) -> None:
    """Get ready for a country's page: from the second on, as one alone would wait for more than it asks.

    Parameters
    ----------
    edition : int
        Year of the report.
    """
    _PAGES[edition] += 1
    if _PAGES[edition] > 1:
        measure_the_world(edition)


@cache
def measure_the_world(edition: int) -> None:
    """Compute measures of all countries and of each subregion, so that processes forked from this one find them.

    Parameters
    ----------
    edition : int
        Year of the report.
    """
    # What cannot be computed is the matter of the notebook that asks for it.
    with suppress(Exception):
        tables = open_tables(find_workspace().data)
        for ask in _questions(tables, edition):
            with suppress(Exception):
                ask()


def _questions(tables: Tables, edition: int) -> Iterator[Callable[[], object]]:
    """Give what pages ask. Of one country stands for of any: its answer is taken out of that for all countries."""
    year, one = edition - 1, states()[0].iso3
    since = displacement.COMPONENTS["asylum_seekers"].by_country_since
    yield lambda: displacement.displaced_from(tables, one, since, year)
    yield lambda: displacement.hosted_in(tables, one, since, year)
    yield lambda: displacement.destinations(tables, one, year)
    yield lambda: displacement.asylum_by_year(tables, since, year, origin=one)
    yield lambda: displacement.solutions_by_year(tables, since, year, origin=one)
    yield lambda: displacement.age_and_sex(tables, since, year, origin=one)
    for first in (members_of(area)[0].iso3 for area in subregions()):
        yield partial(displacement.abroad_per_100k_beside_region, tables, first, since, year)
    yield lambda: violence.in_countries(tables, [one], year, year)
    yield lambda: accountability.recurrence(tables, one, year)
    yield lambda: accountability.levels(tables, 1989, accountability.covered(tables, year), [one])
    yield lambda: protection.aid_in(tables, one, year, year)
    yield lambda: protection.others_in(tables, one, year)
    yield lambda: law.country_record(tables, one, year)
    yield lambda: council.covered_until(tables)
    yield lambda: council.drafts(tables, f"{council.FIRST_YEAR}-01-01", f"{year}-12-31")
    yield lambda: council.commitments_of(tables, one, council.edition_day(tables, edition))
    yield lambda: funding.country_by_year(tables, one, funding.FIRST_YEAR, year)
    yield lambda: prevention.ranks(tables, [one], year)
