"""Population of areas from the UN's World Population Prospects, for what the World Bank lacks."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from r2p_analysis import countries
from r2p_analysis.errors import SourceError
from r2p_analysis.sources.archives import gunzipped
from r2p_analysis.sources.cadence import Releases
from r2p_analysis.sources.contract import ByHand, Column, Source, Table
from r2p_analysis.sources.files import require_columns, shown, whole_numbers
from r2p_analysis.sources.guard import one_line_errors
from r2p_analysis.sources.politeness import Service

if TYPE_CHECKING:
    from r2p_analysis.sources.http import Http

SERVICE = Service(
    "wpp",
    "https://population.un.org/wpp/assets/Excel%20Files/1_Indicator%20(Standard)/CSV_FILES/",
    interval=2.0,
    pause=5.0,
)
_FILE = "WPP2024_Demographic_Indicators_Medium.csv.gz"
LAST_YEAR = 2024
"""The revision of 2024 estimates up to 2023 and projects from 2024: of projections, only this first year is taken."""
# The people of mid-year, in thousands: in the file of all indicators, and in that of populations by sex.
_POPULATIONS = ("TPopulation1July", "PopTotal")
_THEIRS = ["ISO3_code", "Location", "Variant", "Time"]
_OURS = ["iso3", "year", "population_midyear"]
_KIND, _COUNTRY = "LocTypeName", "Country/Area"
_SMALLEST = 1_200
"""People by which countries may differ from the world: the Holy See, under a thousand, is not in every file."""
_MOST = 1e8
"""Thousands of people: a hundred billion."""
WORLD = "WLD"
_SAME = 0.01
"""Thousands by which a country written twice may differ; the producer gives three decimals."""


def _countries_make_the_world(frame: pd.DataFrame) -> str | None:
    """A country that is lacking, or stands there twice under two codes, shows in no other way."""
    is_world = frame["iso3"] == WORLD
    world = frame[is_world].set_index("year")["population"]
    parts = frame[~is_world].groupby("year")["population"].sum()
    if len(without := sorted(set(parts.index) - set(world.index))):
        return f"{without[0]} has countries and no world to add them up to"
    off = (parts.reindex(world.index, fill_value=0) - world).abs()
    if (off <= _SMALLEST).all():
        return None
    year = off[off > _SMALLEST].index[0]
    return f"countries of {year} add up to {parts.get(year, 0):,} people, and the world has {world.loc[year]:,}"


SOURCE = Source(
    name="wpp",
    producer="UN DESA Population Division",
    licence="CC BY 3.0 IGO",
    licence_url="https://creativecommons.org/licenses/by/3.0/igo/",
    attribution="United Nations, DESA, Population Division, World Population Prospects 2024",
    cadence=Releases(
        "every two years in July", month=7, lag=0, every=2, anchor=2024, name="WPP {year}", numbered=r"WPP (\d{4})"
    ),
    url="https://population.un.org/wpp/",
    service=SERVICE.base,
    by_hand=(
        ByHand(
            _FILE,
            SERVICE.base + _FILE,
            ("wpp_population",),
            "WPP2024_TotalPopulationBySex.csv.gz from https://population.un.org/wpp/downloads does as well.",
        ),
    ),
    tables=(
        Table(
            name="wpp_population",
            title="Population of areas, mid-year, World Population Prospects 2024",
            columns=(
                Column("year", "integer", "mid-year", minimum=1950, maximum=2100),
                Column("iso3", "text", "country or territory; WLD is the world"),
                Column("population", "integer", "people", minimum=1),
            ),
            key=("year", "iso3"),
            checks=(_countries_make_the_world,),
            stems=(
                "wpp2024_population_derived",
                "WPP2024_Demographic_Indicators_Medium",
                "WPP2024_TotalPopulationBySex",
                "wpp",
            ),
            caveats=(
                "Used only where the World Bank has no figure; for most countries the two differ by under 1.1 %.",
            ),
            caveats_of_carried=("Computed backwards from the population of 31 December 2024 and the annual changes.",),
        ),
    ),
)


def download(table: str, folder: Path, session: Http) -> list[Path]:
    """Download the file of all indicators, medium variant."""
    from r2p_analysis.sources.bulk import take_text

    return take_text(session, SERVICE, _FILE, folder / _FILE)


def release(table: str, files: list[Path]) -> str:
    """Tell the revision, which the file's name says."""
    return f"WPP {files[0].name.removeprefix('WPP')[:4]}"


@one_line_errors
def parse(table: str, files: list[Path]) -> pd.DataFrame:
    """Read mid-year populations from the producer's own file, or from a table of iso3, year and population_midyear.

    Returns
    -------
    pandas.DataFrame
        year, iso3, population (people at mid-year). Groups of countries other than the world are left.

    Raises
    ------
    SourceError
        When columns are missing, a country has no code, or an area has no figure or two.
    """
    frame = pd.concat([_read(path) for path in files], ignore_index=True)
    out = pd.DataFrame(
        {
            "year": whole_numbers(frame["year"], files[0].name),
            "iso3": frame["iso3"].astype("string").str.strip(),
            "population": whole_numbers(frame["population_midyear"], files[0].name),
        }
    )
    known = {place.iso3 for place in countries.all_countries()} | {WORLD}
    strange = sorted(set(out["iso3"].dropna()) - known)
    if strange:
        raise SourceError(
            f'{files[0].name}: expected ISO 3166 alpha-3 codes, got "{shown(strange[0])}"; '
            "the producer changed the format, or add the place to codes/countries.csv"
        )
    contract = SOURCE.table(table)
    return out[contract.column_names].sort_values(list(contract.key), ignore_index=True)


def _read(path: Path) -> pd.DataFrame:
    wanted = {*_THEIRS, *_POPULATIONS, *_OURS, _KIND}
    try:
        frame = pd.read_csv(
            io.BytesIO(gunzipped(path)),
            keep_default_na=False,
            na_values=[""],
            low_memory=False,
            encoding="utf-8-sig",
            usecols=wanted.__contains__,
        )
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise SourceError(f"{path.name}: not a CSV file ({type(error).__name__}); get it again") from None
    if "Time" not in frame.columns:
        require_columns(frame, _OURS, path.name)
        return frame
    population = next((name for name in _POPULATIONS if name in frame.columns), _POPULATIONS[0])
    require_columns(frame, [*_THEIRS, population], path.name)
    return _mid_years(frame, population, path.name)


def _mid_years(frame: pd.DataFrame, population: str, where: str) -> pd.DataFrame:
    """Keep the medium variant, countries and the world, in people."""
    code = frame["ISO3_code"].astype("string").str.strip()
    code = code.mask(frame["Location"].astype("string").str.strip() == "World", WORLD)
    if _KIND in frame.columns and len(nameless := frame[(frame[_KIND] == _COUNTRY) & code.isna()]):
        raise SourceError(
            f"{where}: {shown(nameless['Location'].iloc[0])} is a country without a code; nothing is left out"
        )
    years = whole_numbers(frame["Time"], where)
    kept = code.notna() & (frame["Variant"].astype("string").str.strip() == "Medium") & (years <= LAST_YEAR)
    thousands = pd.to_numeric(frame.loc[kept, population], errors="coerce")
    if (strange := ~thousands.between(0, _MOST)).any():
        raise SourceError(f"{where}: {shown(code[kept][strange].iloc[0])} has a year without a number of people")
    out = pd.DataFrame({"iso3": code[kept], "year": years[kept], "thousands": thousands})
    of_area = out.groupby(["iso3", "year"])["thousands"]
    spread = of_area.max() - of_area.min()
    if len(twice := spread[spread > _SAME].reset_index()):
        raise SourceError(f"{where}: {shown(twice['iso3'][0])} in {twice['year'][0]} has two numbers of people")
    out = out.drop_duplicates(["iso3", "year"])
    return out.assign(population_midyear=(out["thousands"] * 1000).round().astype("Int64"))
