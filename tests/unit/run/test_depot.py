"""Files by their SHA-256: nothing altered is kept, nothing lies elsewhere, and only what lacks is asked for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from r2p_analysis.errors import StoreError
from r2p_analysis.run.depot import Depot, pack
from r2p_analysis.run.remote import about, difference
from r2p_analysis.store.files import sha256_of
from r2p_analysis.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    root = tmp_path / "home"
    for name in ("report.toml", "data/a.parquet", "data/claims/2016.toml", "notebooks/one.ipynb", "data/.hidden"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name)
    (tmp_path / "base").mkdir()
    (tmp_path / "base" / "b.parquet").write_text("of the package")
    (tmp_path / "two.ipynb").write_text("elsewhere")
    return Workspace(root, root / "outputs", tmp_path / "base")


def test_a_workspace_is_laid_out_as_it_was_and_what_the_package_carries_stays_out(
    workspace: Workspace, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "two.ipynb"
    cargo = pack(workspace, [workspace.notebooks / "one.ipynb", elsewhere])
    depot = Depot(tmp_path / "depot")
    assert depot.home(cargo.tree)[1] == [cargo.tree], "who does not know the list lacks it"
    depot.put({cargo.tree: cargo.blobs[cargo.tree]})
    lacking = depot.home(cargo.tree)[1]
    assert sorted(lacking) == sorted(set(cargo.blobs) - {cargo.tree})
    assert not (tmp_path / "depot" / "homes").exists(), "a part of a workspace is none"
    depot.put(cargo.blobs)
    home, lacking = depot.home(cargo.tree)
    assert lacking == depot.lacking(cargo.blobs) == []
    files = {path.relative_to(home).as_posix(): path.read_text() for path in home.rglob("*") if path.is_file()}
    names = ("report.toml", "data/a.parquet", "data/claims/2016.toml", "notebooks/one.ipynb")
    assert files == {name: name for name in names} | {cargo.places[elsewhere]: "elsewhere"}
    assert cargo.places[workspace.notebooks / "one.ipynb"] == "notebooks/one.ipynb"


def test_what_a_cell_writes_does_not_reach_the_next_workspace(workspace: Workspace, tmp_path: Path) -> None:
    depot = Depot(tmp_path / "depot")
    first = pack(workspace, [])
    depot.put(first.blobs)
    (depot.home(first.tree)[0] / "data" / "a.parquet").write_text("spoilt")
    (workspace.root / "report.toml").write_text("changed")
    second = pack(workspace, [])
    assert len(depot.lacking(second.blobs)) == 2, "the file that changed, and the list"
    depot.put(second.blobs)
    assert (depot.home(second.tree)[0] / "data" / "a.parquet").read_text() == "data/a.parquet"


def test_a_file_altered_on_its_way_is_not_kept(tmp_path: Path) -> None:
    depot = Depot(tmp_path)
    with pytest.raises(StoreError, match="a file was altered on its way: expected sha256 "):
        depot.put({sha256_of(b"sent"): b"came"})
    assert depot.lacking([sha256_of(b"sent")]) == [sha256_of(b"sent")]


@pytest.mark.parametrize("name", ["../escaped", "/escaped", "data/../../escaped"])
def test_no_file_is_laid_outside_its_workspace(tmp_path: Path, name: str) -> None:
    listed = json.dumps({name: sha256_of(b"x")}).encode()
    depot = Depot(tmp_path / "depot")
    depot.put({sha256_of(b"x"): b"x", sha256_of(listed): listed})
    with pytest.raises(StoreError, match="a file of a workspace cannot be called"):
        depot.home(sha256_of(listed))
    assert not list(tmp_path.rglob("*escaped"))


def test_what_differs_on_a_worker_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    here = about(base=True)
    assert difference(here, about(base=True)) == ""
    assert "run/remote.py" in here["file"]
    assert "wpp_population.parquet" in here["table"]
    there = json.loads(json.dumps(here))
    there["version"]["altair"] = "5.0"
    del there["version"]["pandas"]
    there["file"] |= {"errors.py": "1", "countries.py": "2"}
    there["table"]["new.parquet"] = "3"
    assert difference(here, there) == (
        f"altair 5.0, here {here['version']['altair']}; pandas none, here {here['version']['pandas']}; "
        f"another countries.py and 1 more; another new.parquet"
    )
