"""The Exhibit: everything a page needs to show one finding, and nothing it could show without."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import pandas as pd

from r2p_analysis.errors import ExhibitError
from r2p_analysis.exhibits.graphic import Graphic

EXHIBIT_MIME = "application/vnd.r2p.exhibit.v1+json"
MOST_ROWS = 5000
MAP_NOTE = (
    "Boundaries: Natural Earth. The boundaries and names shown and the designations used on this map do not imply "
    "official endorsement or acceptance by the United Nations, nor any opinion on the legal status of any territory."
)
Kind = Literal["chart", "map", "table", "gap"]


@dataclass(frozen=True)
class Column:
    """How a column of an exhibit's data reads in a table.

    Attributes
    ----------
    name, title : str
        Column of the frame and its heading.
    unit : str
        Unit, when the heading does not say it.
    decimals : int
        Digits after the point, for numbers.
    """

    name: str
    title: str
    unit: str = ""
    decimals: int = 0


@dataclass(frozen=True)
class Exhibit:
    """One finding with its evidence.

    Parameters
    ----------
    id : str
        Stable name, an anchor: lower-case letters, digits and hyphens.
    headline : str
        The finding as a sentence, computed from the numbers.
    subtitle : str
        Measure, place, period, unit.
    shows : str
        End of the alt text "<kind> of <subject> where <shows>".
    subject : str
        What the graphic is of.
    data : pandas.DataFrame
        The tidy frame behind it, at most 5,000 rows.
    columns : sequence of Column
        Columns of `data` to give to readers, with their headings.
    sources : sequence of mapping
        Credits of the tables that `data` rests on.
    graphic : Graphic, optional
        The chart or map; an exhibit without one is a table.
    notes : sequence of str
        Definitions, breaks, caveats.
    claims : sequence of str
        Ids of the ledger's claims on which it bears.

    Raises
    ------
    ExhibitError
        When a part is missing or the data are too many.
    """

    id: str
    headline: str
    subtitle: str
    subject: str
    shows: str
    data: pd.DataFrame
    columns: Sequence[Column]
    sources: Sequence[Mapping[str, str]]
    graphic: Graphic | None = None
    notes: Sequence[str] = field(default=())
    claims: Sequence[str] = field(default=())

    def __post_init__(self) -> None:
        """Refuse an exhibit that lacks a part."""
        if not re.fullmatch(r"[a-z][a-z0-9-]*", self.id):
            raise ExhibitError(f'exhibit id "{self.id}": expected lower-case letters, digits and hyphens')
        for name in ("headline", "subtitle", "subject", "shows"):
            if not getattr(self, name).strip():
                raise ExhibitError(f"exhibit {self.id} has no {name}: every exhibit needs one")
        if not self.sources:
            raise ExhibitError(
                f"exhibit {self.id} has no sources: pass the frames that measures returned as basis, to make them known"
            )
        if self.data.empty:
            raise ExhibitError(f"exhibit {self.id} has no data: show a gap with the reason instead")
        if len(self.data) > MOST_ROWS:
            raise ExhibitError(f"exhibit {self.id} has {len(self.data)} rows, at most {MOST_ROWS}: sum them up first")
        missing = [column.name for column in self.columns if column.name not in self.data.columns]
        if missing or not self.columns:
            raise ExhibitError(f"exhibit {self.id}: no column {missing[0] if missing else 'at all'} in its data")

    @property
    def kind(self) -> Kind:
        """Chart, map or table."""
        if self.graphic is None:
            return "table"
        return "map" if self.graphic.geometry else "chart"

    @property
    def alt(self) -> str:
        """What the graphic is and what it shows, for those who do not see it."""
        kind = self.graphic.kind if self.graphic else "Table"
        return f"{kind} of {self.subject} where {self.shows}".rstrip(".") + "."

    def payload(self) -> dict[str, Any]:
        """Give the exhibit as JSON for a notebook's output."""
        notes = [*self.notes, MAP_NOTE] if self.kind == "map" else list(self.notes)
        graphic = self.graphic and {
            "kind": self.graphic.kind,
            "layouts": self.graphic.layouts,
            "geometry": list(self.graphic.geometry),
        }
        return {
            "schema": 1,
            "id": self.id,
            "kind": self.kind,
            "headline": self.headline,
            "subtitle": self.subtitle,
            "alt": self.alt,
            "graphic": graphic,
            "columns": [self._column(column) for column in self.columns],
            "rows": self._rows(),
            "sources": [dict(source) for source in self.sources],
            "notes": notes,
            "claims": list(self.claims),
            "reason": "",
        }

    def _column(self, column: Column) -> dict[str, Any]:
        dtype = self.data[column.name].dtype
        kind = "text"
        if pd.api.types.is_integer_dtype(dtype):
            kind = "integer"
        elif pd.api.types.is_float_dtype(dtype):
            kind = "number"
        return {
            "name": column.name,
            "title": column.title,
            "type": kind,
            "unit": column.unit,
            "decimals": column.decimals,
        }

    def _rows(self) -> list[list[Any]]:
        names = [column.name for column in self.columns]
        return [[_scalar(value) for value in row] for row in self.data[names].itertuples(index=False, name=None)]


def gap_payload(id: str, title: str, reason: str) -> dict[str, Any]:
    """Give the place of an exhibit for which there is nothing to show, with the reason.

    Raises
    ------
    ExhibitError
        When the reason is empty.
    """
    if not reason.strip():
        raise ExhibitError(f"exhibit {id} is left out without a reason: say why there is nothing to show")
    return {
        "schema": 1,
        "id": id,
        "kind": "gap",
        "headline": title,
        "subtitle": "",
        "alt": "",
        "graphic": None,
        "columns": [],
        "rows": [],
        "sources": [],
        "notes": [],
        "claims": [],
        "reason": reason,
    }


def _scalar(value: Any) -> Any:
    """Turn a cell into a JSON scalar; every kind of missing is null."""
    if value is None or value is pd.NA or (isinstance(value, float) and value != value):
        return None
    if isinstance(value, bool | str):
        return value
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float):
        # Twelve figures: more would show noise of the processor.
        return float(f"{value:.12g}")
    return value
