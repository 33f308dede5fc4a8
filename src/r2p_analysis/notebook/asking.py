"""Asking for the exhibits of any topic, country and year from one's own notebook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from datetime import UTC, date, datetime
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
from IPython.display import Markdown
from IPython.display import display as show_object

from r2p_analysis.declarations import SourceNotebook, check_edition, find_notebooks
from r2p_analysis.errors import NotebookError, R2PError, UsageError
from r2p_analysis.exhibits.words import listed
from r2p_analysis.ipynb import read_ipynb
from r2p_analysis.measures import displacement
from r2p_analysis.notebook.shown import Shown
from r2p_analysis.store import age_of, open_tables
from r2p_analysis.workspace import find_workspace

if TYPE_CHECKING:
    from r2p_analysis.notebook.report import Report

ASKED: ContextVar[list[Report] | None] = ContextVar("r2p_asked", default=None)
"""Where `begin` leaves its report while a notebook is run by `figures`; it then shows nothing itself."""


class Figures(Mapping[str, Shown]):
    """The exhibits of one notebook by id. Shown in JupyterLab, it lists them; `read` shows them all.

    Parameters
    ----------
    title : str
        What was asked.
    items : list
        Exhibits, and paragraphs of Markdown, in the notebook's order.
    """

    def __init__(self, title: str, items: list[Shown | str]) -> None:
        self.title = title
        self._items = items
        self._shown = {item.id: item for item in items if isinstance(item, Shown)}

    def __getitem__(self, id: str) -> Shown:
        """Give the exhibit of an id."""
        if id not in self._shown:
            raise UsageError(f'{self.title} has no exhibit "{id}": it has {", ".join(self._shown)}')
        return self._shown[id]

    def __contains__(self, id: object) -> bool:
        """Say whether there is an exhibit of that id."""
        return id in self._shown

    def __iter__(self) -> Iterator[str]:
        """Go through the ids in order."""
        return iter(self._shown)

    def __len__(self) -> int:
        """Count the exhibits."""
        return len(self._shown)

    def __repr__(self) -> str:
        """List the exhibits, one a line."""
        return "\n".join([self.title, *(f"{id}: {shown}" for id, shown in self._shown.items())])

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td><code>{escape(id)}</code></td><td>{escape(shown.label)}</td><td>{escape(shown.headline)}</td></tr>"
            for id, shown in self._shown.items()
        )
        return f"<table><caption>{escape(self.title)}</caption><tbody>{rows}</tbody></table>"

    def read(self) -> None:
        """Show the whole notebook as a document: its text and exhibits without the code."""
        for item in self._items:
            if isinstance(item, Shown):
                item.show()
            else:
                show_object(Markdown(item))  # type: ignore[no-untyped-call]  # IPython leaves it untyped


def figures(notebook: str, edition: int, **parameters: Any) -> Figures:
    """Compute the exhibits of a notebook for other parameters, here and now.

    Parameters
    ----------
    notebook : str
        Name of a notebook of the workspace, as "displacement", or "country_profile" for a country.
    edition : int
        Year of the report; its figures are of the end of the year before.
    **parameters
        The notebook's other parameters, such as ``country="Ukraine"``: a name or a code.

    Returns
    -------
    Figures

    Raises
    ------
    UsageError
        For an unknown notebook, parameter or country, or an edition that cannot be made.
    NotebookError
        When a cell of the notebook fails.

    Examples
    --------
    >>> figures("country_profile", edition=2024, country="UKR")["displaced"]  # doctest: +SKIP
    """
    workspace = find_workspace()
    check_edition(edition, displacement.reference_years(open_tables(workspace.data)))
    source = _source(workspace.notebooks, notebook)
    bound = source.bind({"edition": edition, **parameters})
    told = ", ".join(f"{name}={value!r}" for name, value in bound.items() if name in {"edition", *parameters})
    call = f'figures("{notebook}", {told})'
    reports: list[Report] = []
    token = ASKED.set(reports)
    try:
        items = _run(source, bound, reports)
    finally:
        ASKED.reset(token)
    for item in items:
        if isinstance(item, Shown):
            item.ask = f'{call}["{item.id}"]'
    return Figures(call, items)


def stored(on: date | None = None) -> pd.DataFrame:
    """List the stored tables: what they hold, from where, how new, and how old that is.

    Parameters
    ----------
    on : date, optional
        The day for which the age is judged; today unless told.

    Returns
    -------
    pandas.DataFrame
        One row a table: title, producer, release, first and last year, day of access, age (fresh, due or stale),
        licence.
    """
    day = on or datetime.now(UTC).date()
    tables = open_tables(find_workspace().data)
    records = [tables.provenance(name) for name in tables]
    rows = {
        record.table: {
            "title": record.title,
            "producer": record.producer,
            "release": record.version,
            "from": record.first_year,
            "to": record.last_year,
            "accessed": record.retrieved,
            "age": age_of(record, day).state,
            "licence": record.licence,
        }
        for record in records
    }
    frame = pd.DataFrame.from_dict(rows, orient="index").rename_axis("table")
    return frame.astype({"from": "Int64", "to": "Int64"})


def _source(folder: Path, name: str) -> SourceNotebook:
    known = find_notebooks(folder)
    if name not in known:
        raise UsageError(f'no notebook "{name}" makes exhibits: have {listed(list(known))}')
    return known[name]


def _run(source: SourceNotebook, parameters: dict[str, Any], reports: list[Report]) -> list[Shown | str]:
    """Run the cells in a namespace of their own, and keep text and exhibits in their order."""
    space: dict[str, Any] = {"__name__": f"r2p_{source.name}"}
    items: list[Shown | str] = []
    taken = 0
    for number, cell in enumerate(read_ipynb(source.path)["cells"], start=1):
        if cell["cell_type"] == "markdown":
            items.append(cell["source"])
        if cell["cell_type"] != "code":
            continue
        try:
            # The code is that of the user's own workspace, which the kernel runs when its notebook is opened.
            exec(compile(cell["source"], f"{source.name}.ipynb, cell {number}", "exec"), space)  # noqa: S102  # as said above
        except R2PError:
            raise
        except Exception as error:
            raise NotebookError(f"{source.name}, cell {number}: {type(error).__name__}: {error}") from error
        if "parameters" in cell["metadata"].get("tags", []):
            space.update(parameters)
        new = reports[-1].items[taken:] if reports else []
        items += new
        taken += len(new)
    return items
