"""The list of vetoes: former members, topics misspelt or too wide, admissions, and a second list."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from r2p_analysis.errors import SourceError
from r2p_analysis.sources import vetoes
from r2p_analysis.sources.veto_subjects import subject_of
from r2p_analysis.store.contracts import check

HEAD = "date,draft,meeting_record,agenda_item,topic,region,vetoed_by,basis,source,note\n"
ROWS = """1964-09-17,S/5973,S/PV.1152,Letter from Malaysia,Malasyia,Southeast Asia,SUN,library list,x,
1946-08-29,S/PV.57,S/PV.57,Application for Membership Transjordan,Admission,Middle East,SUN,library list,x,
1946-08-29,S/PV.57,S/PV.57,Application for Membership Ireland,Admission,Western Europe,SUN,library list,x,
2011-10-04,S/2011/612,S/PV.6627,Middle East - Syria,Syria,Middle East,CHN+RUS,library list,x,
2023-12-22,S/2023/1029,S/PV.9520,,Gaza amendment,,USA,"secondary list, unconfirmed",x,veto of an amendment
"""


def parse(tmp_path: Path, text: str, table: str = "sc_vetoes") -> pd.DataFrame:
    path = tmp_path / "unsc_vetoes.csv"
    path.write_text(text)
    return check(vetoes.parse(table, [path]), vetoes.SOURCE.table(table))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD + ROWS.replace("CHN+RUS", "CHN+IND"), '"IND" has no veto'),
        (HEAD + ROWS.replace("Malasyia", "Atlantis"), 'unknown topic "Atlantis"'),
        (HEAD + ROWS.replace("Membership Ireland", "Membership Atlantis"), 'applicant "Atlantis"'),
        (HEAD + ROWS.replace("Application for Membership Ireland", "Something else"), "no applicant found"),
        (HEAD.replace("vetoed_by", "vetoes") + ROWS, "missing vetoed_by"),
    ],
)
def test_what_cannot_be_placed_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SourceError, match=said) as caught:
        parse(tmp_path, text)
    assert "\n" not in str(caught.value)


def test_no_draft_and_no_veto_is_lost(tmp_path: Path) -> None:
    drafts, cast, places = (parse(tmp_path, HEAD + ROWS, t) for t in ("sc_vetoes", "sc_vetoes_cast", "sc_veto_places"))
    assert list(drafts["veto"]) == [1, 2, 3, 4, 5]
    assert list(drafts["date"]) == sorted(drafts["date"])
    assert cast.groupby("veto").size().tolist() == [1, 1, 1, 2, 1]
    assert list(places["iso3"]) == ["IRL", "JOR", "MYS", "SYR", "ISR", "PSE"]


def test_two_drafts_of_one_symbol_and_day_stay_two(tmp_path: Path) -> None:
    drafts = parse(tmp_path, HEAD + ROWS)
    assert (drafts["draft"] == "S/PV.57").sum() == 2
    assert set(drafts.loc[drafts["draft"] == "S/PV.57", "kind"]) == {"admission"}


def test_the_secondary_list_and_amendments_are_marked(tmp_path: Path) -> None:
    last = parse(tmp_path, HEAD + ROWS).iloc[-1]
    assert (last["basis"], bool(last["amendment"]), last["crisis"]) == (
        "secondary list",
        True,
        "Israel and Palestine",
    )


@pytest.mark.parametrize(
    ("topic", "item", "places"),
    [
        ("Israel-Palestine", "Letters dated 4 January 1989 from Libya and Bahrain", ("LBY", "USA")),
        ("Lebanon", "Letter from the Heads of the Lebanese and Syrian delegations", ("LBN", "SYR")),
        ("South Africa", "Complaint by Angola against South Africa", ("AGO",)),
        ("Angola", "Admission of new Members Angola", ("AGO",)),
        ("Admission of Palestine", None, ("PSE",)),
        ("Climate and Security", "Maintenance of international peace and security", ()),
        ("Rhodesia", "Question concerning the situation in Southern Rhodesia", ("ZWE",)),
    ],
)
def test_topics_that_mislead_are_mended_by_the_item(topic: str, item: str | None, places: tuple[str, ...]) -> None:
    assert subject_of(topic, item, "1989-01-11").places == places


def test_the_admission_of_angola_is_no_situation() -> None:
    assert subject_of("Angola", "Admission of new Members Angola", "1976-06-23").kind == "admission"
