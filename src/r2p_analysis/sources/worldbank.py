"""Mid-year population of countries from the World Bank's World Development Indicators."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from r2p_analysis import countries
from r2p_analysis.errors import SourceError
from r2p_analysis.sources.cadence import Releases
from r2p_analysis.sources.contract import ByHand, Column, Source, Table
from r2p_analysis.sources.files import read_delimited, read_json, require_columns, whole_numbers
from r2p_analysis.sources.guard import one_line_errors
from r2p_analysis.sources.politeness import Service

if TYPE_CHECKING:
    from r2p_analysis.sources.http import Http

# It answers 400 at random when it is asked too often; notes of its users say to wait three to six seconds.
SERVICE = Service("worldbank", "https://api.worldbank.org/v2/", interval=0.5, pause=4.0, throttles_with=(400,))
PAGE_ROWS = 20_000

# Groups of economies; the service mixes them with countries and only /v2/country tells them apart.
AGGREGATES = frozenset(
    "AFE AFW ARB CEB CSS EAP EAR EAS ECA ECS EMU EUU FCS HIC HPC IBD IBT IDA IDB IDX LAC LCN LDC LIC LMC LMY LTE MEA "
    "MIC MNA NAC OED OSS PRE PSS PST SAS SSA SSF SST TEA TEC TLA TMN TSA TSS UMC WLD".split()
)
# Jersey and Guernsey together; the parts have no figure of their own.
CHANNEL_ISLANDS = "CHI"


def _known_places(frame: pd.DataFrame) -> str | None:
    known = {country.iso3 for country in countries.all_countries()} | {"WLD"}
    unknown = sorted(set(frame["iso3"]) - known)
    return f"iso3 holds unknown codes {', '.join(unknown[:5])}: new groups of economies?" if unknown else None


SOURCE = Source(
    name="worldbank",
    producer="World Bank",
    licence="CC BY 4.0",
    licence_url="https://www.worldbank.org/en/about/legal/terms-of-use-for-datasets",
    attribution="World Bank, World Development Indicators, SP.POP.TOTL",
    cadence=Releases("yearly in July, small updates between", month=7),
    url="https://data.worldbank.org/indicator/SP.POP.TOTL",
    service="https://api.worldbank.org/v2/",
    tables=(
        Table(
            name="worldbank_population",
            title="Population, mid-year",
            columns=(
                Column("year", "integer", "mid-year", minimum=1960, maximum=2100),
                Column("iso3", "text", "country or territory; WLD is the world", place=False),
                Column("population", "integer", "people", minimum=1),
            ),
            key=("year", "iso3"),
            stems=("worldbank_sp_pop_totl", "sp_pop_totl"),
            checks=(_known_places,),
            caveats=("Has no figure for Taiwan, Western Sahara, the Holy See and the smallest territories.",),
        ),
    ),
    by_hand=(
        ByHand(
            "sp_pop_totl*.json",
            "https://api.worldbank.org/v2/country/all/indicator/SP.POP.TOTL?format=json&per_page=20000&page=1",
            ("worldbank_population",),
            "Raise page by one until the answer's pages, and number the files: sp_pop_totl-1.json and so on.",
        ),
    ),
)


def download(table: str, folder: Path, session: Http) -> list[Path]:
    """Download SP.POP.TOTL for all economies and years into the raw folder.

    Raises
    ------
    SourceError
        When the service answers with a message, without rows, or with fewer rows than it promises.
    """
    files: list[Path] = []
    pages, rows, promised = 1, 0, 0
    while len(files) < pages:
        number = len(files) + 1
        target = folder / f"sp_pop_totl-{number:04}.json"
        query = [("format", "json"), ("per_page", str(PAGE_ROWS)), ("page", str(number))]
        answer = session.page(SERVICE, "country/all/indicator/SP.POP.TOTL", query, target, fault=_unavailable)
        rows += len(_rows_of(answer, target.name))
        pages, promised = (_number(answer[0], name, target.name) for name in ("pages", "total"))
        files.append(target)
        session.progress("population", number, pages)
    if rows != promised:
        raise SourceError(f"{target.name}: expected {promised:,} rows on {pages} pages, got {rows:,}; fetch again")
    return files


def release(table: str, files: list[Path]) -> str:
    """Give the date on which the World Bank last changed the indicators."""
    return f"updated {read_json(files[0])[0].get('lastupdated', 'at a date not told')}"


def _unavailable(answer: Any) -> str | None:
    """Name the one message that passes: 105, "service currently unavailable"."""
    message = _message(answer)
    return f'it says "{message.get("value")}"' if message and str(message.get("id")) == "105" else None


def _number(meta: Any, name: str, where: str) -> int:
    text = str(meta.get(name)) if isinstance(meta, dict) else ""
    if not (text.isascii() and text.isdigit()):
        raise SourceError(f'{where}: expected a number of {name}, got "{text}"; the service changed')
    return int(text)


@one_line_errors
def parse(table: str, files: list[Path]) -> pd.DataFrame:
    """Read SP.POP.TOTL from the service's pages or from a CSV of the flattened rows.

    Returns
    -------
    pandas.DataFrame
        year, iso3, population (people at mid-year). ``WLD`` is kept as the world; other groups and the Channel
        Islands, which are no ISO 3166 code, are left out. Years without a value have no row.

    Raises
    ------
    SourceError
        When the service answered with a message or without rows, or columns are missing.
    """
    frame = pd.concat([_read_one(path) for path in files], ignore_index=True)
    require_columns(frame, ["countryiso3code", "date", "value"], files[0].name)
    codes = frame["countryiso3code"].astype("string").str.strip()
    out = pd.DataFrame(
        {
            "year": whole_numbers(frame["date"], files[0].name),
            "iso3": codes,
            "population": whole_numbers(frame["value"], files[0].name),
        }
    )
    left_out = (AGGREGATES - {"WLD"}) | {CHANNEL_ISLANDS, ""}
    out = out[out["population"].notna() & ~out["iso3"].isin(left_out)]
    contract = SOURCE.table(table)
    return out[contract.column_names].sort_values(list(contract.key), ignore_index=True)


def _read_one(path: Path) -> pd.DataFrame:
    if not path.name.endswith(".json"):
        return read_delimited(path)
    return pd.DataFrame(_rows_of(read_json(path), path.name))


def _message(answer: Any) -> dict[str, Any] | None:
    """Give the message that the service sends, with success, in place of rows."""
    only = answer[0] if isinstance(answer, list) and len(answer) == 1 else None
    messages = only.get("message") if isinstance(only, dict) else None
    return messages[0] if isinstance(messages, list) and messages and isinstance(messages[0], dict) else None


def _rows_of(answer: Any, where: str) -> list[dict[str, Any]]:
    message = _message(answer)
    if message:
        raise SourceError(f'{where}: the World Bank answered "{message.get("value")}"; check the address')
    rows = answer[1] if isinstance(answer, list) and len(answer) == 2 else None
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise SourceError(f"{where}: the World Bank's answer holds no rows; check countries and years")
    return rows
