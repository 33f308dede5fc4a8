"""The hub's vetoes: joined to the library's list, never guessed; and the stored tables again, also by way of HDX."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pytest_httpserver import HTTPServer

from fakes import DAMAGES, DATA, QUICK, VETOES, Hdx, Hub, Patience, as_hub_lists, vetoed_drafts
from r2p_analysis.errors import R2PError, SourceError, UsageError
from r2p_analysis.sources import vetoes
from r2p_analysis.sources.http import Http
from r2p_analysis.sources.politeness import FetchSettings
from r2p_analysis.sources.vetoes_hub import library_drafts
from r2p_analysis.store.contracts import check

TABLES = ("sc_vetoes", "sc_vetoes_cast", "sc_veto_places")
Change = Callable[[pd.DataFrame], pd.DataFrame]


@pytest.fixture
def hub(httpserver: HTTPServer) -> Hub:
    return Hub(httpserver, {VETOES: as_hub_lists(vetoed_drafts())})


@pytest.fixture
def hdx(httpserver: HTTPServer) -> Hdx:
    return Hdx(httpserver, vetoes.ON_HDX, as_hub_lists(vetoed_drafts()).to_csv(index=False).encode())


def take(service: Hub | Hdx, folder: Path, table: str, via: str = "psdata") -> list[Path]:
    settings = FetchSettings(environment={service.variable: service.base}, limits=QUICK, via={"vetoes": via})
    with Http(settings, Patience().timing()) as session:
        return vetoes.download(table, folder, session)


def made(table: str, files: list[Path]) -> pd.DataFrame:
    return check(vetoes.parse(table, files), vetoes.SOURCE.table(table))


def embedded(table: str) -> pd.DataFrame:
    return check(pd.read_parquet(DATA / f"{table}.parquet"), vetoes.SOURCE.table(table))


def listed(folder: Path, change: Change = lambda rows: rows) -> list[Path]:
    """The hub's list as a file taken by hand."""
    path = folder / "DPPA-SCVETOES.csv"
    change(as_hub_lists(vetoed_drafts())).to_csv(path, index=False)
    return [path]


def parsed(folder: Path, change: Change = lambda rows: rows) -> pd.DataFrame:
    return made("sc_vetoes", listed(folder, change))


def last(**cells: Any) -> Change:
    """Change the last row: S/2025/583 of 18 September 2025, vetoed by the United States."""
    names = {"draft": "draft_res#", "vetoes": "#_of_pms"}

    def change(rows: pd.DataFrame) -> pd.DataFrame:
        cast = {names.get(name, name): cell for name, cell in cells.items()}
        return pd.concat([rows.iloc[:-1], rows.tail(1).assign(**cast)], ignore_index=True)

    return change


def more(**cells: Any) -> Change:
    """Add a row like the last one."""
    return lambda rows: pd.concat([rows, last(**{"id": len(rows) + 1, **cells})(rows).tail(1)], ignore_index=True)


@pytest.mark.parametrize("via", vetoes.WAYS)
@pytest.mark.parametrize("table", TABLES)
def test_the_hubs_list_makes_the_embedded_tables_again(
    httpserver: HTTPServer, tmp_path: Path, via: str, table: str, request: pytest.FixtureRequest
) -> None:
    found = made(table, take(request.getfixturevalue("hub" if via == "psdata" else "hdx"), tmp_path, table, via))
    before = embedded(table)
    if table == "sc_vetoes":
        assert found["basis"].value_counts().to_dict() == {"library list": 213, "hub list": 17}
        given = ["basis", "agenda_item"]  # what the hub says otherwise than a list without author
        later = found["basis"] == "hub list"
        assert set(found.loc[later, "agenda_item"]) == {"An item"}
        found, before = found.drop(columns=given), before.drop(columns=given)
    pd.testing.assert_frame_equal(found, before)


def test_one_download_serves_the_three_tables(hub: Hub, tmp_path: Path) -> None:
    first = take(hub, tmp_path, TABLES[0])
    asked = len(hub.asked)
    assert [take(hub, tmp_path, table) for table in TABLES] == [first, first, first]
    assert len(hub.asked) == asked == 2
    assert vetoes.release(TABLES[0], first) == "updated 2025-04-04"


def test_hdx_says_of_which_day_its_file_is(hdx: Hdx, tmp_path: Path) -> None:
    files = take(hdx, tmp_path, TABLES[0], "hdx")
    assert vetoes.release(TABLES[0], files) == "updated 2026-03-12"
    assert take(hdx, tmp_path, TABLES[1], "hdx") == files


def test_an_unknown_way_is_refused(hub: Hub, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="ways are psdata, hdx"):
        take(hub, tmp_path, TABLES[0], "pigeon")


def test_the_coded_list_is_that_of_the_embedded_table() -> None:
    coded = library_drafts()
    before = embedded("sc_vetoes")
    before = before[before["basis"] == "library list"].reset_index(drop=True)
    for name in ("date", "draft", "record", "agenda_item", "crisis", "kind", "vetoed_by"):
        assert coded[name].fillna("").tolist() == before[name].fillna("").tolist(), name
    places = embedded("sc_veto_places").groupby("veto")["iso3"].agg("+".join)
    assert coded["places"].fillna("").tolist() == before["veto"].map(places).fillna("").tolist()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (last(draft=""), 'is on ""'),
        (last(draft="S/PV.10000"), 'is on "S/PV.10000"'),
        (last(draft="S/2025/583; S/2025/584"), "whether it is on a whole draft must be looked up"),
        (last(vetoes=2), "expected 2 vetoes as its own count says, got USA"),
        (last(vetoes=0, united_states=0), "got none"),
        (last(vetoes=2, united_states=2), "expected 2 vetoes"),
        (last(vetoes=""), "as its own count says"),
        (last(china="yes"), 'got "yes"'),
        (last(date="18/09/2025"), "is no day"),
        (last(date="2025-02-30"), "is no day"),
        (last(record=""), "no record of a meeting"),
        (more(draft="S/2026/9", agenda="The situation in the Middle East"), "nobody has coded what it is about"),
        (more(draft="S/2026/9", agenda="Admission of new Members"), 'add a line "S/2026/9" with crisis and places'),
        (more(draft="S/2026/9", agenda="The situation in Atlantis"), "nobody has coded"),
        (more(id=7), "id 7 stands twice"),
        (lambda rows: rows.tail(100), "expected at least 213 vetoes to 2022-07-08"),
        (lambda rows: rows[rows["draft_res#"] != "S/2022/538"], "do not join it"),
        (lambda rows: rows.assign(date=rows["date"].replace("2022-07-08", "2022-07-07")), "do not join it"),
        (lambda rows: rows.assign(china=1), "do not join it"),
        (lambda rows: rows.drop(columns="short_agenda"), "missing short_agenda"),
        (lambda rows: rows.assign(topic="x"), "two columns both hold short_agenda"),
        (lambda rows: rows.head(0), "holds no rows"),
    ],
)
def test_what_cannot_be_told_for_certain_is_refused(tmp_path: Path, change: Change, words: str) -> None:
    with pytest.raises(SourceError) as caught:
        parsed(tmp_path, change)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_hour_of_a_day_is_no_day(hub: Hub, tmp_path: Path) -> None:
    hub.datasets[VETOES] = last(date="2025-09-18T20:00")(hub.datasets[VETOES])
    with pytest.raises(SourceError, match="is no day"):
        made(TABLES[0], take(hub, tmp_path, TABLES[0]))


def test_names_of_the_hubs_description_are_those_of_its_files(tmp_path: Path) -> None:
    described = {
        "draft_res#": "draft_resolution_number",
        "#_of_pms": "number_of_vetoes",
        "short_agenda": "topic",
        "date": "Date",
        "russian_federation_ussr": "russian_federation_or_USSR",
        "united_kingdom": "united_kingdom_of_great_britain_and_northern_ireland",
        "united_states": "united_states_of_america",
    }
    found = parsed(tmp_path, lambda rows: rows.rename(columns=described))
    pd.testing.assert_frame_equal(found, parsed(tmp_path))


def test_a_new_draft_on_one_named_country_is_taken_with_its_place(tmp_path: Path) -> None:
    files = listed(
        tmp_path, more(draft="S/2026/9", date="2026-01-05", agenda="The situation in Mali", record="S/PV.10101")
    )
    drafts, places = made("sc_vetoes", files), made("sc_veto_places", files)
    new = drafts.iloc[-1]
    assert (new["draft"], new["record"], new["crisis"], new["basis"]) == ("S/2026/9", "S/PV.10101", "Mali", "hub list")
    assert places.loc[places["veto"] == new["veto"], "iso3"].tolist() == ["MLI"]


def test_votes_on_paragraphs_and_procedure_are_no_drafts(tmp_path: Path) -> None:
    found = parsed(tmp_path, more(draft="S/2025/583, paragraph 3"))
    assert len(found) == len(parsed(tmp_path, more(draft="Procedural decision"))) == 230


def test_two_votes_on_one_text_and_day_are_one_draft_vetoed_by_both(tmp_path: Path) -> None:
    found = parsed(tmp_path, more(united_states=0, china=1))
    assert len(found) == 230
    assert found.iloc[-1]["vetoed_by"] == "CHN+USA"


def test_a_vote_on_an_amendment_is_marked(tmp_path: Path) -> None:
    found = parsed(tmp_path, last(draft="S/2025/583 (amendment)"))
    assert found.loc[found["amendment"], "draft"].tolist() == ["S/2023/1029", "S/2025/115", "S/2025/583"]


def test_a_row_of_tags_under_the_header_is_no_veto(tmp_path: Path) -> None:
    tags = lambda rows: pd.concat([rows.head(1).astype(str).assign(date="#date", id="#id"), rows.astype(str)])  # noqa: E731
    pd.testing.assert_frame_equal(parsed(tmp_path, tags), parsed(tmp_path))


@pytest.mark.parametrize("damage", [damage for damage in DAMAGES if damage != "new column"])
def test_damaged_answers_are_refused_in_one_line(hub: Hub, tmp_path: Path, damage: str) -> None:
    hub.damage = damage
    with pytest.raises(R2PError) as caught:
        made(TABLES[0], take(hub, tmp_path, TABLES[0]))
    assert "\n" not in str(caught.value)


def test_a_new_column_does_no_harm(hub: Hub, tmp_path: Path) -> None:
    hub.damage = "new column"
    assert len(made(TABLES[0], take(hub, tmp_path, TABLES[0]))) == 230
