"""Every notebook runs for every state and edition, and what it shows keeps the rules of an exhibit."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from r2p_analysis.exhibits.exhibit import EXHIBIT_MIME, MAP_NOTE
from r2p_analysis.notebook.report import PROSE_MIME, RECORD_MIME

Outputs = list[dict[str, Any]]
Run = Callable[..., Outputs]
BAD = re.compile(r"\bnan\b|\bNone\b|<NA>|\{|\}|  |\.\.|(?<![\d.,])1 people\b| ,|\binf\b")


def exhibits(outputs: Outputs) -> dict[str, dict[str, Any]]:
    return {bundle[EXHIBIT_MIME]["id"]: bundle[EXHIBIT_MIME] for bundle in outputs if EXHIBIT_MIME in bundle}


def check(outputs: Outputs) -> None:
    """Hold every output to the rules."""
    json.dumps(outputs, allow_nan=False)
    record = outputs[-1][RECORD_MIME]
    shown = exhibits(outputs)
    assert record["exhibits"] == list(shown)
    for name, exhibit in shown.items():
        texts = [exhibit["headline"], exhibit["subtitle"], exhibit["alt"], exhibit["reason"], *exhibit["notes"]]
        for text in texts:
            assert not BAD.search(text), f"{name}: {text}"
        if exhibit["kind"] == "gap":
            assert exhibit["reason"], name
            continue
        assert exhibit["headline"].endswith("."), name
        assert exhibit["subtitle"].endswith("."), name
        assert " where " in exhibit["alt"], name
        assert exhibit["sources"], name
        assert exhibit["rows"], name
        assert (MAP_NOTE in exhibit["notes"]) == (exhibit["kind"] == "map"), name
    for bundle in outputs:
        if PROSE_MIME in bundle:
            assert not BAD.search(bundle[PROSE_MIME]["text"])
            assert bundle[PROSE_MIME]["exhibit"] in (None, *shown)


@pytest.mark.parametrize("edition", [2010, 2013, 2020, 2024, 2026])
@pytest.mark.parametrize("iso3", ["SYR", "SSD", "PSE", "TUV", "VAT", "UKR", "TWN", "ESH"])
def test_profiles_of_other_editions_and_of_territories(run_cells: Run, iso3: str, edition: int) -> None:
    check(run_cells("country_profile", edition=edition, country=iso3))


@pytest.mark.parametrize("edition", range(2010, 2027))
def test_displacement_of_every_edition(run_cells: Run, edition: int) -> None:
    outputs = run_cells("displacement", edition=edition)
    check(outputs)
    assert len([e for e in exhibits(outputs).values() if e["kind"] != "gap"]) >= 10


@pytest.mark.parametrize("focus", [["SYR"], ["TUV"], ["VAT", "NRU"], ["COL", "UKR", "SDN"]])
def test_displacement_with_other_countries_in_focus(run_cells: Run, focus: list[str]) -> None:
    check(run_cells("displacement", edition=2020, countries=focus))


def test_the_2016_edition_says_what_its_figures_say(run_cells: Run) -> None:
    shown = exhibits(run_cells("displacement", edition=2016))
    assert shown["world-total"]["headline"].startswith("65.0 million people were forcibly displaced at the end of 2015")
    assert "the most of any year since 1993" in shown["world-total"]["headline"]
    assert (
        "Printed as 65.3 million, the total for the end of 2015 is now 65.0 million"
        in shown["then-and-now"]["headline"]
    )
    assert [row[1] for row in shown["top-origins"]["rows"]][:3] == ["Syria", "Colombia", "Afghanistan"]
    assert "C04" in shown["world-total"]["claims"]


def test_sources_come_from_the_tables_that_were_read(run_cells: Run) -> None:
    shown = exhibits(run_cells("displacement", edition=2016))
    read = {name: {source["table"] for source in exhibit["sources"]} for name, exhibit in shown.items()}
    assert read["world-total"] == {"unhcr_population", "idmc_conflict_idps", "unrwa_palestine_refugees"}
    assert read["recognition"] == {"unhcr_asylum_decisions"}
    assert {"unhcr_population", "worldbank_population"} <= read["origin-map"], "both the people and the inhabitants"
    assert "published_figures" in read["then-and-now"]


def test_a_state_without_figures_says_so_in_place_of_empty_charts(run_cells: Run) -> None:
    shown = exhibits(run_cells("country_profile", edition=2016, country="VAT"))
    assert len([exhibit for exhibit in shown.values() if exhibit["kind"] == "gap"]) >= 6
    assert "beside-region" not in shown, "no inhabitants are known: a rate would be made up"
    assert "too few for rates" in shown["more-none"]["reason"]
    assert "not a measured zero" in shown["more-none"]["reason"]


def test_a_young_state_begins_with_its_existence(run_cells: Run) -> None:
    shown = exhibits(run_cells("country_profile", edition=2016, country="SSD"))
    assert min(row[0] for row in shown["displaced"]["rows"]) == 2011


def test_a_person_in_jupyterlab_sees_the_drawing_and_gets_the_altair_chart(
    run_cells: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    import altair as alt

    from r2p_analysis.notebook import Column, begin, charts, displacement, displacement_headlines
    from r2p_analysis.notebook import shown as module

    shown: Outputs = []
    monkeypatch.delenv("R2P_RUN", raising=False)
    monkeypatch.setattr(module, "display", lambda bundle, raw, metadata=None: shown.append(bundle))
    report = begin("displacement", 2016)
    ratio = displacement.one_in(report.tables, 1993, 2015)
    graphic = charts.lines(ratio, x="year", y="one_in", unit="inhabitants")
    report.show(
        "one-in", displacement_headlines.one_in(ratio), subtitle="S.", subject="x", data=ratio, graphic=graphic,
        columns=[Column("year", "Year")],
    )  # fmt: skip
    assert "<svg" in shown[1]["image/svg+xml"]
    assert "One person in 114" in shown[0]["text/html"]
    assert isinstance(report.chart("one-in"), alt.TopLevelMixin)
