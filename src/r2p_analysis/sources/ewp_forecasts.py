"""An edition of the Early Warning Project's forecasts, as the project publishes it for replication."""

from __future__ import annotations

import re

import pandas as pd

from r2p_analysis import countries
from r2p_analysis.errors import SourceError, UsageError
from r2p_analysis.sources.files import require_columns, shown

# The year forecast and the last year of the data stand in the column's name.
_RISK = re.compile(r"risk\.(\d{4})only\.from(\d{4})")
_NAME, _NUMBER = "ewp_name", "ccode"
# The project numbers states as the Correlates of War do, which differs from Gleditsch and Ward here.
_OF_COW = {255: "DEU", 511: "TZA", 679: "YEM"}
_MISSING = ("NA", "")


def is_forecast(frame: pd.DataFrame) -> bool:
    """Tell the project's own file from a table of several editions."""
    return any(_RISK.fullmatch(name) for name in frame.columns)


def read_forecast(frame: pd.DataFrame, target: str, where: str) -> pd.DataFrame:
    """Read one edition.

    Parameters
    ----------
    frame : pandas.DataFrame
        The file's rows, one a country.
    target : str
        What is forecast.
    where : str
        File to name in an error.

    Returns
    -------
    pandas.DataFrame
        edition, base_year, iso3, risk_1yr (a share), target, rank_1yr; countries without a score have neither.

    Raises
    ------
    SourceError
        When the file has several forecasts of one year, lacks a column, or a country or score cannot be read.
    """
    found = [(name, match) for name in frame.columns if (match := _RISK.fullmatch(name))]
    if len(found) != 1:
        names = ", ".join(name for name, _ in found)
        raise SourceError(f"{where}: expected the risk of one year, got {names}; give the file of one edition")
    column, years = found[0]
    require_columns(frame, [_NAME, _NUMBER], where)
    cells = frame[column].astype("string").str.strip()
    risk = pd.to_numeric(cells, errors="coerce")
    bad = cells[risk.isna() & cells.notna() & ~cells.isin(_MISSING)]
    if len(bad):
        raise SourceError(f'{where}: expected a share in {column}, got "{shown(bad.iloc[0])}"')
    places = zip(frame[_NUMBER], frame[_NAME], strict=True)
    return pd.DataFrame(
        {
            "edition": int(years[1]),
            "base_year": int(years[2]),
            "iso3": [place_of(number, name, where) for number, name in places],
            "risk_1yr": risk,
            "target": target,
            "rank_1yr": risk.rank(method="min", ascending=False).astype("Int64"),
        }
    )


def place_of(number: object, name: object, where: str) -> str:
    """Give the ISO code of one of the project's numbers.

    Raises
    ------
    SourceError
        When no place has it.
    """
    try:
        cow = int(float(str(number)))
        return _OF_COW[cow] if cow in _OF_COW else countries.from_gwno(cow).iso3
    except (ValueError, OverflowError, UsageError):
        raise SourceError(
            f'{where}: "{shown(name)}" has the number {shown(number)}, which no country has in ewp_forecasts.py'
        ) from None
