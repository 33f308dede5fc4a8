"""What a person can download by hand: named for every table, found under its name, and on the page as declared."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest

import raw_files_page
from r2p_analysis.cli.fetch_store import by_hand
from r2p_analysis.sources import ByHand, discover
from r2p_analysis.sources.files import matching

OWN_LISTS = {"commitments", "convictions", "framework", "published", "statements"}
"""Sources that are the project's own lists: nobody else offers them."""
DECLARED = [(name, one) for name, module in discover().items() for one in module.SOURCE.by_hand]


def test_the_page_is_what_the_sources_declare() -> None:
    assert raw_files_page.PAGE.read_text(encoding="utf-8") == raw_files_page.page(), (
        "run python tools/raw_files_page.py"
    )


def test_the_page_would_show_another_address(monkeypatch: pytest.MonkeyPatch) -> None:
    source = discover()["cpj"].SOURCE
    moved = ByHand("cpj_export.csv", "https://example.org/moved", ("cpj_killed",))
    monkeypatch.setattr(discover()["cpj"], "SOURCE", type(source)(**{**source.__dict__, "by_hand": (moved,)}))
    assert "<https://example.org/moved>" in raw_files_page.page()
    assert raw_files_page.PAGE.read_text(encoding="utf-8") != raw_files_page.page()


def test_every_table_can_be_brought_by_hand() -> None:
    for name, module in discover().items():
        covered = {table for one in module.SOURCE.by_hand for table in one.tables}
        expected = set() if name in OWN_LISTS else {table.name for table in module.SOURCE.tables}
        assert covered == expected, name


@pytest.mark.parametrize(("name", "one"), DECLARED, ids=[f"{name}-{one.file}" for name, one in DECLARED])
def test_a_file_is_found_under_the_name_that_is_told(name: str, one: ByHand, tmp_path: Path) -> None:
    # UCDP's archives carry their release; elsewhere a name may end at the star, or go on.
    for different in ("251", "261") if one.file.endswith("-csv.zip") else ("", "-2026"):
        path = tmp_path / one.file.replace("*", different)
        path.touch()
        for table in one.tables:
            contract = discover()[name].SOURCE.table(table)
            assert path in matching(tmp_path, contract.stems, contract.every_stem), table
            assert matching(path, contract.stems, contract.every_stem) == [path], "given alone"
        path.unlink()


@pytest.mark.parametrize(("name", "one"), DECLARED, ids=[f"{name}-{one.file}" for name, one in DECLARED])
def test_an_address_is_public_and_whole(name: str, one: ByHand) -> None:
    parts = urlsplit(one.address)
    assert (parts.scheme, bool(parts.hostname), parts.username) == ("https", True, None)
    assert " " not in one.address
    assert "|" not in one.address + one.note, "it stands in a table"
    assert not one.note or one.note.endswith(".")


def test_the_message_names_file_address_and_command_in_one_line() -> None:
    said = by_hand(discover()["cpj"])
    assert (
        "get the file at https://cpj.org/data/, save it as cpj_export.csv and run 'r2p fetch cpj --from FILE'" in said
    )
    assert "1 more" in said
    flows = by_hand(discover()["unhcr"], "unhcr_flows")
    assert "UNHCR_Flow_Data.xlsx" in flows
    assert "sheet DATA" in flows
    assert "\n" not in said + flows


def test_a_list_of_the_projects_own_has_no_file_to_get() -> None:
    assert "docs/raw-files.md" not in by_hand(discover()["statements"])
