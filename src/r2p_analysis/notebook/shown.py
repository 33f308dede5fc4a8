"""An exhibit at hand: what a person does with it in JupyterLab, from looking at it to saving its files."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
from IPython.display import display as show_bundle

from r2p_analysis.errors import ExhibitError, UsageError
from r2p_analysis.exhibits.csvfile import to_csv
from r2p_analysis.exhibits.exhibit import EXHIBIT_MIME
from r2p_analysis.notebook import furniture
from r2p_analysis.notebook.drawing import drawing, picture, pixels
from r2p_analysis.notebook.live import live_bundle, live_chart, live_spec
from r2p_analysis.notebook.vegalite import TopLevelMixin

_DATATYPES = {"integer": "integer", "number": "decimal"}


def display(bundle: dict[str, Any], *, raw: bool, metadata: dict[str, Any] | None = None) -> None:
    """Put a MIME bundle into the output of the cell that runs."""
    show_bundle(bundle, raw=raw, metadata=metadata)  # type: ignore[no-untyped-call]  # IPython leaves it untyped


class Shown:
    """One exhibit of a notebook.

    In JupyterLab it shows headline, live chart, sources, notes, alt text and data.

    Parameters
    ----------
    payload : dict
        As `Exhibit.payload` or `gap_payload` gives it.
    label : str
        Its number, as "Figure 3".
    data : pandas.DataFrame
        The whole frame behind it, also columns that readers are not given.
    ask : str
        The expression that gives it, told to the reader.
    """

    def __init__(self, payload: dict[str, Any], label: str, data: pd.DataFrame, ask: str) -> None:
        self.payload = payload
        self.label = label
        self.data = data
        self.ask = ask

    def __repr__(self) -> str:
        """Give number and headline; for a place with nothing to show, the reason too."""
        reason = f": {self.payload['reason']}" if self.payload["reason"] else ""
        return f"{self.label}. {self.headline}{reason}"

    @property
    def id(self) -> str:
        """Its stable name."""
        return str(self.payload["id"])

    @property
    def headline(self) -> str:
        """The finding as a sentence."""
        return str(self.payload["headline"])

    @property
    def alt(self) -> str:
        """What the graphic is and what it shows, in words."""
        return str(self.payload["alt"])

    @property
    def chart(self) -> TopLevelMixin:
        """The live Altair chart, to explore or change.

        Raises
        ------
        ExhibitError
            When it has no chart.
        """
        self._needs_graphic("it has no chart")
        return live_chart(self.payload)

    def save(self, path: str | Path) -> Path:
        """Save the picture or the data. A missing folder is made, and a file of that name replaced.

        Parameters
        ----------
        path : str or Path
            Ending in ``.svg``, ``.png`` (twice the size) or ``.csv``. Pictures carry headline, subtitle and sources.
            Beside a CSV file its sources, licences and notes are written, as ``<name>.csv-metadata.json``.

        Returns
        -------
        Path
            The file.

        Raises
        ------
        UsageError
            For another ending, or a place that cannot be written to.
        ExhibitError
            When the exhibit has no picture, or no data.
        """
        target = Path(path).expanduser()
        makers: dict[str, Callable[[str], dict[str, bytes]]] = {
            ".svg": lambda name: {name: self._picture().encode()},
            ".png": lambda name: {name: pixels(self._picture())},
            ".csv": self._csv,
        }
        make = makers.get(target.suffix.lower())
        if make is None:
            raise UsageError(f"{target}: expected a name that ends in {', '.join(makers)}")
        made = make(target.name)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            for name, content in made.items():
                target.with_name(name).write_bytes(content)
        except OSError as error:
            raise UsageError(f"{target} cannot be written ({error.strerror}); give another place") from None
        return target

    def show(self) -> None:
        """Put the exhibit into the output of the cell that runs: what stands above it, the chart, what is below."""
        payload = self.payload
        head: dict[str, Any] = {EXHIBIT_MIME: payload, "text/plain": str(self)}
        top, bottom = furniture.above(payload, self.label), furniture.below(payload, self.ask)
        if not payload["graphic"]:
            inside = furniture.body(payload, "") if payload["rows"] else ""
            display(head | {"text/html": furniture.style() + top + inside + bottom}, raw=True)
            return
        spec, svg = live_spec(payload), drawing(payload)
        display(head | {"text/html": furniture.style(json.dumps(spec), svg) + top}, raw=True)
        live, metadata = live_bundle(spec, self.alt)
        # Not as HTML, which JupyterLab takes before Vega-Lite.
        display(live | {"image/svg+xml": svg}, raw=True, metadata=metadata)
        display({"text/html": bottom, "text/plain": "\n".join(furniture.source_lines(payload))}, raw=True)

    def _ipython_display_(self) -> None:
        self.show()

    def _repr_html_(self) -> str:
        """Give all of it as one piece of HTML with the drawing, for other frontends and for exports."""
        svg = drawing(self.payload) if self.payload["graphic"] else ""
        inside = furniture.body(self.payload, svg) if self.payload["rows"] else ""
        return (
            furniture.style(svg)
            + furniture.above(self.payload, self.label)
            + inside
            + furniture.below(self.payload, self.ask)
        )

    def _needs_graphic(self, what: str) -> None:
        if not self.payload["graphic"]:
            advice = (
                'save its data as ".csv"' if self.payload["rows"] else f"there is nothing: {self.payload['reason']}"
            )
            raise ExhibitError(f"exhibit {self.id} is a {self.payload['kind']}: {what}; {advice}")

    def _picture(self) -> str:
        self._needs_graphic("it has no picture")
        return picture(self.payload, furniture.source_lines(self.payload))

    def _csv(self, name: str) -> dict[str, bytes]:
        if not self.payload["rows"]:
            raise ExhibitError(f"exhibit {self.id} has no data: {self.payload['reason']}")
        text = to_csv([column["name"] for column in self.payload["columns"]], self.payload["rows"])
        about = json.dumps(self._described(name), indent=1, ensure_ascii=False)
        return {name: text.encode(), f"{name}-metadata.json": about.encode()}

    def _described(self, name: str) -> dict[str, Any]:
        """Describe the CSV file as the W3C's "CSV on the Web" has it."""
        payload = self.payload
        return {
            "@context": "http://www.w3.org/ns/csvw",
            "url": name,
            "dc:title": self.headline,
            "dc:description": f"{payload['subtitle']} {self.alt}",
            "dc:source": payload["sources"],
            "rdfs:comment": payload["notes"],
            "null": "",
            "tableSchema": {
                "columns": [
                    {
                        "name": column["name"],
                        "titles": [column["name"]],
                        "dc:title": column["title"],
                        "datatype": _DATATYPES.get(column["type"], "string"),
                        **({"schema:unitText": column["unit"]} if column["unit"] else {}),
                    }
                    for column in payload["columns"]
                ]
            },
        }
