"""Tables and files of a workspace lie over the embedded ones, name by name, and only the workspace is written to."""

from __future__ import annotations

from pathlib import Path

import pytest
from workspacekit import Installed, contract

from r2p_analysis.claims import load_document
from r2p_analysis.cli import planning
from r2p_analysis.errors import ContractError, StoreError, UsageError
from r2p_analysis.store import open_tables, read_package, store_table, stored_tables
from r2p_analysis.store.corrections import read_corrections
from r2p_analysis.workspace import Layers, Workspace, find_workspace, make_workspace

CORRECTION = """
[[correction]]
table = "refugees"
row = {{ year = 2014 }}
column = "people"
expect = {expect}
value = 12
reason = "A slip."
reported = "not yet"
"""


@pytest.fixture
def workspace(installed: Installed, desk: Path) -> Workspace:
    return make_workspace(desk)


def test_nothing_is_stored_in_the_package(installed: Installed, desk: Path) -> None:
    before = installed.checksums()
    with pytest.raises(UsageError, match="not written to: make one with 'r2p init DIR'"):
        installed.put("refugees", [20, 21], find_workspace().data)
    assert installed.checksums() == before


def test_reading_finishes_no_journal_in_the_package(installed: Installed, workspace: Workspace) -> None:
    (installed.data / ".refugees.parquet.new").write_bytes(b"half")
    (installed.data / ".commit-0.json").write_text('{".refugees.parquet.new": "refugees.parquet"}')
    before = installed.checksums()
    for data in (workspace.data, Layers(None, installed.data)):
        assert open_tables(data)["refugees"]["people"].tolist() == [10, 11]
        read_package(data)
    assert installed.checksums() == before


def test_a_fetched_table_wins_and_the_others_are_read_from_the_package(
    installed: Installed, workspace: Workspace
) -> None:
    before = installed.checksums()
    installed.put("refugees", [20, 21, 22], workspace.data, version="2")
    tables = open_tables(workspace.data)
    assert list(tables) == ["refugees", "returned"]
    assert tables["refugees"]["people"].tolist() == [20, 21, 22]
    assert tables.provenance("refugees").version == "2"
    assert tables["returned"]["people"].tolist() == [5, 6]
    assert {name: stored.place for name, stored in stored_tables(workspace.data).items()} == {
        "refugees": "workspace",
        "returned": "embedded",
    }
    assert list(read_package(workspace.root / "data")) == ["refugees"]
    assert installed.checksums() == before


def test_all_tables_of_the_package_are_told_to_be_embedded(installed: Installed, desk: Path) -> None:
    assert {stored.place for stored in stored_tables(find_workspace().data).values()} == {"embedded"}
    assert {stored.place for stored in stored_tables(installed.data).values()} == {"workspace"}


def test_a_table_that_covers_less_than_the_embedded_one_is_refused(installed: Installed, workspace: Workspace) -> None:
    with pytest.raises(ContractError, match="covers less than the stored table: 1 rows, had 2"):
        installed.put("refugees", [10], workspace.data, accept_revision=False)
    assert not (workspace.root / "data" / "datapackage.json").exists()


def test_the_same_table_fetched_again_is_the_users_own(installed: Installed, workspace: Workspace) -> None:
    installed.put("refugees", [10, 11], workspace.data, retrieved="2026-11-25")
    stored = stored_tables(workspace.data)["refugees"]
    assert (stored.place, stored.outdated, stored.provenance.retrieved) == ("workspace", False, "2026-11-25")


def test_an_altered_or_missing_own_table_does_not_fall_back_on_the_embedded_one(
    installed: Installed, workspace: Workspace
) -> None:
    installed.put("refugees", [20, 21], workspace.data)
    path = workspace.root / "data" / "refugees.parquet"
    path.write_bytes((installed.data / "refugees.parquet").read_bytes())
    with pytest.raises(StoreError, match="was altered"):
        open_tables(workspace.data)["refugees"]
    path.unlink()
    with pytest.raises(StoreError, match="is missing though the data package lists it"):
        open_tables(workspace.data)["refugees"]


def test_a_broken_package_file_does_not_fall_back_either(installed: Installed, workspace: Workspace) -> None:
    (workspace.root / "data" / "datapackage.json").write_text("{")
    with pytest.raises(StoreError, match="not a data package"):
        open_tables(workspace.data)


# --- after an upgrade of the package


def test_an_own_table_that_hides_a_newer_embedded_one_is_told(
    installed: Installed, workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    installed.put("refugees", [20, 21], workspace.data, retrieved="2026-11-25")
    planning.warn_of_outdated(workspace)
    assert capsys.readouterr().err == ""
    installed.put("refugees", [20, 21, 23], retrieved="2027-06-25")
    installed.put("returned", [5, 6, 7], retrieved="2027-06-25")
    assert [name for name, stored in stored_tables(workspace.data).items() if stored.outdated] == ["refugees"]
    assert open_tables(workspace.data)["refugees"]["people"].tolist() == [20, 21]
    assert open_tables(workspace.data)["returned"]["people"].tolist() == [5, 6, 7]
    planning.warn_of_outdated(workspace)
    err = capsys.readouterr().err
    assert len(err.splitlines()) == 1
    assert "used all the same: refugees; 'r2p fetch trial' brings newer ones" in err


def test_an_own_table_without_a_column_of_the_newer_one_says_what_to_do(
    installed: Installed, workspace: Workspace
) -> None:
    installed.put("refugees", [20, 21], workspace.data)
    installed.put("refugees", [20, 21], columns=("stateless",))
    with pytest.raises(StoreError, match=r"expected a column stateless, got none; run 'r2p fetch trial'"):
        open_tables(workspace.data)["refugees"]
    installed.put("refugees", [20, 21], workspace.data, columns=("stateless",))
    assert "stateless" in open_tables(workspace.data)["refugees"]


# --- files that are no tables


def test_claims_of_a_workspace_add_or_replace_by_file(installed: Installed, workspace: Workspace) -> None:
    folder = workspace.data / "claims"
    own = workspace.root / "data" / "claims"
    own.mkdir()
    (own / "2027.toml").write_text('symbol = "A/81/1"\n')
    assert [load_document(folder, year).symbol for year in (2016, 2027)] == ["A/70/999", "A/81/1"]
    assert load_document(folder, 2020) is None
    assert [path.name for path in folder.glob("*.toml")] == ["2016.toml", "2027.toml"]
    (own / "2016.toml").write_text('symbol = "mine"\n')
    assert load_document(folder, 2016).symbol == "mine"
    assert [path.parent for path in folder.glob("*.toml")] == [own, own]


def test_corrections_of_a_workspace_add_or_replace_by_file(installed: Installed, workspace: Workspace) -> None:
    carried, own = (root / "corrections" for root in (installed.data, workspace.root / "data"))
    carried.mkdir()
    own.mkdir()
    (carried / "corrections.toml").write_text(CORRECTION.format(expect=10))
    table, source = contract("refugees")
    frame = open_tables(workspace.data)["refugees"].copy()
    store_table(frame, table, source, workspace.data, version="1", retrieved="2026-06-25", origin="people.csv")
    assert open_tables(workspace.data)["refugees"]["people"].tolist() == [12, 11]
    (own / "mine.toml").write_text(CORRECTION.format(expect=99))
    assert [one.expect for one in read_corrections(workspace.data)] == [10, 99]
    (own / "corrections.toml").write_text(CORRECTION.format(expect=98))
    assert [one.expect for one in read_corrections(workspace.data)] == [98, 99]
