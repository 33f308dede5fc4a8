"""The UN Treaty Collection: the merged list keeps every row, and a fetched file is read with all its quirks."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from r2p_analysis import countries
from r2p_analysis.errors import SourceError
from r2p_analysis.measures import law
from r2p_analysis.sources import untc
from r2p_analysis.sources.untc_xml import _MONTHS, ACTIONS, read_status
from r2p_analysis.store import Tables, open_tables
from r2p_analysis.store.contracts import check
from r2p_analysis.store.package import Provenance

LIST = """\
treaty,iso3,name,un_member,status,signature_date,consent_date,precision,consent_type,withdrawal_effective,source
ROME,BDI,Burundi,True,withdrawn,1999-01-13,2004-09-21,day,ratification,2017-10-27,untc2015
ROME,NAM,Namibia,True,party,1998-10-27,2002-06-25,day,ratification,,untc2015
OPCAT,AUS,Australia,True,party,2009-05-19,2017,year,ratification or similar,,wpd2022
ROME,SYR,Syria,True,signatory,2000-11-29,,,,,untc2015
"""
HEADS = (
    "Participant",
    "Signature",
    "Provisional application(n)",
    "Approval(AA), Acceptance(A), Accession(a), Ratification",
)
ROWS = (
    ("Afghanistan", " 3 Dec\t 2008 ", "", " 8 Sep\t 2011 "),
    ("Andorra", "", "", " 9 Apr\t 2013 a"),
    ("Angola", " 3 Dec\t 2008 ", "", ""),
    ("Belize&lt;superscript&gt;1&lt;/superscript&gt;", "", " 2 Sep\t 2014 n", " 2 Sep\t 2014 a"),
    ("Bolivia (Plurinational State of)", " 3 Dec\t 2008 ", "", "30 Apr\t 2013 "),
    ("C&#244;te d'Ivoire", " 4 Dec\t 2008 ", "", "12 Mar\t 2012 "),
    ("Denmark&lt;superscript&gt;2,3&lt;/superscript&gt;", " 3 Dec\t 2008 ", "", "12 Feb\t 2010 AA"),
    ("[United States of America]&lt;superscript&gt;7&lt;/superscript&gt;", "22 Apr\t 2016 ", "", "[20 Jan\t 2021 A]"),
    ("European Union", "", "", "20 Jan\t 2015 c"),
)


def xml(rows=ROWS, parties="7", heads=HEADS, chapter="CHAPTER XXVI", number="6") -> bytes:
    """A file in the form of the UN Treaty Collection."""
    cells = "".join("<Row>" + "".join(f"<Entry>{cell}</Entry>" for cell in row) + "</Row>" for row in rows)
    head = "".join(f"<Entry>{text}</Entry>" for text in heads)
    return (
        '<?xml version="1.0" encoding="ISO-8859-1"?><Document>'
        f"<Header><Chapter><HeaderText>{chapter}</HeaderText></Chapter></Header><Treaty><ExternalData>"
        f"<Treaty_No>{number}</Treaty_No><Status><Signatories/><Parties>{parties}</Parties></Status></ExternalData>"
        f"<Participants><Table><TGroup><Thead><Row>{head}</Row></Thead><Tbody><Rows>{cells}</Rows></Tbody></TGroup></Table>"
        "</Participants></Treaty></Document>"
    ).encode("latin-1")


@pytest.fixture
def read(tmp_path: Path):
    def reading(content: bytes | None = None, **parts) -> dict[str, tuple]:
        path = tmp_path / "XXVI-6.en.xml"
        path.write_bytes(xml(**parts) if content is None else content)
        return {row[1]: row for row in read_status(path)}

    return reading


def test_a_maintenance_page_is_no_list_of_parties(read) -> None:
    with pytest.raises(SourceError, match="maintenance"):
        read(b"<html><body><p>... is undergoing urgent maintenance and is currently unavailable.</p></body></html>")


def test_rows_that_are_not_as_many_as_the_file_states_are_refused(read) -> None:
    with pytest.raises(SourceError, match="states 112 parties, its table has 7"):
        read(parties="112")


def test_an_unknown_name_treaty_letter_or_date_is_one_line(read) -> None:
    for parts, words in (
        ({"rows": [("Atlantis", "", "", " 1 Jan\t 2000 ")], "parties": "1"}, "Atlantis"),
        ({"chapter": "CHAPTER XXIX"}, "XXIX-6"),
        ({"rows": [("Andorra", "", "", " 9 Apr\t 2013 z")], "parties": "1"}, 'letter "z"'),
        ({"rows": [("Andorra", "", "", "soon")], "parties": "1"}, 'date "soon"'),
        ({"heads": ("Participant", "Signature", "", "")}, "expected columns"),
        ({"parties": "many"}, "Status/Parties"),
        ({"content": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a/>'}, "document type"),
    ):
        with pytest.raises(SourceError) as caught:
            read(**parts)
        assert words in str(caught.value)
        assert "\n" not in str(caught.value)


def test_cells_with_tabs_blanks_letters_footnotes_and_escapes(read) -> None:
    rows = read()
    assert rows["AFG"][2:5] == ("2008-12-03", "2011-09-08", "ratification")
    assert rows["AND"][2:5] == (None, "2013-04-09", "accession")
    assert rows["AGO"][2:5] == ("2008-12-03", None, None)
    assert rows["BLZ"][3:5] == ("2014-09-02", "accession"), "provisional application does not bind"
    assert rows["DNK"][4] == "approval"
    assert rows["CIV"][3] == "2012-03-12"
    assert rows["EUE"][4] == "formal confirmation"


def test_square_brackets_no_longer_count(read) -> None:
    assert read()["USA"][5] is True
    assert sum(row[3] is not None and not row[5] for row in read().values()) == 7


def test_columns_are_found_by_their_headers(read) -> None:
    """A table without signatures, and one in another order."""
    rows = read(
        rows=[("Jamaica", "30 Oct\t 1980 a"), ("Croatia", "12 Oct\t 1992 d")],
        heads=("Participant", "Accession(a), Succession(d)"), parties="2", chapter="CHAPTER V", number="5",
    )  # fmt: skip
    assert rows["HRV"] == ("REFUGEE67", "HRV", None, "1992-10-12", "succession", False, 2)
    rows = read(
        rows=[("Jamaica", " 1 Jan\t 2001 ", "30 Oct\t 2000 ")],
        heads=("Participant", "Accession(a), Ratification", "Signature"), parties="1",
        chapter="CHAPTER IV", number="9b",
    )  # fmt: skip
    assert rows["JAM"][:4] == ("OPCAT", "JAM", "2000-10-30", "2001-01-01")


def merged(tmp_path: Path, text: str = LIST) -> pd.DataFrame:
    path = tmp_path / "participation.csv"
    path.write_text(text)
    return untc.parse("treaty_participation", [path])


def test_the_merged_list_keeps_rows_years_and_namibia(tmp_path: Path) -> None:
    frame = check(merged(tmp_path), untc.SOURCE.table("treaty_participation"))
    assert len(frame) == 4
    rows = frame.set_index("iso3")
    assert rows.loc["AUS", ["consent_date", "precision"]].tolist() == ["2017", "year"]
    assert rows.loc["BDI", "withdrawal_effective"] == "2017-10-27"
    assert rows.loc["NAM", "basis"] == "UN Treaty Collection, 2013 to 2015"
    assert pd.isna(rows.loc["SYR", "consent_date"])


def test_rows_from_memory_cannot_enter_the_merged_list(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="unverified"):
        merged(tmp_path, LIST.replace("untc2015", "unverified"))


def test_treaties_need_their_completeness(tmp_path: Path) -> None:
    treaties, counts = tmp_path / "treaties.csv", tmp_path / "party_counts_by_year.csv"
    treaties.write_text(
        "treaty,untc_no,title,depositary,adopted,entry_into_force\n"
        "ROME,XVIII-10,Rome Statute,UNSG,1998-07-17,2002-07-01\n"
    )
    counts.write_text("treaty,year,parties_end_of_year,source_complete\nROME,2021,123,True\nROME,2022,123,False\n")
    frame = check(untc.parse("treaties", [treaties, counts]), untc.SOURCE.table("treaties"))
    assert frame["complete_until"].tolist() == [2021]
    counts.write_text("treaty,year,parties_end_of_year,source_complete\nCRC,2021,196,True\n")
    with pytest.raises(SourceError, match="no complete year for ROME"):
        untc.parse("treaties", [treaties, counts])
    with pytest.raises(SourceError, match="one of yearly counts"):
        untc.parse("treaties", [treaties])


# A newer file over the merged list -----


def laid_over(rows, stated: int, retrieved: str = "2026-05-01") -> Tables:
    """Tables in which a user has fetched the Convention on Cluster Munitions."""
    old = pd.DataFrame(
        [("CLUSTER", "AFG", "2008-12-03", "2011-09-08", None), ("CLUSTER", "MDG", None, "2001-01-01", "2015-06-01"),
         ("CLUSTER", "USA", None, "2010-01-01", None)],
        columns=["treaty", "iso3", "signature_date", "consent_date", "withdrawal_effective"],
    ).assign(precision="day", consent_type="ratification", basis="UN Treaty Collection, 2013 to 2015")  # fmt: skip
    treaties = pd.DataFrame(
        {
            "treaty": ["CLUSTER"],
            "adopted": ["2008-05-30"],
            "entry_into_force": ["2010-08-01"],
            "signatures_until": [None],
            "complete_until": [2019],
        }
    )
    columns = untc.SOURCE.table("untc_status").column_names
    newer = pd.DataFrame([(*row, stated) for row in rows], columns=columns).astype(
        {"signature_date": "string", "consent_date": "string", "consent_type": "string", "withdrawn": "boolean"}
    )
    frames = {"treaties": treaties, "treaty_participation": old.astype("string"), "untc_status": newer}
    tables = Tables.of(frames)
    provenance = {name: tables.provenance(name) for name in frames}
    fields = {**vars(provenance["untc_status"]), "retrieved": retrieved}
    return Tables(frames.__getitem__, {**provenance, "untc_status": Provenance(**fields)})


AFGHANISTAN = ("CLUSTER", "AFG", "2008-12-03", "2011-09-08", "ratification", False)
NIGERIA = ("CLUSTER", "NGA", None, "2023-02-28", "ratification", False)


def test_a_newer_file_adds_parties_and_moves_the_last_complete_year() -> None:
    tables = laid_over([AFGHANISTAN, NIGERIA, ("CLUSTER", "USA", None, "2010-01-01", "accession", False)], 3)
    found = law.parties_on(tables, "CLUSTER", "2024-01-01")
    assert (found.number, found.complete_until, found.complete) == (3, 2025, True)
    assert law.standing(tables, ["CLUSTER"], ["NGA"], "2024-01-01")["complete_until"].tolist() == [2025]
    assert law.parties_on(tables, "CLUSTER", "2022-01-01").number == 2


def test_a_file_made_of_the_carried_list_reads_as_that_list(tmp_path: Path) -> None:
    """The Arms Trade Treaty written as the UN Treaty Collection writes, and read again."""
    tables = open_tables(Path(__file__).parents[2] / "data")
    frame = tables["treaty_participation"]
    frame = frame[frame["treaty"] == "ATT"]
    letters = {kind: letter for letter, kind in ACTIONS.items()}

    def cell(day: object, kind: object = pd.NA) -> str:
        if pd.isna(day):
            return ""
        year, month, number = str(day).split("-")
        return f"{int(number):2d} {_MONTHS[int(month) - 1]}\t {year} {letters.get(str(kind), '')}"

    names = [countries.label(code).replace("&", "&amp;") for code in frame["iso3"]]
    rows = [
        (name, cell(row.signature_date), "", cell(row.consent_date, row.consent_type))
        for name, row in zip(names, frame.itertuples(), strict=True)
    ]
    parties = int(frame["consent_date"].notna().sum())
    path = tmp_path / "XXVI-8.en.xml"
    path.write_bytes(xml(rows, str(parties), number="8"))
    found = untc.parse("untc_status", [path]).set_index("iso3")
    wanted = frame.set_index("iso3").sort_index()
    assert len(found) == len(wanted)
    for name in ("signature_date", "consent_date"):
        assert found[name].fillna("").tolist() == wanted[name].fillna("").tolist()


def test_a_part_of_a_file_takes_no_party_away_and_does_not_count_as_complete() -> None:
    tables = laid_over([NIGERIA], 1)
    found = law.parties_on(tables, "CLUSTER", "2024-01-01")
    assert (found.number, found.complete_until) == (3, 2019), "those that it does not name stay"


def test_a_bracketed_state_leaves_and_the_dated_withdrawal_is_kept() -> None:
    rows = [AFGHANISTAN, ("CLUSTER", "MDG", None, "2001-01-01", "accession", True)]
    tables = laid_over([*rows, ("CLUSTER", "USA", None, "2010-01-01", "accession", False)], 2)
    assert law.parties_on(tables, "CLUSTER", "2015-01-01").number == 3
    assert law.parties_on(tables, "CLUSTER", "2016-01-01").number == 2
    assert law.parties_on(tables, "CLUSTER", "2016-01-01").complete_until == 2025
    tables = laid_over([AFGHANISTAN, ("CLUSTER", "USA", None, "2010-01-01", "accession", True)], 1)
    found = law.parties_on(tables, "CLUSTER", "2026-06-01")
    assert found.number == 1
    assert found.complete_until == 2019, "nobody knows in which year it left"


def test_the_european_union_is_in_the_file_and_in_no_count() -> None:
    rows = [AFGHANISTAN, ("CLUSTER", "EUE", None, "2015-01-20", "formal confirmation", False)]
    tables = laid_over([*rows, ("CLUSTER", "USA", None, "2010-01-01", "accession", False)], 3)
    found = law.parties_on(tables, "CLUSTER", "2024-01-01")
    assert (found.number, found.complete_until) == (2, 2025)
