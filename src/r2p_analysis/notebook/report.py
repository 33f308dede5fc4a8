"""What a notebook works with: tables, the edition's years, and the ways to put findings into its output."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

import pandas as pd

from r2p_analysis.claims import Document, load_document
from r2p_analysis.errors import ExhibitError, NotebookError
from r2p_analysis.exhibits.exhibit import EXHIBIT_MIME, Column, Exhibit, gap_payload
from r2p_analysis.exhibits.graphic import Graphic
from r2p_analysis.exhibits.headlines import Finding
from r2p_analysis.notebook.asking import ASKED
from r2p_analysis.notebook.live import use_here
from r2p_analysis.notebook.shown import Shown, display
from r2p_analysis.notebook.vegalite import alt
from r2p_analysis.store import Tables, open_tables, sources_of
from r2p_analysis.workspace import find_workspace

PROSE_MIME = "application/vnd.r2p.prose.v1+json"
RECORD_MIME = "application/vnd.r2p.record.v1+json"
RUN_VARIABLE = "R2P_RUN"
"""Set while the report is built: outputs then hold what the site needs and nothing for the eye."""


def begin(notebook: str, edition: int, **parameters: Any) -> Report:
    """Open the stored tables for one notebook of one edition.

    Parameters
    ----------
    notebook : str
        Name of the notebook, without ending.
    edition : int
        Year of the report; its figures are of the end of the year before.
    **parameters
        The notebook's other parameters, for the record.

    Returns
    -------
    Report
    """
    workspace = find_workspace()
    report = Report(
        notebook,
        edition,
        parameters,
        open_tables(workspace.data),
        load_document(workspace.data / "claims", edition),
    )
    asked = ASKED.get()
    if asked is not None:
        report.quiet = True
        asked.append(report)
    if RUN_VARIABLE not in os.environ:
        use_here()
    return report


class Report:
    """One notebook at work.

    Attributes
    ----------
    tables : Tables
        The stored tables.
    edition, year : int
        The report's year, and the year that its figures are about.
    document : Document or None
        The claims recorded for the edition.
    items : list
        What was shown so far: exhibits, and sentences as text.
    quiet : bool
        Whether to keep all that without showing it.
    """

    def __init__(
        self, notebook: str, edition: int, parameters: dict[str, Any], tables: Tables, document: Document | None
    ) -> None:
        self.notebook = notebook
        self.edition = edition
        self.year = edition - 1
        self.tables = tables
        self.document = document
        self._parameters = parameters
        self.items: list[Shown | str] = []
        self.quiet = False
        self._shown: dict[str, Shown] = {}
        self._findings = 0

    def show(
        self,
        id: str,
        finding: Finding,
        *,
        subtitle: str,
        subject: str,
        data: pd.DataFrame,
        columns: Sequence[Column],
        graphic: Graphic | None = None,
        basis: Sequence[pd.DataFrame] = (),
        notes: Sequence[str] = (),
    ) -> None:
        """Put an exhibit into the notebook's output.

        Parameters
        ----------
        id : str
            Stable name, an anchor.
        finding : Finding
            Headline and what the graphic shows, computed from the figures.
        subtitle, subject : str
            Measure, place, period and unit; what the graphic is of.
        data : pandas.DataFrame
            The frame behind it.
        columns : sequence of Column
            Columns of `data` for readers.
        graphic : Graphic, optional
            Chart or map; without one the data themselves are the exhibit.
        basis : sequence of pandas.DataFrame
            Frames made by measures from which `data` was put together, when `data` itself no longer knows its tables.
        notes : sequence of str
            Definitions, breaks, caveats; empty ones are left out. Where figures by year end before the edition's year
            and no text says so, a note is added.

        Raises
        ------
        ExhibitError
            When a part is missing, or the id was shown before.
        """
        notes = [note for note in notes if note]
        exhibit = Exhibit(
            id=id,
            headline=finding.headline,
            subtitle=subtitle,
            subject=subject,
            shows=finding.shows,
            data=data,
            columns=columns,
            sources=[self.tables.provenance(name).credit() for name in sources_of(data, *basis)],
            graphic=graphic,
            notes=[*notes, *_ends_early(data, columns, self.year, [finding.headline, subtitle, *notes])],
            claims=self._claims_on(id),
        )
        self._put(id, exhibit.payload(), data)

    def gap(self, id: str, title: str, reason: str) -> None:
        """Keep the place of an exhibit for which there is nothing to show, and say why."""
        self._put(id, gap_payload(id, title, reason), pd.DataFrame())

    def say(self, text: str) -> None:
        """Put a paragraph with figures into the notebook's output."""
        self._prose("text", text, None, "")

    def finding(self, finding: Finding | str, exhibit: str) -> None:
        """Put one of the key findings, or a computed sentence, into the output, with the exhibit that shows it."""
        self._findings += 1
        found = Finding(finding, "") if isinstance(finding, str) else finding
        self._prose("finding", found.headline, exhibit, found.figure)

    def exhibit(self, id: str) -> Shown:
        """Give an exhibit shown before: its data frame, its live chart, and its files to save.

        Raises
        ------
        ExhibitError
            When no exhibit of that id was shown.
        """
        if id not in self._shown:
            raise ExhibitError(f'no exhibit "{id}" was shown; shown are {", ".join(self._shown) or "none yet"}')
        return self._shown[id]

    def chart(self, id: str) -> alt.TopLevelMixin:
        """Give the live Altair chart of an exhibit shown before, to explore, change or save.

        Raises
        ------
        ExhibitError
            When no exhibit of that id was shown, or it has no chart.
        """
        return self.exhibit(id).chart

    def finish(self) -> None:
        """Record what was shown. The last cell of every notebook.

        Raises
        ------
        NotebookError
            When nothing was shown.
        """
        if not self._shown:
            raise NotebookError(f"{self.notebook}: nothing was shown; a notebook shows at least one exhibit")
        record = {
            "schema": 1,
            "exhibits": list(self._shown),
            "findings": self._findings,
            "title": self.notebook,
            "parameters": {"edition": self.edition, **self._parameters},
            "tables": sorted(self.tables.asked),
        }
        text = f"{len(self._shown)} exhibits shown: {', '.join(self._shown)}"
        if not self.quiet:
            display({RECORD_MIME: record, "text/plain": text}, raw=True)

    def _claims_on(self, id: str) -> list[str]:
        where = f"{self.notebook}#{id}"
        recorded = (*self.document.claims, *self.document.printed) if self.document else ()
        return [claim.id for claim in recorded if where in claim.exhibits]

    def _put(self, id: str, payload: dict[str, Any], data: pd.DataFrame) -> None:
        if id in self._shown:
            raise ExhibitError(f'exhibit id "{id}" stands twice in {self.notebook}: give each its own')
        shown = Shown(payload, self._label(payload["kind"]), data, f'report.exhibit("{id}")')
        self._shown[id] = shown
        self.items.append(shown)
        if self.quiet:
            return
        if RUN_VARIABLE in os.environ:
            text = f"{payload['headline']}: {payload['reason']}" if payload["kind"] == "gap" else payload["headline"]
            display({EXHIBIT_MIME: payload, "text/plain": text}, raw=True)
        else:
            shown.show()

    def _label(self, kind: str) -> str:
        """Number an exhibit as the report's page does."""
        word = "Table" if kind == "table" else "Figure"
        return f"{word} {1 + sum(shown.label.startswith(word) for shown in self._shown.values())}"

    def _prose(self, role: str, text: str, exhibit: str | None, figure: str) -> None:
        self.items.append(text)
        if self.quiet:
            return
        prose = {"schema": 1, "role": role, "text": text, "exhibit": exhibit, "figure": figure}
        display({PROSE_MIME: prose, "text/plain": text, "text/markdown": text}, raw=True)


def _ends_early(data: pd.DataFrame, columns: Sequence[Column], year: int, texts: Sequence[str]) -> list[str]:
    """Say that a series by year ends before the edition's year, unless a text already names its last year."""
    if "year" not in data.columns or not pd.api.types.is_integer_dtype(data["year"].dtype):
        return []
    figures = [c.name for c in columns if c.name != "year" and pd.api.types.is_numeric_dtype(data[c.name].dtype)]
    known = data[data[figures].notna().any(axis=1)] if figures else data
    if known.empty:
        return []
    last = int(known["year"].max())
    if last >= year or any(str(last) in text for text in texts):
        return []
    return [f"The last year with a figure here is {last}."]
