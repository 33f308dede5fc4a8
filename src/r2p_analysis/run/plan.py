"""The plan: which notebooks to execute, with which parameters, into which files."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from r2p_analysis import countries
from r2p_analysis.declarations import Per, SourceNotebook, find_notebooks
from r2p_analysis.errors import UsageError


@dataclass(frozen=True)
class Task:
    """One notebook to execute with one set of parameters.

    Attributes
    ----------
    notebook : str
        Name of the source notebook.
    per : {"edition", "country"}
        What it is made for.
    slug : str
        Name of its page: the topic or the country's ISO3 code.
    title : str
        Title of its page.
    source, target : Path
        The notebook, and where the executed one goes.
    parameters : dict
        Checked values.
    """

    notebook: str
    per: Per
    slug: str
    title: str
    source: Path
    target: Path
    parameters: dict[str, Any]


def make_plan(
    notebooks_folder: Path,
    out: Path,
    edition: int,
    *,
    focus: Sequence[str],
    pages: Sequence[str],
    topics: Sequence[str] = (),
) -> list[Task]:
    """Lay out all tasks of an edition.

    Parameters
    ----------
    notebooks_folder : Path
        Source notebooks.
    out : Path
        Folder of executed notebooks.
    edition : int
        Year of the report.
    focus : sequence of str
        Countries in focus on topic pages: names or codes.
    pages : sequence of str
        Countries that get a page of their own: names or codes.
    topics : sequence of str
        Names of topic notebooks; all when empty.

    Returns
    -------
    list of Task
        Topics in order, then countries by name.

    Raises
    ------
    UsageError
        For an unknown topic or country.
    """
    found = find_notebooks(notebooks_folder)
    by_topic = {name: book for name, book in found.items() if book.per == "edition"}
    chosen = [_topic(name, by_topic) for name in dict.fromkeys(topics)] if topics else list(by_topic.values())
    focus_codes = [countries.find(text).iso3 for text in dict.fromkeys(focus)]
    places = sorted({countries.find(text) for text in pages}, key=lambda country: country.name)
    tasks = [
        _task(book, book.name, book.title, out / f"{book.name}.ipynb", edition, {"countries": focus_codes})
        for book in chosen
    ]
    for book in (b for b in found.values() if b.per == "country"):
        tasks += [
            _task(book, c.iso3, c.name, out / "countries" / f"{c.iso3}.ipynb", edition, {"country": c.iso3})
            for c in places
        ]
    return tasks


def _topic(name: str, known: dict[str, SourceNotebook]) -> SourceNotebook:
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1)
        hint = f"did you mean {near[0]}? " if near else ""
        raise UsageError(f'no topic "{name}": {hint}Topics are {", ".join(known)}')
    return known[name]


def _task(book: SourceNotebook, slug: str, title: str, target: Path, edition: int, values: dict[str, Any]) -> Task:
    declared = {parameter.name for parameter in book.parameters}
    given = {"edition": edition, **{name: value for name, value in values.items() if name in declared}}
    return Task(book.name, book.per, slug, title, book.path, target, book.bind(given))
