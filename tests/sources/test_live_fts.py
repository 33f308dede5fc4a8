"""FTS from HDX's file and from the service itself: both make the table that is carried, or refuse in one line."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_httpserver import HTTPServer

from fakes import QUICK, FtsApi, FtsOnHdx, Patience, says, stored
from r2p_analysis.errors import SourceError, UsageError
from r2p_analysis.sources import fts, fts_service
from r2p_analysis.sources.files import matching
from r2p_analysis.sources.fts_records import money_of, plan_of, plans_of
from r2p_analysis.sources.http import Http
from r2p_analysis.sources.politeness import FetchSettings
from r2p_analysis.store.contracts import check

TABLE = "fts_appeals"
CONTRACT = fts.SOURCE.table(TABLE)
REFUSED = ("renamed column", "duplicate key", "total off by ten", "unknown country", "empty")


def take(service: FtsOnHdx | FtsApi, folder: Path, via: str = "") -> list[Path]:
    found = {"via": {"fts": via}} if via else {}
    settings = FetchSettings(environment={service.variable: service.base}, limits=QUICK, **found)
    with Http(settings, Patience().timing()) as session:
        return fts.download(TABLE, folder, session)


def made(files: list[Path]) -> pd.DataFrame:
    return check(fts.parse(TABLE, files), CONTRACT)


@pytest.fixture
def hdx(httpserver: HTTPServer) -> FtsOnHdx:
    return FtsOnHdx(httpserver, stored(TABLE))


@pytest.fixture
def years(monkeypatch: pytest.MonkeyPatch) -> pd.DataFrame:
    """Real figures of three years, one of them that of the COVID-19 plan, and the client asking for these."""
    monkeypatch.setattr(fts_service, "FIRST_YEAR", 2019)
    monkeypatch.setattr(fts_service, "YEARS_AHEAD", 1)
    monkeypatch.setattr(fts_service, "this_year", lambda: 2020)
    return stored(TABLE, (2019, 2021))


@pytest.fixture
def api(httpserver: HTTPServer, years: pd.DataFrame) -> FtsApi:
    # Of the year ahead there is money alone, as no plans are asked for.
    ahead = (years["year"] == 2021) & years["plan_id"].notna()
    return FtsApi(httpserver, years[~ahead].reset_index(drop=True))


@pytest.mark.parametrize("damage", REFUSED)
def test_a_damaged_file_on_hdx_is_one_line(hdx: FtsOnHdx, tmp_path: Path, damage: str) -> None:
    hdx.damage = damage
    with pytest.raises(SourceError) as caught:
        made(take(hdx, tmp_path))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("damage", REFUSED)
def test_damaged_answers_of_the_service_are_one_line(api: FtsApi, tmp_path: Path, damage: str) -> None:
    api.damage = damage
    with pytest.raises(SourceError) as caught:
        made(take(api, tmp_path, "api"))
    assert "\n" not in str(caught.value)


def test_the_file_on_hdx_makes_the_carried_table(hdx: FtsOnHdx, tmp_path: Path) -> None:
    hdx.damage = "new column"
    files = take(hdx, tmp_path)
    pd.testing.assert_frame_equal(made(files), check(stored(TABLE), CONTRACT))
    assert fts.release(TABLE, files) == "updated 2026-03-12"
    assert matching(tmp_path, CONTRACT.stems) == files, "and --from finds it again"


def test_the_services_answers_make_the_same_table(api: FtsApi, tmp_path: Path, years: pd.DataFrame) -> None:
    api.damage = "new column"
    files = take(api, tmp_path, "api")
    ahead = (years["year"] == 2021) & years["plan_id"].notna()
    want = check(years[~ahead].reset_index(drop=True), CONTRACT)
    pd.testing.assert_frame_equal(made(files), want, check_exact=False, rtol=0, atol=0.01)
    assert want["plan_id"].nunique() > 80
    assert not any("952" in path.name for path in files), "the plan for the world is no country's"
    assert sorted(files) == matching(tmp_path, CONTRACT.stems)


def test_an_unknown_way_is_refused(hdx: FtsOnHdx, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="ways are hdx, api"):
        take(hdx, tmp_path, "post")


def test_an_error_with_http_200_is_no_answer_and_is_not_kept(api: FtsApi, tmp_path: Path) -> None:
    api.instead[3] = says(200, b'{"status": "error", "message": "x"}')
    with pytest.raises(SourceError, match='expected status "ok", got "error"'):
        take(api, tmp_path, "api")
    before = len(api.asked)
    files = take(api, tmp_path, "api")
    assert len(api.asked) - before == len(files) - 3, "what was taken whole on the same day is not asked for again"


def test_a_lacking_answer_is_named(api: FtsApi, tmp_path: Path) -> None:
    files = take(api, tmp_path, "api")
    plan = next(path for path in files if path.name.startswith("fts_api-plan-"))
    for left_out in (plan.name, "fts_api-money-2020.json", "fts_api-locations.json"):
        with pytest.raises(SourceError, match="lacking"):
            fts.parse(TABLE, [path for path in files if path.name != left_out])
    with pytest.raises(SourceError, match="expected names such as"):
        fts.parse(TABLE, [plan.rename(tmp_path / "fts_api.json")])


def test_the_whole_requirement_repeated_for_each_country_is_no_countrys() -> None:
    same = [{"id": place, "revisedRequirements": 500} for place in (1, "7")]
    answer = {
        "status": "ok",
        "data": {
            "requirements": {"totalRevisedReqs": 500, "objects": same},
            "report3": {"fundingTotals": {"total": 0, "objects": []}},
        },
    }
    split = plan_of(answer, "x")
    assert split.requirements == 500
    assert split.asked_by_place == {}
    assert split.funding is None, "nothing reported is not zero"


ANSWERS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                "id report3 fundingTotals objects objectsBreakdown totalFunding total requirements totalRevisedReqs "
                "revisedRequirements totalBreakdown objectsSum planVersion name locations categories planType".split()
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(data=ANSWERS)
def test_no_answer_makes_the_readers_raise_anything_but_their_own_errors(data: object) -> None:
    for read in (money_of, plan_of, plans_of, fts_service.locations_of):
        with suppress(SourceError):
            read({"status": "ok", "data": data}, "x")
        with suppress(SourceError):
            read(data, "x")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=ANSWERS)
def test_no_set_of_answers_makes_the_parser_raise_anything_but_its_own_errors(tmp_path: Path, data: object) -> None:
    known = {"status": "ok", "data": [{"id": 1, "iso3": "AFG"}]}
    contents = {"locations": known, "money-2015": {"status": "ok", "data": data}, "plans-2015": data}
    files = [tmp_path / f"fts_api-{name}.json" for name in contents]
    for path, content in zip(files, contents.values(), strict=True):
        path.write_text(json.dumps(content))
    with suppress(SourceError):
        fts.parse(TABLE, files)
