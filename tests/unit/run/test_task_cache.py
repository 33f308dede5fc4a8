"""A task runs again when something that it depends on changed, and only then; and the reason told is the true one."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from r2p_analysis.run import Task, TaskCache, World, inputs
from r2p_analysis.run.dependencies import Code
from r2p_analysis.run.engine import RECORD_MIME
from r2p_analysis.workspace import Layers

ROOT = Path(__file__).parents[3]
ASKED = ["prices", "ucdp_events_months"]
"""One that is stored and one that is not."""
CODE = """from r2p_analysis.notebook import begin, funding
report = begin("topic", edition)
report.finish()"""


class Desk:
    """A workspace with tables, one notebook, and what stands for its execution."""

    def __init__(self, root: Path) -> None:
        self.root, self.data = root, root / "data"
        shutil.copytree(ROOT / "data", self.data)
        (root / "notebooks").mkdir()
        self.write(CODE)

    def write(self, code: str) -> None:
        nbformat.write(new_notebook(cells=[new_code_cell(code)]), self.root / "notebooks" / "topic.ipynb")

    def task(self, **parameters: Any) -> Task:
        source = self.root / "notebooks" / "topic.ipynb"
        values = {"edition": 2016, "countries": ["SYR"], **parameters}
        return Task("topic", "edition", "topic", "T", source, self.root / "out" / "topic.ipynb", values)

    def cache(self) -> TaskCache:
        """What a build of its own would see."""
        return TaskCache(self.root / ".cache", World(Layers.of(self.data), self.root / "notebooks"))

    def execute(self, *, asked: list[str] | None = ASKED, cache: TaskCache | None = None, text: str = "x") -> TaskCache:
        task, cache = self.task(), cache or self.cache()
        record = {"exhibits": ["a"], **({"tables": asked} if asked is not None else {})}
        outputs = [new_output("display_data", data={RECORD_MIME: record})]
        task.target.parent.mkdir(exist_ok=True)
        nbformat.write(new_notebook(cells=[new_code_cell(text, outputs=outputs)]), task.target)
        cache.keep(task)
        return cache

    def change_table(self, name: str) -> None:
        path = self.data / f"{name}.parquet"
        path.write_bytes(path.read_bytes() + b"x")

    def retell(self, name: str, **told: str) -> None:
        path = self.data / "datapackage.json"
        package = json.loads(path.read_text())
        next(r for r in package["resources"] if r["name"] == name)["provenance"].update(told)
        path.write_text(json.dumps(package))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def reason(desk: Desk, **parameters: Any) -> str:
    return desk.cache().decide(desk.task(**parameters)).reason


def test_what_never_ran_must_run_and_then_need_not(desk: Desk) -> None:
    assert reason(desk) == "it never ran"
    desk.execute()
    decision = desk.cache().decide(desk.task())
    assert (decision.reason, decision.told(done=True)) == ("", "topic: up to date")


def test_a_table_that_was_asked_for_counts_and_another_does_not(desk: Desk) -> None:
    desk.execute()
    desk.change_table("unhcr_flows")
    assert reason(desk) == ""
    desk.change_table("prices")
    assert reason(desk) == "table prices changed"


def test_what_is_told_of_a_table_counts_as_the_table(desk: Desk) -> None:
    desk.execute()
    desk.retell("unhcr_flows", version="another")
    assert reason(desk) == ""
    desk.retell("prices", version="another")
    assert reason(desk) == "table prices changed"


def test_a_table_looked_for_in_vain_counts_once_it_is_there(desk: Desk) -> None:
    desk.execute()
    path = desk.data / "datapackage.json"
    package = json.loads(path.read_text())
    made = json.loads(
        json.dumps(package["resources"][0]).replace(package["resources"][0]["name"], "ucdp_events_months")
    )
    package["resources"].append(made)
    path.write_text(json.dumps(package))
    assert reason(desk) == "table ucdp_events_months is new"


def test_whoever_lists_the_tables_depends_on_all(desk: Desk) -> None:
    desk.execute(asked=["*"])
    assert reason(desk) == ""
    desk.change_table("unhcr_flows")
    assert reason(desk) == "table * changed"


def test_the_notebook_a_parameter_and_the_claims_count(desk: Desk) -> None:
    desk.execute()
    assert reason(desk, countries=["YEM"]) == "parameter countries changed"
    claims = desk.data / "claims" / "2016.toml"
    before = claims.read_text()
    claims.write_text(before + "\n")
    assert reason(desk) == "the claims of the edition changed"
    claims.write_text(before)
    desk.write(CODE + "\n# more")
    assert reason(desk) == "notebook topic changed"


def test_a_module_and_a_library_count(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.execute()
    real = inputs.code_of(desk.task().source)
    assert "measures/funding/real.py" in real.modules
    assert "measures/arms/treaty.py" not in real.modules
    monkeypatch.setattr(inputs, "code_of", lambda _: Code({**real.modules, "measures/funding/real.py": "0"}, ""))
    assert reason(desk) == "module measures/funding/real.py changed"
    monkeypatch.undo()
    now = inputs.versions()
    monkeypatch.setattr(inputs, "versions", lambda: {**now, "altair": "99"})
    assert reason(desk) == f"altair went from {now['altair']} to 99"


def test_going_back_to_an_older_table_finds_its_run(desk: Desk) -> None:
    desk.execute(text="old")
    before = (desk.data / "prices.parquet").read_bytes()
    desk.change_table("prices")
    desk.execute(text="new")
    (desk.data / "prices.parquet").write_bytes(before)
    cache = desk.cache()
    assert cache.restore(cache.decide(desk.task()))
    assert nbformat.read(desk.task().target, as_version=4).cells[0].source == "old"


def test_the_kept_notebook_comes_back_byte_for_byte(desk: Desk) -> None:
    desk.execute()
    made = desk.task().target.read_bytes()
    desk.task().target.unlink()
    cache = desk.cache()
    assert cache.restore(cache.decide(desk.task()))
    assert desk.task().target.read_bytes() == made


@pytest.mark.parametrize("folder", ["notebooks", "tasks"])
@pytest.mark.parametrize("content", [None, b"", b"{", b"[]", b'{"inputs": {}}'])
def test_a_damaged_cache_is_found_and_made_again(desk: Desk, folder: str, content: bytes | None) -> None:
    desk.execute()
    (path,) = (path for path in (desk.root / ".cache" / folder).rglob("*") if path.is_file())
    path.unlink() if content is None else path.write_bytes(content)
    cache = desk.cache()
    decision = cache.decide(desk.task())
    assert decision.reason == "its cached notebook was damaged or is gone"
    assert not cache.restore(decision)
    desk.execute()
    assert reason(desk) == ""


def test_a_notebook_removed_between_the_plan_and_its_use_is_run(desk: Desk) -> None:
    desk.execute()
    cache = desk.cache()
    decision = cache.decide(desk.task())
    shutil.rmtree(desk.root / ".cache")
    assert not cache.restore(decision)


def test_a_failure_is_not_kept_and_is_told(desk: Desk) -> None:
    desk.cache().note_failure(desk.task())
    assert reason(desk) == "it failed the last time"


def test_force_runs_what_is_up_to_date(desk: Desk) -> None:
    desk.execute()
    assert desk.cache().decide(desk.task(), force=True).reason == "of --force"


@pytest.mark.parametrize("what", ["prices.parquet", "unhcr_flows.parquet", "claims/2016.toml"])
def test_what_ran_while_an_input_changed_is_not_kept(desk: Desk, what: str) -> None:
    cache = desk.cache()
    path = desk.data / what
    path.write_bytes(path.read_bytes() + b"\n")
    desk.execute(cache=cache)
    assert reason(desk) == "it never ran"


def test_a_notebook_without_a_list_of_its_tables_is_not_kept(desk: Desk) -> None:
    desk.execute(asked=None)
    assert reason(desk) == "it never ran"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("import helper", "it imports helper"),
        ("from r2p_analysis.store import open_tables", "it imports r2p_analysis.store"),
        ("from r2p_analysis.notebook import figures", "it imports figures"),
        ("from r2p_analysis.notebook import *", "it imports *"),
        ("from pandas import read_csv", "it imports read_csv"),
        ('import pandas as pd\npd.read_csv("own.csv")', "it uses read_csv"),
        ('open("own.txt")', "it uses open"),
        ("from datetime import date\ndate.today()", "it uses today"),
        ("report.document", "it uses document"),
        ("%matplotlib inline", "it holds a magic, or cannot be parsed"),
        ('begin("other", 2010)', "it calls begin() other than once"),
    ],
)
def test_what_reads_unseen_always_runs(desk: Desk, line: str, said: str) -> None:
    desk.write(f"{CODE}\n{line}")
    desk.execute()
    assert reason(desk) == f"{said}, and so always runs"


def test_runs_of_one_notebook_do_not_pile_up(desk: Desk) -> None:
    for _ in range(10):
        desk.change_table("prices")
        desk.execute()
    kept = [path.stem for path in (desk.root / ".cache" / "tasks").rglob("*.json")]
    assert len(kept) == 8
    assert sorted(kept) == sorted(path.stem for path in (desk.root / ".cache" / "notebooks").iterdir())
    assert reason(desk) == ""
