"""The UN Treaty Collection's service: a file a treaty, none of them old, and with the figures that are carried."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pytest_httpserver import HTTPServer

from fakes import DAMAGES, DATA, QUICK, Patience, Untc, says
from fakes.untc import MAINTENANCE, as_untc_publishes, participants
from r2p_analysis.errors import SourceError
from r2p_analysis.measures.law.participation import lists, standing_on
from r2p_analysis.sources import untc
from r2p_analysis.sources.files import matching
from r2p_analysis.sources.http import Http
from r2p_analysis.sources.politeness import FetchSettings
from r2p_analysis.sources.untc_service import LISTED, path_of
from r2p_analysis.sources.untc_xml import TREATIES, read_status
from r2p_analysis.store import Tables, open_tables
from r2p_analysis.store.contracts import check
from r2p_analysis.store.package import Provenance

CONTRACT = untc.SOURCE.table("untc_status")


@pytest.fixture
def service(httpserver: HTTPServer) -> Untc:
    return Untc(httpserver)


def take(service: Untc, folder: Path, table: str = "untc_status") -> list[Path]:
    with Http(FetchSettings(environment={"R2P_UNTC_URL": service.base}, limits=QUICK), Patience().timing()) as session:
        return untc.download(table, folder, session)


def refused(service: Untc, folder: Path) -> str:
    with pytest.raises(SourceError) as caught:
        check(untc.parse("untc_status", take(service, folder)), CONTRACT)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("renamed column", "expected columns of participants"),
        ("duplicate key", "untc_status"),
        ("total off by ten", "states 163 parties, its table has 153"),
        ("unknown country", "Atlantis"),
        ("empty", "is empty"),
    ],
)
def test_a_damaged_file_is_one_line(service: Untc, tmp_path: Path, damage: str, said: str) -> None:
    service.damage = damage
    assert damage in DAMAGES
    assert said in refused(service, tmp_path)


def test_an_old_copy_is_refused_and_not_kept(service: Untc, tmp_path: Path) -> None:
    service.frozen = {"XXVI-8"}
    said = refused(service, tmp_path)
    assert said.startswith("XXVI-8.en.xml: names 9 states that joined, and 110 are known: an old copy")
    assert not (tmp_path / "XXVI-8.en.xml").exists()
    service.frozen, before = set(), len(service.asked)
    assert len(take(service, tmp_path)) == 24
    assert len(service.asked) == before + 1, "what the first fetch of the day took whole is not asked for again"


def test_each_chapter_is_asked_for_in_its_volume() -> None:
    paths = {name: path_of(name) for name in TREATIES}
    assert paths["IV-9-b"] == "Volume I/Chapter IV/IV-9-b.en.xml"
    assert {path.partition("/")[0] for name, path in paths.items() if name[:2] in ("IV", "V-")} == {"Volume I"}
    assert {path.partition("/")[0] for name, path in paths.items() if name[0] == "X"} == {"Volume II"}


def test_the_known_states_are_those_of_the_carried_list() -> None:
    frame = pd.read_parquet(DATA / "treaty_participation.parquet")
    joined = frame[frame["consent_date"].notna() & frame["treaty"].isin(TREATIES.values())]
    assert joined.groupby("treaty").size().to_dict() == LISTED


def test_a_page_about_maintenance_passes_and_one_that_stays_is_one_line(service: Untc, tmp_path: Path) -> None:
    service.instead[0] = says(200, MAINTENANCE)
    assert len(take(service, tmp_path)) == 24
    service.always = says(200, MAINTENANCE)
    assert "expected a file, got something else with HTTP 200, 3 times" in refused(service, tmp_path / "again")


def test_a_file_broken_off_or_of_another_treaty_is_not_kept(service: Untc, tmp_path: Path) -> None:
    whole = as_untc_publishes("IV-2", participants("CERD"))
    service.instead[0] = says(200, whole)
    assert "IV-1.en.xml: expected GENOCIDE, got the file of CERD" in refused(service, tmp_path)
    service.instead[1] = says(200, whole[:-300])
    assert "IV-1.en.xml: not valid XML" in refused(service, tmp_path)
    assert len(take(service, tmp_path)) == 24


def test_an_entity_bomb_is_refused_unread(service: Untc, tmp_path: Path) -> None:
    lines = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "ha">{lines}]><x>&e9;</x>'
    service.instead[0] = says(200, bomb.encode())
    assert "declares entities" in refused(service, tmp_path)


def test_lists_made_by_hand_are_not_asked_for(service: Untc, tmp_path: Path) -> None:
    assert take(service, tmp_path, "treaties") == take(service, tmp_path, "treaty_participation") == []
    assert service.asked == []
    assert all(untc.SOURCE.table(name).made_by_hand for name in ("treaties", "treaty_participation"))


def test_files_are_found_as_a_browser_saves_them(tmp_path: Path) -> None:
    for name in ("XXVI-6.en.xml", "xviii-10-a.en.xml", "iv-9-b.en (1).xml"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "XXVI-60.en.xml").write_bytes(b"")
    found = matching(tmp_path, CONTRACT.stems, CONTRACT.every_stem)
    assert [path.name for path in found] == ["XXVI-6.en.xml", "iv-9-b.en (1).xml", "xviii-10-a.en.xml"]


# With the carried figures -----


@pytest.fixture(scope="module")
def carried() -> Tables:
    return open_tables(DATA)


def test_the_files_agree_row_by_row_with_the_carried_list(service: Untc, tmp_path: Path, carried: Tables) -> None:
    service.damage = "new column"
    fetched = check(untc.parse("untc_status", take(service, tmp_path)), CONTRACT).set_index(["treaty", "iso3"])
    known = pd.concat([participants(treaty) for treaty in TREATIES.values()]).set_index(["treaty", "iso3"]).sort_index()
    assert fetched.index.tolist() == known.index.tolist()
    for name in ("signature_date", "consent_date"):
        want = known[name].where(known[name].str.len() != 4, known[name] + "-12-31")
        assert fetched[name].fillna("").tolist() == want.fillna("").tolist(), name
    assert fetched["withdrawn"].tolist() == known["withdrawal_effective"].notna().tolist()
    kinds = known["consent_type"].where(known["consent_type"] != "ratification or similar", "ratification")
    typed = kinds.notna()
    assert fetched.loc[typed, "consent_type"].tolist() == kinds[typed].tolist()
    usa = fetched.loc[("CRC", "USA")]
    assert pd.notna(usa["signature_date"])
    assert pd.isna(usa["consent_date"]), "the canary of this table: signatory only"


def test_laid_over_the_list_the_files_give_the_same_parties(service: Untc, tmp_path: Path, carried: Tables) -> None:
    fetched = check(untc.parse("untc_status", take(service, tmp_path)), CONTRACT)
    frames = {name: carried[name] for name in ("treaties", "treaty_participation")} | {"untc_status": fetched}
    provenance = {name: carried.provenance(name) for name in ("treaties", "treaty_participation")}
    record = {**vars(provenance["treaties"]), "table": "untc_status", "retrieved": "2026-05-01"}
    before, after = (
        lists(carried),
        lists(Tables(frames.__getitem__, {**provenance, "untc_status": Provenance(**record)})),
    )
    for day in ("1955-06-01", "1999-12-31", "2005-12-31", "2016-07-22", "2017-12-31", "2024-06-01"):
        old, new = (
            made.rows.assign(status=standing_on(made.rows, day)).set_index(["treaty", "iso3"])["status"].sort_index()
            for made in (before, after)
        )
        undated = before.rows["signature_date"].isna() & before.rows["consent_date"].isna()
        kept = ~old.index.isin(before.rows[undated].set_index(["treaty", "iso3"]).index)
        pd.testing.assert_series_equal(new[kept], old[kept], obj=day)
    assert all(after.complete_until[treaty] == 2025 for treaty in TREATIES.values())
    assert after.complete_until["GC1949"] == before.complete_until["GC1949"]


# Whatever a file holds -----

TEXTS = st.text(st.characters(codec="latin-1", exclude_characters="<&\r", exclude_categories=["Cc"]), max_size=30)
PIECES = st.sampled_from(
    [
        "[",
        "]",
        " 3 Dec\t 2008 ",
        "31 Feb 2001 a",
        "99 Xyz 2001",
        "12 Feb 0000",
        "a",
        "n",
        "&lt;superscript&gt;1",
        "Chad",
    ]
)
CELLS = st.lists(PIECES | TEXTS, max_size=3).map("".join)
HEADS = st.lists(st.sampled_from(["Participant", "Signature", "Accession(a)", "Provisional application(n)"]) | CELLS)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(heads=HEADS, rows=st.lists(st.lists(CELLS, max_size=5), max_size=3), parties=CELLS, number=CELLS)
@example(heads=["Participant", "Accession(a)"], rows=[["Chad", "31 Feb 2001 a"]], parties="1", number="6")
@example(heads=["Participant", "Accession(a)"], rows=[["Chad", "1 Feb 2001 a"]], parties="9" * 5000, number="6")
def test_no_table_makes_the_parser_raise_anything_but_its_own_errors(
    tmp_path: Path, heads: list[str], rows: list[list[str]], parties: str, number: str
) -> None:
    lines = "".join("<Row>" + "".join(f"<Entry>{text}</Entry>" for text in row) + "</Row>" for row in rows)
    text = (
        '<?xml version="1.0" encoding="ISO-8859-1"?><D><Header><HeaderText>CHAPTER XXVI</HeaderText></Header>'
        f"<Treaty_No>{number}</Treaty_No><Status><Parties>{parties}</Parties></Status><Participants><Thead><Row>"
        f"{''.join(f'<Entry>{head}</Entry>' for head in heads)}</Row></Thead><Tbody>{lines}</Tbody></Participants></D>"
    )
    no_other_error(tmp_path, text.encode("latin-1"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=200).map(lambda tail: b"<?xml version='1.0'?><a>" + tail) | st.binary(max_size=50))
@example(content=b"<?xml version='1.0' encoding='utf-32'?><a/>")
@example(content=b"<?xml version='1.0' encoding='klingon'?><a/>")
@example(content=b"<?xml version='1.0' encoding='utf-7'?><a/>")
def test_no_bytes_make_the_parser_raise_anything_but_its_own_errors(tmp_path: Path, content: bytes) -> None:
    no_other_error(tmp_path, content)


def no_other_error(folder: Path, content: bytes) -> None:
    path = folder / "XXVI-6.en.xml"
    path.write_bytes(content)
    with suppress(SourceError):
        assert all(row[2] or row[3] for row in read_status(path)), "a row of the table is an act"
