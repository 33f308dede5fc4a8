"""Rows of UNHCR's service and of tables in its shape: identity columns, codes, counts."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from r2p_analysis.errors import SourceError
from r2p_analysis.parquet import read_parquet
from r2p_analysis.sources.files import read_delimited, read_json, require_columns, shown, whole_numbers

IDENTITY = {"year": "year", "coo_iso": "origin_iso3", "coa_iso": "asylum_iso3"}
# The flow workbook's own names: it is no table of the service.
_FLOW_IDENTITY = {"Year": "year", "OriginISO": "coo_iso", "AsylumISO": "coa_iso"}
_FLOW_TYPES = {"REF": "refugees", "ASY": "asylum_seekers", "ROC": "refugee_like", "OIP": "oip"}
_KIND, _PEOPLE = "PT", "Count"
_TEXT_COLUMNS = ("procedure_type", "app_type", "dec_level", "app_pc", "dec_pc", "pop_type")


def read_records(files: list[Path]) -> pd.DataFrame:
    """Read pages of an answer, or one table file, into one frame with the producer's column names.

    Raises
    ------
    SourceError
        When an answer holds no rows: the service answers a misspelt query with success and nothing in it.
    """
    return pd.concat([_read_one(path) for path in files], ignore_index=True)


def _read_one(path: Path) -> pd.DataFrame:
    if path.name.endswith(".parquet"):
        return read_parquet(path)
    if path.name.endswith(".json"):
        answer = read_json(path)
        items = answer.get("items") if isinstance(answer, dict) else answer
        if not items:
            raise SourceError(
                f"{path.name}: the answer holds no rows; check its years and country codes and fetch it again"
            )
        return pd.DataFrame(items)
    frame = read_delimited(path)
    return _one_column_a_type(frame, path.name) if {_KIND, _PEOPLE} <= set(frame.columns) else frame


def _one_column_a_type(frame: pd.DataFrame, where: str) -> pd.DataFrame:
    """Turn the flow workbook's rows, one a type of population, into the columns of the service; no row is null."""
    require_columns(frame, [*_FLOW_IDENTITY, _KIND, _PEOPLE], where)
    kinds = frame[_KIND].astype("string").str.strip()
    if len(strange := kinds[kinds.isna() | ~kinds.isin(_FLOW_TYPES)]):
        raise SourceError(
            f'{where}: "{shown(strange.iloc[0])}" in {_KIND} is no type of population known in unhcr_records.py'
        )
    long = frame[list(_FLOW_IDENTITY)].rename(columns=_FLOW_IDENTITY)
    people = frame[_PEOPLE].astype("string").str.replace(",", "", regex=False)
    long = long.assign(kind=kinds.map(_FLOW_TYPES), people=whole_numbers(people, where))
    key = [*_FLOW_IDENTITY.values(), "kind"]
    if (twice := long.duplicated(key)).any():
        row = long[twice].iloc[0]
        raise SourceError(f"{where}: {row['coo_iso']} to {row['coa_iso']} stands twice in {row['year']}; get it again")
    wide = long[key[:-1]].drop_duplicates(ignore_index=True)
    for name in _FLOW_TYPES.values():
        of_type = long.loc[long["kind"] == name, [*key[:-1], "people"]].rename(columns={"people": name})
        wide = wide.merge(of_type, on=key[:-1], how="left", validate="one_to_one")
    return wide


def between_countries(frame: pd.DataFrame, wanted: list[str], where: str) -> pd.DataFrame:
    """Keep the wanted columns with clean codes and counts.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows as read.
    wanted : list of str
        Producer's names of the columns to keep beside year, coo_iso and coa_iso.
    where : str
        File to name in an error.

    Raises
    ------
    SourceError
        For missing columns, cells that are not whole numbers, and rows summed over countries (code "-").
    """
    require_columns(frame, [*IDENTITY, *wanted], where)
    clean = pd.DataFrame({"year": whole_numbers(frame["year"], where)})
    for theirs in ("coo_iso", "coa_iso"):
        codes = frame[theirs].astype("string").str.strip()
        summed = frame[codes.isna() | (codes == "-")]
        if len(summed):
            raise SourceError(
                f"{where}: {len(summed)} rows are summed over countries ({theirs} is '-'); "
                "ask the service with coo_all=true and coa_all=true"
            )
        clean[IDENTITY[theirs]] = codes
    for name in wanted:
        clean[name] = frame[name].astype("string") if name in _TEXT_COLUMNS else whole_numbers(frame[name], where)
    return clean
