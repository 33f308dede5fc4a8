"""Money in dollars of one year: nominal amounts made comparable by US consumer prices."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from r2p_analysis.errors import MeasureError
from r2p_analysis.store import Tables, measure


@measure
def deflate(tables: Tables, frame: pd.DataFrame, columns: Sequence[str], base_year: int) -> pd.DataFrame:
    """Restate nominal dollars in dollars of one year.

    Parameters
    ----------
    tables : Tables
        Needs prices.
    frame : pandas.DataFrame
        With a column year.
    columns : sequence of str
        Columns in nominal US dollars.
    base_year : int
        Year whose dollars are meant.

    Returns
    -------
    pandas.DataFrame
        `frame` with `<column>_real` for each; null in a year without an index.

    Raises
    ------
    MeasureError
        When there is no index for the base year.
    """
    index = tables["prices"].set_index("year")["price_index"].astype(float)
    if base_year not in index.index:
        raise MeasureError(
            f"no price index for {base_year}: the table prices holds {index.index.min()}-{index.index.max()}; "
            "run 'r2p fetch bls' or ask for dollars of an earlier year"
        )
    factors = frame["year"].map(index[base_year] / index).astype("Float64")
    return frame.assign(**{f"{name}_real": frame[name].astype("Float64") * factors for name in columns})
