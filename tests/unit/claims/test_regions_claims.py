"""The checks on the context decide by the figures."""

from __future__ import annotations

import pytest

from r2p_analysis.claims.checks import regions as checks
from r2p_analysis.claims.outcome import FAILS, HOLDS
from r2p_analysis.claims.relations import judge
from r2p_analysis.errors import MeasureError
from r2p_analysis.measures import regions
from r2p_analysis.store import Tables

ROSE = {"is": "rose", "from": 2005, "to": 2015}


def test_an_unknown_series_is_refused(tables: Tables) -> None:
    with pytest.raises(MeasureError, match="no series"):
        checks.context_course(tables, "happiness")


@pytest.mark.parametrize("series", regions.CONTEXT)
def test_all_but_the_number_of_mass_killings_rose(tables: Tables, series: str) -> None:
    """C24: the number of episodes is the exception."""
    outcome = judge(checks.context_course(tables, series), ROSE)
    assert outcome.word == (FAILS if series == "killings" else HOLDS)


def test_deaths_keep_their_range(tables: Tables) -> None:
    found = checks.context_course(tables, "deaths")
    assert (found.points[2015], found.low[2015], found.high[2015]) == (131_906, 125_905, 150_429)


def test_another_table_gives_another_outcome(tables: Tables) -> None:
    table = tables["ucdp_country_years"]
    calm = table.assign(deaths_best=table["deaths_best"].mask(table["year"] == 2015, 0))
    changed = Tables.of({"ucdp_country_years": calm})
    assert judge(checks.context_course(changed, "deaths"), ROSE).word == FAILS
