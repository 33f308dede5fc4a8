"""What is asked for is checked before anything runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from r2p_analysis.declarations import read_notebook
from r2p_analysis.errors import NotebookError, UsageError
from r2p_analysis.run import check_edition, find_notebooks, make_plan
from r2p_analysis.run.engine import EXHIBIT_MIME, RECORD_MIME, check_record

META = {"title": "T", "order": 1, "per": "edition"}
PARAMETERS = 'edition: int = 2016  # the year\ncountries: list[str] = ["SYR"]\nshare: float = 0.5\n'


def write(folder: Path, name: str = "topic", parameters: str = PARAMETERS, meta: dict[str, Any] | None = META) -> Path:
    book = new_notebook(cells=[new_markdown_cell("# T"), new_code_cell(parameters, metadata={"tags": ["parameters"]})])
    if meta is not None:
        book.metadata["r2p"] = meta
    path = folder / f"{name}.ipynb"
    nbformat.write(book, path)
    return path


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"editoin": 2016}, "did you mean edition"),
        ({"edition": "2016"}, "expects int, got str"),
        ({"edition": True}, "expects int, got bool"),
        ({"share": "half"}, "expects float"),
        ({"countries": "SYR"}, "expects list"),
        ({"countries": [["SYR"]]}, "list of plain values"),
        ({"countries": ["Syira"]}, "did you mean Syria"),
    ],
)
def test_a_wrong_parameter_is_refused_with_the_right_one_nearby(
    tmp_path: Path, given: dict[str, Any], said: str
) -> None:
    book = read_notebook(write(tmp_path))
    assert book is not None
    with pytest.raises(UsageError, match=said) as caught:
        book.bind(given)
    assert "\n" not in str(caught.value)


def test_defaults_are_added_and_names_become_codes(tmp_path: Path) -> None:
    book = read_notebook(write(tmp_path))
    assert book is not None
    assert book.bind({"countries": ["Yemen", "syr"]}) == {"edition": 2016, "countries": ["YEM", "SYR"], "share": 0.5}


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ("edition = 2016", "name: type = value"),
        ("edition: date = 2016", "type date"),
        ("import os", "name: type = value"),
    ],
)
def test_a_parameters_cell_declares_types(tmp_path: Path, parameters: str, said: str) -> None:
    with pytest.raises(NotebookError, match=said):
        read_notebook(write(tmp_path, parameters=parameters))


@pytest.mark.parametrize(("lacking", "said"), [("title", "lack title"), ("order", "lack order"), ("per", "lack per")])
def test_metadata_are_complete(tmp_path: Path, lacking: str, said: str) -> None:
    meta = {key: value for key, value in META.items() if key != lacking}
    with pytest.raises(NotebookError, match=said):
        read_notebook(write(tmp_path, meta=meta))


def test_a_notebook_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "topic.ipynb").write_text("{")
    with pytest.raises(NotebookError, match=r"topic\.ipynb cannot be read"):
        find_notebooks(tmp_path)


def test_notebooks_without_our_metadata_are_left_alone_but_there_must_be_one(tmp_path: Path) -> None:
    write(tmp_path, "scratch", meta=None)
    with pytest.raises(NotebookError, match="no notebook with r2p metadata"):
        find_notebooks(tmp_path)


def test_a_notebook_for_a_person_makes_no_page_and_needs_no_parameters(tmp_path: Path) -> None:
    write(tmp_path, "topic")
    book = new_notebook(cells=[new_code_cell("1")], metadata={"r2p": {"per": "person", "title": "Start here"}})
    nbformat.write(book, tmp_path / "start.ipynb")
    assert list(find_notebooks(tmp_path)) == ["topic"]


def test_a_notebook_for_something_unknown_is_refused(tmp_path: Path) -> None:
    write(tmp_path, meta={**META, "per": "lab"})
    with pytest.raises(NotebookError, match='per is "lab", expected edition, country or person'):
        find_notebooks(tmp_path)


@pytest.mark.parametrize("edition", [1950, 2009, 2027, 2031])
def test_an_edition_that_cannot_be_made_says_which_can(edition: int) -> None:
    with pytest.raises(UsageError, match="editions 2010 to 2026 can be made"):
        check_edition(edition, range(2009, 2026))


def test_an_edition_that_can_be_made_passes() -> None:
    assert [check_edition(year, range(2009, 2026)) for year in (2010, 2016, 2026)] == [2010, 2016, 2026]


def test_the_plan_lists_topics_then_countries_by_name_each_once(tmp_path: Path) -> None:
    write(tmp_path)
    write(tmp_path, "country_profile", 'edition: int = 2016\ncountry: str = "SYR"\n', {**META, "per": "country"})
    tasks = make_plan(tmp_path, tmp_path / "out", 2015, focus=["YEM"], pages=["Yemen", "SYR", "yem"])
    assert [(task.notebook, task.slug) for task in tasks] == [
        ("topic", "topic"), ("country_profile", "SYR"), ("country_profile", "YEM"),
    ]  # fmt: skip
    assert tasks[0].parameters == {"edition": 2015, "countries": ["YEM"], "share": 0.5}
    assert tasks[2].parameters == {"edition": 2015, "country": "YEM"}
    assert len({task.target for task in tasks}) == len(tasks), "two tasks must never write one file"


def test_unknown_topics_and_countries_are_refused(tmp_path: Path) -> None:
    write(tmp_path, "displacement")
    with pytest.raises(UsageError, match="did you mean displacement"):
        make_plan(tmp_path, tmp_path, 2016, focus=[], pages=[], topics=["displacment"])
    with pytest.raises(UsageError, match="XYZ"):
        make_plan(tmp_path, tmp_path, 2016, focus=[], pages=["XYZ"])


def executed(shown: list[str], recorded: list[str] | None) -> Any:
    outputs = [new_output("display_data", data={EXHIBIT_MIME: {"id": name}}) for name in shown]
    if recorded is not None:
        outputs.append(new_output("display_data", data={RECORD_MIME: {"exhibits": recorded}}))
    return new_notebook(cells=[new_code_cell("", outputs=outputs)])


def test_a_notebook_without_record_or_with_lost_outputs_has_failed() -> None:
    with pytest.raises(NotebookError, match="one record at its end, got 0"):
        check_record(executed(["a"], None), "t")
    with pytest.raises(NotebookError, match="lost: b"):
        check_record(executed(["a"], ["a", "b"]), "t")
    with pytest.raises(NotebookError, match="outputs hold 2"):
        check_record(executed(["a", "b"], ["a"]), "t")
    assert check_record(executed(["a", "b"], ["a", "b"]), "t") == ["a", "b"]
