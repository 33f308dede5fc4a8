"""Figures as flagship reports printed them at the time: the other half of "then and now"."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from r2p_analysis.errors import SourceError
from r2p_analysis.sources.cadence import Fixed
from r2p_analysis.sources.contract import Column, Source, Table
from r2p_analysis.sources.files import read_delimited, require_columns, whole_numbers
from r2p_analysis.sources.guard import one_line_errors

# Item of the raw tables -> place, component of the project, and the unit to which it was printed.
_ITEMS = {
    "forcibly_displaced": ("WLD", "forcibly_displaced"),
    "refugees_total": ("WLD", "all_refugees"),
    "refugees_unhcr_mandate": ("WLD", "refugees"),
    "unrwa_refugees": ("WLD", "palestine_refugees"),
    "idmc_conflict_idps": ("WLD", "conflict_idps"),
    "asylum_seekers": ("WLD", "asylum_seekers"),
    "stateless_reported": ("WLD", "stateless"),
    "new_conflict_displacements": ("WLD", "new_conflict_displacements"),
    "syria_refugees": ("SYR", "refugees"),
    "syria_idps": ("SYR", "unhcr_idps"),
    "afghanistan_refugees": ("AFG", "refugees"),
    "somalia_refugees": ("SOM", "refugees"),
    "colombia_idps": ("COL", "unhcr_idps"),
    "iraq_idps": ("IRQ", "unhcr_idps"),
}
_WORLD_TOTAL = re.compile(r"World forcibly displaced end-(\d{4})")
_MILLIONS = re.compile(r"([\d.]+) m")

SOURCE = Source(
    name="published",
    producer="UNHCR and IDMC, as printed",
    licence="facts, cited row by row",
    licence_url="",
    attribution="UNHCR Global Trends and IDMC Global Report on Internal Displacement, editions named in each row",
    cadence=Fixed("with each printed report"),
    url="https://www.unhcr.org/global-trends",
    tables=(
        Table(
            name="published_figures",
            title="Displacement figures as printed at the time",
            columns=(
                Column("year", "integer", "the year the figure is about", minimum=1951, maximum=2100),
                Column("place", "text", "ISO 3166 alpha-3; WLD is the world"),
                Column("component", "text", "category of people"),
                Column("people", "integer", "people, as printed", minimum=0),
                Column("printed_to", "integer", "the figure was rounded to this many people", minimum=1),
                Column("published_in", "text", "report"),
                Column("url", "text", "where it can be read"),
                Column("basis", "text", "how the row was obtained", allowed=("printed report", "quoted elsewhere")),
            ),
            key=("year", "place", "component"),
            stems=("published_2016_figures", "published_vs_revised"),
            every_stem=True,
            caveats=("Rounded as printed, mostly to 100,000 people.",),
        ),
    ),
)


@one_line_errors
def parse(table: str, files: list[Path]) -> pd.DataFrame:
    """Read printed figures from the two kinds of hand-made lists.

    Returns
    -------
    pandas.DataFrame
        Columns of the contract; one row a year, place and component.

    Raises
    ------
    SourceError
        When an item is unknown or columns are missing.
    """
    rows = [row for path in files for row in _read_one(path)]
    contract = SOURCE.table(table)
    frame = pd.DataFrame(rows, columns=contract.column_names)
    # A row read off the printed report wins over one that another text quotes.
    frame = frame.sort_values("basis", kind="stable").drop_duplicates(list(contract.key), keep="first")
    return frame.sort_values(list(contract.key), ignore_index=True)


def _read_one(path: Path) -> list[tuple[object, ...]]:
    frame = read_delimited(path)
    return _of_2016(frame, path.name) if "measure" in frame.columns else _world_totals(frame, path.name)


def _of_2016(frame: pd.DataFrame, where: str) -> list[tuple[object, ...]]:
    require_columns(frame, ["year", "measure", "published_value", "source", "url"], where)
    unknown = sorted(set(frame["measure"]) - set(_ITEMS))
    if unknown:
        raise SourceError(f"{where}: unknown measure {unknown[0]}; name its place and component in published.py")
    years, values = whole_numbers(frame["year"], where), whole_numbers(frame["published_value"], where)
    return [
        (year, *_ITEMS[measure], value, 100_000, source, url, "printed report")
        for year, measure, value, source, url in zip(
            years, frame["measure"], values, frame["source"], frame["url"], strict=True
        )
    ]


def _world_totals(frame: pd.DataFrame, where: str) -> list[tuple[object, ...]]:
    require_columns(frame, ["item", "as_published", "published_in", "evidence_url"], where)
    rows: list[tuple[object, ...]] = []
    for item, printed, report, url in zip(
        frame["item"], frame["as_published"], frame["published_in"], frame["evidence_url"], strict=True
    ):
        about, value = _WORLD_TOTAL.fullmatch(item), _MILLIONS.fullmatch(printed)
        if about and value:
            people = round(float(value[1]) * 1_000_000)
            rows.append((int(about[1]), "WLD", "forcibly_displaced", people, 100_000, report, url, "quoted elsewhere"))
    return rows
