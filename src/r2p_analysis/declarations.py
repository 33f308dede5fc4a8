"""What source notebooks declare: title, order and parameters, read without running them.

It lies below both that run notebooks: `run` for a report, and `notebook` for a person in JupyterLab.
"""

from __future__ import annotations

import ast
import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from r2p_analysis import countries
from r2p_analysis.errors import NotebookError, UsageError

Per = Literal["edition", "country"]
FOR_A_PERSON = "person"
"""In place of what a notebook is run for: it is opened in JupyterLab, and makes no page."""
_TYPES: dict[str, type] = {"int": int, "float": float, "str": str, "bool": bool, "list": list, "list[str]": list}


@dataclass(frozen=True)
class Parameter:
    """One declared parameter.

    Attributes
    ----------
    name : str
        Variable in the cell tagged ``parameters``.
    type : str
        int, float, str, bool, list or list[str].
    default : Any
        Value when none is given.
    """

    name: str
    type: str
    default: Any


@dataclass(frozen=True)
class SourceNotebook:
    """One notebook of the report.

    Attributes
    ----------
    name : str
        File name without ending.
    path : Path
        Where it lies.
    title : str
        Title for readers.
    order : int
        Place among the topics.
    per : {"edition", "country"}
        Whether it runs once an edition or once a country.
    parameters : tuple of Parameter
        What it declares.
    """

    name: str
    path: Path
    title: str
    order: int
    per: Per
    parameters: tuple[Parameter, ...]

    def bind(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Check values against the declaration and add the defaults.

        Parameters
        ----------
        given : mapping
            Values by parameter name.

        Returns
        -------
        dict
            A value for every parameter: JSON scalars and lists of them.

        Raises
        ------
        UsageError
            For an unknown name, a wrong type or an unknown country.
        """
        declared = {parameter.name: parameter for parameter in self.parameters}
        for name in given:
            if name not in declared:
                near = difflib.get_close_matches(name, declared, n=1)
                hint = f"; did you mean {near[0]}?" if near else ""
                raise UsageError(f'{self.name}: no parameter "{name}"{hint} It declares {", ".join(declared)}')
        return {name: _checked(self.name, p, given.get(name, p.default)) for name, p in declared.items()}


def find_notebooks(folder: Path) -> dict[str, SourceNotebook]:
    """Find the notebooks of the report: those with ``r2p`` in their metadata.

    Raises
    ------
    NotebookError
        When a notebook breaks a rule, or there is none.
    """
    found = [read_notebook(path) for path in sorted(folder.glob("*.ipynb"))]
    notebooks = {book.name: book for book in sorted((b for b in found if b), key=lambda b: (b.order, b.name))}
    if not notebooks:
        raise NotebookError(f"no notebook with r2p metadata at {folder}: expected at least displacement.ipynb")
    return notebooks


def read_notebook(path: Path) -> SourceNotebook | None:
    """Read the declaration of one notebook; None when it makes no page: a person's own, or one that helps a person.

    Raises
    ------
    NotebookError
        When its metadata or its parameters cell break a rule.
    """
    # Here, for a Dask worker that is sent tasks reads no notebook, and starts sooner.
    import nbformat

    try:
        book = nbformat.read(path, as_version=4)
    except (OSError, ValueError, nbformat.ValidationError, nbformat.reader.NotJSONError) as error:
        raise NotebookError(f"{path.name} cannot be read as a notebook: {error}") from None
    meta = book.metadata.get("r2p")
    if meta is None or meta.get("per") == FOR_A_PERSON:
        return None
    for key in ("title", "order", "per"):
        if key not in meta:
            raise NotebookError(f"{path.name}: its r2p metadata lack {key}; expected title, order, per")
    if meta["per"] not in ("edition", "country"):
        raise NotebookError(f'{path.name}: per is "{meta["per"]}", expected edition, country or person')
    cells = [c for c in book.cells if c.cell_type == "code" and "parameters" in c.metadata.get("tags", [])]
    if len(cells) != 1:
        raise NotebookError(f"{path.name}: expected one cell tagged parameters, got {len(cells)}")
    return SourceNotebook(
        path.stem, path, meta["title"], int(meta["order"]), meta["per"], _declared(cells[0].source, path.name)
    )


def _declared(source: str, where: str) -> tuple[Parameter, ...]:
    parameters = []
    for node in ast.parse(source).body:
        if not isinstance(node, ast.AnnAssign) or not isinstance(node.target, ast.Name) or node.value is None:
            raise NotebookError(f"{where}, parameters cell, line {node.lineno}: expected name: type = value")
        kind = ast.unparse(node.annotation)
        if kind not in _TYPES:
            raise NotebookError(f"{where}: parameter {node.target.id} has type {kind}, expected {', '.join(_TYPES)}")
        parameters.append(Parameter(node.target.id, kind, ast.literal_eval(node.value)))
    return tuple(parameters)


def _checked(where: str, parameter: Parameter, value: Any) -> Any:
    wanted = _TYPES[parameter.type]
    right = isinstance(value, wanted) and not (wanted is int and isinstance(value, bool))
    if not right:
        raise UsageError(
            f"{where}: parameter {parameter.name} expects {parameter.type}, got {type(value).__name__} {value!r}"
        )
    if wanted is list and not all(isinstance(item, str | int | float | bool) for item in value):
        raise UsageError(f"{where}: parameter {parameter.name} takes a list of plain values, got {value!r}")
    if parameter.name == "country":
        return countries.find(value).iso3
    if parameter.name == "countries":
        return [countries.find(item).iso3 for item in value]
    return value


def check_edition(edition: int, reference_years: range) -> int:
    """Give the edition back if it can be made.

    Raises
    ------
    UsageError
        With the editions that can be made.
    """
    first, last = reference_years[0] + 1, reference_years[-1] + 1
    if not first <= edition <= last:
        raise UsageError(
            f"edition {edition} cannot be made: its figures would be of the end of {edition - 1}; the stored tables "
            f"are complete by country from {reference_years[0]} to {reference_years[-1]}, so editions {first} to "
            f"{last} can be made"
        )
    return edition
